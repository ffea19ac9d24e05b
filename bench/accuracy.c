/*
 * How right readings are, and what it costs when they are not: docs/reading.md.
 * To add a command: its row.
 */
#include "bench/accuracy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *name, *usage;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"pages",
     "FOLDER RESULTS.csv [PEER_PAGES]\n"
     "      read FOLDER/scans by FOLDER/case and compare with FOLDER/truth; \n"
     "      cut off, it goes on where it was. The first PEER_PAGES are read "
     "by\n"
     "      the tesseract program too, once for each box",
     accuracy_pages},
    {"table",
     "[--lang en] [--by hand|file|damage|reason] [--curve] [--wrong]\n"
     "      [--policy CASE] RESULTS.csv…\n"
     "      what they come to, by kind of box; by damage, a row for each",
     accuracy_table},
    {"digits",
     "FOLDER [FIRST LAST]\n"
     "      pictures of single digits: IDX files, or folders 0 to 9 of images",
     accuracy_digits},
    {"boxes",
     "FOLDER\n"
     "      pictures of single tick boxes in folders marked and empty",
     accuracy_boxes},
};
#define N_COMMANDS (sizeof commands / sizeof commands[0])

/* Tesseract's OpenMP threads cost four times the CPU of one, and read the
 * limit before main() begins. */
static void with_one_thread(char **argv)
{
    if (!getenv("OMP_THREAD_LIMIT") && setenv("OMP_THREAD_LIMIT", "1", 1) == 0)
        execv("/proc/self/exe", argv);
}

int main(int argc, char **argv)
{
    with_one_thread(argv);
    for (size_t i = 0; argc > 1 && i < N_COMMANDS; i++)
        if (strcmp(commands[i].name, argv[1]) == 0)
            return commands[i].run(argc - 2, argv + 2);
    for (size_t i = 0; i < N_COMMANDS; i++)
        fprintf(stderr, "accuracy %s %s\n", commands[i].name,
                commands[i].usage);
    return 2;
}
