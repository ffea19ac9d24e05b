#include "market_text.h"

#include "scoring/placement/market_build.h"
#include "scoring/placement/market_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define WORDS 64

size_t words_of(const char **line, const char **words, size_t max,
                struct arena *a)
{
    size_t len = strcspn(*line, "\n"), n = 0;
    char *copy = arena_copy(a, *line, len), *rest = NULL;
    *line += len;
    *line = **line ? *line + 1 : NULL;
    for (char *w = strtok_r(copy, " \t", &rest); w && *w != '#' && n < max;
         w = strtok_r(NULL, " \t", &rest))
        words[n++] = w;
    return n;
}

const char *decision_of(const char *text)
{
    const char *line =
        strncmp(text, "---\n", 4) == 0 ? text : strstr(text, "\n---\n");
    return line ? strchr(line + 1, '-') + 4 : "";
}

static unsigned classes_of(const char *word, const char **rest)
{
    unsigned set = 0;
    do {
        set |= 1U << strtol(word, (char **)rest, 10);
        word = *rest + 1;
    } while (**rest == '+');
    return set;
}

/* The households of a `turns` line; of one text at a time. */
static const char *turns[WORDS];
static size_t n_turns;

static void set_turn(struct market_builder *b, const char *id)
{
    for (size_t i = 0; i < n_turns; i++)
        if (strcmp(turns[i], id) == 0)
            assert_true(market_set_turn(b, (int64_t)i + 1, POS_FILE("text")));
}

static void read_method(struct market_builder *b, const char *name)
{
    for (int i = 0; i < N_MARKET_METHODS; i++)
        if (strcmp(market_method_names[i], name) == 0)
            market_set_method(b, (enum market_method)i);
}

static void read_facility(struct market_builder *b, const char **w, size_t n)
{
    struct market_facility_spec f = MARKET_FACILITY_SPEC;
    struct market_cap caps[WORDS];
    int32_t order[WORDS];
    size_t n_order = 0, i = 2;
    const char *mode = "", *rest;
    f.facility = market_facility_ref(b, w[1], strlen(w[1]));
    f.caps = caps;
    for (; i < n; i++) {
        if (w[i][0] < '0' || w[i][0] > '9' || strcmp(mode, "order") == 0) {
            if (strcmp(mode, "order") == 0)
                order[n_order++] = market_child_ref(b, w[i], strlen(w[i]));
            else
                mode = w[i];
            continue;
        }
        unsigned set = classes_of(w[i], &rest);
        long number = *rest == ':' ? strtol(rest + 1, NULL, 10) : 0;
        int class_age = atoi(w[i]);
        if (strcmp(mode, "seats") == 0)
            f.seats[class_age] = number;
        else if (strcmp(mode, "pool") == 0)
            f.groups[f.n_groups++] = set;
        else if (strcmp(mode, "cap") == 0)
            caps[f.n_caps++] = (struct market_cap){set, (int32_t)number};
        else if (strcmp(mode, "keep") == 0)
            f.release[class_age] = false;
        else
            fail_msg("a word that says nothing: %s", w[i]);
    }
    assert_true(market_add_facility(b, &f));
    assert_true(market_set_priority(b, f.facility, order, NULL, n_order,
                                    POS_FILE("text")));
}

/* 0001 age 1 in moon wants sun star */
static void read_child(struct market_builder *b, const char **w, size_t n)
{
    int32_t child = market_child_ref(b, w[0], strlen(w[0]));
    int32_t current = MARKET_NONE, wants[WORDS];
    size_t i = 3, n_wants = 0;
    assert_true(n >= 3 && strcmp(w[1], "age") == 0);
    if (n > i + 1 && strcmp(w[i], "in") == 0) {
        current = market_facility_ref(b, w[i + 1], strlen(w[i + 1]));
        i += 2;
    }
    assert_true(
        market_add_child(b, child, atoi(w[2]), current, POS_FILE("text")));
    if (i == n)
        return;
    assert_string_equal(w[i], "wants");
    for (i++; i < n; i++)
        wants[n_wants++] = strcmp(w[i], "-") == 0
                               ? MARKET_NONE
                               : market_facility_ref(b, w[i], strlen(w[i]));
    assert_true(market_add_family(b, w[0], strlen(w[0]), &child, 1, wants,
                                  n_wants, POS_FILE("text")));
    set_turn(b, w[0]);
}

