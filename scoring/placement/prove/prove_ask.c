#include "scoring/placement/prove/prove_ask.h"

#include <assert.h>

/* Conflicts times clauses of one question: minutes at the most. */
#define WORK INT64_C(10000000000)

void keep_if_better(struct proving *p, const size_t *held)
{
    struct prove_tally t;
    view_tally(&p->v, held, &t, &p->scratch);
    if (t.blocking > p->best.blocking)
        return;
    if (t.blocking == p->best.blocking && t.placed <= p->best.placed)
        return;
    p->best = t;
    for (size_t i = 0; i < p->v.m->n_families; i++)
        p->held[i] = held[i];
}

int prove_own_limit(size_t clauses)
{
    int64_t most = WORK / ((int64_t)clauses + 1);
    return most < INT_MAX ? (int)most + 1 : INT_MAX;
}

static int own_limit(const struct asking *q)
{
    return prove_own_limit(q->clauses.formula.n_clauses);
}

enum sat_answer asking_note_limit(struct proving *p, const struct asking *q,
                                  enum sat_answer answer)
{
    int asked = p->options.conflicts;
    if (answer == SAT_OPEN)
        p->out->limit = asked > 0 && asked <= own_limit(q)
                            ? PROVE_LIMIT_CONFLICTS
                            : PROVE_LIMIT_WORK;
    return answer;
}

static void set_limit(const struct proving *p, struct asking *q)
{
    int asked = p->options.conflicts, own = own_limit(q);
    q->cores.conflicts = asked > 0 && asked < own ? asked : own;
}

static void allow_blocking(struct proving *p, struct asking *q, size_t most)
{
    struct buf all = BUF_INIT;
    int *sum;
    for (size_t e = 0; e < p->v.n_entries; e++)
        if (q->clauses.blocks[e])
            buf_add(&all, &q->clauses.blocks[e], sizeof(int));
    size_t n =
        formula_sum(&q->clauses.formula, (const int *)(const void *)all.bytes,
                    all.len / sizeof(int), most + 1, &sum, &q->mem);
    if (n > most)
        formula_clause(&q->clauses.formula, (int[]){-sum[most]}, 1);
    buf_release(&all);
}

bool asking_open(struct proving *p, size_t most, const struct prove_rest *known,
                 struct asking *q)
{
    int32_t budget = most < ANY_BUDGET ? (int32_t)most : ANY_BUDGET;
    *q = (struct asking){.mem = ARENA_INIT};
    reduce_market(&p->v, p->soft, budget, known, &q->rest, &q->mem);
    if (q->rest.contradiction)
        return false;
    clauses_build(&p->v, &q->rest, false, &q->clauses, &q->mem);
    allow_blocking(p, q, most);
    q->s = sat_open();
    cores_open(&q->cores, &q->clauses.formula, q->s, 0, &q->mem);
    set_limit(p, q);
    return true;
}

void asking_close(struct proving *p, struct asking *q)
{
    struct prove_result *out = p->out;
    if (q->s) {
        const struct formula *f = &q->clauses.formula;
        if (f->n_clauses > out->clauses) {
            out->clauses = f->n_clauses;
            out->variables = (size_t)f->n_variables;
        }
        out->questions += q->cores.questions;
        cores_release(&q->cores);
        sat_close(q->s);
        formula_release(&q->clauses.formula);
    }
    arena_release(&q->mem);
}

static void read_solution(struct proving *p, struct asking *q)
{
    clauses_read(&p->v, &q->rest, &q->clauses, q->s, p->solution);
    keep_if_better(p, p->solution);
}

enum sat_answer asking_any(struct proving *p, struct asking *q)
{
    enum sat_answer answer = asking_note_limit(p, q, cores_any(&q->cores));
    if (answer == SAT_YES)
        read_solution(p, q);
    return answer;
}

void asking_prefer(struct proving *p, struct asking *q)
{
    formula_load(&q->clauses.formula, &q->cores.loaded, q->s);
    for (size_t i = 0; i < p->v.m->n_families; i++) {
        const struct prove_family *f = &p->v.families[i];
        for (size_t e = 0; e < f->n; e++) {
            int better = q->clauses.better[f->first + e];
            if (q->rest.alive[f->first + e] && better != LIT_TRUE)
                sat_prefer(q->s, e >= p->held[i] ? better : -better);
        }
    }
}

/* Children without a place cost. Returns how many never have one. */
static size_t add_unplaced(struct proving *p, struct asking *q)
{
    size_t never = 0;
    clauses_placed(&p->v, &q->rest, &q->clauses, &q->mem);
    for (size_t c = 0; c < p->v.m->n_children; c++) {
        int unplaced = -q->clauses.placed[c];
        never += unplaced == LIT_TRUE;
        if (unplaced != LIT_TRUE && unplaced != LIT_FALSE)
            cores_add(&q->cores, unplaced, &unplaced, 1);
    }
    return never;
}

enum sat_answer asking_most_placed(struct proving *p, struct asking *q,
                                   bool solve, size_t *most)
{
    size_t could = p->v.m->n_children - add_unplaced(p, q);
    size_t known = solve                    ? SIZE_MAX
                   : could > p->best.placed ? could - p->best.placed
                                            : 0;
    set_limit(p, q);
    enum sat_answer answer =
        known == 0 ? SAT_YES
                   : asking_note_limit(p, q, cores_least(&q->cores, known));
    assert(answer != SAT_NO);
    *most = could - q->cores.low;
    if (answer == SAT_YES && q->cores.low < known)
        read_solution(p, q);
    return answer;
}
