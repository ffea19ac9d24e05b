#include "ocr/intake.h"
#include "ocr/message.h"
#include "ocr/result_json.h"
#include "ocr/worker.h"
#include "ocr/worker_fd.h"

#include <assert.h>
#include <cJSON.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A page is given to a second worker, in case the first fell to something
 * else; not to a third. */
#define TRIES 2
/* Workers that die before they are ready, one after another. */
#define STARTS 3
/* Loading two models and a case on a busy machine. */
#define START_SECONDS 60
enum { WORKERS_MOST = 64 };

struct job {
    char *file;
    int number, tries;
};

enum worker_state { WORKER_OFF, WORKER_STARTING, WORKER_IDLE, WORKER_BUSY };

struct worker {
    struct process process;
    enum worker_state state;
    struct buf pending;
    size_t job;
    long long deadline; /* ms */
};

struct reader_pool {
    struct arena mem;
    struct reader_options options;
    struct worker workers[WORKERS_MOST];
    int n_workers;
    struct job *jobs;
    size_t n_jobs, capacity, next_job;
    size_t *again; /* jobs to be tried once more */
    size_t n_again, again_capacity;
    size_t busy;
    int bad_starts;
    bool told; /* why no worker starts */
};

static long long now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int worker_count(int wanted)
{
    long n = wanted > 0 ? wanted : sysconf(_SC_NPROCESSORS_ONLN);

    if (n < 1)
        n = 1;
    return n > WORKERS_MOST ? WORKERS_MOST : (int)n;
}

/* The path of this program, for it may be run from elsewhere later. */
static const char *own_program(struct arena *a)
{
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);

    return n > 0 ? arena_copy(a, path, (size_t)n) : "/proc/self/exe";
}

static const char *copy_or_empty(struct arena *a, const char *text)
{
    return text ? arena_strdup(a, text) : "";
}

static void worker_start(struct reader_pool *p, struct worker *w)
{
    const struct reader_options *o = &p->options;
    cJSON *setup;

    if (!process_start(&w->process, o->program, o->memory_mib)) {
        p->bad_starts++;
        return;
    }
    setup = cJSON_CreateObject();
    cJSON_AddStringToObject(setup, "case", o->case_folder);
    cJSON_AddStringToObject(setup, "pages", o->pages_folder);
    cJSON_AddNumberToObject(setup, "cpu", o->cpu_seconds);
    w->state = WORKER_STARTING;
    w->deadline = now_ms() + START_SECONDS * 1000LL;
    message_send(w->process.fd, setup); /* a dead worker is seen by poll */
    cJSON_Delete(setup);
}

static void worker_stop(struct worker *w)
{
    process_stop(&w->process);
    buf_clear(&w->pending);
    w->state = WORKER_OFF;
}

struct reader_pool *reader_pool_open(const struct reader_options *o)
{
    struct reader_pool *p = calloc(1, sizeof *p);

    if (!p)
        return NULL;
    p->options = *o;
    p->options.program =
        o->program ? arena_strdup(&p->mem, o->program) : own_program(&p->mem);
    p->options.case_folder = copy_or_empty(&p->mem, o->case_folder);
    p->options.pages_folder = copy_or_empty(&p->mem, o->pages_folder);
    p->n_workers = worker_count(o->workers);
    for (int i = 0; i < p->n_workers; i++) {
        p->workers[i].process.fd = -1;
        worker_start(p, &p->workers[i]);
    }
    return p;
}

void reader_pool_submit(struct reader_pool *p, const char *file, int number)
{
    if (p->n_jobs == p->capacity) {
        size_t more = p->capacity ? p->capacity * 2 : 64;

        p->jobs =
            arena_grow(&p->mem, p->jobs, p->n_jobs, more, sizeof *p->jobs);
        p->capacity = more;
    }
    p->jobs[p->n_jobs++] = (struct job){arena_strdup(&p->mem, file), number, 0};
}

size_t reader_pool_left(const struct reader_pool *p)
{
    return p->n_jobs - p->next_job + p->n_again + p->busy;
}

static bool take_job(struct reader_pool *p, size_t *job)
{
    if (p->n_again) {
        *job = p->again[--p->n_again];
        return true;
    }
    if (p->next_job == p->n_jobs)
        return false;
    *job = p->next_job++;
    return true;
}

static void put_back(struct reader_pool *p, size_t job)
{
    if (p->n_again == p->again_capacity) {
        size_t more = p->again_capacity ? p->again_capacity * 2 : 16;

        p->again =
            arena_grow(&p->mem, p->again, p->n_again, more, sizeof *p->again);
        p->again_capacity = more;
    }
    p->again[p->n_again++] = job;
}

static void give_jobs(struct reader_pool *p)
{
    for (int i = 0; i < p->n_workers; i++) {
        struct worker *w = &p->workers[i];
        cJSON *body;

        if (w->state == WORKER_OFF && p->n_jobs - p->next_job + p->n_again > 0)
            worker_start(p, w);
        if (w->state != WORKER_IDLE || !take_job(p, &w->job))
            continue;
        body = cJSON_CreateObject();
        cJSON_AddNumberToObject(body, "job", (double)w->job);
        cJSON_AddStringToObject(body, "file", p->jobs[w->job].file);
        cJSON_AddNumberToObject(body, "number", p->jobs[w->job].number);
        message_send(w->process.fd, body); /* a dead worker is seen by poll */
        cJSON_Delete(body);
        w->state = WORKER_BUSY;
        w->deadline = now_ms() + p->options.page_seconds * 1000LL;
        p->jobs[w->job].tries++;
        p->busy++;
    }
}

