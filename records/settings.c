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
    {"receipts", offsetof(struct settings, receipts), false},
    {"registry", offsetof(struct settings, registry), false},
    {"postal", offsetof(struct settings, postal), false},
};

static const struct {
    const char *group, *key;
    size_t member;
} group_texts[] = {
    {"lottery", "seed", offsetof(struct settings, lottery_seed)},
    {"lottery", "numbers", offsetof(struct settings, lottery_numbers)},
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

/* Signs that no name, path or date has; they would reach every output. */
static bool check_signs(const struct yaml *node, struct diag *d)
{
    for (const char *p = node->text; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            return diag_error(d, node->at, "bad-character",
                              "改行などの制御文字があります。一行で書いてくだ"
                              "さい",
                              "there is a control character (a line end?): "
                              "write it on one line");
    bool ok = true;
    for (size_t i = 0; i < node->n; i++)
        ok = check_signs(node->items[i], d) && ok;
    return ok;
}

/* Where it is given. */
static bool check_day(const struct yaml *root, const char *group,
                      const char *key, struct diag *d)
{
    const struct yaml *node = yaml_find(yaml_find(root, group), key);
    int32_t day;
    if (!node || node->kind != YAML_SCALAR || yaml_is_empty(node) ||
        date_parse(node->text, &day) == DATE_OK)
        return true;
    return diag_error(d, node->at, "bad-date",
                      "%s「%s」は日付として読めません（2027-04-01 の形で）",
                      "%s: \"%s\" is not a date (write 2027-04-01)", key,
                      node->text);
}

/* What runs and reports are told apart by: a word, as in a path. */
static bool check_round(const struct yaml *root, struct diag *d)
{
    const struct yaml *node = yaml_find(root, "round");
    if (!node || node->kind != YAML_SCALAR || !strpbrk(node->text, " /\\"))
        return true;
    return diag_error(d, node->at, "bad-round",
                      "round「%s」には空白と / を使えません（例: 2027-04）",
                      "round \"%s\" takes no space and no / (as in 2027-04)",
                      node->text);
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

static bool check_lottery(const struct settings *s, const struct yaml *root,
                          struct diag *d)
{
    if (!*s->lottery_seed || !*s->lottery_numbers)
        return true;
    return diag_error(
        d, yaml_find(root, "lottery")->at, "lottery-twice",
        "抽選は seed (種) か numbers (引いた番号の表) のどちらか一"
        "つで行います",
        "a lottery has a seed or the numbers drawn, not both");
}

/* ---- rounds ---- */

const struct label round_policy_words[N_POLICY_WORDS] = {
    [POLICY_FREED] = {"空いた枠のみ", "freed"},
    [POLICY_TOGETHER] = {"新規と同順", "together"},
    [POLICY_WAITING_FIRST] = {"待機優先", "waiting_first"},
    [POLICY_EVERYONE] = {"全員再選考", "everyone"},
};
const struct label round_earlier_words[N_EARLIER_WORDS] = {
    [EARLIER_HELD] = {"内定", "held"},
    [EARLIER_ENROLLED] = {"在園", "enrolled"},
};
const struct label round_declined_words[N_DECLINED_WORDS] = {
    [DECLINED_LOSES] = {"元の席を失う", "lose"},
    [DECLINED_KEEPS] = {"元の席に残る", "keep"},
};

static const char *list_words(const struct label *words, int n, struct arena *a)
{
    const char *text = "";
    for (int i = 0; i < n; i++)
        text = arena_printf(a, "%s%s%s (%s)", text, i ? ", " : "", words[i].ja,
                            words[i].en);
    return text;
}

static bool read_word(const struct yaml *group, const char *key,
                      const struct label *words, int n, int *out,
                      struct arena *a, struct diag *d)
{
    bool ok = true;
    const char *text = format_text(group, key, &ok, d);
    if (!ok || !*text)
        return ok;
    for (int i = 0; i < n; i++)
        if (strcmp(text, words[i].ja) == 0 || strcmp(text, words[i].en) == 0) {
            *out = i;
            return true;
        }
    return diag_error(d, yaml_find(group, key)->at, "bad-round-word",
                      "%s「%s」はありません。%s のどれかを書いてください",
                      "%s: there is no \"%s\"; write one of %s", key, text,
                      list_words(words, n, a));
}

static bool read_rounds(struct settings *s, const struct yaml *root,
                        struct arena *a, struct diag *d)
{
    static const char *const keys[] = {"policy", "earlier", "declined_transfer",
                                       NULL};
    struct round_settings *r = &s->rounds;
    const struct yaml *group = yaml_find(root, "rounds");
    *r = (struct round_settings){ROUND_UNSAID, EARLIER_HELD, ROUND_UNSAID};
    if (!group || yaml_is_empty(group))
        return true;
    bool ok = yaml_only_keys(group, keys, d);
    ok = ok && read_word(group, keys[0], round_policy_words, N_POLICY_WORDS,
                         &r->policy, a, d);
    ok = ok && read_word(group, keys[1], round_earlier_words, N_EARLIER_WORDS,
                         &r->earlier, a, d);
    ok = ok && read_word(group, keys[2], round_declined_words, N_DECLINED_WORDS,
                         &r->declined_transfer, a, d);
    if (ok && r->earlier == EARLIER_ENROLLED && r->policy == POLICY_FREED)
        return diag_error(d, yaml_find(group, "policy")->at, "round-policy",
                          "earlier が「在園」の時、空いた枠は seats.csv の募集"
                          "人数です。policy は「空いた枠のみ」のほかから選んで"
                          "ください",
                          "with earlier: enrolled the free seats are those of "
                          "seats.csv; choose another policy than freed");
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
    static const char *const keys[] = {"format",
                                       "municipality",
                                       "round",
                                       "fiscal_year",
                                       "entry_date",
                                       "deadline",
                                       "rules",
                                       "dictionary",
                                       "nurseries",
                                       "seats",
                                       "office",
                                       "policy",
                                       "documents",
                                       "combinations",
                                       "registry",
                                       "postal",
                                       "forms",
                                       "lottery",
                                       "rules_verified",
                                       "rounds",
                                       "receipts",
                                       "proof",
                                       NULL};
    memset(out, 0, sizeof *out);
    out->folder = "";
    const struct yaml *root = yaml_parse(bytes, len, name, a, d);
    if (!root || !format_check(root, "nyusho-case/1", d))
        return false;
    bool ok = yaml_only_keys(root, keys, d) && check_signs(root, d);
    ok = check_round(root, d) && ok;
    ok = check_day(root, "lottery", "approved_on", d) && ok;
    ok = check_day(root, "rules_verified", "on", d) && ok;
    ok = read_texts(out, root, d) && ok;
    ok = read_dates(out, root, d) && ok;
    ok = read_forms(out, root, a, d) && ok;
    ok = read_group(out, root, "lottery", d) && ok;
    ok = ok && check_lottery(out, root, d);
    ok = read_rounds(out, root, a, d) && ok;
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
