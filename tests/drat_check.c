#include "drat_check.h"

#include "core/arena.h"
#include "core/buf.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct clause {
    struct clause *older; /* of those with the same hash */
    bool gone;
    int n;
    int *literals; /* the first two are watched */
};

#define BUCKETS 65536

struct checker {
    struct arena mem;
    int n_variables;
    signed char *value;     /* per variable: 1, -1, 0 open */
    struct clause **reason; /* per variable */
    struct buf *watches;    /* per literal: struct clause * */
    struct clause *buckets[BUCKETS];
    struct buf all; /* struct clause * */
    int *trail;
    int n_trail, settled, done; /* settled: those that hold for good */
    bool refuted;
};

static int index_of(int literal)
{
    return literal > 0 ? 2 * literal : -2 * literal + 1;
}

static int value_of(const struct checker *k, int literal)
{
    return literal > 0 ? k->value[literal] : -k->value[-literal];
}

static void assign(struct checker *k, int literal, struct clause *why)
{
    k->value[abs(literal)] = literal > 0 ? 1 : -1;
    k->reason[abs(literal)] = why;
    k->trail[k->n_trail++] = literal;
}

static void watch(struct checker *k, int literal, struct clause *c)
{
    buf_add(&k->watches[index_of(literal)], &c, sizeof(struct clause *));
}

/* Another literal to watch in place of the second, if one is not false. */
static bool find_watch(struct checker *k, struct clause *c)
{
    for (int i = 2; i < c->n; i++)
        if (value_of(k, c->literals[i]) >= 0) {
            int found = c->literals[i];
            c->literals[i] = c->literals[1];
            c->literals[1] = found;
            watch(k, found, c);
            return true;
        }
    return false;
}

/* Looks at the clauses that watch a literal now false. True on a conflict. */
static bool visit(struct checker *k, int wrong)
{
    struct buf *list = &k->watches[index_of(wrong)];
    struct clause **items = (struct clause **)(void *)list->bytes;
    size_t n = list->len / sizeof(struct clause *), kept = 0, i = 0;
    bool conflict = false;
    for (; i < n && !conflict; i++) {
        struct clause *c = items[i];
        if (c->gone)
            continue;
        if (c->literals[0] == wrong) {
            c->literals[0] = c->literals[1];
            c->literals[1] = wrong;
        }
        if (value_of(k, c->literals[0]) <= 0 && find_watch(k, c))
            continue;
        items[kept++] = c;
        if (value_of(k, c->literals[0]) < 0)
            conflict = true;
        else if (value_of(k, c->literals[0]) == 0)
            assign(k, c->literals[0], c);
    }
    for (; i < n; i++)
        items[kept++] = items[i];
    list->len = kept * sizeof(struct clause *);
    return conflict;
}

static bool propagate(struct checker *k)
{
    while (k->done < k->n_trail)
        if (visit(k, -k->trail[k->done++]))
            return true;
    return false;
}

static void take_back(struct checker *k)
{
    while (k->n_trail > k->settled)
        k->value[abs(k->trail[--k->n_trail])] = 0;
    k->done = k->settled;
}

static unsigned hash_of(const int *literals, int n)
{
    unsigned sum = 0, product = 1;
    for (int i = 0; i < n; i++) {
        sum += (unsigned)literals[i];
        product *= 2 * (unsigned)literals[i] + 1;
    }
    return (sum * 31 + product) % BUCKETS;
}

static bool has(const int *literals, int n, int literal)
{
    for (int i = 0; i < n; i++)
        if (literals[i] == literal)
            return true;
    return false;
}

/* Not false literals first, so that they are watched. */
static void order_literals(const struct checker *k, struct clause *c)
{
    for (int i = 0, front = 0; i < c->n && front < 2; i++)
        if (value_of(k, c->literals[i]) >= 0) {
            int l = c->literals[i];
            c->literals[i] = c->literals[front];
            c->literals[front++] = l;
        }
}

static void add(struct checker *k, const int *literals, int n)
{
    struct clause *c = ARENA_NEW(&k->mem, struct clause);
    unsigned hash = hash_of(literals, n);
    *c = (struct clause){.older = k->buckets[hash]};
    c->literals = ARENA_ARRAY(&k->mem, int, (size_t)n);
    for (int i = 0; i < n; i++)
        if (!has(c->literals, c->n, literals[i]))
            c->literals[c->n++] = literals[i];
    n = c->n;
    k->buckets[hash] = c;
    buf_add(&k->all, &c, sizeof(struct clause *));
    order_literals(k, c);
    if (n > 1) {
        watch(k, c->literals[0], c);
        watch(k, c->literals[1], c);
    }
    if (n == 0 || value_of(k, c->literals[0]) < 0)
        k->refuted = true;
    else if (value_of(k, c->literals[0]) == 0 &&
             (n == 1 || value_of(k, c->literals[1]) < 0))
        assign(k, c->literals[0], c);
    k->refuted = k->refuted || propagate(k);
    k->settled = k->n_trail;
}

