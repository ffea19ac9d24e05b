/*
 * A case on the table while it is assembled: every page as a leaf, what its
 * boxes say, whose it is, and what comes of it. Only for assemble*.c.
 *
 * The steps, in order, each a file: load, cover, owner, sheet, join, rank,
 * value, paper, store. What one step finds out stands in the leaves; later
 * steps only read it.
 */
#ifndef NYUSHO_RECORDS_ASSEMBLE_WORK_H
#define NYUSHO_RECORDS_ASSEMBLE_WORK_H

#include "records/assemble.h"
#include "records/case_internal.h"
#include "records/doubts_answer.h"

#define ID_SIZE 17 /* a letter, 15 hex and a NUL */
#define NO_LEAF ((size_t)-1)

/* One reading, together with what a person said of it. */
struct fact {
    struct case_reading r;
    const struct field *field; /* of the dictionary, or a stand-in; NULL: kept
                                  as a reading only */
    const char *path;          /* "guardian.kana", "@household" */
    enum join_word word;       /* N_JOIN_WORDS when the join does not use it */
    int row, seq;              /* the numbers in [ ] */
    int order;                 /* among the page's readings */
    bool settled;              /* accepted, blank, or answered */
    bool blank;                /* left empty, as read or as answered */
    bool answered;
    enum value_state state; /* when settled */
    const char *text;       /* canonical when settled and known, or "" */
    const char *guess; /* canonical best guess, also when settled; "" = none */
    const char *check; /* why it is a doubt; "" = it is none */
    const char *answer, *by; /* as given; "" = none */
    const char *half;        /* who alone has answered; "" = nobody */
    const char *world; /* what bears it out: "住民登録 0001234"; "" = none */
};

enum leaf_role {
    ROLE_NONE, /* blank, not a page */
    ROLE_COVER,
    ROLE_SHEET, /* an application sheet or another form of the household */
    ROLE_CERTIFICATE,
    ROLE_UNFILED, /* no template reads it */
};

/* How surely a value is known; claims of persons. In rising authority. */
enum claim_source {
    CLAIM_GUESS,
    CLAIM_READ,
    CLAIM_IMPORT,
    CLAIM_ANSWERED,
    CLAIM_PERSON
};
enum claim_kind { CLAIM_KANA, CLAIM_NAME, CLAIM_BIRTH, N_CLAIM_KINDS };

/* What a page says of a person of the household, or of its child. */
struct claim {
    enum scope scope; /* guardian, cohabitant, child */
    int person;
    enum claim_kind kind;
    enum claim_source source;
    const char *text;
};

struct leaf {
    const struct case_page *page;
    const struct case_filing *filing; /* newest; NULL */
    size_t order;                     /* by (form, form page, sha256) */
    enum leaf_role role;
    bool of_child;                          /* the form is for one child */
    const struct fact *words[N_JOIN_WORDS]; /* NULL = the form has none */
    const struct fact *listed[4]; /* birth dates of the children named */
    size_t n_listed;
    struct claim *claims;
    size_t n_claims, claims_capacity;

    /* assemble_cover.c */
    struct {
        const char *household; /* of the cover, and the count agrees */
        const char *proposed;  /* of the cover otherwise; "" = none */
        bool differs;          /* two covers say different households */
    } cover;
    const char *received; /* ISO; "" = not known */
    size_t received_from; /* leaf of the cover that says so; NO_LEAF */
    size_t before, after; /* neighbours in its file; NO_LEAF */
    bool agreed;          /* a cover: its count agrees somewhere */
    bool arrived, asked_late;
    unsigned mark;

    /* assemble_owner.c, assemble_sheet.c */
    const char *household, *child; /* "" = not known */
    const char *rivals[2];         /* numbers that contradict; "" */
    bool filed_by_person, answered_owner;
    bool refused;           /* a person said it is not used */
    bool waits;             /* for a person; its values are not used */
    bool missing;           /* its sheet lacks a page */
    const char *filed_type; /* of an unfiled page, once it is known */

    /* assemble_join.c, assemble_rank.c */
    int person, seq;
    const char *join_state, *join_evidence;
    const struct leaf *supersedes; /* certificate it replaces */
    bool replaced;
};

/* Whoever may be the holder of a certificate, and the children. */
struct person {
    const char *household, *child;
    enum scope scope;
    int person;
    struct {
        int64_t key; /* interned match key or ISO date; 0 = not known */
        const char *text;
        enum claim_source source;
    } known[N_CLAIM_KINDS];
};

/* One person under one key; sorted, to find persons by what they are called. */
struct person_key {
    int64_t key;
    size_t person;
    enum claim_kind kind;
};

struct doubt_entry {
    struct case_doubt doubt;
    const char *form;
    int form_page, order;
};

