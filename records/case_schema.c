/*
 * The schema of case.db and its migrations. To add a version: append a step to
 * `case_migrations`, never change one that was shipped, and add a case to
 * tests/test_case_db.c. A column added to an appended table would change the
 * hashes of its old rows: put it into a table of its own.
 *
 * Appended tables (filing value document event manual run answer audit) refuse
 * UPDATE and DELETE. Derived ones (doubt paper joining finding) are emptied
 * and made again by assemble.
 */
#include "records/case_internal.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define APPENDED(table)                                      \
    "CREATE TRIGGER " table "_kept BEFORE UPDATE ON " table  \
    " BEGIN SELECT RAISE(ABORT,'appended only'); END;"       \
    "CREATE TRIGGER " table "_stays BEFORE DELETE ON " table \
    " BEGIN SELECT RAISE(ABORT,'appended only'); END;"

#define BOX                                               \
    "box_left INTEGER NOT NULL,box_top INTEGER NOT NULL," \
    "box_width INTEGER NOT NULL,box_height INTEGER NOT NULL,"
#define KEY                                        \
    "household TEXT NOT NULL,child TEXT NOT NULL," \
    "person INTEGER NOT NULL,seq INTEGER NOT NULL,"
#define STAMP "by TEXT NOT NULL,at TEXT NOT NULL"

