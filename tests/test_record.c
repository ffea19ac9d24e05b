#include "records_help.h"

struct world {
    struct arena mem;
    struct dictionary dict;
    struct record_set set;
};

static void world_open(struct world *w)
{
    w->mem = ARENA_INIT;
    help_dictionary(&w->dict, &w->mem);
    record_set_init(&w->set, &w->dict);
}

static void world_close(struct world *w)
{
    record_set_release(&w->set);
    record_set_release(&w->set); /* releasing an empty set is harmless */
    arena_release(&w->mem);
}

static struct slot number(int64_t n)
{
    return (struct slot){n, VALUE_KNOWN};
}

static void rows_come_out_sorted(void **state)
{
    (void)state;
    struct world w;
    world_open(&w);
    help_rows(&w.set, "@0010\njob:2:1 days_month=21\njob:1:2 days_month=12\n"
                      "@0009\njob:1:1 days_month=91\n"
                      "@0010\njob:1:1 days_month=11\nchild:9\n"
                      "@0011\nchild:10\n");
    record_set_finish(&w.set);
    static const struct {
        const char *household;
        int person, seq, days;
    } rows[] = {
        {"0009", 1, 1, 91},
        {"0010", 1, 1, 11},
        {"0010", 1, 2, 12},
        {"0010", 2, 1, 21},
    };
    const struct record_table *t = &w.set.tables[SCOPE_JOB];
    const struct field *days = help_field(&w.dict, "job.days_month");
    assert_int_equal(t->n_rows, COUNT(rows));
    for (size_t r = 0; r < COUNT(rows); r++) {
        assert_string_equal(t->keys[r].household, rows[r].household);
        assert_int_equal(t->keys[r].person, rows[r].person);
        assert_int_equal(t->keys[r].seq, rows[r].seq);
        assert_int_equal(record_get(&w.set, days, r).num, rows[r].days);
        assert_int_equal(record_find(&w.set, SCOPE_JOB, &t->keys[r]), r);
    }
    world_close(&w);
}

static void households_know_their_rows(void **state)
{
    (void)state;
    struct world w;
    world_open(&w);
    help_rows(&w.set, "@B\nchild:2\nchild:1\njob:1:1\n@A\nhousehold\n"
                      "@C\njob:2:1\njob:1:1\n");
    record_set_finish(&w.set);
    assert_int_equal(w.set.n_households, 3);
    static const struct {
        const char *no;
        size_t households, children, jobs;
    } rows[] = {{"A", 1, 0, 0}, {"B", 0, 2, 1}, {"C", 0, 0, 2}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct household *h = &w.set.households[i];
        assert_string_equal(h->no, rows[i].no);
        assert_ptr_equal(record_household(&w.set, rows[i].no), h);
        assert_int_equal(h->end[SCOPE_HOUSEHOLD] - h->first[SCOPE_HOUSEHOLD],
                         rows[i].households);
        assert_int_equal(h->end[SCOPE_CHILD] - h->first[SCOPE_CHILD],
                         rows[i].children);
        assert_int_equal(h->end[SCOPE_JOB] - h->first[SCOPE_JOB], rows[i].jobs);
    }
    assert_null(record_household(&w.set, "D"));
    world_close(&w);
}

static void a_row_met_again_is_the_same_row(void **state)
{
    (void)state;
    struct world w;
    world_open(&w);
    struct row_key key = {"1", "ignored here", 1, 1};
    size_t row = record_set_row(&w.set, SCOPE_JOB, &key);
    key.child = NULL;
    assert_int_equal(record_set_row(&w.set, SCOPE_JOB, &key), row);
    assert_int_equal(w.set.tables[SCOPE_JOB].n_rows, 1);
    key.seq = 2;
    assert_int_not_equal(record_set_row(&w.set, SCOPE_JOB, &key), row);
    key.household = "2";
    assert_int_equal(record_find(&w.set, SCOPE_JOB, &key), (size_t)-1);
    world_close(&w);
}

