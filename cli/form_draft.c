#include "cli/form_verbs.h"

#include "cli/case_context.h"
#include "core/file.h"
#include "ocr/clean.h"
#include "ocr/draft/draft.h"
#include "ocr/intake.h"

#include <leptonica/allheaders.h>
#include <string.h>

/* What stands on one page of the scan. */
static bool draft_page(struct cli *c, const struct intake_page *from,
                       struct ocr_engines *e, const struct dictionary *dict,
                       struct draft_page *out)
{
    struct pos at = {from->file, from->number, 0};
    PIX *scan = intake_decode(from->file, from->number, &c->diag);
    struct page p = PAGE_INIT;
    bool ok = scan && page_clean(&p, scan, at, &c->diag) &&
              draft_find_upright(&p, e, dict, out, &c->mem, &c->diag);
    if (ok)
        draft_fields(out, &c->mem);
    page_release(&p);
    pixDestroy(&scan);
    return ok;
}

/* "blank.tif" gives blank.yaml. */
static const char *output_path(struct cli *c, const char *scan)
{
    const char *given = cli_option(c, "--out");
    const char *name = path_name(scan), *dot = strrchr(name, '.');
    return given ? given
                 : arena_printf(&c->mem, "%.*s.yaml",
                                dot ? (int)(dot - name) : (int)strlen(name),
                                name);
}

static bool write_draft(struct cli *c, const struct draft_page *pages, size_t n,
                        const struct dictionary *dict, const char *path)
{
    struct buf yaml = BUF_INIT;
    struct draft_head head = {"draft", "様式の名前"};
    draft_write(pages, n, &head, dict, &yaml);
    bool ok = file_write_atomic(path, yaml.bytes, yaml.len, &c->diag);
    buf_release(&yaml);
    return ok;
}

static void say_page(struct cli *c, const struct draft_page *p, size_t nth)
{
    if (p->turned)
        cli_say(c, "%zu ページ: %d 度回しました\n",
                "page %zu: turned by %d degrees\n", nth, p->turned);
    cli_say(c,
            "%zu ページ: 表の枠 %zu、数字の枠 %zu、□ %zu、言葉 %zu から、欄 "
            "%zu を提案\n",
            "page %zu: %zu table cells, %zu digit cells, %zu tick boxes, %zu "
            "words; %zu fields proposed\n",
            nth, p->n_cells, p->n_digits, p->n_ticks, p->n_words, p->n_fields);
}

int form_draft(struct cli *c, const char *scan)
{
    const char *path = output_path(c, scan);
    struct ocr_engines e = OCR_ENGINES_INIT;
    struct dictionary dict;
    struct intake in;
    size_t fields = 0;

    setMsgSeverity(L_SEVERITY_NONE);
    if (file_exists(path)) {
        diag_error(&c->diag, POS_FILE(path), "file-exists",
                   "同じ名前のファイルがあります。直した様式を消さないように、"
                   "--out に別の名前を書いてください",
                   "there is a file of this name; give another with --out");
        return EXIT_INPUT;
    }
    if (!dictionary_load_shipped(&dict, &c->mem, &c->diag) ||
        !intake_list(&in, &scan, 1, &c->mem, &c->diag) ||
        !ocr_engines_open(&e, NULL, &c->diag))
        return cli_failure(c);
    struct draft_page *pages = ARENA_ARRAY(&c->mem, struct draft_page, in.n);
    bool ok = true;
    for (size_t i = 0; ok && i < in.n; i++) {
        ok = draft_page(c, &in.pages[i], &e, &dict, &pages[i]);
        if (ok)
            say_page(c, &pages[i], i + 1);
        fields += ok ? pages[i].n_fields : 0;
    }
    ocr_engines_close(&e);
    ok = ok && write_draft(c, pages, in.n, &dict, path);
    if (!ok)
        return cli_failure(c);
    cli_say(c, "%s に書きました。id、bind、kind を直してください\n",
            "written to %s; now correct id, bind and kind\n", path);
    cJSON_AddStringToObject(c->report, "form", path);
    cJSON_AddNumberToObject(c->report, "fields", (double)fields);
    return cli_status(c);
}
