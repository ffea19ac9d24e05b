/*
 * Answers to doubts. To add a kind of question: a row in `questions` for its
 * check name, an answer_kind where none fits, and its parse_<kind>().
 */
#include "records/doubts_answer.h"

#include "core/text.h"
#include "records/columns.h"

#include <string.h>

const struct field word_fields[N_OWN_WORDS] = {
    [WORD_HOUSEHOLD] = {.path = "@household",
                        .label = {"世帯番号", "household number"},
                        .type = TYPE_CODE},
    [WORD_CHILD] = {.path = "@child",
                    .label = {"児童番号", "child number"},
                    .type = TYPE_CODE},
    [WORD_PAGES] = {.path = "@pages",
                    .label = {"枚数", "pages"},
                    .type = TYPE_INTEGER},
    [WORD_RECEIVED] = {.path = "@received",
                       .label = {"受付日", "received on"},
                       .type = TYPE_DATE},
    [WORD_HOLDER_KANA] = {.path = "@holder.kana",
                          .label = {"本人フリガナ", "holder's kana"},
                          .type = TYPE_KANA},
    [WORD_HOLDER_NAME] = {.path = "@holder.name",
                          .label = {"本人氏名", "holder's name"},
                          .type = TYPE_NAME},
    [WORD_HOLDER_BIRTH] = {.path = "@holder.birth",
                           .label = {"本人生年月日", "holder's birth date"},
                           .type = TYPE_DATE},
    [WORD_LISTED_NAME] = {.path = "@listed.name",
                          .label = {"児童名", "child's name"},
                          .type = TYPE_NAME},
    [WORD_LISTED_BIRTH] = {.path = "@listed.birth",
                           .label = {"児童生年月日", "child's birth date"},
                           .type = TYPE_DATE},
};

const struct field *word_field_find(const char *path)
{
    for (size_t i = 0; i < N_OWN_WORDS; i++)
        if (strcmp(word_fields[i].path, path) == 0)
            return &word_fields[i];
    return NULL;
}

/* Questions that are not about one field, by check name. */
static const struct {
    const char *check;
    enum answer_kind kind;
} questions[] = {
    {"whose-page", ANSWER_PAGE},
    {"household-differs", ANSWER_PAGE},
    {"whose-certificate", ANSWER_CERTIFICATE},
    {"certificate-without-application", ANSWER_CERTIFICATE},
    {"page-unfiled", ANSWER_FILING},
    {"certificate-newer", ANSWER_SUCCESSION},
    {"certificate-repeated", ANSWER_SUCCESSION},
    {"second-job", ANSWER_SUCCESSION},
    {"cover-count", ANSWER_YES_NO},
    {"late-document", ANSWER_YES_NO},
};

/* What an answer says in words, beside values. To add one: a row. */
static const struct {
    const char *text;
    bool blank;
    enum value_state state;
} state_words[] = {
    {"#空欄", true, VALUE_NOT_APPLICABLE},
    {"#該当なし", false, VALUE_NOT_APPLICABLE},
    {"#判読不能", false, VALUE_UNREADABLE},
};

struct answer {
    const struct case_doubt *doubt;
    const char *text; /* NFKC, trimmed; not empty */
    struct pos at;
    struct doubt_answer *out;
    struct arena *a;
    struct diag *d;
};

static bool bad_answer(const struct answer *q, struct label want)
{
    return diag_error(q->d, q->at, "bad-answer",
                      "「%1$s」は正しい値に書けません（%2$s%3$.0s）",
                      "\"%1$s\" is no answer here (%2$.0s%3$s)", q->text,
                      want.ja, want.en);
}

static bool nothing_read(struct pos at, struct diag *d)
{
    return diag_error(d, at, "answer-nothing-read",
                      "読み取った値がないので「=」では答えられません。"
                      "値を書いてください（空欄なら #空欄）",
                      "nothing was read, so = confirms nothing; write the "
                      "value (#空欄 when the box is empty)");
}

static bool takes_proposal(const char *text)
{
    return strcmp(text, "=") == 0 || strcmp(text, PROPOSED) == 0;
}

/* ── values ─────────────────────────────────────────────────────────────── */

