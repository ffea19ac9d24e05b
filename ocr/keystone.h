/*
 * Lines that are parallel on paper and are not on the scan: a sheet that a
 * camera saw from the side, or that a feeder pulled askew.
 */
#ifndef NYUSHO_OCR_KEYSTONE_H
#define NYUSHO_OCR_KEYSTONE_H

#include <stdbool.h>

struct Pix;

/*
 * Looks at the long ruled lines of a page that is about straight (within 4
 * degrees; any of the four ways up). True when they lean, somewhere on the
 * page, by more than the local fit of a box bears: `bend` then says where a
 * point of the straightened page lies on this one,
 *
 *     x' = (b0 x + b1 y + b2) / (b6 x + b7 y + 1), y' likewise (b3, b4, b5),
 *
 * in px; the middle of the page stays where it is. False on a page without
 * enough lines, too: it stays as it is.
 */
bool keystone_find(struct Pix *ink, int dpi, double bend[8]);
void keystone_point(const double bend[8], double *x, double *y);

#endif
