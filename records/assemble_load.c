/* Everything case.db holds of pages, and what their boxes say to the join. */
#include "records/assemble_work.h"

#include <stdlib.h>
#include <string.h>

static int leaf_by_sha(const void *x, const void *y)
{
    const struct leaf *const *a = x, *const *b = y;
    return strcmp((*a)->page->sha256, (*b)->page->sha256);
}

struct leaf *leaf_find(const struct assembly *w, const char *sha256)
{
    struct case_page page = {.sha256 = sha256};
    struct leaf leaf = {.page = &page};
    const struct leaf *key = &leaf;
    struct leaf **found = w->n_leaves ? bsearch(&key, w->by_sha, w->n_leaves,
                                                sizeof key, leaf_by_sha)
                                      : NULL;
    return found ? *found : NULL;
}

/* ── what one page says ─────────────────────────────────────────────────── */

/* Fields that tell persons apart. To add one: a row. */
static const struct {
    const char *path;
    enum claim_kind kind;
} claim_fields[] = {
    {"guardian.kana", CLAIM_KANA},   {"guardian.name", CLAIM_NAME},
    {"guardian.birth", CLAIM_BIRTH}, {"cohabitant.kana", CLAIM_KANA},
    {"cohabitant.name", CLAIM_NAME}, {"cohabitant.birth", CLAIM_BIRTH},
    {"child.kana", CLAIM_KANA},      {"child.name", CLAIM_NAME},
    {"child.birth", CLAIM_BIRTH},
};
#define N_CLAIM_FIELDS (sizeof claim_fields / sizeof claim_fields[0])

static enum claim_source claim_source_of(const struct fact *f)
{
    if (!fact_known(f))
        return CLAIM_GUESS;
    return f->answered ? CLAIM_ANSWERED : CLAIM_READ;
}

static void note_claim(struct assembly *w, struct leaf *l, const struct fact *f)
{
    size_t i = 0;
    while (i < N_CLAIM_FIELDS && strcmp(claim_fields[i].path, f->path) != 0)
        i++;
    if (i == N_CLAIM_FIELDS || !*f->guess || (f->blank && f->settled))
        return;
    l->claims = list_room(l->claims, l->n_claims, &l->claims_capacity,
                          sizeof *l->claims, &w->mem);
    enum scope scope = f->field->scope;
    l->claims[l->n_claims++] = (struct claim){
        .scope = scope,
        .person = scope == SCOPE_COHABITANT ? f->row + 10 : f->row,
        .kind = claim_fields[i].kind,
        .source = claim_source_of(f),
        .text = arena_strdup(&w->mem, f->guess),
    };
}

/* A fact that outlives the page's own memory. */
static const struct fact *keep_fact(struct assembly *w, const struct fact *f)
{
    struct arena *a = &w->mem;
    struct fact *k = ARENA_NEW(a, struct fact);
    *k = *f;
    const char **texts[] = {
        &k->r.field,     &k->r.bind,   &k->r.caption, &k->r.value, &k->r.raw,
        &k->r.runner_up, &k->r.reason, &k->path,      &k->text,    &k->guess,
        &k->check,       &k->answer,   &k->by,        &k->half};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        *texts[i] = **texts[i] ? arena_strdup(a, *texts[i]) : "";
    return k;
}

static void note_word(struct assembly *w, struct leaf *l, const struct fact *f)
{
    if (f->word == WORD_LISTED_BIRTH) {
        if (l->n_listed < sizeof l->listed / sizeof l->listed[0])
            l->listed[l->n_listed++] = keep_fact(w, f);
    } else if (f->word < N_JOIN_WORDS && !l->words[f->word]) {
        l->words[f->word] = keep_fact(w, f);
    }
}

/* What a form is for stands in what it asks, not in its name. */
static void note_role(struct leaf *l, const struct fact *f)
{
    bool job = *f->path != '@' && f->field->scope == SCOPE_JOB && f->row == 0;
    if (f->word == WORD_PAGES)
        l->role = ROLE_COVER;
    else if (l->role != ROLE_COVER &&
             (job || f->word == WORD_HOLDER_KANA ||
              f->word == WORD_HOLDER_NAME || f->word == WORD_HOLDER_BIRTH))
        l->role = ROLE_CERTIFICATE;
    if (f->word == WORD_CHILD ||
        (*f->path != '@' && scope_infos[f->field->scope].child))
        l->of_child = true;
}

static bool load_leaf(struct assembly *w, struct leaf *l)
{
    struct arena a = ARENA_INIT;
    struct fact *facts;
    size_t n;
    bool ok = leaf_facts(w, l, &facts, &n, &a);
    for (size_t i = 0; ok && i < n; i++) {
        note_role(l, &facts[i]);
        note_word(w, l, &facts[i]);
        note_claim(w, l, &facts[i]);
    }
    arena_release(&a);
    return ok;
}

static enum leaf_role first_role(const struct case_page *p)
{
    switch (p->state) {
    case CASE_PAGE_READ:
        return ROLE_SHEET;
    case CASE_PAGE_UNKNOWN_FORM:
        return ROLE_UNFILED;
    default:
        return ROLE_NONE;
    }
}

static void leaf_init(struct leaf *l, const struct case_page *page,
                      size_t order)
{
    *l = (struct leaf){
        .page = page,
        .order = order,
        .role = first_role(page),
        .cover = {.household = "", .proposed = ""},
        .received = "",
        .received_from = NO_LEAF,
        .before = NO_LEAF,
        .after = NO_LEAF,
        .household = "",
        .child = "",
        .rivals = {"", ""},
        .filed_type = "",
        .join_state = "unknown",
        .join_evidence = "",
    };
}

/* ── everything ─────────────────────────────────────────────────────────── */

static bool load_pages(struct assembly *w)
{
    struct case_page *pages;
    if (!case_pages(w->db, &pages, &w->n_leaves, &w->mem, w->d))
        return false;
    w->leaves = ARENA_ARRAY(&w->mem, struct leaf, w->n_leaves);
    w->by_sha = ARENA_ARRAY(&w->mem, struct leaf *, w->n_leaves);
    for (size_t i = 0; i < w->n_leaves; i++) {
        leaf_init(&w->leaves[i], &pages[i], i);
        w->by_sha[i] = &w->leaves[i];
        if (!load_leaf(w, &w->leaves[i]))
            return false;
    }
    if (w->n_leaves)
        qsort(w->by_sha, w->n_leaves, sizeof *w->by_sha, leaf_by_sha);
    return true;
}

/* A page that a person filed is a page, whatever reading made of it. */
static void apply_filings(struct assembly *w)
{
    for (size_t i = 0; i < w->n_filings; i++) {
        struct leaf *l = leaf_find(w, w->filings[i].sha256);
        if (!l)
            continue;
        l->filing = &w->filings[i];
        if (l->role == ROLE_NONE)
            l->role = ROLE_UNFILED;
        if (*l->filing->received)
            l->received = l->filing->received;
    }
}

bool assemble_load(struct assembly *w)
{
    struct arena *a = &w->mem;
    unsigned people = 1U << CASE_SOURCE_IMPORT | 1U << CASE_SOURCE_PERSON;
    if (!case_answers(w->db, &w->answers, &w->n_answers, a, w->d) ||
        !case_filings(w->db, &w->filings, &w->n_filings, a, w->d) ||
        !case_arrivals(w->db, &w->arrivals, &w->n_arrivals, a, w->d) ||
        !values_current(w->db, people, &w->said, a, w->d) || !load_pages(w))
        return false;
    apply_filings(w);
    return true;
}
