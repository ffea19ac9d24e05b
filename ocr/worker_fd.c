#include "ocr/worker_fd.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_ASAN 1
#endif
#endif
#ifndef UNDER_ASAN
#define UNDER_ASAN 0
#endif

#define OMP "OMP_THREAD_LIMIT="

extern char **environ;

/* Ours with OMP_THREAD_LIMIT=1; only the array is to be freed. */
static char **worker_environment(void)
{
    static char limit[] = OMP "1";
    size_t n = 0, k = 0;
    char **copy;

    while (environ[n])
        n++;
    copy = calloc(n + 2, sizeof *copy);
    for (size_t i = 0; copy && i < n; i++)
        if (strncmp(environ[i], OMP, strlen(OMP)) != 0)
            copy[k++] = environ[i];
    if (copy)
        copy[k] = limit;
    return copy;
}

/* Between fork and exec: only what is safe there. stderr stays, for what a
 * crash has to say. */
static void become(const char *program, char **environment, int fd,
                   int memory_mib)
{
    static char name[] = "nyusho", command[] = "worker";
    char *const argv[] = {name, command, NULL};
    struct rlimit memory = {(rlim_t)memory_mib << 20, (rlim_t)memory_mib << 20};
    struct rlimit none = {0, 0};
    int null = open("/dev/null", O_RDWR);

    dup2(null, 0);
    dup2(null, 1);
    dup2(fd, WORKER_FD);
    for (int i = WORKER_FD + 1; i < 1024; i++)
        close(i);
    setrlimit(RLIMIT_CORE, &none);
    if (!UNDER_ASAN && memory_mib > 0)
        setrlimit(RLIMIT_AS, &memory);
    execve(program, argv, environment);
    _exit(127);
}

bool process_start(struct process *p, const char *program, int memory_mib)
{
    char **environment = worker_environment();
    int pair[2];

    *p = (struct process){0, -1};
    if (!environment || socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) {
        free(environment);
        return false;
    }
    p->pid = fork();
    if (p->pid == 0)
        become(program, environment, pair[1], memory_mib);
    free(environment);
    close(pair[1]);
    if (p->pid < 0) {
        close(pair[0]);
        p->pid = 0;
        return false;
    }
    fcntl(pair[0], F_SETFD, FD_CLOEXEC);
    p->fd = pair[0];
    return true;
}

void process_stop(struct process *p)
{
    int status;

    if (p->fd >= 0)
        close(p->fd);
    if (p->pid > 0) {
        kill(p->pid, SIGKILL);
        while (waitpid(p->pid, &status, 0) < 0 && errno == EINTR)
            ;
    }
    *p = (struct process){0, -1};
}
