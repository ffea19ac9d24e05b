/* What assemble makes anew each time: doubts, papers, joins, findings. */
#include "records/case_internal.h"

bool derived_clear(struct case_db *db, struct diag *d)
{
    return db_exec(db,
                   "DELETE FROM doubt; DELETE FROM paper; DELETE FROM joining;"
                   "DELETE FROM finding",
                   d);
}

bool derived_put_doubt(struct case_db *db, const struct case_doubt *x,
                       const char *form, int form_page, int order,
                       struct diag *d)
{
    struct query q = query_open(
        db,
        "INSERT INTO doubt VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,"
        "?,?,?,?,?,?)",
        d);
    return query_run(&q,
                     "tti"
                     "ttii"
                     "tti"
                     "tii"
                     "tttttttt"
                     "iiiii"
                     "tt",
                     x->id, x->check, (int)x->gating, x->key.household,
                     x->key.child, x->key.person, x->key.seq, x->page, x->file,
                     x->number, form, form_page, order, x->field, x->path,
                     x->caption, x->what.ja, x->what.en, x->value, x->raw,
                     x->runner_up, x->confidence, (int)x->left, (int)x->top,
                     (int)x->width, (int)x->height, x->answer, x->by);
}

bool derived_put_document(struct case_db *db, const struct case_document *doc,
                          struct diag *d)
{
    struct query q =
        query_open(db, "INSERT INTO paper VALUES(?,?,?,?,?,?,?,?,?)", d);
    return query_run(&q, "tttttittt", doc->id, doc->household, doc->type,
                     doc->holder, doc->received, doc->pages, doc->state,
                     doc->supersedes, doc->page);
}

bool derived_put_join(struct case_db *db, const struct case_join *join,
                      struct diag *d)
{
    struct query q =
        query_open(db, "INSERT INTO joining VALUES(?,?,?,?,?,?)", d);
    return query_run(&q, "ttiitt", join->page, join->household, join->person,
                     join->seq, join->state, join->evidence);
}

bool derived_put_finding(struct case_db *db, const struct case_finding *f,
                         struct diag *d)
{
    struct query q = query_open(
        db,
        "INSERT INTO finding(severity,place,check_name,what_ja,what_en) "
        "VALUES(?,?,?,?,?)",
        d);
    return query_run(&q, "itttt", (int)f->severity, f->place, f->check,
                     f->what.ja, f->what.en);
}
