#include "ocr/page_store.h"

#include "core/file.h"

#include <leptonica/allheaders.h>
#include <stdlib.h>

/* Around a masked box, tenths of a mm: writing leaves its box. */
#define MASK_AROUND 10
/* Fast enough for a 300 dpi page; smaller files would cost a second each. */
#define PNG_LEVEL 3

static void paint_black(PIX *scan, struct rect_px r)
{
    int op = pixGetDepth(scan) == 1 ? PIX_SET : PIX_CLR;

    pixRasterop(scan, r.left, r.top, r.width, r.height, op, NULL, 0, 0);
}

int page_mask(struct Pix *scan, const struct page *p)
{
    int painted = 0;

    for (size_t i = 0; p->form && i < p->form->n_fields; i++) {
        const struct form_field *f = &p->form->fields[i];
        struct rect_tmm box = f->box;

        if (f->kind != FIELD_MASK || f->page != p->number)
            continue;
        box.left -= MASK_AROUND;
        box.top -= MASK_AROUND;
        box.width += 2 * MASK_AROUND;
        box.height += 2 * MASK_AROUND;
        paint_black(scan, page_stored_rect(p, page_rect(&p->map, box)));
        painted++;
    }
    return painted;
}

static const char *stored_name(const char *folder, const char *sha256,
                               bool bilevel, struct arena *a)
{
    return arena_printf(a, "%s/%s.%s", folder, sha256, bilevel ? "tif" : "png");
}

const char *page_stored_path(const char *folder, const char *sha256,
                             struct arena *a)
{
    for (int bilevel = 1; bilevel >= 0; bilevel--) {
        const char *path = stored_name(folder, sha256, bilevel, a);

        if (file_exists(path))
            return path;
    }
    return NULL;
}

static bool encode(PIX *scan, l_uint8 **bytes, size_t *len)
{
    if (pixGetDepth(scan) == 1)
        return pixWriteMemTiff(bytes, len, scan, IFF_TIFF_G4) == 0;
    pixSetZlibCompression(scan, PNG_LEVEL);
    return pixWriteMemPng(bytes, len, scan, 0) == 0;
}

bool page_store(struct Pix *scan, const char *sha256, const char *folder,
                bool masked, struct diag *d)
{
    struct arena mem = ARENA_INIT;
    const char *path =
        stored_name(folder, sha256, pixGetDepth(scan) == 1, &mem);
    l_uint8 *bytes = NULL;
    size_t len = 0;
    bool ok = true;

    if (masked || !file_exists(path)) {
        ok = encode(scan, &bytes, &len)
                 ? file_write_atomic(path, bytes, len, d)
                 : diag_error(d, POS_FILE(path), "unwritable-file",
                              "ページの画像を保存できません",
                              "the page's image cannot be encoded");
    }
    free(bytes);
    arena_release(&mem);
    return ok;
}
