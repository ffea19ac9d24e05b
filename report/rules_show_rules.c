/* Rules as rows: one for each step, each `but`, each line. */
#include "report/rules_shown.h"

#include "records/record_csv.h"
#include "report/expr_say.h"

enum { CELL_ID, CELL_WORDING, CELL_STEP, CELL_POINTS, CELL_WHEN, CELL_PAGE };

void shown_rule_table(struct shown *s)
{
    static const struct sheet_column ja[] = {
        {"id", 24, false}, {"基準表の文言", 28, false},   {"段階", 24, false},
        {"点数", 8, true}, {"当てはまるとき", 36, false}, {"頁", 4, false},
    };
    static const struct sheet_column en[] = {
        {"id", 24, false},   {"wording", 28, false}, {"step", 24, false},
        {"points", 8, true}, {"when", 36, false},    {"page", 4, false},
    };
    sheet_table(&s->sheet, s->lang == LANG_EN ? en : ja, 6);
}

/* What stands in front of the steps of a rule: said once, in its first row. */
struct rows {
    struct shown *s;
    const struct rule *rule;
    const char *id, *wording, *when, *page;
};

static void row(struct rows *r, const char *step, const char *points)
{
    const char *cells[] = {
        [CELL_ID] = r->id,     [CELL_WORDING] = r->wording,
        [CELL_STEP] = step,    [CELL_POINTS] = points,
        [CELL_WHEN] = r->when, [CELL_PAGE] = r->page,
    };
    sheet_row(&r->s->sheet, cells);
    r->id = r->wording = r->when = r->page = "";
}

/* ---- steps ---- */

/* 160時間以上 */
static const char *threshold(const struct shown *s, const struct step_table *t,
                             const struct step_row *step)
{
    if (t->kind == TABLE_IS)
        return expr_say_values(t->by->type.of, step->bits, s->lang, s->a);
    const char *text = expr_say_amount(t->by->type, step->at, s->lang, s->a);
    return arena_printf(s->a,
                        t->kind == TABLE_AT_LEAST
                            ? shown_word(s, "%s以上", "%s and more")
                            : shown_word(s, "%s以下", "%s and less"),
                        text);
}

/* The step of the table around this one: as its first row says it, with what
 * it is a step of, and as the others do. */
struct around {
    const char *first, *rest;
};

static void table_rows(struct rows *r, const struct step_table *t,
                       struct around in)
{
    struct shown *s = r->s;
    const char *by = expr_say(t->by, s->rs, s->lang, s->a);
    for (size_t i = 0; i < t->n; i++) {
        const struct step_row *step = &t->rows[i];
        const char *plain = threshold(s, t, step), *comma;
        const char *text = arena_printf(s->a, "%s%s %s", in.first, by, plain);
        by = "";
        if (i > 0)
            text = arena_printf(s->a, "%s%s", in.rest, plain);
        comma = shown_word(s, "・", ", ");
        if (step->inner)
            table_rows(r, step->inner,
                       (struct around){arena_printf(s->a, "%s%s", text, comma),
                                       arena_printf(s->a, "%s%s%s", in.rest,
                                                    plain, comma)});
        else
            row(r, text, shown_points(s, r->rule, step->points));
    }
    if (t->has_otherwise)
        row(r,
            arena_printf(s->a, "%s%s", in.rest,
                         shown_word(s, "そのほか", "anything else")),
            shown_points(s, r->rule, t->otherwise));
}

/* ---- what a rule gives ---- */

static const char *bounds(const struct shown *s, const struct award *w)
{
    const char *text = "";
    if (w->has_most)
        text = arena_printf(s->a, shown_word(s, " (上限 %s)", " (at most %s)"),
                            points_format(w->most, s->a));
    if (w->has_least)
        text = arena_printf(s->a,
                            shown_word(s, "%s (下限 %s)", "%s (at least %s)"),
                            text, points_format(w->least, s->a));
    return text;
}

