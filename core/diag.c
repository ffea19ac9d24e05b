#include "core/diag.h"

#include "core/text.h"

#include <string.h>

const char *label_text(struct label l, enum lang lang)
{
    return lang == LANG_EN && l.en ? l.en : l.ja;
}

const char *severity_text(enum severity s, enum lang lang)
{
    static const struct label names[] = {
        [SEVERITY_NOTE] = {"お知らせ", "note"},
        [SEVERITY_WARNING] = {"注意", "warning"},
        [SEVERITY_ERROR] = {"誤り", "error"},
    };
    return label_text(names[s], lang);
}

static struct finding *new_item(struct diag *d)
{
    if (d->n == d->capacity) {
        size_t capacity = d->capacity ? d->capacity * 2 : 16;
        d->items =
            arena_grow(&d->mem, d->items, d->n, capacity, sizeof *d->items);
        d->capacity = capacity;
    }
    return &d->items[d->n++];
}

static void count(struct diag *d, enum severity s)
{
    if (s == SEVERITY_ERROR)
        d->errors++;
    else if (s == SEVERITY_WARNING)
        d->warnings++;
}

static void put(struct diag *d, enum severity s, struct pos at,
                const char *check, struct label what)
{
    struct finding *f = new_item(d);
    *f = (struct finding){s, at, arena_strdup(&d->mem, check), what};
    f->at.file = arena_strdup(&d->mem, at.file ? at.file : "");
    count(d, s);
}

#define REPORT(severity)                            \
    do {                                            \
        if (!d)                                     \
            return false;                           \
        va_list args;                               \
        struct label what;                          \
        va_start(args, en);                         \
        what.ja = arena_vprintf(&d->mem, ja, args); \
        va_end(args);                               \
        va_start(args, en);                         \
        what.en = arena_vprintf(&d->mem, en, args); \
        va_end(args);                               \
        put(d, severity, at, check, what);          \
    } while (0)

bool diag_error(struct diag *d, struct pos at, const char *check,
                const char *ja, const char *en, ...)
{
    REPORT(SEVERITY_ERROR);
    return false;
}

bool diag_warn(struct diag *d, struct pos at, const char *check, const char *ja,
               const char *en, ...)
{
    REPORT(SEVERITY_WARNING);
    return false;
}

bool diag_note(struct diag *d, struct pos at, const char *check, const char *ja,
               const char *en, ...)
{
    REPORT(SEVERITY_NOTE);
    return false;
}

void diag_add(struct diag *d, const struct finding *f)
{
    if (!d)
        return;
    struct label what = {arena_strdup(&d->mem, f->what.ja),
                         arena_strdup(&d->mem, f->what.en)};
    put(d, f->severity, f->at, f->check, what);
}

bool diag_label(struct diag *d, struct pos at, const char *check,
                struct label what)
{
    diag_add(d, &(struct finding){SEVERITY_ERROR, at, check, what});
    return false;
}

bool diag_has(const struct diag *d, const char *check)
{
    for (size_t i = 0; i < d->n; i++)
        if (strcmp(d->items[i].check, check) == 0)
            return true;
    return false;
}

char *text_one_line(const char *text, struct arena *a)
{
    size_t len = strlen(text), good = 0;
    char *out = arena_alloc(a, len * 4 + 1);
    char *o = out;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        size_t bad = 0;
        if (i >= good)
            good = text_is_utf8(text + i, len - i, &bad) ? len : i + bad;
        if (c < 0x20 || c == 0x7f || i >= good)
            o += snprintf(o, 5, "\\x%02x", c);
        else
            *o++ = text[i];
    }
    return out;
}

char *finding_line(const struct finding *f, enum lang lang, struct arena *a)
{
    char *place = text_one_line(f->at.file, a);
    if (f->at.line > 0)
        place = arena_printf(a, "%s:%d", place, f->at.line);
    if (f->at.line > 0 && f->at.column > 0)
        place = arena_printf(a, "%s:%d", place, f->at.column);
    return arena_printf(a, "%s%s%s: %s [%s]", place, *place ? ": " : "",
                        severity_text(f->severity, lang),
                        text_one_line(label_text(f->what, lang), a), f->check);
}

void diag_print(const struct diag *d, size_t from, enum lang lang, FILE *out)
{
    struct arena line = ARENA_INIT;
    for (size_t i = from; i < d->n; i++)
        fprintf(out, "%s\n", finding_line(&d->items[i], lang, &line));
    arena_release(&line);
}

void diag_release(struct diag *d)
{
    arena_release(&d->mem);
    *d = DIAG_INIT;
}
