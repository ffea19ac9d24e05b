#include "ocr/intake.h"

#include "ocr/file_map.h"
#include "ocr/image_header.h"
#include "ocr/pdf.h"

#include <leptonica/allheaders.h>
#include <stdio.h>
#include <stdlib.h>

bool intake_check_size(uint64_t width, uint64_t height, struct pos at,
                       struct diag *d)
{
    if (width >= 1 && height >= 1 && width <= INTAKE_MAX_SIDE &&
        height <= INTAKE_MAX_SIDE && width * height <= INTAKE_MAX_PIXELS)
        return true;
    return diag_error(d, at, "image-too-large",
                      "画像の大きさ %u × %u 画素は扱えません。200〜300 dpi で"
                      "スキャンし直してください",
                      "an image of %u x %u pixels is not read: scan again at "
                      "200 to 300 dpi",
                      (unsigned)width, (unsigned)height);
}

static bool truncated(struct pos at, struct diag *d)
{
    return diag_error(d, at, "truncated-image",
                      "画像が途中で切れています。スキャンし直してください",
                      "the image is cut off: scan the page again");
}

static bool broken(struct pos at, struct diag *d)
{
    return diag_error(d, at, "unreadable-page",
                      "画像を読み取れません。スキャンし直してください",
                      "the image cannot be decoded: scan the page again");
}

static bool check_header(enum image_kind kind, const struct file_map *m,
                         int number, struct pos at, struct diag *d)
{
    struct image_header h;
    enum image_fault fault =
        image_header_read(kind, m->bytes, m->len, number, &h);

    /* A giant is called one even when its file is also cut short. */
    if (h.width > 0 && h.height > 0 &&
        !intake_check_size(h.width, h.height, at, d))
        return false;
    if (fault == IMAGE_TRUNCATED)
        return truncated(at, d);
    if (fault == IMAGE_BROKEN || h.width == 0 || h.height == 0 || h.bits > 64)
        return broken(at, d);
    return true;
}

static PIX *decode(enum image_kind kind, const struct file_map *m, int number,
                   struct pos at, struct diag *d)
{
    l_int32 warnings = 0;
    PIX *pix = NULL;

    if (kind == IMAGE_TIFF)
        pix = pixReadMemTiff(m->bytes, m->len, number - 1);
    else if (kind == IMAGE_PNG)
        pix = pixReadMemPng(m->bytes, m->len);
    else if (kind == IMAGE_JPEG)
        pix = pixReadMemJpeg(m->bytes, m->len, 0, 1, &warnings, 0);
    if (!pix)
        broken(at, d);
    return pix;
}

/* No colour map, no transparency, 1, 8 or 32 bpp. Takes the pix. */
static PIX *plain(PIX *pix)
{
    PIX *mapped = pixRemoveColormap(pix, REMOVE_CMAP_BASED_ON_SRC), *out;

    pixDestroy(&pix);
    if (!mapped)
        return NULL;
    if (pixGetDepth(mapped) == 32 && pixGetSpp(mapped) == 4)
        out = pixAlphaBlendUniform(mapped, 0xffffff00);
    else if (pixGetDepth(mapped) == 32 || pixGetDepth(mapped) == 8 ||
             pixGetDepth(mapped) == 1)
        out = pixClone(mapped);
    else
        out = pixConvertTo8(mapped, 0);
    pixDestroy(&mapped);
    return out;
}

struct Pix *intake_decode(const char *file, int number, struct diag *d)
{
    struct pos at = {file, number, 0};
    struct file_map m;
    enum image_kind kind;
    PIX *pix = NULL;

    if (!file_map_open(&m, file, d))
        return NULL;
    kind = image_kind(m.bytes, m.len);
    if (kind == IMAGE_NONE)
        diag_error(d, at, "not-an-image", "画像ではありません", "not an image");
    else if (kind == IMAGE_PDF)
        pix = pdf_decode(file, number, at, d);
    else if (check_header(kind, &m, number, at, d))
        pix = decode(kind, &m, number, at, d);
    file_map_close(&m);
    if (!pix)
        return NULL;
    pix = plain(pix);
    if (!pix)
        broken(at, d);
    return pix;
}

/* One row in a form that does not depend on how the machine stores words. */
static size_t row_bytes(PIX *pix, int y, uint8_t *out)
{
    const l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
    int w = pixGetWidth(pix), depth = pixGetDepth(pix);
    size_t n = 0;

    if (depth == 32) {
        for (int x = 0; x < w; x++) {
            out[n++] = (uint8_t)(line[x] >> L_RED_SHIFT);
            out[n++] = (uint8_t)(line[x] >> L_GREEN_SHIFT);
            out[n++] = (uint8_t)(line[x] >> L_BLUE_SHIFT);
        }
        return n;
    }
    for (int i = 0; i < (w * depth + 7) / 8; i++)
        out[n++] = (uint8_t)GET_DATA_BYTE(line, i);
    if (depth == 1 && w % 8 && n > 0)
        out[n - 1] &= (uint8_t)(0xff << (8 - w % 8));
    return n;
}

void intake_hash(struct Pix *page, char out[HASH_HEX])
{
    int w = pixGetWidth(page), h = pixGetHeight(page);
    uint8_t *row = malloc((size_t)w * 3 + 8);
    struct hash hash;
    char head[128];

    if (!row)
        abort();
    snprintf(head, sizeof head, "%d x %d x %d at %d x %d dpi", w, h,
             pixGetDepth(page), pixGetXRes(page), pixGetYRes(page));
    hash_start(&hash);
    hash_add_text(&hash, head);
    for (int y = 0; y < h; y++)
        hash_add(&hash, row, row_bytes(page, y, row));
    hash_hex(&hash, out);
    free(row);
}

bool intake_hash_file(const char *file, int number, char out[HASH_HEX])
{
    struct file_map m;
    struct hash hash;
    char head[32];

    if (!file_map_open(&m, file, NULL))
        return false;
    snprintf(head, sizeof head, "page %d of", number);
    hash_start(&hash);
    hash_add_text(&hash, head);
    hash_add(&hash, m.bytes ? m.bytes : (const uint8_t *)"", m.len);
    hash_hex(&hash, out);
    file_map_close(&m);
    return true;
}
