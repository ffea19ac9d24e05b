#include "cli/cli.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const struct option_spec common[] = {
    {"--lang",
     "ja|en",
     {"メッセージと見出しの言語 (既定 ja)",
      "language of messages and headers"}},
    {"--json",
     NULL,
     {"結果を JSON 1件で標準出力に書く", "one JSON object on stdout"}},
    {"--quiet", NULL, {"途中経過を出さない", "no progress"}},
    {"--help", NULL, {"この説明を出す", "this help"}},
    {NULL, NULL, {NULL, NULL}},
};

static const struct command *command_find(const char *name)
{
    for (const struct command *c = commands; c->name; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

static int option_index(const struct option_spec *table, const char *name)
{
    for (int i = 0; table && table[i].name; i++)
        if (strcmp(table[i].name, name) == 0)
            return i;
    return -1;
}

const char *cli_option(const struct cli *c, const char *name)
{
    int i = option_index(c->command->options, name);
    return i < 0 ? NULL : c->given[i];
}

bool cli_switch(const struct cli *c, const char *name)
{
    return cli_option(c, name) != NULL;
}

bool cli_number(struct cli *c, const char *name, long low, long high,
                long fallback, long *out)
{
    const char *text = cli_option(c, name);
    *out = fallback;
    if (!text)
        return true;
    char *end;
    errno = 0;
    *out = strtol(text, &end, 10);
    if (!*text || *end || errno || *out < low || *out > high)
        return diag_error(
            &c->diag, POS_FILE(name), "bad-option",
            "「%s」は使えません。%ld から %ld の整数を書いてください",
            "\"%s\" cannot be used; give a whole number from %ld "
            "to %ld",
            text, low, high);
    return true;
}

int cli_choice(struct cli *c, const char *name, const char *const *words)
{
    const char *value = cli_option(c, name), *all = "";
    for (int i = 0; words[i]; i++) {
        if (!value || strcmp(words[i], value) == 0)
            return i;
        all = arena_printf(&c->mem, "%s%s%s", all, i ? ", " : "", words[i]);
    }
    diag_error(&c->diag, POS_FILE(name), "bad-option",
               "「%s」は使えません。%s のどれかを書いてください",
               "\"%s\" cannot be used; write one of %s", value, all);
    return -1;
}

void cli_say(struct cli *c, const char *ja, const char *en, ...)
{
    if (c->json || c->quiet)
        return;
    va_list args;
    va_start(args, en);
    vprintf(c->lang == LANG_EN ? en : ja, args);
    va_end(args);
}

struct case_stamp cli_stamp(struct cli *c)
{
    time_t now = time(NULL);
    struct tm utc;
    char at[32];
    const char *user = getenv("LOGNAME");
    if (!user || !*user)
        user = getenv("USER");
    gmtime_r(&now, &utc);
    strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return (struct case_stamp){
        arena_strdup(&c->mem, user && *user ? user : "nyusho"),
        arena_strdup(&c->mem, at)};
}

int cli_status(const struct cli *c)
{
    if (c->diag.errors)
        return EXIT_INPUT;
    return c->diag.warnings ? EXIT_FINDINGS : EXIT_DONE;
}

/* Checks that are about the machine and not about what the user gave. */
static const char *const machine_checks[] = {
    "unwritable-file", "disk-full",    "case-io",      "case-busy",
    "case-read-only",  "reader-start", "verify-failed"};

int cli_failure(const struct cli *c)
{
    for (size_t i = 0; i < sizeof machine_checks / sizeof machine_checks[0];
         i++)
        if (diag_has(&c->diag, machine_checks[i]))
            return EXIT_MACHINE;
    return EXIT_INPUT;
}

/* Columns so that the explanations stand under each other. */
static void print_options(const struct option_spec *table, enum lang lang)
{
    for (; table && table->name; table++) {
        char left[64];
        snprintf(left, sizeof left, "%s%s%s", table->name,
                 table->value ? " " : "", table->value ? table->value : "");
        printf("  %-24s %s\n", left, label_text(table->help, lang));
    }
}

static int print_help(enum lang lang)
{
    bool ja = lang == LANG_JA;
    printf(
        ja ? "nyusho 入所 — 保育所等の利用調整: 申込書の読取りから内定まで\n\n"
             "使い方: nyusho コマンド [引数 …]\n\n"
           : "nyusho — nursery admission, from scanned forms to "
             "placements\n\nusage: nyusho COMMAND [ARGUMENT …]\n\n");
    for (const struct command *c = commands; c->name; c++)
        if (!c->hidden)
            printf("  %-9s %s\n", c->name, label_text(c->summary, lang));
    printf(ja ? "\n共通:\n" : "\ncommon:\n");
    print_options(common, lang);
    printf(ja ? "\n終了状態: 0 完了、1 完了したが人が見るべき所見あり、"
                "2 使い方か入力の誤り、3 機械の故障\n"
                "各コマンドの説明: nyusho コマンド --help\n"
              : "\nexit status: 0 done, 1 done with findings, 2 wrong use or "
                "bad input, 3 machine failure\n"
                "more: nyusho COMMAND --help\n");
    return EXIT_DONE;
}

static int print_command_help(const struct command *c, enum lang lang)
{
    bool ja = lang == LANG_JA;
    printf("nyusho %s %s\n  %s\n\n", c->name, c->usage,
           label_text(c->summary, lang));
    print_options(c->options, lang);
    printf(ja ? "\n共通:\n" : "\ncommon:\n");
    print_options(common, lang);
    return EXIT_DONE;
}

static int usage_error(struct cli *c, const char *ja, const char *en,
                       const char *what)
{
    fprintf(stderr, c->lang == LANG_EN ? en : ja, what);
    fputc('\n', stderr);
    return EXIT_INPUT;
}

/* Language first: it decides how every other mistake is worded. */
static enum lang lang_of(int argc, char **argv)
{
    for (int i = 1; i + 1 < argc; i++)
        if (strcmp(argv[i], "--lang") == 0)
            return strcmp(argv[i + 1], "en") == 0 ? LANG_EN : LANG_JA;
    return LANG_JA;
}

/* 0 when the option was taken, else an exit status; *at moves over a value. */
static int take_option(struct cli *c, int argc, char **argv, int *at)
{
    const char *name = argv[*at];
    int own = option_index(c->command->options, name);
    int shared = option_index(common, name);
    if (own < 0 && shared < 0)
        return usage_error(
            c, "「%s」という指定はありません。--help で一覧を見てください",
            "there is no option %s; see --help", name);
    const struct option_spec *spec =
        own >= 0 ? &c->command->options[own] : &common[shared];
    const char *value = "";
    if (spec->value) {
        if (*at + 1 >= argc)
            return usage_error(c, "%s の後に値がありません",
                               "%s needs a value after it", name);
        value = argv[++*at];
    }
    if (own >= 0)
        c->given[own] = value;
    else if (strcmp(name, "--json") == 0)
        c->json = true;
    else if (strcmp(name, "--quiet") == 0)
        c->quiet = true;
    else if (strcmp(name, "--lang") == 0 && strcmp(value, "ja") != 0 &&
             strcmp(value, "en") != 0)
        return usage_error(c, "--lang は ja か en です (「%s」は使えません)",
                           "--lang is ja or en, not %s", value);
    return 0;
}

/* `at`: where the command's name stands. */
static int parse(struct cli *c, int argc, char **argv, int at)
{
    c->args = ARENA_ARRAY(&c->mem, const char *, (size_t)argc);
    bool options = true;
    for (int i = 1; i < argc; i++) {
        if (i == at)
            continue;
        if (options && strcmp(argv[i], "--") == 0) {
            options = false;
        } else if (options && argv[i][0] == '-' && argv[i][1]) {
            int status = take_option(c, argc, argv, &i);
            if (status)
                return status;
        } else {
            c->args[c->n_args++] = argv[i];
        }
    }
    if (c->n_args < c->command->min_args ||
        (c->command->max_args >= 0 && c->n_args > c->command->max_args))
        return usage_error(c, "使い方: nyusho %s", "usage: nyusho %s",
                           arena_printf(&c->mem, "%s %s", c->command->name,
                                        c->command->usage));
    return 0;
}

static void print_report(struct cli *c)
{
    if (!c->json)
        return;
    char *text = cJSON_PrintUnformatted(c->report);
    puts(text ? text : "{}");
    cJSON_free(text);
}

static int run_command(struct cli *c, int argc, char **argv, int at)
{
    int status = parse(c, argc, argv, at);
    if (status)
        return status;
    c->report = cJSON_CreateObject();
    status = c->command->run(c);
    diag_print(&c->diag, 0, c->lang, stderr);
    print_report(c);
    return status;
}

static bool wants_help(int argc, char **argv)
{
    for (int i = 1; i < argc && argv[i]; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return argc == 2 && argv[1] && strcmp(argv[1], "help") == 0;
}

/* Where the command's name stands: options common to all may precede it. */
static int command_at(int argc, char **argv)
{
    int i = 1;
    for (int option; i < argc; i++) {
        option = option_index(common, argv[i]);
        if (option < 0)
            break;
        if (common[option].value)
            i++;
    }
    return i;
}

int cli_main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN);
    struct cli c = {
        .lang = lang_of(argc, argv), .mem = ARENA_INIT, .diag = DIAG_INIT};
    int at = command_at(argc, argv);
    const char *name = at < argc ? argv[at] : NULL;
    c.command = name ? command_find(name) : NULL;
    int status;
    if (name && strcmp(name, "--version") == 0) {
        printf("nyusho %s\n", NYUSHO_VERSION);
        status = EXIT_DONE;
    } else if (!c.command && wants_help(argc, argv)) {
        status = print_help(c.lang);
    } else if (!c.command) {
        status = usage_error(&c,
                             name ? "「%s」というコマンドはありません。nyusho "
                                    "--help で一覧を見てください"
                                  : "コマンドを書いてください。nyusho --help "
                                    "で一覧が出ます%s",
                             name ? "there is no command %s; see nyusho --help"
                                  : "name a command; see nyusho --help%s",
                             name ? name : "");
    } else if (!c.command->hidden && wants_help(argc, argv)) {
        status = print_command_help(c.command, c.lang);
    } else {
        status = run_command(&c, argc, argv, at);
    }
    if (fflush(stdout) != 0 && status == EXIT_DONE)
        status = EXIT_MACHINE;
    cJSON_Delete(c.report);
    diag_release(&c.diag);
    arena_release(&c.mem);
    return status;
}
