/* Numbers that are read come by household, each once, each number once. */
#include "records/numbers.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct household_numbers n;
    bool ok = numbers_load(&n, (const char *)bytes, len, "n.csv", &a, &d);
    if (!ok && d.errors == 0)
        abort();
    for (size_t i = 0; ok && i < n.n; i++) {
        int64_t found;
        if (i && strcmp(n.items[i - 1].household, n.items[i].household) >= 0)
            abort();
        if (!household_number(&n, n.items[i].household, &found) ||
            found != n.items[i].number || found < 1)
            abort();
        for (size_t k = 0; k < i && i < 100; k++)
            if (n.items[k].number == found)
                abort();
    }
    diag_release(&d);
    arena_release(&a);
    return 0;
}
