#include "cli/compare_write.h"

#include "cli/out_folder.h"

static const char *compare_id(struct cli *c, const struct compare_inputs *in)
{
    const char *words[] = {
        "nyusho-compare/1",
        NYUSHO_VERSION,
        in->before,
        in->after,
        in->changes[0],
        in->changes[1],
        in->manual,
        NULL,
        NULL,
        NULL,
    };
    size_t n = sizeof words / sizeof words[0];
    out_style_words(&in->style, words + n - OUT_STYLE_WORDS);
    return out_id(c, words, n);
}

static cJSON *describe(const char *id, const struct compare_inputs *in)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "format", "nyusho-compare/1");
    cJSON_AddStringToObject(o, "comparison", id);
    cJSON_AddStringToObject(o, "program", NYUSHO_VERSION);
    cJSON_AddStringToObject(o, "run before", in->before);
    cJSON_AddStringToObject(o, "run after", in->after);
    cJSON_AddStringToObject(o, "changed before", in->changes[0]);
    cJSON_AddStringToObject(o, "changed after", in->changes[1]);
    cJSON_AddStringToObject(o, "made by hand", in->manual);
    return o;
}

bool compare_write(struct cli *c, const char *folder,
                   const struct compare_inputs *in, const struct comparison *x,
                   const char **path)
{
    const char *id = compare_id(c, in);
    struct csv_writer w;
    *path = out_folder_make(c, folder, "compare", id);
    if (!*path)
        return false;
    csv_begin(&w, in->style.csv);
    write_compare_rules(x, &w, in->style.lang);
    if (!out_save_csv(c, &w, *path, "compare_rules.csv"))
        return false;
    csv_begin(&w, in->style.csv);
    write_compare_children(x, &w, in->style.lang);
    if (!out_save_csv(c, &w, *path, "compare_children.csv"))
        return false;
    csv_begin(&w, in->style.csv);
    write_compare_chains(x, &w, in->style.lang);
    if (!out_save_csv(c, &w, *path, "compare_chains.csv"))
        return false;
    cJSON *o = describe(id, in);
    cJSON_AddNumberToObject(o, "children", (double)x->n_children);
    cJSON_AddNumberToObject(o, "chains", (double)x->chains.chains.n);
    cJSON_AddNumberToObject(o, "total rises", (double)x->higher);
    cJSON_AddNumberToObject(o, "total falls", (double)x->lower);
    for (int k = 0; k < N_CHANGES; k++)
        cJSON_AddNumberToObject(o, change_label((enum change)k).en,
                                (double)x->by_change[k]);
    return out_save_json(c, o, *path, "compare.json");
}

void compare_manual_json(cJSON *o, const struct manual_result *m,
                         struct arena *a)
{
    int per_cent = manual_result_agreement(m);
    cJSON_AddNumberToObject(o, "children in the file", (double)m->n_told);
    cJSON_AddNumberToObject(o, "agree", (double)m->n_agree);
    cJSON_AddStringToObject(
        o, "agreement per cent",
        arena_printf(a, "%d.%03d", per_cent / 1000, per_cent % 1000));
    cJSON_AddNumberToObject(o, "chains", (double)m->n_chains);
    cJSON_AddNumberToObject(o, "classes with too many", (double)m->n_over);
    for (int v = MANUAL_FITS + 1; v < N_MANUAL_VERDICTS; v++)
        cJSON_AddNumberToObject(o,
                                manual_verdict_label((enum manual_verdict)v).en,
                                (double)m->by_verdict[v]);
}

bool compare_write_manual(struct cli *c, const char *folder,
                          const struct compare_inputs *in,
                          const struct manual_result *m, const char **path)
{
    const char *id = compare_id(c, in);
    struct csv_writer w;
    *path = out_folder_make(c, folder, "compare", id);
    if (!*path)
        return false;
    csv_begin(&w, in->style.csv);
    write_compare_manual(m, &w, in->style.lang);
    if (!out_save_csv(c, &w, *path, "compare_manual.csv"))
        return false;
    cJSON *o = describe(id, in);
    compare_manual_json(o, m, &c->mem);
    return out_save_json(c, o, *path, "compare.json");
}
