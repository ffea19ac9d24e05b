#include "scoring/points/slips.h"

#include "core/text.h"

#include <ctype.h>
#include <string.h>

/* Fewer characters of a label could mean anything. */
#define LABEL_PART_MIN 3

/* To add a slip: a row, and a pair of files in fixtures/rules/. */
static const struct {
    enum slip_place place;
    const char *said, *typed;
} slips[] = {
    {SLIP_CONDITION, "かつ", "and"},
    {SLIP_CONDITION, "且つ", "and"},
    {SLIP_CONDITION, "および", "and"},
    {SLIP_CONDITION, "及び", "and"},
    {SLIP_CONDITION, "そして", "and"},
    {SLIP_CONDITION, "または", "or"},
    {SLIP_CONDITION, "又は", "or"},
    {SLIP_CONDITION, "もしくは", "or"},
    {SLIP_CONDITION, "若しくは", "or"},
    {SLIP_CONDITION, "あるいは", "or"},
    {SLIP_CONDITION, "ではない", "not"},
    {SLIP_CONDITION, "でない", "not"},
    {SLIP_CONDITION, "以外", "is not"},
    {SLIP_CONDITION, "が", "is"},
    {SLIP_CONDITION, "は", "is"},
    {SLIP_CONDITION, "以上", ">="},
    {SLIP_CONDITION, "以下", "<="},
    {SLIP_CONDITION, "以内", "<="},
    {SLIP_CONDITION, "未満", "<"},
    {SLIP_CONDITION, "超", ">"},
    {SLIP_CONDITION, "を超える", ">"},
    {SLIP_CONDITION, "より大きい", ">"},
    {SLIP_CONDITION, "より小さい", "<"},
    {SLIP_CONDITION, "はい", "yes"},
    {SLIP_CONDITION, "いいえ", "no"},
    {SLIP_CONDITION, "true", "yes"},
    {SLIP_CONDITION, "false", "no"},
    {SLIP_CONDITION, "and", "and"},
    {SLIP_CONDITION, "or", "or"},
    {SLIP_CONDITION, "not", "not"},
    {SLIP_CONDITION, "is", "is"},
    {SLIP_CONDITION, "in", "in"},
    {SLIP_CONDITION, "yes", "yes"},
    {SLIP_CONDITION, "no", "no"},
    {SLIP_KEY, "名前", "name"},
    {SLIP_KEY, "題名", "title"},
    {SLIP_KEY, "出典", "source"},
    {SLIP_KEY, "ページ", "page"},
    {SLIP_KEY, "頁", "page"},
    {SLIP_KEY, "頁", "pages"},
    {SLIP_KEY, "年度", "year"},
    {SLIP_KEY, "文言", "wording"},
    {SLIP_KEY, "条件", "when"},
    {SLIP_KEY, "点数", "points"},
    {SLIP_KEY, "点", "points"},
    {SLIP_KEY, "指数", "points"},
    {SLIP_KEY, "以上", "at_least"},
    {SLIP_KEY, "以下", "at_most"},
    {SLIP_KEY, "保護者", "guardian"},
    {SLIP_KEY, "事由", "reasons"},
    {SLIP_KEY, "調整", "adjust"},
    {SLIP_KEY, "世帯", "household"},
    {SLIP_KEY, "児童", "child"},
    {SLIP_KEY, "施設", "choice"},
    {SLIP_KEY, "順位", "order"},
    {SLIP_KEY, "段階", "phases"},
    {SLIP_KEY, "枠", "special_seats"},
    {SLIP_KEY, "例", "examples"},
    {SLIP_KEY, "世帯の例", "given"},
    {SLIP_KEY, "期待", "expect"},
    {SLIP_ORDER, "抽選", "lottery"},
    {SLIP_ORDER, "くじ", "lottery"},
    {SLIP_ORDER, "受付順", "receipt"},
    {SLIP_ORDER, "先着順", "receipt"},
    {SLIP_ORDER, "点数", "points"},
    {SLIP_ORDER, "指数", "points"},
    {SLIP_ORDER, "児童番号", "child_number"},
    {SLIP_ORDER, "lottery", "lottery"},
    {SLIP_ORDER, "receipt", "receipt"},
    {SLIP_ORDER, "points", "points"},
    {SLIP_ORDER, "child_number", "child_number"},
    {SLIP_ORDER, "child-number", "child_number"},
    {SLIP_GIVEN, "保護者", "guardians"},
    {SLIP_GIVEN, "事由", "reason"},
    {SLIP_GIVEN, "児童", "child"},
    {SLIP_GIVEN, "希望", "preferences"},
    {SLIP_GIVEN, "施設", "facilities"},
    {SLIP_GIVEN, "就労", "jobs"},
    {SLIP_EXPECT, "合計", "total"},
    {SLIP_EXPECT, "基本", "base"},
    {SLIP_EXPECT, "基本点数", "base"},
    {SLIP_EXPECT, "調整", "adjust"},
    {SLIP_EXPECT, "保護者", "guardians"},
    {SLIP_EXPECT, "順位", "order"},
};
#define N_SLIPS (sizeof slips / sizeof slips[0])

