/* Words to fields, names and definitions, and what to say of those that are
 * none. */
#include "scoring/points/expr_parser.h"

#include "core/date.h"
#include "core/text.h"
#include "scoring/points/slips.h"

#include <assert.h>
#include <string.h>

/* The row of each scope. */
static const struct {
    enum scope scope;
    enum binding binding;
} scope_rows[] = {
    {SCOPE_HOUSEHOLD, BIND_HOUSEHOLD},   {SCOPE_CHILD, BIND_CHILD},
    {SCOPE_PREFERENCE, BIND_PREFERENCE}, {SCOPE_GUARDIAN, BIND_GUARDIAN},
    {SCOPE_REASON, BIND_REASON},         {SCOPE_JOB, BIND_JOB},
    {SCOPE_COHABITANT, BIND_COHABITANT}, {SCOPE_DOCUMENT, BIND_DOCUMENT},
};
static_assert(sizeof scope_rows / sizeof scope_rows[0] == N_SCOPES,
              "every scope has its row");

static enum binding binding_of(enum scope s)
{
    size_t i = 0;
    while (scope_rows[i].scope != s)
        i++;
    return scope_rows[i].binding;
}

static enum scope scope_of(enum binding b)
{
    for (size_t i = 0; i < N_SCOPES; i++)
        if (scope_rows[i].binding == b)
            return scope_rows[i].scope;
    return N_SCOPES;
}

/* ---- visible rows ---- */

static void hide(struct visible *v, enum binding b)
{
    int n = 0;
    for (int i = 0; i < v->n; i++)
        if (v->at[i] != b)
            v->at[n++] = v->at[i];
    v->n = n;
}

void visible_push(struct visible *v, enum binding b)
{
    hide(v, b);
    if (b == BIND_GUARDIAN || b == BIND_COHABITANT) {
        hide(v, BIND_REASON);
        hide(v, BIND_JOB);
    }
    if (b == BIND_CHILD) {
        hide(v, BIND_PREFERENCE);
        hide(v, BIND_SIBLING);
    }
    v->at[v->n++] = b;
}

bool visible_has(const struct visible *v, enum binding b)
{
    for (int i = 0; i < v->n; i++)
        if (v->at[i] == b)
            return true;
    return false;
}

enum scope visible_person(const struct visible *v)
{
    for (int i = v->n - 1; i >= 0; i--)
        if (v->at[i] == BIND_GUARDIAN || v->at[i] == BIND_COHABITANT)
            return scope_of(v->at[i]);
    return N_SCOPES;
}

static unsigned visible_uses(const struct parser *p)
{
    unsigned uses = p->env->binds & USES_POINTS;
    for (int i = 0; i < p->rows.n; i++)
        uses |= 1U << p->rows.at[i];
    return uses;
}

/* ---- looking up ---- */

/* What a word turned out to be: one of the three, or none. */
struct meaning {
    const struct field *field;
    int builtin; /* -1 */
    const struct definition *definition;
};
#define NO_MEANING ((struct meaning){NULL, -1, NULL})

static bool means_something(struct meaning m)
{
    return m.field || m.builtin >= 0 || m.definition;
}

static int builtin_find(const char *word, enum binding owner, bool facility)
{
    for (int i = 0; i < N_BUILTINS; i++)
        if (builtins[i].owner == owner && builtins[i].facility == facility &&
            strcmp(builtins[i].name, word) == 0)
            return i;
    return -1;
}

/* A name of a row: bare, what this file knows comes before the dictionary
 * (`facility` is the facility, preference.facility the code as written). */
static struct meaning find_in_row(const struct parser *p, enum binding row,
                                  const char *name, bool dotted)
{
    struct meaning m = NO_MEANING;
    if (scope_of(row) < N_SCOPES)
        m.field = dictionary_find_in(p->env->dict, scope_of(row), name);
    if (m.field && dotted)
        return m;
    m.builtin = builtin_find(name, row, false);
    if (row == BIND_COHABITANT && m.builtin < 0)
        m.builtin = builtin_find(name, BIND_GUARDIAN, false);
    if (m.builtin >= 0)
        m.field = NULL;
    return m;
}

/* `reason` alone is the kind of the reason that is bound. */
static const char *full_name(const struct parser *p, const char *word)
{
    bool alone = strcmp(word, "reason") == 0;
    return alone && visible_has(&p->rows, BIND_REASON) ? "reason.kind" : word;
}

