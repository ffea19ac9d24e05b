/* compare_rules.csv: a row per rule; compare_children.csv: a row per child;
 * compare_chains.csv: a row per move. */
#include "report/compare.h"

static const char *rule_text(const struct rule *r)
{
    return r ? r->wording : "";
}

static void number_or_blank(struct csv_writer *w, bool there, int64_t value)
{
    if (there)
        csv_int(w, value);
    else
        csv_text(w, "");
}

static void points_or_blank(struct csv_writer *w, bool there,
                            milli_points value)
{
    if (there)
        csv_milli(w, value);
    else
        csv_text(w, "");
}

void write_compare_rules(const struct comparison *c, struct csv_writer *w,
                         enum lang lang)
{
    static const struct label columns[] = {
        {"規則", "rule"},
        {"区分", "scope"},
        {"文言 (前)", "wording before"},
        {"文言 (後)", "wording after"},
        {"児童 (前)", "children before"},
        {"児童 (後)", "children after"},
        {"点数計 (前)", "points before"},
        {"点数計 (後)", "points after"},
    };
    csv_header(w, columns, sizeof columns / sizeof columns[0], lang);
    for (size_t i = 0; i < c->n_rules; i++) {
        const struct rule_change *r = &c->rules[i];
        const struct rule *any = r->rule[0] ? r->rule[0] : r->rule[1];
        csv_text(w, any->id);
        csv_text(w, label_text(rule_scope_label(any->scope), lang));
        for (int side = 0; side < 2; side++)
            csv_text(w, rule_text(r->rule[side]));
        for (int side = 0; side < 2; side++)
            number_or_blank(w, r->rule[side], (int64_t)r->children[side]);
        for (int side = 0; side < 2; side++)
            points_or_blank(w, r->rule[side], r->points[side]);
        csv_end_row(w);
    }
}

static const char *yes(bool value, enum lang lang)
{
    static const struct label labels[2] = {{"", ""}, {"はい", "yes"}};
    return label_text(labels[value], lang);
}

static void place(struct csv_writer *w, const struct applicant *a,
                  enum lang lang)
{
    if (!a) {
        csv_text(w, "");
        csv_text(w, "");
        csv_text(w, "");
        return;
    }
    csv_text(w, label_text(outcome_label(a->outcome), lang));
    csv_code(w, a->won ? a->won->code : "");
    number_or_blank(
        w, a->won_pref != NOT_RANKED,
        a->won_pref != NOT_RANKED ? a->score->prefs[a->won_pref].number : 0);
}

static void child_row(const struct child_change *x, struct csv_writer *w,
                      enum lang lang, struct arena *scratch)
{
    const struct applicant *any = x->of[0] ? x->of[0] : x->of[1];
    csv_code(w, any->household);
    csv_code(w, any->child);
    number_or_blank(w, any->score->class_age >= 0, any->score->class_age);
    for (int side = 0; side < 2; side++)
        points_or_blank(w, x->of[side],
                        x->of[side] ? x->of[side]->score->total : 0);
    points_or_blank(w, x->of[0] && x->of[1], x->difference);
    for (int side = 0; side < 2; side++)
        csv_text(w, yes(x->of[side] && x->of[side]->score->provisional, lang));
    place(w, x->of[0], lang);
    place(w, x->of[1], lang);
    csv_text(w, label_text(change_label(x->change), lang));
    csv_text(w, compare_lines(x, scratch));
    number_or_blank(w, x->chain != NOT_RANKED, (int64_t)x->chain + 1);
    csv_end_row(w);
}

void write_compare_children(const struct comparison *c, struct csv_writer *w,
                            enum lang lang)
{
    static const struct label columns[] = {
        {"世帯番号", "household"},
        {"児童番号", "child"},
        {"クラス", "class"},
        {"合計 (前)", "total before"},
        {"合計 (後)", "total after"},
        {"差", "difference"},
        {"未確定 (前)", "provisional before"},
        {"未確定 (後)", "provisional after"},
        {"結果 (前)", "result before"},
        {"施設番号 (前)", "facility before"},
        {"希望順位 (前)", "preference before"},
        {"結果 (後)", "result after"},
        {"施設番号 (後)", "facility after"},
        {"希望順位 (後)", "preference after"},
        {"変化", "change"},
        {"変わった点数", "points that differ"},
        {"連鎖", "chain"},
    };
    struct arena scratch = ARENA_INIT;
    csv_header(w, columns, sizeof columns / sizeof columns[0], lang);
    for (size_t i = 0; i < c->n_children; i++) {
        child_row(&c->children[i], w, lang, &scratch);
        arena_clear(&scratch);
    }
    arena_release(&scratch);
}

static void move_row(const struct chain_list *l, size_t chain, size_t i,
                     struct csv_writer *w, enum lang lang)
{
    const struct move_chain *c = &l->chains.items[chain];
    const struct moved *m = &l->moved[l->chains.order[c->first + i]];
    const struct applicant *any = m->of[0] ? m->of[0] : m->of[1];
    csv_int(w, (int64_t)chain + 1);
    csv_int(w, (int64_t)i + 1);
    csv_code(w, any->household);
    csv_code(w, any->child);
    number_or_blank(w, any->score->class_age >= 0, any->score->class_age);
    csv_code(w, moved_place(m, 0, lang));
    csv_code(w, moved_place(m, 1, lang));
    csv_text(w, i ? "" : label_text(chain_start_label(c->start), lang));
    csv_text(w, i + 1 < c->n ? "" : label_text(chain_end_label(c->end), lang));
    csv_end_row(w);
}

void write_compare_chains(const struct comparison *c, struct csv_writer *w,
                          enum lang lang)
{
    static const struct label columns[] = {
        {"連鎖", "chain"},         {"順", "step"},
        {"世帯番号", "household"}, {"児童番号", "child"},
        {"クラス", "class"},       {"前", "before"},
        {"後", "after"},           {"始まり", "begins with"},
        {"終わり", "ends with"},
    };
    csv_header(w, columns, sizeof columns / sizeof columns[0], lang);
    for (size_t i = 0; i < c->chains.chains.n; i++)
        for (size_t k = 0; k < c->chains.chains.items[i].n; k++)
            move_row(&c->chains, i, k, w, lang);
}
