/*
 * Any bytes called a scan give a page or exactly one finding: never both, never
 * nothing. What the header says holds for the page. PDF goes to another
 * program and is not tried here.
 */
#include "ocr/image_header.h"
#include "ocr/intake.h"

#include <leptonica/allheaders.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Larger ones only take time. */
#define DECODED_MOST (1u << 20)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_headers(enum image_kind kind, const uint8_t *bytes,
                          size_t len, uint64_t *largest)
{
    int n = image_count(kind, bytes, len, INTAKE_MAX_PAGES);

    if (n < 0 || n > INTAKE_MAX_PAGES + 1)
        abort();
    for (int i = 0; i <= n + 1; i++) {
        struct image_header h = {0};

        if (image_header_read(kind, bytes, len, i, &h) == IMAGE_FINE &&
            (uint64_t)h.width * h.height > *largest)
            *largest = (uint64_t)h.width * h.height;
    }
}

static void decode(const uint8_t *bytes, size_t len)
{
    char path[] = "/tmp/nyusho-fuzz-XXXXXX";
    int fd = mkstemp(path);
    struct diag d = DIAG_INIT;
    struct Pix *page;

    if (fd < 0 || write(fd, bytes, len) != (ssize_t)len)
        abort();
    close(fd);
    page = intake_decode(path, 1, &d);
    if ((page != NULL) != (d.errors == 0) || d.errors > 1)
        abort();
    if (page && pixGetDepth(page) != 1 && pixGetDepth(page) != 8 &&
        pixGetDepth(page) != 32)
        abort();
    pixDestroy(&page);
    diag_release(&d);
    unlink(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    enum image_kind kind = image_kind(bytes, len);
    uint64_t largest = 0;

    setMsgSeverity(L_SEVERITY_NONE);
    if (kind == IMAGE_PDF)
        return 0;
    if (kind != IMAGE_NONE)
        check_headers(kind, bytes, len, &largest);
    if (largest <= DECODED_MOST)
        decode(bytes, len);
    return 0;
}
