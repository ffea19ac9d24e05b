/*
 * One page from file to readings: intake, clean, locate, keep, read.
 *
 *     struct page_reader r;
 *     if (!page_reader_open(&r, &c, pages_folder, d))
 *         return false;
 *     page_read(&r, "scan.tif", 3, &result, &mem);
 *     page_reader_close(&r);
 */
#ifndef NYUSHO_OCR_READ_PAGE_H
#define NYUSHO_OCR_READ_PAGE_H

#include "ocr/engines.h"
#include "ocr/locate.h"
#include "ocr/reading.h"

struct read_context;

/* What the case says. Borrowed until page_reader_close(). */
struct reader_case {
    const struct form_template *const *forms;
    size_t n_forms;
    const struct read_context *context; /* for the field readers */
    /* page_read_fields() of read_fields.h; NULL: pages are located and kept,
     * and their fields are not read. */
    void (*read_fields)(struct page *p, struct ocr_engines *e,
                        const struct read_context *ctx, struct page_result *out,
                        struct arena *a);
};

struct page_reader {
    struct reader_case c;
    struct ocr_engines engines;
    struct locator *locator;
    const char *pages_folder;
};

/* `pages_folder` (borrowed) keeps every page; NULL or "": none is kept. False
 * with what ocr_engines_open() says. */
bool page_reader_open(struct page_reader *r, const struct reader_case *c,
                      const char *pages_folder, struct diag *d);
void page_reader_close(struct page_reader *r);

/*
 * Reads one page. Never fails: what is wrong with the page is in the result
 * (state, reason and both messages). Boxes are on the page as stored. A page
 * that cannot be kept is PAGE_QUARANTINED with "unwritable-file": then the
 * whole run should stop. Texts belong to the arena.
 */
void page_read(struct page_reader *r, const char *file, int number,
               struct page_result *out, struct arena *a);

#endif
