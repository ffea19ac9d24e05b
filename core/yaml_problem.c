#include "core/yaml_problem.h"

#include "core/text.h"

#include <string.h>

#define WIDE_SPACE "\xE3\x80\x80"
#define HARD_SPACE "\xC2\xA0"
#define WIDE_COLON "\xEF\xBC\x9A"
#define WIDE_HASH "\xEF\xBC\x83"
#define WIDE_HYPHEN "\xEF\xBC\x8D"

static const struct label tab = {
    "行頭がタブです。字下げは半角スペースで書いてください",
    "a tab indents this line: indent with spaces"};
static const struct label wide_space = {
    "全角スペース（または特殊な空白）があります。半角スペースで書くか、消して"
    "ください",
    "there is a full-width (or no-break) space: write a plain space, or remove "
    "it"};
static const struct label wide_colon = {
    "全角の「：」があります。半角の「: 」（コロンと空白）で書いてください。文中"
    "の文字なら全体を \" \" で囲んでください",
    "there is a full-width colon: write \": \" (colon and space), or put the "
    "text in quotes if it is meant"};
static const struct label narrow_colon = {
    "コロン「:」の後に半角スペースがありません。「名前: 値」と書いてください",
    "there is no space after the colon: write \"name: value\""};
static const struct label folded_colon = {
    "値が次の行に続き、その中に「:」があります。字下げを直すか、文なら全体を "
    "\" \" で囲んでください",
    "the value runs over several lines and holds a colon: mend the indent, or "
    "put the text in quotes"};
static const struct label wide_hash = {
    "全角の「＃」はコメントになりません。半角の「#」で書いてください",
    "a full-width ＃ does not begin a comment: write #"};
static const struct label wide_hyphen = {
    "全角の「－」では箇条書きになりません。半角の「- 」（ハイフンと空白）で"
    "書いてください",
    "a full-width hyphen makes no list: write \"- \" (hyphen and space)"};
static const struct label bullet = {
    "「・」や「ー」では箇条書きになりません。半角の「- 」（ハイフンと空白）で"
    "書いてください",
    "this sign makes no list: write \"- \" (hyphen and space)"};
static const struct label narrow_hyphen = {
    "「-」の後に半角スペースがありません。「- 名前: 値」と書いてください",
    "there is no space after the hyphen: write \"- name: value\""};
static const struct label wide_bracket = {
    "全角のかっこがあります。半角の { } [ ] で書いてください",
    "there is a full-width bracket: write { } or [ ]"};
static const struct label wide_comma = {
    "「、」「，」では区切れません。半角の「, "
    "」（コンマと空白）で書いてください",
    "a full-width comma separates nothing: write \", \" (comma and space)"};
static const struct label spaced_minus = {
    "「-」と数字の間に空白があります。負の数なら「-3」と続けて書いてください",
    "there is a space between - and the number: write -3"};

static const struct label no_name = {"コロン「:」の前に項目の名前がありません",
                                     "there is no name before the colon"};

struct line {
    const char *text;
    size_t len;
};

/* Line `number` (from 0) without its end. */
static struct line line_at(const struct yaml_source *s, size_t number)
{
    const char *p = s->bytes, *end = s->bytes + s->len;
    while (number > 0 && p < end) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        p = stop ? stop + 1 : end;
        number--;
    }
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    size_t len = (size_t)((stop ? stop : end) - p);
    if (len > 0 && p[len - 1] == '\r')
        len--;
    return (struct line){p, len};
}

static bool starts(struct line l, size_t at, const char *with)
{
    size_t n = strlen(with);
    return l.len - at >= n && memcmp(l.text + at, with, n) == 0;
}

static int find(struct line l, const char *what)
{
    size_t n = strlen(what);
    const char *from = l.text, *end = l.text + l.len;
    while ((size_t)(end - from) >= n) {
        from = memchr(from, *what, (size_t)(end - from) - n + 1);
        if (!from || memcmp(from, what, n) == 0)
            return from ? (int)(from - l.text) : -1;
        from++;
    }
    return -1;
}

static size_t indent_of(struct line l)
{
    size_t i = 0;
    while (i < l.len && l.text[i] == ' ')
        i++;
    return i;
}

/* A colon that YAML takes for one: before a space or at the end. */
static bool has_yaml_colon(struct line l)
{
    return find(l, ": ") >= 0 || (l.len > 0 && l.text[l.len - 1] == ':');
}