static void award_rows(struct rows *r, const struct award *w)
{
    struct shown *s = r->s;
    switch (w->kind) {
    case AWARD_TABLE:
        table_rows(r, w->table, (struct around){"", ""});
        return;
    case AWARD_PER:
        row(r,
            arena_printf(s->a, shown_word(s, "%s 1 につき%s", "for each %s%s"),
                         expr_say(w->per, s->rs, s->lang, s->a), bounds(s, w)),
            points_format(w->points, s->a));
        return;
    case AWARD_MANUAL:
        row(r, shown_word(s, "適宜 (人が入れる)", "entered by a person"),
            arena_printf(s->a, "%s〜%s", points_format(w->from, s->a),
                         points_format(w->to, s->a)));
        return;
    case AWARD_SETS_TOTAL:
        row(r, shown_word(s, "合計をこの点数にする", "becomes the total"),
            points_format(w->points, s->a));
        return;
    case AWARD_RANK_LAST:
        row(r, shown_word(s, "ほかの全員の後に選考", "ranks after all others"),
            "");
        return;
    case AWARD_NONE:
        row(r, shown_word(s, "加点しない", "does not count"), "");
        return;
    default:
        row(r, "", shown_points(s, r->rule, w->points));
        return;
    }
}

static const char *when_text(const struct shown *s, const struct rule *r)
{
    const char *text = r->when ? expr_say(r->when, s->rs, s->lang, s->a)
                               : shown_word(s, "(いつも)", "(always)");
    for (size_t i = 0; i < r->n_unless; i++)
        text = arena_printf(
            s->a,
            shown_word(s, "%s。「%s」のときは除く", "%s; not with \"%s\""),
            text, r->unless[i]->wording);
    if (r->forced)
        text = arena_printf(s->a,
                            shown_word(s, "%s。ほかの事由より優先",
                                       "%s; before every other reason"),
                            text);
    return text;
}

static void rule_rows(struct shown *s, const struct rule *r, const char *mark)
{
    struct rows rows = {s,
                        r,
                        r->id,
                        arena_printf(s->a, "%s%s", mark, r->wording),
                        when_text(s, r),
                        r->page};
    award_rows(&rows, &r->award);
    for (size_t i = 0; i < r->n_but; i++) {
        const struct but *but = &r->but[i];
        rows.wording =
            arena_printf(s->a, shown_word(s, "%sただし %s", "%sbut %s"), mark,
                         but->wording ? but->wording : r->wording);
        rows.when = expr_say(but->when, s->rs, s->lang, s->a);
        award_rows(&rows, &but->award);
    }
}

/* ---- groups ---- */

static const char *pick_text(const struct shown *s, const struct rule_group *g)
{
    static const struct label picks[] = {
        [PICK_HIGHEST] = {"いずれか高い方", "the highest"},
        [PICK_LOWEST] = {"いずれか低い方", "the lowest"},
        [PICK_FIRST] = {"先に当てはまる一つ", "the first that holds"},
        [PICK_SUM] = {"合計", "the sum"},
    };
    const char *text = label_text(picks[g->pick], s->lang);
    if (g->has_most)
        text =
            arena_printf(s->a, shown_word(s, "%s、上限 %s", "%s, at most %s"),
                         text, points_format(g->most, s->a));
    if (g->has_least)
        text =
            arena_printf(s->a, shown_word(s, "%s、下限 %s", "%s, at least %s"),
                         text, points_format(g->least, s->a));
    return text;
}

static void group_row(struct shown *s, const struct rule_group *g)
{
    struct rows rows = {s,
                        NULL,
                        g->id,
                        arena_printf(s->a, "%s%s【%s】", g->wording,
                                     *g->wording ? " " : "", pick_text(s, g)),
                        "",
                        ""};
    row(&rows, "", "");
}

void shown_rules(struct shown *s, const struct rule_list *list)
{
    const struct rule_group *group = NULL;
    for (size_t i = 0; i < list->n; i++) {
        const struct rule *r = list->rules[i];
        if (r->group && r->group != group)
            group_row(s, r->group);
        group = r->group;
        rule_rows(s, r, group ? shown_word(s, "・", "- ") : "");
    }
}
