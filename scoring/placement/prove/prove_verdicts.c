/* To add a verdict or a limit: its name in prove.h and its row here. */
#include "scoring/placement/prove/prove.h"

#include <assert.h>

const struct prove_verdict_name prove_verdicts[] = {
    [PROVE_OPEN] = {"open",
                    {"上限までに決まりませんでした", "the limit came first"}},
    [PROVE_STABLE] = {"stable",
                      {"安定な割当てがあります", "a stable matching exists"}},
    [PROVE_NONE_STABLE] = {"none-stable",
                           {"安定な割当てはありません",
                            "no stable matching exists"}},
};
static_assert(sizeof prove_verdicts / sizeof prove_verdicts[0] ==
                  N_PROVE_VERDICTS,
              "name every verdict");

const struct prove_verdict_name prove_limits[] = {
    [PROVE_NO_LIMIT] = {"none", {"なし", "none"}},
    [PROVE_LIMIT_CONFLICTS] = {"conflicts",
                               {"1 問あたりの手数の上限 (--conflicts)",
                                "the limit of conflicts for one question "
                                "(--conflicts)"}},
    [PROVE_LIMIT_WORK] = {"work",
                          {"1 問あたりの手数の上限 (内蔵: 手数×節の数)",
                           "the built-in limit of one question (conflicts "
                           "times clauses)"}},
    [PROVE_LIMIT_ROUND] = {"round",
                           {"同じ阻害数についての全問の大きさの上限 (内蔵)",
                            "the built-in limit of all questions about one "
                            "number of blocking entries"}},
};
static_assert(sizeof prove_limits / sizeof prove_limits[0] == N_PROVE_LIMITS,
              "name every limit");
