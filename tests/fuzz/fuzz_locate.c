/*
 * Any page is cleaned and found to be a page of a form, or something is said:
 * never a form without an answer, never one that fits worse than allowed. A
 * page is made by steps of six bytes: a shipped form's page laid down some way
 * up, black and white bars, noise. Run from the source folder.
 */
#include "ocr/clean.h"
#include "ocr/locate.h"
#include "tests/ocr_pages.h"

#include <stdlib.h>

enum { DPI = 100, WIDE = 827, HIGH = 1170, STEP = 6, STEPS_MOST = 40 };
/* Hundredths of a mm: RESIDUAL_MOST of locate.c. */
#define RESIDUAL_MOST 50

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static struct test_forms forms;
static struct locator *locator;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    setMsgSeverity(L_SEVERITY_NONE);
    test_forms_load(&forms);
    locator = locator_open(forms.list, 3);
    return locator ? 0 : 1;
}

/* The form's page, turned, its top left corner at (left, top). */
static void lay(PIX *page, const uint8_t *step, int left, int top)
{
    const struct form_template *t = forms.list[step[1] % 3];
    const struct form_qr qr = {
        .form = t->id, .version = t->version, .page = 1, .household = "1"};
    PIX *drawn = test_page_draw(t, 1 + step[1] / 3 % t->n_pages, DPI,
                                step[1] & 64 ? &qr : NULL);
    PIX *turned = drawn ? pixRotateOrth(drawn, step[1] >> 3 & 3) : NULL;

    if (turned)
        pixRasterop(page, left, top, pixGetWidth(turned), pixGetHeight(turned),
                    PIX_SRC, turned, 0, 0);
    pixDestroy(&turned);
    pixDestroy(&drawn);
}

static void noise(PIX *page, const uint8_t *step)
{
    uint32_t seed = (uint32_t)step[1] * 2654435761u + step[2];

    for (int i = 0; i < step[3] * 64; i++) {
        seed = seed * 1664525u + 1013904223u;
        pixSetPixel(page, (int)(seed >> 8) % WIDE, (int)(seed >> 16) % HIGH,
                    seed >> 24);
    }
}

/* A bar as long and thick as it says: lines, edges, blots, covered marks. */
static void bar(PIX *page, const uint8_t *step, int op)
{
    int wide = step[4] * 4 + 1, high = step[5] * 5 + 1;

    if (step[1] & 1)
        wide = 1 + step[1] / 32;
    else if (step[1] & 2)
        high = 1 + step[1] / 32;
    pixRasterop(page, step[2] * 4 - 100, step[3] * 5 - 50, wide, high, op, NULL,
                0, 0);
}

static PIX *make_page(const uint8_t *bytes, size_t len)
{
    PIX *page = pixCreate(WIDE, HIGH, 8), *bilevel;

    pixSetAllGray(page, 250);
    for (size_t i = 0; i < STEPS_MOST && (i + 1) * STEP < len; i++) {
        const uint8_t *step = bytes + 1 + i * STEP;

        if (step[0] % 4 == 0)
            lay(page, step, (int8_t)step[2], (int8_t)step[3]);
        else if (step[0] % 4 == 1)
            noise(page, step);
        else
            bar(page, step, step[0] % 4 == 2 ? PIX_CLR : PIX_SET);
    }
    if (bytes[0] & 1) {
        bilevel = pixThresholdToBinary(page, 128);
        pixDestroy(&page);
        page = bilevel;
    }
    pixSetResolution(page, DPI, bytes[0] & 2 ? DPI * 2 : DPI);
    return page;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct page p = PAGE_INIT;
    struct diag d = DIAG_INIT;
    struct arena mem = ARENA_INIT;
    enum page_state state = PAGE_QUARANTINED;
    PIX *scan;

    if (len < 1)
        return 0;
    scan = make_page(bytes, len);
    if (page_clean(&p, scan, POS_FILE("page"), &d))
        state = page_locate(locator, &p, POS_FILE("page"), &mem, &d);
    if (state == PAGE_READ
            ? !p.form || p.number < 1 || p.number > p.form->n_pages ||
                  p.residual > RESIDUAL_MOST || !p.blank || d.n
            : p.form || d.n != 1)
        abort();
    page_release(&p);
    pixDestroy(&scan);
    diag_release(&d);
    arena_release(&mem);
    return 0;
}
