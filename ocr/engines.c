#include "ocr/engines.h"

#include "core/file.h"
#include "core/hash.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>
#include <tesseract/capi.h>
#include <time.h>

#define DEBIAN_TESSDATA "/usr/share/tesseract-ocr/5/tessdata"
/* The largest model of tessdata_best is 64 MB. */
#define MODEL_CAP (256u << 20)
/* Crops are scaled to one size of letters; Tesseract only needs to be told
 * something, or it guesses from the height of the image. */
#define CROP_PPI 300

static const char *const language_names[] = {
    [ENGINE_JPN] = "jpn",
    [ENGINE_ENG] = "eng",
};
_Static_assert(sizeof(language_names) / sizeof(language_names[0]) == N_ENGINES,
               "name every engine");

static int64_t thread_cpu_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static const char *model_folder(const char *folder)
{
    const char *prefix = getenv("TESSDATA_PREFIX");

    if (folder)
        return folder;
    return prefix && *prefix ? prefix : DEBIAN_TESSDATA;
}

static TessBaseAPI *engine_open(const char *folder,
                                enum engine_language language, char model[17],
                                struct diag *d)
{
    const char *name = language_names[language];
    struct arena mem = ARENA_INIT;
    char *path = arena_printf(&mem, "%s/%s.traineddata", folder, name);
    TessBaseAPI *api = NULL;
    char hex[HASH_HEX];
    size_t len = 0;
    char *bytes = file_read(path, MODEL_CAP, &mem, &len, NULL);

    if (!bytes) {
        diag_error(d, POS_FILE(path), "no-model",
                   "文字認識のモデル %s がありません。tesseract-ocr-%s を"
                   "インストールしてください",
                   "the recognition model %s is missing: install "
                   "tesseract-ocr-%s",
                   name, name);
        goto done;
    }
    hash_bytes_hex(bytes, len, hex);
    memcpy(model, hex, 16);
    model[16] = '\0';
    api = TessBaseAPICreate();
    TessBaseAPISetVariable(api, "debug_file", "/dev/null");
    if (TessBaseAPIInit2(api, folder, name, OEM_LSTM_ONLY) != 0) {
        TessBaseAPIDelete(api);
        api = NULL;
        diag_error(d, POS_FILE(path), "bad-model",
                   "%s は文字認識のモデルとして読めません",
                   "%s is not a recognition model", name);
        goto done;
    }
done:
    arena_release(&mem);
    return api;
}

bool ocr_engines_open(struct ocr_engines *e, const char *folder, struct diag *d)
{
    const char *from = model_folder(folder);

    strncpy(e->version, TessVersion(), sizeof e->version - 1);
    e->jpn = engine_open(from, ENGINE_JPN, e->models[ENGINE_JPN], d);
    e->eng =
        e->jpn ? engine_open(from, ENGINE_ENG, e->models[ENGINE_ENG], d) : NULL;
    if (!e->eng)
        ocr_engines_close(e);
    return e->eng != NULL;
}

static void engine_close(TessBaseAPI **api)
{
    if (*api) {
        TessBaseAPIEnd(*api);
        TessBaseAPIDelete(*api);
    }
    *api = NULL;
}

void ocr_engines_close(struct ocr_engines *e)
{
    engine_close(&e->jpn);
    engine_close(&e->eng);
}

char *ocr_engines_name(const struct ocr_engines *e, struct arena *a)
{
    return arena_printf(a, "tesseract %s jpn:%s eng:%s", e->version,
                        e->models[ENGINE_JPN], e->models[ENGINE_ENG]);
}

/* Tesseract's own deadline is the wall clock's: on a busy machine a field would
 * be given up that is read on a quiet one. */
static bool is_over(void *self, int words)
{
    const struct ocr_engines *e = self;

    (void)words;
    return thread_cpu_us() >= e->give_up_us;
}

static bool recognise(struct ocr_engines *e, TessBaseAPI *api)
{
    ETEXT_DESC *monitor = TessMonitorCreate();
    bool ok;

    e->give_up_us = thread_cpu_us() + e->deadline_ms * INT64_C(1000);
    if (e->deadline_ms > 0) {
        TessMonitorSetCancelThis(monitor, e);
        TessMonitorSetCancelFunc(monitor, is_over);
    }
    ok = TessBaseAPIRecognize(api, monitor) == 0;
    TessMonitorDelete(monitor);
    e->expired = e->deadline_ms > 0 && thread_cpu_us() >= e->give_up_us;
    return ok && !e->expired;
}

char *engine_read(struct ocr_engines *e, enum engine_language language,
                  struct Pix *crop, enum engine_view view,
                  const char *whitelist, int *confidence, struct arena *a)
{
    TessBaseAPI *api = language == ENGINE_JPN ? e->jpn : e->eng;
    int64_t from = thread_cpu_us();
    char *text = NULL, *out;

    e->expired = false;
    if (confidence)
        *confidence = 0;
    if (!crop)
        return arena_strdup(a, "");
    TessBaseAPISetVariable(api, "tessedit_char_whitelist",
                           whitelist ? whitelist : "");
    TessBaseAPISetPageSegMode(api, (TessPageSegMode)view);
    TessBaseAPISetImage2(api, crop);
    TessBaseAPISetSourceResolution(api, CROP_PPI);
    if (recognise(e, api)) {
        text = TessBaseAPIGetUTF8Text(api);
        if (confidence && text)
            *confidence = TessBaseAPIMeanTextConf(api);
    }
    out = text ? text_trim(text, a) : arena_strdup(a, "");
    if (text)
        TessDeleteText(text);
    TessBaseAPIClear(api);
    e->tesseract_us += thread_cpu_us() - from;
    return out;
}
