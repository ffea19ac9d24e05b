#include "cli/form_test.h"

#include "core/buf.h"
#include "core/file.h"
#include "records/assemble.h"

#include <stdlib.h>
#include <string.h>

static const struct label outcome_words[N_TRIAL_OUTCOMES] = {
    [TRIAL_EXACT] = {"正しい", "exact"},
    [TRIAL_REFERRED] = {"要確認・案は正しい", "referred, proposal right"},
    [TRIAL_GUESSED] = {"要確認・案なしか誤り", "referred, no right proposal"},
    [TRIAL_SILENT] = {"見逃した誤り", "silent errors"},
    [TRIAL_LOST] = {"ページ不明", "page lost"},
};

static const struct label weight_words[] = {
    [TRIAL_MUST] = {"必ず", "must"},
    [TRIAL_MAY] = {"できれば", "may"},
};

/* ── CSV ────────────────────────────────────────────────────────────────── */

static const struct label field_headers[] = {
    {"ページ", "page"},    {"欄", "field"},
    {"見出し", "caption"}, {"種類", "kind"},
    {"結び先", "bind"},    {"必ず人が見る", "always for a person"},
    {"スキャン", "scan"},  {"回数", "n"},
};
static const struct label field_tail[] = {
    {"よくある理由", "usual reasons"},
    {"直すこと", "advice"},
};
static const struct label advice_headers[] = {
    {"重さ", "weight"},
    {"ページ", "page"},
    {"欄", "field"},
    {"見出し", "caption"},
    {"左mm", "left mm"},
    {"上mm", "top mm"},
    {"幅mm", "width mm"},
    {"高さmm", "height mm"},
    {"点検", "check"},
    {"何が起きているか", "what"},
    {"どう直すか", "what to do"},
};

static void put_labels(struct csv_writer *w, const struct label *list, size_t n,
                       enum lang lang)
{
    for (size_t i = 0; i < n; i++)
        csv_text(w, label_text(list[i], lang));
}
#define PUT_LABELS(w, list, lang) \
    put_labels((w), (list), sizeof(list) / sizeof *(list), (lang))

/* "はっきり読み取れません (7)／…", the usual ones. */
static const char *reasons_text(const struct trial_field *f, enum lang lang,
                                struct arena *a)
{
    const char *text = "";

    for (size_t i = 0; i < f->n_reasons && i < 3; i++)
        text =
            arena_printf(a, "%s%s%s (%d)", text, i ? "／" : "",
                         label_text(assemble_reason(f->reasons[i].check), lang),
                         f->reasons[i].n);
    return text;
}

static const char *advice_checks(const struct trial *t,
                                 const struct form_field *f, struct arena *a)
{
    const char *text = "";

    for (size_t i = 0; i < t->n_advice; i++)
        if (t->advice[i].field == f)
            text = arena_printf(a, "%s%s%s", text, *text ? " " : "",
                                t->advice[i].check);
    return text;
}

static void put_field(struct csv_writer *w, const struct trial *t,
                      const struct trial_field *f, int level, enum lang lang,
                      struct arena *a)
{
    const struct trial_count *c = &f->levels[level];

    csv_int(w, f->field->page);
    csv_text(w, f->field->id);
    csv_text(w, f->field->caption);
    csv_text(w, form_field_kind_name(f->field->kind));
    csv_text(w, f->field->bind);
    csv_text(w, !f->by_person ? "" : lang == LANG_EN ? "yes" : "はい");
    csv_text(w, label_text(trial_levels[level].label, lang));
    csv_int(w, c->n);
    for (int o = 0; o < N_TRIAL_OUTCOMES; o++)
        csv_int(w, c->of[o]);
    csv_text(w, level ? "" : reasons_text(f, lang, a));
    csv_text(w, level ? "" : advice_checks(t, f->field, a));
    csv_end_row(w);
}

