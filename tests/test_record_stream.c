/* Records read household by household are the records read whole. */
#include "core/csv.h"
#include "records/record_ahead.h"
#include "records/record_csv.h"
#include "tests/records_help.h"

#include <stdio.h>
#include <unistd.h>

struct world {
    struct arena mem;
    struct dictionary dict;
    struct diag d;
    const char *folder;
};

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    char name[] = "/tmp/nyusho-stream-XXXXXX";
    assert_non_null(w);
    w->d = DIAG_INIT;
    help_dictionary(&w->dict, &w->mem);
    assert_non_null(mkdtemp(name));
    w->folder = arena_strdup(&w->mem, name);
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;
    struct arena a = ARENA_INIT;
    size_t n;
    char **names = folder_list(w->folder, &a, &n, &w->d);
    for (size_t i = 0; i < n; i++)
        unlink(path_join(&a, w->folder, names[i]));
    rmdir(w->folder);
    arena_release(&a);
    diag_release(&w->d);
    arena_release(&w->mem);
    free(w);
    return 0;
}

static void put(struct world *w, const char *name, const char *text)
{
    const char *path = path_join(&w->mem, w->folder, name);
    assert_true(file_write_atomic(path, text, strlen(text), &w->d));
}

/* Keys and values of a set, a line for each row. */
static void list(const struct record_set *set, struct buf *out)
{
    struct arena a = ARENA_INIT;
    for (size_t h = 0; h < set->n_households; h++)
        for (int s = 0; s < N_SCOPES; s++)
            for (size_t r = set->households[h].first[s];
                 r < set->households[h].end[s]; r++) {
                const struct record_table *t = &set->tables[s];
                buf_printf(out, "%s %s %s %d %d", scope_infos[s].name,
                           t->keys[r].household, t->keys[r].child,
                           t->keys[r].person, t->keys[r].seq);
                for (size_t k = 0; k < t->n_fields; k++)
                    buf_printf(out, ",%s",
                               value_format(set->dict->by_scope[s][k],
                                            table_slot(t, r, k), set->strings,
                                            &a));
                buf_char(out, '\n');
            }
    for (size_t i = 0; i < set->n_manual; i++)
        buf_printf(out, "manual %s %s %lld\n", set->manual[i].household,
                   set->manual[i].rule, (long long)set->manual[i].points);
    arena_release(&a);
}

static const char *take(struct buf *text, struct arena *a)
{
    char *copy = arena_copy(a, text->bytes, text->len);
    buf_release(text);
    return copy;
}

/* In sets of n households, by a thread of its own when `ahead`. */
static const char *stream(struct world *w, size_t n, bool ahead, size_t *sets)
{
    struct buf text = BUF_INIT;
    struct record_set set;
    struct record_stream *in =
        record_stream_open(w->folder, &w->dict, &w->mem, &w->d);
    struct record_ahead *thread =
        in && ahead ? record_ahead_open(in, n, &w->mem) : NULL;
    *sets = 0;
    if (ahead) /* so that several sets are waiting; nothing fails without */
        usleep(20000);
    while (in && (ahead ? record_ahead_next(thread, &set)
                        : record_stream_next(in, &set, n))) {
        assert_true(set.n_households <= n);
        list(&set, &text);
        record_set_release(&set);
        ++*sets;
    }
    record_ahead_close(thread);
    bool failed = record_stream_failed(in);
    record_stream_close(in);
    if (!failed)
        return take(&text, &w->mem);
    buf_release(&text);
    return NULL;
}

static const char households[] =
    "世帯番号,住所\n1,\"見本市,一丁目\"\n10,見本市二丁目\n2,\n3,四\n";
static const char children[] = "児童番号,世帯番号,児童生年月日\n"
                               "a-2,1,2024-05-05\na-1,1,2023-04-02\n"
                               "b,10,\nc,2,#該当なし\n";
static const char guardians[] = "世帯番号,人番号,氏名\n1,2,花子\n1,1,太郎\n"
                                "4,1,四郎\n";
static const char manual[] = "世帯番号,児童番号,人番号,規則,点数,理由,入力者,"
                             "承認者\n"
                             "2,,,care,1.5,面談,係,課長\n9,,,care,1,面談,係,\n"
                             "05,,,care,3,面談,係,\n"
                             "10,,,care,2,面談,係,\n";

static void streams_are_the_whole(void **state)
{
    struct world *w = *state;
    struct record_set set;
    struct buf text = BUF_INIT;
    size_t sets;
    put(w, "household.csv", households);
    put(w, "child.csv", children);
    put(w, "guardian.csv", guardians);
    put(w, "manual_points.csv", manual);
    record_set_init(&set, &w->dict);
    assert_true(record_csv_load(&set, w->folder, &w->d));
    /* Household by household, as the stream gives them; 05 and 9 do not
     * apply. */
    for (size_t h = 0; h < set.n_households; h++) {
        struct record_set one = set;
        one.households = &set.households[h];
        one.n_households = 1;
        one.n_manual = 0;
        list(&one, &text);
        for (size_t i = 0; i < set.n_manual; i++) {
            one.manual = &set.manual[i];
            one.n_manual = 1;
            one.n_households = 0;
            if (strcmp(one.manual->household, set.households[h].no) == 0)
                list(&one, &text);
        }
    }
    const char *whole = take(&text, &w->mem);
    record_set_release(&set);
    assert_string_equal(stream(w, 1, false, &sets), whole);
    assert_int_equal(sets, 5);
    assert_string_equal(stream(w, 1, true, &sets), whole);
    assert_int_equal(sets, 5);
    assert_int_equal(w->d.n, 0);
    /* In larger sets only the points of a set stand behind its rows. */
    assert_int_equal(strlen(stream(w, 2, true, &sets)), strlen(whole));
    assert_int_equal(sets, 3);
    assert_int_equal(strlen(stream(w, 100, true, &sets)), strlen(whole));
    assert_int_equal(sets, 1);
}

