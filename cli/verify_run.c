#include "cli/verify_run.h"

#include "cli/case_context.h"
#include "cli/verify_proof.h"
#include "core/csv.h"
#include "core/file.h"
#include "records/record_csv.h"
#include "scoring/placement/market_file.h"
#include "scoring/verify/verify_points.h"

#include <stdlib.h>
#include <string.h>

#define MAX_RUN_FILE ((size_t)1 << 30)

/* A table that the run wrote, in either language and encoding. */
static bool read_table(struct cli *c, const char *folder, const char *name,
                       struct csv *out)
{
    size_t len;
    const char *path = path_join(&c->mem, folder, name);
    const char *bytes = file_read(path, MAX_RUN_FILE, &c->mem, &len, &c->diag);
    return bytes &&
           csv_parse(bytes, len, path, ENCODING_AUTO, out, &c->mem, &c->diag);
}

/* A column by its Japanese or English header. */
static bool column(struct cli *c, const struct csv *t, struct label name,
                   int *out)
{
    *out = csv_column(t, name.ja);
    if (*out < 0)
        *out = csv_column(t, name.en);
    return *out >= 0 ||
           diag_error(&c->diag, POS_FILE(t->file), "missing-column",
                      "「%1$s」(%2$s) の列がありません",
                      "there is no column %2$s (%1$s)", name.ja, name.en);
}

static bool read_claims(struct cli *c, const char *folder,
                        struct claimed_points **out, size_t *n)
{
    static const struct label names[] = {
        {"世帯番号", "household"}, {"児童番号", "child"},
        {"施設番号", "facility"},  {"基準指数", "basic points"},
        {"合計", "total"},         {"未確定", "provisional"},
    };
    struct csv t;
    int at[6];
    if (!read_table(c, folder, "scores.csv", &t))
        return false;
    for (size_t i = 0; i < 6; i++)
        if (!column(c, &t, names[i], &at[i]))
            return false;
    *out = ARENA_ARRAY(&c->mem, struct claimed_points, t.n_rows);
    *n = t.n_rows;
    for (size_t r = 0; r < t.n_rows; r++) {
        struct claimed_points *p = &(*out)[r];
        *p = (struct claimed_points){.household = csv_cell(&t, r, at[0]),
                                     .child = csv_cell(&t, r, at[1]),
                                     .facility = csv_cell(&t, r, at[2]),
                                     .provisional =
                                         *csv_cell(&t, r, at[5]) != '\0',
                                     .at = csv_pos(&t, r, at[4])};
        if (!points_parse(csv_cell(&t, r, at[3]), &p->base) ||
            !points_parse(csv_cell(&t, r, at[4]), &p->total))
            return diag_error(&c->diag, csv_pos(&t, r, at[4]), "bad-number",
                              "点数を読めません", "these are no points");
    }
    return true;
}

static int child_by_number(const void *key, const void *item)
{
    const struct market_child *m = item;
    return strcmp(key, m->id);
}

static int facility_by_code(const void *key, const void *item)
{
    const struct market_facility *m = item;
    return strcmp(key, m->id);
}

/* placements.csv as a matching of the market; what is wrong with its rows goes
 * into `said`: a child that is missing or there twice, a place for one who is
 * not in the market, a facility that is not. */
static bool read_matching(struct cli *c, const char *folder,
                          const struct market *m, struct matching *out,
                          struct diag *said)
{
    static const struct label names[] = {{"児童番号", "child"},
                                         {"施設番号", "facility"}};
    struct csv t;
    int child, at;
    if (!read_table(c, folder, "placements.csv", &t) ||
        !column(c, &t, names[0], &child) || !column(c, &t, names[1], &at))
        return false;
    *out = (struct matching){ARENA_ARRAY(&c->mem, int32_t, m->n_children),
                             m->n_children};
    bool *seen = ARENA_ARRAY(&c->mem, bool, m->n_children);
    for (size_t i = 0; i < m->n_children; i++)
        out->place[i] = MARKET_NONE;
    for (size_t r = 0; r < t.n_rows; r++) {
        const char *code = csv_cell(&t, r, at);
        const char *id = csv_cell(&t, r, child);
        const struct market_child *x =
            bsearch(id, m->children, m->n_children, sizeof *m->children,
                    child_by_number);
        const struct market_facility *f =
            *code ? bsearch(code, m->facilities, m->n_facilities,
                            sizeof *m->facilities, facility_by_code)
                  : NULL;
        if (*code && !f)
            diag_error(said, csv_pos(&t, r, at), "unknown-facility",
                       "施設番号 %s がありません", "there is no facility %s",
                       code);
        if (!x && f)
            diag_error(said, csv_pos(&t, r, child), "placed-outside",
                       "児童 %s は選考の対象ではありません",
                       "child %s is not in the market", id);
        if (x && seen[x - m->children])
            diag_error(said, csv_pos(&t, r, child), "placed-twice",
                       "児童 %s の行が2つあります",
                       "child %s stands there twice", id);
        if (!x)
            continue;
        seen[x - m->children] = true;
        if (f)
            out->place[x - m->children] = (int32_t)(f - m->facilities);
    }
    for (size_t i = 0; i < m->n_children; i++)
        if (!seen[i])
            diag_error(said, POS_FILE("placements.csv"), "placement-missing",
                       "児童 %s の行がありません", "there is no row for %s",
                       m->children[i].id);
    return true;
}

