#include "ocr/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

#define ERR_CAP ((size_t)64 << 10)
/* What the shell uses for "command not found". */
#define STATUS_MISSING 127

struct tap {
    int fd;
    struct buf *to;
    size_t cap;
    int strict; /* passing the cap stops the child */
};

static long long now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void limit(int what, rlim_t value)
{
    struct rlimit r = {value, value};

    setrlimit(what, &r);
}

/* Between fork and exec: only what is safe there. */
static void become(char *const argv[], const struct child_limits *limits,
                   int out, int err)
{
    static char path[] = "PATH=/usr/local/bin:/usr/bin:/bin";
    static char locale[] = "LC_ALL=C";
    char *const environment[] = {path, locale, NULL};
    int null = open("/dev/null", O_RDONLY);

    dup2(null, 0);
    dup2(out, 1);
    dup2(err, 2);
    for (int fd = 3; fd < 256; fd++)
        close(fd);
    limit(RLIMIT_CPU, (rlim_t)limits->seconds);
    limit(RLIMIT_AS, (rlim_t)limits->memory_mib << 20);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    environ = (char **)environment;
    execvp(argv[0], argv);
    _exit(STATUS_MISSING);
}

/* One read; 0 at the end of the stream, -1 when the cap was passed. */
static int drain(struct tap *t)
{
    char bytes[65536];
    ssize_t n = read(t->fd, bytes, sizeof bytes);

    if (n < 0)
        return errno == EINTR || errno == EAGAIN;
    if (n == 0)
        return 0;
    if (t->to->len + (size_t)n <= t->cap)
        buf_add(t->to, bytes, (size_t)n);
    else if (t->strict)
        return -1;
    return 1;
}

/* Collects both streams until both end. False when the child must be stopped.
 */
static int collect(struct tap taps[2], long long deadline)
{
    for (;;) {
        struct pollfd p[2] = {{taps[0].fd, POLLIN, 0}, {taps[1].fd, POLLIN, 0}};
        long long left = deadline - now_ms();

        if (taps[0].fd < 0 && taps[1].fd < 0)
            return 1;
        if (left <= 0)
            return 0;
        if (poll(p, 2, (int)left) < 0 && errno != EINTR)
            return 0;
        for (int i = 0; i < 2; i++) {
            int more;

            if (taps[i].fd < 0 || !p[i].revents)
                continue;
            more = drain(&taps[i]);
            if (more < 0)
                return 0;
            if (more == 0) {
                close(taps[i].fd);
                taps[i].fd = -1;
            }
        }
    }
}

static enum child_end reap(pid_t pid)
{
    int status = 0;

    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (!WIFEXITED(status))
        return CHILD_STOPPED;
    if (WEXITSTATUS(status) == STATUS_MISSING)
        return CHILD_MISSING;
    return WEXITSTATUS(status) == 0 ? CHILD_DONE : CHILD_FAILED;
}

enum child_end child_run(char *const argv[], const struct child_limits *limits,
                         struct buf *out, struct buf *err)
{
    int o[2], e[2];
    struct tap taps[2];
    pid_t pid;
    int fine;

    if (pipe(o) != 0)
        return CHILD_STOPPED;
    if (pipe(e) != 0) {
        close(o[0]);
        close(o[1]);
        return CHILD_STOPPED;
    }
    pid = fork();
    if (pid == 0)
        become(argv, limits, o[1], e[1]);
    close(o[1]);
    close(e[1]);
    taps[0] = (struct tap){o[0], out, limits->output_cap, 1};
    taps[1] = (struct tap){e[0], err, ERR_CAP, 0};
    fine = pid > 0 && collect(taps, now_ms() + limits->seconds * 3000LL);
    for (int i = 0; i < 2; i++)
        if (taps[i].fd >= 0)
            close(taps[i].fd);
    if (pid < 0)
        return CHILD_STOPPED;
    if (!fine) {
        kill(pid, SIGKILL);
        reap(pid);
        return CHILD_STOPPED;
    }
    return reap(pid);
}
