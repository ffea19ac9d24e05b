#include "cli/verify_files.h"

#include "cli/out_folder.h"
#include "core/file.h"
#include "core/hash.h"

#include <string.h>

#define MAX_RUN_FILE ((size_t)1 << 31)

struct tally {
    struct cli *c;
    size_t checked, failed;
    const char *examples[VERIFY_EXAMPLES_MAX];
};

static bool is_hash(const char *path, const char *sha256)
{
    struct arena scratch = ARENA_INIT;
    char hex[HASH_HEX] = "";
    size_t len;
    const char *bytes = file_read(path, MAX_RUN_FILE, &scratch, &len, NULL);
    if (bytes)
        hash_bytes_hex(bytes, len, hex);
    arena_release(&scratch);
    return bytes && strcmp(hex, sha256) == 0;
}

static void check_list(struct tally *t, const char *folder, const cJSON *list)
{
    const cJSON *file;
    cJSON_ArrayForEach(file, list)
    {
        const char *sha256 = cJSON_GetStringValue(file);
        t->checked++;
        if (sha256 &&
            is_hash(path_join(&t->c->mem, folder, file->string), sha256))
            continue;
        if (t->failed < VERIFY_EXAMPLES_MAX)
            t->examples[t->failed] = arena_strdup(&t->c->mem, file->string);
        t->failed++;
    }
}

bool verify_files(struct cli *c, const char *folder, struct verify_line *out)
{
    size_t len;
    const char *path = path_join(&c->mem, folder, "run.json");
    const char *bytes = file_read(path, MAX_RUN_FILE, &c->mem, &len, &c->diag);
    if (!bytes)
        return false;
    cJSON *o = cJSON_ParseWithLength(bytes, len);
    const cJSON *inputs = cJSON_GetObjectItem(o, "inputs");
    const cJSON *outputs = cJSON_GetObjectItem(o, "outputs");
    bool ok = cJSON_IsObject(inputs) && cJSON_IsObject(outputs);
    struct tally t = {.c = c};
    if (ok) {
        check_list(&t, path_join(&c->mem, folder, "inputs"), inputs);
        check_list(&t, folder, outputs);
    }
    cJSON_Delete(o);
    size_t n = t.failed < VERIFY_EXAMPLES_MAX ? t.failed : VERIFY_EXAMPLES_MAX;
    const char **examples = ARENA_ARRAY(&c->mem, const char *, n + 1);
    memcpy(examples, t.examples, n * sizeof *examples);
    *out = (struct verify_line){
        "files-unchanged",
        {"ファイルが実行のときのまま", "every file is as the run wrote it"},
        t.checked,
        t.failed,
        examples,
        n};
    return ok || run_damaged(c, path);
}

bool verify_files_changed(struct cli *c, const char *folder, const char **path)
{
    struct verify_line files;
    *path = NULL;
    if (!verify_files(c, folder, &files))
        return false;
    if (files.failed)
        *path = path_join(&c->mem, folder, files.examples[0]);
    return true;
}
