/* nyusho init DIR: a new case with commented example files. */
#include "cli/commands.h"
#include "cli/shipped.h"
#include "core/file.h"

const struct option_spec init_options[] = {
    {NULL, NULL, {NULL, NULL}},
};

#define EXAMPLE "example-city/"

static bool put_file(struct cli *c, const char *folder,
                     const struct embedded_file *f)
{
    const char *name = f->name + strlen(EXAMPLE);
    const char *path = path_join(&c->mem, folder, name);
    return file_write_atomic(path, f->bytes, f->len, &c->diag);
}

int init_run(struct cli *c)
{
    const char *folder = c->args[0];
    if (file_exists(path_join(&c->mem, folder, "nyusho.yaml"))) {
        diag_error(&c->diag, POS_FILE(folder), "case-exists",
                   "すでに募集回のフォルダーです。別の名前を書いてください",
                   "there is a case here already; give another name");
        return EXIT_INPUT;
    }
    if (!folder_make(folder, &c->diag) ||
        !folder_make(path_join(&c->mem, folder, "forms"), &c->diag))
        return EXIT_MACHINE;
    for (const struct embedded_file *f = shipped_files; f->name; f++)
        if (strncmp(f->name, EXAMPLE, strlen(EXAMPLE)) == 0 &&
            !put_file(c, folder, f))
            return EXIT_MACHINE;
    struct case_db *db = case_open(folder, CASE_CREATE, cli_stamp(c), &c->diag);
    if (!db)
        return cli_failure(c);
    case_close(db);
    cli_say(c,
            "%s を作りました。nyusho.yaml から順に書き換えてください:\n"
            "  nyusho.yaml    募集回の設定\n"
            "  rules.yaml     利用調整基準 (指数表)\n"
            "  nurseries.csv  施設\n  seats.csv      募集人数\n"
            "  office.csv     庁内情報\n"
            "次: nyusho read %s スキャンのフォルダー\n",
            "made %s; edit nyusho.yaml, rules.yaml, nurseries.csv, seats.csv "
            "and office.csv, then: nyusho read %s FOLDER\n",
            folder, folder);
    cJSON_AddStringToObject(c->report, "case", folder);
    return EXIT_DONE;
}
