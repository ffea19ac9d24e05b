#include "ocr/message.h"
#include "ocr/result_json.h"
#include "ocr/worker.h"

#include <cJSON.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/*
 * This program is its own worker, as nyusho is. The pages are words that say
 * what happens to who reads them.
 */
static bool fake_start(void *self, const struct worker_setup *s, struct diag *d)
{
    (void)self;
    if (strcmp(s->case_folder, "dies at start") == 0)
        raise(SIGKILL);
    if (strcmp(s->case_folder, "refuses") == 0)
        return diag_error(d, POS_FILE("jpn.traineddata"), "no-model", "%s",
                          "%s is missing", "jpn");
    return true;
}

static void fake_read(void *self, const char *file, int number,
                      struct page_result *out, struct arena *a)
{
    const char *marker = getenv("MARKER");

    (void)self;
    if (strcmp(file, "crash") == 0)
        raise(SIGKILL);
    if (strcmp(file, "crash once") == 0 && marker &&
        access(marker, F_OK) != 0) {
        FILE *mark = fopen(marker, "w");

        if (mark)
            fclose(mark);
        raise(SIGKILL);
    }
    while (strcmp(file, "hang") == 0)
        pause();
    out->file = arena_strdup(a, file);
    out->number = number;
    out->sha256 = getenv("OMP_THREAD_LIMIT");
}

static void fake_stop(void *self)
{
    (void)self;
}

static const struct worker_handler fake = {NULL, fake_start, fake_read,
                                           fake_stop};

struct run {
    struct arena mem;
    struct diag d;
    struct reader_pool *pool;
    struct page_result results[64];
    size_t n;
    enum pool_next end;
};

static void run_pool(struct run *r, const char *folder, int workers,
                     const char *const *files)
{
    struct reader_options o = READER_OPTIONS;

    *r = (struct run){.mem = ARENA_INIT, .d = DIAG_INIT};
    o.workers = workers;
    o.case_folder = folder;
    o.page_seconds = 1;
    r->pool = reader_pool_open(&o);
    for (int i = 0; files[i]; i++)
        reader_pool_submit(r->pool, files[i], i);
    while ((r->end = reader_pool_next(r->pool, &r->results[r->n], &r->mem,
                                      &r->d)) == POOL_RESULT)
        r->n++;
}

static void run_end(struct run *r)
{
    reader_pool_close(r->pool);
    arena_release(&r->mem);
    diag_release(&r->d);
}

static const struct page_result *result_of(const struct run *r,
                                           const char *file)
{
    for (size_t i = 0; i < r->n; i++)
        if (strcmp(r->results[i].file, file) == 0)
            return &r->results[i];
    fail_msg("no result for %s", file);
    return NULL;
}

static void every_page_comes_back_once(void **state)
{
    static const char *const files[] = {"a", "b", "c", "d", "e",
                                        "f", "g", "h", NULL};
    (void)state;
    for (int workers = 1; workers <= 4; workers += 3) {
        struct run r;

        run_pool(&r, "", workers, files);
        assert_int_equal(r.end, POOL_DONE);
        assert_int_equal(r.n, 8);
        for (int i = 0; i < 8; i++)
            assert_int_equal(result_of(&r, files[i])->number, i);
        run_end(&r);
    }
}

static void tesseract_gets_one_thread(void **state)
{
    static const char *const files[] = {"a", NULL};
    struct run r;

    (void)state;
    setenv("OMP_THREAD_LIMIT", "7", 1);
    run_pool(&r, "", 1, files);
    assert_string_equal(result_of(&r, "a")->sha256, "1");
    run_end(&r);
}

static void a_page_that_kills_its_reader_is_put_aside(void **state)
{
    static const char *const files[] = {"a", "crash", "b", "hang", "c", NULL};
    static const char *const bad[] = {"crash", "hang"};
    struct run r;

    (void)state;
    run_pool(&r, "", 2, files);
    assert_int_equal(r.end, POOL_DONE);
    assert_int_equal(r.n, 5);
    for (int i = 0; i < 2; i++) {
        const struct page_result *p = result_of(&r, bad[i]);

        assert_int_equal(p->state, PAGE_QUARANTINED);
        assert_string_equal(p->reason, "reader-crashed");
    }
    assert_int_equal(result_of(&r, "c")->state, PAGE_READ);
    run_end(&r);
}

