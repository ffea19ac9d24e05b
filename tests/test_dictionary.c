#include "records_help.h"

static void the_shipped_dictionary_loads(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    struct dictionary dict;
    help_dictionary(&dict, &mem);
    const struct field *f = help_field(&dict, "job.minutes_month");
    assert_int_equal(f->type, TYPE_MINUTES);
    assert_string_equal(f->label.ja, "月間就労時間");
    assert_string_equal(f->unit, "month");
    assert_int_equal(f->see, SEE_SCORING);
    assert_ptr_equal(dictionary_find_in(&dict, SCOPE_JOB, "minutes_month"), f);
    assert_ptr_equal(dict.by_scope[SCOPE_JOB][f->column], f);
    assert_null(dictionary_find(&dict, "job.minutes"));
    assert_null(dictionary_find(&dict, ""));
    size_t n = 0;
    for (int s = 0; s < N_SCOPES; s++) {
        assert_true(dict.n_by_scope[s] > 0);
        n += dict.n_by_scope[s];
    }
    assert_int_equal(n, dict.n);
    arena_release(&mem);
}

static void a_slip_finds_the_nearest_path(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    struct dictionary dict;
    help_dictionary(&dict, &mem);
    assert_string_equal(dictionary_nearest(&dict, "job.minute_month"),
                        "job.minutes_month");
    assert_null(dictionary_nearest(&dict, "weather"));
    arena_release(&mem);
}

static void values_are_found_in_every_width(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    struct dictionary dict;
    help_dictionary(&dict, &mem);
    const struct field *kind = help_field(&dict, "job.kind");
    assert_int_equal(field_value_index(kind, "正社員", &mem), 0);
    assert_int_equal(field_value_index(kind, "ﾊﾟｰﾄ･ｱﾙﾊﾞｲﾄ", &mem), 1);
    assert_int_equal(field_value_index(kind, "社長", &mem), -1);
    arena_release(&mem);
}

#define HEAD "format: nyusho-dictionary/1\nfields:\n"
#define GOOD                                                                 \
    HEAD "  - {path: child.a, label: あ, type: enum, values: [x, y], see: " \
         "all}\n"

/* Every message: what causes it, and the line it stands at. */
static const struct {
    const char *yaml, *findings;
} cases[] = {
    {GOOD, ""},
    {HEAD, ""},
    {"fields: []\n", "bad-format:1"},
    {"format: nyusho-policy/1\nfields: []\n", "bad-format:1"},
    {HEAD "  - {path: childa, label: あ, type: text, see: all}\n",
     "bad-path:3"},
    {HEAD "  - {path: child.A, label: あ, type: text, see: all}\n",
     "bad-path:3"},
    {HEAD "  - {path: house.a, label: あ, type: text, see: all}\n",
     "bad-path:3"},
    {HEAD "  - {path: child.a, label: あ, type: float, see: all}\n",
     "unknown-type:3"},
    {HEAD
     "  - {path: child.a, label: あ, type: integer, unit: day, see: all}\n",
     "unknown-unit:3"},
    {HEAD "  - {path: child.a, label: あ, type: integer, unit: days, "
          "see: all}\n",
     ""},
    {HEAD "  - {path: child.a, label: あ, type: minutes, see: all}\n",
     "unknown-unit:3"},
    {HEAD "  - {path: child.a, label: あ, type: minutes, unit: day, "
          "see: all}\n",
     ""},
    {HEAD "  - {path: child.a, label: あ, type: text, unit: days, see: all}\n",
     "unknown-unit:3"},
    {HEAD "  - {path: child.a, label: あ, type: text, see: staff}\n",
     "unknown-see:3"},
    {HEAD "  - {path: child.a, label: あ, type: text}\n", "yaml-missing:3"},
    {HEAD "  - {path: child.a, label: あ, type: text, se: all}\n",
     "unknown-key:3"},
    {HEAD "  - {path: child.a, label: あ, type: enum, see: all}\n",
     "values-missing:3"},
    {HEAD "  - {path: child.a, label: あ, type: text, values: [x], see: all}\n",
     "values-unwanted:3"},
    {HEAD "  - {path: child.a, label: あ, type: enum, values: [x, x], "
          "see: all}\n",
     "duplicate-value:3"},
    {HEAD "  - {path: child.a, label: あ, type: set, values: [なし, x], "
          "see: all}\n",
     "duplicate-value:3"},
    {GOOD "  - {path: child.a, label: い, type: text, see: all}\n",
     "duplicate-field:4"},
    {GOOD "  - {path: child.b, label: あ, type: text, see: all}\n",
     "duplicate-label:4"},
    {GOOD "  - {path: job.b, label: あ, type: text, see: all}\n", ""},
    {HEAD "  - {path: child.b, label: 児童番号, type: text, see: all}\n",
     "duplicate-label:3"},
    {HEAD "  - child.a\n", "yaml-type:3"},
};

