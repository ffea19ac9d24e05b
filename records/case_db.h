/*
 * case.db of a case 募集回: the truth for what was read and corrected. Pages
 * and readings, values with their history, documents, events, manual points,
 * answers, runs, and an audit chained by hash. SQLite: WAL, foreign keys,
 * synchronous FULL, mode 0600.
 *
 *     struct case_stamp stamp = {.by = "sato", .at = "2026-12-01T09:00:00"};
 *     struct case_db *db = case_open(folder, CASE_CREATE, stamp, d);
 *     if (!db) return 2;
 *     ok = case_put_page(db, &page, readings, n, d);
 *     case_close(db);
 *
 * Every case_put_*() is one transaction: done whole or not at all, also when
 * the program is killed in it. Rows that people or files brought are only ever
 * appended. Nothing that depends on the order of arrival (row ids, times)
 * leaves through these functions into an output.
 *
 * Everything that takes a diag answers false with one line: "case-missing" (no
 * case.db, or no folder), "case-read-only", "case-unreadable", "disk-full",
 * "case-busy" (another program writes), "case-newer" (made by a newer
 * program), "case-older" (CASE_READ cannot migrate it), "case-damaged" (not a
 * database of ours, or broken), "case-io".
 */
#ifndef NYUSHO_RECORDS_CASE_DB_H
#define NYUSHO_RECORDS_CASE_DB_H

#include "core/arena.h"
#include "core/diag.h"
#include "core/hash.h"
#include "records/record.h"

#include <stdint.h>

struct case_db;

enum case_mode {
    CASE_READ,   /* nothing is written; a read-only folder will do */
    CASE_WRITE,  /* must exist; migrated if older, after a copy of the file */
    CASE_CREATE, /* made when missing */
};

/* Who works and when. Kept with every row, exported nowhere. Borrowed by
 * case_open() only for the call. */
struct case_stamp {
    const char *by, *at;
};

/* `folder` is the case folder. NULL with the message. */
struct case_db *case_open(const char *folder, enum case_mode mode,
                          struct case_stamp stamp, struct diag *d);
void case_close(struct case_db *db); /* NULL is fine */

/* Several case_put_*() as one step. Calls nest; the outermost case_end()
 * commits when `ok` and everything inside was. Returns whether it is kept. */
bool case_begin(struct case_db *db, struct diag *d);
bool case_end(struct case_db *db, bool ok, struct diag *d);

/* ── pages and readings ─────────────────────────────────────────────────── */

enum case_page_state {
    CASE_PAGE_READ,
    CASE_PAGE_UNKNOWN_FORM, /* a person files it */
    CASE_PAGE_BLANK,
    CASE_PAGE_QUARANTINED, /* cannot be decoded, refused, not a page */
    N_CASE_PAGE_STATES
};

/* One page as it came. Texts are never NULL: "" where there is none. */
struct case_page {
    const char *sha256; /* of the page as decoded; of file bytes and number
                           when it could not be decoded. Never "". */
    const char *file;   /* as the user named it */
    const char *file_sha256;
    int number; /* of the page in that file, from 1 */
    enum case_page_state state;
    const char *reason; /* check name, for all but CASE_PAGE_READ */
    struct label message;
    const char *form, *version; /* of the template */
    const char *document;       /* its document type: 就労証明書 */
    int form_page, form_pages;  /* from 1; how many the form has */
    const char *reader;         /* program version and templates' hash */
    int rotation, residual, width, height, dpi;
    struct {
        const char *form, *version;
        int page, pages;
        const char *household, *child, *received; /* ISO date */
    } qr;
};

/* What a field's kind means when it is left blank. */
enum case_kind {
    CASE_KIND_TEXT, /* text, kana, number, date, …: blank = not applicable */
    CASE_KIND_TICK, /* blank = no */
    CASE_KIND_SET,  /* blank = the empty set */
    CASE_KIND_CHOICE, /* one of several: blank = not applicable */
    CASE_KIND_IMAGE,  /* kept for a person; makes no value */
    N_CASE_KINDS
};

enum case_reading_state {
    CASE_READING_ACCEPTED,
    CASE_READING_DOUBT,
    CASE_READING_BLANK,
    CASE_READING_UNREADABLE,
    N_CASE_READING_STATES
};

struct case_reading {
    const char *field;   /* form_field.id */
    const char *bind;    /* "child.kana", "guardian[1].name", "@household" */
    const char *caption; /* what the form calls it */
    enum case_kind kind;
    bool required; /* a blank one is a doubt */
    enum case_reading_state state;
    const char *value, *raw, *runner_up, *reason;
    int confidence;                   /* permille; -1 none */
    int32_t left, top, width, height; /* px on the stored page */
};

