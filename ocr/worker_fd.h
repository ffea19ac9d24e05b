/*
 * Starting and stopping one worker process. Used by pool.c only.
 */
#ifndef NYUSHO_OCR_WORKER_FD_H
#define NYUSHO_OCR_WORKER_FD_H

#include <stdbool.h>
#include <sys/types.h>

/* Where a worker finds its end of the socket pair. */
#define WORKER_FD 3

struct process {
    pid_t pid; /* 0: not running */
    int fd;    /* our end */
};

/* `program worker`, with OMP_THREAD_LIMIT=1 (Tesseract takes four times the
 * CPU without it), an address space of `memory_mib` and no core dump. */
bool process_start(struct process *p, const char *program, int memory_mib);
/* Kills it if it still runs, and forgets it. */
void process_stop(struct process *p);

#endif
