/*
 * How fast pages are read, and where the time goes, in one run:
 *
 *     bench_read CASE SCANS… (CASE is made by nyusho init or a copy of
 *     fixtures/city/case; nothing of it is written)
 *
 * - this program in one process: pages a second, and the share of CPU inside
 *   Tesseract; the rest is our own overhead (limit 50 %);
 * - one worker against two: scaling (limit 1.8 on two cores) and the memory of
 *   the largest worker (limit 150 MiB);
 * - the peer: `tesseract` started once per page, and once per field with that
 *   field's crop, on the first pages.
 */
#include "bench/peer.h"
#include "cli/case_forms.h"
#include "core/file.h"
#include "ocr/intake.h"
#include "ocr/read_page.h"
#include "ocr/worker.h"

#include <leptonica/allheaders.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define PEER_PAGES 4

struct bench {
    struct cli c;
    const char *folder, *temporary;
    struct case_forms forms;
    struct intake in;
};

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Everything in this process. Boxes of the first pages stay in `fields`. */
struct alone {
    struct cost cost;
    double tesseract;
    struct page_result first[PEER_PAGES];
    size_t n_first, readings;
};

static bool read_alone(struct bench *b, struct alone *out)
{
    const struct reader_case rc = {b->forms.forms, b->forms.n, &b->forms.read,
                                   page_read_fields};
    struct page_reader r;
    double wall = seconds(CLOCK_MONOTONIC);
    memset(out, 0, sizeof *out);
    if (!page_reader_open(&r, &rc, NULL, &b->c.diag))
        return false;
    for (size_t i = 0; i < b->in.n; i++) {
        struct page_result p;
        page_read(&r, b->in.pages[i].file, b->in.pages[i].number, &p,
                  &b->c.mem);
        out->cost.cpu += (double)p.cpu_us / 1e6;
        out->tesseract += (double)p.tesseract_us / 1e6;
        out->readings += p.n_readings;
        if (p.state == PAGE_READ && p.n_readings > 20 &&
            out->n_first < PEER_PAGES)
            out->first[out->n_first++] = p;
    }
    page_reader_close(&r);
    out->cost.wall = seconds(CLOCK_MONOTONIC) - wall;
    return true;
}

/* All pages by this many workers: wall time. */
static double read_pool(struct bench *b, int workers)
{
    struct reader_options o = READER_OPTIONS;
    struct page_result p;
    double start = seconds(CLOCK_MONOTONIC);
    o.workers = workers;
    o.case_folder = b->folder;
    o.program = getenv("NYUSHO");
    struct reader_pool *pool = reader_pool_open(&o);
    for (size_t i = 0; i < b->in.n; i++)
        reader_pool_submit(pool, b->in.pages[i].file, b->in.pages[i].number);
    while (reader_pool_next(pool, &p, &b->c.mem, &b->c.diag) == POOL_RESULT)
        ;
    reader_pool_close(pool);
    return seconds(CLOCK_MONOTONIC) - start;
}

/* Boxes are on the page as stored, which is the page as decoded. */
static void peer_page(const struct bench *b, const struct page_result *p,
                      struct cost *page, struct cost *fields, size_t *n)
{
    struct peer whole = {b->temporary, "jpn", "3"};
    struct peer line = {b->temporary, "jpn", "7"};
    PIX *scan = intake_decode(p->file, p->number, NULL);
    if (!scan)
        return;
    cost_add(page, peer_read(&whole, scan, NULL, NULL));
    for (size_t i = 0; i < p->n_readings; i++) {
        const struct rect_px *r = &p->readings[i].box;
        BOX *box = boxCreate(r->left, r->top, r->width, r->height);
        PIX *crop = pixClipRectangle(scan, box, NULL);
        if (crop) {
            cost_add(fields, peer_read(&line, crop, NULL, NULL));
            (*n)++;
        }
        pixDestroy(&crop);
        boxDestroy(&box);
    }
    pixDestroy(&scan);
}

static void report_alone(const struct bench *b, const struct alone *one)
{
    double n = (double)b->in.n;
    double own = (one->cost.cpu - one->tesseract) / one->cost.cpu;
    printf("pages %zu, fields %zu\n", b->in.n, one->readings);
    printf("one process: %.2f pages/s, %.0f ms of CPU a page\n",
           n / one->cost.wall, one->cost.cpu / n * 1e3);
    printf("  inside Tesseract %.0f %%, our own %.0f %% (limit 50 %%)\n",
           100 - own * 100, own * 100);
}

static void report_pool(struct bench *b)
{
    struct rusage use;
    double n = (double)b->in.n, one = read_pool(b, 1), two = read_pool(b, 2);
    getrusage(RUSAGE_CHILDREN, &use);
    printf("workers: 1 → %.2f pages/s, 2 → %.2f pages/s: × %.2f (limit 1.8)\n"
           "  largest worker %.0f MiB (limit 150)\n",
           n / one, n / two, one / two, (double)use.ru_maxrss / 1024);
}

static void report_peer(struct bench *b, const struct alone *one)
{
    struct cost page = {0, 0}, fields = {0, 0};
    size_t n = 0;
    double ours = one->cost.cpu / (double)b->in.n;
    double k = (double)one->n_first;
    for (size_t i = 0; i < one->n_first; i++)
        peer_page(b, &one->first[i], &page, &fields, &n);
    if (!one->n_first)
        return;
    printf("peer, on %zu pages: tesseract once per page %.0f ms of CPU a page "
           "(× %.2f of ours)\n  once per field (%zu) %.0f ms a page (× %.1f of "
           "ours)\n",
           one->n_first, page.cpu / k * 1e3, page.cpu / k / ours, n,
           fields.cpu / k * 1e3, fields.cpu / k / ours);
}

int main(int argc, char **argv)
{
    static char temporary[] = "/tmp/bench_read.XXXXXX";
    static const struct command none = {.name = "bench"};
    struct bench b = {
        .c = {.command = &none, .mem = ARENA_INIT, .diag = DIAG_INIT}};
    struct alone one;
    if (argc < 3)
        return 2;
    b.folder = argv[1];
    b.temporary = mkdtemp(temporary);
    bool ok = b.temporary &&
              intake_list(&b.in, (const char *const *)argv + 2,
                          (size_t)argc - 2, &b.c.mem, &b.c.diag) &&
              case_forms_load(&b.c, b.folder, &b.forms) && read_alone(&b, &one);
    diag_print(&b.c.diag, 0, LANG_EN, stderr);
    if (ok) {
        report_alone(&b, &one);
        report_pool(&b);
        report_peer(&b, &one);
    }
    if (b.temporary)
        rmdir(b.temporary);
    diag_release(&b.c.diag);
    arena_release(&b.c.mem);
    return ok ? 0 : 2;
}
