#include "cli/read_scans.h"

#include "cli/case_assemble.h"
#include "cli/case_forms.h"
#include "cli/read_store.h"
#include "core/file.h"
#include "ocr/intake.h"
#include "ocr/worker.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A page on its way: where it is, and what people call its file. */
struct scan {
    const char *path, *name;
    const char *file_sha256;
    int number;
};

struct reading_job {
    struct cli *c;
    struct case_forms forms;
    struct case_db *db;
    struct intake in;
    struct scan *scans;     /* by (path, number) */
    size_t n, done, before; /* to read, read now, read earlier */
    struct timespec start;
};

/* "scans/0012.tif" for a file found under a folder named, "0012.tif" for one
 * that was named itself: the same on every machine. */
static const char *scan_name(const char *const *paths, size_t n,
                             const char *file)
{
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(paths[i]);
        while (len > 1 && paths[i][len - 1] == '/')
            len--;
        if (strncmp(file, paths[i], len) != 0 || file[len] != '/')
            continue;
        size_t from = len;
        while (from && paths[i][from - 1] != '/')
            from--;
        if (from < len && paths[i][from] != '.')
            return file + from;
        return file + len + 1 + strspn(file + len, "/") - 1;
    }
    return path_name(file);
}

static int by_place(const void *x, const void *y)
{
    const struct scan *a = x, *b = y;
    int c = strcmp(a->path, b->path);
    return c ? c : (a->number > b->number) - (a->number < b->number);
}

/* Hash of the file's bytes: a name may come again with other pages in it. */
static const char *file_hash(struct reading_job *job, const char *path)
{
    struct arena scratch = ARENA_INIT;
    char hex[HASH_HEX] = "";
    size_t len;
    const char *bytes = file_read(path, (size_t)1 << 31, &scratch, &len, NULL);
    if (bytes)
        hash_bytes_hex(bytes, len, hex);
    arena_release(&scratch);
    return arena_strdup(&job->c->mem, hex);
}

/* The pages that were not read before, without repeats. */
static void choose_pages(struct reading_job *job, const char *const *paths,
                         size_t n_paths)
{
    struct cli *c = job->c;
    const char *last = NULL, *sha256 = NULL;
    job->scans = ARENA_ARRAY(&c->mem, struct scan, job->in.n);
    for (size_t i = 0; i < job->in.n; i++) {
        const struct intake_page *p = &job->in.pages[i];
        const char *name = scan_name(paths, n_paths, p->file);
        if (!last || strcmp(last, p->file) != 0)
            sha256 = file_hash(job, p->file);
        last = p->file;
        if (case_has_page(job->db, name, p->number, sha256, job->forms.reader))
            job->before++;
        else
            job->scans[job->n++] =
                (struct scan){p->file, name, sha256, p->number};
    }
    qsort(job->scans, job->n, sizeof *job->scans, by_place);
}

/* A file without a page stands in quarantine under its own hash, so that it is
 * in every list of findings until somebody has looked: that is where it is
 * said. Anything else is said here. */
