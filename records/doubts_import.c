/* Taking the answers of a filled doubts.csv. */
#include "core/text.h"
#include "records/doubts_answer.h"
#include "records/protect.h"

#include <stdlib.h>
#include <string.h>

/* The columns an answer needs; the others are for people. */
enum { COLUMN_ID, COLUMN_ANSWER, COLUMN_BY, N_COLUMNS };
static const struct label needed[N_COLUMNS] = {
    [COLUMN_ID] = {"疑義番号", "doubt"},
    [COLUMN_ANSWER] = {"正しい値", "right value"},
    [COLUMN_BY] = {"確認者", "confirmed by"},
};

/* What this file said to one doubt. */
struct said {
    const char *text;
    int line; /* 0 = nothing yet */
};

struct import {
    struct case_db *db;
    const struct dictionary *dict;
    struct csv table;
    int columns[N_COLUMNS];
    int read_column;           /* 読取値, -1 where the file has none */
    struct case_doubt *doubts; /* by id */
    struct case_answer *answers;
    size_t n_doubts, n_answers;
    struct said *said; /* parallel to doubts */
    size_t taken;
    bool stored; /* false: the database failed */
    struct arena mem;
    struct diag *d;
};

static int by_id(const void *x, const void *y)
{
    const struct case_doubt *a = x, *b = y;
    return strcmp(a->id, b->id);
}

static int answer_by_id(const void *x, const void *y)
{
    const struct case_answer *a = x, *b = y;
    return strcmp(a->id, b->id);
}

static bool find_columns(struct import *m)
{
    bool ok = true;
    for (int i = 0; i < N_COLUMNS; i++) {
        m->columns[i] = csv_column(&m->table, needed[i].ja);
        if (m->columns[i] < 0)
            m->columns[i] = csv_column(&m->table, needed[i].en);
        if (m->columns[i] < 0)
            ok = diag_error(
                m->d, (struct pos){m->table.file, 1, 0}, "unknown-column",
                "「%1$s」の列がありません%2$.0s。nyusho doubts "
                "が書いた表に記入してください",
                "there is no column \"%1$.0s%2$s\"; fill in the file "
                "that nyusho doubts wrote",
                needed[i].ja, needed[i].en);
    }
    m->read_column = csv_column(&m->table, "読取値");
    if (m->read_column < 0)
        m->read_column = csv_column(&m->table, "read value");
    return ok;
}

static bool load(struct import *m, const char *bytes, size_t len,
                 const char *name)
{
    if (!csv_parse(bytes, len, name, ENCODING_AUTO, &m->table, &m->mem, m->d) ||
        !find_columns(m) ||
        !case_doubts(m->db, false, &m->doubts, &m->n_doubts, &m->mem, m->d) ||
        !case_answers(m->db, &m->answers, &m->n_answers, &m->mem, m->d))
        return false;
    if (m->n_doubts)
        qsort(m->doubts, m->n_doubts, sizeof *m->doubts, by_id);
    m->said = ARENA_ARRAY(&m->mem, struct said, m->n_doubts);
    return true;
}

static const char *cell(struct import *m, size_t row, int column)
{
    return text_trim(csv_cell(&m->table, row, column), &m->mem);
}

/* The next of the names in a cell; NULL at its end. */
static const char *next_name(struct import *m, const char **rest)
{
    static const char *const between[] = {"、", "，", ",", ";"};
    const char *name = "";
    while (!*name && **rest) {
        const char *end = *rest + strlen(*rest), *next = end;
        for (size_t i = 0; i < sizeof between / sizeof between[0]; i++) {
            const char *p = strstr(*rest, between[i]);
            if (p && p < end) {
                end = p;
                next = p + strlen(between[i]);
            }
        }
        name = text_trim(arena_copy(&m->mem, *rest, (size_t)(end - *rest)),
                         &m->mem);
        *rest = next;
    }
    return *name ? name : NULL;
}