static void quarantine(const struct job *job, struct page_result *out,
                       struct arena *a)
{
    char sha256[HASH_HEX] = "";

    intake_hash_file(job->file, job->number, sha256);
    *out = (struct page_result){
        .sha256 = arena_strdup(a, sha256),
        .file = arena_strdup(a, job->file),
        .number = job->number,
        .state = PAGE_QUARANTINED,
        .reason = "reader-crashed",
        .message_ja = "このページの読み取り中に異常終了しました。手で入力して"
                      "ください",
        .message_en = "reading this page failed twice: enter it by hand",
        .form = "",
        .version = "",
    };
}

/* The worker is gone or late. True when its page is given up: *out is it. */
static bool lose_worker(struct reader_pool *p, struct worker *w,
                        struct page_result *out, struct arena *a)
{
    enum worker_state state = w->state;
    struct job *job = state == WORKER_BUSY ? &p->jobs[w->job] : NULL;

    worker_stop(w);
    if (state == WORKER_STARTING)
        p->bad_starts++;
    if (!job)
        return false;
    p->busy--;
    if (job->tries < TRIES) {
        put_back(p, w->job);
        return false;
    }
    quarantine(job, out, a);
    return true;
}

static const char *text_of(const cJSON *object, const char *key)
{
    const char *text =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));

    return text ? text : "";
}

/* The worker said it is ready, or why not: then no other will start either. */
static void worker_ready(struct reader_pool *p, struct worker *w,
                         const cJSON *body, struct diag *d)
{
    const cJSON *line = cJSON_GetObjectItemCaseSensitive(body, "line");
    struct finding f = {.severity = SEVERITY_ERROR};

    if (cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(body, "ready"))) {
        w->state = WORKER_IDLE;
        p->bad_starts = 0;
        return;
    }
    f.at = (struct pos){text_of(body, "file"),
                        cJSON_IsNumber(line) ? line->valueint : 0, 0};
    f.check = text_of(body, "check");
    f.what = (struct label){text_of(body, "ja"), text_of(body, "en")};
    if (*f.check && d)
        diag_add(d, &f);
    p->told = *f.check != '\0';
    worker_stop(w);
    p->bad_starts = STARTS;
}

/* One message; true when it is a page's result. */
static bool worker_said(struct reader_pool *p, struct worker *w,
                        const cJSON *body, struct page_result *out,
                        struct arena *a, struct diag *d)
{
    if (w->state == WORKER_STARTING) {
        worker_ready(p, w, body, d);
        return false;
    }
    if (w->state != WORKER_BUSY ||
        !result_from_json(cJSON_GetObjectItemCaseSensitive(body, "result"), out,
                          a))
        return lose_worker(p, w, out, a);
    w->state = WORKER_IDLE;
    p->busy--;
    return true;
}

static bool hear(struct reader_pool *p, struct worker *w,
                 struct page_result *out, struct arena *a, struct diag *d)
{
    bool damaged = false, result;
    cJSON *body;

    if (!message_feed(w->process.fd, &w->pending))
        return lose_worker(p, w, out, a);
    body = message_take(&w->pending, &damaged);
    if (damaged)
        return lose_worker(p, w, out, a);
    if (!body)
        return false;
    result = worker_said(p, w, body, out, a, d);
    cJSON_Delete(body);
    return result;
}

/* ms until the first worker is late; a little when none works, for then one
 * could not be started and is tried again. */
static int patience(const struct reader_pool *p)
{
    long long first = -1, now = now_ms();

    for (int i = 0; i < p->n_workers; i++) {
        const struct worker *w = &p->workers[i];

        if ((w->state == WORKER_BUSY || w->state == WORKER_STARTING) &&
            (first < 0 || w->deadline < first))
            first = w->deadline;
    }
    if (first < 0)
        return 100;
    return first <= now ? 0 : (int)(first - now);
}

/* Listens once to all workers; true when *out was filled. */
static bool listen_once(struct reader_pool *p, struct page_result *out,
                        struct arena *a, struct diag *d)
{
    struct pollfd fds[WORKERS_MOST];

    for (int i = 0; i < p->n_workers; i++)
        fds[i] = (struct pollfd){p->workers[i].process.fd, POLLIN, 0};
    if (poll(fds, (nfds_t)p->n_workers, patience(p)) < 0 && errno != EINTR)
        return false;
    for (int i = 0; i < p->n_workers; i++) {
        struct worker *w = &p->workers[i];
        bool late = (w->state == WORKER_BUSY || w->state == WORKER_STARTING) &&
                    now_ms() >= w->deadline;

        if (fds[i].revents && hear(p, w, out, a, d))
            return true;
        if (!fds[i].revents && late && lose_worker(p, w, out, a))
            return true;
    }
    return false;
}

enum pool_next reader_pool_next(struct reader_pool *p, struct page_result *out,
                                struct arena *a, struct diag *d)
{
    for (;;) {
        if (reader_pool_left(p) == 0)
            return POOL_DONE;
        if (p->bad_starts >= STARTS && p->busy == 0) {
            if (!p->told)
                diag_error(d, POS_FILE(p->options.program), "reader-start",
                           "読み取りの子プロセスを起動できません",
                           "the reading process cannot be started");
            return POOL_FAILED;
        }
        if (p->bad_starts < STARTS)
            give_jobs(p);
        if (listen_once(p, out, a, d))
            return POOL_RESULT;
    }
}

void reader_pool_close(struct reader_pool *p)
{
    for (int i = 0; p && i < p->n_workers; i++) {
        worker_stop(&p->workers[i]);
        buf_release(&p->workers[i].pending);
    }
    if (p)
        arena_release(&p->mem);
    free(p);
}