static bool keep_refused(struct reading_job *job, const struct finding *f,
                         const char *const *paths, size_t n)
{
    char sha256[HASH_HEX];
    if (f->severity == SEVERITY_NOTE || !file_exists(f->at.file) ||
        folder_exists(f->at.file) || !intake_hash_file(f->at.file, 1, sha256)) {
        diag_add(&job->c->diag, f);
        return true;
    }
    struct page_result p = {.sha256 = sha256,
                            .number = f->at.line ? f->at.line : 1,
                            .state = PAGE_QUARANTINED,
                            .reason = f->check,
                            .message_ja = f->what.ja,
                            .message_en = f->what.en};
    return read_store(job->db, &job->forms, &p, scan_name(paths, n, f->at.file),
                      file_hash(job, f->at.file), &job->c->mem, &job->c->diag);
}

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) +
           (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

/* One line that rewrites itself, on a terminal only. */
static void progress(const struct reading_job *job)
{
    if (job->c->quiet || job->c->json || !isatty(STDERR_FILENO) || !job->done)
        return;
    double rate = (double)job->done / (seconds_since(&job->start) + 0.001);
    double left = (double)(job->n - job->done) / rate;
    fprintf(stderr,
            job->c->lang == LANG_EN
                ? "\r%zu of %zu pages, %.1f pages/s, %.0f s left \033[K"
                : "\r%zu / %zu ページ  %.1f ページ/秒  残り %.0f 秒 \033[K",
            job->done, job->n, rate, left);
    if (job->done == job->n)
        fputs("\r\033[K", stderr);
}

static bool keep_result(struct reading_job *job, const struct page_result *p,
                        struct arena *a)
{
    const struct scan key = {.path = p->file, .number = p->number};
    const struct scan *s =
        bsearch(&key, job->scans, job->n, sizeof *job->scans, by_place);
    job->done++;
    progress(job);
    return s && read_store(job->db, &job->forms, p, s->name, s->file_sha256, a,
                           &job->c->diag);
}

static bool read_pages(struct reading_job *job, int workers)
{
    struct cli *c = job->c;
    struct reader_options o = READER_OPTIONS;
    struct page_result p;
    bool ok = true;
    enum pool_next next = POOL_DONE;
    if (!job->n)
        return true;
    o.workers = workers;
    o.case_folder = job->forms.ctx.folder;
    o.pages_folder = path_join(&c->mem, job->forms.ctx.folder, "pages");
    if (!folder_make(o.pages_folder, &c->diag))
        return false;
    clock_gettime(CLOCK_MONOTONIC, &job->start);
    struct reader_pool *pool = reader_pool_open(&o);
    for (size_t i = 0; i < job->n; i++)
        reader_pool_submit(pool, job->scans[i].path, job->scans[i].number);
    while (ok) {
        struct arena mem = ARENA_INIT;
        next = reader_pool_next(pool, &p, &mem, &c->diag);
        if (next == POOL_RESULT)
            ok = keep_result(job, &p, &mem);
        arena_release(&mem);
        if (next != POOL_RESULT)
            break;
    }
    reader_pool_close(pool);
    return ok && next == POOL_DONE;
}

static int finish(struct reading_job *job)
{
    struct cli *c = job->c;
    struct case_counts n;
    if (!case_assemble(c, job->db, &job->forms.ctx) ||
        !case_count(job->db, &n, &c->diag))
        return cli_failure(c);
    long long values = 0;
    for (int k = 0; k < N_CASE_READING_STATES; k++)
        values += (long long)n.readings[k];
    cli_say(c,
            "%zu ページを読みました (前に読んだもの %zu)。隔離 %lld、様式不明 "
            "%lld\n世帯 %lld、児童 %lld、項目 %lld、疑義 %lld (うち指数・内定に"
            "関わるもの %lld)\n",
            "read %zu pages (%zu before), %lld in quarantine, %lld of unknown "
            "form\n%lld households, %lld children, %lld fields, %lld doubts "
            "(%lld of them carry points or places)\n",
            job->n, job->before, (long long)n.pages[CASE_PAGE_QUARANTINED],
            (long long)n.pages[CASE_PAGE_UNKNOWN_FORM], (long long)n.households,
            (long long)n.children, values, (long long)n.doubts_open,
            (long long)n.doubts_gating);
    cJSON_AddNumberToObject(c->report, "pages", (double)job->n);
    cJSON_AddNumberToObject(c->report, "pages before", (double)job->before);
    cJSON_AddNumberToObject(c->report, "households", (double)n.households);
    cJSON_AddNumberToObject(c->report, "children", (double)n.children);
    cJSON_AddNumberToObject(c->report, "fields", (double)values);
    cJSON_AddNumberToObject(c->report, "doubts", (double)n.doubts_open);
    cJSON_AddNumberToObject(c->report, "gating", (double)n.doubts_gating);
    if (!case_findings_write(c, job->db, &job->forms.ctx))
        return cli_failure(c);
    return c->diag.errors || c->diag.warnings ? EXIT_FINDINGS : EXIT_DONE;
}

static int read_into(struct reading_job *job, const char *const *paths,
                     size_t n, long workers)
{
    struct cli *c = job->c;
    struct diag intake = DIAG_INIT;
    bool any = intake_list(&job->in, paths, n, &c->mem, &intake), ok = true;
    for (size_t i = 0; i < intake.n; i++)
        ok = keep_refused(job, &intake.items[i], paths, n) && ok;
    diag_release(&intake);
    choose_pages(job, paths, n);
    ok = ok && read_pages(job, (int)workers);
    if (!ok)
        return cli_failure(c);
    int status = finish(job);
    return any ? status : EXIT_INPUT;
}

int read_scans(struct cli *c, const char *folder, const char *const *paths,
               size_t n)
{
    struct reading_job job = {.c = c};
    long workers;
    if (!cli_number(c, "--workers", 1, 64, 0, &workers) ||
        !case_forms_load(c, folder, &job.forms))
        return cli_failure(c);
    job.db = case_open(folder, CASE_CREATE, cli_stamp(c), &c->diag);
    int status = job.db ? read_into(&job, paths, n, workers) : cli_failure(c);
    case_close(job.db);
    return status;
}
