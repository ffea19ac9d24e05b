/*
 * For tests of records: the shipped dictionary, and households in one line
 * each: "job:1:2 minutes_month=160:00 term=有期" is job 2 of person 1 of
 * household 000001; "child:0001", "preference:0001:3", "guardian:1",
 * "document:4", "household" likewise. "@000002" on a line of its own goes on to
 * another household. A later line overrides an earlier one; "term=" is unknown.
 */
#ifndef NYUSHO_TESTS_RECORDS_HELP_H
#define NYUSHO_TESTS_RECORDS_HELP_H

#include "core/file.h"
#include "records/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

static inline void help_print(const struct diag *d)
{
    diag_print(d, 0, LANG_EN, stderr);
}

static inline void help_dictionary(struct dictionary *dict, struct arena *a)
{
    struct diag d = DIAG_INIT;
    size_t len;
    const char *path = "rules/dictionary.yaml";
    char *bytes = file_read(path, 1 << 20, a, &len, &d);
    *dict = DICTIONARY_INIT;
    if (!bytes || !dictionary_load(dict, bytes, len, path, a, &d)) {
        help_print(&d);
        abort();
    }
    assert_int_equal(d.n, 0);
    diag_release(&d);
}

static inline const struct field *help_field(const struct dictionary *dict,
                                             const char *path)
{
    const struct field *f = dictionary_find(dict, path);
    if (!f) {
        fprintf(stderr, "no field %s\n", path);
        abort();
    }
    return f;
}

/* "job:1:2" to scope and key. */
static inline enum scope help_key(char *word, const char *household,
                                  struct row_key *key)
{
    enum scope scope;
    char *rest = NULL;
    char *name = strtok_r(word, ":", &rest);
    if (!scope_find(name, &scope))
        fail_msg("no scope %s", name);
    *key = (struct row_key){household, "", 0, 0};
    if (scope_infos[scope].child)
        key->child = strtok_r(NULL, ":", &rest);
    if (scope_infos[scope].person)
        key->person = atoi(strtok_r(NULL, ":", &rest));
    if (scope_infos[scope].seq)
        key->seq = atoi(strtok_r(NULL, ":", &rest));
    return scope;
}

static inline void help_line(struct record_set *set, char *line,
                             const char *household)
{
    struct row_key key;
    struct diag d = DIAG_INIT;
    char *rest = NULL;
    char *word = strtok_r(line, " ", &rest);
    enum scope scope = help_key(word, household, &key);
    size_t row = record_set_row(set, scope, &key);
    while ((word = strtok_r(NULL, " ", &rest))) {
        char *value = strchr(word, '=');
        struct slot v;
        *value++ = '\0';
        const struct field *f = dictionary_find_in(set->dict, scope, word);
        if (!f)
            fail_msg("no field %s", word);
        if (!value_parse(f, value, set->strings, POS_FILE("test"), &v, &d)) {
            help_print(&d);
            fail_msg("no value %s", value);
        }
        record_set_put(set, f, row, v, NULL);
    }
    diag_release(&d);
}

/* Adds the lines; the caller finishes. */
static inline void help_rows(struct record_set *set, const char *text)
{
    struct arena mem = ARENA_INIT;
    char *rest = NULL, *household = arena_strdup(&mem, "000001");
    char *copy = arena_strdup(&mem, text);
    for (char *line = strtok_r(copy, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest)) {
        if (line[0] == '@')
            household = arena_strdup(&mem, line + 1);
        else
            help_line(set, line, household);
    }
    arena_release(&mem);
}

/* "check:line check:line …" of every finding, in order. */
static inline char *help_findings(const struct diag *d, struct arena *a)
{
    char *out = arena_strdup(a, "");
    for (size_t i = 0; i < d->n; i++)
        out = arena_printf(a, "%s%s%s:%d", out, i ? " " : "", d->items[i].check,
                           d->items[i].at.line);
    return out;
}

#endif