static char *small(const char *text, struct arena *a)
{
    char *copy = arena_strdup(a, text);
    for (char *c = copy; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return copy;
}

const char *slip_find(enum slip_place place, const char *said, struct arena *a)
{
    const char *word = small(said, a);
    for (size_t i = 0; i < N_SLIPS; i++)
        if (slips[i].place == place && strcmp(slips[i].said, word) == 0 &&
            strcmp(slips[i].typed, said) != 0)
            return slips[i].typed;
    return NULL;
}

static bool is_listed(const char *word, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

/* What to type for a key, where that is one of `allowed`; NULL. */
static const char *key_meant(const char *said, const char *const *allowed,
                             struct arena *a)
{
    const char *word = small(said, a);
    for (size_t i = 0; i < N_SLIPS; i++)
        if (slips[i].place == SLIP_KEY && strcmp(slips[i].said, word) == 0 &&
            is_listed(slips[i].typed, allowed))
            return slips[i].typed;
    return NULL;
}

bool slip_keys(const struct yaml *map, const char *const *allowed,
               struct arena *a, struct diag *d)
{
    bool ok = true;
    for (size_t i = 0; map->kind == YAML_MAP && i < map->n; i++) {
        const char *key = map->keys[i]->text;
        const char *typed = key_meant(key, allowed, a);
        if (typed)
            ok = diag_error(d, map->keys[i]->at, "unknown-key",
                            "「%s」は「%s」と書いてください",
                            "for \"%s\" write \"%s\"", key, typed);
    }
    return ok;
}

const char *slip_split(const char *word, struct arena *a)
{
    static const char *const joints[][2] = {
        {"かつ", "and"},   {"または", "or"},  {"又は", "or"},
        {"及び", "and"},   {"および", "and"}, {"もしくは", "or"},
        {"若しくは", "or"}};
    for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++) {
        const char *at = strstr(word, joints[i][0]);
        const char *rest = at ? at + strlen(joints[i][0]) : NULL;
        if (at && at > word && *rest)
            return arena_printf(a, "%.*s %s %s", (int)(at - word), word,
                                joints[i][1], rest);
    }
    return NULL;
}

const char *slip_listed(const char *word, struct arena *a)
{
    static const char *const marks[] = {"、", "，", "／"};
    const char *out = word;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const char *at;
        while ((at = strstr(out, marks[i])))
            out = arena_printf(a, "%.*s or %s", (int)(at - out), out,
                               at + strlen(marks[i]));
    }
    return out == word ? NULL : out;
}

const char *slip_bound(const char *end, const char **typed)
{
    static const char *const words[][2] = {{"以上", ">="},    {"以下", "<="},
                                           {"以内", "<="},    {"未満", "<"},
                                           {"を超える", ">"}, {"超", ">"}};
    size_t len = strlen(end);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t n = strlen(words[i][0]);
        if (len < n || strcmp(end + len - n, words[i][0]) != 0)
            continue;
        *typed = words[i][1];
        return end + len - n;
    }
    return NULL;
}

/* "-1.5" and nothing else */
static bool is_points(const char *p)
{
    p += *p == '-';
    size_t whole = strspn(p, "0123456789");
    bool dot = p[whole] == '.';
    size_t places = dot ? strspn(p + whole + 1, "0123456789") : 0;
    return whole >= 1 && whole <= 9 && (!dot || (places >= 1 && places <= 3)) &&
           !p[whole + dot + places];
}

static bool begins(const char **p, const char *with)
{
    size_t n = strlen(with);
    if (strncmp(*p, with, n) != 0)
        return false;
    *p += n;
    return true;
}

const char *slip_points(const char *text, struct arena *a)
{
    const char *half = text_nfkc(text, a);
    const char *p = half ? text_unspaced(half, a) : "";
    bool minus = begins(&p, "▲") || begins(&p, "△") || begins(&p, "−") ||
                 begins(&p, "ー") || begins(&p, "‐") || begins(&p, "–");
    char *out = arena_printf(a, "%s%s", minus ? "-" : "", p);
    size_t n = 0;
    for (const char *c = out; *c; c++) /* 1,000 */
        if (*c != ',')
            out[n++] = *c;
    out[n] = '\0';
    static const char *const ends[] = {"点", "pt", "ポイント"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t end = strlen(ends[i]);
        if (n > end && strcmp(out + n - end, ends[i]) == 0) {
            out[n - end] = '\0';
            break;
        }
    }
    if (*out == '+')
        out++;
    return is_points(out) ? out : NULL;
}

const char *slip_narrow(const char *text, struct arena *a)
{
    const char *half = text_nfkc(text, a);
    const char *out = half ? small(half, a) : text;
    return strcmp(out, text) != 0 ? out : NULL;
}

const char *slip_label(const struct dictionary *dict, enum scope scope,
                       const char *label)
{
    const char *part = NULL;
    size_t parts = 0;
    for (size_t i = 0; i < dict->n_by_scope[scope]; i++) {
        const struct field *f = dict->by_scope[scope][i];
        if (strcmp(f->label.ja, label) == 0)
            return f->name;
        if (!strstr(f->label.ja, label))
            continue;
        part = f->name;
        parts++;
    }
    return parts == 1 && text_count(label) >= LABEL_PART_MIN ? part : NULL;
}
