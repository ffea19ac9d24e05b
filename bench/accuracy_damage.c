#include "bench/accuracy_damage.h"

#include "bench/accuracy_bound.h"
#include "bench/accuracy_group.h"
#include "core/text.h"
#include "fixtures/fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_DAMAGES 400

/* ── adding up ── */

static void add_aside(struct damage_sum *s, const char *reason)
{
    int i = 0;
    while (i < SET_ASIDE_REASONS - 1 && s->aside[i].reason &&
           strcmp(s->aside[i].reason, reason) != 0)
        i++;
    if (!s->aside[i].reason)
        s->aside[i].reason = reason;
    s->aside[i].n++;
}

static void add_page(struct damage_sum *s, const struct accuracy_row *page)
{
    s->pages++;
    s->cpu_us += page->cpu_us;
    if (!*page->field)
        add_aside(s, page->reason);
    else if (strcmp(page->field, page->truth) == 0)
        s->read++;
    else
        s->wrong_form++;
}

static void add_box(struct damage_sum *s, const struct accuracy_row *box,
                    const int accept[N_ACCEPT_KINDS])
{
    struct tally t = {.letters = 0};
    tally_add(&t, box, accept[group_accept_kind(box)]);
    s->values += tally_all(&t);
    s->exact += t.count[RIGHT];
    s->referred += t.count[FLAGGED] + t.count[WRONG_FLAGGED];
    s->first_right += t.count[FLAGGED];
    s->silent += t.count[WRONG_SILENT];
}

void damage_sum_add(struct damage_sum *s, const struct accuracy_rows *rows,
                    const int accept[N_ACCEPT_KINDS])
{
    for (size_t from = 0, i = 0; i < rows->n; i++) {
        if (rows->items[i].row != ROW_PAGE)
            continue;
        if (strcmp(rows->items[i].type, s->damage) == 0) {
            add_page(s, &rows->items[i]);
            for (; from < i; from++)
                if (rows->items[from].row == ROW_BOX)
                    add_box(s, &rows->items[from], accept);
        }
        from = i + 1;
    }
}

/* ── the rows, in order ── */

static int rank(const char *damage)
{
    int n = 0;
    while (faults[n].name && strcmp(faults[n].name, damage) != 0)
        n++;
    return n;
}

static int by_rank(const void *one, const void *other)
{
    const char *a = *(const char *const *)one;
    const char *b = *(const char *const *)other;
    return rank(a) != rank(b) ? rank(a) - rank(b) : strcmp(a, b);
}

static int list_damages(const struct accuracy_rows *files, int n_files,
                        const char *out[MOST_DAMAGES])
{
    int n = 0;
    for (int f = 0; f < n_files; f++)
        for (size_t i = 0; i < files[f].n; i++) {
            const struct accuracy_row *row = &files[f].items[i];
            int k = 0;
            while (k < n && strcmp(out[k], row->type) != 0)
                k++;
            if (row->row == ROW_PAGE && k == n && n < MOST_DAMAGES)
                out[n++] = row->type;
        }
    qsort(out, (size_t)n, sizeof out[0], by_rank);
    return n;
}

/* ── printing ── */

static const struct {
    struct label name;
    int columns;
} heads[] = {
    {{"ページ", "pages"}, 8},       {{"読めた", "read"}, 8},
    {{"値", "values"}, 8},          {{"そのまま正", "exact"}, 12},
    {{"人に聞く", "referred"}, 10}, {{"うち案が正", "right first"}, 12},
    {{"見逃し", "silent"}, 8},      {{"95%上限", "95% bound"}, 10},
    {{"CPU ms", "CPU ms"}, 8},
};

static void pad(const char *text, int columns)
{
    int spare = columns - text_columns(text);
    printf("%s%*s", text, spare > 0 ? spare : 0, "");
}

static void print_head(enum lang lang)
{
    pad(lang == LANG_EN ? "damage" : "傷み", 14);
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        const char *name = label_text(heads[i].name, lang);
        int spare = heads[i].columns - text_columns(name);
        printf("%*s%s", spare > 0 ? spare : 0, "", name);
    }
    printf("  %s\n", lang == LANG_EN ? "set aside" : "読めなかったページ");
}

static void print_sum(const struct damage_sum *s)
{
    pad(*s->damage ? s->damage : "-", 14);
    printf("%8ld%8ld%8ld%12ld%10ld%12ld%8ld%9.2f%%%8.0f ", s->pages, s->read,
           s->values, s->exact, s->referred, s->first_right, s->silent,
           100 * bound_upper(s->silent, s->exact + s->silent),
           s->pages ? (double)s->cpu_us / 1e3 / (double)s->pages : 0);
    for (int i = 0; i < SET_ASIDE_REASONS; i++)
        if (s->aside[i].n)
            printf(" %s %ld", s->aside[i].reason, s->aside[i].n);
    if (s->wrong_form)
        printf(" WRONG FORM %ld", s->wrong_form);
    printf("\n");
}

void damage_table_print(const struct accuracy_rows *files, int n_files,
                        const int accept[N_ACCEPT_KINDS], enum lang lang)
{
    const char *damages[MOST_DAMAGES];
    int n = list_damages(files, n_files, damages);
    print_head(lang);
    for (int i = 0; i < n; i++) {
        struct damage_sum s = {.damage = damages[i]};
        for (int f = 0; f < n_files; f++)
            damage_sum_add(&s, &files[f], accept);
        print_sum(&s);
    }
}
