/*
 * How much of a form `nyusho form draft` proposes: the fields of a template
 * against those drafted from a scan of its empty pages.
 *
 *     bench_draft                                  # the shipped forms, drawn
 *     bench_draft employment-certificate scan.png  # a scan of its page 1
 *
 * For each page at 300 dpi grey, 300 and 200 dpi black and white, and the
 * last turned a little: fields found (boxes in place, kind that fits), found
 * with another kind, missed, and proposed where the form has none.
 */
#include "core/file.h"
#include "ocr/clean.h"
#include "ocr/draft/draft.h"
#include "ocr/forms/draw.h"

#include <leptonica/allheaders.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THRESHOLD 160

static const struct {
    const char *name;
    int dpi;
    bool bilevel;
    double skew;
} scans[] = {
    {"300 grey", 300, false, 0},
    {"300 b/w", 300, true, 0},
    {"200 b/w", 200, true, 0},
    {"200 b/w 0.7 deg", 200, true, 0.7},
};

/* What a field is, as far as a draft can tell. */
enum group { MARKS, RINGS, DATES, DIGITS, WORDS, N_GROUPS, NOT_READ };
static const char *const group_names[N_GROUPS] = {"marks", "rings", "dates",
                                                  "digits", "words"};

static enum group group_of(const struct form_field *f)
{
    switch (f->kind) {
    case FIELD_TICK:
    case FIELD_CHOICE:
    case FIELD_SET:
        return MARKS;
    case FIELD_RING:
        return RINGS;
    case FIELD_DATE:
    case FIELD_MONTH:
    case FIELD_TIME:
        return DATES;
    case FIELD_CODE:
    case FIELD_NUMBER:
        return DIGITS;
    case FIELD_MASK:
        return NOT_READ;
    default:
        return WORDS;
    }
}

/* Numbers without cells look like any writing. */
static bool suits(const struct form_field *form, const struct form_field *draft)
{
    enum group a = group_of(form), b = group_of(draft);

    return a == b ||
           ((a == DIGITS || a == WORDS) && (b == DIGITS || b == WORDS));
}

static double shared(const struct rect_tmm *a, const struct rect_tmm *b)
{
    int32_t l = a->left > b->left ? a->left : b->left;
    int32_t t = a->top > b->top ? a->top : b->top;
    int32_t r = a->left + a->width < b->left + b->width ? a->left + a->width
                                                        : b->left + b->width;
    int32_t m = a->top + a->height < b->top + b->height ? a->top + a->height
                                                        : b->top + b->height;
    double both = r > l && m > t ? (double)(r - l) * (m - t) : 0;
    double one = (double)a->width * a->height,
           two = (double)b->width * b->height;

    return both / (one + two - both);
}

struct counts {
    int found[N_GROUPS], other[N_GROUPS], missed[N_GROUPS], extra[N_GROUPS];
    int eras, eras_found;
};

/* A sheet lies a little off on the glass; the draft's boxes are the scan's. */
#define ALIKE 0.35

static void compare(const struct form_template *form, int page,
                    const struct form_template *draft, struct counts *n)
{
    bool *taken = calloc(draft->n_fields + 1, sizeof *taken);

    for (size_t i = 0; i < form->n_fields; i++) {
        const struct form_field *f = &form->fields[i];
        enum group g = group_of(f);
        double best = ALIKE;
        size_t at = draft->n_fields;
        if (f->page != page || g == NOT_READ)
            continue;
        for (size_t k = 0; k < draft->n_fields; k++) {
            double s = shared(&f->box, &draft->fields[k].box);
            if (!taken[k] && s > best) {
                best = s;
                at = k;
            }
        }
        bool eras = g == DATES && f->n_options > 1;
        n->eras += eras;
        if (at == draft->n_fields) {
            n->missed[g]++;
            if (getenv("LIST"))
                printf("    missed %s\n", f->id);
            continue;
        }
        taken[at] = true;
        bool fits = suits(f, &draft->fields[at]);
        n->found[g] += fits;
        n->other[g] += !fits;
        n->eras_found += eras && draft->fields[at].n_options > 1;
        if (!fits && getenv("LIST"))
            printf("    other kind %s: %s\n", f->id,
                   form_field_kind_name(draft->fields[at].kind));
    }
    for (size_t k = 0; k < draft->n_fields; k++)
        if (!taken[k] && group_of(&draft->fields[k]) < N_GROUPS) {
            n->extra[group_of(&draft->fields[k])]++;
            if (getenv("LIST"))
                printf("    extra %s %s at %d %d\n", draft->fields[k].caption,
                       form_field_kind_name(draft->fields[k].kind),
                       draft->fields[k].box.left, draft->fields[k].box.top);
        }
    free(taken);
}

