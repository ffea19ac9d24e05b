/* Pages, their arrivals and readings, and what people filed them as. */
#include "records/case_internal.h"

#include <string.h>

#define PAGE_COLUMNS                                                      \
    "p.sha,p.state,p.reason,p.message_ja,p.message_en,p.form,p.version,"  \
    "p.document,p.form_page,p.form_pages,p.reader,p.rotation,p.residual," \
    "p.width,p.height,p.dpi,p.qr_form,p.qr_version,p.qr_page,p.qr_pages," \
    "p.qr_household,p.qr_child,p.qr_received"

/* A page met again keeps its row; what a newer reader says of it counts. */
static bool put_row(struct case_db *db, const struct case_page *p,
                    struct diag *d)
{
    struct query q = query_open(
        db,
        "INSERT INTO page VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
        "ON CONFLICT(sha) DO UPDATE SET state=excluded.state,"
        "reason=excluded.reason,message_ja=excluded.message_ja,"
        "message_en=excluded.message_en,form=excluded.form,"
        "version=excluded.version,document=excluded.document,"
        "form_page=excluded.form_page,form_pages=excluded.form_pages,"
        "reader=excluded.reader,rotation=excluded.rotation,"
        "residual=excluded.residual,width=excluded.width,"
        "height=excluded.height,dpi=excluded.dpi,qr_form=excluded.qr_form,"
        "qr_version=excluded.qr_version,qr_page=excluded.qr_page,"
        "qr_pages=excluded.qr_pages,qr_household=excluded.qr_household,"
        "qr_child=excluded.qr_child,qr_received=excluded.qr_received",
        d);
    return query_run(&q,
                     "titttttt"
                     "iit"
                     "iiiii"
                     "ttiittt",
                     p->sha256, (int)p->state, p->reason, p->message.ja,
                     p->message.en, p->form, p->version, p->document,
                     p->form_page, p->form_pages, p->reader, p->rotation,
                     p->residual, p->width, p->height, p->dpi, p->qr.form,
                     p->qr.version, p->qr.page, p->qr.pages, p->qr.household,
                     p->qr.child, p->qr.received);
}

static bool put_readings(struct case_db *db, const struct case_page *p,
                         const struct case_reading *r, size_t n, struct diag *d)
{
    struct query q = query_open(
        db,
        "DELETE FROM reading WHERE sha=? AND form=? AND version=? AND reader=?",
        d);
    if (!query_run(&q, "tttt", p->sha256, p->form, p->version, p->reader))
        return false;
    q = query_open(db,
                   "INSERT INTO reading VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,"
                   "?,?,?,?)",
                   d);
    for (size_t i = 0; i < n; i++, r++) {
        query_bind(&q,
                   "ttttittt"
                   "iiitttti"
                   "iiii",
                   p->sha256, p->form, p->version, p->reader, (int)i, r->field,
                   r->bind, r->caption, (int)r->kind, (int)r->required,
                   (int)r->state, r->value, r->raw, r->runner_up, r->reason,
                   r->confidence, (int)r->left, (int)r->top, (int)r->width,
                   (int)r->height);
        query_again(&q);
    }
    return query_close(&q);
}

static bool put_arrival(struct case_db *db, const struct case_page *p,
                        struct diag *d)
{
    struct query q =
        query_open(db,
                   "INSERT INTO arrival VALUES(?,?,?,?) ON CONFLICT DO UPDATE "
                   "SET sha=excluded.sha",
                   d);
    return query_run(&q, "ttit", p->file, p->file_sha256, p->number, p->sha256);
}

/* Was the page there before, by another arrival? */
static bool met_before(struct case_db *db, const struct case_page *p, bool *met,
                       struct diag *d)
{
    struct query q = query_open(
        db,
        "SELECT 1 FROM arrival WHERE sha=? AND NOT(file=? AND file_sha=? AND "
        "number=?) LIMIT 1",
        d);
    query_bind(&q, "ttti", p->sha256, p->file, p->file_sha256, p->number);
    *met = query_row(&q);
    return query_close(&q);
}

bool case_put_page(struct case_db *db, const struct case_page *page,
                   const struct case_reading *readings, size_t n, bool *again,
                   struct diag *d)
{
    bool met = false;
    if (!case_begin(db, d))
        return false;
    bool ok = met_before(db, page, &met, d) && put_row(db, page, d) &&
              put_arrival(db, page, d) &&
              put_readings(db, page, readings, n, d);
    if (again)
        *again = met;
    return case_end(db, ok, d);
}

bool case_has_page(struct case_db *db, const char *file, int number,
                   const char *file_sha256, const char *reader)
{
    struct query q =
        query_open(db,
                   "SELECT p.reader FROM arrival a JOIN page p ON p.sha=a.sha "
                   "WHERE a.file=? AND a.number=? AND a.file_sha=?",
                   NULL);
    query_bind(&q, "tit", file, number, file_sha256);
    bool found = false;
    if (query_row(&q)) {
        const char *by = (const char *)sqlite3_column_text(q.s, 0);
        found = !reader || (by && strcmp(by, reader) == 0);
    }
    return query_close(&q) && found;
}

