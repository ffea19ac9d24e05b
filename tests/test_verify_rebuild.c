/*
 * The market made again from records agrees with the one that the run module
 * makes, on made-up households with every sibling pattern, special seats and
 * phases; and each check tells a fault that is planted.
 *
 * ./test_verify_rebuild SEED tries another seed.
 */
#include "cli/run_make.h"
#include "scoring/placement/siblings.h"
#include "scoring/verify/rebuild.h"
#include "tests/points_help.h"
#include "tests/verify_random.h"

#define HOUSEHOLDS 400
#define BY_LIST 7 /* 組合せ指定, among the values of the field */

static uint64_t seed = 20270402;
static struct dictionary dict;
static struct arena mem;

/* A run in memory, and the market of each phase made again. */
struct made {
    struct cli c;
    struct run run;
    struct recompute_context basis;
    struct rebuild again;
};

static int setup(void **state)
{
    (void)state;
    help_dictionary(&dict, &mem);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&mem);
    return 0;
}

static const char *rules_text(const char *path, const char *method,
                              struct arena *a)
{
    size_t len;
    const char *bytes = file_read(path, 1 << 20, a, &len, NULL);
    const char *line = bytes ? strstr(bytes, "\nhours:") : NULL;
    line = line ? line : bytes ? strstr(bytes, "\nphase_mode:") : NULL;
    assert_non_null(line);
    const char *had = strstr(bytes, "\nmethod:");
    if (had || !method)
        return bytes;
    return arena_printf(a, "%.*s\nmethod: %s%s", (int)(line - bytes), bytes,
                        method, line);
}

/* ---- what belongs to the records ---- */

/* Receipt numbers, backwards, so that they are an order of their own. */
static void number_all(struct made *x)
{
    const struct record_set *set = &x->run.set;
    struct household_numbers *list =
        ARENA_NEW(&x->c.mem, struct household_numbers);
    list->n = set->n_households;
    list->items = ARENA_ARRAY(&x->c.mem, struct household_number, list->n);
    for (size_t i = 0; i < list->n; i++)
        list->items[i] =
            (struct household_number){.household = set->households[i].no,
                                      .number = (int64_t)(list->n - i)};
    x->run.ctx.receipts = list;
}

/* The k-th wish of a child, "" when it has none or one of nowhere. */
static const char *wish_code(const struct record_set *set,
                             const struct facilities *all, size_t child,
                             int seq)
{
    struct row_key key = set->tables[SCOPE_CHILD].keys[child];
    key.seq = seq;
    size_t row = record_find(set, SCOPE_PREFERENCE, &key);
    if (row == (size_t)-1)
        return "";
    struct slot v =
        record_get(set, dictionary_find(set->dict, "preference.facility"), row);
    if (v.state != VALUE_KNOWN)
        return "";
    const char *code = strings_text(set->strings, v.num);
    return facility_find(all, code) ? code : "";
}

static void put(struct record_set *set, const char *path, size_t row,
                int64_t num)
{
    struct slot v = {num, VALUE_KNOWN};
    record_set_put(set, dictionary_find(set->dict, path), row, v, NULL);
}

/* Of four households three could be placed: in a class that facilities have,
 * of the city, with facilities that there are. */
static void let_them_apply(struct record_set *set)
{
    static const char *const codes[] = {"SUN", "SEA", "MOON"};
    for (size_t h = 0; h < set->n_households; h++) {
        const struct household *home = &set->households[h];
        if (h % 4 == 3)
            continue;
        put(set, "household.residence", home->first[SCOPE_HOUSEHOLD], 0);
        for (size_t r = home->first[SCOPE_CHILD]; r < home->end[SCOPE_CHILD];
             r++)
            put(set, "child.birth", r,
                date_day((h + r) % 3 ? 2025 : 2023, 5, 1 + (int)(r % 2)));
        for (size_t r = home->first[SCOPE_PREFERENCE];
             r < home->end[SCOPE_PREFERENCE]; r++)
            put(set, "preference.facility", r,
                strings_id(set->strings, codes[(h / 4 + r) % COUNT(codes)]));
    }
}