static void print(const char *form, int page, const char *scan,
                  const struct counts *n)
{
    int found = 0, other = 0, missed = 0, extra = 0;

    for (int g = 0; g < N_GROUPS; g++) {
        found += n->found[g];
        other += n->other[g];
        missed += n->missed[g];
        extra += n->extra[g];
    }
    printf("%-24s %d  %-16s found %3d  other kind %2d  missed %3d  extra %3d",
           form, page, scan, found, other, missed, extra);
    for (int g = 0; g < N_GROUPS; g++)
        printf("  %s %d/%d", group_names[g], n->found[g],
               n->found[g] + n->other[g] + n->missed[g]);
    printf("  eras %d/%d\n", n->eras_found, n->eras);
}

static PIX *spoil(PIX *page, int scan)
{
    float scale = (float)scans[scan].dpi / 300;
    PIX *out = scale < 1 ? pixScaleAreaMap(page, scale, scale) : pixClone(page);

    if (scans[scan].skew != 0) {
        PIX *turned =
            pixRotate(out, (float)(scans[scan].skew * 3.14159265 / 180),
                      L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0);
        pixDestroy(&out);
        out = turned;
    }
    if (scans[scan].bilevel) {
        PIX *black = pixThresholdToBinary(out, THRESHOLD);
        pixDestroy(&out);
        out = black;
    }
    pixSetResolution(out, scans[scan].dpi, scans[scan].dpi);
    return out;
}

static bool draft(PIX *scan, struct ocr_engines *e,
                  const struct dictionary *dict, struct form_template *out,
                  struct arena *a, struct diag *d)
{
    struct page p = PAGE_INIT;
    struct draft_page found;
    struct draft_head head = {"draft", "draft"};
    struct buf yaml = BUF_INIT;
    bool ok = page_clean(&p, scan, POS_FILE("scan"), d) &&
              draft_find_upright(&p, e, dict, &found, a, d);

    if (ok) {
        draft_fields(&found, a);
        draft_write(&found, 1, &head, dict, &yaml);
        ok = form_load(out, arena_copy(a, yaml.bytes, yaml.len), yaml.len,
                       "draft", dict, a, d);
    }
    buf_release(&yaml);
    page_release(&p);
    return ok;
}

static PIX *drawn(const struct form_template *t, int page, struct arena *a)
{
    struct form_image im;
    struct form_qr qr = {.household = "", .child = "", .received = ""};
    form_render(t, page, 300, &qr, &im, a);
    PIX *pix = pixCreate(im.width, im.height, 8);

    for (int y = 0; y < im.height; y++)
        for (int x = 0; x < im.width; x++)
            pixSetPixel(pix, x, y, im.pixels[y * im.stride + x]);
    pixSetResolution(pix, 300, 300);
    return pix;
}

static void measure(const struct form_template *t, int page, PIX *empty,
                    struct ocr_engines *e, const struct dictionary *dict,
                    struct diag *d)
{
    for (size_t s = 0; s < sizeof scans / sizeof scans[0]; s++) {
        struct arena mem = ARENA_INIT;
        struct form_template out;
        struct counts n = {.eras = 0};
        PIX *scan = spoil(empty, (int)s);
        if (draft(scan, e, dict, &out, &mem, d)) {
            compare(t, page, &out, &n);
            print(t->id, page, scans[s].name, &n);
        }
        fflush(stdout);
        pixDestroy(&scan);
        arena_release(&mem);
    }
}

static bool load(struct form_template *t, const char *name,
                 const struct dictionary *dict, struct arena *a, struct diag *d)
{
    size_t len;
    const char *bytes = form_shipped(name, &len);

    return bytes && form_load(t, bytes, len, name, dict, a, d);
}

int main(int argc, char **argv)
{
    static const char *const shipped[] = {"application",
                                          "employment-certificate"};
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct dictionary dict = DICTIONARY_INIT;
    struct ocr_engines e = OCR_ENGINES_INIT;
    struct form_template t;
    size_t len;
    const char *path = "rules/dictionary.yaml";
    const char *bytes = file_read(path, 1 << 24, &mem, &len, &d);

    setMsgSeverity(L_SEVERITY_NONE);
    bool ok = bytes && dictionary_load(&dict, bytes, len, path, &mem, &d) &&
              ocr_engines_open(&e, NULL, &d);
    for (size_t i = 0; ok && argc < 3 && i < 2; i++) {
        ok = load(&t, shipped[i], &dict, &mem, &d);
        for (int page = 1; ok && page <= t.n_pages; page++) {
            PIX *empty = drawn(&t, page, &mem);
            measure(&t, page, empty, &e, &dict, &d);
            pixDestroy(&empty);
        }
    }
    if (ok && argc >= 3 && (ok = load(&t, argv[1], &dict, &mem, &d))) {
        PIX *read = pixRead(argv[2]);
        PIX *empty = read ? pixConvertTo8(read, 0) : NULL;
        if (empty)
            measure(&t, 1, empty, &e, &dict, &d);
        pixDestroy(&read);
        pixDestroy(&empty);
    }
    diag_print(&d, 0, LANG_EN, stderr);
    ocr_engines_close(&e);
    diag_release(&d);
    arena_release(&mem);
    return ok ? 0 : 2;
}