/* Each looks for one slip in a line and gives its byte, -1 without one. */
static int find_tab(struct line l)
{
    size_t i = indent_of(l);
    return i < l.len && l.text[i] == '\t' ? (int)i : -1;
}

static int find_wide_space(struct line l)
{
    size_t i = indent_of(l);
    if (starts(l, i, WIDE_SPACE) || starts(l, i, HARD_SPACE))
        return (int)i;
    int colon = find(l, ":" WIDE_SPACE);
    if (colon < 0)
        colon = find(l, ":" HARD_SPACE);
    return colon < 0 ? -1 : colon + 1;
}

static int find_wide_colon(struct line l)
{
    return has_yaml_colon(l) ? -1 : find(l, WIDE_COLON);
}

static int find_narrow_colon(struct line l)
{
    const char *colon = l.len ? memchr(l.text, ':', l.len) : NULL;
    if (!colon || has_yaml_colon(l))
        return -1;
    size_t i = indent_of(l);
    char first = l.text[i];
    return first == '"' || first == '\'' ? -1 : (int)(colon - l.text);
}

static int find_wide_hyphen(struct line l)
{
    size_t i = indent_of(l);
    return starts(l, i, WIDE_HYPHEN) ? (int)i : -1;
}

/* The byte of the first of several signs at the start of the line; -1. */
static int find_start(struct line l, const char *const *signs)
{
    size_t i = indent_of(l);
    for (; *signs; signs++)
        if (starts(l, i, *signs))
            return (int)i;
    return -1;
}

static int find_bullet(struct line l)
{
    static const char *const signs[] = {"・", "ー", "―", "–", "—", "•",
                                        "●",  "○",  "◎", "■", "※", NULL};
    return find_start(l, signs);
}

static int find_narrow_hyphen(struct line l)
{
    size_t i = indent_of(l);
    bool hyphen = starts(l, i, "-") && i + 1 < l.len;
    return hyphen && l.text[i + 1] != ' ' && l.text[i + 1] != '-' ? (int)i : -1;
}

/* Where a value begins or a line ends: elsewhere it may be meant. */
static int find_wide_bracket(struct line l)
{
    static const char *const open[] = {"｛", "［"};
    static const char *const close[] = {"｝", "］"};
    for (size_t i = 0; i < 2; i++) {
        int at = find(l, open[i]);
        if (at == 0 || (at > 0 && l.text[at - 1] == ' '))
            return at;
        at = find(l, close[i]);
        if (at >= 0 && (size_t)at + strlen(close[i]) == l.len)
            return at;
    }
    return -1;
}

/* A comma before "name:", not one in the middle of a text. */
static int find_wide_comma(struct line l)
{
    static const char *const marks[] = {"、", "，"};
    for (size_t at = 0; at < l.len; at++)
        for (size_t k = 0; k < 2; k++) {
            if (!starts(l, at, marks[k]))
                continue;
            size_t i = at + strlen(marks[k]);
            while (i < l.len && l.text[i] == ' ')
                i++;
            size_t word = i;
            while (i < l.len && (l.text[i] == '_' || l.text[i] == '-' ||
                                 (l.text[i] >= '0' && l.text[i] <= '9') ||
                                 (l.text[i] >= 'a' && l.text[i] <= 'z')))
                i++;
            if (i > word && i < l.len && l.text[i] == ':')
                return (int)at;
        }
    return -1;
}

static int find_spaced_minus(struct line l)
{
    int at = find(l, ": - ");
    bool digit = at >= 0 && (size_t)at + 4 < l.len && l.text[at + 4] >= '0' &&
                 l.text[at + 4] <= '9';
    return digit ? at + 2 : -1;
}

static int find_no_name(struct line l)
{
    size_t i = indent_of(l);
    return i < l.len && l.text[i] == ':' ? (int)i : -1;
}

/* Slips, in the order they are looked for. To add one: a label, a finder, a
 * row here and a row in tests/test_yaml.c. */
