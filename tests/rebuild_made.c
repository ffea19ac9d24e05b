#include "tests/rebuild_made.h"

#include "tests/points_help.h"
#include "tests/verify_random.h"

#define BY_LIST 7 /* 組合せ指定, among the values of the field */

static struct dictionary dict;
static struct arena mem;

int made_setup(void **state)
{
    (void)state;
    help_dictionary(&dict, &mem);
    return 0;
}

int made_teardown(void **state)
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
    if (!bytes) {
        fail_msg("no %s", path);
        return NULL;
    }
    const char *line = strstr(bytes, "\nhours:");
    line = line ? line : strstr(bytes, "\nphase_mode:");
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

/* Since the earlier round some ask for something else: what they were given may
 * not be among their wishes any more. */
static void change_wishes(struct record_set *set)
{
    for (size_t h = 3; h < set->n_households; h += 5) {
        const struct household *home = &set->households[h];
        for (size_t r = home->first[SCOPE_PREFERENCE];
             r < home->end[SCOPE_PREFERENCE]; r++)
            put(set, "preference.facility", r,
                strings_id(set->strings, h % 2 ? "SEA" : "MOON"));
    }
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
                 uint64_t from, bool later)
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
    random_households(&x->run.set, &ctx->rules, from, MADE_HOUSEHOLDS);
    let_them_apply(&x->run.set);
    if (later)
        change_wishes(&x->run.set);
    number_all(x);
    list_all(x);
    withdraw_some(x);
}

static void start(struct made *x, const char *path, const char *method,
                  uint64_t from, bool later)
{
    *x = (struct made){.c = {.mem = ARENA_INIT, .diag = DIAG_INIT},
                       .run = RUN_INIT};
    load(x, path, method, from, later);
    /* rules of the other tests know no special seats */
    if (!x->run.ctx.rules.n_special)
        for (size_t i = 0; i < x->run.ctx.facilities.n; i++)
            x->run.ctx.facilities.items[i].n_special = 0;
}

static void compute(struct made *x)
{
    bool ok = run_compute(&x->c, &x->run);
    help_print(&x->c.diag);
    assert_true(ok);
}

/* `basis` says what is known beside the records. */
static void rebuild(struct made *x, struct rebuild_basis basis)
{
    const struct case_context *ctx = &x->run.ctx;
    struct recomputed_child *children;
    x->basis =
        (struct recompute_context){.rules = &ctx->rules,
                                   .set = &x->run.set,
                                   .facilities = &ctx->facilities,
                                   .entry_date = ctx->settings.entry_date,
                                   .deadline = ctx->settings.deadline,
                                   .fiscal_year = ctx->settings.fiscal_year,
                                   .lottery_seed = "seed",
                                   .receipts = ctx->receipts};
    basis.points = &x->basis;
    basis.withdrawn = who_withdrew(x);
    basis.combinations = &ctx->combinations;
    basis.n_children = recompute_points(&x->basis, &children, &x->c.mem);
    basis.children = children;
    rebuild_open(&x->again, &basis, &x->c.mem);
}

void made_first(struct made *x, const char *path, const char *method,
                uint64_t seed)
{
    start(x, path, method, seed, false);
    compute(x);
    rebuild(x, (struct rebuild_basis){.before = NULL});
}

void made_release(struct made *x)
{
    run_release(&x->run);
    diag_release(&x->c.diag);
    arena_release(&x->c.mem);
}

/* ---- a later round ---- */

static int by_child(const void *x, const void *y)
{
    return strcmp(((const struct earlier_row *)x)->child,
                  ((const struct earlier_row *)y)->child);
}

/* As placements.csv would say it. Of some the earlier run knew nothing; not of
 * transfers, whose old places others have by now. */
static void take_rows(struct made *x, const struct run_result *first)
{
    struct round_result *round = &x->run.round->result;
    size_t n = first->n_applicants;
    round->earlier = ARENA_ARRAY(&x->c.mem, struct earlier_row, n);
    for (size_t i = 0; i < n; i++) {
        const struct applicant *a = &first->applicants[i];
        bool placed =
            a->outcome == OUTCOME_PLACED || a->outcome == OUTCOME_TRANSFERRED;
        if (a->household_index % 7 == 5 && a->outcome != OUTCOME_TRANSFERRED)
            continue;
        round->earlier[round->n_earlier++] =
            (struct earlier_row){.household = a->household,
                                 .child = a->child,
                                 .class_age = a->score->class_age,
                                 .outcome = a->outcome,
                                 .gone = a->reason == REASON_WITHDRAWN,
                                 .facility = placed ? a->won->code : "",
                                 .kind = placed ? seat_kind(a->won_seat) : "",
                                 .from = a->current ? a->current->code : "",
                                 .at = POS_FILE("placements.csv")};
    }
    qsort(round->earlier, round->n_earlier, sizeof *round->earlier, by_child);
}

