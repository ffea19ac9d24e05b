/* The comparison on a terminal. */
#include "core/text.h"
#include "records/record_csv.h"
#include "report/compare.h"

#include <string.h>

static const char *pick(enum lang lang, const char *ja, const char *en)
{
    return lang == LANG_EN ? en : ja;
}

static void pad(struct buf *out, const char *text, int columns)
{
    buf_text(out, text);
    for (int i = text_columns(text); i < columns; i++)
        buf_char(out, ' ');
}

static bool rule_differs(const struct rule_change *r)
{
    return !r->rule[0] || !r->rule[1] || r->children[0] != r->children[1] ||
           r->points[0] != r->points[1];
}

static void say_more(struct buf *out, size_t n, size_t most, enum lang lang)
{
    if (n > most)
        buf_printf(out, pick(lang, "  ほか %zu 件\n", "  and %zu more\n"),
                   n - most);
}

static void say_rules(const struct comparison *c, size_t most, enum lang lang,
                      struct buf *out, struct arena *a)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_rules; i++) {
        const struct rule_change *r = &c->rules[i];
        const struct rule *any = r->rule[0] ? r->rule[0] : r->rule[1];
        if (!rule_differs(r) || n++ >= most)
            continue;
        if (n == 1)
            buf_text(out, pick(lang, "当てはまり方の変わる規則\n",
                               "Rules that count differently\n"));
        buf_text(out, "  ");
        pad(out, any->id, 20);
        pad(out,
            arena_printf(a, pick(lang, "児童 %zu → %zu", "children %zu → %zu"),
                         r->children[0], r->children[1]),
            22);
        buf_printf(out, pick(lang, "点数計 %s → %s\n", "points %s → %s\n"),
                   points_format(r->points[0], a),
                   points_format(r->points[1], a));
    }
    say_more(out, n, most, lang);
}

static const char *place_text(const struct applicant *x, enum lang lang,
                              struct arena *a)
{
    if (!x)
        return pick(lang, "なし", "none");
    const char *text = label_text(outcome_label(x->outcome), lang);
    if (!x->won)
        return text;
    text = arena_printf(a, "%s %s", text, x->won->code);
    if (x->won_pref == NOT_RANKED)
        return text;
    return arena_printf(a, pick(lang, "%s (第%d希望)", "%s (preference %d)"),
                        text, x->score->prefs[x->won_pref].number);
}

static void say_children(const struct comparison *c, size_t most,
                         enum lang lang, struct buf *out, struct arena *a)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_children; i++) {
        const struct child_change *x = &c->children[i];
        const struct applicant *any = x->of[0] ? x->of[0] : x->of[1];
        if (x->change == CHANGE_SAME || n++ >= most)
            continue;
        if (n == 1)
            buf_text(out, pick(lang, "結果の変わる児童\n",
                               "Children whose place changes\n"));
        buf_text(out, "  ");
        pad(out, any->child, 14);
        pad(out, label_text(change_label(x->change), lang), 12);
        buf_printf(out, "%s → %s", place_text(x->of[0], lang, a),
                   place_text(x->of[1], lang, a));
        if (x->of[0] && x->of[1] && x->difference)
            buf_printf(out, pick(lang, "  %s → %s 点", "  %s → %s points"),
                       points_format(x->of[0]->score->total, a),
                       points_format(x->of[1]->score->total, a));
        buf_char(out, '\n');
    }
    say_more(out, n, most, lang);
}

static void say_chains(const struct comparison *c, size_t most, enum lang lang,
                       struct buf *out, struct arena *a)
{
    size_t n = c->chains.chains.n;
    if (n)
        buf_text(out, pick(lang, "どの枠がだれに移るか\n",
                           "Which seat goes to whom\n"));
    for (size_t i = 0; i < n && i < most; i++)
        buf_printf(out, "  %zu. %s\n", i + 1,
                   chain_text(&c->chains, i, lang, a));
    say_more(out, n, most, lang);
}

void compare_text(const struct comparison *c, size_t most, enum lang lang,
                  struct buf *out)
{
    struct arena a = ARENA_INIT;
    buf_printf(out,
               pick(lang,
                    "児童 %zu 人: 指数の上がる児童 %zu 人、下がる児童 %zu 人\n",
                    "%zu children: the total of %zu rises, of %zu falls\n"),
               c->n_children, c->higher, c->lower);
    for (int k = 0; k < N_CHANGES; k++)
        if (c->by_change[k])
            buf_printf(out, pick(lang, "  %s %zu 人\n", "  %s: %zu\n"),
                       label_text(change_label((enum change)k), lang),
                       c->by_change[k]);
    say_rules(c, most, lang, out, &a);
    say_children(c, most, lang, out, &a);
    say_chains(c, most, lang, out, &a);
    arena_release(&a);
}
