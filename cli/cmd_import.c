/*
 * nyusho import CASE FILE…: records (CSV or JSON), manual points, events, and
 * doubts.csv with a person's answers. What a file is, its columns tell. To add
 * a kind of file: a row in `kinds`.
 */
#include "cli/case_assemble.h"
#include "cli/commands.h"
#include "cli/events.h"
#include "core/file.h"
#include "records/doubts.h"
#include "records/record_csv.h"
#include "records/record_json.h"

#include <string.h>

#define MAX_IMPORT ((size_t)1 << 30)

const struct option_spec import_options[] = {
    {NULL, NULL, {NULL, NULL}},
};

struct importing {
    struct cli *c;
    struct case_context ctx;
    struct case_db *db;
    size_t taken;
};

struct import_file {
    const char *path, *bytes;
    size_t len;
};

static bool take_answers(struct importing *i, const struct import_file *f)
{
    size_t taken = 0;
    bool ok = doubts_import(i->db, &i->ctx.dict, f->bytes, f->len, f->path,
                            &taken, &i->c->diag);
    i->taken += taken;
    return ok;
}

static bool take_events(struct importing *i, const struct import_file *f)
{
    struct case_event *events;
    size_t n;
    if (!events_parse(i->c, f->bytes, f->len, f->path, &events, &n))
        return false;
    bool ok = case_begin(i->db, &i->c->diag);
    for (size_t k = 0; ok && k < n; k++)
        ok = case_put_event(i->db, &events[k], &i->c->diag);
    i->taken += n;
    return case_end(i->db, ok, &i->c->diag) && ok;
}

/* Records of one kind, into a set of their own and then into case.db whole. */
static bool take_set(struct importing *i, struct record_set *set, bool loaded,
                     const char *path)
{
    size_t taken = 0;
    if (loaded)
        record_set_finish(set);
    bool ok = loaded && case_import_records(i->db, set, path_name(path), &taken,
                                            &i->c->diag);
    i->taken += taken;
    record_set_release(set);
    return ok;
}

static bool takes_points(const struct rule *rule)
{
    bool manual = rule->award.kind == AWARD_MANUAL;
    for (size_t k = 0; k < rule->n_but; k++)
        manual = manual || rule->but[k].award.kind == AWARD_MANUAL;
    return manual;
}

/* Points for a rule that is none could never be taken back. */
static bool rules_there(struct importing *i, const struct record_set *set)
{
    struct case_context ctx;
    bool ok = true;
    if (!set->n_manual)
        return true;
    if (!case_context_load(i->c, i->c->args[0], CONTEXT_RULES, &ctx))
        return false;
    for (size_t k = 0; k < set->n_manual; k++) {
        const struct manual_points *m = &set->manual[k];
        const struct rule *rule = ruleset_find(&ctx.rules, m->rule);
        if (ruleset_find_order(&ctx.rules, m->rule) ||
            (rule && takes_points(rule)))
            continue;
        ok = diag_error(
            &i->c->diag, m->at,
            rule ? "manual-not-manual" : "manual-unknown-rule",
            rule ? "規則「%s」の点数は基準表で決まっていて、入力できません"
                 : "「%s」という規則はありません。rules.yaml の id "
                   "を書いてください",
            rule ? "the points of rule \"%s\" are fixed; none can be entered"
                 : "there is no rule \"%s\"; write an id of rules.yaml",
            m->rule);
    }
    return ok;
}

static bool take_manual(struct importing *i, const struct import_file *f)
{
    struct record_set set;
    record_set_init(&set, &i->ctx.dict);
    bool ok = manual_csv_load(&set, f->bytes, f->len, f->path, &i->c->diag) &&
              rules_there(i, &set);
    return take_set(i, &set, ok, f->path);
}

/* guardian.csv, guardian-2.csv: the scope is the first word of the name. */
static bool scope_of(const char *path, enum scope *out)
{
    const char *name = path_name(path);
    char word[32];
    size_t len = strcspn(name, ".-_");
    if (len >= sizeof word)
        return false;
    memcpy(word, name, len);
    word[len] = '\0';
    return scope_find(word, out);
}

