#include "records/record.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROWS ((size_t)64)

/* What is needed to add rows and to find them. Rows grow by realloc and not
 * in the arena: a million households would leave gigabytes behind. */
struct table_index {
    size_t capacity;  /* rows there is room for */
    uint32_t *hashes; /* by row */
    bool sorted;      /* rows so far came in order */
    /* Only of a table that is not sorted: row + 1 by hash; 0 = free. */
    uint32_t *places;
    size_t n_places; /* a power of two */
};

struct record_index {
    struct table_index tables[N_SCOPES];
    int64_t household;           /* of the row added last: id in strings */
    const struct evidence *last; /* most files give one for all values */
    size_t manual_capacity;
};

static void *resize(void *old, size_t count, size_t size)
{
    void *p = count > SIZE_MAX / size ? NULL : realloc(old, count * size);
    if (!p) {
        fputs("nyusho: out of memory\n", stderr);
        exit(3);
    }
    return p;
}

int row_key_compare(const struct row_key *a, const struct row_key *b)
{
    int order =
        a->household == b->household ? 0 : strcmp(a->household, b->household);
    if (!order && a->child != b->child)
        order = strcmp(a->child, b->child);
    if (!order)
        order = (a->person > b->person) - (a->person < b->person);
    if (!order)
        order = (a->seq > b->seq) - (a->seq < b->seq);
    return order;
}

void record_set_init(struct record_set *set, const struct dictionary *dict)
{
    memset(set, 0, sizeof *set);
    set->dict = dict;
    set->mem = ARENA_INIT;
    set->strings = strings_new(&set->mem);
    set->index = ARENA_NEW(&set->mem, struct record_index);
    for (int s = 0; s < N_SCOPES; s++) {
        set->tables[s].scope = (enum scope)s;
        set->tables[s].n_fields = dict->n_by_scope[s];
        set->index->tables[s].sorted = true;
    }
}

void record_set_release(struct record_set *set)
{
    for (int s = 0; set->index && s < N_SCOPES; s++) {
        free(set->tables[s].keys);
        free(set->tables[s].slots);
        free((void *)set->tables[s].evidence);
        free(set->index->tables[s].hashes);
        free(set->index->tables[s].places);
    }
    arena_release(&set->mem);
    memset(set, 0, sizeof *set);
}

static const char *keep(struct record_set *set, const char *text)
{
    if (!text)
        text = "";
    return strings_text(set->strings, strings_id(set->strings, text));
}

static uint32_t key_hash(int64_t household, int64_t child, int person, int seq)
{
    uint64_t h = (uint64_t)household * UINT64_C(0x9E3779B97F4A7C15);
    h = (h ^ (uint64_t)child) * UINT64_C(0xBF58476D1CE4E5B9);
    h = (h ^ ((uint64_t)(uint32_t)person << 20) ^ (uint32_t)seq) *
        UINT64_C(0x94D049BB133111EB);
    return (uint32_t)(h >> 32);
}

static void index_row(struct table_index *x, uint32_t hash, size_t row)
{
    size_t at = hash & (x->n_places - 1);
    while (x->places[at])
        at = (at + 1) & (x->n_places - 1);
    x->places[at] = (uint32_t)row + 1;
}

static void index_all(struct table_index *x, size_t n_rows)
{
    x->n_places = x->capacity * 2;
    x->places = resize(x->places, x->n_places, sizeof *x->places);
    memset(x->places, 0, x->n_places * sizeof *x->places);
    for (size_t r = 0; r < n_rows; r++)
        index_row(x, x->hashes[r], r);
}

static void grow_evidence(struct record_table *t, size_t have, size_t capacity)
{
    size_t n = t->n_fields;
    t->evidence = resize((void *)t->evidence, capacity * n + 1,
                         sizeof(struct evidence *));
    for (size_t i = have * n; i < capacity * n; i++)
        t->evidence[i] = NULL;
}

static void grow_table(struct record_table *t, struct table_index *x)
{
    size_t capacity = x->capacity ? x->capacity * 2 : FIRST_ROWS;
    assert(capacity < UINT32_MAX);
    t->keys = resize(t->keys, capacity, sizeof *t->keys);
    t->slots = resize(t->slots, capacity * t->n_fields + 1, sizeof *t->slots);
    if (t->evidence)
        grow_evidence(t, x->capacity, capacity);
    x->hashes = resize(x->hashes, capacity, sizeof *x->hashes);
    x->capacity = capacity;
    if (x->n_places)
        index_all(x, t->n_rows);
}

/* Rows of one household mostly come together. */
static int64_t household_id(struct record_set *set, const char *no)
{
    struct record_index *x = set->index;
    if (strcmp(strings_text(set->strings, x->household), no) != 0)
        x->household = strings_id(set->strings, no);
    return x->household;
}

/* The parts of a key that the scope uses, with interned texts. False when a
 * text is not known to the set (only if `add` is NULL). */
