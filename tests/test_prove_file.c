/*
 * The proofs as files: a checker that shares nothing with the program accepts
 * each, and none that has a fault planted in it.
 */
#include "drat_check.h"
#include "family_random.h"
#include "market_text.h"

#include "core/file.h"
#include "scoring/placement/prove/prove_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define N_MARKETS 200
#define FILE_LIMIT (64U << 20)

static char folder[] = "/tmp/nyusho-prove-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    size_t n;
    char **names = folder_list(folder, &a, &n, NULL);
    for (size_t i = 0; names && i < n; i++)
        remove(path_join(&a, folder, names[i]));
    arena_release(&a);
    return rmdir(folder);
}

static char *take(struct arena *a, const char *name)
{
    size_t len;
    const char *path = path_join(a, folder, name);
    char *bytes = file_read(path, FILE_LIMIT, a, &len, NULL);
    assert_non_null(bytes);
    remove(path);
    return bytes;
}

static bool accepts(const char *cnf, const char *proof)
{
    int line;
    return drat_check(cnf, proof, &line);
}

/* Without its last clause, the limit, the question has a solution again. */
static char *without_last_clause(struct arena *a, const char *cnf)
{
    char *copy = arena_strdup(a, cnf);
    int variables = 0, clauses = 0;
    assert_int_equal(sscanf(copy, "p cnf %d %d", &variables, &clauses), 2);
    copy[strlen(copy) - 1] = '\0';
    *(strrchr(copy, '\n') + 1) = '\0';
    return arena_printf(a, "p cnf %d %d%s", variables, clauses - 1,
                        strchr(copy, '\n'));
}

/* The limit turned round: more than so many. */
static char *with_last_turned(struct arena *a, const char *cnf)
{
    char *copy = arena_strdup(a, cnf);
    copy[strlen(copy) - 1] = '\0';
    char *last = strrchr(copy, '\n');
    int literal = atoi(last);
    *last = '\0';
    return arena_printf(a, "%s\n%d 0\n", copy, -literal);
}

static void check_pair(struct arena *a, const char *name, uint64_t seed,
                       int *faults)
{
    char *cnf = take(a, arena_printf(a, "p.%s.cnf", name));
    char *proof = take(a, arena_printf(a, "p.%s.drat", name));
    if (!accepts(cnf, proof))
        fail_msg("market %d: its proof (%s) is refused", (int)seed, name);
    if (accepts(without_last_clause(a, cnf), proof) ||
        accepts(with_last_turned(a, cnf), proof))
        fail_msg("market %d: a faulty question (%s) is accepted", (int)seed,
                 name);
    /* Where unit propagation does not say it all, the steps are needed. */
    *faults += !accepts(cnf, "");
}

static void proofs_are_accepted_and_faults_are_not(void **state)
{
    (void)state;
    int pairs[2] = {0}, faults = 0;
    for (uint64_t seed = 1; seed <= N_MARKETS; seed++) {
        struct arena a = ARENA_INIT;
        struct market m;
        struct prove_result r;
        struct prove_files files;
        family_market(seed, &m, &a);
        prove_market(&m, (struct prove_options){.goal = PROVE_MAXIMUM}, &r, &a);
        assert_true(
            prove_write(&m, &r, path_join(&a, folder, "p"), 0, &files, NULL));
        assert_int_equal(files.blocking,
                         r.blocking_low ? PROOF_WRITTEN : PROOF_VOID);
        assert_true(files.placed == PROOF_WRITTEN ||
                    files.placed == PROOF_VOID);
        if (files.blocking == PROOF_WRITTEN)
            check_pair(&a, "blocking", seed, &faults);
        if (files.placed == PROOF_WRITTEN)
            check_pair(&a, "placed", seed, &faults);
        pairs[0] += files.blocking == PROOF_WRITTEN;
        pairs[1] += files.placed == PROOF_WRITTEN;
        take(&a, "p.map.json");
        arena_release(&a);
    }
    print_message("%d and %d proofs, %d need their steps\n", pairs[0], pairs[1],
                  faults);
    assert_true(pairs[0] > 5 && pairs[1] > 50 && faults > 20);
}

static void the_checker_knows_right_from_wrong(void **state)
{
    (void)state;
    static const char all[] = "p cnf 2 4\n1 2 0\n1 -2 0\n-1 2 0\n-1 -2 0\n";
    static const char three[] = "p cnf 2 3\n1 2 0\n1 -2 0\n-1 2 0\n";
    int line;
    assert_true(drat_check(all, "1 0\n0\n", &line));
    assert_true(drat_check(all, "1 0\nd 1 2 0\n0\n", &line));
    assert_false(drat_check(all, "", &line));
    assert_int_equal(line, 0);
    assert_false(drat_check(all, "0\n", &line));
    assert_int_equal(line, 1);
    assert_false(drat_check(three, "1 0\n0\n", &line));
    assert_int_equal(line, 2);
    assert_false(drat_check(all, "d 1 2 0\n1 0\n0\n", &line));
    assert_int_equal(line, 2);
    assert_false(drat_check(all, "3 0\n0\n", &line));
    assert_false(drat_check("p cnf 2 5\n1 2 0\n", "0\n", &line));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_checker_knows_right_from_wrong),
        cmocka_unit_test(proofs_are_accepted_and_faults_are_not),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
