/* What was read, against what was written. */
#include "ocr/trial/trial.h"

#include "core/text.h"
#include "ocr/paper/hand.h"

#include <string.h>

/* Words count as the same where they match as people's names do. */
bool trial_same(const struct form_field *f, const char *read,
                const char *written)
{
    struct arena a = ARENA_INIT;
    bool same = strcmp(read, written) == 0;

    if (hand_takes_words(f->kind)) {
        same =
            strcmp(text_match_key(read, &a), text_match_key(written, &a)) == 0;
    } else if (f->kind == FIELD_TICK && !*written) {
        same = !*read || strcmp(read, "いいえ") == 0;
    }
    arena_release(&a);
    return same;
}

static enum trial_outcome outcome(const struct form_field *f,
                                  const struct reading *r, const char *written)
{
    if (!r)
        return TRIAL_LOST; /* memory ran out while it was read */
    bool same = trial_same(f, r->value, written);
    if (r->state == READING_ACCEPTED || r->state == READING_BLANK)
        return same ? TRIAL_EXACT : TRIAL_SILENT;
    return same ? TRIAL_REFERRED : TRIAL_GUESSED;
}

static const struct reading *reading(const struct page_result *r,
                                     const char *id)
{
    for (size_t i = 0; i < r->n_readings; i++)
        if (strcmp(r->readings[i].field, id) == 0)
            return &r->readings[i];
    return NULL;
}

static void note_reason(struct trial_field *f, const char *check,
                        struct arena *a)
{
    size_t i = 0;

    while (i < f->n_reasons && strcmp(f->reasons[i].check, check) != 0)
        i++;
    if (i == TRIAL_MOST_REASONS)
        return;
    if (i == f->n_reasons)
        f->reasons[f->n_reasons++] =
            (struct trial_reason){arena_strdup(a, check), 0};
    f->reasons[i].n++;
    /* Sorted by number, then name: the order of taking does not show. */
    for (; i > 0; i--) {
        struct trial_reason *p = &f->reasons[i - 1], *q = &f->reasons[i];
        if (p->n > q->n || (p->n == q->n && strcmp(p->check, q->check) < 0))
            break;
        struct trial_reason old = *p;
        *p = *q;
        *q = old;
    }
}

static void keep_miss(struct trial *t, const struct trial_miss *m)
{
    if (t->n_misses == t->room_for_misses) {
        size_t more = t->n_misses ? 2 * t->n_misses : 256;
        t->misses =
            arena_grow(t->mem, t->misses, t->n_misses, more, sizeof *t->misses);
        t->room_for_misses = more;
    }
    t->misses[t->n_misses++] = *m;
}

static void count(struct trial_count *c, enum trial_outcome o)
{
    c->n++;
    c->of[o]++;
}

void trial_take(struct trial *t, size_t sheet, const struct page_result *r)
{
    struct trial_sheet *s = &t->sheets[sheet];
    bool lost = r->state != PAGE_READ || r->page != s->page;

    s->lost = lost;
    count(&t->pages[s->level], lost ? TRIAL_LOST : TRIAL_EXACT);
    for (size_t i = 0, k = 0; i < t->n_fields; i++, k++) {
        struct trial_field *f = &t->fields[i];
        while (t->form->fields + k != f->field)
            k++;
        const char *written = s->values[k];
        if (!written)
            continue;
        const struct reading *one = lost ? NULL : reading(r, f->field->id);
        enum trial_outcome o =
            lost ? TRIAL_LOST : outcome(f->field, one, written);
        if (o == TRIAL_EXACT && !*written)
            continue; /* an empty box read as empty is easy */
        count(&f->levels[s->level], o);
        if (!one || o == TRIAL_EXACT)
            continue;
        if (o != TRIAL_SILENT && *one->reason)
            note_reason(f, one->reason, t->mem);
        keep_miss(t, &(struct trial_miss){sheet, f->field, o, written,
                                          arena_strdup(t->mem, one->value),
                                          arena_strdup(t->mem, one->reason)});
    }
}

struct trial_count trial_sum(const struct trial *t, enum trial_level level,
                             bool by_person)
{
    struct trial_count all = {0};

    for (size_t i = 0; i < t->n_fields; i++) {
        const struct trial_count *c = &t->fields[i].levels[level];
        if (t->fields[i].by_person != by_person)
            continue;
        all.n += c->n;
        for (int o = 0; o < N_TRIAL_OUTCOMES; o++)
            all.of[o] += c->of[o];
    }
    return all;
}