/* Splits scope.name. False when there is no such scope. */
static bool split(const char *word, enum binding *row, bool *facility,
                  const char **name, struct arena *a)
{
    const char *dot = strchr(word, '.');
    const char *scope = arena_copy(a, word, (size_t)(dot - word));
    *name = dot + 1;
    *facility = strcmp(scope, "facility") == 0;
    if (*facility) {
        *row = BIND_PREFERENCE;
        return true;
    }
    if (strcmp(scope, "sibling") == 0) {
        *row = BIND_SIBLING;
        return true;
    }
    enum scope s;
    if (!scope_find(scope, &s))
        return false;
    *row = binding_of(s);
    return true;
}

static struct meaning find_dotted(const struct parser *p, const char *word,
                                  enum binding *row)
{
    bool facility;
    const char *name;
    if (!split(word, row, &facility, &name, p->b.a))
        return NO_MEANING;
    if (!facility)
        return find_in_row(p, *row, name, true);
    struct meaning m = NO_MEANING;
    m.builtin = builtin_find(name, BIND_PREFERENCE, true);
    return m;
}

static const struct definition *definition_find(const struct parser *p,
                                                const char *word)
{
    for (size_t i = 0; i < p->env->n_definitions; i++)
        if (strcmp(p->env->definitions[i].name, word) == 0)
            return &p->env->definitions[i];
    return NULL;
}

/* Innermost row first, then words that are known everywhere. */
static struct meaning find_bare(const struct parser *p, const char *word)
{
    for (int i = p->rows.n - 1; i >= 0; i--) {
        struct meaning m = find_in_row(p, p->rows.at[i], word, false);
        if (means_something(m))
            return m;
    }
    struct meaning m = NO_MEANING;
    m.definition = definition_find(p, word);
    return m;
}

bool name_is_known(const struct parser *p, const char *word)
{
    word = full_name(p, word);
    enum binding row;
    if (strchr(word, '.'))
        return means_something(find_dotted(p, word, &row));
    return means_something(find_bare(p, word));
}

/* ---- making the leaf ---- */

static const struct expr *field_leaf(struct parser *p, const struct field *f,
                                     const struct token *t)
{
    struct expr *e =
        expr_leaf(&p->b, EXPR_FIELD, field_expr_type(f), t->text, t->at);
    if (!e)
        return NULL;
    e->field = f;
    e->uses = 1U << binding_of(f->scope);
    return e;
}

static const struct expr *builtin_leaf(struct parser *p, enum builtin which,
                                       const struct token *t)
{
    const struct builtin_info *info = &builtins[which];
    struct expr_type type = {info->value, info->unit, NULL};
    struct expr *e = expr_leaf(&p->b, EXPR_BUILTIN, type, t->text, t->at);
    if (!e)
        return NULL;
    e->builtin = which;
    e->uses = info->uses;
    if (info->owner == BIND_GUARDIAN) {
        e->person = visible_person(&p->rows);
        e->uses |= 1U << binding_of(e->person);
    }
    return e;
}

static const struct expr *definition_leaf(struct parser *p,
                                          const struct definition *def,
                                          const struct token *t)
{
    p->b.n_nodes += def->n_nodes;
    struct expr *e =
        expr_leaf(&p->b, EXPR_NAMED, def->means->type, t->text, t->at);
    if (!e)
        return NULL;
    e->a = def->means;
    e->uses = def->means->uses;
    e->depth = def->means->depth + 1;
    return e;
}

static const char *const row_names[] = {
    [BIND_HOUSEHOLD] = "household",   [BIND_CHILD] = "child",
    [BIND_PREFERENCE] = "preference", [BIND_GUARDIAN] = "guardian",
    [BIND_REASON] = "reason",         [BIND_JOB] = "job",
    [BIND_COHABITANT] = "cohabitant", [BIND_SIBLING] = "sibling",
    [BIND_DOCUMENT] = "document",
};
static_assert(sizeof row_names / sizeof row_names[0] == N_BINDINGS,
              "every row has a name");

static const struct expr *not_here(struct parser *p, const struct token *t,
                                   enum binding row)
{
    if (row == BIND_PREFERENCE)
        diag_error(p->b.d, t->at, "not-here",
                   "「%s」は希望施設ごとの値です。choice: か order: の中でだけ"
                   "使えます",
                   "\"%s\" differs by facility: it can be used under choice: "
                   "and order: only",
                   t->text);
    else
        diag_error(p->b.d, t->at, "not-here",
                   "「%s」は %s の値です。ここでは「any %s with (…)」の中で"
                   "使ってください",
                   "\"%s\" belongs to a %s: here it must stand inside \"any "
                   "%s with (…)\"",
                   t->text, row_names[row], row_names[row]);
    return NULL;
}

