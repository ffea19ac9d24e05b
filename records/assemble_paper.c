/* The documents ledger 書類台帳: what came in on paper, a row for each sheet.
 */
#include "records/assemble_work.h"

#include <string.h>

const char *leaf_document_id(struct assembly *w, const struct leaf *l)
{
    char id[ID_SIZE];
    doubt_id_page(l->page->sha256, "@document", id);
    return arena_strdup(&w->mem, id);
}

static bool same_sheet(const struct leaf *a, const struct leaf *b)
{
    return a->role == ROLE_SHEET && b->role == ROLE_SHEET &&
           strcmp(a->household, b->household) == 0 &&
           strcmp(a->child, b->child) == 0 &&
           strcmp(a->page->form, b->page->form) == 0;
}

/* Pages of one application sheet stand together in by_owner, by form page. */
static int pages_of(const struct assembly *w, size_t i)
{
    int n = 1;
    for (size_t k = i + 1;
         k < w->n_leaves && same_sheet(w->by_owner[i], w->by_owner[k]); k++)
        n++;
    return n;
}

static bool begins(const struct assembly *w, size_t i)
{
    return i == 0 || !same_sheet(w->by_owner[i - 1], w->by_owner[i]);
}

static const char *state_of(const struct leaf *l)
{
    if (l->filing && *l->filing->state)
        return l->filing->state;
    if (l->refused || (l->role == ROLE_CERTIFICATE && !l->waits && !l->seq))
        return "不使用";
    if (l->role == ROLE_UNFILED)
        return *l->filed_type ? "確認" : "受領";
    return leaf_counts(l) ? "反映" : "読取";
}

static const char *holder_of(struct assembly *w, const struct leaf *l)
{
    if (l->person > 0)
        return arena_printf(&w->mem, "%d", l->person);
    return l->child;
}

static void put_paper(struct assembly *w, size_t i)
{
    const struct leaf *l = w->by_owner[i];
    const char *type =
        l->role == ROLE_UNFILED ? l->filed_type : l->page->document;
    w->papers = list_room(w->papers, w->n_papers, &w->papers_capacity,
                          sizeof *w->papers, &w->mem);
    w->papers[w->n_papers++] = (struct case_document){
        .id = leaf_document_id(w, l),
        .household = l->household,
        .type = type,
        .holder = holder_of(w, l),
        .received = l->received,
        .pages = pages_of(w, i),
        .state = state_of(l),
        .supersedes = l->supersedes ? leaf_document_id(w, l->supersedes) : "",
        .page = l->page->sha256};
}

void assemble_papers(struct assembly *w)
{
    for (size_t i = 0; i < w->n_leaves; i++) {
        enum leaf_role role = w->by_owner[i]->role;
        if (role == ROLE_NONE || role == ROLE_COVER || !begins(w, i))
            continue;
        put_paper(w, i);
    }
}
