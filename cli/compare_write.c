#include "cli/compare_write.h"

#include "core/file.h"
#include "core/hash.h"

#include <string.h>

static const char *compare_id(struct cli *c, const struct compare_inputs *in)
{
    const struct csv_style *style = &in->style.csv;
    const char *const words[] = {
        "nyusho-compare/1",
        NYUSHO_VERSION,
        in->before,
        in->after,
        in->changes[0],
        in->changes[1],
        in->manual,
        in->style.lang == LANG_EN ? "en" : "ja",
        style->encoding == ENCODING_CP932 ? "cp932" : "utf8",
        style->excel ? "excel" : "plain",
    };
    char hex[HASH_HEX];
    struct hash h;
    hash_start(&h);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        hash_add_text(&h, words[i]);
    hash_hex(&h, hex);
    return arena_copy(&c->mem, hex, 16);
}

static const char *make_folder(struct cli *c, const char *folder,
                               const char *id)
{
    const char *name = arena_printf(&c->mem, "compare-%s", id);
    const char *out = path_join(&c->mem, folder, "out");
    const char *path = path_join(&c->mem, out, name);
    return folder_make(path, &c->diag) ? path : NULL;
}

static bool save(struct cli *c, struct csv_writer *w, const char *folder,
                 const char *name)
{
    const char *path = path_join(&c->mem, folder, name);
    bool ok = csv_save(w, NULL, path, &c->diag);
    csv_release(w);
    return ok;
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

/* Last: a folder with it is whole. Takes `o`. */
static bool save_json(struct cli *c, cJSON *o, const char *folder)
{
    char *text = cJSON_Print(o);
    const char *line = arena_printf(&c->mem, "%s\n", text ? text : "{}");
    cJSON_free(text);
    cJSON_Delete(o);
    return file_write_atomic(path_join(&c->mem, folder, "compare.json"), line,
                             strlen(line), &c->diag);
}

bool compare_write(struct cli *c, const char *folder,
                   const struct compare_inputs *in, const struct comparison *x,
                   const char **path)
{
    const char *id = compare_id(c, in);
    struct csv_writer w;
    *path = make_folder(c, folder, id);
    if (!*path)
        return false;
    csv_begin(&w, in->style.csv);
    write_compare_rules(x, &w, in->style.lang);
    if (!save(c, &w, *path, "compare_rules.csv"))
        return false;
    csv_begin(&w, in->style.csv);
    write_compare_children(x, &w, in->style.lang);
    if (!save(c, &w, *path, "compare_children.csv"))
        return false;
    cJSON *o = describe(id, in);
    cJSON_AddNumberToObject(o, "children", (double)x->n_children);
    cJSON_AddNumberToObject(o, "total rises", (double)x->higher);
    cJSON_AddNumberToObject(o, "total falls", (double)x->lower);
    for (int k = 0; k < N_CHANGES; k++)
        cJSON_AddNumberToObject(o, change_label((enum change)k).en,
                                (double)x->by_change[k]);
    return save_json(c, o, *path);
}

bool compare_write_manual(struct cli *c, const char *folder,
                          const struct compare_inputs *in,
                          const struct manual_result *m, const char **path)
{
    const char *id = compare_id(c, in);
    struct csv_writer w;
    *path = make_folder(c, folder, id);
    if (!*path)
        return false;
    csv_begin(&w, in->style.csv);
    write_compare_manual(m, &w, in->style.lang);
    if (!save(c, &w, *path, "compare_manual.csv"))
        return false;
    cJSON *o = describe(id, in);
    cJSON_AddNumberToObject(o, "children in the file", (double)m->n_told);
    cJSON_AddNumberToObject(o, "agree", (double)m->n_agree);
    return save_json(c, o, *path);
}
