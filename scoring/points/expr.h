/*
 * Expressions of a rule set, parsed and typed: the tree that an evaluator
 * walks. Text to tree is expr_parse.h; what a tree is worth is up to whoever
 * walks it (eval.h here, a second one in scoring/verify), by these meanings.
 *
 * Values. An operand is known (a number), unknown, or nothing (該当なし). A
 * slot that is unknown or unreadable is unknown; not applicable is nothing; a
 * known empty text or code is nothing too. Anything that leaves 1868..2200 as a
 * date, or 64 bits as a number, is unknown.
 *
 * Booleans are yes, no or unknown (Kleene): nothing counts as no; `no and
 * unknown` is no, `yes or unknown` is yes, `not unknown` is unknown.
 * Comparing: unknown on either side gives unknown; else nothing on either side
 * gives no (`!=` and `is not`: yes). Arithmetic: unknown wins, then nothing.
 *
 * Lists: any is `or` over the members, all is `and`; over no member any is no
 * and all is yes. A member whose `with` is unknown makes count, sum, highest
 * and lowest unknown; members whose `with` is no are left out; nothing is left
 * out of sum, highest and lowest. sum over no member is 0, highest and lowest
 * are nothing. Members of each list: enum collection.
 */
#ifndef NYUSHO_SCORING_POINTS_EXPR_H
#define NYUSHO_SCORING_POINTS_EXPR_H

#include "core/diag.h"
#include "records/dictionary.h"

#include <stdint.h>

typedef int64_t milli_points; /* thousandths of a point, exact */

enum expr_value {
    EXPR_BOOL,    /* 0 or 1 */
    EXPR_NUMBER,  /* integers, with a unit or without */
    EXPR_MINUTES, /* a length of time, or a time of day (UNIT_CLOCK) */
    EXPR_YEN,
    EXPR_DATE,     /* days since 1970-01-01 */
    EXPR_MONTH,    /* year * 12 + month - 1 */
    EXPR_POINTS,   /* thousandths */
    EXPR_ENUM,     /* index into of->values */
    EXPR_SET,      /* bits of of->values */
    EXPR_TEXT,     /* texts, names, kana; constants carry `text` */
    EXPR_CODE,     /* opaque codes; constants carry `text` */
    EXPR_FACILITY, /* the facility of this preference */
    N_EXPR_VALUES
};

enum expr_unit {
    UNIT_NONE, /* a bare number fits every unit, 160h every length of time */
    UNIT_DAYS,
    UNIT_MONTHS,
    UNIT_PERSONS,
    UNIT_TIMES,
    UNIT_PER_MONTH, /* minutes a month … */
    UNIT_PER_WEEK,
    UNIT_PER_DAY,
    UNIT_CLOCK, /* minutes from 0:00 */
    N_EXPR_UNITS
};

struct expr_type {
    enum expr_value value;
    enum expr_unit unit;
    const struct field *of; /* enum and set: whose values; else NULL */
};

/*
 * Lists that any, all, count, sum, highest and lowest walk, each with the rows
 * it binds. Order never matters to a result.
 */
enum collection {
    /* Guardians present: rows of the household whose `present` is not a known
     * no. See guardian slots in ruleset.h for one who has no row. */
    OVER_GUARDIANS,
    /* Job rows of the person (guardian or cohabitant) around it. A guardian
     * with no job row, one of whose reasons is 就労 or unknown, has one job of
     * which everything is unknown. */
    OVER_JOBS,
    /* Reason rows of the person around it. A guardian present with no reason
     * row has one reason of which everything is unknown. */
    OVER_REASONS,
    OVER_COHABITANTS, /* of the household */
    OVER_CHILDREN,    /* applying children of the household, this one too */
    /* Brothers and sisters of this child: the other applying children, and the
     * cohabitants who are 兄 姉 弟 妹 (one of unknown relation counts as an
     * unknown member). A cohabitant with the birth date of an applying child
     * is that child, and no member, unless both have a kana (else a name)
     * that differ. */
    OVER_SIBLINGS,
    OVER_DOCUMENTS,   /* of the household */
    OVER_PREFERENCES, /* of this child */
    N_COLLECTIONS
};

/* Names that are no fields. Their texts are in expr_names.c. */
enum builtin {
    BUILTIN_ENTRY_DATE, /* 入所日 */
    BUILTIN_DEADLINE,   /* 申込締切 */
    BUILTIN_FISCAL_YEAR,
    BUILTIN_FISCAL_START, /* April 1 of the fiscal year */
    BUILTIN_ENTRY_MONTH,  /* 1..12 */
    /* This child: class age at the entry date by child.birth, or by
     * child.due_date where birth is not known; else unknown. */
    BUILTIN_CLASS_AGE,
    BUILTIN_ENROLLED, /* yes when child.enrolled_facility is a code */
    /* This preference: its number 希望順位 and its facility. What a facility
     * that nurseries.csv does not have is asked for is unknown; an empty cell
     * is nothing. */
    BUILTIN_PREFERENCE_NUMBER,
    BUILTIN_FACILITY,
    BUILTIN_FACILITY_KIND,
    BUILTIN_FACILITY_AREA,
    BUILTIN_FACILITY_SCHOOL_DISTRICT,
    /* `facility is linked`: it is among the 連携施設 of the facility where this
     * child is enrolled; no when the child is enrolled nowhere; unknown when
     * nurseries.csv does not have that facility. */
    BUILTIN_FACILITY_LINKED,
    /* This guardian (or cohabitant): hours over its jobs, see struct hours. */
    BUILTIN_HOURS_MONTH,
    BUILTIN_HOURS_WEEK,
    BUILTIN_HOURS_DAY,
    BUILTIN_DAYS_MONTH,
    BUILTIN_DAYS_WEEK,
    BUILTIN_JOB_HOURS, /* this job's hours a month, see struct hours */
    /* This brother or sister: of an applying child from its child row, of a
     * cohabitant from its cohabitant row. */
    BUILTIN_SIBLING_ENROLLED, /* .enrolled_facility, a code */
    /* child: graduating, or leaving_reason other than なし; cohabitant:
     * leaving. */
    BUILTIN_SIBLING_LEAVING,
    BUILTIN_SIBLING_APPLYING, /* yes for an applying child */
    /* An applying child with an enrolled_facility; no for a cohabitant. */
    BUILTIN_SIBLING_TRANSFERRING,
    /* An applying child one of whose preferences is this facility. */
    BUILTIN_SIBLING_APPLIES_HERE,
    BUILTIN_SIBLING_BIRTH, /* child.birth or cohabitant.birth */
    /* Points so far, in `order` only: base, base + all adjustments of this
     * preference, adjustments alone. */
    BUILTIN_BASE_POINTS,
    BUILTIN_TOTAL_POINTS,
    BUILTIN_ADJUST_POINTS,
    N_BUILTINS
};

