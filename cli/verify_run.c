#include "cli/verify_run.h"

#include "cli/verify_proof.h"
#include "core/file.h"
#include "records/record_csv.h"
#include "scoring/verify/rebuild.h"

#include <string.h>

/* What every check sees. */
struct checking {
    struct cli *c;
    const struct recompute_context *basis;
    struct recomputed_child *children;
    size_t n_children;
    struct claimed_points *claims;
    size_t n_claims;
    struct rebuild rebuild;
    struct verify_round round;
    struct claimed_proof *proofs; /* by phase */
    const struct diag *rows;      /* said while placements.csv was read */
    struct verify_run *out;
};

/* ---- one check each; they return how much was compared ---- */

static size_t check_points(struct checking *x, struct diag *said)
{
    return verify_points(x->basis, x->claims, x->n_claims, said);
}

static const struct special_seat *kind_of(const struct ruleset *rules,
                                          const char *id)
{
    const char *kind = strchr(id, '#');
    for (size_t i = 0; kind && i < rules->n_special; i++)
        if (strcmp(rules->special[i].seat, kind + 1) == 0)
            return &rules->special[i];
    return NULL;
}

static void check_order(struct checking *x, const struct market_facility *at,
                        const char *const *order, size_t n, struct diag *said)
{
    struct claimed_order o = {
        arena_copy(&x->c->mem, at->id, strcspn(at->id, "#")),
        kind_of(x->basis->rules, at->id), order, n};
    verify_order(x->children, x->n_children, x->basis->rules, &o, said);
}

/* In a later round those waiting and the new ones may stand one after the
 * other, each in order by themselves. */
static void check_facility(struct checking *x, const struct market *m, size_t f,
                           struct diag *said)
{
    const struct market_facility *at = &m->facilities[f];
    const char **order = ARENA_ARRAY(&x->c->mem, const char *, at->n_priority);
    for (int is_new = 0; x->round.later && is_new <= 1; is_new++)
        check_order(x, at, order,
                    verify_round_part(&x->round, m, at, is_new, order), said);
    for (size_t i = 0; i < at->n_priority; i++)
        order[i] = m->children[at->priority[i]].id;
    if (!x->round.later)
        check_order(x, at, order, at->n_priority, said);
}

static size_t phase_of(const struct verify_run *v, size_t p)
{
    return v->phases[p].phase ? p : SIZE_MAX;
}

/* Each order by the keys recomputed. */
static size_t check_orders(struct checking *x, struct diag *said)
{
    size_t n = 0;
    for (size_t p = 0; p < x->out->n_phases; p++) {
        const struct market *m = &x->out->phases[p].market;
        for (size_t f = 0; f < m->n_facilities; f++)
            check_facility(x, m, f, said);
        n += m->n_facilities;
    }
    return n;
}

static size_t check_seats(struct checking *x, struct diag *said)
{
    verify_seats(x->basis->facilities, x->round.later, x->out, said);
    return x->out->phases[0].market.n_facilities * x->out->n_phases;
}

static size_t in_each(struct checking *x, struct diag *said,
                      size_t (*check)(const struct rebuild *,
                                      const struct market *, size_t,
                                      struct diag *))
{
    size_t n = 0;
    for (size_t p = 0; p < x->out->n_phases; p++)
        n += check(&x->rebuild, &x->out->phases[p].market, phase_of(x->out, p),
                   said);
    return n;
}

static size_t check_asked(struct checking *x, struct diag *said)
{
    return in_each(x, said, rebuild_check_orders);
}

static size_t check_children(struct checking *x, struct diag *said)
{
    return in_each(x, said, rebuild_check_children);
}

static size_t check_entries(struct checking *x, struct diag *said)
{
    return in_each(x, said, rebuild_check_entries);
}

static size_t check_turns(struct checking *x, struct diag *said)
{
    return in_each(x, said, rebuild_check_turns);
}

static size_t check_proof(struct checking *x, struct diag *said)
{
    size_t n = 0;
    for (size_t p = 0; p < x->out->n_phases; p++)
        n += verify_proof_check(&x->proofs[p], &x->out->phases[p], said);
    return n;
}

