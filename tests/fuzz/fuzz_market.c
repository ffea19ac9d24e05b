/* A market file that is read comes back from its own writing, and every method
 * places it so that the verifier finds no fault. */
#include "core/buf.h"
#include "scoring/placement/market_file.h"
#include "scoring/placement/place.h"
#include "scoring/verify/verify_market.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_market(struct market *m, struct arena *a)
{
    struct buf one = BUF_INIT, two = BUF_INIT;
    struct diag d = DIAG_INIT;
    struct market again;
    market_write(m, &one);
    if (!market_parse(one.bytes, one.len, "again", &again, a, &d))
        abort();
    market_write(&again, &two);
    if (one.len != two.len || memcmp(one.bytes, two.bytes, one.len) != 0)
        abort();
    for (int i = 0; i < N_MARKET_METHODS; i++) {
        struct placement p;
        struct market_verdict v;
        m->method = (enum market_method)i;
        place_market(m, (struct place_options){.log = true}, &p, a);
        verify_market(m, &p.matching, &v, a);
        if (!v.ok)
            abort();
    }
    buf_release(&one);
    buf_release(&two);
    diag_release(&d);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct market m;
    if (market_parse((const char *)bytes, len, "market.json", &m, &a, &d))
        check_market(&m, &a);
    else if (d.n == 0)
        abort();
    diag_release(&d);
    arena_release(&a);
    return 0;
}