static const struct {
    int (*find)(struct line);
    const struct label *what;
} slips[] = {
    {find_tab, &tab},
    {find_wide_space, &wide_space},
    {find_wide_hyphen, &wide_hyphen},
    {find_bullet, &bullet},
    {find_narrow_hyphen, &narrow_hyphen},
    {find_wide_bracket, &wide_bracket},
    {find_wide_comma, &wide_comma},
    {find_spaced_minus, &spaced_minus},
    {find_no_name, &no_name},
    {find_wide_colon, &wide_colon},
    {find_narrow_colon, &narrow_colon},
};

enum place { AT_PROBLEM, AT_CONTEXT };

/* libyaml's own texts. The first row whose text is part of the problem wins;
 * `slips` says whether a slip in a line nearby is the likelier cause. */
static const struct {
    const char *problem;
    bool slips;
    enum place place;
    struct label what;
} problems[] = {
    {"could not find expected ':'",
     true,
     AT_CONTEXT,
     {"「名前: 値」の形になっていません。コロンと半角スペースを確かめて"
      "ください",
      "this is not \"name: value\": check the colon and the space after it"}},
    {"mapping values are not allowed",
     true,
     AT_PROBLEM,
     {"ここには「名前: 値」を書けません。前の行との字下げを揃え、文中の"
      "「: 」なら全体を \" \" で囲んでください",
      "\"name: value\" cannot stand here: align it with the lines above, or "
      "put a text that holds \": \" in quotes"}},
    {"did not find expected key",
     true,
     AT_PROBLEM,
     {"字下げが前の行と揃っていません", "the indent does not match the lines "
                                        "above"}},
    {"did not find expected '-' indicator",
     true,
     AT_PROBLEM,
     {"箇条書きの「- 」がないか、字下げが前の行と揃っていません",
      "a \"- \" is missing, or the indent does not match the lines above"}},
    {"block sequence entries are not allowed",
     true,
     AT_PROBLEM,
     {"箇条書き「- 」は次の行から始めてください",
      "begin the list (\"- \") on the next line"}},
    {"tab character",
     false,
     AT_PROBLEM,
     {"字下げにタブがあります。半角スペースで書いてください",
      "there is a tab in the indent: write spaces"}},
    {"cannot start any token",
     true,
     AT_PROBLEM,
     {"値はこの記号で始められません。全体を \" \" で囲んでください",
      "a value cannot begin with this sign: put it in quotes"}},
    {"while scanning a quoted scalar",
     false,
     AT_CONTEXT,
     {"ここで始まる引用符が閉じていません", "the quote that begins here is "
                                            "never closed"}},
    {"unexpected end of stream",
     false,
     AT_CONTEXT,
     {"ここで始まる引用符が閉じていません", "the quote that begins here is "
                                            "never closed"}},
    {"unexpected document indicator",
     false,
     AT_CONTEXT,
     {"ここで始まる引用符が閉じていません", "the quote that begins here is "
                                            "never closed"}},
    {"did not find expected ',' or ']'",
     true,
     AT_CONTEXT,
     {"ここで始まる [ ] の中に、区切りの「,」か閉じる「]」がありません",
      "in the [ ] that begins here a comma or the closing ] is missing"}},
    {"did not find expected ',' or '}'",
     true,
     AT_CONTEXT,
     {"ここで始まる { } の中に、区切りの「,」か閉じる「}」がありません",
      "in the { } that begins here a comma or the closing } is missing"}},
    {"escape character",
     false,
     AT_PROBLEM,
     {"\" \" の中の「\\」は特別な意味を持ちます。' ' で囲むか「\\\\」と書いて"
      "ください",
      "\\ has a meaning inside \" \": use ' ' or write \\\\"}},
    {"hexdecimal number",
     false,
     AT_PROBLEM,
     {"\" \" の中の「\\」は特別な意味を持ちます。' ' で囲むか「\\\\」と書いて"
      "ください",
      "\\ has a meaning inside \" \": use ' ' or write \\\\"}},
    {"control characters",
     false,
     AT_PROBLEM,
     {"目に見えない制御文字があります。消してください",
      "there is an invisible control character: remove it"}},
    {"directive",
     false,
     AT_PROBLEM,
     {"「%」で始まる行は書けません。値なら \" \" で囲んでください",
      "a line cannot begin with %: put a value in quotes"}},
    {"expected <document start>",
     true,
     AT_PROBLEM,
     {"ここは読めません。字下げと括弧を確かめてください",
      "this cannot stand here: check the indent and the brackets"}},
};

