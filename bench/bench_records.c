/*
 * Records scored from CSV files to CSV files, against what `LC_ALL=C sort`
 * needs on the same bytes (limit 3×), one after the other in one run:
 *
 *     make_records DIR 1000000
 *     bench_records NYUSHO DIR [ROUNDS]
 *
 * Both start with two cores and the files in the page cache; the files come
 * sorted, which is the easiest input there is for sort. DIR/sorted and DIR/out
 * are written.
 */
#include "core/arena.h"
#include "core/diag.h"
#include "core/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_ROUNDS 21
#define MAX_ARGS 24
#define LIMIT 3.0 /* times what sort needs */

struct cost {
    double wall, cpu; /* seconds */
    double memory;    /* MiB at most */
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double of(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* Exit status 0 and 1 (there are findings) are both good. */
static struct cost run(const char *const *args)
{
    struct rusage used;
    int status = -1;
    double start = now();
    pid_t pid = fork();
    if (pid == 0) {
        setenv("LC_ALL", "C", 1);
        execvp(args[0], (char *const *)args);
        _exit(127);
    }
    if (pid < 0 || wait4(pid, &status, 0, &used) != pid || !WIFEXITED(status) ||
        WEXITSTATUS(status) > 1) {
        fprintf(stderr, "bench_records: %s failed\n", args[0]);
        exit(2);
    }
    return (struct cost){now() - start, of(used.ru_utime) + of(used.ru_stime),
                         (double)used.ru_maxrss / 1024};
}

static int by_wall(const void *x, const void *y)
{
    const struct cost *a = x, *b = y;
    return (a->wall > b->wall) - (a->wall < b->wall);
}

static struct cost report(const char *name, struct cost *rounds, int n)
{
    qsort(rounds, (size_t)n, sizeof *rounds, by_wall);
    struct cost m = rounds[n / 2];
    printf("%-7s median %.2f s wall (%.2f to %.2f), %.2f s CPU, %.0f MiB at "
           "most\n",
           name, m.wall, rounds[0].wall, rounds[n - 1].wall, m.cpu, m.memory);
    return m;
}

static double megabytes(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 ? (double)st.st_size / 1e6 : 0;
}

int main(int argc, char **argv)
{
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct cost sorts[MAX_ROUNDS], scores[MAX_ROUNDS];
    int rounds = argc > 3 ? atoi(argv[3]) : 5;
    size_t n;
    if (argc < 3 || rounds < 1 || rounds > MAX_ROUNDS)
        return 2;
    const char *records = path_join(&mem, argv[2], "records");
    char **names = folder_list(records, &mem, &n, &d);
    if (!names || n + 4 > MAX_ARGS)
        return 2;
    const char *sort[MAX_ARGS] = {"sort", "-o",
                                  path_join(&mem, argv[2], "sorted")};
    double bytes = 0;
    for (size_t i = 0; i < n; i++) {
        sort[3 + i] = path_join(&mem, records, names[i]);
        bytes += megabytes(sort[3 + i]);
    }
    const char *const score[] = {
        argv[1],     "--quiet", "score", path_join(&mem, argv[2], "case"),
        "--records", records,   "--out", path_join(&mem, argv[2], "out"),
        NULL};
    run(sort); /* brings the files near */
    for (int i = 0; i < rounds; i++) {
        sorts[i] = run(sort);
        scores[i] = run(score);
    }
    printf("%.0f MB of records, %d rounds, one after the other\n", bytes,
           rounds);
    double peer = report("sort", sorts, rounds).wall;
    double ours = report("nyusho", scores, rounds).wall;
    printf("ratio of the medians: %.2f (limit %.0f)\n", ours / peer, LIMIT);
    arena_release(&mem);
    return ours / peer <= LIMIT ? 0 : 1;
}