static const char version_1[] =
    "CREATE TABLE page(sha TEXT PRIMARY KEY,state INTEGER NOT NULL,"
    "reason TEXT NOT NULL,message_ja TEXT NOT NULL,message_en TEXT NOT NULL,"
    "form TEXT NOT NULL,version TEXT NOT NULL,document TEXT NOT NULL,"
    "form_page INTEGER NOT NULL,form_pages INTEGER NOT NULL,"
    "reader TEXT NOT NULL,rotation INTEGER NOT NULL,residual INTEGER NOT NULL,"
    "width INTEGER NOT NULL,height INTEGER NOT NULL,dpi INTEGER NOT NULL,"
    "qr_form TEXT NOT NULL,qr_version TEXT NOT NULL,qr_page INTEGER NOT NULL,"
    "qr_pages INTEGER NOT NULL,qr_household TEXT NOT NULL,"
    "qr_child TEXT NOT NULL,qr_received TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE arrival(file TEXT NOT NULL,file_sha TEXT NOT NULL,"
    "number INTEGER NOT NULL,sha TEXT NOT NULL REFERENCES page,"
    "PRIMARY KEY(file,file_sha,number)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX arrival_page ON arrival(sha);"
    "CREATE TABLE reading(sha TEXT NOT NULL REFERENCES page,"
    "form TEXT NOT NULL,version TEXT NOT NULL,reader TEXT NOT NULL,"
    "ord INTEGER NOT NULL,field TEXT NOT NULL,bind TEXT NOT NULL,"
    "caption TEXT NOT NULL,kind INTEGER NOT NULL,required INTEGER NOT NULL,"
    "state INTEGER NOT NULL,value TEXT NOT NULL,raw TEXT NOT NULL,"
    "runner_up TEXT NOT NULL,reason TEXT NOT NULL,confidence INTEGER NOT "
    "NULL," BOX
    "PRIMARY KEY(sha,form,version,reader,ord)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE filing(id INTEGER PRIMARY KEY,"
    "sha TEXT NOT NULL REFERENCES page,type TEXT NOT NULL," KEY
    "state TEXT NOT NULL,received TEXT NOT NULL,why TEXT NOT NULL," STAMP
    ") STRICT;" APPENDED(
        "filing") "CREATE TABLE value(id INTEGER PRIMARY KEY," KEY
                  "path TEXT NOT NULL,source INTEGER NOT NULL,gone INTEGER NOT "
                  "NULL,"
                  "state INTEGER NOT NULL,text TEXT NOT NULL,page TEXT NOT "
                  "NULL," BOX "raw TEXT NOT NULL,confidence INTEGER NOT "
                  "NULL,why TEXT NOT NULL," STAMP ") STRICT;" APPENDED(
                      "value") "CREATE INDEX value_place ON "
                               "value(household,child,person,seq,path,source,"
                               "id);"
                               "CREATE TABLE document(id INTEGER PRIMARY "
                               "KEY,doc TEXT NOT NULL,"
                               "household TEXT NOT NULL,type TEXT NOT "
                               "NULL,holder TEXT NOT NULL,"
                               "received TEXT NOT NULL,pages INTEGER NOT "
                               "NULL,state TEXT NOT NULL,"
                               "supersedes TEXT NOT NULL,page TEXT NOT "
                               "NULL,why TEXT NOT NULL," STAMP
                               ") STRICT;" APPENDED(
                                   "document") "CREATE TABLE event(id INTEGER "
                                               "PRIMARY KEY,household TEXT NOT "
                                               "NULL,"
                                               "child TEXT NOT NULL,kind TEXT "
                                               "NOT NULL,happened TEXT NOT "
                                               "NULL,"
                                               "detail TEXT NOT NULL," STAMP
                                               ") STRICT;" APPENDED(
                                                   "event") "CREATE TABLE "
                                                            "manual(id INTEGER "
                                                            "PRIMARY "
                                                            "KEY,household "
                                                            "TEXT NOT NULL,"
                                                            "child TEXT NOT "
                                                            "NULL,person "
                                                            "INTEGER NOT "
                                                            "NULL,rule TEXT "
                                                            "NOT NULL,"
                                                            "points INTEGER "
                                                            "NOT NULL,reason "
                                                            "TEXT NOT "
                                                            "NULL,given_by "
                                                            "TEXT NOT NULL,"
                                                            "approved_by TEXT "
                                                            "NOT NULL," STAMP
                                                            ") "
                                                            "STRICT;" APPENDED(
                                                                "manual") "CREA"
                                                                          "TE "
                                                                          "TABL"
                                                                          "E "
                                                                          "run("
                                                                          "id "
                                                                          "INTE"
                                                                          "GER "
                                                                          "PRIM"
                                                                          "ARY "
                                                                          "KEY,"
                                                                          "run "
                                                                          "TEXT"
                                                                          " NOT"
                                                                          " NUL"
                                                                          "L,"
                                                                          "kind"
                                                                          " TEX"
                                                                          "T "
                                                                          "NOT "
                                                                          "NULL"
                                                                          ",inp"
                                                                          "uts "
                                                                          "TEXT"
                                                                          " NOT"
                                                                          " NUL"
                                                                          "L"
                                                                          "," STAMP
                                                                          ") "
                                                                          "STRI"
                                                                          "CT"
                                                                          ";" APPENDED(
                                                                              "run") "CREATE TABLE answer(id INTEGER PRIMARY KEY,doubt TEXT NOT NULL,"
                                                                                     "text TEXT NOT NULL," STAMP
                                                                                     ") STRICT;" APPENDED(
                                                                                         "answer") "CREATE INDEX answer_doubt ON answer(doubt,id);"
                                                                                                   "CREATE TABLE audit(id INTEGER PRIMARY KEY," STAMP
                                                                                                   ",action TEXT NOT NULL,subject TEXT NOT NULL,first INTEGER NOT NULL,"
                                                                                                   "last INTEGER NOT NULL,content TEXT NOT NULL,hash TEXT NOT NULL"
                                                                                                   ") STRICT;" APPENDED(
                                                                                                       "audit") "CREATE TABLE doubt(id TEXT PRIMARY KEY,check_name TEXT NOT NULL,"
                                                                                                                "gating INTEGER NOT NULL," KEY
                                                                                                                "page TEXT NOT NULL,file TEXT NOT NULL,"
                                                                                                                "number INTEGER NOT NULL,form TEXT NOT NULL,form_page INTEGER NOT NULL,"
                                                                                                                "ord INTEGER NOT NULL,field TEXT NOT NULL,path TEXT NOT NULL,"
                                                                                                                "caption TEXT NOT NULL,what_ja TEXT NOT NULL,what_en TEXT NOT NULL,"
                                                                                                                "value TEXT NOT NULL,raw TEXT NOT NULL,runner_up TEXT NOT NULL,"
                                                                                                                "confidence INTEGER NOT NULL," BOX
                                                                                                                "answer TEXT NOT NULL,answered_by TEXT NOT NULL) STRICT, WITHOUT ROWID;"
                                                                                                                "CREATE TABLE paper(doc TEXT PRIMARY KEY,household TEXT NOT NULL,"
                                                                                                                "type TEXT NOT NULL,holder TEXT NOT NULL,received TEXT NOT NULL,"
                                                                                                                "pages INTEGER NOT NULL,state TEXT NOT NULL,supersedes TEXT NOT NULL,"
                                                                                                                "page TEXT NOT NULL) STRICT, WITHOUT ROWID;"
                                                                                                                "CREATE TABLE joining(page TEXT PRIMARY KEY,household TEXT NOT NULL,"
                                                                                                                "person INTEGER NOT NULL,seq INTEGER NOT NULL,state TEXT NOT NULL,"
                                                                                                                "evidence TEXT NOT NULL) STRICT, WITHOUT ROWID;"
                                                                                                                "CREATE TABLE finding(ord INTEGER PRIMARY KEY,severity INTEGER NOT NULL,"
                                                                                                                "place TEXT NOT NULL,check_name TEXT NOT NULL,what_ja TEXT NOT NULL,"
                                                                                                                "what_en TEXT NOT NULL) STRICT;";