static struct pos place_in(const struct yaml_source *s, size_t line,
                           size_t byte)
{
    struct line l = line_at(s, line);
    int column = 1;
    for (size_t i = 0; i < byte && i < l.len; i++)
        column += (l.text[i + 1 < l.len ? i + 1 : i] & 0xC0) != 0x80;
    return (struct pos){s->name, (int)line + 1, column};
}

/* Looks for a slip in line `number` and reports it. */
static bool report_slip(const struct yaml_source *s, size_t number,
                        struct diag *d)
{
    struct line l = line_at(s, number);
    size_t i = indent_of(l);
    if (i == l.len || l.text[i] == '#')
        return false;
    for (size_t k = 0; k < sizeof slips / sizeof slips[0]; k++) {
        int byte = slips[k].find(l);
        if (byte < 0)
            continue;
        diag_label(d, place_in(s, number, (size_t)byte), "yaml-syntax",
                   *slips[k].what);
        return true;
    }
    return false;
}

/* The cause stands where the parser was, where it began, or a line before. */
static bool report_slip_near(const yaml_parser_t *p,
                             const struct yaml_source *s, struct diag *d)
{
    size_t line = p->problem_mark.line;
    if (p->context && p->context_mark.line <= line &&
        report_slip(s, p->context_mark.line, d))
        return true;
    return report_slip(s, line, d) || (line > 0 && report_slip(s, line - 1, d));
}

static struct pos mark_pos(const struct yaml_source *s, yaml_mark_t m)
{
    return (struct pos){s->name, (int)m.line + 1, (int)m.column + 1};
}

/* The reader stops before any mark is set: find the byte it stopped at. */
static struct pos reader_pos(const yaml_parser_t *p,
                             const struct yaml_source *s)
{
    size_t line = 0, start = 0;
    for (size_t i = 0; i < p->problem_offset && i < s->len; i++)
        if (s->bytes[i] == '\n') {
            line++;
            start = i + 1;
        }
    size_t byte = p->problem_offset > start ? p->problem_offset - start : 0;
    return place_in(s, line, byte);
}

bool yaml_problem_report(const yaml_parser_t *p, const struct yaml_source *s,
                         struct diag *d)
{
    const char *text = p->problem ? p->problem : "";
    const char *context = p->context ? p->context : "";
    struct pos at = p->error == YAML_READER_ERROR
                        ? reader_pos(p, s)
                        : mark_pos(s, p->problem_mark);
    for (size_t i = 0; i < sizeof problems / sizeof problems[0]; i++) {
        if (!strstr(text, problems[i].problem))
            continue;
        if (problems[i].slips && report_slip_near(p, s, d))
            return false;
        if (problems[i].place == AT_CONTEXT && *context)
            at = mark_pos(s, p->context_mark);
        return diag_label(d, at, "yaml-syntax", problems[i].what);
    }
    return diag_error(d, at, "yaml-syntax", "YAML として読めません（%s）",
                      "this is not YAML (%s)", text);
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && memcmp(text + n - m, end, m) == 0;
}

static bool begins_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static const struct label *plain_slip(const char *text, bool root, bool folded)
{
    if (begins_with(text, WIDE_SPACE) || ends_with(text, WIDE_SPACE) ||
        begins_with(text, HARD_SPACE) || ends_with(text, HARD_SPACE))
        return &wide_space;
    if (strstr(text, " " WIDE_HASH) || strstr(text, WIDE_SPACE "#") ||
        strstr(text, WIDE_SPACE WIDE_HASH))
        return &wide_hash;
    if (begins_with(text, WIDE_HYPHEN " ") ||
        begins_with(text, WIDE_HYPHEN WIDE_SPACE))
        return &wide_hyphen;
    if ((root || folded) && strstr(text, WIDE_COLON))
        return &wide_colon;
    if (root && (strstr(text, ":" WIDE_SPACE) || strstr(text, ":" HARD_SPACE)))
        return &wide_space;
    if (root && strchr(text, ':'))
        return &narrow_colon;
    return folded && strchr(text, ':') ? &folded_colon : NULL;
}

bool yaml_plain_check(const char *text, bool root, bool folded, struct pos at,
                      struct diag *d)
{
    const struct label *slip = plain_slip(text, root, folded);
    return !slip || diag_label(d, at, "yaml-syntax", *slip);
}
