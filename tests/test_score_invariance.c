/*
 * Points never depend on the order in which anything is written where the
 * language says that order means nothing: rows of the records, files and their
 * rows, sections of a rule file, rules of an adjustment section. Households are
 * made up, the rules are those that the second evaluator is tested with.
 *
 * ./test_score_invariance SEED tries another seed.
 */
#include "records/record_csv.h"
#include "tests/points_help.h"
#include "tests/score_digest.h"
#include "tests/verify_random.h"

#define HOUSEHOLDS 120

static struct arena mem;
static struct dictionary dict;
static struct facilities facilities;
static struct score_context context;
static uint64_t seed = 20270401;

static int setup(void **state)
{
    (void)state;
    help_dictionary(&dict, &mem);
    context = help_context(&facilities, &mem);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&mem);
    return 0;
}

static const char *const files[] = {
    "tests/verify_rules/reasons.yaml", "tests/verify_rules/guardians.yaml",
    "tests/verify_rules/groups.yaml",  "tests/verify_rules/totals.yaml",
    "tests/verify_rules/ranks.yaml",   "tests/verify_rules/order.yaml",
    "tests/verify_rules/manual.yaml",  "tests/verify_rules/lists.yaml",
    "tests/verify_rules/words.yaml",   "rules/urasoe-r8.yaml",
};

/* ---- shuffling ---- */

static uint64_t state_of_shuffle;

static size_t below(size_t n)
{
    uint64_t z = state_of_shuffle += 0x9e3779b97f4a7c15U;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return (size_t)((z ^ z >> 31) % n);
}

static void shuffle(void *items, size_t n, size_t size)
{
    char aside[64], *base = items;
    assert_true(size <= sizeof aside);
    for (size_t i = n; i > 1; i--) {
        size_t k = below(i);
        memcpy(aside, base + (i - 1) * size, size);
        memmove(base + (i - 1) * size, base + k * size, size);
        memcpy(base + k * size, aside, size);
    }
}

/* Pieces of a text, each with its end. */
struct piece {
    const char *at;
    size_t len;
};

static size_t split_lines(const char *text, struct piece *out)
{
    size_t n = 0;
    for (; *text; text += out[n++].len)
        out[n] = (struct piece){text, strcspn(text, "\n") + 1};
    return n;
}

/* A section begins with a line that begins with a letter. */
static size_t split_sections(const char *text, struct piece *out)
{
    size_t n = 0;
    for (; *text; text += strcspn(text, "\n") + 1) {
        bool begins = n == 0 || (*text >= 'a' && *text <= 'z');
        if (begins)
            out[n++] = (struct piece){text, 0};
        out[n - 1].len =
            (size_t)(text - out[n - 1].at) + strcspn(text, "\n") + 1;
    }
    return n;
}

static char *join(const struct piece *pieces, size_t n, struct arena *a)
{
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < n; i++)
        buf_add(&text, pieces[i].at, pieces[i].len);
    char *copy = arena_copy(a, text.bytes, text.len);
    buf_release(&text);
    return copy;
}

/* ---- scoring ---- */

static const char *read(const char *path, struct arena *a)
{
    struct diag d = DIAG_INIT;
    size_t len;
    const char *bytes = file_read(path, 1 << 20, a, &len, &d);
    assert_non_null(bytes);
    return bytes;
}

static void load(struct ruleset *rs, const char *text, const char *path,
                 struct arena *a)
{
    struct diag d = DIAG_INIT;
    bool ok = ruleset_load(rs, text, strlen(text), path, &dict, a, &d);
    if (!ok)
        help_print(&d);
    assert_true(ok);
    diag_release(&d);
}

static const char *score(const struct ruleset *rs, const struct record_set *set,
                         bool notes, struct arena *a)
{
    struct diag d = DIAG_INIT;
    struct buf text = BUF_INIT;
    struct scorer s;
    bool ok = scorer_open(&s, rs, &context, set, a, &d);
    help_print(&d);
    assert_true(ok);
    for (size_t h = 0; h < set->n_households; h++) {
        struct household_score hs;
        score_household(&s, h, &hs, a);
        digest_household(&text, rs, set->households[h].no, &hs, notes);
    }
    const char *copy = arena_copy(a, text.bytes, text.len);
    buf_release(&text);
    diag_release(&d);
    return copy;
}

