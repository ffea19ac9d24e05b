/*
 * Where print really lies: the small shift that puts what the empty form prints
 * onto the ink of the scan.
 */
#ifndef NYUSHO_OCR_PRINT_SHIFT_H
#define NYUSHO_OCR_PRINT_SHIFT_H

struct Pix;

/*
 * `all` is the ink of a place, 1 bpp; `print` the form's, no thicker
 * than it is printed, for the same place and `reach` px more on each side. The
 * shift is at most `reach` px each way; 0, 0 where there is too little print to
 * tell.
 */
void print_shift(struct Pix *all, struct Pix *print, int reach, int *dx,
                 int *dy);

#endif
