/*
 * The one C++ file: CaDiCaL behind sat.h. Its C header has no way to trace a
 * proof or to prefer a value.
 */
#include "scoring/placement/prove/sat.h"

#include <cadical.hpp>

struct sat {
    CaDiCaL::Solver solver;
};

struct sat *sat_open(void)
{
    struct sat *s = new sat;
    s->solver.set("quiet", 1);
    /* Guesses and simplifications take longer than most of the answers that
     * are asked for here. */
    s->solver.set("lucky", 0);
    s->solver.set("probe", 0);
    s->solver.set("elim", 0);
    s->solver.set("subsume", 0);
    return s;
}

void sat_close(struct sat *s)
{
    delete s; /* ends a trace too */
}

bool sat_trace(struct sat *s, const char *path)
{
    s->solver.set("binary", 0);
    return s->solver.trace_proof(path);
}

void sat_clause(struct sat *s, const int *literals, size_t n)
{
    for (size_t i = 0; i < n; i++)
        s->solver.add(literals[i]);
    s->solver.add(0);
}

void sat_assume(struct sat *s, int literal)
{
    s->solver.assume(literal);
}

void sat_prefer(struct sat *s, int literal)
{
    s->solver.phase(literal);
}

enum sat_answer sat_solve(struct sat *s, int conflicts)
{
    if (conflicts > 0)
        s->solver.limit("conflicts", conflicts);
    int answer = s->solver.solve();
    return answer == 10 ? SAT_YES : answer == 20 ? SAT_NO : SAT_OPEN;
}

bool sat_value(struct sat *s, int literal)
{
    return s->solver.val(literal) == literal;
}

bool sat_failed(struct sat *s, int literal)
{
    return s->solver.failed(literal);
}