static const struct expr *use_definition(struct parser *p,
                                         const struct definition *def,
                                         const struct token *t)
{
    unsigned missing = def->means->uses & ~visible_uses(p);
    for (int row = 0; row < N_BINDINGS; row++)
        if (missing & (1U << row))
            return not_here(p, t, (enum binding)row);
    return definition_leaf(p, def, t);
}

static const struct expr *use(struct parser *p, struct meaning m,
                              const struct token *t)
{
    if (m.definition)
        return use_definition(p, m.definition, t);
    if (m.field)
        return field_leaf(p, m.field, t);
    unsigned missing = builtins[m.builtin].uses & ~visible_uses(p);
    if (missing & USES_POINTS) {
        diag_error(p->b.d, t->at, "not-here",
                   "「%s」は order: の中でだけ使えます",
                   "\"%s\" can be used under order: only", t->text);
        return NULL;
    }
    for (int row = 0; row < N_BINDINGS; row++)
        if (missing & (1U << row))
            return not_here(p, t, (enum binding)row);
    return builtin_leaf(p, (enum builtin)m.builtin, t);
}

/* ---- words that mean nothing ---- */

/* Looking for what was meant takes a millisecond: who has so much wrong in a
 * file is told of the first, and reads no further. */
#define MEANT_MOST 200

static bool may_look(const struct parser *p)
{
    return !p->b.d || p->b.d->n < MEANT_MOST;
}

/* Once, though several rows have it. */
static size_t add_once(const char **words, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(words[i], word) == 0)
            return n;
    words[n] = word;
    return n + 1;
}

/* Every word that could have been meant here, once. */
static size_t candidates(const struct parser *p, const char ***out)
{
    const struct dictionary *dict = p->env->dict;
    size_t n = 0;
    const char **words = ARENA_ARRAY(
        p->b.a, const char *, dict->n + N_BUILTINS + p->env->n_definitions);
    for (size_t i = 0; i < dict->n; i++)
        if (visible_has(&p->rows, binding_of(dict->fields[i].scope)))
            n = add_once(words, n, dict->fields[i].name);
    for (int i = 0; i < N_BUILTINS; i++)
        if (!builtins[i].facility && (builtins[i].owner == BIND_HOUSEHOLD ||
                                      visible_has(&p->rows, builtins[i].owner)))
            n = add_once(words, n, builtins[i].name);
    /* Their names are taken by nothing else. */
    for (size_t i = 0; i < p->env->n_definitions; i++)
        words[n++] = p->env->definitions[i].name;
    *out = words;
    return n;
}

/* The row that has a name like this, though it is not bound here; -1. */
static int elsewhere(const struct parser *p, const char *word)
{
    const struct field *first = NULL;
    for (int s = 0; s < N_SCOPES; s++) {
        const struct field *f =
            dictionary_find_in(p->env->dict, (enum scope)s, word);
        if (f && (!first || f < first))
            first = f;
    }
    if (first)
        return (int)binding_of(first->scope);
    for (int i = 0; i < N_BUILTINS; i++)
        if (!builtins[i].facility && strcmp(builtins[i].name, word) == 0)
            return (int)builtins[i].owner;
    return -1;
}

/* The name behind a Japanese label: of a row that is bound, else of any. */
static const char *label_meant(const struct parser *p, const char *word)
{
    const struct dictionary *dict = p->env->dict;
    for (int i = p->rows.n - 1; i >= 0; i--) {
        enum scope s = scope_of(p->rows.at[i]);
        const char *name = s < N_SCOPES ? slip_label(dict, s, word) : NULL;
        if (name)
            return name;
    }
    for (int i = 0; i < N_BUILTINS; i++)
        if (!builtins[i].facility && strcmp(builtins[i].label.ja, word) == 0)
            return builtins[i].name;
    for (int s = 0; s < N_SCOPES; s++) {
        const char *name = slip_label(dict, (enum scope)s, word);
        if (name)
            return name;
    }
    return NULL;
}

/* The field of a row that is bound which has this value; NULL. */
static const struct field *field_with_value(const struct parser *p,
                                            const char *word)
{
    const struct dictionary *dict = p->env->dict;
    const char *key = text_match_key(word, p->b.a);
    for (size_t i = 0; i < dict->n; i++)
        if (dict->fields[i].type == TYPE_ENUM &&
            visible_has(&p->rows, binding_of(dict->fields[i].scope)) &&
            field_key_index(&dict->fields[i], key) >= 0)
            return &dict->fields[i];
    return NULL;
}

