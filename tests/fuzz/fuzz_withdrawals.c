/* Withdrawals that are read come by date, each child once. */
#include "records/withdrawals.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct withdrawals w;
    bool ok = withdrawals_parse((const char *)bytes, len, "w.csv", &w, &a, &d);
    if (!ok && d.n == 0)
        abort();
    for (size_t i = 1; ok && i < w.n; i++) {
        const struct withdrawal *x = &w.items[i - 1], *y = &w.items[i];
        if (x->on > y->on ||
            (x->on == y->on && strcmp(x->child, y->child) >= 0))
            abort();
    }
    diag_release(&d);
    arena_release(&a);
    return 0;
}
