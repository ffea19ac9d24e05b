/*
 * What to change in a form's design. To add advice on a fault of design.h: its
 * row in `todos`; on a reason of the reader: its row in `reasons`.
 */
#include "ocr/trial/trial.h"

#include "ocr/forms/design.h"

#include <stdlib.h>
#include <string.h>

/* Of 100 fields, so many must be read right on clean and ordinary scans. */
#define BADLY 75  /* fewer: something is wrong that the design does not show */
#define ENOUGH 90 /* fewer: a fault of the design is to blame */
#define WORSE_AT_200 10   /* points */
#define LOST_WHEN_HARD 10 /* of 100 hard ones, and one alone is chance */
#define STRAY_INK 1       /* hundredths of the box */
#define FEW 8             /* too few to say anything of shares */

static const struct {
    const char *check;
    struct label todo;
} todos[] = {
    {"marks-missing",
     {"四隅に 6 mm の黒い四角 (marks) と QR コード (qr) を印刷してください。"
      "国の様式のように変えられない時は、このままでも罫線で見分けます",
      "print black squares of 6 mm in the corners (marks) and a QR code (qr); "
      "a "
      "form that cannot be changed is told by its lines"}},
    {"qr-missing",
     {"qr: に 20 × 20 mm の場所を空けてください",
      "leave 20 × 20 mm for a QR code (qr:)"}},
    {"text-wide",
     {"文字を小さくするか、枠を広げてください",
      "make the words smaller or the box wider"}},
    {"cell-small",
     {"数字枠を幅 5 mm、高さ 7 mm 以上にしてください",
      "make the digit cells at least 5 mm wide and 7 mm high"}},
    {"cells-close",
     {"数字枠の間を 1 mm 以上空けてください",
      "leave at least 1 mm between the digit cells"}},
    {"cells-missing",
     {"下線や空白でなく、1 字ずつの数字枠 (5 × 7 mm、間 1 mm) にしてください",
      "give it one cell for each digit (5 × 7 mm, 1 mm apart), not a line or a "
      "blank"}},
    {"year-short",
     {"元号 (eras:) を印刷するか、年の枠を 4 個にしてください",
      "print eras to be ringed (eras:), or give the year four cells"}},
    {"tick-small",
     {"□を一辺 4 mm (少なくとも 3.5 mm) にしてください",
      "make □ 4 mm wide (3.5 mm at least)"}},
    {"ticks-close",
     {"□と□の間を横 2 mm、縦 1 mm 以上空けてください",
      "leave 2 mm between □ in a row, and 1 mm between rows"}},
    {"ring-close",
     {"○で囲む言葉の間を 4 mm 以上空けるか、□に変えてください",
      "leave 4 mm between the words to be ringed, or print □ instead"}},
    {"box-on-print",
     {"印刷の文字を枠から 1 mm (数字枠は 0.5 mm) 以上離してください",
      "move the print at least 1 mm away from the box (0.5 mm from cells)"}},
    {"tick-on-print",
     {"□と言葉の間を 1 mm ほど空けてください",
      "leave about 1 mm between □ and words"}},
    {"line-in-box",
     {"枠の中の線を消すか、枠を線で分けて二つの欄にしてください",
      "remove the line from the box, or make two fields of it"}},
    {"box-small",
     {"枠の高さを 8 mm (少なくとも 5.5 mm) にしてください",
      "make the box 8 mm high (5.5 mm at least)"}},
    {"near-edge",
     {"欄を紙の端から 10 mm (少なくとも 5 mm) 離してください",
      "keep the field 10 mm from the paper's edge (5 mm at least)"}},
    {"page-lost",
     {"四隅の印 (marks) と QR コードを付けてください。罫線は 0.3 mm 以上の太さ"
      "にし、表を太枠 (frames) で囲むと、薄いスキャンでも見分けられます",
      "add corner marks and a QR code; rules of 0.3 mm or more, and a frame "
      "around the tables, are still seen on a faint scan"}},
    {"silent-error",
     {"この欄を policy.yaml の two_people "
      "に入れるか、□か数字枠に変えてください",
      "name it under two_people in policy.yaml, or ask with □ or cells"}},
    {"scan-300dpi",
     {"スキャナーを 300 dpi に設定してください", "set the scanner to 300 dpi"}},
    {"ink-in-box",
     {"枠の中の印刷 (例や薄い文字、点線) を消すか、様式ファイルの texts: か "
      "lines: に書いてください",
      "remove what is printed in the box (examples, pale letters, dots), or "
      "write it under texts: or lines: of the template"}},
};

