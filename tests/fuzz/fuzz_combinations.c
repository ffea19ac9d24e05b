/* A combination list that is read holds, per household, rows of the same
 * children in rising rank. */
#include "scoring/placement/combinations.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_rows(const struct combination *c, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (c[i].n_places == 0 || c[i].n_places != c[0].n_places ||
            (i && c[i].rank <= c[i - 1].rank))
            abort();
        for (size_t k = 0; k < c[i].n_places; k++)
            if (!*c[i].places[k].child ||
                strcmp(c[i].places[k].child, c[0].places[k].child) != 0)
                abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct combinations list;
    bool ok = combinations_parse((const char *)bytes, len, "combinations.csv",
                                 &list, &a, &d);
    if (!ok && d.n == 0)
        abort();
    for (size_t i = 0, n; ok && i < list.n; i += n) {
        const struct combination *c =
            combinations_find(&list, list.items[i].household, &n);
        if (n == 0 || c != &list.items[i])
            abort();
        check_rows(c, n);
    }
    diag_release(&d);
    arena_release(&a);
    return 0;
}
