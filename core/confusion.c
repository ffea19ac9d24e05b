#include "core/confusion.h"

#include "core/arena.h"
#include "core/confusion_table.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

static int by_pair(const void *x, const void *y)
{
    const struct confusion *a = x, *b = y;

    if (a->read != b->read)
        return a->read < b->read ? -1 : 1;
    return (a->meant > b->meant) - (a->meant < b->meant);
}

int confusion_cost(uint32_t read, uint32_t meant)
{
    struct confusion key = {.read = read, .meant = meant};
    const struct confusion *found;

    if (read == meant)
        return 0;
    found =
        bsearch(&key, confusions, n_confusions, sizeof *confusions, by_pair);
    return found ? found->cost : CONFUSION_EDIT;
}

static size_t codes_of(const char *text, uint32_t *codes)
{
    size_t n = 0;

    while ((codes[n] = text_next(&text)))
        n++;
    return n;
}

static int least(int one, int two)
{
    return one < two ? one : two;
}

int confusion_distance(const char *read, const char *meant)
{
    struct arena mem = ARENA_INIT;
    uint32_t *a = ARENA_ARRAY(&mem, uint32_t, strlen(read) + 1);
    uint32_t *b = ARENA_ARRAY(&mem, uint32_t, strlen(meant) + 1);
    size_t n = codes_of(read, a), m = codes_of(meant, b);
    int *row = ARENA_ARRAY(&mem, int, m + 1), distance;

    for (size_t j = 0; j <= m; j++)
        row[j] = (int)j * CONFUSION_EDIT;
    for (size_t i = 1; i <= n; i++) {
        int corner = row[0];

        row[0] = (int)i * CONFUSION_EDIT;
        for (size_t j = 1; j <= m; j++) {
            int above = row[j];
            int change = corner + confusion_cost(a[i - 1], b[j - 1]);
            int other = least(above, row[j - 1]) + CONFUSION_EDIT;

            row[j] = least(change, other);
            corner = above;
        }
    }
    distance = row[m];
    arena_release(&mem);
    return distance;
}
