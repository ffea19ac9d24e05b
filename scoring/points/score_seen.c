/* What a rule saw, and what it missed: found again by judging it once more
 * with a trace. */
#include "scoring/points/score_run.h"

#include "core/buf.h"
#include "core/date.h"
#include "records/record_csv.h"
#include "records/value.h"
#include "scoring/points/expr_names.h"

#include <string.h>

/* An evaluation set up as it was when the line was made. */
struct again {
    struct arena_room room;
    struct arena scratch;
    struct family family;
    struct trace trace;
    struct eval e;
};

static void again_open(struct again *g, const struct scorer *s,
                       const struct score_rows *rows)
{
    g->scratch = arena_in(&g->room);
    g->trace = (struct trace){.a = &g->scratch};
    family_open(&g->family, s, rows->household, &g->scratch);
    eval_open(&g->e, s, &g->family);
    eval_bind(&g->e, rows);
    g->e.trace = &g->trace;
}

static void again_close(struct again *g)
{
    arena_release(&g->scratch);
}

/* ---- values seen ---- */

static bool same_item(const struct trace_item *x, const struct trace_item *y)
{
    return x->field == y->field && x->builtin == y->builtin && x->row == y->row;
}

static bool is_repeated(const struct trace_list *list, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (same_item(&list->items[k], &list->items[i]))
            return true;
    return false;
}

static void judge_again(struct again *g, const struct score_line *line)
{
    struct judgement j;
    if (line->rule)
        rule_judge(&g->e, line->rule, TRI_NO, &j);
}

size_t score_line_values(const struct scorer *s, const struct score_line *line,
                         struct seen_value **out, struct arena *a)
{
    struct again g;
    size_t n = 0;
    again_open(&g, s, &line->rows);
    judge_again(&g, line);
    *out = ARENA_ARRAY(a, struct seen_value, g.trace.seen.n);
    for (size_t i = 0; i < g.trace.seen.n; i++) {
        const struct trace_item *t = &g.trace.seen.items[i];
        if (!is_repeated(&g.trace.seen, i))
            (*out)[n++] =
                (struct seen_value){t->field, t->builtin, t->row, t->slot};
    }
    again_close(&g);
    return n;
}

static void add_minutes(struct buf *out, int64_t minutes)
{
    uint64_t m = minutes < 0 ? 0 - (uint64_t)minutes : (uint64_t)minutes;
    if (minutes < 0)
        buf_char(out, '-');
    buf_int(out, (int64_t)(m / 60));
    buf_char(out, ':');
    buf_char(out, (char)('0' + m % 60 / 10));
    buf_char(out, (char)('0' + m % 10));
}

static void add_builtin(struct buf *out, const struct trace_item *t,
                        struct arena *a)
{
    switch (builtins[t->builtin].value) {
    case EXPR_TEXT:
    case EXPR_CODE:
    case EXPR_FACILITY:
        buf_text(out, t->value.text);
        break;
    case EXPR_BOOL:
        buf_text(out, t->value.num ? "はい" : "いいえ");
        break;
    case EXPR_DATE:
        buf_text(out, date_iso((int32_t)t->value.num, a));
        break;
    case EXPR_MINUTES:
        add_minutes(out, t->value.num);
        break;
    case EXPR_POINTS:
        buf_text(out, points_format(t->value.num, a));
        break;
    default:
        buf_int(out, t->value.num);
        break;
    }
}

static void add_item(const struct again *g, const struct trace_item *t,
                     struct buf *out)
{
    const struct scorer *s = g->e.s;
    struct arena *a = g->trace.a;
    buf_text(out, t->field ? t->field->label.ja : builtin_label(t->builtin).ja);
    buf_char(out, '=');
    if (t->value.is == VALUE_IS_NOTHING)
        buf_text(out, "#該当なし");
    else if (!t->field)
        add_builtin(out, t, a);
    else
        buf_text(out, value_format(t->field, t->slot, s->set->strings, a));
}

