/*
 * How long a city's proof takes as files: written, and accepted by the checker
 * of the tests, which shares nothing with the program. CPU time.
 *
 *     prove_proof CHILDREN FACILITIES CITY LEAST_WISHES PREFIX
 *
 * The five files stay under PREFIX (prove_file.h). One line of CSV for each
 * pair; status 1 where one was not written or is refused.
 */
#include "city.h"

#include "core/file.h"
#include "scoring/placement/prove/prove_file.h"
#include "tests/drat_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define FILE_LIMIT ((size_t)4 << 30)

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool check(const char *prefix, const char *name,
                  enum prove_file_state state)
{
    static const char *const states[] = {"void", "written", "limited",
                                         "too-large"};
    struct arena a = ARENA_INIT;
    size_t cnf_size = 0, drat_size = 0;
    bool ok = state == PROOF_VOID;
    double before = seconds();
    int line = 0;
    if (state == PROOF_WRITTEN) {
        char *cnf = file_read(arena_printf(&a, "%s.%s.cnf", prefix, name),
                              FILE_LIMIT, &a, &cnf_size, NULL);
        char *drat = file_read(arena_printf(&a, "%s.%s.drat", prefix, name),
                               FILE_LIMIT, &a, &drat_size, NULL);
        ok = cnf && drat && drat_check(cnf, drat, &line);
    }
    printf("%s,%s,%.1f,%.1f,%.1f,%s\n", name, states[state],
           (double)cnf_size / 1e6, (double)drat_size / 1e6, seconds() - before,
           !ok                      ? "refused"
           : state == PROOF_WRITTEN ? "accepted"
                                    : "nothing to check");
    arena_release(&a);
    return ok;
}

int main(int argc, char **argv)
{
    if (argc != 6)
        return 2;
    struct city_size size = {atoi(argv[1]), atoi(argv[2]), atoi(argv[4]), 20};
    if (size.children < 1 || size.facilities < 60 || size.least_wishes < 1 ||
        size.least_wishes > 20)
        return 2;
    struct arena a = ARENA_INIT;
    struct market m;
    struct prove_result r;
    struct prove_files files;
    city_make(size, strtoull(argv[3], NULL, 10), &m, &a);
    prove_market(&m, (struct prove_options){.goal = PROVE_MAXIMUM}, &r, &a);
    double before = seconds();
    if (r.limit || !prove_write(&m, &r, argv[5], 0, &files, NULL))
        return 1;
    printf("# %zu blocking, %zu placed; written in %.1f s\n", r.blocking_low,
           r.placed_low, seconds() - before);
    puts("pair,state,cnf_mb,drat_mb,check_s,checker");
    fflush(stdout);
    bool ok = check(argv[5], "blocking", files.blocking);
    ok = check(argv[5], "placed", files.placed) && ok;
    arena_release(&a);
    return ok ? 0 : 1;
}