static const struct case_answer *earlier_answer(const struct import *m,
                                                const char *id)
{
    struct case_answer key = {.id = id};
    return m->n_answers ? bsearch(&key, m->answers, m->n_answers,
                                  sizeof *m->answers, answer_by_id)
                        : NULL;
}

static bool confirms(struct import *m, const char *text)
{
    return strcmp(text_nfkc(text, &m->mem), "=") == 0 ||
           strcmp(text, PROPOSED) == 0;
}

/* An answer to a question that its answer has settled for good. */
static bool said_before(struct import *m, const char *id, const char *text)
{
    const struct case_answer *old = earlier_answer(m, id);
    return old && (strcmp(old->text, text) == 0 || confirms(m, text));
}

static bool conflicts(struct import *m, const char *id, const struct said *said,
                      struct pos at)
{
    return diag_error(m->d, at, "answer-conflict",
                      "疑義 %1$s には %2$d 行目に別の答え「%3$s」があります",
                      "doubt %1$s has another answer, \"%3$s\", in line %2$d",
                      id, said->line, said->text);
}

static bool named_before(const struct case_answer *old, const char *text,
                         const char *by)
{
    return old && strcmp(old->text, text) == 0 &&
           (strcmp(old->by, by) == 0 || strcmp(old->second, by) == 0);
}

/* `by` may name several people: 佐藤、鈴木. Each of them has answered. */
static bool keep(struct import *m, size_t i, const char *text, const char *by,
                 struct pos at)
{
    struct said *said = &m->said[i];
    const char *id = m->doubts[i].id;
    bool new = false;
    if (said->line && strcmp(said->text, text) != 0)
        return conflicts(m, id, said, at);
    bool first = !said->line;
    *said = (struct said){text, first ? at.line : said->line};
    for (const char *rest = by, *name;
         m->stored && (name = next_name(m, &rest));)
        if (!named_before(earlier_answer(m, id), text, name)) {
            new = true;
            m->stored = case_put_answer(
                m->db,
                &(struct case_answer){.id = id, .text = text, .by = name},
                m->d);
        }
    m->taken += new &&first;
    return m->stored;
}

static bool unknown_doubt(struct import *m, size_t row, const char *id)
{
    return diag_error(m->d, csv_pos(&m->table, row, m->columns[COLUMN_ID]),
                      "unknown-doubt",
                      "疑義番号「%s」はこの募集回にありません。新しい "
                      "doubts.csv に記入してください",
                      "there is no doubt \"%s\" in this case; fill in a new "
                      "doubts.csv",
                      id);
}

/* As a spreadsheet may have left it: leading zeros lost, dates and times
 * written another way. */
static const char *loosely(struct import *m, const char *text)
{
    const char *from = text_nfkc(text, &m->mem);
    char *out = arena_alloc(&m->mem, 2 * strlen(from) + 1), *to = out;
    while (*from) {
        size_t digits = strspn(from, "0123456789");
        if (digits) {
            size_t zeros = strspn(from, "0");
            memcpy(to, from + zeros, digits - zeros);
            to += digits - zeros;
            if (digits > zeros)
                *to++ = ' ';
            from += digits;
        } else if (strchr(" -/:.,|=\"'", *from)) {
            from++;
        } else {
            *to++ = *from++;
        }
    }
    *to = '\0';
    return out;
}

/* Does the file show `value` as read? True when it does not show any. */
static bool shows(struct import *m, size_t row, const char *value)
{
    return m->read_column < 0 ||
           strcmp(loosely(m, cell(m, row, m->read_column)),
                  loosely(m, value)) == 0;
}

/* The file again, when the page has been read again since: "=" meant what was
 * taken then. */
static bool meant_before(struct import *m, size_t row, const char *text,
                         const struct case_doubt *doubt)
{
    const struct case_answer *old = earlier_answer(m, doubt->id);
    return old && confirms(m, text) && !shows(m, row, doubt->value) &&
           shows(m, row, old->text);
}