/* Said while the rows were read. */
static size_t check_rows(struct checking *x, struct diag *said)
{
    for (size_t i = 0; i < x->rows->n; i++)
        diag_add(said, &x->rows->items[i]);
    return x->basis->set->tables[SCOPE_CHILD].n_rows;
}

static const struct {
    const char *name;
    struct label title;
    size_t (*run)(struct checking *x, struct diag *said);
} checks[VERIFY_LINES] = {
    [VERIFY_POINTS] = {"points-recomputed",
                       {"指数を別の計算で確かめる",
                        "points recomputed by a second evaluator"},
                       check_points},
    [VERIFY_ORDERS] = {"order-recomputed",
                       {"施設ごとの順位を別の計算で確かめる",
                        "the order at each facility recomputed"},
                       check_orders},
    [VERIFY_ASKED] = {"order-complete",
                      {"施設ごとの順位に、希望する全児童がいて、ほかにいない",
                       "each order has those who ask for the seats, and nobody "
                       "else"},
                      check_asked},
    [VERIFY_ROWS] = {"every-child-once",
                     {"placements.csv に全児童が 1 回ずつ出ている",
                      "every child once in placements.csv"},
                     check_rows},
    [VERIFY_SEATS] = {"seats-as-signed",
                      {"募集人数が seats.csv のとおり",
                       "seats are those of seats.csv"},
                      check_seats},
    [VERIFY_CHILDREN] =
        {"children-as-recorded",
         {"選考に入る児童、クラス、在園施設、段階が記録のとおり",
          "who takes part, class, current place and phase are "
          "those of the records"},
         check_children},
    [VERIFY_ENTRIES] =
        {"entries-rebuilt",
         {"世帯の希望ときょうだいの組合せを記録から作り直して確か"
          "める",
          "what each household asks for, made again from its "
          "records and sibling condition"},
         check_entries},
    [VERIFY_TURNS] = {"turns-rebuilt",
                      {"順番を別の計算で確かめる (method が stable 以外の時)",
                       "turns recomputed (by methods other than stable)"},
                      check_turns},
    [VERIFY_PROOF] = {"as-proven", VERIFY_PROOF_TITLE, check_proof},
};

struct verify_line verify_line_make(struct cli *c, const char *name,
                                    struct label title, size_t checked,
                                    const struct diag *said)
{
    size_t n = said->n < VERIFY_EXAMPLES_MAX ? said->n : VERIFY_EXAMPLES_MAX;
    const char **examples = ARENA_ARRAY(&c->mem, const char *, n);
    for (size_t i = 0; i < n; i++)
        examples[i] = finding_line(&said->items[i], LANG_JA, &c->mem);
    return (struct verify_line){.name = name,
                                .title = title,
                                .checked = checked,
                                .failed = said->n,
                                .examples = examples,
                                .n_examples = n};
}

static struct verify_line run_check(struct checking *x, size_t check)
{
    struct diag said = DIAG_INIT;
    size_t checked = checks[check].run(x, &said);
    struct verify_line line = verify_line_make(
        x->c, checks[check].name, checks[check].title, checked, &said);
    diag_release(&said);
    return line;
}

static void check_all(struct checking *x)
{
    struct verify_run *v = x->out;
    v->ok = true;
    for (size_t p = 0; p < v->n_phases; p++) {
        struct verify_phase *f = &v->phases[p];
        verify_market(&f->market, &f->held, &f->verdict, &x->c->mem);
        v->ok = v->ok && f->verdict.ok;
    }
    for (size_t i = 0; i < VERIFY_LINES; i++)
        v->lines[i] = run_check(x, i);
    v->n_lines = VERIFY_LINES +
                 verify_round_lines(x->c, &x->round, v->lines + VERIFY_LINES);
    for (size_t i = 0; i < v->n_lines; i++)
        v->ok = v->ok && v->lines[i].failed == 0;
}

/* Runs of earlier versions have none. */
static bool read_proofs(struct checking *x, const char *folder)
{
    struct cli *c = x->c;
    const char *path = path_join(&c->mem, folder, "proof.json");
    x->proofs = ARENA_ARRAY(&c->mem, struct claimed_proof, x->out->n_phases);
    return !file_exists(path) || verify_proofs_read(c, path, x->out, x->proofs);
}