static void unknown_is_the_beginning(void **state)
{
    (void)state;
    struct world w;
    world_open(&w);
    const struct field *f = help_field(&w.dict, "job.days_month");
    size_t row =
        record_set_row(&w.set, SCOPE_JOB, &(struct row_key){"1", "", 1, 1});
    assert_int_equal(record_get(&w.set, f, row).state, VALUE_UNKNOWN);
    record_set_put(&w.set, f, row, number(0), NULL);
    assert_int_equal(record_get(&w.set, f, row).state, VALUE_KNOWN);
    /* A number beside a state that has none is not kept. */
    record_set_put(&w.set, f, row, (struct slot){7, VALUE_UNREADABLE}, NULL);
    assert_int_equal(record_get(&w.set, f, row).num, 0);
    world_close(&w);
}

static void evidence_goes_with_its_value(void **state)
{
    (void)state;
    struct world w;
    world_open(&w);
    const struct field *f = help_field(&w.dict, "child.sex");
    for (int i = 200; i > 0; i--) {
        char no[8], raw[8];
        snprintf(no, sizeof no, "%03d", i);
        snprintf(raw, sizeof raw, "r%d", i);
        size_t row = record_set_row(&w.set, SCOPE_CHILD,
                                    &(struct row_key){no, "1", 0, 0});
        struct evidence e = {.source = "ocr", .raw = raw, .confidence = i};
        if (i % 2)
            record_set_put(&w.set, f, row, number(i % 2), &e);
    }
    record_set_finish(&w.set);
    for (int i = 1; i <= 200; i++) {
        const struct evidence *e = record_evidence(&w.set, f, (size_t)i - 1);
        char raw[8];
        snprintf(raw, sizeof raw, "r%d", i);
        if (i % 2 == 0) {
            assert_null(e);
            continue;
        }
        assert_string_equal(e->raw, raw);
        assert_int_equal(e->confidence, i);
        assert_string_equal(e->page, "");
    }
    assert_null(record_evidence(&w.set, help_field(&w.dict, "job.kind"), 0));
    world_close(&w);
}

/* A thousand keys in an order that a simple generator mixes. */
static void any_order_gives_the_same_set(void **state)
{
    (void)state;
    struct world w[2];
    uint32_t seed = 1;
    for (int i = 0; i < 2; i++)
        world_open(&w[i]);
    const struct field *f = help_field(&w[0].dict, "preference.visited");
    for (uint32_t i = 0; i < 1000; i++) {
        for (int k = 0; k < 2; k++) {
            uint32_t n = k ? i * 367 % 1000 : i;
            char no[8];
            snprintf(no, sizeof no, "%03u", n / 10);
            struct row_key key = {no, n % 10 < 5 ? "a" : "b", 0,
                                  (int)(n % 5) + 1};
            size_t row = record_set_row(&w[k].set, SCOPE_PREFERENCE, &key);
            f = help_field(&w[k].dict, "preference.visited");
            record_set_put(&w[k].set, f, row, number(n % 7), NULL);
        }
        seed = seed * 1103515245u + 12345u;
        if (seed % 97 == 0) /* finishing in between changes nothing */
            record_set_finish(&w[1].set);
    }
    for (int k = 0; k < 2; k++)
        record_set_finish(&w[k].set);
    assert_int_equal(w[0].set.n_households, 100);
    assert_int_equal(w[1].set.n_households, 100);
    for (size_t r = 0; r < 1000; r++) {
        const struct record_table *one = &w[0].set.tables[SCOPE_PREFERENCE];
        const struct record_table *other = &w[1].set.tables[SCOPE_PREFERENCE];
        assert_int_equal(row_key_compare(&one->keys[r], &other->keys[r]), 0);
        assert_int_equal(table_slot(one, r, f->column).num,
                         table_slot(other, r, f->column).num);
        assert_int_equal(
            record_find(&w[1].set, SCOPE_PREFERENCE, &one->keys[r]), r);
    }
    for (int k = 0; k < 2; k++)
        world_close(&w[k]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_out_sorted),
        cmocka_unit_test(households_know_their_rows),
        cmocka_unit_test(a_row_met_again_is_the_same_row),
        cmocka_unit_test(unknown_is_the_beginning),
        cmocka_unit_test(evidence_goes_with_its_value),
        cmocka_unit_test(any_order_gives_the_same_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
