/*
 * Pages are read by worker processes: this program again, as `nyusho worker`,
 * with limits on memory and CPU. A hostile page can only take its worker with
 * it. The parent alone writes case.db.
 *
 *     struct reader_options o = READER_OPTIONS;
 *     o.case_folder = "2027-04";
 *     struct reader_pool *pool = reader_pool_open(&o);
 *     for (size_t i = 0; i < in.n; i++)
 *         reader_pool_submit(pool, in.pages[i].file, in.pages[i].number);
 *     while (reader_pool_next(pool, &result, &mem, d) == POOL_RESULT)
 *         keep(&result);
 *     reader_pool_close(pool);
 */
#ifndef NYUSHO_OCR_WORKER_H
#define NYUSHO_OCR_WORKER_H

#include "core/diag.h"
#include "ocr/reading.h"

struct reader_options {
    const char *program;     /* NULL: this program */
    int workers;             /* 0: one per processor */
    int page_seconds;        /* of the wall clock, then the worker is stopped */
    int cpu_seconds;         /* for one page */
    int memory_mib;          /* of address space; not under ASan */
    const char *case_folder; /* whose forms and lists are read by */
    const char *pages_folder; /* where pages are kept; NULL: nowhere */
};
#define READER_OPTIONS        \
    ((struct reader_options){ \
        .page_seconds = 120, .cpu_seconds = 60, .memory_mib = 3072})

struct reader_pool;

/* Starts the workers; strings are copied. A worker that cannot start is
 * reported by reader_pool_next(). */
struct reader_pool *reader_pool_open(const struct reader_options *o);
/* Queues a page. */
void reader_pool_submit(struct reader_pool *p, const char *file, int number);

enum pool_next {
    POOL_RESULT, /* *out is filled, its texts in the arena */
    POOL_DONE,   /* nothing is queued or being read */
    POOL_FAILED, /* workers cannot be started; what is queued stays unread.
                    "reader-start", or the worker's own: "no-model", … */
};
/*
 * Waits for the next page, in any order: the caller sorts. A page whose worker
 * died or hung is tried once more, then comes back as PAGE_QUARANTINED with
 * "reader-crashed".
 */
enum pool_next reader_pool_next(struct reader_pool *p, struct page_result *out,
                                struct arena *a, struct diag *d);
/* Pages queued and being read. */
size_t reader_pool_left(const struct reader_pool *p);
/* Stops the workers; what they were reading is dropped. NULL is fine. */
void reader_pool_close(struct reader_pool *p);

/* What a worker does, once told where it works. Tests bring their own. */
struct worker_setup {
    const char *case_folder, *pages_folder; /* "" = none */
    int cpu_seconds;
};
struct worker_handler {
    void *self;
    bool (*start)(void *self, const struct worker_setup *s, struct diag *d);
    void (*read)(void *self, const char *file, int number,
                 struct page_result *out, struct arena *a);
    void (*stop)(void *self);
};
/* Serves the socket until it closes. The exit status of the process. */
int worker_serve(const struct worker_handler *h);

/*
 * `nyusho worker`: worker_serve() with the reader of pages (read_page.h).
 * `load` fills *out with what the case folder says, in the arena; the command
 * line knows how, for it also knows the dictionary this program ships.
 */
struct reader_case;
typedef bool reader_case_load(void *self, const char *case_folder,
                              struct reader_case *out, struct arena *a,
                              struct diag *d);
int worker_main(reader_case_load *load, void *self);

#endif