static bool read_round(struct checking *x, const char *folder,
                       const struct case_context *files)
{
    const struct verify_run *v = x->out;
    const struct market **markets =
        ARENA_ARRAY(&x->c->mem, const struct market *, v->n_phases);
    for (size_t p = 0; p < v->n_phases; p++)
        markets[p] = &v->phases[p].market;
    return verify_round_read(x->c, folder, files, x->basis->set, markets,
                             v->n_phases, &x->round);
}

static void open_rebuild(struct checking *x, const bool *withdrawn,
                         const struct case_context *files)
{
    const struct rebuild_basis basis = {
        .points = x->basis,
        .children = x->children,
        .n_children = x->n_children,
        .withdrawn = withdrawn,
        .combinations = &files->combinations,
        .before = verify_round_before(x->c, &x->round, x->basis),
        .policy = x->round.round.policy};
    rebuild_open(&x->rebuild, &basis, &x->c->mem);
}

static bool verify_with(struct checking *x, const char *folder,
                        const char *inputs, const struct case_context *files)
{
    struct cli *c = x->c;
    const struct record_set *set = x->basis->set;
    struct diag rows = DIAG_INIT;
    bool *withdrawn;
    bool ok = verify_read_markets(c, inputs, x->basis->rules, x->out) &&
              verify_read_claims(c, folder, &x->claims, &x->n_claims) &&
              verify_read_matchings(c, folder, set, x->out, &rows) &&
              verify_read_withdrawn(c, inputs, set, &withdrawn) &&
              read_round(x, folder, files) && read_proofs(x, folder);
    if (ok) {
        x->n_children = recompute_points(x->basis, &x->children, &c->mem);
        open_rebuild(x, withdrawn, files);
        x->rows = &rows;
        check_all(x);
    }
    diag_release(&rows);
    return ok;
}

bool verify_run(struct cli *c, const char *folder, struct verify_run *out)
{
    const char *inputs = path_join(&c->mem, folder, "inputs");
    struct case_context ctx;
    struct record_set set;
    *out = (struct verify_run){.ok = false};
    if (!folder_exists(inputs))
        return diag_error(&c->diag, POS_FILE(folder), "run-incomplete",
                          "実行フォルダーではありません (inputs/ がありません)",
                          "this is no run's folder (there is no inputs/)");
    if (!run_context_load(c, inputs,
                          CONTEXT_FACILITIES | CONTEXT_RULES |
                              CONTEXT_COMBINATIONS | CONTEXT_NUMBERS,
                          &ctx))
        return false;
    record_set_init(&set, &ctx.dict);
    bool ok =
        record_csv_load(&set, path_join(&c->mem, inputs, "records"), &c->diag);
    const struct recompute_context basis = {
        .rules = &ctx.rules,
        .set = &set,
        .facilities = &ctx.facilities,
        .entry_date = ctx.settings.entry_date,
        .deadline = ctx.settings.deadline,
        .fiscal_year = ctx.settings.fiscal_year,
        .lottery_seed = ctx.settings.lottery_seed,
        .drawn = ctx.drawn,
        .receipts = ctx.receipts};
    struct checking x = {.c = c, .basis = &basis, .out = out};
    ok = ok && verify_with(&x, folder, inputs, &ctx);
    record_set_release(&set);
    return ok;
}

bool verify_run_write(struct cli *c, const char *folder,
                      const struct verify_run *v)
{
    struct buf text = BUF_INIT;
    struct verified_market *markets =
        ARENA_ARRAY(&c->mem, struct verified_market, v->n_phases);
    for (size_t p = 0; p < v->n_phases; p++)
        markets[p] = (struct verified_market){
            v->phases[p].phase, &v->phases[p].market, &v->phases[p].verdict};
    verify_json_write(markets, v->n_phases, v->lines, v->n_lines, &text);
    bool ok = file_write_atomic(path_join(&c->mem, folder, "verify.json"),
                                text.bytes, text.len, &c->diag);
    buf_release(&text);
    return ok;
}