/* The cell that doubts_hide() filled: nobody has seen what was read. */
static bool is_hidden(struct import *m, size_t row)
{
    return m->read_column >= 0 &&
           strcmp(cell(m, row, m->read_column), ADDRESS_HIDDEN) == 0;
}

static bool hidden_answer(struct import *m, size_t row, const char *id)
{
    return diag_error(m->d, csv_pos(&m->table, row, m->columns[COLUMN_ANSWER]),
                      "answer-hidden",
                      "疑義 %s の住所は表に出していません。「=」ではなく、紙で"
                      "確かめた値を書いてください",
                      "the address of doubt %s is kept back: write what stands "
                      "on the paper instead of =",
                      id);
}

/* Does "=" mean what the person saw? The page may have been read again since
 * the file was written. */
static bool still_reads(struct import *m, size_t row, const char *text,
                        const struct case_doubt *doubt)
{
    if (!confirms(m, text) || shows(m, row, doubt->value))
        return true;
    return diag_error(m->d, csv_pos(&m->table, row, m->read_column),
                      "answer-stale",
                      "疑義 %1$s の読取値は、この表の「%2$s」から「%3$s」に変わ"
                      "りました。「=」ではなく正しい値を書いてください",
                      "doubt %1$s now reads \"%3$s\", not \"%2$s\" as in this "
                      "file; write the right value instead of =",
                      doubt->id, cell(m, row, m->read_column), doubt->value);
}

static bool take_row(struct import *m, size_t row)
{
    const char *text = cell(m, row, m->columns[COLUMN_ANSWER]);
    const char *id = cell(m, row, m->columns[COLUMN_ID]),
               *by = cell(m, row, m->columns[COLUMN_BY]);
    struct case_doubt key = {.id = id};
    struct doubt_answer answer;
    if (!*text || strcmp(text, ADDRESS_HIDDEN) == 0) /* not answered here */
        return true;
    const struct case_doubt *doubt =
        m->n_doubts ? bsearch(&key, m->doubts, m->n_doubts, sizeof key, by_id)
                    : NULL;
    if (!doubt)
        return said_before(m, id, text) || unknown_doubt(m, row, id);
    if (!next_name(m, &(const char *){by}))
        return diag_error(m->d, csv_pos(&m->table, row, m->columns[COLUMN_BY]),
                          "answer-without-name",
                          "疑義 %s の確認者が空です。確かめた人の名前を"
                          "書いてください",
                          "doubt %s has an answer, but nobody's name with it",
                          id);
    struct pos at = csv_pos(&m->table, row, m->columns[COLUMN_ANSWER]);
    if (is_hidden(m, row) && confirms(m, text))
        return hidden_answer(m, row, id);
    if (meant_before(m, row, text, doubt))
        return keep(m, (size_t)(doubt - m->doubts), earlier_answer(m, id)->text,
                    by, at);
    return still_reads(m, row, text, doubt) &&
           doubt_answer_parse(doubt, m->dict, text, at, &answer, &m->mem,
                              m->d) &&
           keep(m, (size_t)(doubt - m->doubts), answer.text, by, at);
}

bool doubts_import(struct case_db *db, const struct dictionary *dict,
                   const char *bytes, size_t len, const char *name,
                   size_t *taken, struct diag *d)
{
    struct import m = {
        .db = db, .dict = dict, .mem = ARENA_INIT, .d = d, .stored = true};
    bool ok = false;
    if (case_begin(db, d)) {
        ok = load(&m, bytes, len, name);
        m.stored = ok;
        for (size_t r = 0; m.stored && r < m.table.n_rows; r++)
            ok = take_row(&m, r) && ok;
        ok = case_end(db, ok && m.stored, d);
    }
    if (taken)
        *taken = ok ? m.taken : 0;
    arena_release(&m.mem);
    return ok;
}
