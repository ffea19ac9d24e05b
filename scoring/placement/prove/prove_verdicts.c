/* To add a verdict: its name in prove.h and its row here. */
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
