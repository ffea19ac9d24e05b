#include "cli/form_verbs.h"

#include "core/file.h"
#include "ocr/clean.h"
#include "ocr/intake.h"
#include "ocr/locate.h"
#include "ocr/overlay.h"

#include <leptonica/allheaders.h>

/* One page of the scan, cleaned and found. False with what is wrong. */
static bool find_page(struct locator *l, const struct intake_page *from,
                      struct page *p, struct arena *a, struct diag *d)
{
    struct pos at = {from->file, from->number, 0};
    PIX *scan = intake_decode(from->file, from->number, d);
    bool ok = scan && page_clean(p, scan, at, d) &&
              page_locate(l, p, at, a, d) == PAGE_READ;
    pixDestroy(&scan);
    return ok;
}

static bool save_page(struct cli *c, const struct page *p, size_t nth,
                      const char *folder)
{
    struct buf png = BUF_INIT;
    const char *path = path_join(
        &c->mem, folder,
        arena_printf(&c->mem, "%03zu-%s-%d.png", nth, p->form->id, p->number));
    bool ok = form_overlay(p, &png, &c->diag) &&
              file_write_atomic(path, png.bytes, png.len, &c->diag);
    buf_release(&png);
    if (ok)
        cli_say(c, "%s: %d ページ目、%d 度回して、ずれ 平均 %d.%02d mm\n",
                "%s: page %d, turned by %d, off by %d.%02d mm on average\n",
                path, p->number, p->rotation, p->residual / 100,
                p->residual % 100);
    return ok;
}

int form_check_scan(struct cli *c, const struct form_template *t,
                    const char *scan)
{
    const char *folder = cli_option(c, "--out");
    const struct form_template *const forms[] = {t};
    struct locator *l = locator_open(forms, 1);
    struct intake in;
    size_t written = 0;
    bool saved = true;

    setMsgSeverity(L_SEVERITY_NONE);
    if (!folder)
        folder = "form-check";
    if (!intake_list(&in, &scan, 1, &c->mem, &c->diag) ||
        !folder_make(folder, &c->diag)) {
        locator_close(l);
        return cli_failure(c);
    }
    for (size_t i = 0; saved && i < in.n; i++) {
        struct page p = PAGE_INIT;
        if (find_page(l, &in.pages[i], &p, &c->mem, &c->diag)) {
            saved = save_page(c, &p, i + 1, folder);
            written += saved;
        }
        page_release(&p);
    }
    locator_close(l);
    cJSON_AddNumberToObject(c->report, "pages", (double)in.n);
    cJSON_AddNumberToObject(c->report, "drawn", (double)written);
    cJSON_AddStringToObject(c->report, "folder", folder);
    if (!saved)
        return cli_failure(c);
    return written == in.n ? cli_status(c) : EXIT_FINDINGS;
}
