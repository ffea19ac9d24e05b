/* Doubts, answers, joins, findings and counts. */
#include "records/case_internal.h"

#include <string.h>

bool case_doubts(struct case_db *db, bool open_only, struct case_doubt **out,
                 size_t *n, struct arena *a, struct diag *d)
{
    struct query q = query_open(
        db,
        open_only ? "SELECT id,check_name,gating,household,child,person,seq,"
                    "page,file,number,field,path,caption,what_ja,what_en,value,"
                    "raw,runner_up,confidence,box_left,box_top,box_width,"
                    "box_height,answer,answered_by FROM doubt WHERE answer='' "
                    "ORDER BY household,form,form_page,page,ord,field,id"
                  : "SELECT id,check_name,gating,household,child,person,seq,"
                    "page,file,number,field,path,caption,what_ja,what_en,value,"
                    "raw,runner_up,confidence,box_left,box_top,box_width,"
                    "box_height,answer,answered_by FROM doubt "
                    "ORDER BY household,form,form_page,page,ord,field,id",
        d);
    size_t capacity = 0;
    *out = NULL;
    *n = 0;
    while (query_row(&q)) {
        *out = list_room(*out, *n, &capacity, sizeof **out, a);
        (*out)[(*n)++] = (struct case_doubt){
            .id = query_text(&q, 0, a),
            .check = query_text(&q, 1, a),
            .gating = query_int(&q, 2) != 0,
            .key = {query_text(&q, 3, a), query_text(&q, 4, a),
                    query_int(&q, 5), query_int(&q, 6)},
            .page = query_text(&q, 7, a),
            .file = query_text(&q, 8, a),
            .number = query_int(&q, 9),
            .field = query_text(&q, 10, a),
            .path = query_text(&q, 11, a),
            .caption = query_text(&q, 12, a),
            .what = {query_text(&q, 13, a), query_text(&q, 14, a)},
            .value = query_text(&q, 15, a),
            .raw = query_text(&q, 16, a),
            .runner_up = query_text(&q, 17, a),
            .confidence = query_int(&q, 18),
            .left = query_int(&q, 19),
            .top = query_int(&q, 20),
            .width = query_int(&q, 21),
            .height = query_int(&q, 22),
            .answer = query_text(&q, 23, a),
            .by = query_text(&q, 24, a)};
    }
    return query_close(&q);
}

/* ── answers ────────────────────────────────────────────────────────────── */

/* Has this person said so since anybody said otherwise? `by` of an answer is
 * who confirmed it, not who imported the file. */
static bool answer_known(struct case_db *db, const struct case_answer *answer,
                         bool *known, struct diag *d)
{
    struct query q = query_open(
        db,
        "SELECT 1 FROM answer WHERE doubt=?1 AND text=?2 AND by=?3 AND id>"
        "(SELECT ifnull(max(id),0) FROM answer WHERE doubt=?1 AND text<>?2)",
        d);
    query_bind(&q, "ttt", answer->id, answer->text, answer->by);
    *known = query_row(&q);
    return query_close(&q);
}

bool case_put_answer(struct case_db *db, const struct case_answer *answer,
                     struct diag *d)
{
    bool known = false;
    if (!case_begin(db, d))
        return false;
    bool ok = answer_known(db, answer, &known, d);
    if (ok && !known) {
        struct query q = query_open(
            db, "INSERT INTO answer(doubt,text,by,at) VALUES(?,?,?,?)", d);
        ok = query_run(&q, "tttt", answer->id, answer->text, answer->by,
                       db->at) &&
             audit_last(db, "answer", "answer", d);
    }
    return case_end(db, ok, d);
}

/* The next older answer to the same doubt; false when somebody said otherwise,
 * so that what is older still counts for nothing. */
static bool answer_agrees(struct case_answer *newest, const char *text,
                          const char *by)
{
    if (strcmp(newest->text, text) != 0)
        return false;
    if (!*newest->second && strcmp(newest->by, by) != 0)
        newest->second = by;
    return true;
}

bool case_answers(struct case_db *db, struct case_answer **out, size_t *n,
                  struct arena *a, struct diag *d)
{
    struct query q = query_open(
        db, "SELECT doubt,text,by FROM answer ORDER BY doubt,id DESC", d);
    size_t capacity = 0;
    bool agreed = false;
    *out = NULL;
    *n = 0;
    while (query_row(&q)) {
        struct case_answer x = {query_text(&q, 0, a), query_text(&q, 1, a),
                                query_text(&q, 2, a), ""};
        if (*n && strcmp((*out)[*n - 1].id, x.id) == 0) {
            agreed = agreed && answer_agrees(&(*out)[*n - 1], x.text, x.by);
            continue;
        }
        *out = list_room(*out, *n, &capacity, sizeof **out, a);
        (*out)[(*n)++] = x;
        agreed = true;
    }
    return query_close(&q);
}

