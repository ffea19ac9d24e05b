#include "ocr/read_page.h"

#include "ocr/clean.h"
#include "ocr/intake.h"
#include "ocr/page_store.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <string.h>
#include <time.h>

static int64_t cpu_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

bool page_reader_open(struct page_reader *r, const struct reader_case *c,
                      const char *pages_folder, struct diag *d)
{
    *r = (struct page_reader){
        .c = *c, .engines = OCR_ENGINES_INIT, .pages_folder = pages_folder};
    setMsgSeverity(L_SEVERITY_NONE);
    if (c->read_fields && !ocr_engines_open(&r->engines, NULL, d))
        return false;
    r->locator = locator_open(c->forms, c->n_forms);
    return r->locator != NULL;
}

void page_reader_close(struct page_reader *r)
{
    locator_close(r->locator);
    r->locator = NULL;
    ocr_engines_close(&r->engines);
}

/* The last thing said about the page is why it was given up. */
static void take_reason(struct page_result *out, const struct diag *d,
                        struct arena *a)
{
    const struct finding *last = d->n ? &d->items[d->n - 1] : NULL;

    if (!last)
        return;
    out->reason = arena_strdup(a, last->check);
    out->message_ja = arena_strdup(a, last->what.ja);
    out->message_en = arena_strdup(a, last->what.en);
}

static void describe(struct page_result *out, const struct page *p)
{
    out->form = p->form->id;
    out->version = p->form->version;
    out->page = p->number;
    out->qr = p->qr;
    out->rotation = p->rotation;
    out->residual = p->residual;
}

static void read_located(struct page_reader *r, struct page *p,
                         struct page_result *out, struct arena *a)
{
    describe(out, p);
    if (!r->c.read_fields)
        return;
    r->c.read_fields(p, &r->engines, r->c.context, out, a);
    for (size_t i = 0; i < out->n_readings; i++)
        out->readings[i].box = page_stored_rect(p, out->readings[i].box);
}

/* The page as decoded: cleaned, located, kept, read. Takes the scan, which is
 * the largest thing held, and lets go of it before the fields are read. */
static void read_scan(struct page_reader *r, PIX *scan, struct pos at,
                      struct page_result *out, struct arena *a, struct diag *d)
{
    struct page p = PAGE_INIT;
    bool masked = false;

    out->width = pixGetWidth(scan);
    out->height = pixGetHeight(scan);
    if (page_clean(&p, scan, at, d))
        out->state = page_locate(r->locator, &p, at, a, d);
    if (p.grey)
        out->dpi = (int)lround(p.dpi / p.origin.scale_x);
    if (out->state == PAGE_READ)
        masked = page_mask(scan, &p) > 0;
    if (r->pages_folder && *r->pages_folder &&
        !page_store(scan, out->sha256, r->pages_folder, masked, d))
        out->state = PAGE_QUARANTINED;
    pixDestroy(&scan);
    if (out->state == PAGE_READ)
        read_located(r, &p, out, a);
    page_release(&p);
}

void page_read(struct page_reader *r, const char *file, int number,
               struct page_result *out, struct arena *a)
{
    int64_t cpu = cpu_us(), tesseract = r->engines.tesseract_us;
    struct diag d = DIAG_INIT;
    char sha256[HASH_HEX] = "";
    PIX *scan = intake_decode(file, number, &d);

    *out = (struct page_result){
        .file = arena_strdup(a, file),
        .number = number,
        .state = PAGE_QUARANTINED,
        .reason = "",
        .message_ja = "",
        .message_en = "",
        .form = "",
        .version = "",
    };
    if (scan)
        intake_hash(scan, sha256);
    else
        intake_hash_file(file, number, sha256);
    out->sha256 = arena_strdup(a, sha256);
    if (scan)
        read_scan(r, scan, (struct pos){file, number, 0}, out, a, &d);
    if (out->state != PAGE_READ)
        take_reason(out, &d, a);
    diag_release(&d);
    out->cpu_us = cpu_us() - cpu;
    out->tesseract_us = r->engines.tesseract_us - tesseract;
}
