/* A file laid out means the same (yaml_layout() sees to that itself), and
 * laying it out again changes nothing. */
#include "core/yaml_layout.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct diag d = DIAG_INIT;
    struct buf once = BUF_INIT, twice = BUF_INIT;
    bool ok = yaml_layout((const char *)bytes, len, "fuzz.yaml", &once, &d);
    if (ok != (d.errors == 0))
        abort();
    if (ok && (!yaml_layout(once.bytes, once.len, "fuzz.yaml", &twice, &d) ||
               once.len != twice.len ||
               memcmp(once.bytes, twice.bytes, once.len) != 0))
        abort();
    buf_release(&once);
    buf_release(&twice);
    diag_release(&d);
    return 0;
}