/* home f1 0001 0002 wants sun,sun sun,- */
static void read_home(struct market_builder *b, const char **w, size_t n)
{
    int32_t children[WORDS], entries[WORDS * 4];
    size_t i = 2, n_children = 0, n_places = 0;
    for (; i < n && strcmp(w[i], "wants") != 0; i++)
        children[n_children++] = market_child_ref(b, w[i], strlen(w[i]));
    for (i++; i < n; i++)
        for (const char *p = w[i]; *p;) {
            size_t len = strcspn(p, ",");
            entries[n_places++] = len == 1 && *p == '-'
                                      ? MARKET_NONE
                                      : market_facility_ref(b, p, len);
            p += len + (p[len] == ',');
        }
    assert_true(n_children && n_places % n_children == 0);
    assert_true(market_add_family(b, w[1], strlen(w[1]), children, n_children,
                                  entries, n_places / n_children,
                                  POS_FILE("text")));
    set_turn(b, w[1]);
}

void market_from_text(const char *text, struct market *out, struct arena *a)
{
    struct diag d = DIAG_INIT;
    struct market_builder *b = market_builder_open("text", &d);
    const char *w[WORDS], *end = decision_of(text);
    n_turns = 0;
    while (text && (!*end || text < end)) {
        size_t n = words_of(&text, w, WORDS, a);
        if (n == 0 || strcmp(w[0], "---") == 0)
            continue;
        if (strcmp(w[0], "method") == 0)
            read_method(b, w[1]);
        else if (strcmp(w[0], "turns") == 0)
            for (n_turns = 0; n_turns + 1 < n; n_turns++)
                turns[n_turns] = w[n_turns + 1];
        else if (strcmp(w[0], "at") == 0)
            read_facility(b, w, n);
        else if (strcmp(w[0], "home") == 0)
            read_home(b, w, n);
        else
            read_child(b, w, n);
    }
    bool ok = market_finish(b, out, a);
    diag_print(&d, 0, LANG_EN, stderr);
    market_builder_close(b);
    diag_release(&d);
    assert_true(ok);
}

int32_t child_named(const struct market *m, const char *id)
{
    for (size_t i = 0; i < m->n_children; i++)
        if (strcmp(m->children[i].id, id) == 0)
            return (int32_t)i;
    fail_msg("no child %s", id);
    return MARKET_NONE;
}

int32_t facility_named(const struct market *m, const char *id)
{
    if (strcmp(id, "-") == 0)
        return MARKET_NONE;
    for (size_t i = 0; i < m->n_facilities; i++)
        if (strcmp(m->facilities[i].id, id) == 0)
            return (int32_t)i;
    fail_msg("no facility %s", id);
    return MARKET_NONE;
}

void matching_from_text(const char *text, const struct market *m,
                        struct matching *out, struct arena *a)
{
    const char *w[WORDS], *line = decision_of(text);
    out->n = m->n_children;
    out->place = ARENA_ARRAY(a, int32_t, m->n_children);
    for (size_t c = 0; c < m->n_children; c++)
        out->place[c] = MARKET_NONE;
    while (line) {
        size_t n = words_of(&line, w, WORDS, a);
        if (n < 2 || strcmp(w[0], "seat") == 0 || strcmp(w[0], "cutoff") == 0)
            continue;
        out->place[child_named(m, w[0])] = facility_named(m, w[1]);
    }
}
