#include "cli/out_folder.h"

#include "core/file.h"
#include "core/hash.h"

#include <stdlib.h>
#include <string.h>

const char *out_id(struct cli *c, const char *const *words, size_t n)
{
    char hex[HASH_HEX];
    struct hash h;
    hash_start(&h);
    for (size_t i = 0; i < n; i++)
        hash_add_text(&h, words[i]);
    hash_hex(&h, hex);
    return arena_copy(&c->mem, hex, 16);
}

void out_style_words(const struct output_style *style,
                     const char *words[OUT_STYLE_WORDS])
{
    words[0] = style->lang == LANG_EN ? "en" : "ja";
    words[1] = style->csv.encoding == ENCODING_CP932 ? "cp932" : "utf8";
    words[2] = style->csv.excel ? "excel" : "plain";
}

const char *out_folder_make(struct cli *c, const char *folder, const char *kind,
                            const char *id)
{
    const char *name = arena_printf(&c->mem, "%s-%s", kind, id);
    const char *out = path_join(&c->mem, folder, "out");
    const char *path = path_join(&c->mem, out, name);
    return folder_make(path, &c->diag) ? path : NULL;
}

bool out_save_csv(struct cli *c, struct csv_writer *w, const char *folder,
                  const char *name)
{
    const char *path = path_join(&c->mem, folder, name);
    bool ok = csv_finish(w, path, &c->diag) &&
              file_write_atomic(path, w->out.bytes, w->out.len, &c->diag);
    csv_release(w);
    return ok;
}

bool out_save_text(struct cli *c, struct buf *text, const char *folder,
                   const char *name)
{
    bool ok = file_write_atomic(path_join(&c->mem, folder, name), text->bytes,
                                text->len, &c->diag);
    buf_release(text);
    return ok;
}

bool out_save_json(struct cli *c, cJSON *o, const char *folder,
                   const char *name)
{
    char *text = cJSON_Print(o);
    const char *line = arena_printf(&c->mem, "%s\n", text ? text : "{}");
    cJSON_free(text);
    cJSON_Delete(o);
    return file_write_atomic(path_join(&c->mem, folder, name), line,
                             strlen(line), &c->diag);
}

const char *run_folder_id(struct cli *c, const char *folder)
{
    char *real = realpath(folder, NULL);
    const char *id = arena_strdup(&c->mem, path_name(real ? real : folder));
    free(real);
    return id;
}

bool run_damaged(struct cli *c, const char *path)
{
    return diag_error(&c->diag, POS_FILE(path), "run-damaged",
                      "この実行の記録を読めません。nyusho run "
                      "でもう一度実行してください",
                      "the record of this run cannot be read; make the run "
                      "again with nyusho run");
}
