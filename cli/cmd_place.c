/* nyusho place: a case, or any market file by itself. */
#include "cli/commands.h"
#include "cli/prove_cli.h"
#include "cli/run_cli.h"
#include "core/file.h"
#include "scoring/placement/market_file.h"
#include "scoring/placement/result_file.h"
#include "scoring/verify/verify_market.h"

const struct option_spec place_options_table[] = {
    {"--market",
     "FILE.json",
     {"募集回の代わりに市場ファイルを割り当てる",
      "place this market file instead of a case"}},
    {"--out",
     "RESULT.json",
     {"市場ファイルの結果を書く先", "where its result goes"}},
    PROVE_OPTION_ROWS,
    ROUND_OPTION_ROWS,
    RUN_OPTION_ROWS,
    {NULL, NULL, {NULL, NULL}},
};

static bool write_result(struct cli *c, const char *path,
                         const struct market *m, const struct placement *p,
                         const char *proof)
{
    struct market_verdict v;
    struct buf text = BUF_INIT;
    verify_market(m, &p->matching, &v, &c->mem);
    struct market_result r = {p->matching, p->frozen,           p->n_frozen,
                              v.blocking,  v.n_blocking_listed, proof};
    result_write(m, &r, &text);
    bool ok = file_write_atomic(path, text.bytes, text.len, &c->diag);
    buf_release(&text);
    return ok;
}

/* With --optimum the proven best takes the place of the placer's answer. */
static bool prove_file(struct cli *c, const struct market *m,
                       struct placement *p, struct buf *proof)
{
    struct prove_request ask;
    struct prove_result r;
    if (!prove_options_take(c, &ask))
        return false;
    if (!ask.wanted)
        return true;
    if (!prove_do(c, m, &p->matching, &ask, &r, proof))
        return false;
    if (r.canonical) {
        p->matching = r.matching;
        p->n_frozen = 0;
    }
    return true;
}

static int place_file(struct cli *c, const char *path)
{
    const char *out = cli_option(c, "--out");
    struct market m;
    struct placement p;
    size_t len;
    if (!out || c->n_args) {
        diag_error(&c->diag, POS_FILE("place"), "bad-option",
                   "--market の時は --out RESULT.json "
                   "を書き、募集回は書かないでください",
                   "with --market give --out RESULT.json and no case");
        return EXIT_INPUT;
    }
    const char *bytes =
        file_read(path, MARKET_FILE_MAX, &c->mem, &len, &c->diag);
    if (!bytes || !market_parse(bytes, len, path, &m, &c->mem, &c->diag))
        return cli_failure(c);
    place_market(&m, (struct place_options){.log = false}, &p, &c->mem);
    struct buf proof = BUF_INIT;
    bool ok = prove_file(c, &m, &p, &proof) &&
              write_result(c, out, &m, &p, proof.bytes);
    buf_release(&proof);
    if (!ok)
        return cli_failure(c);
    size_t placed = 0;
    for (size_t i = 0; i < p.matching.n; i++)
        placed += p.matching.place[i] != MARKET_NONE;
    cli_say(c, "児童 %zu 人のうち %zu 人に席があります: %s\n",
            "%2$zu of %1$zu children hold a seat: %3$s\n", m.n_children, placed,
            out);
    if (p.n_frozen)
        cli_say(c, "決着せず据え置いた世帯: %zu\n",
                "households left where they stood: %zu\n", p.n_frozen);
    cJSON_AddNumberToObject(c->report, "frozen", (double)p.n_frozen);
    cJSON_AddNumberToObject(c->report, "children", (double)m.n_children);
    cJSON_AddNumberToObject(c->report, "placed", (double)placed);
    return cli_status(c);
}

int place_run(struct cli *c)
{
    if (cli_option(c, "--market"))
        return place_file(c, cli_option(c, "--market"));
    if (c->n_args != 1) {
        diag_error(&c->diag, POS_FILE("place"), "bad-option",
                   "募集回のフォルダーか --market FILE.json を書いてください",
                   "give a case folder or --market FILE.json");
        return EXIT_INPUT;
    }
    struct run run = RUN_INIT;
    const char *path;
    bool ok = run_do(c, c->args[0], true, &run, &path);
    if (ok)
        run_say(c, &run, path);
    int status = ok ? run_status(c, &run) : cli_failure(c);
    run_release(&run);
    return status;
}