/* Every third of those placed gives its seat back, where they have not been
 * there since; and some who wait withdraw. */
static void take_withdrawals(struct made *x, bool enrolled)
{
    const struct round_result *round = &x->run.round->result;
    struct withdrawals *w = &x->run.round->file;
    w->items = ARENA_ARRAY(&x->c.mem, struct withdrawal, round->n_earlier);
    for (size_t i = 0; i < round->n_earlier; i++) {
        const struct earlier_row *e = &round->earlier[i];
        bool placed = *e->facility != '\0';
        if (e->gone || i % 3 != 1 || (placed && enrolled))
            continue;
        w->items[w->n++] = (struct withdrawal){
            .household = "",
            .child = e->child,
            .kind = placed ? WITHDRAWAL_DECLINE : WITHDRAWAL_WITHDRAW,
            .on = (int32_t)(i % 5),
            .note = "",
            .at = POS_FILE("w.csv"),
            .kind_at = POS_FILE("w.csv")};
    }
}

static bool withdraws(const struct made *x, const char *child)
{
    const struct withdrawals *w = &x->run.round->file;
    for (size_t i = 0; i < w->n; i++)
        if (strcmp(w->items[i].child, child) == 0)
            return true;
    return false;
}

/* What the rows say, in the words of the verifier. */
static void say_before(const struct made *x, const struct earlier_row *e,
                       bool enrolled, struct rebuilt_before *out)
{
    bool placed = e && *e->facility;
    if (e && (e->gone || withdraws(x, e->child)))
        out->standing = BEFORE_GONE;
    else if (placed)
        out->standing = enrolled ? BEFORE_ENROLLED : BEFORE_DECIDED;
    else if (e &&
             (e->outcome == OUTCOME_WAITING || e->outcome == OUTCOME_STAYS))
        out->standing = BEFORE_WAITING;
    else
        out->standing = BEFORE_NEW;
    if (!placed)
        return;
    out->had.facility = facility_find(&x->run.ctx.facilities, e->facility);
    out->had.kind = run_seat_find(&x->run.ctx.rules, e->kind);
}

static struct rebuilt_before *all_before(const struct made *x, bool enrolled)
{
    const struct record_table *t = &x->run.set.tables[SCOPE_CHILD];
    struct rebuilt_before *out =
        ARENA_ARRAY(&mem, struct rebuilt_before, t->n_rows);
    for (size_t i = 0; i < t->n_rows; i++)
        say_before(x, earlier_find(&x->run.round->result, t->keys[i].child),
                   enrolled, &out[i]);
    return out;
}

void made_later(struct made *x, const struct made *first, const char *path,
                const char *method, uint64_t seed,
                enum round_policy_word policy, bool enrolled)
{
    static const enum checked_policy checked[] = {
        [POLICY_FREED] = CHECKED_FREED,
        [POLICY_TOGETHER] = CHECKED_TOGETHER,
        [POLICY_WAITING_FIRST] = CHECKED_WAITING_FIRST,
        [POLICY_EVERYONE] = CHECKED_EVERYONE};
    start(x, path, method, seed, true);
    struct round_settings *said = &x->run.ctx.settings.rounds;
    *said = (struct round_settings){(int)policy,
                                    enrolled ? EARLIER_ENROLLED : EARLIER_HELD,
                                    DECLINED_LOSES};
    x->run.round = ARENA_NEW(&x->c.mem, struct run_round);
    x->run.round->result.settings = said;
    x->run.round->result.after = "first";
    take_rows(x, &first->run.result);
    take_withdrawals(x, enrolled);
    compute(x);
    rebuild(x, (struct rebuild_basis){.before = all_before(x, enrolled),
                                      .policy = checked[policy]});
}

/* ---- the checks ---- */

static size_t phase_of(const struct made *x, size_t p)
{
    return run_in_phases(&x->run.result) ? p : SIZE_MAX;
}

size_t made_check(const struct made *x, const struct market *m, size_t p,
                  struct diag *said)
{
    size_t phase = phase_of(x, p);
    return rebuild_check_children(&x->again, m, phase, said) +
           rebuild_check_entries(&x->again, m, phase, said) +
           rebuild_check_orders(&x->again, m, phase, said) +
           rebuild_check_turns(&x->again, m, phase, said);
}

void made_fault(struct made *x, void (*plant)(struct market *m),
                const char *check)
{
    struct market *m = &x->run.result.phases[0].market;
    struct diag said = DIAG_INIT;
    plant(m);
    made_check(x, m, 0, &said);
    assert_int_equal(said.n > 0, check != NULL);
    if (check)
        assert_true(diag_has(&said, check));
    diag_release(&said);
}

void made_turns_swapped(struct market *m)
{
    int32_t held = m->families[0].turn;
    m->families[0].turn = m->families[1].turn;
    m->families[1].turn = held;
}