/* What should have been typed, where that is plain; NULL. */
static const char *word_meant(const struct parser *p, const char *word)
{
    struct arena *a = p->b.a;
    int32_t day;
    if (date_parse(word, &day) == DATE_OK)
        return date_iso(day, a);
    const char *typed = slip_find(SLIP_CONDITION, word, a);
    if (!typed)
        typed = slip_split(word, a);
    if (!typed)
        typed = label_meant(p, word);
    if (typed)
        return typed;
    const struct field *f = field_with_value(p, word);
    return f ? arena_printf(a, "%s is %s",
                            strcmp(f->path, "reason.kind") == 0 ? "reason"
                                                                : f->name,
                            word)
             : NULL;
}

static bool for_write(struct parser *p, const struct token *t,
                      const char *typed)
{
    if (typed)
        diag_error(p->b.d, t->at, "unknown-word",
                   "「%s」は「%s」と書いてください", "for \"%s\" write \"%s\"",
                   t->text, typed);
    return typed != NULL;
}

static void unknown_bare(struct parser *p, const struct token *t)
{
    int row = strcmp(t->text, "reason") == 0 ? (int)BIND_GUARDIAN
                                             : elsewhere(p, t->text);
    if (row >= 0) {
        not_here(p, t, (enum binding)row);
        return;
    }
    if (may_look(p) && for_write(p, t, word_meant(p, t->text)))
        return;
    const char **words, *near = NULL;
    if (may_look(p)) {
        size_t n = candidates(p, &words);
        near = text_nearest(t->text, words, n);
    }
    if (near)
        diag_error(p->b.d, t->at, "unknown-word",
                   "「%s」という言葉はありません。「%s」ですか？",
                   "no word \"%s\" is known here; did you mean \"%s\"?",
                   t->text, near);
    else
        diag_error(p->b.d, t->at, "unknown-word",
                   "「%s」という言葉はありません。値なら「 」で囲み、項目なら"
                   "名前を確かめてください",
                   "no word \"%s\" is known here: put a value between 「 and "
                   "」, or check the name of the field",
                   t->text);
}

static void unknown_dotted(struct parser *p, const struct token *t)
{
    int32_t day;
    const char *near =
        may_look(p) ? dictionary_nearest(p->env->dict, t->text) : NULL;
    if (date_parse(t->text, &day) == DATE_OK)
        for_write(p, t, date_iso(day, p->b.a));
    else if (near)
        diag_error(p->b.d, t->at, "unknown-field",
                   "「%s」という項目はありません。「%s」ですか？",
                   "no field named \"%s\"; did you mean \"%s\"?", t->text,
                   near);
    else
        diag_error(p->b.d, t->at, "unknown-field",
                   "「%s」という項目はありません", "no field named \"%s\"",
                   t->text);
}

/* Under guardian.reasons a reason is bound that nobody wrote down, and a name
 * of it hides the same name of the person (days_week: of the reason, or days
 * worked). What a child has too, due_date, is no slip: the reason is meant. */
static void warn_hidden(struct parser *p, const struct token *t)
{
    bool both = visible_has(&p->rows, BIND_REASON) &&
                visible_has(&p->rows, BIND_GUARDIAN) &&
                !(p->rows.listed & 1U << BIND_REASON);
    if (!both || p->rows.at[p->rows.n - 1] != BIND_REASON ||
        !means_something(find_in_row(p, BIND_REASON, t->text, false)) ||
        !means_something(find_in_row(p, BIND_GUARDIAN, t->text, false)))
        return;
    diag_warn(
        p->b.d, t->at, "hidden-name",
        "「%1$s」はここでは事由の項目です。事由のことなら「reason.%1$s」、"
        "保護者のことなら「guardian.%1$s」と書いてください",
        "\"%1$s\" is here that of the reason: write \"reason.%1$s\" if "
        "you mean it, \"guardian.%1$s\" if you mean the person's",
        t->text);
}

const struct expr *name_resolve(struct parser *p, const struct token *t)
{
    const char *word = full_name(p, t->text);
    enum binding row = BIND_HOUSEHOLD;
    bool dotted = strchr(word, '.') != NULL;
    struct meaning m = dotted ? find_dotted(p, word, &row) : find_bare(p, word);
    if (!means_something(m)) {
        if (dotted)
            unknown_dotted(p, t);
        else
            unknown_bare(p, t);
        return NULL;
    }
    if (dotted && !visible_has(&p->rows, row))
        return not_here(p, t, row);
    if (!dotted)
        warn_hidden(p, t);
    return use(p, m, t);
}
