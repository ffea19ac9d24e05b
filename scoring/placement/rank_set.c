#include "scoring/placement/rank_set.h"

#define WORD 64
#define LEVELS 11 /* 64^11 is more than any size_t */

static size_t words_for(size_t n)
{
    return (n + WORD - 1) / WORD;
}

size_t rank_set_words(size_t n)
{
    size_t total = 0;
    do {
        n = words_for(n);
        total += n;
    } while (n > 1);
    return total;
}

void rank_set_add(uint64_t *words, size_t n, size_t i)
{
    for (;;) {
        words[i / WORD] |= UINT64_C(1) << (i % WORD);
        if (n <= WORD)
            return;
        n = words_for(n);
        words += n;
        i /= WORD;
    }
}

void rank_set_remove(uint64_t *words, size_t n, size_t i)
{
    for (;;) {
        words[i / WORD] &= ~(UINT64_C(1) << (i % WORD));
        if (n <= WORD || words[i / WORD])
            return;
        n = words_for(n);
        words += n;
        i /= WORD;
    }
}

static size_t highest_bit(uint64_t word)
{
    return WORD - 1 - (size_t)__builtin_clzll(word);
}

size_t rank_set_last(const uint64_t *words, size_t n)
{
    const uint64_t *level[LEVELS] = {words};
    size_t top = 0;
    if (n == 0)
        return RANK_SET_EMPTY;
    for (; n > WORD; n = words_for(n)) {
        level[top + 1] = level[top] + words_for(n);
        top++;
    }
    if (!level[top][0])
        return RANK_SET_EMPTY;
    size_t i = highest_bit(level[top][0]);
    while (top-- > 0)
        i = i * WORD + highest_bit(level[top][i]);
    return i;
}
