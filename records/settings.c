#include "records/settings.h"

#include "core/date.h"
#include "core/file.h"
#include "core/yaml.h"
#include "records/format.h"

#include <stddef.h>
#include <string.h>

#define SETTINGS_FILE "nyusho.yaml"
#define MAX_BYTES ((size_t)1024 * 1024)

/* Keys whose text is kept as written. To add one: a row and its member. */
static const struct {
    const char *key;
    size_t member;
    bool required;
} texts[] = {
    {"municipality", offsetof(struct settings, municipality), true},
    {"round", offsetof(struct settings, round), true},
    {"rules", offsetof(struct settings, rules), true},
    {"dictionary", offsetof(struct settings, dictionary), false},
    {"nurseries", offsetof(struct settings, nurseries), true},
    {"seats", offsetof(struct settings, seats), true},
    {"office", offsetof(struct settings, office), false},
    {"policy", offsetof(struct settings, policy), false},
    {"documents", offsetof(struct settings, documents), false},
    {"combinations", offsetof(struct settings, combinations), false},
};

static const struct {
    const char *group, *key;
    size_t member;
} group_texts[] = {
    {"lottery", "seed", offsetof(struct settings, lottery_seed)},
    {"lottery", "approved_by", offsetof(struct settings, lottery_approved_by)},
    {"lottery", "approved_on", offsetof(struct settings, lottery_approved_on)},
    {"rules_verified", "by", offsetof(struct settings, rules_verified_by)},
    {"rules_verified", "on", offsetof(struct settings, rules_verified_on)},
    {"proof", "optimum", offsetof(struct settings, proof_optimum)},
};

static const char **member_at(struct settings *s, size_t offset)
{
    return (const char **)(void *)((char *)s + offset);
}

static bool read_texts(struct settings *s, const struct yaml *root,
                       struct diag *d)
{
    bool ok = true;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const char *text = texts[i].required
                               ? yaml_text(root, texts[i].key, d)
                               : format_text(root, texts[i].key, &ok, d);
        ok = ok && text;
        *member_at(s, texts[i].member) = text ? text : "";
    }
    return ok;
}

static bool read_date(const struct yaml *root, const char *key, int32_t *out,
                      struct diag *d)
{
    const char *text = yaml_text(root, key, d);
    if (!text)
        return false;
    if (date_parse(text, out) == DATE_OK)
        return true;
    return diag_error(d, yaml_find(root, key)->at, "bad-date",
                      "%s「%s」は日付として読めません（2027-04-01 の形で）",
                      "%s: \"%s\" is not a date (write 2027-04-01)", key, text);
}

static bool read_dates(struct settings *s, const struct yaml *root,
                       struct diag *d)
{
    int64_t year = 0;
    bool ok = yaml_text(root, "fiscal_year", d) != NULL;
    const struct yaml *node = yaml_find(root, "fiscal_year");
    ok = ok && node && yaml_int(node, &year, d);
    ok = read_date(root, "entry_date", &s->entry_date, d) && ok;
    ok = read_date(root, "deadline", &s->deadline, d) && ok;
    if (!ok || !node)
        return false;
    if (year != fiscal_year_of(s->entry_date))
        return diag_error(d, node->at, "bad-fiscal-year",
                          "年度 %s に入所日 %s は入りません（%d 年度です）",
                          "fiscal year %s does not hold the entry date %s "
                          "(which is in %d)",
                          node->text, yaml_find(root, "entry_date")->text,
                          fiscal_year_of(s->entry_date));
    s->fiscal_year = (int)year;
    if (s->deadline > s->entry_date)
        return diag_error(d, yaml_find(root, "deadline")->at, "bad-date",
                          "申込締切が入所日より後になっています",
                          "the deadline is after the entry date");
    return true;
}

static bool read_forms(struct settings *s, const struct yaml *root,
                       struct arena *a, struct diag *d)
{
    bool ok = true;
    const struct yaml *list = format_list(root, "forms", &ok, d);
    s->forms = ARENA_ARRAY(a, const char *, list ? list->n : 0);
    for (size_t i = 0; list && i < list->n; i++) {
        if (list->items[i]->kind == YAML_SCALAR)
            s->forms[s->n_forms++] = list->items[i]->text;
        else
            ok = diag_error(d, list->items[i]->at, "yaml-type",
                            "forms には様式の名前を並べてください",
                            "forms takes names of forms");
    }
    return ok;
}

/* One of the small maps: {seed: …, approved_by: …}. */
static bool read_group(struct settings *s, const struct yaml *root,
                       const char *name, struct diag *d)
{
    const char *keys[sizeof group_texts / sizeof group_texts[0] + 1];
    const struct yaml *group = yaml_find(root, name);
    size_t n = 0;
    bool ok = true;
    if (group && yaml_is_empty(group))
        group = NULL;
    for (size_t i = 0; i < sizeof group_texts / sizeof group_texts[0]; i++)
        if (strcmp(group_texts[i].group, name) == 0)
            keys[n++] = group_texts[i].key;
    keys[n] = NULL;
    if (group && !yaml_only_keys(group, keys, d))
        return false;
    for (size_t i = 0; i < sizeof group_texts / sizeof group_texts[0]; i++)
        if (strcmp(group_texts[i].group, name) == 0)
            *member_at(s, group_texts[i].member) =
                format_text(group, group_texts[i].key, &ok, d);
    return ok;
}

static bool read_proof(struct settings *s, const struct yaml *root,
                       struct diag *d)
{
    if (!read_group(s, root, "proof", d))
        return false;
    const char *word = s->proof_optimum;
    return !*word || strcmp(word, "yes") == 0 || strcmp(word, "no") == 0 ||
           diag_error(d, yaml_find(root, "proof")->at, "bad-proof",
                      "proof の optimum は yes か no です (「%s」は使えません)",
                      "optimum of proof is yes or no, not \"%s\"", word);
}

bool settings_parse(struct settings *out, const char *bytes, size_t len,
                    const char *name, struct arena *a, struct diag *d)
{
    static const char *const keys[] = {
        "format",         "municipality", "round",  "fiscal_year",
        "entry_date",     "deadline",     "rules",  "dictionary",
        "nurseries",      "seats",        "office", "policy",
        "documents",      "combinations", "forms",  "lottery",
        "rules_verified", "proof",        NULL};
    memset(out, 0, sizeof *out);
    out->folder = "";
    const struct yaml *root = yaml_parse(bytes, len, name, a, d);
    if (!root || !format_check(root, "nyusho-case/1", d))
        return false;
    bool ok = yaml_only_keys(root, keys, d);
    ok = read_texts(out, root, d) && ok;
    ok = read_dates(out, root, d) && ok;
    ok = read_forms(out, root, a, d) && ok;
    ok = read_group(out, root, "lottery", d) && ok;
    ok = read_proof(out, root, d) && ok;
    return read_group(out, root, "rules_verified", d) && ok;
}

bool settings_load(struct settings *out, const char *folder, struct arena *a,
                   struct diag *d)
{
    const char *path = path_join(a, folder, SETTINGS_FILE);
    size_t len;
    if (!file_exists(path))
        return diag_error(d, POS_FILE(folder), "no-case",
                          "募集回のフォルダーではありません（nyusho.yaml が"
                          "ありません）。nyusho init で作れます",
                          "this is no case folder (there is no nyusho.yaml); "
                          "nyusho init makes one");
    const char *bytes = file_read(path, MAX_BYTES, a, &len, d);
    if (!bytes || !settings_parse(out, bytes, len, path, a, d))
        return false;
    out->folder = arena_strdup(a, folder);
    return true;
}