static void forget(struct checker *k, const int *literals, int n)
{
    struct clause *c = k->buckets[hash_of(literals, n)];
    for (; c; c = c->older) {
        bool same = !c->gone && c->n == n;
        for (int i = 0; same && i < n; i++)
            same = has(c->literals, n, literals[i]);
        if (!same)
            continue;
        /* what was derived from a clause of one literal stays */
        bool unit = n < 2;
        for (int i = 0; i < n; i++)
            unit = unit || (value_of(k, c->literals[i]) > 0 &&
                            k->reason[abs(c->literals[i])] == c);
        c->gone = !unit;
        return;
    }
}

/* Assumes the opposite of each; true when that cannot be. */
static bool fails_by_propagation(struct checker *k, const int *literals, int n)
{
    for (int i = 0; i < n; i++) {
        if (value_of(k, literals[i]) > 0)
            return true;
        if (value_of(k, literals[i]) == 0)
            assign(k, -literals[i], NULL);
    }
    return propagate(k);
}

static bool follows(struct checker *k, const int *literals, int n)
{
    bool ok = fails_by_propagation(k, literals, n);
    take_back(k);
    return ok;
}

static bool redundant(struct checker *k, const int *literals, int n)
{
    struct clause **all = (struct clause **)(void *)k->all.bytes;
    size_t n_all = k->all.len / sizeof(struct clause *);
    if (n == 0)
        return false;
    for (size_t i = 0; i < n_all; i++) {
        if (all[i]->gone || !has(all[i]->literals, all[i]->n, -literals[0]))
            continue;
        bool ok = fails_by_propagation(k, literals, n);
        for (int j = 0; j < all[i]->n && !ok; j++)
            if (all[i]->literals[j] != -literals[0])
                ok = fails_by_propagation(k, &all[i]->literals[j], 1);
        take_back(k);
        if (!ok)
            return false;
    }
    return true;
}

/* One clause; its end. NULL when it is none or names a variable too high. */
static const char *read_clause(const struct checker *k, const char *text,
                               struct buf *out)
{
    buf_clear(out);
    for (;;) {
        char *end;
        long literal = strtol(text, &end, 10);
        if (end == text || labs(literal) > k->n_variables)
            return NULL;
        text = end;
        if (literal == 0)
            return text;
        int l = (int)literal;
        buf_add(out, &l, sizeof l);
    }
}

static bool read_cnf(struct checker *k, const char *text, struct buf *clause)
{
    long n_clauses = 0;
    char *end;
    while (*text == 'c')
        text += strcspn(text, "\n") + 1;
    if (strncmp(text, "p cnf ", 6) != 0)
        return false;
    k->n_variables = (int)strtol(text + 6, &end, 10);
    n_clauses = strtol(end, &end, 10);
    size_t n = (size_t)k->n_variables + 1;
    k->value = ARENA_ARRAY(&k->mem, signed char, n);
    k->reason = ARENA_ARRAY(&k->mem, struct clause *, n);
    k->trail = ARENA_ARRAY(&k->mem, int, n);
    k->watches = ARENA_ARRAY(&k->mem, struct buf, 2 * n);
    for (text = end; n_clauses > 0; n_clauses--) {
        text = read_clause(k, text, clause);
        if (!text)
            return false;
        add(k, (const int *)(void *)clause->bytes,
            (int)(clause->len / sizeof(int)));
    }
    return text[strspn(text, " \n")] == '\0';
}

static bool read_proof(struct checker *k, const char *text, struct buf *clause,
                       int *line)
{
    for (*line = 1; *text && !k->refuted; ++*line) {
        bool gone = *text == 'd';
        text = read_clause(k, text + (gone ? 1 : 0), clause);
        if (!text)
            return false;
        const int *literals = (const int *)(void *)clause->bytes;
        int n = (int)(clause->len / sizeof(int));
        if (gone)
            forget(k, literals, n);
        else if (follows(k, literals, n) || redundant(k, literals, n))
            add(k, literals, n);
        else
            return false;
        text += strspn(text, " \n");
    }
    if (!k->refuted)
        *line = 0;
    return k->refuted;
}

bool drat_check(const char *cnf, const char *proof, int *line)
{
    struct arena mem = ARENA_INIT;
    struct checker *k = ARENA_NEW(&mem, struct checker);
    struct buf clause = BUF_INIT;
    k->mem = ARENA_INIT;
    *line = 0;
    bool ok = read_cnf(k, cnf, &clause) && read_proof(k, proof, &clause, line);
    for (int i = 0; k->watches && i < 2 * (k->n_variables + 1); i++)
        buf_release(&k->watches[i]);
    buf_release(&k->all);
    buf_release(&clause);
    arena_release(&k->mem);
    arena_release(&mem);
    return ok;
}
