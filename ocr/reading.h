/*
 * What reading one page gave. Made by page_read(), kept by case.db, judged by
 * people. The text of a value is what value_parse() takes.
 */
#ifndef NYUSHO_OCR_READING_H
#define NYUSHO_OCR_READING_H

#include "ocr/forms/template.h"

struct rect_px {
    int32_t left, top, width, height; /* pixels, on one scan */
};

enum reading_state {
    READING_ACCEPTED,
    READING_DOUBT,      /* a person must look; `value` is the best guess */
    READING_BLANK,      /* left clean and empty */
    READING_UNREADABLE, /* ink, but nothing to propose */
};

struct reading {
    const char *field; /* form_field.id */
    enum reading_state state;
    const char *value;     /* canonical text, "" when there is none */
    const char *raw;       /* as the engines gave it */
    const char *runner_up; /* second possibility, "" */
    const char *reason;    /* why it is a doubt: check name, "" */
    int confidence;        /* permille */
    struct rect_px box;    /* on the page as stored */
};

enum page_state {
    PAGE_READ,
    PAGE_UNKNOWN_FORM, /* filed by a person */
    PAGE_BLANK,
    PAGE_QUARANTINED, /* cannot be decoded, refused, not a page */
};

struct page_result {
    const char *sha256; /* of the page as decoded */
    const char *file;   /* as the user named it */
    int number;         /* of the page in that file, from 1 */
    enum page_state state;
    const char *reason; /* check name for anything but PAGE_READ */
    const char *message_ja, *message_en;
    const char *form, *version; /* "" unless PAGE_READ */
    int page;                   /* of the form */
    struct form_qr qr;          /* all NULL/"" when none was seen */
    int rotation; /* degrees clockwise that were undone: 0 90 180 270 */
    int residual; /* of the registration, hundredths of a mm */
    int width, height, dpi;
    struct reading *readings; /* in the template's field order */
    size_t n_readings;
    int64_t cpu_us, tesseract_us; /* for bench; never in an output */
};

#endif