static bool write_fields(struct cli *c, const struct trial *t,
                         const char *folder, struct csv_style style)
{
    struct csv_writer w;

    csv_begin(&w, style);
    PUT_LABELS(&w, field_headers, c->lang);
    PUT_LABELS(&w, outcome_words, c->lang);
    PUT_LABELS(&w, field_tail, c->lang);
    csv_end_row(&w);
    for (size_t i = 0; i < t->n_fields; i++)
        for (int level = 0; level < N_TRIAL_LEVELS; level++)
            put_field(&w, t, &t->fields[i], level, c->lang, &c->mem);
    bool ok = csv_save(&w, folder, "fields.csv", &c->diag);
    csv_release(&w);
    return ok;
}

/* Tenths of a mm; nothing where there is no place. */
static void put_box(struct csv_writer *w, const struct rect_tmm *box)
{
    const int32_t sides[] = {box->left, box->top, box->width, box->height};

    for (int i = 0; i < 4; i++)
        if (box->width)
            csv_milli(w, sides[i] * 100);
        else
            csv_text(w, "");
}

static bool write_advice(struct cli *c, const struct trial *t,
                         const char *folder, struct csv_style style)
{
    struct csv_writer w;

    csv_begin(&w, style);
    PUT_LABELS(&w, advice_headers, c->lang);
    csv_end_row(&w);
    for (size_t i = 0; i < t->n_advice; i++) {
        const struct trial_advice *x = &t->advice[i];
        csv_text(&w, label_text(weight_words[x->weight], c->lang));
        if (x->page)
            csv_int(&w, x->page);
        else
            csv_text(&w, "");
        csv_text(&w, x->field ? x->field->id : "");
        csv_text(&w, x->field ? x->field->caption : "");
        put_box(&w, &x->box);
        csv_text(&w, x->check);
        csv_text(&w, label_text(x->what, c->lang));
        csv_text(&w, label_text(x->todo, c->lang));
        csv_end_row(&w);
    }
    bool ok = csv_save(&w, folder, "advice.csv", &c->diag);
    csv_release(&w);
    return ok;
}

/* ── what was not read as it was written ── */

static const struct label miss_headers[] = {
    {"紙", "sheet"},      {"ページ", "page"},      {"欄", "field"},
    {"スキャン", "scan"}, {"書いた値", "written"}, {"読んだ値", "read"},
    {"結果", "outcome"},  {"理由", "reason"},
};

static int by_sheet(const void *one, const void *other)
{
    const struct trial_miss *a = one, *b = other;

    if (a->sheet != b->sheet)
        return a->sheet < b->sheet ? -1 : 1;
    return (a->field > b->field) - (a->field < b->field);
}

static void put_miss(struct csv_writer *w, const struct trial *t,
                     const struct trial_miss *m, enum lang lang)
{
    const struct trial_sheet *s = &t->sheets[m->sheet];

    csv_int(w, (int64_t)m->sheet + 1);
    csv_int(w, s->page);
    csv_text(w, m->field->id);
    csv_text(w, label_text(trial_levels[s->level].label, lang));
    csv_code(w, m->written);
    csv_code(w, m->read);
    csv_text(w, label_text(outcome_words[m->outcome], lang));
    csv_text(w,
             !*m->reason ? "" : label_text(assemble_reason(m->reason), lang));
    csv_end_row(w);
}

static bool write_misses(struct cli *c, const struct trial *t,
                         const char *folder, struct csv_style style)
{
    struct trial_miss *all =
        ARENA_ARRAY(&c->mem, struct trial_miss, t->n_misses);
    struct csv_writer w;

    for (size_t i = 0; i < t->n_misses; i++)
        all[i] = t->misses[i];
    if (t->n_misses)
        qsort(all, t->n_misses, sizeof *all, by_sheet);
    csv_begin(&w, style);
    PUT_LABELS(&w, miss_headers, c->lang);
    csv_end_row(&w);
    for (size_t i = 0; i < t->n_misses; i++)
        put_miss(&w, t, &all[i], c->lang);
    bool ok = csv_save(&w, folder, "readings.csv", &c->diag);
    csv_release(&w);
    return ok;
}