/* Readings in the template's order. A page met before (same sha256) keeps its
 * one row and gets another arrival; its readings are replaced only by those
 * of the same template and reader, older ones of other readers stay. *again
 * (may be NULL) tells. */
bool case_put_page(struct case_db *db, const struct case_page *page,
                   const struct case_reading *readings, size_t n, bool *again,
                   struct diag *d);
/* True when this page of this file was put, with this `reader` (NULL: any).
 * What was killed in the middle is not there: read it again. */
bool case_has_page(struct case_db *db, const char *file, int number,
                   const char *file_sha256, const char *reader);
/* Every page once, by (form, form page, sha256); `file` and `number` are those
 * of its first arrival by (file, number). Owned by the arena. */
bool case_pages(struct case_db *db, struct case_page **out, size_t *n,
                struct arena *a, struct diag *d);
bool case_readings(struct case_db *db, const char *sha256,
                   struct case_reading **out, size_t *n, struct arena *a,
                   struct diag *d);
/* Where pages came from, by (file, file_sha256, number). */
struct case_arrival {
    const char *sha256, *file, *file_sha256;
    int number;
};
bool case_arrivals(struct case_db *db, struct case_arrival **out, size_t *n,
                   struct arena *a, struct diag *d);

/* A person says what a page is and whose: an attachment no template reads, or
 * a page that joined to nobody. The newest filing of a page counts. */
struct case_filing {
    const char *sha256;
    const char *type; /* document type: 母子手帳; "" = as the form says */
    const char *household; /* "" = not known */
    const char *child;     /* application sheets; "" = not stated */
    int person, seq;       /* certificates; 0 = not stated */
    const char *state;     /* 受領 確認 反映 不使用; "" = 確認 */
    const char *received;  /* ISO; "" = as the cover says */
    const char *why;
};
bool case_file_page(struct case_db *db, const struct case_filing *filing,
                    struct diag *d);
bool case_filings(struct case_db *db, struct case_filing **out, size_t *n,
                  struct arena *a, struct diag *d);

/* ── values ─────────────────────────────────────────────────────────────── */

/* In rising authority: the current value of a field is that of the highest
 * source that has one, the newest within it. */
enum case_source {
    CASE_SOURCE_OCR,      /* built by assemble */
    CASE_SOURCE_IMPORT,   /* a CSV file */
    CASE_SOURCE_ANSWERED, /* built by assemble from a person's answer */
    CASE_SOURCE_PERSON,   /* entered for this very field */
    N_CASE_SOURCES
};
const char *
case_source_name(enum case_source s); /* "ocr", "import", "person" */

struct case_value {
    struct row_key key;
    const char *path; /* "job.minutes_month" */
    enum value_state state;
    const char *text; /* canonical, value_format(); "" unless known */
    enum case_source source;
    struct evidence evidence; /* by, at and why are the row's */
};
/* A person's correction (CASE_SOURCE_PERSON) or one imported value
 * (CASE_SOURCE_IMPORT). `why` goes to evidence.why. VALUE_UNKNOWN is a value:
 * it says that nobody knows. */
bool case_put_value(struct case_db *db, const struct case_value *v,
                    struct diag *d);
/* Writes every slot of `set` that is not unknown, and its manual points, as
 * source "import" from `file`. A value equal to the last import is not written
 * again. *taken (may be NULL) counts those written. */
bool case_import_records(struct case_db *db, const struct record_set *set,
                         const char *file, size_t *taken, struct diag *d);
/* The current values as records, finished; scope document comes from the
 * ledger. `set` is initialised by the caller with the dictionary. `office`
 * (office.csv, kept in its file and not here) stands above what was read or
 * imported and below what a person said; evidence.source "import". Values whose
 * path or text the dictionary no longer takes are warned of
 * ("value-not-in-dictionary") and unknown. */
bool case_load_records(struct case_db *db, const struct case_value *office,
                       size_t n_office, struct record_set *set,
                       bool with_evidence, struct diag *d);
/* The history of one field, oldest first. */
bool case_value_history(struct case_db *db, const struct row_key *key,
                        const char *path, struct case_value **out, size_t *n,
                        struct arena *a, struct diag *d);

/* ── documents 書類台帳, events, manual points, runs
 * ─────────────────────────── */

struct case_document {
    const char *id; /* stable: of the first page, or given by whoever put it */
    const char *household;
    const char *type;     /* 就労証明書 */
    const char *holder;   /* 児童番号, or 人番号 */
    const char *received; /* ISO; "" = not known */
    int pages;
    const char *state;      /* 未着 受領 読取 確認 反映 不使用 */
    const char *supersedes; /* id of the document it replaces; "" */
    const char *page;       /* sha256 of its first page; "" = none here */
};
/* Appends what is not the same as before; what a person put last about an id
 * counts over what the pages say. */