/* Two rows for every household that said 組合せ指定. */
static void list_all(struct made *x)
{
    const struct record_set *set = &x->run.set;
    const struct field *f =
        dictionary_find(set->dict, "household.sibling_pattern");
    struct combinations *all = &x->run.ctx.combinations;
    all->items =
        ARENA_ARRAY(&x->c.mem, struct combination, set->n_households * 2);
    for (size_t h = 0; h < set->n_households; h++) {
        const struct household *home = &set->households[h];
        size_t first = home->first[SCOPE_CHILD];
        size_t n = home->end[SCOPE_CHILD] - first;
        struct slot said = record_get(set, f, home->first[SCOPE_HOUSEHOLD]);
        if (n < 2 || said.state != VALUE_KNOWN || said.num != BY_LIST)
            continue;
        for (int rank = 1; rank <= 2; rank++) {
            struct combination *row = &all->items[all->n++];
            *row = (struct combination){
                .household = home->no, .rank = rank, .n_places = n};
            row->places = ARENA_ARRAY(&x->c.mem, struct combination_place, n);
            for (size_t k = 0; k < n; k++)
                row->places[k] = (struct combination_place){
                    set->tables[SCOPE_CHILD].keys[first + k].child,
                    wish_code(set, x->run.result.facilities, first + k,
                              k ? rank : 1)};
        }
    }
}

static void withdraw_some(struct made *x)
{
    const struct record_set *set = &x->run.set;
    size_t n = 0;
    x->run.events =
        ARENA_ARRAY(&x->c.mem, struct case_event, set->n_households);
    for (size_t h = 0; h < set->n_households; h += 9)
        x->run.events[n++] = (struct case_event){
            .household = set->households[h].no,
            .child = h % 2 ? set->tables[SCOPE_CHILD]
                                 .keys[set->households[h].first[SCOPE_CHILD]]
                                 .child
                           : "",
            .kind = "取下げ",
            .on = "",
            .detail = ""};
    x->run.n_events = n;
}

static bool *who_withdrew(const struct made *x)
{
    const struct record_table *t = &x->run.set.tables[SCOPE_CHILD];
    bool *out = ARENA_ARRAY(&mem, bool, t->n_rows);
    for (size_t i = 0; i < t->n_rows; i++)
        for (size_t e = 0; e < x->run.n_events; e++)
            if (strcmp(x->run.events[e].household, t->keys[i].household) == 0 &&
                (!*x->run.events[e].child ||
                 strcmp(x->run.events[e].child, t->keys[i].child) == 0))
                out[i] = true;
    return out;
}

/* ---- the run, and the market made again ---- */

static void load(struct made *x, const char *path, const char *method,
                 uint64_t from)
{
    struct case_context *ctx = &x->run.ctx;
    struct score_context context = help_context(&ctx->facilities, &x->c.mem);
    const char *text = rules_text(path, method, &x->c.mem);
    assert_true(ruleset_load(&ctx->rules, text, strlen(text), path, &dict,
                             &x->c.mem, &x->c.diag));
    ctx->dict = dict;
    ctx->folder = "case";
    ctx->settings = (struct settings){.fiscal_year = context.fiscal_year,
                                      .entry_date = context.entry_date,
                                      .deadline = context.deadline,
                                      .lottery_seed = "seed",
                                      .proof_optimum = "",
                                      .lottery_numbers = "",
                                      .receipts = "receipts.csv"};
    x->run.result.facilities = &ctx->facilities;
    record_set_init(&x->run.set, &ctx->dict);
    random_households(&x->run.set, &ctx->rules, from, HOUSEHOLDS);
    let_them_apply(&x->run.set);
    number_all(x);
    list_all(x);
    withdraw_some(x);
}

static void make(struct made *x, const char *path, const char *method,
                 uint64_t from)
{
    *x = (struct made){.c = {.mem = ARENA_INIT, .diag = DIAG_INIT},
                       .run = RUN_INIT};
    load(x, path, method, from);
    /* rules of the other tests know no special seats */
    if (!x->run.ctx.rules.n_special)
        for (size_t i = 0; i < x->run.ctx.facilities.n; i++)
            x->run.ctx.facilities.items[i].n_special = 0;
    bool ok = run_compute(&x->c, &x->run);
    help_print(&x->c.diag);
    assert_true(ok);
    const struct case_context *ctx = &x->run.ctx;
    x->basis =
        (struct recompute_context){.rules = &ctx->rules,
                                   .set = &x->run.set,
                                   .facilities = &ctx->facilities,
                                   .entry_date = ctx->settings.entry_date,
                                   .deadline = ctx->settings.deadline,
                                   .fiscal_year = ctx->settings.fiscal_year,
                                   .lottery_seed = "seed",
                                   .receipts = ctx->receipts};
    struct rebuild_basis basis = {.points = &x->basis,
                                  .withdrawn = who_withdrew(x),
                                  .combinations = &ctx->combinations};
    struct recomputed_child *children;
    basis.n_children = recompute_points(&x->basis, &children, &x->c.mem);
    basis.children = children;
    rebuild_open(&x->again, &basis, &x->c.mem);
}

static void release(struct made *x)
{
    run_release(&x->run);
    diag_release(&x->c.diag);
    arena_release(&x->c.mem);
}

static size_t phase_of(const struct made *x, size_t p)
{
    return run_in_phases(&x->run.result) ? p : SIZE_MAX;
}

