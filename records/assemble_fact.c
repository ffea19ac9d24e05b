/*
 * Readings as facts: where each is bound, whether it may stand, and what a
 * person said of it.
 */
#include "records/assemble_work.h"

#include "core/text.h"

#include <string.h>

/* Fields of the dictionary that the join looks at, beside its own @words. */
static const struct {
    const char *path;
    enum join_word word;
} watched[] = {
    {"job.employer", WORD_EMPLOYER},
    {"job.certified_on", WORD_CERTIFIED},
};

/* "reason[1.2].kind" to "reason.kind", 1 and 2. Templates were checked when
 * they were loaded; what is not of that shape binds to nothing. */
static const char *bind_split(const char *bind, int *row, int *seq,
                              struct arena *a)
{
    const char *open = strchr(bind, '[');
    *row = *seq = 0;
    if (!open)
        return bind;
    const char *p = open + 1;
    for (; *p >= '0' && *p <= '9' && *row < 1000; p++)
        *row = *row * 10 + (*p - '0');
    if (*p == '.')
        for (p++; *p >= '0' && *p <= '9' && *seq < 1000; p++)
            *seq = *seq * 10 + (*p - '0');
    if (*p != ']')
        return "";
    return arena_printf(a, "%.*s%s", (int)(open - bind), bind, p + 1);
}

static void bind(struct assembly *w, struct fact *f, struct arena *a)
{
    f->path = bind_split(f->r.bind, &f->row, &f->seq, a);
    f->word = N_JOIN_WORDS;
    if (*f->path == '@') {
        f->field = word_field_find(f->path);
        if (f->field)
            f->word = (enum join_word)(f->field - word_fields);
        return;
    }
    f->field = *f->path ? dictionary_find(w->dict, f->path) : NULL;
    for (size_t i = 0; i < sizeof watched / sizeof watched[0]; i++)
        if (f->row == 0 && strcmp(f->path, watched[i].path) == 0)
            f->word = watched[i].word;
}

void blank_value(enum case_kind kind, enum value_state *state,
                 const char **text)
{
    static const char *const texts[N_CASE_KINDS] = {
        [CASE_KIND_TICK] = "いいえ", [CASE_KIND_SET] = "なし"};
    *text = texts[kind] ? texts[kind] : "";
    *state = texts[kind] ? VALUE_KNOWN : VALUE_NOT_APPLICABLE;
}

const char *fact_canonical(struct assembly *w, const struct fact *f,
                           const char *text, struct arena *a)
{
    struct slot v;
    if (!value_parse(f->field, text, w->strings, POS_FILE(""), &v, NULL) ||
        v.state != VALUE_KNOWN)
        return NULL;
    return value_format(f->field, v, w->strings, a);
}

static void settle(struct assembly *w, struct fact *f, struct arena *a)
{
    const char *text = *f->r.value ? fact_canonical(w, f, f->r.value, a) : NULL;
    f->text = f->check = f->answer = f->by = f->half = f->world = "";
    f->guess = text ? text : f->r.value;
    switch (f->r.state) {
    case CASE_READING_BLANK:
        f->blank = true;
        f->settled = !f->r.required;
        f->check = f->r.required ? "required-blank" : "";
        blank_value(f->r.kind, &f->state, &f->text);
        return;
    case CASE_READING_ACCEPTED:
        f->settled = text != NULL;
        f->state = VALUE_KNOWN;
        f->text = text ? text : "";
        f->check = text ? "" : "value-not-in-dictionary";
        return;
    default:
        f->check = *f->r.reason ? f->r.reason : "low-confidence";
    }
}

static bool needs_two(const struct assembly *w, const struct fact *f)
{
    return w->policy && *f->path != '@' &&
           policy_needs_two(w->policy, f->field);
}

bool fact_answer(struct assembly *w, struct fact *f,
                 const struct case_answer *given, struct arena *a)
{
    struct doubt_answer said;
    if (!value_answer_parse(f->field, f->r.value, given->text, POS_FILE(""),
                            &said, a, NULL))
        return false;
    if (needs_two(w, f) && !*given->second) {
        f->half = given->by;
        return false;
    }
    f->answer = given->text;
    f->by = given->by;
    f->settled = f->answered = true;
    f->blank = said.blank;
    f->state = said.value.state;
    f->text = said.value.text;
    if (said.blank)
        blank_value(f->r.kind, &f->state, &f->text);
    f->guess = f->text;
    return true;
}

static void apply_answer(struct assembly *w, const struct leaf *l,
                         struct fact *f, struct arena *a)
{
    char id[ID_SIZE];
    doubt_id_page(l->page->sha256, f->word < N_OWN_WORDS ? f->path : f->r.field,
                  id);
    const struct case_answer *given = answer_find(w, id);
    if (given)
        fact_answer(w, f, given, a);
}

bool leaf_facts(struct assembly *w, const struct leaf *l, struct fact **out,
                size_t *n, struct arena *a)
{
    struct case_reading *readings;
    *n = 0;
    *out = NULL;
    if (l->page->state != CASE_PAGE_READ)
        return true;
    size_t n_readings;
    if (!case_readings(w->db, l->page->sha256, &readings, &n_readings, a, w->d))
        return false;
    *out = ARENA_ARRAY(a, struct fact, n_readings);
    for (size_t i = 0; i < n_readings; i++) {
        struct fact *f = &(*out)[*n];
        *f = (struct fact){.r = readings[i], .order = (int)i};
        bind(w, f, a);
        if (!f->field || f->r.kind == CASE_KIND_IMAGE)
            continue;
        settle(w, f, a);
        ++*n;
    }
    facts_meet_world(w, l, *out, *n, a);
    for (size_t i = 0; w->n_answers && i < *n; i++)
        apply_answer(w, l, &(*out)[i], a);
    return true;
}

bool fact_known(const struct fact *f)
{
    return f && f->settled && f->state == VALUE_KNOWN && *f->text;
}

const char *word_known(const struct leaf *l, enum join_word word)
{
    return fact_known(l->words[word]) ? l->words[word]->text : "";
}

const char *word_guess(const struct leaf *l, enum join_word word)
{
    return l->words[word] ? l->words[word]->guess : "";
}
