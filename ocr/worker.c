#include "ocr/worker.h"

#include "ocr/message.h"
#include "ocr/result_json.h"
#include "ocr/worker_fd.h"

#include <cJSON.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *text_of(const cJSON *object, const char *key)
{
    const char *text =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));

    return text ? text : "";
}

static int int_of(const cJSON *object, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);

    return cJSON_IsNumber(item) ? item->valueint : 0;
}

static bool send_and_delete(cJSON *body)
{
    bool ok = message_send(WORKER_FD, body);

    cJSON_Delete(body);
    return ok;
}

/* What kept the worker from starting: its first error. */
static bool send_start(const struct diag *d, bool ok)
{
    cJSON *body = cJSON_CreateObject();

    cJSON_AddBoolToObject(body, "ready", ok);
    for (size_t i = 0; !ok && i < d->n; i++) {
        const struct finding *f = &d->items[i];

        if (f->severity != SEVERITY_ERROR)
            continue;
        cJSON_AddStringToObject(body, "check", f->check);
        cJSON_AddStringToObject(body, "file", f->at.file ? f->at.file : "");
        cJSON_AddNumberToObject(body, "line", f->at.line);
        cJSON_AddStringToObject(body, "ja", f->what.ja);
        cJSON_AddStringToObject(body, "en", f->what.en);
        break;
    }
    return send_and_delete(body) && ok;
}

static bool start(const struct worker_handler *h, struct worker_setup *setup)
{
    cJSON *message = message_receive(WORKER_FD);
    struct diag d = DIAG_INIT;
    bool ok;

    if (!message)
        return false;
    *setup = (struct worker_setup){text_of(message, "case"),
                                   text_of(message, "pages"),
                                   int_of(message, "cpu")};
    ok = h->start(h->self, setup, &d);
    ok = send_start(&d, ok);
    cJSON_Delete(message);
    diag_release(&d);
    return ok;
}

/* The limit of a process counts from its birth: it is moved for every page. */
static void limit_cpu(int seconds)
{
    struct rusage used;
    struct rlimit limit;

    if (seconds <= 0 || getrusage(RUSAGE_SELF, &used) != 0 ||
        getrlimit(RLIMIT_CPU, &limit) != 0)
        return;
    limit.rlim_cur =
        (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1 + seconds);
    setrlimit(RLIMIT_CPU, &limit);
}

static bool serve_one(const struct worker_handler *h, const cJSON *job,
                      int cpu_seconds)
{
    struct arena mem = ARENA_INIT;
    struct page_result result;
    cJSON *body = cJSON_CreateObject();
    bool ok;

    memset(&result, 0, sizeof result);
    limit_cpu(cpu_seconds);
    h->read(h->self, text_of(job, "file"), int_of(job, "number"), &result,
            &mem);
    cJSON_AddNumberToObject(body, "job", int_of(job, "job"));
    cJSON_AddItemToObject(body, "result", result_to_json(&result));
    ok = send_and_delete(body);
    arena_release(&mem);
    return ok;
}

int worker_serve(const struct worker_handler *h)
{
    struct worker_setup setup;
    struct stat s;
    cJSON *job;
    int cpu;

    if (fstat(WORKER_FD, &s) != 0 || !S_ISSOCK(s.st_mode))
        return 2;
    if (!start(h, &setup)) {
        h->stop(h->self);
        return 3;
    }
    cpu = setup.cpu_seconds;
    while ((job = message_receive(WORKER_FD))) {
        bool ok = serve_one(h, job, cpu);

        cJSON_Delete(job);
        if (!ok)
            break;
    }
    h->stop(h->self);
    return 0;
}
