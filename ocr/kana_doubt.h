/*
 * Tesseract at times reads one katakana as two that look like it: ユ as コユ,
 * ホ as ホボ. Both of its views do, at high confidence; only the ink tells.
 */
#ifndef NYUSHO_OCR_KANA_DOUBT_H
#define NYUSHO_OCR_KANA_DOUBT_H

#include <stdbool.h>

/* Two neighbours look alike, and there are fewer pieces of ink side by side
 * than the letters need. `katakana` is UTF-8, spaces count for nothing. */
bool kana_doubled(const char *katakana, int pieces);

#endif
