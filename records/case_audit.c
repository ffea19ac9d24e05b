/*
 * The audit chain. Each link holds who, when, what was done, to which rows of
 * an appended table, and the hash of those rows; its own hash covers all that
 * and the link before it. To cover another appended table: a row in `tables`.
 */
#include "records/case_internal.h"

#include <string.h>

/* Columns by name: what is hashed stays the same when a table grows. */
static const struct {
    const char *name, *columns;
} tables[] = {
    {"filing", "id,sha,type,household,child,person,seq,state,received,why,by,"
               "at"},
    {"value", "id,household,child,person,seq,path,source,gone,state,text,page,"
              "box_left,box_top,box_width,box_height,raw,confidence,why,by,at"},
    {"document", "id,doc,household,type,holder,received,pages,state,supersedes,"
                 "page,why,by,at"},
    {"event", "id,household,child,kind,happened,detail,by,at"},
    {"manual", "id,household,child,person,rule,points,reason,given_by,"
               "approved_by,by,at"},
    {"run", "id,run,kind,inputs,by,at"},
    {"answer", "id,doubt,text,by,at"},
};
#define N_TABLES (sizeof tables / sizeof tables[0])

static size_t table_find(const char *name)
{
    size_t i = 0;
    while (i < N_TABLES && strcmp(tables[i].name, name) != 0)
        i++;
    return i;
}

int64_t table_last(struct case_db *db, const char *table, bool *ok,
                   struct diag *d)
{
    char sql[64];
    snprintf(sql, sizeof sql, "SELECT ifnull(max(id),0) FROM %s", table);
    return query_number(db, sql, ok, d);
}

static bool rows_hash(struct case_db *db, size_t table, int64_t first,
                      int64_t last, char hex[HASH_HEX], struct diag *d)
{
    char sql[256];
    snprintf(sql, sizeof sql,
             "SELECT %s FROM %s WHERE id BETWEEN ? AND ? ORDER BY id",
             tables[table].columns, tables[table].name);
    struct query q = query_open(db, sql, d);
    query_bind(&q, "ll", first, last);
    struct hash h;
    hash_start(&h);
    while (query_row(&q)) {
        for (int c = 0; c < sqlite3_column_count(q.s); c++) {
            const char *text = (const char *)sqlite3_column_text(q.s, c);
            hash_add_text(&h, text ? text : "");
        }
    }
    hash_hex(&h, hex);
    return query_close(&q);
}

struct link {
    const char *at, *by, *action, *subject, *content;
    int64_t id, first, last;
};

static void link_hash(const struct link *l, const char *previous,
                      char hex[HASH_HEX])
{
    char numbers[80];
    snprintf(numbers, sizeof numbers, "%lld %lld %lld", (long long)l->id,
             (long long)l->first, (long long)l->last);
    struct hash h;
    hash_start(&h);
    hash_add_text(&h, previous);
    hash_add_text(&h, numbers);
    hash_add_text(&h, l->by);
    hash_add_text(&h, l->at);
    hash_add_text(&h, l->action);
    hash_add_text(&h, l->subject);
    hash_add_text(&h, l->content);
    hash_hex(&h, hex);
}

static bool link_add(struct case_db *db, struct link l, struct diag *d)
{
    char previous[HASH_HEX] = "", hex[HASH_HEX];
    struct query q =
        query_open(db, "SELECT id,hash FROM audit ORDER BY id DESC LIMIT 1", d);
    if (query_row(&q)) {
        l.id = query_long(&q, 0);
        snprintf(previous, sizeof previous, "%s",
                 (const char *)sqlite3_column_text(q.s, 1));
    }
    if (!query_close(&q))
        return false;
    l.id++;
    l.by = db->by;
    l.at = db->at;
    link_hash(&l, previous, hex);
    q = query_open(db, "INSERT INTO audit VALUES(?,?,?,?,?,?,?,?,?)", d);
    return query_run(&q, "lttttlltt", l.id, l.by, l.at, l.action, l.subject,
                     l.first, l.last, l.content, hex);
}

bool audit_rows(struct case_db *db, const char *action, const char *table,
                int64_t first, int64_t last, struct diag *d)
{
    char content[HASH_HEX];
    if (first > last)
        return true;
    return rows_hash(db, table_find(table), first, last, content, d) &&
           link_add(db,
                    (struct link){.action = action,
                                  .subject = table,
                                  .content = content,
                                  .first = first,
                                  .last = last},
                    d);
}

