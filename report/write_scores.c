/* scores.csv: a row per child and preference; score_lines.csv: a row per rule
 * that fired. */
#include "report/outputs.h"

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
static const char *unknown_text(const struct run_result *r,
                                const struct child_score *c, enum lang lang,
                                struct arena *a)
{
    const char *text = "";
    for (size_t i = 0; i < c->n_unknowns; i++)
        text = arena_printf(
            a, "%s%s%s", text, i ? " / " : "",
            score_unknown_text(r->scorer, &c->unknowns[i], lang, a));
    return text;
}

static void order_keys(struct csv_writer *w, const struct run_result *r,
                       const struct pref_score *p, struct arena *a)
{
    const char *text = "";
    for (size_t k = 0; k < r->rules->n_order; k++) {
        const char *value;
        if (p->keys[k] == ORDER_KEY_UNKNOWN)
            value = "?";
        else if (p->keys[k] == ORDER_KEY_NOTHING)
            value = "-";
        else
            value = arena_printf(a, "%lld", (long long)p->keys[k]);
        text = arena_printf(a, "%s%s%s", text, k ? " " : "", value);
    }
    csv_text(w, text);
}

bool write_scores(const struct run_result *r, struct csv_writer *w,
                  const struct output_style *s, struct diag *d)
{
    (void)d;
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
    csv_header(w, columns, sizeof columns / sizeof columns[0], s->lang);
    struct arena mem = ARENA_INIT;
    for (size_t i = 0; i < r->n_applicants; i++) {
        const struct applicant *a = &r->applicants[i];
        const struct child_score *c = a->score;
        size_t rows = c->n_prefs ? c->n_prefs : 1;
        for (size_t k = 0; k < rows; k++) {
            const struct pref_score *p = c->n_prefs ? &c->prefs[k] : NULL;
            csv_code(w, a->household);
            csv_code(w, a->child);
            if (c->class_age >= 0)
                csv_int(w, c->class_age);
            else
                csv_text(w, "");
            guardian_points(w, c, 0);
            guardian_points(w, c, 1);
            csv_milli(w, c->base);
            csv_milli(w, c->adjust);
            if (p)
                csv_int(w, p->number);
            else
                csv_text(w, "");
            csv_code(w, p ? p->facility : "");
            if (p)
                csv_milli(w, p->adjust);
            else
                csv_text(w, "");
            csv_milli(w, p ? p->total : c->total);
            csv_text(w, yes(c->provisional, s->lang));
            csv_text(w, unknown_text(r, c, s->lang, &mem));
            if (p)
                order_keys(w, r, p, &mem);
            else
                csv_text(w, "");
            csv_run_kind(w, r, s->lang);
            csv_end_row(w);
        }
    }
    arena_release(&mem);
    return true;
}

static void write_line(const struct run_result *r, struct csv_writer *w,
                       const struct applicant *a, const struct score_line *l,
                       enum lang lang, struct arena *mem)
{
    csv_code(w, a->household);
    csv_code(w, a->child);
    csv_text(w, l->rule ? l->rule->id : "");
    csv_text(w,
             l->rule ? label_text(rule_scope_label(l->rule->scope), lang) : "");
    if (l->person > 0)
        csv_int(w, l->person);
    else
        csv_text(w, "");
    csv_code(w, l->preference == PREFERENCE_ALL
                    ? ""
                    : a->score->prefs[l->preference].facility);
    csv_text(w, l->wording ? l->wording : "");
    csv_milli(w, l->points);
    csv_text(w, l->counted ? label_text((struct label){"はい", "yes"}, lang)
                           : label_text((struct label){"いいえ", "no"}, lang));
    csv_text(w, l->rule ? score_line_seen(r->scorer, l, mem) : "");
    csv_text(w, l->rule ? l->rule->page : "");
    csv_run_kind(w, r, lang);
    csv_end_row(w);
}

bool write_score_lines(const struct run_result *r, struct csv_writer *w,
                       const struct output_style *s, struct diag *d)
{
    (void)d;
    static const struct label columns[] = {
        {"世帯番号", "household"}, {"児童番号", "child"},
        {"規則", "rule"},          {"区分", "scope"},
        {"人番号", "person"},      {"施設番号", "facility"},
        {"文言", "wording"},       {"点数", "points"},
        {"算入", "counted"},       {"見た値", "values seen"},
        {"出典頁", "source page"}, {"実行区分", "run"},
    };
    csv_header(w, columns, sizeof columns / sizeof columns[0], s->lang);
    struct arena mem = ARENA_INIT;
    for (size_t i = 0; i < r->n_applicants; i++) {
        const struct applicant *a = &r->applicants[i];
        for (size_t k = 0; k < a->score->n_lines; k++)
            write_line(r, w, a, &a->score->lines[k], s->lang, &mem);
    }
    arena_release(&mem);
    return true;
}
