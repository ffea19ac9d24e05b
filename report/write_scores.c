/* scores.csv: a row per child and preference; score_lines.csv: a row per rule
 * that fired. */
#include "report/outputs.h"
#include "report/score_rows.h"

#include <string.h>

void score_rows_header(struct csv_writer *w, enum lang lang)
{
    static const struct label columns[] = {
        {"世帯番号", "household"},
        {"児童番号", "child"},
        {"クラス", "class"},
        {"保護者1基準指数", "guardian 1 basic points"},
        {"保護者2基準指数", "guardian 2 basic points"},
        {"基準指数", "basic points"},
        {"調整指数", "adjustment points"},
        {"希望順位", "preference"},
        {"施設番号", "facility"},
        {"施設別調整", "adjustment at facility"},
        {"合計", "total"},
        {"未確定", "provisional"},
        {"未確定の理由", "what is unknown"},
        {"順位キー", "order keys"},
        {"実行区分", "run"},
    };
    csv_header(w, columns, sizeof columns / sizeof columns[0], lang);
}

void score_line_rows_header(struct csv_writer *w, enum lang lang)
{
    static const struct label columns[] = {
        {"世帯番号", "household"}, {"児童番号", "child"},
        {"規則", "rule"},          {"区分", "scope"},
        {"人番号", "person"},      {"施設番号", "facility"},
        {"文言", "wording"},       {"点数", "points"},
        {"算入", "counted"},       {"見た値", "values seen"},
        {"出典頁", "source page"}, {"実行区分", "run"},
    };
    csv_header(w, columns, sizeof columns / sizeof columns[0], lang);
}

/* ---- a child ---- */

static void guardian_points(struct csv_writer *w, const struct child_score *c,
                            int slot)
{
    if (c->guardian_person[slot] > 0 || c->guardian[slot] != 0)
        csv_milli(w, c->guardian[slot]);
    else
        csv_text(w, "");
}

static const char *yes(bool value, enum lang lang)
{
    static const struct label labels[2] = {{"", ""}, {"はい", "yes"}};
    return label_text(labels[value], lang);
}

/* What is still unknown, one after another, for the column 未確定の理由. */
static const char *unknown_text(const struct scored_child *c, enum lang lang,
                                struct arena *a)
{
    const char *text = "";
    for (size_t i = 0; i < c->score->n_unknowns; i++)
        text = arena_printf(
            a, "%s%s%s", text, i ? " / " : "",
            score_unknown_text(c->scorer, &c->score->unknowns[i], lang, a));
    return text;
}

/* A key as text; one preference mostly has the keys of the one before. */
struct key_text {
    int64_t key;
    size_t len; /* 0: not made yet */
    char text[24];
};

static void make_key(struct key_text *t, int64_t key)
{
    struct buf text = BUF_INIT;
    if (key == ORDER_KEY_UNKNOWN)
        buf_char(&text, '?');
    else if (key == ORDER_KEY_NOTHING)
        buf_char(&text, '-');
    else
        buf_int(&text, key);
    t->key = key;
    t->len = text.len;
    memcpy(t->text, text.bytes, text.len + 1);
    buf_release(&text);
}

/* `made`: by key, of the preference before. */
static void order_keys(struct csv_writer *w, const struct ruleset *rules,
                       const struct pref_score *p, struct key_text *made,
                       struct arena *scratch)
{
    char *text = ARENA_ARRAY(scratch, char, rules->n_order * sizeof *made + 1);
    char *at = text;
    for (size_t k = 0; k < rules->n_order; k++) {
        struct key_text *t = &made[k];
        if (t->len == 0 || t->key != p->keys[k])
            make_key(t, p->keys[k]);
        if (k)
            *at++ = ' ';
        memcpy(at, t->text, sizeof t->text); /* there is room: no call */
        at += t->len;
    }
    csv_text(w, text);
}

static void number_or_blank(struct csv_writer *w, bool known, int value)
{
    if (known)
        csv_int(w, value);
    else
        csv_text(w, "");
}