struct assembly {
    struct case_db *db;
    const struct dictionary *dict;
    const struct policy *policy;     /* NULL: nothing needs two people */
    const struct registry *registry; /* NULL, like the two below: not known */
    const struct postal *postal;
    const struct facilities *facilities;
    int32_t deadline;
    struct strings *strings;
    struct leaf *leaves; /* by (form, form page, sha256) */
    size_t n_leaves;
    struct leaf **by_sha;
    struct leaf **by_owner; /* by household, form, form page, sha256 */
    struct case_arrival *arrivals;
    struct case_filing *filings;
    struct case_answer *answers;
    size_t n_arrivals, n_filings, n_answers;
    struct value_list said; /* imported and entered by people */
    struct person *persons; /* by household, scope, person, child */
    size_t n_persons, persons_capacity;
    struct person_key *person_keys; /* by kind, key, person */
    size_t n_person_keys;

    struct value_list values;
    struct doubt_entry *doubts;
    struct case_finding *findings;
    struct case_document *papers;
    size_t n_doubts, doubts_capacity, n_findings, findings_capacity;
    size_t n_papers, papers_capacity;
    struct assemble_summary sum;
    struct arena mem;
    struct diag *d;
};

/* ── the steps ──────────────────────────────────────────────────────────── */

bool assemble_load(struct assembly *w);
void assemble_covers(struct assembly *w);
void assemble_owners(struct assembly *w);
/* Asks what a page is that no template reads. */
void assemble_unfiled(struct assembly *w, struct leaf *l);
void assemble_sheets(struct assembly *w);
/* Asks about the late ones of this role. */
void assemble_late(struct assembly *w, enum leaf_role role);
/* Leaves by household again, after some got one. */
void assemble_sort(struct assembly *w);
bool assemble_joins(struct assembly *w);
void assemble_ranks(struct assembly *w);
bool assemble_values(struct assembly *w);
void assemble_papers(struct assembly *w);
bool assemble_store(struct assembly *w);

/* ── shared ─────────────────────────────────────────────────────────────── */

/* The page's readings as facts, in `a`. */
bool leaf_facts(struct assembly *w, const struct leaf *l, struct fact **out,
                size_t *n, struct arena *a);
struct leaf *leaf_find(const struct assembly *w, const char *sha256);
/* The text in the assembly's own memory. */
const char *text_kept(struct assembly *w, const char *text);
/* Is its text known for sure? */
bool fact_known(const struct fact *f);
/* Known text, or "". */
const char *word_known(const struct leaf *l, enum join_word word);
/* Known text or best guess, or "". */
const char *word_guess(const struct leaf *l, enum join_word word);
/* What a blank box of this kind says. */
void blank_value(enum case_kind kind, enum value_state *state,
                 const char **text);
/* Gives the fact what a person said; false when the answer does not hold: two
 * people must agree (then f->half is who did), or the dictionary takes it no
 * longer. */
bool fact_answer(struct assembly *w, struct fact *f,
                 const struct case_answer *given, struct arena *a);
/* The value as the dictionary writes it; NULL when it takes no such value. */
const char *fact_canonical(struct assembly *w, const struct fact *f,
                           const char *text, struct arena *a);
/* assemble_world.c: holds what was read, and before anybody's answers, against
 * what exists. */
void facts_meet_world(struct assembly *w, const struct leaf *l,
                      struct fact *facts, size_t n, struct arena *a);
/* The page as people look for it: "scan.tif:3". */
const char *leaf_place(struct assembly *w, const struct leaf *l);

void doubt_id_page(const char *sha256, const char *what, char id[ID_SIZE]);
const struct case_answer *answer_find(const struct assembly *w, const char *id);

/* Begins a doubt about a page. The caller fills in what it asks, then calls
 * doubt_ask(). */
struct doubt_entry doubt_of_leaf(struct assembly *w, const struct leaf *l,
                                 const char *check);
/* Its id: of the page and `what`, a word that outlives any reading. */
void doubt_name(struct assembly *w, struct doubt_entry *e, const char *what);
/* Lists the doubt, and tells whether it has an answer that holds. */
bool doubt_ask(struct assembly *w, struct doubt_entry *e,
               struct doubt_answer *out);
/* The same without listing it. */
bool doubt_answered(struct assembly *w, struct doubt_entry *e,
                    struct doubt_answer *out);
void doubt_list(struct assembly *w, const struct doubt_entry *e);
/* A doubt about one box, with its place; `key` is whose it is. */
struct doubt_entry doubt_of_fact(struct assembly *w, const struct leaf *l,
                                 const struct fact *f,
                                 const struct row_key *key);
/* Does this field carry points, places or their order? */
bool field_gates(const struct field *f);

/* Written twice over the same arguments, like diag_warn(). */
void finding_add(struct assembly *w, enum severity severity, const char *place,
                 const char *check, const char *ja, const char *en, ...)
    __attribute__((format(printf, 5, 7), format(printf, 6, 7)));
struct label label_make(struct assembly *w, const char *ja, const char *en, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));

/* Sorted by name; persons of `household` are [first, end). */
void persons_of(const struct assembly *w, const char *household, size_t *first,
                size_t *end);
bool assemble_persons(struct assembly *w);
/* w->person_keys [first, end) with this key. */
void persons_called(const struct assembly *w, enum claim_kind kind, int64_t key,
                    size_t *first, size_t *end);
/* Is this page used, so that its values count? */
bool leaf_counts(const struct leaf *l);
const char *leaf_document_id(struct assembly *w, const struct leaf *l);

#endif