/* What a reason of the reader says of the design. */
static const struct {
    const char *reason;
    struct label todo;
} reasons[] = {
    {"ring-open",
     {"○で囲む言葉の周りを 4 mm 空けるか、□に変えてください",
      "leave 4 mm around the words to be ringed, or print □ instead"}},
    {"tick-beside",
     {"□を大きく (4 mm) し、周りを 2 mm 空けてください",
      "make □ larger (4 mm) and leave 2 mm around it"}},
    {"tick-shared",
     {"□と□の間を広げてください", "move the boxes to tick further apart"}},
    {"era-missing",
     {"○で囲む元号の間を空けるか、西暦 4 桁の枠にしてください",
      "move the eras further apart, or ask for a western year of four digits"}},
    {"box-not-clean",
     {"枠の中や周りの印刷を減らしてください",
      "print less in the box and around it"}},
    {"struck-out",
     {"数字枠を大きくし、間を空けてください",
      "make the cells larger and further apart"}},
    {"gap-in-digits",
     {"数字枠の数を番号の桁数と同じにしてください",
      "print as many cells as the number has digits"}},
};
static const struct label other_todo = {
    "枠を大きくし、数字は 1 字ずつの枠、選ぶものは□にしてください",
    "make the box larger; ask for digits in cells and for choices with □"};

/* ── what came of the sheets ────────────────────────────────────────────── */

struct advising {
    const struct trial_how *how;
    struct trial *t;
    size_t capacity;
    struct arena *mem;
};

static struct trial_count usual(const struct trial_field *f)
{
    struct trial_count c = f->levels[TRIAL_CLEAN];
    const struct trial_count *more = &f->levels[TRIAL_ORDINARY];

    c.n += more->n;
    for (int o = 0; o < N_TRIAL_OUTCOMES; o++)
        c.of[o] += more->of[o];
    return c;
}

static int silent_of(const struct trial_field *f)
{
    int n = 0;

    for (int level = 0; level < N_TRIAL_LEVELS; level++)
        n += f->levels[level].of[TRIAL_SILENT];
    return n;
}

/* A right proposal counts: a long number is seldom sure of every digit,
 * however it is printed. A mark is, where there is room for it. */
static int share(const struct trial_field *f)
{
    struct trial_count c = usual(f);
    int good = c.of[TRIAL_EXACT];

    if (f->field->n_parts)
        good += c.of[TRIAL_REFERRED];
    return c.n ? good * 100 / c.n : 100;
}

static struct trial_field *results_of(struct trial *t,
                                      const struct form_field *f)
{
    for (size_t i = 0; i < t->n_fields; i++)
        if (t->fields[i].field == f)
            return &t->fields[i];
    return NULL;
}

/* ── the list ───────────────────────────────────────────────────────────── */

static struct label todo_of(const char *check)
{
    for (size_t i = 0; i < sizeof todos / sizeof todos[0]; i++)
        if (strcmp(todos[i].check, check) == 0)
            return todos[i].todo;
    return other_todo;
}

static struct trial_advice *add(struct advising *g, enum trial_weight weight,
                                const char *check, const struct form_field *f,
                                struct label what)
{
    struct trial *t = g->t;

    if (t->n_advice == g->capacity) {
        size_t more = g->capacity ? 2 * g->capacity : 32;
        t->advice =
            arena_grow(g->mem, t->advice, t->n_advice, more, sizeof *t->advice);
        g->capacity = more;
    }
    struct trial_advice *a = &t->advice[t->n_advice++];
    *a = (struct trial_advice){.weight = weight,
                               .check = check,
                               .field = f,
                               .page = f ? f->page : 0,
                               .what = what,
                               .todo = todo_of(check)};
    if (f)
        a->box = f->box;
    return a;
}

static bool advised(const struct trial *t, const struct form_field *f)
{
    for (size_t i = 0; i < t->n_advice; i++)
        if (t->advice[i].field == f)
            return true;
    return false;
}

static int lost(const struct trial *t, enum trial_level level)
{
    return t->pages[level].of[TRIAL_LOST];
}

/* ── each kind of advice ────────────────────────────────────────────────── */

static void by_design(struct advising *g)
{
    struct form_faults faults;

    form_design(g->how->form, g->how->writer != TRIAL_TYPED, &faults, g->mem);
    for (size_t i = 0; i < faults.n; i++) {
        const struct form_fault *x = &faults.items[i];
        const struct trial_field *f =
            x->field ? results_of(g->t, x->field) : NULL;
        bool bad = f ? (!f->by_person && share(f) < ENOUGH) || silent_of(f)
                     : lost(g->t, TRIAL_CLEAN) + lost(g->t, TRIAL_ORDINARY) > 0;
        struct trial_advice *a =
            add(g, bad ? TRIAL_MUST : TRIAL_MAY, x->check, x->field, x->what);
        a->page = x->page;
        a->box = x->box;
    }
}

