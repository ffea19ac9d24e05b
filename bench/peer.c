#include "bench/peer.h"

#include "core/file.h"
#include "core/text.h"

#include <leptonica/allheaders.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_SAID ((size_t)1 << 20)

void cost_add(struct cost *sum, struct cost more)
{
    sum->wall += more.wall;
    sum->cpu += more.cpu;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void start(const struct peer *p, const char *image, const char *said)
{
    setenv("OMP_THREAD_LIMIT", "1", 1);
    if (!freopen(said, "w", stdout) || !freopen("/dev/null", "w", stderr))
        _exit(126);
    execlp("tesseract", "tesseract", image, "-", "-l", p->language, "--psm",
           p->psm, (char *)NULL);
    _exit(127);
}

static struct cost run(const struct peer *p, const char *image,
                       const char *said)
{
    struct rusage use = {0};
    double from = now();
    int status;
    fflush(stdout); /* or the child prints it again */
    pid_t pid = fork();
    if (pid == 0)
        start(p, image, said);
    wait4(pid, &status, 0, &use);
    return (struct cost){
        now() - from,
        (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
            (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6};
}

struct cost peer_read(const struct peer *p, struct Pix *image,
                      const char **text, struct arena *a)
{
    struct arena mem = ARENA_INIT;
    const char *path = path_join(&mem, p->folder, "crop.png");
    const char *said = path_join(&mem, p->folder, "said.txt");
    struct cost cost = {0, 0};
    size_t len;
    if (text)
        *text = "";
    if (pixWrite(path, image, IFF_PNG) == 0) {
        cost = run(p, path, said);
        const char *bytes = file_read(said, MAX_SAID, &mem, &len, NULL);
        if (text && bytes) /* behind every page there is a form feed */
            *text = text_trim(arena_copy(a, bytes, strcspn(bytes, "\f")), a);
    }
    unlink(path);
    unlink(said);
    arena_release(&mem);
    return cost;
}
