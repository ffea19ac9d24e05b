/*
 * What a person may answer to a doubt, understood. The desk and doubts.csv ask
 * doubt_answer_check(); assemble and the import look inside. Only for
 * doubts*.c and assemble*.c.
 */
#ifndef NYUSHO_RECORDS_DOUBTS_ANSWER_H
#define NYUSHO_RECORDS_DOUBTS_ANSWER_H

#include "records/doubts.h"

/* Words of the join itself, and fields it looks at. Those before N_OWN_WORDS
 * are bound by forms with a name that begins with @. */
enum join_word {
    WORD_HOUSEHOLD,
    WORD_CHILD,
    WORD_PAGES,
    WORD_RECEIVED,
    WORD_HOLDER_KANA,
    WORD_HOLDER_NAME,
    WORD_HOLDER_BIRTH,
    WORD_LISTED_NAME,
    WORD_LISTED_BIRTH,
    N_OWN_WORDS,
    WORD_EMPLOYER = N_OWN_WORDS,
    WORD_CERTIFIED,
    N_JOIN_WORDS
};
/* Stand-ins for a dictionary's fields: type and label of each @word. */
extern const struct field word_fields[N_OWN_WORDS];
/* By "@household"; NULL when it is none. */
const struct field *word_field_find(const char *path);

enum answer_kind {
    ANSWER_FIELD,       /* a value; `field` tells of what */
    ANSWER_WORD,        /* a number or date the join uses; `field` likewise */
    ANSWER_PAGE,        /* whose application sheet */
    ANSWER_CERTIFICATE, /* whose certificate */
    ANSWER_FILING,      /* what a page is */
    ANSWER_SUCCESSION,  /* a certificate of one who has another */
    ANSWER_YES_NO,
};

enum succession { SUCCESSION_REPLACES, SUCCESSION_ADDS };

struct doubt_answer {
    enum answer_kind kind;
    bool refused; /* 不採用 */
    bool blank;   /* #空欄 */
    struct slot_text {
        enum value_state state;
        const char *text; /* canonical; "" unless known */
    } value;
    const char *household, *child, *type; /* "" = not stated */
    int person, seq;                      /* 0 = not stated */
    enum succession succession;
    const char *text; /* = and 採用 written out; what is kept */
};

/* Understands `text` (not empty) as an answer to `doubt`; texts are in the
 * arena. Errors as doubts_import() says; `d` may be NULL. */
bool doubt_answer_parse(const struct case_doubt *doubt,
                        const struct dictionary *dict, const char *text,
                        struct pos at, struct doubt_answer *out,
                        struct arena *a, struct diag *d);
/* The value part alone, for a reading of `f` (a field or a stand-in) whose read
 * value is `read`. */
bool value_answer_parse(const struct field *f, const char *read,
                        const char *text, struct pos at,
                        struct doubt_answer *out, struct arena *a,
                        struct diag *d);

#define PROPOSED "採用"
#define REFUSED "不採用"

#endif