/* Called as name(a) or name(a; b). All arguments of unknown or nothing give
 * the same back (unknown wins). */
enum function {
    FUNCTION_MONTH_END,    /* date → last day of its month */
    FUNCTION_MONTH_START,  /* date → first day of its month */
    FUNCTION_MONTH_NUMBER, /* date → 1..12 */
    FUNCTION_YEAR_NUMBER,  /* date → 2026 */
    FUNCTION_FISCAL_YEAR,  /* date → fiscal year */
    FUNCTION_MOST,         /* (a; b) of one type → the larger, the later */
    FUNCTION_LEAST,        /* (a; b) of one type → the smaller, the earlier */
    N_FUNCTIONS
};

enum expr_op {
    EXPR_CONSTANT, /* num, or text for EXPR_TEXT and EXPR_CODE */
    EXPR_FIELD,    /* the slot of `field` in the row bound for its scope */
    EXPR_BUILTIN,  /* `builtin` */
    EXPR_NAMED,    /* a: the expression a `define` gave this name */
    EXPR_CALL,     /* `function` of a and, where it takes two, b */
    EXPR_NOT,      /* a */
    EXPR_AND,      /* a, b */
    EXPR_OR,
    EXPR_EQ, /* a, b of one type */
    EXPR_NE,
    EXPR_LT,
    EXPR_LE,
    EXPR_GT,
    EXPR_GE,
    EXPR_ONE_OF,  /* a is an enum, num the bits of the values it may have */
    EXPR_HAS,     /* a is a set, num the index of the value looked for */
    EXPR_BETWEEN, /* b <= a and a <= c; enums by their order */
    EXPR_KNOWN,   /* a is known or nothing: yes or no, never unknown */
    EXPR_EMPTY,   /* a is nothing; unknown when a is unknown */
    EXPR_ADD,     /* numbers; date or month + days or months (b) */
    EXPR_SUB,     /* also date - date (days), clock - clock (minutes a day) */
    EXPR_MUL,     /* one side a bare number */
    EXPR_NEG,
    EXPR_DAYS_FROM,   /* days from a to b: b - a */
    EXPR_MONTHS_FROM, /* whole months from a to b: the largest n with
                         date_add_months(a, n) <= b; negative likewise */
    EXPR_YEARS_FROM,  /* whole years: date_age(a, b); before a: negative or 0 */
    EXPR_ANY,         /* `over` with a */
    EXPR_ALL,         /* `over` with a */
    EXPR_COUNT,       /* `over` with a (a NULL: every member) */
    EXPR_SUM,         /* b over `over` with a (may be NULL) */
    EXPR_HIGHEST,
    EXPR_LOWEST,
    N_EXPR_OPS
};

/* What an expression depends on, through everything below it and outside its
 * own lists. */
enum {
    USES_HOUSEHOLD = 1 << 0,
    USES_CHILD = 1 << 1,
    USES_PREFERENCE = 1 << 2, /* the preference or its facility */
    USES_GUARDIAN = 1 << 3,
    USES_REASON = 1 << 4,
    USES_JOB = 1 << 5,
    USES_COHABITANT = 1 << 6,
    USES_SIBLING = 1 << 7,
    USES_DOCUMENT = 1 << 8,
    USES_POINTS = 1 << 9, /* base_points and its like */
};

struct expr {
    enum expr_op op;
    struct expr_type type;
    const struct expr *a, *b, *c;
    int64_t num;
    const char *text;          /* text constants; else the word as written */
    const struct field *field; /* EXPR_FIELD */
    enum builtin builtin;
    enum function function;
    enum collection over;
    /* OVER_JOBS, OVER_REASONS and the hours: whose, a guardian's or a
     * cohabitant's (the innermost bound). */
    enum scope person;
    unsigned uses;
    int depth;     /* 1 for a leaf */
    struct pos at; /* the column of its first word in the file */
};

/* Names as people write them, for messages, lists and manuals. */
const char *builtin_name(enum builtin b);
struct label builtin_label(enum builtin b);
const char *function_name(enum function f);
const char *collection_name(enum collection c); /* "guardians" */
enum scope collection_scope(enum collection c); /* SIBLINGS: N_SCOPES */

#endif
