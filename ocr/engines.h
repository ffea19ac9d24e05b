/*
 * The Tesseract engines of one worker: `jpn` for Japanese, `eng` for digits and
 * Latin letters (each is worse at the other's work, and the two loaded as one
 * are worse at both). One pair belongs to one thread of one process; about
 * 90 MB. OMP_THREAD_LIMIT=1 must be in the environment before the program
 * starts: worker.c does that.
 *
 *     struct ocr_engines e = OCR_ENGINES_INIT;
 *     if (!ocr_engines_open(&e, NULL, d))
 *         return false;
 *     char *text = engine_read(&e, ENGINE_JPN, crop, ENGINE_LINE, NULL,
 *                              &confidence, &mem);
 *     ocr_engines_close(&e);
 */
#ifndef NYUSHO_OCR_ENGINES_H
#define NYUSHO_OCR_ENGINES_H

#include "core/arena.h"
#include "core/diag.h"

#include <stdint.h>

struct Pix;
struct TessBaseAPI;

enum engine_language { ENGINE_JPN, ENGINE_ENG, N_ENGINES };

/* How the crop is looked at: Tesseract finds the line in it (PSM 7), or takes
 * the whole crop as the line (PSM 13). Two views that agree are worth more
 * than either's confidence. */
enum engine_view { ENGINE_LINE = 7, ENGINE_RAW_LINE = 13 };

struct ocr_engines {
    struct TessBaseAPI *jpn, *eng;
    char version[32];     /* "5.3.0" */
    char models[2][17];   /* by engine_language: first 16 hex digits of the
                             SHA-256 of the model file */
    int deadline_ms;      /* of CPU time, for one call; 0 = none */
    int64_t give_up_us;   /* when this call's is over, by the thread's clock */
    bool expired;         /* the last call ran into it */
    int64_t tesseract_us; /* CPU time of this thread inside Tesseract so far */
};

#define OCR_ENGINES_INIT ((struct ocr_engines){.deadline_ms = 10000})

/* `folder` holds jpn.traineddata and eng.traineddata; NULL: TESSDATA_PREFIX,
 * else where Debian puts them. False with "no-model" (a model file is missing:
 * install tesseract-ocr-jpn) or "bad-model" (it is not one). */
bool ocr_engines_open(struct ocr_engines *e, const char *folder,
                      struct diag *d);
void ocr_engines_close(struct ocr_engines *e);

/* "tesseract 5.3.0 jpn:1b3… eng:7d4…", for the record of how a value came. */
char *ocr_engines_name(const struct ocr_engines *e, struct arena *a);

/*
 * The text of one crop (8 bpp or 1 bpp, made by the crop recipe of text.c): no
 * line breaks or spaces around it, UTF-8, in the arena; "" when there is none
 * or the deadline passed (e->expired). `whitelist` NULL or "" allows every
 * character; it holds for this call only. *confidence (may be NULL) is
 * Tesseract's own, 0..100: good for ordering, not for accepting. A crop
 * without pixels is "".
 */
char *engine_read(struct ocr_engines *e, enum engine_language language,
                  struct Pix *crop, enum engine_view view,
                  const char *whitelist, int *confidence, struct arena *a);

#endif