const struct case_migration case_migrations[] = {{1, version_1}};
const size_t n_case_migrations =
    sizeof case_migrations / sizeof case_migrations[0];

static bool damaged(struct case_db *db, struct diag *d)
{
    return db_fail_at(db->path, SQLITE_NOTADB, 0, d);
}

/* The file as it was, beside it. A copy that is already there stays: it is
 * the older one. */
static bool keep_copy(struct case_db *db, int version, struct diag *d)
{
    const char *copy =
        arena_printf(&db->mem, "%s.version-%d", db->path, version);
    if (access(copy, F_OK) == 0)
        return true;
    struct query q = query_open(db, "VACUUM INTO ?", d);
    return query_run(&q, "t", copy);
}

static bool run_steps(struct case_db *db, const struct case_migration *steps,
                      size_t n, int64_t version, struct diag *d)
{
    if (!case_begin(db, d))
        return false;
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++) {
        if (steps[i].to <= version)
            continue;
        char pragma[80];
        snprintf(pragma, sizeof pragma,
                 "PRAGMA user_version=%d; PRAGMA application_id=%d",
                 steps[i].to, CASE_APPLICATION_ID);
        ok = db_exec(db, steps[i].sql, d) && db_exec(db, pragma, d);
    }
    return case_end(db, ok, d);
}

bool case_migrate(struct case_db *db, const struct case_migration *steps,
                  size_t n, struct diag *d)
{
    bool ok = true;
    int64_t version = query_number(db, "PRAGMA user_version", &ok, d);
    int64_t ours = ok ? query_number(db, "PRAGMA application_id", &ok, d) : 0;
    int64_t tables =
        ok ? query_number(db, "SELECT count(*) FROM sqlite_schema", &ok, d) : 0;
    if (!ok)
        return false;
    bool fresh = version == 0 && tables == 0;
    if (!fresh && ours != CASE_APPLICATION_ID)
        return damaged(db, d);
    if (version > steps[n - 1].to)
        return diag_error(d, POS_FILE(db->path), "case-newer",
                          "新しい版のプログラムで作られています（版 %d、この"
                          "プログラムは %d まで）。新しい版で開いてください",
                          "was made by a newer program (version %d, this one "
                          "knows %d); open it with that one",
                          (int)version, steps[n - 1].to);
    if (version == steps[n - 1].to)
        return true;
    if (db->mode == CASE_READ)
        return diag_error(d, POS_FILE(db->path), "case-older",
                          "古い版のままで、読むだけでは開けません。nyusho read "
                          "などを一度実行してください",
                          "is of an older version and cannot be opened for "
                          "reading only; run nyusho read once");
    if (!fresh && !keep_copy(db, (int)version, d))
        return false;
    return run_steps(db, steps, n, version, d);
}