static void what_is_wrong_has_its_place(void **state)
{
    static const struct {
        const char *file, *text, *said;
    } rows[] = {
        {"child.csv", "世帯番号,児童番号\n1,a\n10,b\n2,c\n3,d\n", ""},
        {"child.csv", "世帯番号,児童番号\n1,a\n2,b\n10,c\n",
         "child.csv:4:1 records-not-sorted"},
        {"child.csv", "世帯番号,児童番号\n2,a\n1,b\n",
         "child.csv:3:1 records-not-sorted"},
        {"child.csv", "世帯番号,児童番号,性別\n1,a,x\n1,b,女\n2,c,y\n",
         "child.csv:2:3 unknown-value child.csv:4:3 unknown-value"},
        {"child.csv", "世帯番号,児童番号,性別\n1,a,x\n2,b,x\n",
         "child.csv:2:3 unknown-value child.csv:3:3 unknown-value"},
        {"child.csv", "世帯番号,児童番号\n1,a\n1,a\n",
         "child.csv:3:0 duplicate-row"},
        {"child.csv", "世帯番号,児童番号\n1,a\n,b\n2,c\n",
         "child.csv:3:1 key-missing"},
        {"child.csv", "世帯番号,児童番号,身長\n1,a,\n",
         "child.csv:1:3 unknown-column"},
        {"child.csv", "世帯番号\n1\n", "child.csv:1:0 missing-column"},
        {"child.csv", "世帯番号,児童番号\n1,a,b\n",
         "child.csv:2:0 csv-columns"},
        {"child.csv", "世帯番号,児童番号\n1,\"a\n", "child.csv:2:2 csv-quote"},
        {"child.csv", "世帯番号,児童番号\n1,\x83\x41\n",
         "child.csv:2:0 bad-encoding"},
        {"child.csv", "", "child.csv:0:0 csv-empty"},
        {"other.csv", "世帯番号,児童番号\n1,a\n", ":0:0 no-records"},
        {"manual_points.csv", "世帯番号,規則\n1,a\n",
         "manual_points.csv:1:0 missing-column"},
    };
    struct world *w = *state;
    int wrong = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf said = BUF_INIT;
        size_t sets;
        put(w, rows[i].file, rows[i].text);
        bool ok = stream(w, 1, i % 2, &sets) != NULL;
        for (size_t k = 0; k < w->d.n && k < 2; k++) {
            const struct finding *f = &w->d.items[k];
            const char *file =
                strcmp(f->at.file, w->folder) == 0 ? "" : path_name(f->at.file);
            buf_printf(&said, "%s%s:%d:%d %s", k ? " " : "", file, f->at.line,
                       f->at.column, f->check);
        }
        if (strncmp(said.len ? said.bytes : "", rows[i].said,
                    strlen(rows[i].said)) != 0 ||
            ok != !*rows[i].said) {
            print_error("%zu: %s, not %s\n", i, said.len ? said.bytes : "",
                        rows[i].said);
            wrong++;
        }
        buf_release(&said);
        diag_release(&w->d);
        w->d = DIAG_INIT;
        unlink(path_join(&w->mem, w->folder, rows[i].file));
    }
    assert_int_equal(wrong, 0);
}

/* Longer than a piece of the reader, with line breaks inside cells. */
static void long_files_are_read_in_pieces(void **state)
{
    struct world *w = *state;
    struct buf text = BUF_INIT;
    const char **cells;
    size_t n, rows = 0;
    int line;
    buf_text(&text, "番号,文\n");
    while (text.len < 5u << 20)
        buf_printf(&text, "%zu,\"あ,\nい%zu\"\n", rows, rows), rows++;
    put(w, "long.csv", text.bytes);
    buf_release(&text);
    struct csv_reader *r = csv_reader_open_file(
        path_join(&w->mem, w->folder, "long.csv"), &w->mem, &w->d);
    assert_true(csv_reader_next(r, &cells, &n, &line));
    size_t total = rows;
    for (rows = 0; csv_reader_next(r, &cells, &n, &line); rows++) {
        char want[64];
        snprintf(want, sizeof want, "あ,\nい%zu", rows);
        assert_int_equal(strtoul(cells[0], NULL, 10), rows);
        assert_string_equal(cells[1], want);
        assert_int_equal(line, 2 + 2 * (int)rows);
    }
    assert_false(csv_reader_failed(r));
    assert_int_equal(rows, total);
    csv_reader_close(r);
}

static void rows_have_a_limit(void **state)
{
    struct world *w = *state;
    struct buf text = BUF_INIT;
    const char **cells;
    size_t n;
    int line;
    buf_text(&text, "番号\n1\n\"");
    while (text.len < 5u << 20)
        buf_text(&text, "xxxxxxxxxxxxxxx\n");
    buf_text(&text, "\"\n2\n");
    put(w, "row.csv", text.bytes);
    buf_release(&text);
    struct csv_reader *r = csv_reader_open_file(
        path_join(&w->mem, w->folder, "row.csv"), &w->mem, &w->d);
    while (csv_reader_next(r, &cells, &n, &line))
        ;
    assert_true(csv_reader_failed(r));
    assert_int_equal(w->d.errors, 1);
    assert_int_equal(w->d.items[0].at.line, 3);
    csv_reader_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(streams_are_the_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_wrong_has_its_place, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(long_files_are_read_in_pieces, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(rows_have_a_limit, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