/* market.json against seats.csv, class by class: what is offered, less the
 * seats of transfer applicants where they are counted in. */
static void check_seats(const struct facilities *facilities,
                        const struct market *m, struct diag *said)
{
    for (size_t f = 0; f < m->n_facilities; f++) {
        const struct market_facility *x = &m->facilities[f];
        const struct facility *from = facility_find(facilities, x->id);
        for (int k = 0; k < MARKET_CLASSES; k++) {
            int want =
                from && from->seats[k].offered > 0 ? from->seats[k].offered : 0;
            if (from && from->seats[k].own_included)
                for (size_t i = 0; i < m->n_children; i++)
                    want -= m->children[i].current == (int32_t)f &&
                            m->children[i].class_age == k && want > 0;
            if (x->seats[k] != want)
                diag_error(said, POS_FILE("market.json"), "seats-differ",
                           "施設 %s クラス %d: %d 人ですが、seats.csv では %d "
                           "人です",
                           "facility %s class %d: %d seats, by seats.csv %d",
                           x->id, k, (int)x->seats[k], want);
        }
    }
}

static bool read_market(struct cli *c, const char *inputs, struct market *out)
{
    size_t len;
    const char *path = path_join(&c->mem, inputs, "market.json");
    const char *bytes = file_read(path, MAX_RUN_FILE, &c->mem, &len, &c->diag);
    return bytes && market_parse(bytes, len, path, out, &c->mem, &c->diag);
}

struct verify_line verify_line_make(struct cli *c, const char *name,
                                    struct label title, size_t checked,
                                    const struct diag *said)
{
    size_t n = said->n < VERIFY_EXAMPLES_MAX ? said->n : VERIFY_EXAMPLES_MAX;
    const char **examples = ARENA_ARRAY(&c->mem, const char *, n);
    for (size_t i = 0; i < n; i++)
        examples[i] = finding_line(&said->items[i], LANG_JA, &c->mem);
    return (struct verify_line){name, title, checked, said->n, examples, n};
}

static void check_points(struct cli *c, const struct recompute_context *ctx,
                         const struct claimed_points *claims, size_t n,
                         struct verify_run *out)
{
    struct diag said = DIAG_INIT;
    size_t checked = verify_points(ctx, claims, n, &said);
    out->lines[0] = verify_line_make(
        c, "points-recomputed",
        (struct label){"指数を別の計算で確かめる",
                       "points recomputed by a second evaluator"},
        checked, &said);
    diag_release(&said);
}

/* The order of each facility, as its children's numbers. */
static void check_orders(struct cli *c, const struct recompute_context *ctx,
                         struct verify_run *out)
{
    struct diag said = DIAG_INIT;
    struct recomputed_child *children;
    const struct market *m = &out->market;
    size_t n = recompute_points(ctx, &children, &c->mem);
    for (size_t f = 0; f < m->n_facilities; f++) {
        const struct market_facility *at = &m->facilities[f];
        const char **order = ARENA_ARRAY(&c->mem, const char *, at->n_priority);
        for (size_t i = 0; i < at->n_priority; i++)
            order[i] = m->children[at->priority[i]].id;
        verify_order(children, n, ctx->rules, at->id, order, at->n_priority,
                     &said);
    }
    out->lines[1] = verify_line_make(
        c, "order-recomputed",
        (struct label){"施設ごとの順位を別の計算で確かめる",
                       "the order at each facility recomputed"},
        m->n_facilities, &said);
    diag_release(&said);
}

/* Runs of earlier versions have none. */
static bool read_proof(struct cli *c, const char *folder,
                       struct verify_run *out, struct claimed_proof *proof)
{
    const char *path = path_join(&c->mem, folder, "proof.json");
    *proof = (struct claimed_proof){.any = false};
    return !file_exists(path) ||
           verify_proof_read(c, path, &out->market, proof);
}