static void a_page_is_tried_twice(void **state)
{
    static const char *const files[] = {"crash once", "a", NULL};
    char marker[] = "/tmp/nyusho-worker-XXXXXX";
    struct run r;

    (void)state;
    close(mkstemp(marker));
    unlink(marker);
    setenv("MARKER", marker, 1);
    run_pool(&r, "", 1, files);
    assert_int_equal(result_of(&r, "crash once")->state, PAGE_READ);
    assert_int_equal(access(marker, F_OK), 0);
    unlink(marker);
    run_end(&r);
}

static void workers_that_cannot_start_say_why(void **state)
{
    static const char *const files[] = {"a", "b", NULL};
    struct run r;

    (void)state;
    run_pool(&r, "refuses", 2, files);
    assert_int_equal(r.end, POOL_FAILED);
    assert_true(diag_has(&r.d, "no-model"));
    run_end(&r);
    run_pool(&r, "dies at start", 2, files);
    assert_int_equal(r.end, POOL_FAILED);
    assert_true(diag_has(&r.d, "reader-start"));
    run_end(&r);
}

static void a_result_survives_the_pipe(void **state)
{
    struct reading readings[] = {
        {"child.kana",
         READING_ACCEPTED,
         "ヤマダ",
         "ヤマ ダ",
         "ヤマタ",
         "",
         997,
         {1, 2, 30, 40}},
        {"child.birth",
         READING_DOUBT,
         "",
         "\"\\\n",
         "",
         "digits-unsure",
         3,
         {0, 0, 0, 0}},
    };
    struct page_result before = {
        .sha256 = "abc",
        .file = "a b.tif",
        .number = 3,
        .state = PAGE_READ,
        .reason = "",
        .message_ja = "",
        .message_en = "",
        .form = "application",
        .version = "2027",
        .page = 2,
        .qr = {.form = "application",
               .version = "2027",
               .page = 2,
               .household = "H1",
               .child = "",
               .received = ""},
        .rotation = 180,
        .residual = 7,
        .width = 10,
        .height = 20,
        .dpi = 200,
        .readings = readings,
        .n_readings = 2,
        .cpu_us = 12345678901,
    };
    struct page_result after;
    struct arena mem = ARENA_INIT;
    cJSON *json = result_to_json(&before), *again;

    (void)state;
    assert_true(result_from_json(json, &after, &mem));
    again = result_to_json(&after);
    assert_true(cJSON_Compare(json, again, true));
    assert_string_equal(after.readings[0].value, "ヤマダ");
    assert_int_equal(after.readings[0].box.height, 40);
    assert_string_equal(after.qr.household, "H1");
    assert_true(after.cpu_us == before.cpu_us);
    cJSON_Delete(json);
    cJSON_Delete(again);
    arena_release(&mem);
}

static void nonsense_is_no_result(void **state)
{
    static const char *const rows[] = {
        "{}",
        "[]",
        "{\"readings\":3}",
        "{\"readings\":[],\"state\":9}",
        "{\"readings\":[{\"state\":-1}]}",
    };
    struct arena mem = ARENA_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cJSON *json = cJSON_Parse(rows[i]);
        struct page_result r;

        assert_false(result_from_json(json, &r, &mem));
        cJSON_Delete(json);
    }
    arena_release(&mem);
}

static void damaged_messages_are_noticed(void **state)
{
    struct buf b = BUF_INIT;
    bool damaged;
    cJSON *body;

    (void)state;
    buf_add(&b, "\0\0\0\x04{}", 6);
    assert_null(message_take(&b, &damaged));
    assert_false(damaged);
    buf_add(&b, "  \0\0", 4);
    body = message_take(&b, &damaged);
    assert_non_null(body);
    cJSON_Delete(body);
    assert_int_equal(b.len, 2);
    buf_clear(&b);
    buf_add(&b, "\x7f\0\0\0", 4);
    assert_null(message_take(&b, &damaged));
    assert_true(damaged);
    buf_clear(&b);
    buf_add(&b, "\0\0\0\x02{{", 6);
    assert_null(message_take(&b, &damaged));
    assert_true(damaged);
    buf_release(&b);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_page_comes_back_once),
        cmocka_unit_test(tesseract_gets_one_thread),
        cmocka_unit_test(a_page_that_kills_its_reader_is_put_aside),
        cmocka_unit_test(a_page_is_tried_twice),
        cmocka_unit_test(workers_that_cannot_start_say_why),
        cmocka_unit_test(a_result_survives_the_pipe),
        cmocka_unit_test(nonsense_is_no_result),
        cmocka_unit_test(damaged_messages_are_noticed),
    };

    if (argc > 1 && strcmp(argv[1], "worker") == 0)
        return worker_serve(&fake);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
