/* The measured mistakes behind confusion.h, in the order of read, meant. */
#ifndef NYUSHO_CORE_CONFUSION_TABLE_H
#define NYUSHO_CORE_CONFUSION_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct confusion {
    uint32_t read, meant;
    int cost; /* permille of an edit, under 1000 */
};

extern const struct confusion confusions[];
extern const size_t n_confusions;

#endif