bool form_test_write(struct cli *c, const struct trial *t, const char *folder,
                     struct csv_style style)
{
    return write_fields(c, t, folder, style) &&
           write_advice(c, t, folder, style) &&
           write_misses(c, t, folder, style);
}

/* ── JSON ───────────────────────────────────────────────────────────────── */

static const char *const outcome_keys[N_TRIAL_OUTCOMES] = {
    "exact", "referred_right", "referred_wrong", "silent", "page_lost"};

static cJSON *count_json(const struct trial_count *c)
{
    cJSON *o = cJSON_CreateObject();

    cJSON_AddNumberToObject(o, "n", c->n);
    for (int k = 0; k < N_TRIAL_OUTCOMES; k++)
        cJSON_AddNumberToObject(o, outcome_keys[k], c->of[k]);
    return o;
}

static cJSON *field_json(const struct trial_field *f)
{
    cJSON *o = cJSON_CreateObject(), *why = cJSON_CreateObject();

    cJSON_AddStringToObject(o, "field", f->field->id);
    cJSON_AddNumberToObject(o, "page", f->field->page);
    cJSON_AddStringToObject(o, "kind", form_field_kind_name(f->field->kind));
    cJSON_AddBoolToObject(o, "by_person", f->by_person);
    for (int level = 0; level < N_TRIAL_LEVELS; level++)
        cJSON_AddItemToObject(o, trial_levels[level].name,
                              count_json(&f->levels[level]));
    for (size_t i = 0; i < f->n_reasons; i++)
        cJSON_AddNumberToObject(why, f->reasons[i].check, f->reasons[i].n);
    cJSON_AddItemToObject(o, "reasons", why);
    return o;
}

static cJSON *advice_json(const struct trial_advice *x, enum lang lang)
{
    cJSON *o = cJSON_CreateObject();

    cJSON_AddStringToObject(o, "weight", weight_words[x->weight].en);
    cJSON_AddStringToObject(o, "check", x->check);
    cJSON_AddStringToObject(o, "field", x->field ? x->field->id : "");
    cJSON_AddNumberToObject(o, "page", x->page);
    cJSON_AddStringToObject(o, "what", label_text(x->what, lang));
    cJSON_AddStringToObject(o, "todo", label_text(x->todo, lang));
    return o;
}

void form_test_report(struct cli *c, const struct trial_how *how,
                      const struct trial *t)
{
    cJSON *fields = cJSON_AddArrayToObject(c->report, "fields");
    cJSON *levels = cJSON_AddObjectToObject(c->report, "scans");
    cJSON *advice = cJSON_AddArrayToObject(c->report, "advice");

    cJSON_AddStringToObject(c->report, "form", how->form->id);
    cJSON_AddStringToObject(c->report, "version", how->form->version);
    cJSON_AddNumberToObject(c->report, "seed", (double)how->seed);
    cJSON_AddNumberToObject(c->report, "copies", how->copies);
    cJSON_AddNumberToObject(c->report, "sheets", (double)t->n_sheets);
    for (int level = 0; level < N_TRIAL_LEVELS; level++) {
        struct trial_count machine =
            trial_sum(t, (enum trial_level)level, false);
        struct trial_count person = trial_sum(t, (enum trial_level)level, true);
        cJSON *o = cJSON_AddObjectToObject(levels, trial_levels[level].name);
        cJSON_AddItemToObject(o, "pages", count_json(&t->pages[level]));
        cJSON_AddItemToObject(o, "fields", count_json(&machine));
        cJSON_AddItemToObject(o, "fields_by_person", count_json(&person));
    }
    for (size_t i = 0; i < t->n_fields; i++)
        cJSON_AddItemToArray(fields, field_json(&t->fields[i]));
    for (size_t i = 0; i < t->n_advice; i++)
        cJSON_AddItemToArray(advice, advice_json(&t->advice[i], c->lang));
}
