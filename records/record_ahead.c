#include "records/record_ahead.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define SETS 3 /* waiting to be taken; more only fill memory */

struct record_ahead {
    struct record_stream *in;
    size_t households;
    pthread_t thread;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t changed;
    struct record_set sets[SETS]; /* a ring */
    size_t first, n;
    bool ended, stopped;
};

/* Room for one more; false when nobody wants it. */
static bool wait_for_room(struct record_ahead *a)
{
    pthread_mutex_lock(&a->lock);
    while (a->n == SETS && !a->stopped)
        pthread_cond_wait(&a->changed, &a->lock);
    bool room = !a->stopped;
    pthread_mutex_unlock(&a->lock);
    return room;
}

static void *read_ahead(void *context)
{
    struct record_ahead *a = context;
    bool more = true;
    while (more && wait_for_room(a)) {
        struct record_set set;
        more = record_stream_next(a->in, &set, a->households);
        pthread_mutex_lock(&a->lock);
        if (more)
            a->sets[(a->first + a->n++) % SETS] = set;
        a->ended = !more;
        pthread_cond_signal(&a->changed);
        pthread_mutex_unlock(&a->lock);
    }
    return NULL;
}

struct record_ahead *record_ahead_open(struct record_stream *in,
                                       size_t households, struct arena *mem)
{
    struct record_ahead *a = ARENA_NEW(mem, struct record_ahead);
    a->in = in;
    a->households = households;
    pthread_mutex_init(&a->lock, NULL);
    pthread_cond_init(&a->changed, NULL);
    if (pthread_create(&a->thread, NULL, read_ahead, a) != 0) {
        fputs("nyusho: no thread could be started\n", stderr);
        exit(3);
    }
    return a;
}

bool record_ahead_next(struct record_ahead *a, struct record_set *set)
{
    pthread_mutex_lock(&a->lock);
    while (a->n == 0 && !a->ended)
        pthread_cond_wait(&a->changed, &a->lock);
    bool there = a->n > 0;
    if (there) {
        *set = a->sets[a->first];
        a->first = (a->first + 1) % SETS;
        a->n--;
        pthread_cond_signal(&a->changed);
    }
    pthread_mutex_unlock(&a->lock);
    return there;
}

void record_ahead_close(struct record_ahead *a)
{
    if (!a)
        return;
    pthread_mutex_lock(&a->lock);
    a->stopped = true;
    pthread_cond_signal(&a->changed);
    pthread_mutex_unlock(&a->lock);
    pthread_join(a->thread, NULL);
    for (; a->n > 0; a->n--) {
        record_set_release(&a->sets[a->first]);
        a->first = (a->first + 1) % SETS;
    }
    pthread_mutex_destroy(&a->lock);
    pthread_cond_destroy(&a->changed);
}
