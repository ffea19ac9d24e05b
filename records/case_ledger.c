/* Documents 書類台帳, events, manual points and runs. */
#include "records/case_internal.h"

#include <stdlib.h>
#include <string.h>

/* ── documents ──────────────────────────────────────────────────────────── */

#define PAPER_COLUMNS \
    "doc,household,type,holder,received,pages,state,supersedes,page"

/* The newest row says the same? */
static bool document_known(struct case_db *db, const struct case_document *doc,
                           bool *known, struct diag *d)
{
    struct query q = query_open(
        db,
        "SELECT household=? AND type=? AND holder=? AND received=? AND pages=? "
        "AND state=? AND supersedes=? AND page=? FROM document WHERE doc=? "
        "ORDER BY id DESC LIMIT 1",
        d);
    query_bind(&q, "ttttitttt", doc->household, doc->type, doc->holder,
               doc->received, doc->pages, doc->state, doc->supersedes,
               doc->page, doc->id);
    *known = query_row(&q) && query_int(&q, 0);
    return query_close(&q);
}

bool case_put_document(struct case_db *db, const struct case_document *doc,
                       const char *why, struct diag *d)
{
    bool known = false;
    if (!case_begin(db, d))
        return false;
    bool ok = document_known(db, doc, &known, d);
    if (ok && !known) {
        struct query q =
            query_open(db,
                       "INSERT INTO document(" PAPER_COLUMNS
                       ",why,by,at) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)",
                       d);
        ok = query_run(&q, "tttttitttttt", doc->id, doc->household, doc->type,
                       doc->holder, doc->received, doc->pages, doc->state,
                       doc->supersedes, doc->page, why, db->by, db->at) &&
             audit_last(db, "document", "document", d);
    }
    return case_end(db, ok, d);
}

/* What a person put last, and the pages' own where nobody did. */
static bool list_documents(struct case_db *db, const char *where,
                           struct case_document **out, size_t *n,
                           struct arena *a, struct diag *d)
{
    struct query q = query_open(
        db,
        arena_printf(
            a,
            "SELECT * FROM (SELECT " PAPER_COLUMNS
            " FROM document x WHERE id=(SELECT max(id) FROM document WHERE "
            "doc=x.doc) UNION ALL SELECT " PAPER_COLUMNS
            " FROM paper WHERE doc NOT IN (SELECT doc FROM document)) %s "
            "ORDER BY household,type,holder,received,doc",
            where),
        d);
    size_t capacity = 0;
    *out = NULL;
    *n = 0;
    while (query_row(&q)) {
        *out = list_room(*out, *n, &capacity, sizeof **out, a);
        (*out)[(*n)++] =
            (struct case_document){.id = query_text(&q, 0, a),
                                   .household = query_text(&q, 1, a),
                                   .type = query_text(&q, 2, a),
                                   .holder = query_text(&q, 3, a),
                                   .received = query_text(&q, 4, a),
                                   .pages = query_int(&q, 5),
                                   .state = query_text(&q, 6, a),
                                   .supersedes = query_text(&q, 7, a),
                                   .page = query_text(&q, 8, a)};
    }
    return query_close(&q);
}

bool case_documents(struct case_db *db, struct case_document **out, size_t *n,
                    struct arena *a, struct diag *d)
{
    return list_documents(db, "", out, n, a, d);
}

bool case_unprocessed(struct case_db *db, struct case_document **out, size_t *n,
                      struct arena *a, struct diag *d)
{
    return list_documents(db, "WHERE state IN ('受領','読取')", out, n, a, d);
}

/* ── events ─────────────────────────────────────────────────────────────── */

bool case_put_event(struct case_db *db, const struct case_event *e,
                    struct diag *d)
{
    if (!case_begin(db, d))
        return false;
    struct query q = query_open(db,
                                "INSERT INTO event(household,child,kind,"
                                "happened,detail,by,at) VALUES(?,?,?,?,?,?,?)",
                                d);
    bool ok = query_run(&q, "ttttttt", e->household, e->child, e->kind, e->on,
                        e->detail, db->by, db->at) &&
              audit_last(db, "event", "event", d);
    return case_end(db, ok, d);
}

bool case_events(struct case_db *db, struct case_event **out, size_t *n,
                 struct arena *a, struct diag *d)
{
    struct query q = query_open(
        db,
        "SELECT DISTINCT household,child,kind,happened,detail FROM event "
        "ORDER BY household,child,happened,kind,detail",
        d);
    size_t capacity = 0;
    *out = NULL;
    *n = 0;
    while (query_row(&q)) {
        *out = list_room(*out, *n, &capacity, sizeof **out, a);
        (*out)[(*n)++] = (struct case_event){
            query_text(&q, 0, a), query_text(&q, 1, a), query_text(&q, 2, a),
            query_text(&q, 3, a), query_text(&q, 4, a)};
    }
    return query_close(&q);
}

/* ── manual points ──────────────────────────────────────────────────────── */

/* The newest row says the same? */
static bool manual_known(struct case_db *db, const struct manual_points *m,
                         bool *known, struct diag *d)
{
    struct query q = query_open(
        db,
        "SELECT points=? AND reason=? AND given_by=? AND approved_by=? FROM "
        "manual WHERE household=? AND child=? AND person=? AND rule=? "
        "ORDER BY id DESC LIMIT 1",
        d);
    query_bind(&q,
               "lttt"
               "ttit",
               m->points, m->reason, m->by, m->approved_by, m->household,
               m->child, m->person, m->rule);
    *known = query_row(&q) && query_int(&q, 0);
    return query_close(&q);
}

bool case_put_manual(struct case_db *db, const struct manual_points *m,
                     struct diag *d)
{
    bool known = false;
    if (!case_begin(db, d))
        return false;
    bool ok = manual_known(db, m, &known, d);
    if (ok && !known) {
        struct query q = query_open(
            db,
            "INSERT INTO manual(household,child,person,rule,points,reason,"
            "given_by,approved_by,by,at) VALUES(?,?,?,?,?,?,?,?,?,?)",
            d);
        ok = query_run(&q, "ttitlttttt", m->household, m->child, m->person,
                       m->rule, m->points, m->reason, m->by, m->approved_by,
                       db->by, db->at) &&
             audit_last(db, "manual", "manual", d);
    }
    return case_end(db, ok, d);
}

/* ── runs ───────────────────────────────────────────────────────────────── */

bool case_put_run(struct case_db *db, const struct case_run *run,
                  struct diag *d)
{
    if (!case_begin(db, d))
        return false;
    struct query q = query_open(
        db, "INSERT INTO run(run,kind,inputs,by,at) VALUES(?,?,?,?,?)", d);
    bool ok = query_run(&q, "ttttt", run->id, run->kind, run->inputs, db->by,
                        db->at) &&
              audit_last(db, "run", "run", d);
    return case_end(db, ok, d);
}