const char *score_line_seen(const struct scorer *s,
                            const struct score_line *line, struct arena *a)
{
    struct again g;
    struct buf out = BUF_INIT;
    again_open(&g, s, &line->rows);
    judge_again(&g, line);
    for (size_t i = 0; i < g.trace.seen.n; i++) {
        if (is_repeated(&g.trace.seen, i))
            continue;
        if (out.len)
            buf_char(&out, ' ');
        add_item(&g, &g.trace.seen.items[i], &out);
    }
    const char *text = arena_copy(a, out.bytes, out.len);
    buf_release(&out);
    again_close(&g);
    return text;
}

/* ---- what is missing ---- */

/* Judges a rule for its unknown fields; for a rule of guardians that another
 * yields to, on every guardian and reason. */
static void miss_rule(struct again *g, const struct rule *rule)
{
    struct eval *e = &g->e;
    struct eval_rows outer = e->rows;
    size_t mark = g->trace.unknown.n;
    struct judgement j;
    rule_judge(e, rule, TRI_NO, &j);
    if (j.holds != TRI_UNKNOWN)
        g->trace.unknown.n = mark;
    e->rows = outer;
}

static void miss_reasons(struct again *g, const struct rule *rule)
{
    struct members m;
    enum tri is;
    members_open(&m, &g->e, OVER_REASONS, SCOPE_GUARDIAN);
    while (members_next(&m, &g->e, &is))
        miss_rule(g, rule);
}

static void miss_yielded(struct again *g, const struct rule *rule)
{
    bool reason = g->e.s->plan->uses[rule->index] & USES_REASON;
    bool bound = g->e.rows.of[SCOPE_GUARDIAN] != SCORE_NO_ROW;
    if (rule->scope != RULE_REASON && rule->scope != RULE_GUARDIAN) {
        miss_rule(g, rule);
        return;
    }
    size_t outer = g->e.rows.of[SCOPE_GUARDIAN];
    for (int slot = 0; slot < 2; slot++) {
        size_t row = g->family.slot_row[slot];
        if (g->family.slot[slot] == SLOT_ABSENT || (bound && row != outer))
            continue;
        if (g->family.slot[slot] == SLOT_NOT_KNOWN) {
            eval_field(&g->e, PLAN_PRESENT, SCORE_NO_ROW);
            continue;
        }
        g->e.rows.of[SCOPE_GUARDIAN] = row;
        if (reason)
            miss_reasons(g, rule);
        else
            miss_rule(g, rule);
    }
    g->e.rows.of[SCOPE_GUARDIAN] = outer;
}

/* The rule, and all that it yields to, each once. */
static void miss_with_unless(struct again *g, const struct rule *rule)
{
    const struct ruleset *rs = g->e.s->rules;
    bool *met = ARENA_ARRAY(&g->scratch, bool, rs->n_rules);
    miss_rule(g, rule);
    met[rule->index] = true;
    for (size_t i = rule->index + 1; i-- > 0;) {
        const struct rule *x = rs->rules[i];
        if (met[i] && x != rule)
            miss_yielded(g, x);
        for (size_t k = 0; met[i] && k < x->n_unless; k++)
            met[x->unless[k]->index] = true;
    }
}

/* Points as they were, for keys that look at them. */
static void restore_points(struct again *g, const struct score_unknown *u)
{
    struct household_score hs;
    score_household(g->e.s, u->rows.household, &hs, &g->scratch);
    for (size_t c = 0; c < hs.n_children; c++) {
        const struct child_score *x = &hs.children[c];
        if (x->child_row != u->rows.child || u->preference < 0 ||
            (size_t)u->preference >= x->n_prefs)
            continue;
        g->e.base = x->base;
        g->e.total = x->prefs[u->preference].total;
        g->e.adjust = add_points(x->adjust, x->prefs[u->preference].adjust);
    }
}

static void miss(struct again *g, const struct score_unknown *u)
{
    const struct scorer *s = g->e.s;
    if (u->order &&
        (s->plan->key_uses[u->order - s->rules->order] & USES_POINTS))
        restore_points(g, u);
    if (u->rule)
        miss_with_unless(g, u->rule);
    else if (u->order && u->order->kind == ORDER_RANKED)
        order_place(&g->e, u->order);
    else if (u->order && u->order->expr)
        eval_begin(&g->e, u->order->expr);
    else if (u->phase)
        eval_condition(&g->e, u->phase->when);
    else if (u->requirement)
        eval_condition(&g->e, u->requirement->when);
    else if (u->special)
        eval_condition(&g->e, u->special->when);
}

