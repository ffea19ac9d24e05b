/*
 * What the empty form prints, laid onto a scan, so that it can be taken away
 * before anything is decided.
 */
#ifndef NYUSHO_OCR_BLANK_H
#define NYUSHO_OCR_BLANK_H

#include "ocr/page.h"

struct Pix;

/* Empty pages already drawn, kept for the next page of the same form. */
struct blank_cache;
struct blank_cache *blank_cache_open(void);
void blank_cache_close(struct blank_cache *c);

/* Sets p->blank from p->form, number, map, dpi and residual; the size is that
 * of p->ink. False when memory ran out. */
bool blank_make(struct blank_cache *c, struct page *p);
/* By how many px p->blank is thicker on each side than what is printed. */
int blank_thickening(const struct page *p);

#endif