static void page_lost(struct advising *g, int page)
{
    int n[N_TRIAL_LEVELS] = {0}, gone[N_TRIAL_LEVELS] = {0};

    for (size_t i = 0; i < g->t->n_sheets; i++) {
        const struct trial_sheet *s = &g->t->sheets[i];
        n[s->level] += s->page == page;
        gone[s->level] += s->page == page && s->lost;
    }
    int usually = gone[TRIAL_CLEAN] + gone[TRIAL_ORDINARY];
    int hard = gone[TRIAL_HARD];
    if (!usually && (hard < 2 || hard * 100 < n[TRIAL_HARD] * LOST_WHEN_HARD))
        return;
    add(g, usually ? TRIAL_MUST : TRIAL_MAY, "page-lost", NULL,
        (struct label){
            arena_printf(g->mem,
                         "%d ページの %d 枚が、この様式と分かりませんでした "
                         "(きれい・ふつう %d 枚、悪い %d 枚)",
                         page, usually + hard, usually, hard),
            arena_printf(g->mem,
                         "%d sheets of page %d were not known as this form "
                         "(%d clean or ordinary, %d hard)",
                         usually + hard, page, usually, hard)})
        ->page = page;
}

static void stray_ink(struct advising *g, const struct form_field *f)
{
    for (size_t p = 0; p < f->n_parts; p++)
        if (trial_stray_ink(g->how, f->page, f->parts[p].box) >= STRAY_INK) {
            add(g, TRIAL_MUST, "ink-in-box", f,
                (struct label){
                    arena_printf(g->mem,
                                 "白紙の「%s」の枠の中に、様式ファイルにない印"
                                 "刷があります",
                                 f->id),
                    arena_printf(g->mem,
                                 "the empty sheet has ink in a box of \"%s\" "
                                 "that the template does not print",
                                 f->id)})
                ->box = f->parts[p].box;
            return;
        }
}

static void silent_error(struct advising *g, const struct trial_field *f)
{
    int n = silent_of(f);

    if (n)
        add(g, TRIAL_MUST, "silent-error", f->field,
            (struct label){
                arena_printf(g->mem, "「%s」は %d 回、誤りが見逃されました",
                             f->field->id, n),
                arena_printf(g->mem,
                             "\"%s\" was read wrong %d times and nobody was "
                             "asked",
                             f->field->id, n)});
}

static void reads_badly(struct advising *g, const struct trial_field *f)
{
    struct trial_count c = usual(f);
    const char *why = f->n_reasons ? f->reasons[0].check : "";

    if (f->by_person || c.n < FEW || share(f) >= BADLY ||
        c.of[TRIAL_LOST] * 2 > c.n || advised(g->t, f->field))
        return;
    struct trial_advice *a = add(
        g, TRIAL_MUST, "reads-badly", f->field,
        (struct label){
            arena_printf(g->mem, "「%s」は %d 回のうち %d 回しか読み取れません",
                         f->field->id, c.n, c.of[TRIAL_EXACT]),
            arena_printf(g->mem, "\"%s\" was read %d times of %d", f->field->id,
                         c.of[TRIAL_EXACT], c.n)});
    a->todo = other_todo;
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (strcmp(reasons[i].reason, why) == 0)
            a->todo = reasons[i].todo;
}

static void resolution(struct advising *g)
{
    struct trial_count clean = trial_sum(g->t, TRIAL_CLEAN, false);
    struct trial_count low = trial_sum(g->t, TRIAL_200, false);

    if (clean.n < FEW || low.n < FEW)
        return;
    int at_300 = clean.of[TRIAL_EXACT] * 100 / clean.n;
    int at_200 = low.of[TRIAL_EXACT] * 100 / low.n;
    if (at_300 - at_200 >= WORSE_AT_200)
        add(g, TRIAL_MAY, "scan-300dpi", NULL,
            (struct label){
                arena_printf(g->mem,
                             "人が見ずに済む欄が、300 dpi では %d %%、200 dpi "
                             "では %d %% です",
                             at_300, at_200),
                arena_printf(g->mem,
                             "%d %% of the fields need nobody at 300 dpi, "
                             "%d %% at 200 dpi",
                             at_300, at_200)});
}

static int by_weight(const void *one, const void *other)
{
    const struct trial_advice *a = one, *b = other;

    if (a->weight != b->weight)
        return a->weight < b->weight ? -1 : 1;
    if (!a->field != !b->field)
        return a->field ? 1 : -1;
    if (a->field != b->field)
        return a->field < b->field ? -1 : 1;
    return a->page != b->page ? a->page - b->page : strcmp(a->check, b->check);
}

void trial_advise(const struct trial_how *how, struct trial *t, struct arena *a)
{
    struct advising g = {.how = how, .t = t, .mem = a};

    by_design(&g);
    for (int page = 1; page <= how->form->n_pages; page++)
        page_lost(&g, page);
    for (size_t i = 0; i < t->n_fields; i++) {
        stray_ink(&g, t->fields[i].field);
        silent_error(&g, &t->fields[i]);
        reads_badly(&g, &t->fields[i]);
    }
    resolution(&g);
    if (t->n_advice)
        qsort(t->advice, t->n_advice, sizeof *t->advice, by_weight);
}