static bool find_state(const char *text, struct doubt_answer *out)
{
    for (size_t i = 0; i < sizeof state_words / sizeof state_words[0]; i++)
        if (strcmp(state_words[i].text, text) == 0) {
            out->blank = state_words[i].blank;
            out->value.state = state_words[i].state;
            out->text = state_words[i].text;
            return true;
        }
    return false;
}

bool value_answer_parse(const struct field *f, const char *read,
                        const char *text, struct pos at,
                        struct doubt_answer *out, struct arena *a,
                        struct diag *d)
{
    struct slot v;
    text = text_trim(text, a);
    *out = (struct doubt_answer){.kind = ANSWER_FIELD, .value.text = ""};
    if (find_state(text_nfkc(text, a), out))
        return true;
    if (strcmp(text_nfkc(text, a), "=") == 0)
        text = text_trim(read, a);
    if (!*text)
        return nothing_read(at, d);
    struct strings *strings = strings_new(a);
    if (!value_parse(f, text, strings, at, &v, d))
        return false;
    out->value.state = (enum value_state)v.state;
    out->value.text =
        v.state == VALUE_KNOWN ? value_format(f, v, strings, a) : "";
    out->text = out->value.text;
    return true;
}

/* A number of a household or child: a word without space or stroke. */
static bool is_number(const char *text)
{
    if (!*text || strlen(text) > 64)
        return false;
    for (const char *p = text; *p; p++)
        if ((unsigned char)*p <= ' ' || *p == '/' || *p == 0x7f || *p == '#' ||
            *p == '=')
            return false;
    return true;
}

static bool parse_word(struct answer *q, const struct field *f)
{
    const char *read = q->doubt->value;
    const char *text = takes_proposal(q->text) ? "=" : q->text;
    if (*text == '#' ||
        (f->type == TYPE_CODE && *text != '=' && !is_number(text)))
        return bad_answer(q, f->label);
    if (!value_answer_parse(f, read, text, q->at, q->out, q->a, q->d))
        return false;
    q->out->kind = ANSWER_WORD;
    return true;
}

/* ── whose ──────────────────────────────────────────────────────────────── */

/* "a/b/c" to at most three parts; how many, 0 when one is no number. */
static int split(const struct answer *q, const char *text, const char *part[3])
{
    int n = 0;
    char *rest = arena_strdup(q->a, text);
    for (char *p = rest; p; n++) {
        char *stroke = strchr(p, '/');
        if (stroke)
            *stroke++ = '\0';
        if (n == 3)
            return 0;
        part[n] = text_trim(p, q->a);
        if (!is_number(part[n]))
            return 0;
        p = stroke;
    }
    return n;
}

static bool small_number(const char *text, int max, int *out)
{
    *out = 0;
    for (const char *p = text; *p; p++) {
        if (*p < '0' || *p > '9' || *out > max)
            return false;
        *out = *out * 10 + (*p - '0');
    }
    return *out >= 1 && *out <= max;
}

/* The text itself, or the proposal where it is taken. NULL when there is none
 * to take, with the message. */
static const char *written_out(const struct answer *q)
{
    if (!takes_proposal(q->text))
        return q->text;
    if (*q->doubt->value)
        return q->doubt->value;
    diag_error(q->d, q->at, "answer-nothing-read",
               "候補がないので「%s」では答えられません。番号を書いてください",
               "nothing is proposed, so \"%s\" says nothing; write the number",
               q->text);
    return NULL;
}

static bool parse_page(struct answer *q)
{
    static const struct label want = {
        "世帯番号、世帯番号/児童番号、= か 不採用",
        "household, household/child, = or 不採用"};
    const char *part[3] = {"", "", ""}, *text = written_out(q);
    if (!text)
        return false;
    int n = split(q, text, part);
    if (n < 1 || n > 2)
        return bad_answer(q, want);
    q->out->household = part[0];
    q->out->child = n == 2 ? part[1] : "";
    q->out->text = text;
    return true;
}