/* Something was unknown, and no field: points that a person must enter. */
static bool wants_manual(const struct score_unknown *u)
{
    if (u->order && u->order->kind == ORDER_BY_HAND)
        return true;
    if (!u->rule)
        return false;
    bool manual = u->rule->award.kind == AWARD_MANUAL;
    for (size_t i = 0; i < u->rule->n_but; i++)
        manual = manual || u->rule->but[i].award.kind == AWARD_MANUAL;
    return manual;
}

static bool has_path(const char **paths, size_t n, const char *path)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(paths[i], path) == 0)
            return true;
    return false;
}

size_t score_unknown_fields(const struct scorer *s,
                            const struct score_unknown *u, const char ***paths,
                            struct arena *a)
{
    if (u->what) {
        *paths = ARENA_ARRAY(a, const char *, 1);
        (*paths)[0] = u->what;
        return 1;
    }
    struct again g;
    size_t n = 0;
    again_open(&g, s, &u->rows);
    miss(&g, u);
    *paths = ARENA_ARRAY(a, const char *, g.trace.unknown.n + 1);
    for (size_t i = 0; i < g.trace.unknown.n; i++) {
        const char *path = trace_path(&g.trace.unknown.items[i], a);
        if (!has_path(*paths, n, path))
            (*paths)[n++] = path;
    }
    if (n == 0 && wants_manual(u))
        (*paths)[n++] = "manual";
    again_close(&g);
    return n;
}

/* ---- for people ---- */

static const struct {
    const char *path;
    struct label label;
} other_paths[] = {
    {"manual", {"適宜の点数が未入力", "points to be entered by hand"}},
    {"lottery.seed", {"抽選の種が未設定", "no lottery seed"}},
    {"lottery.numbers", {"抽選番号がない", "no number was drawn"}},
    {"receipts", {"受付番号がない", "no receipt number"}},
};
#define N_OTHER_PATHS (sizeof other_paths / sizeof other_paths[0])

static const char *path_label(const struct scorer *s, const char *path,
                              enum lang lang)
{
    const struct field *f = dictionary_find(s->set->dict, path);
    if (f)
        return label_text(f->label, lang);
    for (size_t i = 0; i < N_OTHER_PATHS; i++)
        if (strcmp(other_paths[i].path, path) == 0)
            return label_text(other_paths[i].label, lang);
    const char *name = strncmp(path, "facility.", 9) == 0 ? path + 9 : path;
    for (int b = 0; b < N_BUILTINS; b++)
        if (strcmp(builtins[b].name, name) == 0)
            return label_text(builtins[b].label, lang);
    return path;
}

static const char *subject(const struct score_unknown *u, enum lang lang,
                           struct arena *a)
{
    static const struct label guardians = {"保護者%d", "guardian %d"};
    static const struct label entry = {"入所の可否", "whether it may enter"};
    if (u->rule)
        return u->rule->wording;
    if (u->order)
        return u->order->wording;
    if (u->phase)
        return u->phase->wording;
    if (u->requirement)
        return u->requirement->wording;
    if (u->special)
        return u->special->wording;
    if (u->guardian >= 0)
        return arena_printf(a, label_text(guardians, lang), u->guardian + 1);
    return label_text(entry, lang);
}

const char *score_unknown_text(const struct scorer *s,
                               const struct score_unknown *u, enum lang lang,
                               struct arena *a)
{
    const char **paths, *fields = "";
    size_t n = score_unknown_fields(s, u, &paths, a);
    for (size_t i = 0; i < n; i++)
        fields = arena_printf(a, "%s%s%s", fields,
                              i == 0 ? "" : (lang == LANG_JA ? "、" : ", "),
                              path_label(s, paths[i], lang));
    const char *of = subject(u, lang, a);
    if (n == 0)
        return of;
    return arena_printf(a, lang == LANG_JA ? "%s（%s）" : "%s (%s)", of,
                        fields);
}