static bool take_records(struct importing *i, const struct import_file *f)
{
    struct record_set set;
    enum scope scope;
    if (strcmp(path_name(f->path), "office.csv") == 0)
        return diag_error(
            &i->c->diag, POS_FILE(f->path), "unknown-import",
            "庁内情報は取り込まず、作業フォルダーの office.csv を書き換えて"
            "ください。次の実行から使われます",
            "office data is not imported: edit office.csv in the case folder; "
            "the next run uses it");
    if (!scope_of(f->path, &scope))
        return diag_error(
            &i->c->diag, POS_FILE(f->path), "unknown-import",
            "何のファイルか分かりません。記録なら household.csv や child.csv "
            "のような名前にしてください",
            "it is not clear what this file is; name records household.csv, "
            "child.csv or the like");
    record_set_init(&set, &i->ctx.dict);
    return take_set(i, &set,
                    record_csv_load_scope(&set, scope, f->bytes, f->len,
                                          f->path, &i->c->diag),
                    f->path);
}

static const struct {
    struct label columns[2]; /* it has both */
    bool (*take)(struct importing *i, const struct import_file *f);
} kinds[] = {
    {{{"疑義番号", "doubt"}, {"正しい値", "right value"}}, take_answers},
    {{{"種別", "kind"}, {"日付", "on"}}, take_events},
    {{{"規則", "rule"}, {"点数", "points"}}, take_manual},
};

static bool has(const struct csv *t, struct label name)
{
    return csv_column(t, name.ja) >= 0 || csv_column(t, name.en) >= 0;
}

static bool take_json(struct importing *i, const struct import_file *f)
{
    struct record_set set;
    record_set_init(&set, &i->ctx.dict);
    bool ok = record_json_load(&set, f->bytes, f->len, f->path, &i->c->diag) &&
              rules_there(i, &set);
    return take_set(i, &set, ok, f->path);
}

static bool is_json(const struct import_file *f)
{
    size_t skip = 0;
    while (skip < f->len && strchr(" \t\r\n", f->bytes[skip]))
        skip++;
    return skip < f->len && f->bytes[skip] == '{';
}

static bool take_file(struct importing *i, const char *path)
{
    struct cli *c = i->c;
    struct import_file f = {.path = path};
    struct csv t;
    f.bytes = file_read(path, MAX_IMPORT, &c->mem, &f.len, &c->diag);
    if (f.bytes && is_json(&f))
        return take_json(i, &f);
    if (!f.bytes ||
        !csv_parse(f.bytes, f.len, path, ENCODING_AUTO, &t, &c->mem, &c->diag))
        return false;
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
        if (has(&t, kinds[k].columns[0]) && has(&t, kinds[k].columns[1]))
            return kinds[k].take(i, &f);
    return take_records(i, &f);
}

static bool take_folder(struct importing *i, const char *path)
{
    struct record_set set;
    record_set_init(&set, &i->ctx.dict);
    bool ok = record_csv_load(&set, path, &i->c->diag) && rules_there(i, &set);
    return take_set(i, &set, ok, path);
}

static bool take_all(struct importing *i)
{
    struct cli *c = i->c;
    bool ok = true;
    for (int k = 1; k < c->n_args; k++) {
        const char *path = c->args[k];
        if (folder_exists(path) ? take_folder(i, path) : take_file(i, path))
            continue;
        ok = false;
        diag_note(&c->diag, POS_FILE(path), "nothing-taken",
                  "このファイルからは何も取り込んでいません",
                  "nothing was taken from this file");
    }
    return case_assemble(c, i->db, &i->ctx) &&
           case_findings_write(c, i->db, &i->ctx) && ok;
}

int import_run(struct cli *c)
{
    struct importing i = {.c = c};
    if (!case_context_load(c, c->args[0], CONTEXT_POLICY | CONTEXT_FACILITIES,
                           &i.ctx))
        return EXIT_INPUT;
    i.db = case_open(c->args[0], CASE_CREATE, cli_stamp(c), &c->diag);
    bool ok = i.db && take_all(&i);
    struct case_counts n = {0};
    ok = ok && case_count(i.db, &n, &c->diag);
    case_close(i.db);
    if (!ok)
        return cli_failure(c);
    cli_say(c,
            "%zu 件を取り込みました。残りの疑義 %lld (本番に必要なもの %lld)\n",
            "%zu taken; doubts left: %lld (%lld needed before a final run)\n",
            i.taken, (long long)n.doubts_open, (long long)n.doubts_gating);
    cJSON_AddNumberToObject(c->report, "taken", (double)i.taken);
    cJSON_AddNumberToObject(c->report, "doubts", (double)n.doubts_open);
    return cli_status(c);
}