static bool parse_certificate(struct answer *q)
{
    static const struct label want = {
        "世帯番号/人番号、世帯番号/人番号/連番、= か 不採用",
        "household/person, household/person/number, = or 不採用"};
    const char *part[3] = {"", "", ""}, *text = written_out(q);
    if (!text)
        return false;
    int n = split(q, text, part);
    if (n < 2 || !small_number(part[1], 99, &q->out->person) ||
        (n == 3 && !small_number(part[2], 999, &q->out->seq)))
        return bad_answer(q, want);
    q->out->household = part[0];
    q->out->text = text;
    return true;
}

static bool parse_filing(struct answer *q)
{
    static const struct label want = {
        "世帯番号/書類名 か 不採用（世帯が分かっていれば書類名だけでも）",
        "household/document or 不採用 (the document alone where the household "
        "is known)"};
    const char *stroke = strchr(q->text, '/');
    const char *household = q->doubt->value, *type = q->text;
    if (stroke) {
        household = text_trim(
            arena_copy(q->a, q->text, (size_t)(stroke - q->text)), q->a);
        type = text_trim(stroke + 1, q->a);
    }
    if (!is_number(household) || !*type || strchr(type, '/') || *type == '#' ||
        takes_proposal(type))
        return bad_answer(q, want);
    q->out->household = household;
    q->out->type = type;
    q->out->text = arena_printf(q->a, "%s/%s", household, type);
    return true;
}

static bool parse_succession(struct answer *q)
{
    static const struct label want = {"差替え、追加、不採用 か =",
                                      "差替え, 追加, 不採用 or ="};
    const char *text = written_out(q);
    if (!text)
        return false;
    q->out->text = text;
    q->out->refused = strcmp(text, REFUSED) == 0;
    q->out->succession =
        strcmp(text, "追加") == 0 ? SUCCESSION_ADDS : SUCCESSION_REPLACES;
    return q->out->refused || strcmp(text, "追加") == 0 ||
           strcmp(text, "差替え") == 0 || bad_answer(q, want);
}

static bool parse_yes_no(struct answer *q)
{
    static const struct label want = {"採用、= か 不採用", "採用, = or 不採用"};
    q->out->text = PROPOSED;
    return takes_proposal(q->text) || bad_answer(q, want);
}

static bool parse_question(struct answer *q)
{
    if (strcmp(q->text, REFUSED) == 0) {
        q->out->refused = true;
        q->out->text = REFUSED;
        return true;
    }
    switch (q->out->kind) {
    case ANSWER_PAGE:
        return parse_page(q);
    case ANSWER_CERTIFICATE:
        return parse_certificate(q);
    case ANSWER_FILING:
        return parse_filing(q);
    case ANSWER_SUCCESSION:
        return parse_succession(q);
    default:
        return parse_yes_no(q);
    }
}

bool doubt_answer_parse(const struct case_doubt *doubt,
                        const struct dictionary *dict, const char *text,
                        struct pos at, struct doubt_answer *out,
                        struct arena *a, struct diag *d)
{
    struct answer q = {doubt, text_trim(text_nfkc(text, a), a), at, out, a, d};
    static const struct label some = {"何も書かれていません", "it is empty"};
    const struct field *f = NULL;
    *out = (struct doubt_answer){
        .household = "", .child = "", .type = "", .value.text = "", .text = ""};
    if (!*q.text)
        return bad_answer(&q, some);
    if (*doubt->path == '@') {
        f = word_field_find(doubt->path);
        return f ? parse_word(&q, f) : bad_answer(&q, doubt->what);
    }
    if (*doubt->path) {
        f = dictionary_find(dict, doubt->path);
        return f ? value_answer_parse(f, doubt->value, text, at, out, a, d)
                 : bad_answer(&q, doubt->what);
    }
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++)
        if (strcmp(questions[i].check, doubt->check) == 0) {
            out->kind = questions[i].kind;
            return parse_question(&q);
        }
    return bad_answer(&q, doubt->what);
}

bool doubt_answer_check(const struct case_doubt *doubt,
                        const struct dictionary *dict, const char *text,
                        struct pos at, struct diag *d)
{
    struct arena a = ARENA_INIT;
    struct doubt_answer out;
    bool ok = doubt_answer_parse(doubt, dict, text, at, &out, &a, d);
    arena_release(&a);
    return ok;
}
