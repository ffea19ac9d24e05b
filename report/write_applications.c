/* applications.csv: the record as used, a row per child: every field of the
 * household and the child, each guardian's reasons and jobs in short. */
#include "report/outputs.h"

static void header_of(const struct run_result *r, struct csv_writer *w,
                      enum scope scope, enum lang lang)
{
    for (size_t i = 0; i < r->dict->n_by_scope[scope]; i++)
        csv_text(w, label_text(r->dict->by_scope[scope][i]->label, lang));
}

static void cells_of(const struct run_result *r, struct csv_writer *w,
                     enum scope scope, size_t row, struct arena *a)
{
    for (size_t i = 0; i < r->dict->n_by_scope[scope]; i++) {
        const struct field *f = r->dict->by_scope[scope][i];
        struct slot v = record_get(r->set, f, row);
        const char *text = value_format(f, v, r->set->strings, a);
        if (f->type == TYPE_CODE)
            csv_code(w, text);
        else
            csv_text(w, text);
    }
}

/* "0001|0003|0002" in order of preference. */
static const char *preferences_text(const struct child_score *c,
                                    struct arena *a)
{
    const char *text = "";
    for (size_t i = 0; i < c->n_prefs; i++)
        text =
            arena_printf(a, "%s%s%s", text, i ? "|" : "", c->prefs[i].facility);
    return text;
}

bool write_applications(const struct run_result *r, struct csv_writer *w,
                        const struct output_style *s, struct diag *d)
{
    (void)d;
    static const struct label keys[] = {{"世帯番号", "household"},
                                        {"児童番号", "child"},
                                        {"クラス", "class"},
                                        {"希望施設", "preferences"}};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        csv_text(w, label_text(keys[i], s->lang));
    header_of(r, w, SCOPE_CHILD, s->lang);
    header_of(r, w, SCOPE_HOUSEHOLD, s->lang);
    csv_text(w, label_text(run_kind_column, s->lang));
    csv_end_row(w);
    struct arena mem = ARENA_INIT;
    for (size_t i = 0; i < r->n_applicants; i++) {
        const struct applicant *a = &r->applicants[i];
        const struct household *h = &r->set->households[a->household_index];
        csv_code(w, a->household);
        csv_code(w, a->child);
        if (a->score->class_age >= 0)
            csv_int(w, a->score->class_age);
        else
            csv_text(w, "");
        csv_code(w, preferences_text(a->score, &mem));
        cells_of(r, w, SCOPE_CHILD, a->score->child_row, &mem);
        if (h->first[SCOPE_HOUSEHOLD] < h->end[SCOPE_HOUSEHOLD]) {
            cells_of(r, w, SCOPE_HOUSEHOLD, h->first[SCOPE_HOUSEHOLD], &mem);
        } else {
            for (size_t k = 0; k < r->dict->n_by_scope[SCOPE_HOUSEHOLD]; k++)
                csv_text(w, "");
        }
        csv_run_kind(w, r, s->lang);
        csv_end_row(w);
    }
    arena_release(&mem);
    return true;
}