static void every_mistake_has_its_message(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena mem = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct dictionary dict = DICTIONARY_INIT;
        bool ok = dictionary_load(&dict, cases[i].yaml, strlen(cases[i].yaml),
                                  "d.yaml", &mem, &d);
        if (strcmp(help_findings(&d, &mem), cases[i].findings) != 0)
            fprintf(stderr, "%s", cases[i].yaml);
        assert_string_equal(help_findings(&d, &mem), cases[i].findings);
        assert_int_equal(ok, !*cases[i].findings);
        assert_true(ok || dict.n == 0);
        diag_release(&d);
        arena_release(&mem);
    }
}

static void sixty_four_values_are_too_many(void **state)
{
    (void)state;
    for (int n = DICTIONARY_MAX_VALUES; n <= DICTIONARY_MAX_VALUES + 1; n++) {
        struct arena mem = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct dictionary dict = DICTIONARY_INIT;
        char *yaml = arena_strdup(
            &mem, HEAD "  - {path: child.a, label: あ, type: set, see: all, "
                       "values: [v0");
        for (int i = 1; i < n; i++)
            yaml = arena_printf(&mem, "%s, v%d", yaml, i);
        yaml = arena_printf(&mem, "%s]}\n", yaml);
        bool ok =
            dictionary_load(&dict, yaml, strlen(yaml), "d.yaml", &mem, &d);
        assert_int_equal(ok, n <= DICTIONARY_MAX_VALUES);
        assert_int_equal(diag_has(&d, "too-many-values"), !ok);
        diag_release(&d);
        arena_release(&mem);
    }
}

static void a_city_adds_fields_or_nothing(void **state)
{
    (void)state;
    static const char good[] =
        HEAD "  - {path: child.bus, label: 送迎, type: boolean, see: all}\n";
    static const char bad[] =
        HEAD "  - {path: child.van, label: 車, type: boolean, see: all}\n"
             "  - {path: child.name, label: 名, type: name, see: all}\n";
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct dictionary dict;
    help_dictionary(&dict, &mem);
    size_t n = dict.n, columns = dict.n_by_scope[SCOPE_CHILD];
    assert_false(
        dictionary_load(&dict, bad, strlen(bad), "city.yaml", &mem, &d));
    assert_int_equal(dict.n, n);
    assert_null(dictionary_find(&dict, "child.van"));
    assert_true(
        dictionary_load(&dict, good, strlen(good), "city.yaml", &mem, &d));
    assert_int_equal(help_field(&dict, "child.bus")->column, columns);
    assert_ptr_equal(help_field(&dict, "child.name"),
                     dictionary_find_in(&dict, SCOPE_CHILD, "name"));
    diag_release(&d);
    arena_release(&mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_dictionary_loads),
        cmocka_unit_test(a_slip_finds_the_nearest_path),
        cmocka_unit_test(values_are_found_in_every_width),
        cmocka_unit_test(every_mistake_has_its_message),
        cmocka_unit_test(sixty_four_values_are_too_many),
        cmocka_unit_test(a_city_adds_fields_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
