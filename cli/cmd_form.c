/* nyusho form list|print|check|draft|test: forms and their templates. */
#include "cli/case_context.h"
#include "cli/commands.h"
#include "cli/csv_options.h"
#include "cli/form_verbs.h"
#include "core/date.h"
#include "core/file.h"
#include "ocr/forms/draw.h"
#include "ocr/forms/template.h"

#include <string.h>

#define MAX_FORM_BYTES ((size_t)4 * 1024 * 1024)

const struct option_spec form_options[] = {
    {"--out",
     "FILE.pdf",
     {"書き出す PDF (既定 様式名.pdf)。check --scan と test ではフォルダー",
      "the PDF (default FORM.pdf); with check --scan and test a folder"}},
    {"--scan",
     "FILE",
     {"check: 様式をこのスキャンに重ねて描く。test: この白紙に書く",
      "check: draw the form over this scan; test: write on this empty sheet"}},
    {"--household",
     "NO",
     {"QR に入れる世帯番号", "household number in the QR code"}},
    {"--child", "NO", {"QR に入れる児童番号", "child number in the QR code"}},
    {"--pages", "N", {"受付票: 束の枚数", "cover sheet: pages in the batch"}},
    {"--received",
     "DATE",
     {"受付票: 受付日 (2026-11-02)", "cover sheet: received on"}},
    {"--copies",
     "N",
     {"test: スキャンのしかたごとに何部書くか (既定 8)",
      "test: copies for each way of scanning (default 8)"}},
    {"--by",
     "auto|pen|typed|both",
     {"test: 手書きか、パソコンか (既定 四隅の印のある様式は手書き、他は半々)",
      "test: by pen or typed (default: by pen with corner marks, else both)"}},
    {"--seed",
     "N",
     {"test: 同じ種なら同じ紙 (既定 1)",
      "test: the same seed gives the same sheets (default 1)"}},
    {"--forms",
     "N",
     {"test: 何部分の手間を見積もるか (既定 3000)",
      "test: of how many forms the work is estimated (default 3000)"}},
    {"--workers",
     "N",
     {"test: 同時に読む数 (既定 CPU の数)",
      "test: pages read at once (default: one a CPU)"}},
    CSV_OPTION_ROWS,
    {NULL, NULL, {NULL, NULL}},
};

static const char *const shipped_forms[] = {"application", "cover",
                                            "employment-certificate"};

/* A shipped form by its id, or a template file; NULL when there is none. */
static const char *form_bytes(struct cli *c, const char *name, size_t *len)
{
    const char *bytes = form_shipped(name, len);
    if (!bytes && !file_exists(name))
        diag_error(&c->diag, POS_FILE(name), "unknown-form",
                   "様式がありません。nyusho form list にある名前か、"
                   "様式ファイルを書いてください",
                   "there is no such form; give a name of nyusho form "
                   "list or a template file");
    else if (!bytes)
        bytes = file_read(name, MAX_FORM_BYTES, &c->mem, len, &c->diag);
    return bytes;
}

static bool load_form(struct cli *c, const char *name,
                      struct form_template *out)
{
    struct dictionary *dict = ARENA_NEW(&c->mem, struct dictionary);
    size_t len;
    if (!dictionary_load_shipped(dict, &c->mem, &c->diag))
        return false;
    const char *bytes = form_bytes(c, name, &len);
    return bytes && form_load(out, bytes, len, name, dict, &c->mem, &c->diag);
}

static int list_forms(struct cli *c)
{
    for (size_t i = 0; i < sizeof shipped_forms / sizeof *shipped_forms; i++) {
        struct form_template t = {0};
        if (!load_form(c, shipped_forms[i], &t))
            return EXIT_INPUT;
        cli_say(c, "%-24s %s (%s, %dページ, %zu項目)\n",
                "%-24s %s (%s, %d pages, %zu fields)\n", t.id, t.title,
                t.version, t.n_pages, t.n_fields);
    }
    return EXIT_DONE;
}

static int print_form(struct cli *c, const struct form_template *t)
{
    long pages;
    int32_t day = 0;
    const char *given = cli_option(c, "--received");
    if (!cli_number(c, "--pages", 1, 9999, 0, &pages))
        return EXIT_INPUT;
    if (given && date_parse(given, &day) != DATE_OK) {
        diag_error(&c->diag, POS_FILE("--received"), "bad-option",
                   "「%s」は日付として読めません。2026-11-02 のように書いて"
                   "ください",
                   "\"%s\" is not a date; write 2026-11-02", given);
        return EXIT_INPUT;
    }
    const char *household = cli_option(c, "--household");
    const char *child = cli_option(c, "--child");
    const char *received = given ? date_iso(day, &c->mem) : NULL;
    struct form_qr qr = {.form = t->id,
                         .version = t->version,
                         .pages = (int)pages,
                         .household = household ? household : "",
                         .child = child ? child : "",
                         .received = received ? received : ""};
    const char *path = cli_option(c, "--out");
    if (!path)
        path = arena_printf(&c->mem, "%s.pdf", t->id);
    struct buf pdf = BUF_INIT;
    bool ok = form_print_pdf(t, &qr, &pdf, &c->diag) &&
              file_write_atomic(path, pdf.bytes, pdf.len, &c->diag);
    buf_release(&pdf);
    if (!ok)
        return EXIT_MACHINE;
    cli_say(c, "%s を書きました\n", "wrote %s\n", path);
    cJSON_AddStringToObject(c->report, "pdf", path);
    return EXIT_DONE;
}

static int check_form(struct cli *c, const struct form_template *t)
{
    const char *scan = cli_option(c, "--scan");
    if (scan)
        return form_check_scan(c, t, scan);
    form_check(t, &c->diag);
    cli_say(c, "%s: %d ページ、%zu 項目、指摘 %d 件\n",
            "%s: %d pages, %zu fields, %d warnings\n", t->id, t->n_pages,
            t->n_fields, c->diag.warnings);
    return cli_status(c);
}

static int test_form(struct cli *c, const struct form_template *t)
{
    size_t len;
    const char *bytes = form_bytes(c, c->args[1], &len);
    return bytes ? form_test(c, t, bytes, len) : EXIT_INPUT;
}

int form_run(struct cli *c)
{
    const char *verb = c->args[0];
    if (strcmp(verb, "list") == 0)
        return list_forms(c);
    if (strcmp(verb, "draft") == 0 && c->n_args == 2)
        return form_draft(c, c->args[1]);
    int (*const run)(struct cli *, const struct form_template *) =
        strcmp(verb, "print") == 0   ? print_form
        : strcmp(verb, "check") == 0 ? check_form
        : strcmp(verb, "test") == 0  ? test_form
                                     : NULL;
    if (!run || c->n_args < 2) {
        diag_error(&c->diag, POS_FILE("form"), "unknown-verb",
                   "list、print 様式、check 様式、test 様式、draft スキャン の"
                   "どれかを書いてください",
                   "write list, print FORM, check FORM, test FORM or draft "
                   "SCAN");
        return EXIT_INPUT;
    }
    struct form_template t = {0};
    return load_form(c, c->args[1], &t) ? run(c, &t) : EXIT_INPUT;
}