static size_t check_all(const struct made *x, const struct market *m, size_t p,
                        struct diag *said)
{
    size_t phase = phase_of(x, p);
    return rebuild_check_children(&x->again, m, phase, said) +
           rebuild_check_entries(&x->again, m, phase, said) +
           rebuild_check_orders(&x->again, m, phase, said) +
           rebuild_check_turns(&x->again, m, phase, said);
}

/* ---- they agree ---- */

static const struct {
    const char *path, *method;
} rules[] = {
    {"tests/verify_rules/special.yaml", NULL},
    {"tests/verify_rules/special.yaml", "points_order"},
    {"tests/verify_rules/special.yaml", "preference_rounds"},
    {"tests/verify_rules/order.yaml", NULL},
    {"tests/verify_rules/order.yaml", "points_order"},
    {"rules/example-city/rules.yaml", NULL},
};

static void the_run_and_the_market_made_again_agree(void **state)
{
    (void)state;
    size_t siblings = 0, special = 0, phases = 0;
    for (size_t i = 0; i < COUNT(rules); i++) {
        struct made x;
        struct diag said = DIAG_INIT;
        make(&x, rules[i].path, rules[i].method, seed + i);
        const struct run_result *r = &x.run.result;
        for (size_t p = 0; p < r->n_phases; p++) {
            phases += r->phases[p].market.n_children > 0;
            assert_true(check_all(&x, &r->phases[p].market, p, &said) > 0);
        }
        help_print(&said);
        assert_int_equal(said.n, 0);
        for (size_t k = 0; k < r->n_siblings; k++)
            siblings += r->siblings[k].n_entries > 3;
        for (size_t k = 0; k < r->n_applicants; k++)
            special += r->applicants[k].won_seat != NULL;
        diag_release(&said);
        release(&x);
    }
    assert_true(siblings > HOUSEHOLDS / 2);
    assert_true(special > 8);
    assert_true(phases > COUNT(rules) + 3);
}

/* ---- long lists, straight against the placer's own entries ---- */

#define SITES 30
#define WISHES 20
#define KIDS 6

/* Facility i has general seats, 2i in the market, and special ones, 2i + 1. */
struct street {
    struct facility facilities[SITES];
    struct special_seat kind;
    struct market m;
};

static void build(struct street *s)
{
    *s = (struct street){.kind = {.seat = "加配"}};
    s->m.n_facilities = (size_t)SITES * 2;
    s->m.facilities =
        ARENA_ARRAY(&mem, struct market_facility, s->m.n_facilities);
    for (size_t i = 0; i < SITES; i++) {
        s->facilities[i].code = arena_printf(&mem, "%02zu", i);
        s->m.facilities[2 * i].id = s->facilities[i].code;
        s->m.facilities[2 * i + 1].id = arena_printf(&mem, "%02zu#加配", i);
    }
}

static uint64_t dice;
static size_t below(size_t n)
{
    dice = dice * 6364136223846793005U + 1442695040888963407U;
    return (size_t)(dice >> 33) % n;
}

/* The same child for both: facilities at steps of a stride, so that none comes
 * twice; every third with special seats before or after. */
static void draw(struct street *s, size_t wishes, struct rebuilt_child *x,
                 struct sibling_child *y)
{
    int32_t *places = ARENA_ARRAY(&mem, int32_t, wishes * 2);
    int32_t *sites = ARENA_ARRAY(&mem, int32_t, wishes * 2);
    size_t at = below(SITES), n = 0;
    x->wishes = ARENA_ARRAY(&mem, struct rebuilt_seat, wishes * 2);
    x->numbers = ARENA_ARRAY(&mem, int, wishes * 2);
    for (size_t i = 0; i < wishes; i++, at = (at + 7) % SITES) {
        size_t kinds = below(3) ? 1 : 2, first = below(2);
        for (size_t k = 0; k < kinds; k++) {
            bool special = kinds == 2 && k == first;
            x->wishes[n] = (struct rebuilt_seat){&s->facilities[at],
                                                 special ? &s->kind : NULL};
            x->numbers[n] = (int)i + 1;
            places[n] = (int32_t)(2 * at + special);
            sites[n++] = (int32_t)(2 * at);
        }
    }
    x->n_wishes = n;
    x->takes_part = true;
    x->born = (int64_t)below(4);
    *y = (struct sibling_child){.born = x->born,
                                .current = MARKET_NONE,
                                .wishes = places,
                                .n_wishes = n,
                                .sites = sites,
                                .current_site = MARKET_NONE};
    if (below(3))
        return;
    x->current = (struct rebuilt_seat){&s->facilities[at], NULL};
    y->current = y->current_site = (int32_t)(2 * at);
}

