/* drat_check CNF DRAT: whether the proof holds, for tests of whole runs. */
#include "drat_check.h"

#include "core/file.h"

#include <stdio.h>

#define MAX_BYTES ((size_t)1 << 30)

int main(int argc, char **argv)
{
    struct arena mem = ARENA_INIT;
    size_t len;
    int line = 0;
    const char *cnf =
        argc == 3 ? file_read(argv[1], MAX_BYTES, &mem, &len, NULL) : NULL;
    const char *proof =
        cnf ? file_read(argv[2], MAX_BYTES, &mem, &len, NULL) : NULL;
    bool ok = proof && drat_check(cnf, proof, &line);
    if (!ok)
        fprintf(stderr, "no proof (line %d)\n", line);
    arena_release(&mem);
    return ok ? 0 : 1;
}
