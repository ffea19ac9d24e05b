/* Single boxes: other people's pictures of digits and of tick boxes. */
#include "bench/accuracy.h"
#include "bench/accuracy_bound.h"
#include "bench/accuracy_plain.h"
#include "core/file.h"
#include "ocr/digit_net.h"
#include "ocr/paper/idx.h"

#include <leptonica/allheaders.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MOST_PIXELS 4000000

struct crop_sums {
    long n, right, accepted, silent;
    double seconds;
    long confused[10][DIGIT_CLASSES];
};

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void print_sums(const struct crop_sums *s)
{
    double n = (double)(s->n ? s->n : 1);
    printf("%ld pictures: read right %.2f %%, accepted %.2f %%, wrong among "
           "accepted %ld (%.3f %%, 95 %% bound %.3f %%), %.2f ms each\n",
           s->n, 100 * (double)s->right / n, 100 * (double)s->accepted / n,
           s->silent,
           s->accepted ? 100 * (double)s->silent / (double)s->accepted : 0,
           100 * bound_upper(s->silent, s->accepted), s->seconds / n * 1e3);
}

/* ── digits ── */

static void take_digit(struct crop_sums *s, const uint8_t *ink, int width,
                       int height, int truth)
{
    double from = cpu();
    struct digit_guess g = digit_read(ink, width, height);
    bool sure = g.best < 10 && g.confidence >= DIGIT_ACCEPT;
    s->seconds += cpu() - from;
    s->n++;
    s->right += g.best == truth;
    s->accepted += sure;
    s->silent += sure && g.best != truth;
    s->confused[truth][g.best]++;
}

/* Ink of a picture: its darkest is 255, its paper 0. */
static bool take_picture(struct crop_sums *s, const char *path, int truth,
                         struct arena *a)
{
    PIX *pix = pixRead(path), *grey = pix ? pixConvertTo8(pix, 0) : NULL;
    int w = grey ? pixGetWidth(grey) : 0, h = grey ? pixGetHeight(grey) : 0;
    bool ok = grey && (int64_t)w * h <= MOST_PIXELS;
    uint8_t *ink = ok ? arena_alloc(a, (size_t)w * (size_t)h) : NULL;
    int darkest = 255, paper = 0;
    for (int y = 0; ok && y < h; y++)
        for (int x = 0; x < w; x++) {
            l_uint32 v = 0;
            pixGetPixel(grey, x, y, &v);
            ink[y * w + x] = (uint8_t)v;
            darkest = (int)v < darkest ? (int)v : darkest;
            paper = (int)v > paper ? (int)v : paper;
        }
    for (int i = 0; ok && i < w * h; i++)
        ink[i] = (uint8_t)(paper > darkest
                               ? (paper - ink[i]) * 255 / (paper - darkest)
                               : 0);
    if (ok)
        take_digit(s, ink, w, h, truth);
    pixDestroy(&grey);
    pixDestroy(&pix);
    return ok;
}

/* Every image of a folder. */
static void walk(const char *folder, void (*take)(void *, const char *),
                 void *to)
{
    struct arena a = ARENA_INIT;
    size_t n = 0;
    char **names = folder_list(folder, &a, &n, NULL);
    for (size_t i = 0; names && i < n; i++)
        take(to, path_join(&a, folder, names[i]));
    arena_release(&a);
}

struct one_digit {
    struct crop_sums *sums;
    int truth;
};

static void digit_image(void *to, const char *path)
{
    struct one_digit *one = to;
    struct arena a = ARENA_INIT;
    if (!take_picture(one->sums, path, one->truth, &a))
        fprintf(stderr, "%s: not an image\n", path);
    arena_release(&a);
}

static void digit_folders(struct crop_sums *s, const char *folder)
{
    struct arena a = ARENA_INIT;
    for (int k = 0; k < 10; k++) {
        struct one_digit one = {s, k};
        walk(path_join(&a, folder, arena_printf(&a, "%d", k)), digit_image,
             &one);
    }
    arena_release(&a);
}

static void print_confused(const struct crop_sums *s)
{
    for (int k = 0; k < 10; k++)
        for (int g = 0; g < DIGIT_CLASSES; g++)
            if (g != k && s->confused[k][g])
                printf("  %d → %s: %ld\n", k,
                       g < 10             ? (char[]){(char)('0' + g), 0}
                       : g == DIGIT_EMPTY ? "empty"
                                          : "struck",
                       s->confused[k][g]);
}

int accuracy_digits(int argc, char **argv)
{
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct idx_digits digits;
    struct crop_sums s = {.n = 0};
    if (argc < 1)
        return 2;
    size_t first = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
    size_t last = argc > 2 ? strtoul(argv[2], NULL, 10) : SIZE_MAX;
    setMsgSeverity(L_SEVERITY_NONE);
    if (!idx_there(argv[0]))
        digit_folders(&s, argv[0]);
    else if (idx_load(&digits, argv[0], &mem, &d))
        for (size_t i = first; i < digits.n && i <= last; i++)
            if (digits.labels[i] < 10)
                take_digit(&s, idx_picture(&digits, i), digits.width,
                           digits.height, digits.labels[i]);
    diag_print(&d, 0, LANG_EN, stderr);
    print_sums(&s);
    print_confused(&s);
    diag_release(&d);
    arena_release(&mem);
    return s.n ? 0 : 2;
}

/* ── tick boxes ── */

struct one_box {
    struct crop_sums *sums;
    bool marked;
};

static void box_image(void *to, const char *path)
{
    struct one_box *one = to;
    struct crop_sums *s = one->sums;
    struct arena a = ARENA_INIT;
    PIX *pix = pixRead(path);
    double from = cpu();
    struct reading r = plain_tick(pix, &a);
    bool sure = r.state == READING_ACCEPTED || r.state == READING_BLANK;
    bool same = (*r.value != '\0') == one->marked;
    s->seconds += cpu() - from;
    s->n++;
    s->right += same && r.state != READING_UNREADABLE;
    s->accepted += sure;
    s->silent += sure && !same;
    if (sure && !same)
        printf("%s: %s\n", path, one->marked ? "missed" : "not marked");
    pixDestroy(&pix);
    arena_release(&a);
}

int accuracy_boxes(int argc, char **argv)
{
    static const char *const folders[] = {"empty", "marked"};
    struct arena mem = ARENA_INIT;
    struct crop_sums all = {.n = 0};
    if (argc < 1)
        return 2;
    setMsgSeverity(L_SEVERITY_NONE);
    for (int i = 0; i < 2; i++) {
        struct crop_sums s = {.n = 0};
        struct one_box one = {&s, i == 1};
        walk(path_join(&mem, argv[0], folders[i]), box_image, &one);
        printf("%s: ", folders[i]);
        print_sums(&s);
        all.n += s.n;
    }
    arena_release(&mem);
    return all.n ? 0 : 2;
}
