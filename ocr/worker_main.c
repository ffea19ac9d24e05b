#include "ocr/worker.h"

#include "ocr/read_page.h"

struct reader_worker {
    reader_case_load *load;
    void *load_self;
    struct arena mem;
    struct page_reader reader;
};

static bool start(void *self, const struct worker_setup *s, struct diag *d)
{
    struct reader_worker *w = self;
    struct reader_case c = {.forms = NULL};

    return w->load(w->load_self, s->case_folder, &c, &w->mem, d) &&
           page_reader_open(&w->reader, &c,
                            arena_strdup(&w->mem, s->pages_folder), d);
}

static void read_one(void *self, const char *file, int number,
                     struct page_result *out, struct arena *a)
{
    struct reader_worker *w = self;

    page_read(&w->reader, file, number, out, a);
}

static void stop(void *self)
{
    struct reader_worker *w = self;

    page_reader_close(&w->reader);
    arena_release(&w->mem);
}

int worker_main(reader_case_load *load, void *self)
{
    struct reader_worker w = {
        .load = load, .load_self = self, .mem = ARENA_INIT};
    struct worker_handler handler = {&w, start, read_one, stop};

    return worker_serve(&handler);
}