/* ── joins, findings, counts ────────────────────────────────────────────── */

bool case_joins(struct case_db *db, struct case_join **out, size_t *n,
                struct arena *a, struct diag *d)
{
    struct query q = query_open(db,
                                "SELECT page,household,person,seq,state,"
                                "evidence FROM joining "
                                "ORDER BY household,person,seq,page",
                                d);
    size_t capacity = 0;
    *out = NULL;
    *n = 0;
    while (query_row(&q)) {
        *out = list_room(*out, *n, &capacity, sizeof **out, a);
        (*out)[(*n)++] = (struct case_join){
            query_text(&q, 0, a), query_text(&q, 1, a), query_int(&q, 2),
            query_int(&q, 3),     query_text(&q, 4, a), query_text(&q, 5, a)};
    }
    return query_close(&q);
}

bool case_findings(struct case_db *db, struct diag *d)
{
    struct arena a = ARENA_INIT;
    struct query q = query_open(
        db,
        "SELECT severity,place,check_name,what_ja,what_en FROM finding "
        "ORDER BY ord",
        d);
    while (query_row(&q)) {
        struct finding f = {
            .severity = (enum severity)query_choice(&q, 0, SEVERITY_ERROR + 1),
            .at = POS_FILE(query_text(&q, 1, &a)),
            .check = query_text(&q, 2, &a),
            .what = {query_text(&q, 3, &a), query_text(&q, 4, &a)}};
        diag_add(d, &f);
    }
    arena_release(&a);
    return query_close(&q);
}

/* Whose values stand: the newest row of each source, unless it takes back. */
#define STANDING                                                        \
    "SELECT household,child FROM (SELECT household,child,gone,max(id) " \
    "FROM value GROUP BY household,child,person,seq,path,source) "      \
    "WHERE gone=0 AND household<>''"

/* Numbers by group: "SELECT group, count". */
static bool count_groups(struct case_db *db, const char *sql, int64_t *out,
                         int n, struct diag *d)
{
    struct query q = query_open(db, sql, d);
    while (query_row(&q)) {
        int group = query_int(&q, 0);
        if (group >= 0 && group < n)
            out[group] = query_long(&q, 1);
    }
    return query_close(&q);
}

bool case_count(struct case_db *db, struct case_counts *out, struct diag *d)
{
    /* To count another thing: a row. */
    const struct {
        int64_t *to;
        const char *sql;
    } numbers[] = {
        {&out->files, "SELECT count(*) FROM (SELECT DISTINCT file,file_sha "
                      "FROM arrival)"},
        {&out->arrivals, "SELECT count(*) FROM arrival"},
        {&out->households,
         "SELECT count(DISTINCT household) FROM (" STANDING ")"},
        {&out->children,
         "SELECT count(*) FROM (SELECT DISTINCT household,child "
         "FROM (" STANDING ") WHERE child<>'')"},
        {&out->doubts_open, "SELECT count(*) FROM doubt WHERE answer=''"},
        {&out->doubts_gating,
         "SELECT count(*) FROM doubt WHERE answer='' AND gating"},
        {&out->doubts_answered, "SELECT count(*) FROM doubt WHERE answer<>''"},
    };
    struct arena a = ARENA_INIT;
    struct case_document *docs;
    size_t n_docs = 0, n_open = 0;
    bool ok = true;
    *out = (struct case_counts){0};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        *numbers[i].to = query_number(db, numbers[i].sql, &ok, d);
    ok = ok &&
         count_groups(db, "SELECT state,count(*) FROM page GROUP BY state",
                      out->pages, N_CASE_PAGE_STATES, d) &&
         count_groups(db,
                      "SELECT r.state,count(*) FROM page p JOIN reading r ON "
                      "r.sha=p.sha AND r.form=p.form AND r.version=p.version "
                      "AND r.reader=p.reader GROUP BY r.state",
                      out->readings, N_CASE_READING_STATES, d) &&
         case_documents(db, &docs, &n_docs, &a, d) &&
         case_unprocessed(db, &docs, &n_open, &a, d);
    out->documents = (int64_t)n_docs;
    out->unprocessed = (int64_t)n_open;
    arena_release(&a);
    return ok;
}