static bool make_key(const struct record_set *set, struct record_set *add,
                     enum scope scope, const struct row_key *in,
                     struct row_key *out, uint32_t *hash)
{
    const struct scope_info *info = &scope_infos[scope];
    const char *child = info->child && in->child ? in->child : "";
    const char *home = in->household ? in->household : "";
    int64_t h =
        add ? household_id(add, home) : strings_find(set->strings, home);
    int64_t c = !*child ? 0
                : add   ? strings_id(add->strings, child)
                        : strings_find(set->strings, child);
    if (h < 0 || c < 0)
        return false;
    *out = (struct row_key){
        strings_text(set->strings, h), strings_text(set->strings, c),
        info->person ? in->person : 0, info->seq ? in->seq : 0};
    *hash = key_hash(h, c, out->person, out->seq);
    return true;
}

/* Rows that came in order need no index. */
static size_t find_sorted(const struct record_table *t,
                          const struct row_key *key)
{
    size_t low = 0, high = t->n_rows;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = row_key_compare(&t->keys[middle], key);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return (size_t)-1;
}

static size_t find_row(const struct record_set *set, enum scope scope,
                       const struct row_key *key, uint32_t hash)
{
    const struct table_index *x = &set->index->tables[scope];
    const struct record_table *t = &set->tables[scope];
    if (!x->n_places)
        return find_sorted(t, key);
    size_t at = hash & (x->n_places - 1);
    for (; x->places[at]; at = (at + 1) & (x->n_places - 1)) {
        size_t row = x->places[at] - 1;
        if (x->hashes[row] == hash && row_key_compare(&t->keys[row], key) == 0)
            return row;
    }
    return (size_t)-1;
}

/* It comes after every row there is: most records are read in order. */
static bool is_next(const struct record_table *t, const struct table_index *x,
                    const struct row_key *key)
{
    return x->sorted && (t->n_rows == 0 ||
                         row_key_compare(&t->keys[t->n_rows - 1], key) < 0);
}

size_t record_set_row(struct record_set *set, enum scope scope,
                      const struct row_key *key)
{
    struct table_index *x = &set->index->tables[scope];
    struct record_table *t = &set->tables[scope];
    struct row_key k = {"", "", 0, 0};
    uint32_t hash = 0;
    make_key(set, set, scope, key, &k, &hash);
    bool next = is_next(t, x, &k);
    size_t row = next ? (size_t)-1 : find_row(set, scope, &k, hash);
    if (row != (size_t)-1)
        return row;
    if (t->n_rows == x->capacity)
        grow_table(t, x);
    row = t->n_rows++;
    t->keys[row] = k;
    memset(&t->slots[row * t->n_fields], 0, t->n_fields * sizeof *t->slots);
    x->hashes[row] = hash;
    x->sorted = next;
    if (x->n_places)
        index_row(x, hash, row);
    else if (!next)
        index_all(x, t->n_rows);
    return row;
}

static bool same_evidence(const struct evidence *a, const struct evidence *b)
{
    return a->source == b->source && a->page == b->page && a->left == b->left &&
           a->top == b->top && a->width == b->width && a->height == b->height &&
           a->raw == b->raw && a->confidence == b->confidence &&
           a->by == b->by && a->at == b->at && a->why == b->why;
}

/* Texts are interned, so that one comparison tells equal evidence. */
static const struct evidence *keep_evidence(struct record_set *set,
                                            const struct evidence *e)
{
    struct evidence kept = *e;
    kept.source = keep(set, e->source);
    kept.page = keep(set, e->page);
    kept.raw = keep(set, e->raw);
    kept.by = keep(set, e->by);
    kept.at = keep(set, e->at);
    kept.why = keep(set, e->why);
    if (set->index->last && same_evidence(set->index->last, &kept))
        return set->index->last;
    struct evidence *copy = ARENA_NEW(&set->mem, struct evidence);
    *copy = kept;
    return set->index->last = copy;
}

void record_set_put(struct record_set *set, const struct field *f, size_t row,
                    struct slot v, const struct evidence *e)
{
    struct record_table *t = &set->tables[f->scope];
    assert(row < t->n_rows && f->column < t->n_fields);
    size_t at = row * t->n_fields + f->column;
    if (v.state != VALUE_KNOWN)
        v.num = 0;
    t->slots[at] = v;
    if (e && !t->evidence)
        grow_evidence(t, 0, set->index->tables[f->scope].capacity);
    if (t->evidence)
        t->evidence[at] = e ? keep_evidence(set, e) : NULL;
}

void record_set_add_manual(struct record_set *set,
                           const struct manual_points *m)
{
    size_t *capacity = &set->index->manual_capacity;
    if (set->n_manual == *capacity) {
        size_t more = *capacity ? *capacity * 2 : FIRST_ROWS;
        set->manual = arena_grow(&set->mem, set->manual, set->n_manual, more,
                                 sizeof *set->manual);
        *capacity = more;
    }
    struct manual_points *kept = &set->manual[set->n_manual++];
    *kept = *m;
    kept->household = keep(set, m->household);
    kept->child = keep(set, m->child);
    kept->rule = keep(set, m->rule);
    kept->reason = keep(set, m->reason);
    kept->by = keep(set, m->by);
    kept->approved_by = keep(set, m->approved_by);
    kept->at.file = keep(set, m->at.file);
}