bool case_put_document(struct case_db *db, const struct case_document *doc,
                       const char *why, struct diag *d);
/* By (household, type, holder, received, id). */
bool case_documents(struct case_db *db, struct case_document **out, size_t *n,
                    struct arena *a, struct diag *d);
/* Received, but not yet in the records (受領, 読取): a final run is refused
 * while there are any. Same order. */
bool case_unprocessed(struct case_db *db, struct case_document **out, size_t *n,
                      struct arena *a, struct diag *d);

struct case_event {
    const char *household, *child; /* child "" = whole household */
    const char
        *kind; /* 取下げ 辞退 希望変更 転入 転出 出生, 取消 of the same */
    const char *on; /* ISO date */
    const char *detail;
};
bool case_put_event(struct case_db *db, const struct case_event *e,
                    struct diag *d);
/* By (household, child, on, kind, detail); equal ones once. */
bool case_events(struct case_db *db, struct case_event **out, size_t *n,
                 struct arena *a, struct diag *d);
/* Newest per (household, child, person, rule) counts. */
bool case_put_manual(struct case_db *db, const struct manual_points *m,
                     struct diag *d);

struct case_run {
    const char *id, *kind; /* trial final */
    const char *inputs;    /* hash */
};
bool case_put_run(struct case_db *db, const struct case_run *run,
                  struct diag *d);

/* ── doubts and answers ─────────────────────────────────────────────────── */

/* What a person must look at; made by assemble, answered through doubts.h.
 * Texts are never NULL. */
struct case_doubt {
    const char *id;    /* 16 hex: of page and field, or household and check */
    const char *check; /* reason code: "low-confidence", "second-job" */
    bool gating; /* carries points or places: no final run while it is open */
    struct row_key key;
    const char *page, *file; /* "" = no page of its own */
    int number;
    const char *field;   /* form_field.id, "" for a check */
    const char *path;    /* dictionary path or @word; "" for a check */
    const char *caption; /* label of the field, or of the question */
    struct label what;   /* what is asked, one sentence */
    const char *value, *raw, *runner_up;
    int confidence;
    int32_t left, top, width, height;
    const char *answer, *by; /* "" = open */
};
/* By (household, form, page number, page sha256, field), answered ones too
 * unless `open_only`. Those of no household come first. */
bool case_doubts(struct case_db *db, bool open_only, struct case_doubt **out,
                 size_t *n, struct arena *a, struct diag *d);

struct case_answer {
    const char *id, *text, *by;
    const char *second; /* another who said the same since anybody said
                           otherwise; "" = nobody. Read, never put. */
};
/* Kept as given (doubts_import() checks it first). The newest counts; the same
 * answer again by the same person changes nothing. Takes effect at the next
 * assemble. */
bool case_put_answer(struct case_db *db, const struct case_answer *answer,
                     struct diag *d);
/* By id. */
bool case_answers(struct case_db *db, struct case_answer **out, size_t *n,
                  struct arena *a, struct diag *d);

/* What assemble and the pages had to say ("cover-count", why a page stands in
 * quarantine), again, into `d`: for findings.csv of any later command. */
bool case_findings(struct case_db *db, struct diag *d);

struct case_counts {
    int64_t files, arrivals, pages[N_CASE_PAGE_STATES];
    int64_t readings[N_CASE_READING_STATES]; /* of the current readings */
    int64_t households, children;
    int64_t doubts_open, doubts_gating /* open ones */, doubts_answered;
    int64_t documents, unprocessed;
};
bool case_count(struct case_db *db, struct case_counts *out, struct diag *d);

/* Which certificate is whose, and why. */
struct case_join {
    const char *page; /* sha256 of the sheet's first page */
    const char *household;
    int person, seq;      /* seq 0: not in force */
    const char *state;    /* joined proposed confirmed rejected unknown */
    const char *evidence; /* "kana birth", "answer", "filing"; "" */
};
/* By (household, person, seq, page). */
bool case_joins(struct case_db *db, struct case_join **out, size_t *n,
                struct arena *a, struct diag *d);

/* ── audit ──────────────────────────────────────────────────────────────── */

/* Follows the chain from its first link and recomputes the hash of every
 * appended row it covers. False with "audit-broken": the first link that does
 * not hold, or rows that no link covers. `head` (may be NULL) gets the last
 * link's hash: written down on paper, it also shows a cut tail. */
bool case_audit_check(struct case_db *db, char head[HASH_HEX], struct diag *d);

#endif
