/*
 * How far what was read is from what was meant, when some mistakes of the
 * readers are more likely than others: シ for ツ is less of an edit than シ for
 * ア. What they cost was measured with our own readers (ocr/train/confuse.py),
 * so a text that a person typed is compared with text_distance() instead.
 *
 *     int far = confusion_distance("ツンジ", name);
 */
#ifndef NYUSHO_CORE_CONFUSION_H
#define NYUSHO_CORE_CONFUSION_H

#include <stdint.h>

/* One whole edit: a character more or less, or a change nobody has seen. */
enum { CONFUSION_EDIT = 1000 };

/* Of reading `read` where `meant` is written: 0 when they are the same, else
 * up to CONFUSION_EDIT. It is not the same the other way round. */
int confusion_cost(uint32_t read, uint32_t meant);
/* The cheapest way from one to the other, both valid UTF-8. Never more than
 * CONFUSION_EDIT times text_distance(). */
int confusion_distance(const char *read, const char *meant);

#endif