static struct case_page page_of(struct query *q, struct arena *a)
{
    struct case_page p = {
        .sha256 = query_text(q, 0, a),
        .state = (enum case_page_state)query_choice(q, 1, N_CASE_PAGE_STATES),
        .reason = query_text(q, 2, a),
        .message = {query_text(q, 3, a), query_text(q, 4, a)},
        .form = query_text(q, 5, a),
        .version = query_text(q, 6, a),
        .document = query_text(q, 7, a),
        .form_page = query_int(q, 8),
        .form_pages = query_int(q, 9),
        .reader = query_text(q, 10, a),
        .rotation = query_int(q, 11),
        .residual = query_int(q, 12),
        .width = query_int(q, 13),
        .height = query_int(q, 14),
        .dpi = query_int(q, 15),
        .file = query_text(q, 23, a),
        .file_sha256 = query_text(q, 24, a),
        .number = query_int(q, 25)};
    p.qr.form = query_text(q, 16, a);
    p.qr.version = query_text(q, 17, a);
    p.qr.page = query_int(q, 18);
    p.qr.pages = query_int(q, 19);
    p.qr.household = query_text(q, 20, a);
    p.qr.child = query_text(q, 21, a);
    p.qr.received = query_text(q, 22, a);
    return p;
}

bool case_pages(struct case_db *db, struct case_page **out, size_t *n,
                struct arena *a, struct diag *d)
{
    struct query q = query_open(
        db,
        "SELECT " PAGE_COLUMNS ",a.file,a.file_sha,a.number FROM page p "
        "JOIN arrival a ON a.sha=p.sha ORDER BY p.form,p.form_page,p.sha,"
        "a.file,a.number,a.file_sha",
        d);
    size_t capacity = 0;
    *out = NULL;
    *n = 0;
    while (query_row(&q)) {
        const char *sha = (const char *)sqlite3_column_text(q.s, 0);
        if (*n && sha && strcmp((*out)[*n - 1].sha256, sha) == 0)
            continue; /* a later arrival of the same page */
        *out = list_room(*out, *n, &capacity, sizeof **out, a);
        (*out)[(*n)++] = page_of(&q, a);
    }
    return query_close(&q);
}

bool case_readings(struct case_db *db, const char *sha256,
                   struct case_reading **out, size_t *n, struct arena *a,
                   struct diag *d)
{
    struct query q = query_open(
        db,
        "SELECT r.field,r.bind,r.caption,r.kind,r.required,r.state,r.value,"
        "r.raw,r.runner_up,r.reason,r.confidence,r.box_left,r.box_top,"
        "r.box_width,r.box_height FROM page p JOIN reading r ON r.sha=p.sha "
        "AND r.form=p.form AND r.version=p.version AND r.reader=p.reader "
        "WHERE p.sha=? ORDER BY r.ord",
        d);
    size_t capacity = 0;
    *out = NULL;
    *n = 0;
    query_bind(&q, "t", sha256);
    while (query_row(&q)) {
        *out = list_room(*out, *n, &capacity, sizeof **out, a);
        (*out)[(*n)++] = (struct case_reading){
            .field = query_text(&q, 0, a),
            .bind = query_text(&q, 1, a),
            .caption = query_text(&q, 2, a),
            .kind = (enum case_kind)query_choice(&q, 3, N_CASE_KINDS),
            .required = query_int(&q, 4) != 0,
            .state = (enum case_reading_state)query_choice(
                &q, 5, N_CASE_READING_STATES),
            .value = query_text(&q, 6, a),
            .raw = query_text(&q, 7, a),
            .runner_up = query_text(&q, 8, a),
            .reason = query_text(&q, 9, a),
            .confidence = query_int(&q, 10),
            .left = query_int(&q, 11),
            .top = query_int(&q, 12),
            .width = query_int(&q, 13),
            .height = query_int(&q, 14)};
    }
    return query_close(&q);
}

bool case_arrivals(struct case_db *db, struct case_arrival **out, size_t *n,
                   struct arena *a, struct diag *d)
{
    struct query q = query_open(db,
                                "SELECT sha,file,file_sha,number FROM arrival "
                                "ORDER BY file,file_sha,number",
                                d);
    size_t capacity = 0;
    *out = NULL;
    *n = 0;
    while (query_row(&q)) {
        *out = list_room(*out, *n, &capacity, sizeof **out, a);
        (*out)[(*n)++] =
            (struct case_arrival){query_text(&q, 0, a), query_text(&q, 1, a),
                                  query_text(&q, 2, a), query_int(&q, 3)};
    }
    return query_close(&q);
}

/* ── filings ────────────────────────────────────────────────────────────── */

bool case_file_page(struct case_db *db, const struct case_filing *f,
                    struct diag *d)
{
    if (!case_begin(db, d))
        return false;
    struct query q = query_open(db,
                                "INSERT INTO filing(sha,type,household,child,"
                                "person,seq,state,received,why,by,at) "
                                "VALUES(?,?,?,?,?,?,?,?,?,?,?)",
                                d);
    bool ok = query_run(&q, "ttttiittttt", f->sha256, f->type, f->household,
                        f->child, f->person, f->seq, f->state, f->received,
                        f->why, db->by, db->at) &&
              audit_last(db, "file", "filing", d);
    return case_end(db, ok, d);
}

bool case_filings(struct case_db *db, struct case_filing **out, size_t *n,
                  struct arena *a, struct diag *d)
{
    struct query q = query_open(
        db,
        "SELECT sha,type,household,child,person,seq,state,received,why "
        "FROM filing f WHERE id=(SELECT max(id) FROM filing WHERE sha=f.sha) "
        "ORDER BY sha",
        d);
    size_t capacity = 0;
    *out = NULL;
    *n = 0;
    while (query_row(&q)) {
        *out = list_room(*out, *n, &capacity, sizeof **out, a);
        (*out)[(*n)++] = (struct case_filing){.sha256 = query_text(&q, 0, a),
                                              .type = query_text(&q, 1, a),
                                              .household = query_text(&q, 2, a),
                                              .child = query_text(&q, 3, a),
                                              .person = query_int(&q, 4),
                                              .seq = query_int(&q, 5),
                                              .state = query_text(&q, 6, a),
                                              .received = query_text(&q, 7, a),
                                              .why = query_text(&q, 8, a)};
    }
    return query_close(&q);
}