/* The columns that are the same in every row of the child. */
static void child_columns(struct csv_writer *w, const struct scored_child *c)
{
    const struct child_score *s = c->score;
    csv_code(w, c->household);
    csv_code(w, s->child);
    number_or_blank(w, s->class_age >= 0, s->class_age);
    guardian_points(w, s, 0);
    guardian_points(w, s, 1);
    csv_milli(w, s->base);
    csv_milli(w, s->adjust);
}

void score_rows_child(struct csv_writer *w, const struct scored_child *c,
                      enum lang lang, struct arena *scratch)
{
    const struct child_score *s = c->score;
    const char *unknown = unknown_text(c, lang, scratch);
    struct key_text *made =
        ARENA_ARRAY(scratch, struct key_text, c->scorer->rules->n_order);
    size_t from = w->out.len, to = from;
    for (size_t k = 0; k < s->n_prefs || k == 0; k++) {
        const struct pref_score *p = s->n_prefs ? &s->prefs[k] : NULL;
        if (k > 0) {
            csv_again(w, from, to);
        } else {
            child_columns(w, c);
            to = w->out.len;
        }
        number_or_blank(w, p, p ? p->number : 0);
        csv_code(w, p ? p->facility : "");
        if (p)
            csv_milli(w, p->adjust);
        else
            csv_text(w, "");
        csv_milli(w, p ? p->total : s->total);
        csv_text(w, yes(s->provisional, lang));
        csv_text(w, unknown);
        if (p)
            order_keys(w, c->scorer->rules, p, made, scratch);
        else
            csv_text(w, "");
        csv_text(w, c->run_kind);
        csv_end_row(w);
    }
}

static void line_row(struct csv_writer *w, const struct scored_child *c,
                     const struct score_line *l, enum lang lang,
                     struct arena *scratch)
{
    static const struct label counted[2] = {{"いいえ", "no"}, {"はい", "yes"}};
    csv_code(w, c->household);
    csv_code(w, c->score->child);
    csv_text(w, l->rule ? l->rule->id : "");
    csv_text(w,
             l->rule ? label_text(rule_scope_label(l->rule->scope), lang) : "");
    number_or_blank(w, l->person > 0, l->person);
    csv_code(w, l->preference == PREFERENCE_ALL
                    ? ""
                    : c->score->prefs[l->preference].facility);
    csv_text(w, l->wording ? l->wording : "");
    csv_milli(w, l->points);
    csv_text(w, label_text(counted[l->counted], lang));
    csv_text(w, l->rule ? score_line_seen(c->scorer, l, scratch) : "");
    csv_text(w, l->rule ? l->rule->page : "");
    csv_text(w, c->run_kind);
    csv_end_row(w);
}

void score_line_rows_child(struct csv_writer *w, const struct scored_child *c,
                           enum lang lang, struct arena *scratch)
{
    for (size_t k = 0; k < c->score->n_lines; k++)
        line_row(w, c, &c->score->lines[k], lang, scratch);
}

/* ---- a run ---- */

static void
each_child(const struct run_result *r, struct csv_writer *w, enum lang lang,
           void (*rows)(struct csv_writer *, const struct scored_child *,
                        enum lang, struct arena *))
{
    struct arena scratch = ARENA_INIT;
    for (size_t i = 0; i < r->n_applicants; i++) {
        const struct applicant *a = &r->applicants[i];
        const struct scored_child c = {r->scorer, a->household, a->score,
                                       label_text(run_kind_label(r), lang)};
        rows(w, &c, lang, &scratch);
        arena_clear(&scratch);
    }
    arena_release(&scratch);
}

bool write_scores(const struct run_result *r, struct csv_writer *w,
                  const struct output_style *s, struct diag *d)
{
    (void)d;
    score_rows_header(w, s->lang);
    each_child(r, w, s->lang, score_rows_child);
    return true;
}

bool write_score_lines(const struct run_result *r, struct csv_writer *w,
                       const struct output_style *s, struct diag *d)
{
    (void)d;
    score_line_rows_header(w, s->lang);
    each_child(r, w, s->lang, score_line_rows_child);
    return true;
}
