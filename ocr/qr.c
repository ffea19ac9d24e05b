#include "ocr/qr.h"

#include <leptonica/allheaders.h>
#include <stdlib.h>
#include <string.h>
#include <zbar.h>

#define OURS "nyusho:"
/* Modules of our codes are half a millimetre: 4 px here. zbar likes 3 to 6. */
#define QR_DPI 200

/* 8 bpp rows without padding, as zbar wants them; from malloc. */
static uint8_t *plain_rows(PIX *grey)
{
    int w = pixGetWidth(grey), h = pixGetHeight(grey);
    uint8_t *rows = malloc((size_t)w * (size_t)h);

    for (int y = 0; rows && y < h; y++) {
        const l_uint32 *line =
            pixGetData(grey) + (size_t)y * (size_t)pixGetWpl(grey);

        for (int x = 0; x < w; x++)
            rows[(size_t)y * (size_t)w + (size_t)x] =
                (uint8_t)GET_DATA_BYTE(line, x);
    }
    return rows;
}

static const char *first_of_ours(zbar_image_t *image, struct arena *a)
{
    const zbar_symbol_t *s = zbar_image_first_symbol(image);

    for (; s; s = zbar_symbol_next(s)) {
        const char *text = zbar_symbol_get_data(s);

        if (strncmp(text, OURS, strlen(OURS)) == 0)
            return arena_copy(a, text, zbar_symbol_get_data_length(s));
    }
    return NULL;
}

static const char *scan(PIX *grey, struct arena *a)
{
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_t *image = zbar_image_create();
    uint8_t *rows = plain_rows(grey);
    unsigned w = (unsigned)pixGetWidth(grey), h = (unsigned)pixGetHeight(grey);
    const char *text = NULL;

    if (rows) {
        zbar_image_scanner_set_config(scanner, 0, ZBAR_CFG_ENABLE, 0);
        zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
        zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
        zbar_image_set_size(image, w, h);
        zbar_image_set_data(image, rows, (unsigned long)w * h, NULL);
        if (zbar_scan_image(scanner, image) > 0)
            text = first_of_ours(image, a);
    }
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
    free(rows);
    return text;
}

const char *qr_read(struct Pix *grey, int dpi, struct rect_px area,
                    struct arena *a)
{
    BOX *box = boxCreate(area.left, area.top, area.width, area.height);
    PIX *crop = box ? pixClipRectangle(grey, box, NULL) : NULL;
    PIX *small = NULL;
    const char *text = NULL;

    if (crop && dpi > QR_DPI * 5 / 4) {
        small = pixScale(crop, (float)QR_DPI / (float)dpi,
                         (float)QR_DPI / (float)dpi);
        text = small ? scan(small, a) : NULL;
    }
    if (crop && !text)
        text = scan(crop, a);
    pixDestroy(&small);
    pixDestroy(&crop);
    boxDestroy(&box);
    return text;
}
