/* Whatever text a QR code holds: one of ours is written and read as the same,
 * any other is none of ours. */
#include "ocr/forms/template.h"

#include <stdlib.h>
#include <string.h>

/* The longest code is 300 letters; what we write may say the page besides. */
#define LONGEST 290

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_same(const struct form_qr *a, const struct form_qr *b)
{
    if (strcmp(a->form, b->form) != 0 || strcmp(a->version, b->version) != 0 ||
        (a->page > 0 ? a->page : 1) != b->page || a->pages != b->pages ||
        strcmp(a->household, b->household) != 0 ||
        strcmp(a->child, b->child) != 0 ||
        strcmp(a->received, b->received) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena mem = ARENA_INIT;
    char *text = arena_copy(&mem, (const char *)bytes, len);
    struct form_qr qr, again;
    bool ours = form_qr_parse(text, &qr, &mem);

    if (ours != (qr.form != NULL))
        abort();
    if (ours && strlen(text) <= LONGEST) {
        if (!form_qr_parse(form_qr_text(&qr, &mem), &again, &mem))
            abort();
        check_same(&qr, &again);
    }
    arena_release(&mem);
    return 0;
}