static bool verify_with(struct cli *c, const char *folder, const char *inputs,
                        const struct recompute_context *ctx,
                        struct verify_run *out)
{
    struct claimed_points *claims;
    struct matching held;
    struct diag rows = DIAG_INIT, seats = DIAG_INIT;
    struct claimed_proof proof;
    size_t n;
    bool ok = read_market(c, inputs, &out->market) &&
              read_claims(c, folder, &claims, &n) &&
              read_matching(c, folder, &out->market, &held, &rows) &&
              read_proof(c, folder, out, &proof);
    if (ok) {
        check_points(c, ctx, claims, n, out);
        check_orders(c, ctx, out);
        check_seats(ctx->facilities, &out->market, &seats);
        out->lines[2] = verify_line_make(
            c, "every-child-once",
            (struct label){"placements.csv に全児童が 1 回ずつ出ている",
                           "every child once in placements.csv"},
            out->market.n_children, &rows);
        out->lines[3] =
            verify_line_make(c, "seats-as-signed",
                             (struct label){"募集人数が seats.csv のとおり",
                                            "seats are those of seats.csv"},
                             out->market.n_facilities, &seats);
    }
    diag_release(&rows);
    diag_release(&seats);
    if (!ok)
        return false;
    verify_market(&out->market, &held, &out->verdict, &c->mem);
    verify_proof_check(c, &proof, &held, out, &out->lines[4]);
    out->ok = out->verdict.ok;
    for (size_t i = 0; i < VERIFY_LINES; i++)
        out->ok = out->ok && out->lines[i].failed == 0;
    return true;
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
    if (!run_context_load(c, inputs, CONTEXT_FACILITIES | CONTEXT_RULES, &ctx))
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
        .lottery_seed = ctx.settings.lottery_seed};
    ok = ok && verify_with(c, folder, inputs, &basis, out);
    record_set_release(&set);
    return ok;
}

bool verify_run_write(struct cli *c, const char *folder,
                      const struct verify_run *v)
{
    struct buf text = BUF_INIT;
    verify_json_write(&v->market, &v->verdict, v->lines, VERIFY_LINES, &text);
    bool ok = file_write_atomic(path_join(&c->mem, folder, "verify.json"),
                                text.bytes, text.len, &c->diag);
    buf_release(&text);
    return ok;
}

bool verify_run_failed(struct cli *c, const char *folder,
                       const struct verify_run *v)
{
    size_t failed = v->changed_files;
    for (size_t i = 0; i < VERIFY_LINES; i++)
        failed += v->lines[i].failed;
    for (size_t i = 0; i < n_market_checks; i++)
        if (market_check_counts(i, &v->market))
            failed += v->verdict.checks[i].failed;
    return diag_error(
        &c->diag, POS_FILE(folder), "verify-failed",
        "検算が合いません (%zu 件)。この結果は使わず、verify.json "
        "を添えて作成元に知らせてください",
        "the run does not hold (%zu failures); do not use it and report "
        "verify.json to its makers",
        failed);
}

/* △: not promised by the city's method, and reported. */
static void say_check(struct cli *c, struct label title, size_t checked,
                      size_t failed, bool counts)
{
    cli_say(c, "  %s %s (%zu 件中 %zu 件不一致)\n",
            "  %s %s (%zu checked, %zu failed)\n",
            !failed  ? "○"
            : counts ? "×"
                     : "△",
            label_text(title, c->lang), checked, failed);
}

/* With siblings a placement without any may not exist. */
static void say_blocking(struct cli *c, const struct market_verdict *v)
{
    cli_say(
        c,
        "  参考: ほかの組合せに移れる世帯 %zu (組合せ %zu 件。ABH の数え方では "
        "%zu 世帯 %zu 件)\n",
        "  blocked households: %zu (%zu entries; by rule ABH %zu and "
        "%zu)\n",
        v->syy.families, v->syy.entries, v->abh.families, v->abh.entries);
}

void verify_line_say(struct cli *c, const struct verify_line *l)
{
    say_check(c, l->title, l->checked, l->failed, true);
    for (size_t i = 0; i < l->n_examples; i++)
        cli_say(c, "      %s\n", "      %s\n", l->examples[i]);
}

void verify_run_say(struct cli *c, const struct verify_run *v, size_t n_lines)
{
    for (size_t i = 0; i < n_lines; i++)
        verify_line_say(c, &v->lines[i]);
    for (size_t i = 0; i < n_market_checks; i++)
        if (market_checks[i].run_by >> v->market.method & 1U)
            say_check(c, market_checks[i].title, v->verdict.checks[i].checked,
                      v->verdict.checks[i].failed,
                      market_check_counts(i, &v->market));
    say_blocking(c, &v->verdict);
}