bool audit_last(struct case_db *db, const char *action, const char *table,
                struct diag *d)
{
    bool ok = true;
    int64_t id = table_last(db, table, &ok, d);
    return ok && audit_rows(db, action, table, id, id, d);
}

bool audit_note(struct case_db *db, const char *action, const char *subject,
                const char *content, struct diag *d)
{
    return link_add(
        db,
        (struct link){.action = action, .subject = subject, .content = content},
        d);
}

/* ── checking ───────────────────────────────────────────────────────────── */

/* `l`: at least its number, and what it covers where that is known. */
static bool broken(struct case_db *db, const struct link *l, struct label what,
                   struct diag *d)
{
    struct arena a = ARENA_INIT;
    const char *rows =
        !l->subject     ? ""
        : l->first == 0 ? arena_printf(&a, " %s", l->subject)
                        : arena_printf(&a, " %s %lld-%lld", l->subject,
                                       (long long)l->first, (long long)l->last);
    diag_error(
        d, POS_FILE(db->path), "audit-broken",
        "監査記録 %1$lld 番%2$s が合いません（%3$s%4$.0s）。控えと比べて"
        "ください",
        "audit link %1$lld%2$s does not hold (%3$.0s%4$s); compare with a "
        "copy",
        (long long)l->id, rows, what.ja, what.en);
    arena_release(&a);
    return false;
}

/* One link against the one before it and against the rows it covers. */
static bool link_check(struct case_db *db, const struct link *l,
                       const char *stored, const char *previous,
                       int64_t covered[N_TABLES], struct diag *d)
{
    char hex[HASH_HEX];
    link_hash(l, previous, hex);
    if (strcmp(hex, stored) != 0)
        return broken(db, l,
                      (struct label){"記録そのものが変わっている",
                                     "the link itself was changed"},
                      d);
    size_t table = table_find(l->subject);
    if (l->first == 0 || table == N_TABLES)
        return true;
    if (l->first != covered[table] + 1)
        return broken(db, l,
                      (struct label){"前の行を覆う記録がない",
                                     "no link covers the rows before"},
                      d);
    covered[table] = l->last;
    if (!rows_hash(db, table, l->first, l->last, hex, d))
        return false;
    return strcmp(hex, l->content) == 0 ||
           broken(db, l,
                  (struct label){"行が変わっているか、抜けている",
                                 "its rows were changed or removed"},
                  d);
}

/* Rows outside 1 to the last covered one came past this program: there are as
 * many as that, and none comes later. */
static bool rest_check(struct case_db *db, const int64_t covered[N_TABLES],
                       int64_t links, struct diag *d)
{
    bool ok = true;
    for (size_t t = 0; t < N_TABLES && ok; t++) {
        const char *sql =
            arena_printf(&db->mem, "SELECT count(*) FROM %s", tables[t].name);
        int64_t last = table_last(db, tables[t].name, &ok, d);
        int64_t n = ok ? query_number(db, sql, &ok, d) : 0;
        struct link next = {.id = links + 1, .subject = tables[t].name};
        if (ok && (last != covered[t] || n != covered[t]))
            ok = broken(db, &next,
                        (struct label){"記録のない行がある",
                                       "rows that no link covers"},
                        d);
    }
    return ok;
}

bool case_audit_check(struct case_db *db, char head[HASH_HEX], struct diag *d)
{
    char previous[HASH_HEX] = "";
    int64_t covered[N_TABLES] = {0}, links = 0;
    struct query q = query_open(db,
                                "SELECT id,by,at,action,subject,first,last,"
                                "content,hash FROM audit ORDER BY id",
                                d);
    bool ok = true;
    while (ok && query_row(&q)) {
        struct arena a = ARENA_INIT;
        struct link l = {.id = query_long(&q, 0),
                         .by = query_text(&q, 1, &a),
                         .at = query_text(&q, 2, &a),
                         .action = query_text(&q, 3, &a),
                         .subject = query_text(&q, 4, &a),
                         .first = query_long(&q, 5),
                         .last = query_long(&q, 6),
                         .content = query_text(&q, 7, &a)};
        const char *stored = query_text(&q, 8, &a);
        ok = l.id == links + 1
                 ? link_check(db, &l, stored, previous, covered, d)
                 : broken(db, &(struct link){.id = links + 1},
                          (struct label){"抜けている", "it is missing"}, d);
        links = l.id;
        snprintf(previous, sizeof previous, "%s", stored);
        arena_release(&a);
    }
    ok = query_close(&q) && ok && rest_check(db, covered, links, d);
    if (head)
        memcpy(head, previous, HASH_HEX);
    return ok;
}