static bool same(const char *path, const char *one, const char *other)
{
    size_t at = 0, from = 0;
    for (; one[at] && one[at] == other[at]; at++)
        from = one[at] == '\n' ? at + 1 : from;
    if (one[at] == other[at])
        return true;
    print_error("%s:\n%.*s\n%.*s\n", path, (int)strcspn(one + from, "\n"),
                one + from, (int)strcspn(other + from, "\n"), other + from);
    return false;
}

/* ---- rows ---- */

struct row {
    enum scope scope;
    size_t at;
};

/* The same rows in another order, those of all scopes among each other. */
static void copy_shuffled(const struct record_set *from, struct record_set *to)
{
    struct arena a = ARENA_INIT;
    size_t n = 0, total = 0;
    for (int s = 0; s < N_SCOPES; s++)
        total += from->tables[s].n_rows;
    struct row *rows = ARENA_ARRAY(&a, struct row, total);
    for (int s = 0; s < N_SCOPES; s++)
        for (size_t r = 0; r < from->tables[s].n_rows; r++)
            rows[n++] = (struct row){(enum scope)s, r};
    shuffle(rows, n, sizeof *rows);
    for (size_t i = 0; i < n; i++) {
        const struct record_table *t = &from->tables[rows[i].scope];
        size_t row = record_set_row(to, rows[i].scope, &t->keys[rows[i].at]);
        for (size_t k = 0; k < t->n_fields; k++) {
            const struct field *f = dict.by_scope[rows[i].scope][k];
            struct slot v = table_slot(t, rows[i].at, k);
            char *text = value_format(f, v, from->strings, &a);
            if (v.state == VALUE_KNOWN && v.num == 0 && !*text)
                ; /* the empty text: no CSV can say it is known */
            else if (!value_parse(f, text, to->strings, POS_FILE("copy"), &v,
                                  NULL))
                fail_msg("%s %s", f->path, text);
            record_set_put(to, f, row, v, NULL);
        }
    }
    for (size_t i = from->n_manual; i > 0; i--)
        record_set_add_manual(to, &from->manual[i - 1]);
    record_set_finish(to);
    arena_release(&a);
}

static void rows_come_in_any_order(void **state)
{
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        struct arena a = ARENA_INIT;
        struct ruleset rs;
        struct record_set set, other;
        load(&rs, read(files[i], &a), files[i], &a);
        record_set_init(&set, &dict);
        random_households(&set, &rs, seed + i, HOUSEHOLDS);
        record_set_init(&other, &dict);
        copy_shuffled(&set, &other);
        wrong += !same(files[i], score(&rs, &set, true, &a),
                       score(&rs, &other, true, &a));
        record_set_release(&set);
        record_set_release(&other);
        arena_release(&a);
    }
    assert_int_equal(wrong, 0);
}

/* ---- files ---- */

/* The header, then the rows in another order. */
static char *shuffle_file(const char *text, struct arena *a)
{
    size_t len = strlen(text);
    struct piece *lines = ARENA_ARRAY(a, struct piece, len + 1);
    size_t n = split_lines(text, lines);
    shuffle(lines + 1, n - 1, sizeof *lines);
    return join(lines, n, a);
}

/* Every scope's file and manual_points.csv, loaded last first. */
static void load_shuffled(const struct record_set *from, struct record_set *to,
                          struct arena *a)
{
    struct diag d = DIAG_INIT;
    struct csv_writer w;
    assert_true(manual_csv_write(from, RECORD_CSV_CANONICAL, LANG_JA, &w, &d));
    char *manual = shuffle_file(w.out.bytes, a);
    csv_release(&w);
    assert_true(manual_csv_load(to, manual, strlen(manual), "m.csv", &d));
    for (int s = N_SCOPES - 1; s >= 0; s--) {
        assert_true(record_csv_write_scope(
            from, (enum scope)s, RECORD_CSV_CANONICAL, LANG_JA, &w, &d));
        char *text = shuffle_file(w.out.bytes, a);
        csv_release(&w);
        bool ok = record_csv_load_scope(to, (enum scope)s, text, strlen(text),
                                        scope_infos[s].name, &d);
        help_print(&d);
        assert_true(ok);
    }
    record_set_finish(to);
    diag_release(&d);
}

static void files_come_in_any_order(void **state)
{
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        struct arena a = ARENA_INIT;
        struct ruleset rs;
        struct record_set set, plain, other;
        load(&rs, read(files[i], &a), files[i], &a);
        record_set_init(&set, &dict);
        random_households(&set, &rs, seed + 100 + i, HOUSEHOLDS);
        record_set_init(&plain, &dict); /* through files: no empty texts */
        load_shuffled(&set, &plain, &a);
        record_set_init(&other, &dict);
        load_shuffled(&set, &other, &a);
        wrong += !same(files[i], score(&rs, &plain, true, &a),
                       score(&rs, &other, true, &a));
        record_set_release(&set);
        record_set_release(&plain);
        record_set_release(&other);
        arena_release(&a);
    }
    assert_int_equal(wrong, 0);
}

