#ifndef NYUSHO_KANA_SIZES_H
#define NYUSHO_KANA_SIZES_H

#include "ocr/kana_net.h"

/* How large a kana is written: the longer side of its ink in permille of the
 * em, the median of all fonts that train. Written by ocr/train/sizes.py. */
extern const short kana_large_size[KANA_EMPTY];
/* The small one of the same shape; 0 where there is none. */
extern const short kana_small_size[KANA_EMPTY];

#endif