struct order {
    struct row_key key;
    uint32_t row;
};

static int by_key(const void *one, const void *other)
{
    return row_key_compare(&((const struct order *)one)->key,
                           &((const struct order *)other)->key);
}

/* Moves row order[i].row to place i, cycle by cycle, with one row aside. */
static void permute(void *rows, size_t n, size_t size,
                    const struct order *order)
{
    char *base = rows, *aside = resize(NULL, size + 1, 1);
    char *done = resize(NULL, n + 1, 1);
    memset(done, 0, n);
    for (size_t start = 0; size && start < n; start++) {
        if (done[start])
            continue;
        memcpy(aside, base + start * size, size);
        size_t to = start;
        for (;;) {
            size_t from = order[to].row;
            done[to] = 1;
            if (from == start)
                break;
            memcpy(base + to * size, base + from * size, size);
            to = from;
        }
        memcpy(base + to * size, aside, size);
    }
    free(aside);
    free(done);
}

static void sort_table(struct record_table *t, struct table_index *x)
{
    if (x->sorted)
        return;
    struct order *order = resize(NULL, t->n_rows, sizeof *order);
    for (size_t r = 0; r < t->n_rows; r++)
        order[r] = (struct order){t->keys[r], (uint32_t)r};
    qsort(order, t->n_rows, sizeof *order, by_key);
    permute(t->keys, t->n_rows, sizeof *t->keys, order);
    permute(t->slots, t->n_rows, t->n_fields * sizeof *t->slots, order);
    if (t->evidence)
        permute((void *)t->evidence, t->n_rows,
                t->n_fields * sizeof(struct evidence *), order);
    permute(x->hashes, t->n_rows, sizeof *x->hashes, order);
    free(order);
    index_all(x, t->n_rows);
    x->sorted = true;
}

static int by_manual(const void *one, const void *other)
{
    const struct manual_points *a = one, *b = other;
    int order = strcmp(a->household, b->household);
    if (!order)
        order = strcmp(a->child, b->child);
    if (!order)
        order = (a->person > b->person) - (a->person < b->person);
    if (!order)
        order = strcmp(a->rule, b->rule);
    if (!order) /* the same rule twice: refused by the loader */
        order = (a->at.line > b->at.line) - (a->at.line < b->at.line);
    return order;
}

/* The smallest household number that any table stands at; NULL at the end. */
static const char *next_household(const struct record_set *set,
                                  const size_t at[N_SCOPES])
{
    const char *least = NULL;
    for (int s = 0; s < N_SCOPES; s++) {
        const struct record_table *t = &set->tables[s];
        if (at[s] == t->n_rows)
            continue;
        const char *no = t->keys[at[s]].household;
        if (!least || (no != least && strcmp(no, least) < 0))
            least = no;
    }
    return least;
}

static void take_rows(const struct record_set *set, struct household *h,
                      size_t at[N_SCOPES])
{
    for (int s = 0; s < N_SCOPES; s++) {
        const struct record_table *t = &set->tables[s];
        h->first[s] = at[s];
        /* Interned: one number is one pointer. */
        while (at[s] < t->n_rows && t->keys[at[s]].household == h->no)
            at[s]++;
        h->end[s] = at[s];
    }
}

static void index_households(struct record_set *set)
{
    size_t capacity = 0, at[N_SCOPES] = {0};
    const char *no;
    set->n_households = 0;
    set->households = NULL;
    while ((no = next_household(set, at))) {
        if (set->n_households == capacity) {
            size_t more = capacity ? capacity * 2 : FIRST_ROWS;
            set->households = arena_grow(&set->mem, set->households, capacity,
                                         more, sizeof *set->households);
            capacity = more;
        }
        struct household *h = &set->households[set->n_households++];
        h->no = no;
        take_rows(set, h, at);
    }
}

void record_set_finish(struct record_set *set)
{
    for (int s = 0; s < N_SCOPES; s++)
        sort_table(&set->tables[s], &set->index->tables[s]);
    if (set->n_manual)
        qsort(set->manual, set->n_manual, sizeof *set->manual, by_manual);
    index_households(set);
}

struct slot record_get(const struct record_set *set, const struct field *f,
                       size_t row)
{
    return table_slot(&set->tables[f->scope], row, f->column);
}

const struct evidence *record_evidence(const struct record_set *set,
                                       const struct field *f, size_t row)
{
    const struct record_table *t = &set->tables[f->scope];
    return t->evidence ? t->evidence[row * t->n_fields + f->column] : NULL;
}

size_t record_find(const struct record_set *set, enum scope scope,
                   const struct row_key *key)
{
    struct row_key k = {"", "", 0, 0};
    uint32_t hash = 0;
    if (!make_key(set, NULL, scope, key, &k, &hash))
        return (size_t)-1;
    return find_row(set, scope, &k, hash);
}

const struct household *record_household(const struct record_set *set,
                                         const char *no)
{
    size_t low = 0, high = set->n_households;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(set->households[middle].no, no);
        if (order == 0)
            return &set->households[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