/* ---- rules ---- */

static void sections_come_in_any_order(void **state)
{
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        struct arena a = ARENA_INIT;
        struct ruleset rs, other;
        struct record_set set;
        const char *text = read(files[i], &a);
        struct piece *pieces = ARENA_ARRAY(&a, struct piece, strlen(text));
        load(&rs, text, files[i], &a);
        size_t n = split_sections(text, pieces);
        assert_true(n > 6);
        shuffle(pieces, n, sizeof *pieces);
        load(&other, join(pieces, n, &a), files[i], &a);
        record_set_init(&set, &dict);
        random_households(&set, &rs, seed + 200 + i, HOUSEHOLDS);
        wrong += !same(files[i], score(&rs, &set, true, &a),
                       score(&other, &set, true, &a));
        record_set_release(&set);
        arena_release(&a);
    }
    assert_int_equal(wrong, 0);
}

/* Rules that stand together: one, or a group. */
struct unit {
    size_t first, n;
};

/* Every rule that it yields to has been taken. */
static bool is_ready(const struct rule_list *list, struct unit u,
                     const bool *taken)
{
    for (size_t i = 0; i < u.n; i++) {
        const struct rule *r = list->rules[u.first + i];
        for (size_t k = 0; k < r->n_unless; k++) {
            bool inside = false;
            for (size_t x = 0; x < i; x++)
                inside = inside || list->rules[u.first + x] == r->unless[k];
            if (!inside && r->unless[k]->scope == r->scope &&
                !taken[r->unless[k]->index])
                return false;
        }
    }
    return true;
}

static void shuffle_rules(const struct ruleset *rs, struct rule_list *list,
                          struct arena *a)
{
    const struct rule **out = ARENA_ARRAY(a, const struct rule *, list->n);
    struct unit *units = ARENA_ARRAY(a, struct unit, list->n);
    bool *taken = ARENA_ARRAY(a, bool, rs->n_rules);
    size_t n = 0, made = 0;
    for (size_t i = 0; i < list->n; i += units[n++].n)
        units[n] = (struct unit){
            i, list->rules[i]->group ? list->rules[i]->group->n : 1};
    shuffle(units, n, sizeof *units);
    for (size_t i = 0; made < list->n; i = (i + 1) % n) {
        if (units[i].n == 0 || !is_ready(list, units[i], taken))
            continue;
        for (size_t k = 0; k < units[i].n; k++) {
            out[made] = list->rules[units[i].first + k];
            taken[out[made++]->index] = true;
        }
        units[i].n = 0;
    }
    list->rules = out;
}

/* The points alone: of two rules that set the same total, the first counts. */
static void rules_of_a_section_come_in_any_order(void **state)
{
    static const enum rule_scope scopes[] = {RULE_GUARDIAN, RULE_HOUSEHOLD,
                                             RULE_CHILD, RULE_CHOICE};
    size_t wrong = 0, moved = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        struct arena a = ARENA_INIT;
        struct ruleset rs;
        struct record_set set;
        load(&rs, read(files[i], &a), files[i], &a);
        struct ruleset other = rs;
        for (size_t k = 0; k < COUNT(scopes); k++) {
            struct rule_list *list = &other.by_scope[scopes[k]];
            const struct rule *first = list->n ? list->rules[0] : NULL;
            shuffle_rules(&rs, list, &a);
            moved += list->n && list->rules[0] != first;
        }
        record_set_init(&set, &dict);
        random_households(&set, &rs, seed + 300 + i, HOUSEHOLDS);
        wrong += !same(files[i], score(&rs, &set, false, &a),
                       score(&other, &set, false, &a));
        record_set_release(&set);
        arena_release(&a);
    }
    assert_true(moved > COUNT(files) / 2);
    assert_int_equal(wrong, 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_in_any_order),
        cmocka_unit_test(files_come_in_any_order),
        cmocka_unit_test(sections_come_in_any_order),
        cmocka_unit_test(rules_of_a_section_come_in_any_order),
    };
    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    state_of_shuffle = seed;
    return cmocka_run_group_tests(tests, setup, teardown);
}