static void long_lists_are_made_alike(void **state)
{
    (void)state;
    static struct street s;
    size_t cut = 0, most = 0;
    build(&s);
    dice = seed;
    for (size_t round = 0; round < 140; round++) {
        const struct sibling_preset *p =
            &sibling_presets[round % n_sibling_presets];
        struct rebuild r = {.basis = {.combinations = NULL}};
        struct rebuilt_child kids[KIDS] = {{0}};
        struct sibling_child same[KIDS];
        struct rebuilt_household h = {.no = "1", .pattern = p->name};
        struct arena a = ARENA_INIT;
        struct sibling_entries e;
        struct rebuilt_entries again;
        h.n = 2 + below(KIDS - 1);
        for (size_t k = 0; k < h.n; k++) {
            draw(&s, 1 + below(WISHES), &kids[k], &same[k]);
            h.children[k] = &kids[k];
        }
        sibling_entries_make(&p->rule, same, h.n, &e, &a);
        rebuild_entries(&r, &s.m, &h, &again, &a);
        cut += e.cut;
        most = e.n > most ? e.n : most;
        assert_int_equal(e.n, again.n);
        assert_int_equal(again.n_children, h.n);
        if (e.n)
            assert_memory_equal(e.entries, again.entries,
                                e.n * h.n * sizeof *e.entries);
        arena_release(&a);
    }
    assert_true(cut > 20);
    assert_true(most > 5000);
}

/* ---- faults ---- */

/* A household of at least two children and two entries. */
static struct market_family *home(struct market *m)
{
    for (size_t f = 0; f < m->n_families; f++)
        if (m->families[f].n_children > 1 && m->families[f].n_entries > 2)
            return &m->families[f];
    fail_msg("no siblings");
    return NULL;
}

static void another_class(struct market *m)
{
    m->children[0].class_age = (m->children[0].class_age + 1) % MARKET_CLASSES;
}

static void another_place(struct market *m)
{
    m->children[0].current = m->children[0].current == 0 ? 1 : 0;
}

static void one_child_less(struct market *m)
{
    m->n_children--;
}

static void one_entry_less(struct market *m)
{
    home(m)->n_entries--;
}

static void two_entries_swapped(struct market *m)
{
    struct market_family *f = home(m);
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t held = f->entries[k];
        f->entries[k] = f->entries[f->n_children + k];
        f->entries[f->n_children + k] = held;
    }
}

static void another_household(struct market *m)
{
    home(m)->id = "999999";
}

static void left_out_of_an_order(struct market *m)
{
    for (size_t f = 0; f < m->n_facilities; f++)
        if (m->facilities[f].n_priority) {
            m->facilities[f].n_priority--;
            return;
        }
}

static void turns_swapped(struct market *m)
{
    int32_t held = m->families[0].turn;
    m->families[0].turn = m->families[1].turn;
    m->families[1].turn = held;
}

static void nothing(struct market *m)
{
    (void)m;
}

static const struct {
    void (*plant)(struct market *m);
    const char *check; /* NULL: nothing is told */
} faults[] = {
    {nothing, NULL},
    {another_class, "child-differs"},
    {another_place, "child-differs"},
    {one_child_less, "child-missing"},
    {one_entry_less, "entries-differ"},
    {two_entries_swapped, "entries-differ"},
    {another_household, "entries-differ"},
    {left_out_of_an_order, "order-incomplete"},
    {turns_swapped, "turns-differ"},
};

static void planted_faults_are_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(faults); i++) {
        struct made x;
        struct diag said = DIAG_INIT;
        make(&x, "tests/verify_rules/order.yaml", "points_order", seed);
        faults[i].plant(&x.run.result.phases[0].market);
        check_all(&x, &x.run.result.phases[0].market, 0, &said);
        assert_int_equal(said.n > 0, faults[i].check != NULL);
        if (faults[i].check)
            assert_true(diag_has(&said, faults[i].check));
        diag_release(&said);
        release(&x);
    }
}

/* The market of another phase has other children. */
static void the_wrong_phase_is_told(void **state)
{
    (void)state;
    struct made x;
    struct diag said = DIAG_INIT;
    make(&x, "tests/verify_rules/special.yaml", NULL, seed);
    rebuild_check_children(&x.again, &x.run.result.phases[1].market, 0, &said);
    assert_true(diag_has(&said, "child-missing"));
    diag_release(&said);
    release(&x);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_run_and_the_market_made_again_agree),
        cmocka_unit_test(long_lists_are_made_alike),
        cmocka_unit_test(planted_faults_are_told),
        cmocka_unit_test(the_wrong_phase_is_told),
    };
    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    return cmocka_run_group_tests(tests, setup, teardown);
}
