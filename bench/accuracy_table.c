/* What the rows of a measurement come to. */
#include "bench/accuracy.h"
#include "bench/accuracy_bound.h"
#include "bench/accuracy_damage.h"
#include "bench/accuracy_group.h"
#include "bench/accuracy_rows.h"
#include "cli/case_context.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

#define MOST_FILES 64
#define MOST_PARTS 200

/* Rows are told apart by what `by` says; "" = all together. */
struct table {
    struct cli c;
    enum lang lang;
    const char *by, *policy_case;
    bool curve, wrong;
    int accept[N_ACCEPT_KINDS]; /* of the policy */
    const char *files[MOST_FILES];
    struct accuracy_rows rows[MOST_FILES];
    int n_files;
};

static bool take_options(struct table *t, int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        bool more = i + 1 < argc;
        if (strcmp(argv[i], "--curve") == 0)
            t->curve = true;
        else if (strcmp(argv[i], "--wrong") == 0)
            t->wrong = true;
        else if (strcmp(argv[i], "--lang") == 0 && more)
            t->lang = strcmp(argv[++i], "en") == 0 ? LANG_EN : LANG_JA;
        else if (strcmp(argv[i], "--by") == 0 && more)
            t->by = argv[++i];
        else if (strcmp(argv[i], "--policy") == 0 && more)
            t->policy_case = argv[++i];
        else if (argv[i][0] != '-' && t->n_files < MOST_FILES)
            t->files[t->n_files++] = argv[i];
        else
            return false;
    }
    return t->n_files > 0;
}

/* The thresholds of this case's policy, or those of a case without one. */
static bool load_policy(struct table *t)
{
    struct case_context ctx;
    struct policy p;
    if (t->policy_case) {
        if (!case_context_load(&t->c, t->policy_case, CONTEXT_POLICY, &ctx))
            return false;
        p = ctx.policy;
    } else {
        static const struct dictionary none = {.n = 0};
        policy_default(&p, &none, &t->c.mem);
    }
    memcpy(t->accept, p.accept, sizeof t->accept);
    return true;
}

static bool load_rows(struct table *t)
{
    for (int i = 0; i < t->n_files; i++)
        if (!rows_load(&t->rows[i], t->files[i], &t->c.mem, &t->c.diag))
            return false;
    return true;
}

/* ── parts of the whole ── */

static const char *part_of(const struct table *t, int file, size_t i)
{
    const struct accuracy_row *row = &t->rows[file].items[i];
    if (strcmp(t->by, "hand") == 0)
        return row->row == ROW_PAGE ? "" : row->hand;
    if (strcmp(t->by, "file") == 0)
        return t->files[file];
    return strcmp(t->by, "reason") == 0 ? row->reason : "";
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int list_parts(const struct table *t, const char *parts[MOST_PARTS])
{
    int n = 0;
    for (int f = 0; f < t->n_files; f++)
        for (size_t i = 0; i < t->rows[f].n; i++) {
            const char *part = part_of(t, f, i);
            int k = 0;
            while (k < n && strcmp(parts[k], part) != 0)
                k++;
            if (k == n && n < MOST_PARTS)
                parts[n++] = part;
        }
    qsort(parts, (size_t)n, sizeof parts[0], by_text);
    return n;
}

/* ── printing ── */

static void pad(const char *text, int columns, bool right)
{
    int spare = columns - text_columns(text);
    if (right)
        printf("%*s%s", spare > 0 ? spare : 0, "", text);
    else
        printf("%s%*s", text, spare > 0 ? spare : 0, "");
}

static double share(long k, long n)
{
    return n > 0 ? 100.0 * (double)k / (double)n : 0;
}

static void print_head(enum lang lang)
{
    static const struct label heads[] = {
        {"件数", "n"},
        {"そのまま可", "accepted"},
        {"正答率", "right"},
        {"第一候補が正", "first right"},
        {"見逃し", "silent"},
        {"見逃し率", "of accepted"},
        {"95%上限", "95% bound"},
        {"文字誤り", "letters wrong"},
    };
    pad("", 30, false);
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        pad(label_text(heads[i], lang), 14, true);
    printf("\n");
}

/* What one line shows: accepted = nobody looks; right = as read, whoever looks.
 */
struct line {
    long n, sure, right, wrong; /* wrong: among the sure */
    long letters, letters_wrong;
};

static char met(double value, double goal, bool at_most)
{
    return (at_most ? value <= goal : value >= goal) ? '+' : '-';
}

/* + or - for each goal: accepted, right, silent. */
static void print_line(const char *name, const struct line *l,
                       const struct group_goal *goal)
{
    double sure = share(l->sure, l->n), right = share(l->right, l->n);
    double wrong = share(l->wrong, l->sure);
    pad(name, 30, false);
    printf("%14ld%13.2f%%%13.2f%%%14ld%14ld%13.3f%%%13.3f%%%13.2f%%", l->n,
           sure, right, l->right, l->wrong, wrong,
           100 * bound_upper(l->wrong, l->sure),
           share(l->letters_wrong, l->letters));
    if (goal && goal->right)
        printf("  %c%c%c", met(sure, goal->accepted / 1e3, false),
               met(right, goal->right / 1e3, false),
               met(wrong, goal->silent / 1e3, true));
    printf("\n");
}

static void print_tally(const char *name, const struct tally *t,
                        const struct group_goal *goal)
{
    struct line l = {.n = tally_all(t),
                     .right = t->count[RIGHT] + t->count[FLAGGED],
                     .wrong = t->count[WRONG_SILENT],
                     .letters = t->letters,
                     .letters_wrong = t->letters_wrong};
    l.sure = t->count[RIGHT] + l.wrong;
    if (l.n)
        print_line(name, &l, goal);
}

/* Letter by letter: a number is accepted or not as a whole. */
static void print_letters(const struct tally *t, enum lang lang)
{
    struct line l = {.n = t->letters,
                     .sure = t->sure_letters,
                     .right = t->letters - t->letters_wrong,
                     .wrong = t->sure_letters_wrong,
                     .letters = t->letters,
                     .letters_wrong = t->letters_wrong};
    if (l.n)
        print_line(label_text(digit_goal.name, lang), &l, &digit_goal);
}

static struct tally add_up(const struct table *t, enum row_kind kind,
                           enum group g, const char *part, int threshold)
{
    struct tally sum = {.letters = 0};
    for (int f = 0; f < t->n_files; f++)
        for (size_t i = 0; i < t->rows[f].n; i++) {
            const struct accuracy_row *row = &t->rows[f].items[i];
            if (row->row != kind || group_of(row) != g ||
                strcmp(part_of(t, f, i), part) != 0)
                continue;
            int level = threshold >= 0    ? threshold
                        : kind == ROW_BOX ? t->accept[group_accept_kind(row)]
                                          : 0;
            tally_add(&sum, row, level);
        }
    return sum;
}

static void print_groups(const struct table *t, const char *part)
{
    if (*part)
        printf("— %s\n", part);
    print_head(t->lang);
    for (int g = 0; g < N_GROUPS; g++) {
        struct tally sum = add_up(t, ROW_BOX, (enum group)g, part, -1);
        print_tally(label_text(group_goals[g].name, t->lang), &sum,
                    &group_goals[g]);
        if (g == GROUP_HAND_CELLS || g == GROUP_HAND_NUMBERS)
            print_letters(&sum, t->lang);
        struct tally peer = add_up(t, ROW_PEER, (enum group)g, part, -1);
        print_tally("  tesseract", &peer, NULL);
    }
}

/* Share accepted against error among accepted, threshold by threshold. */
static void print_curves(const struct table *t)
{
    static const int levels[] = {0,   500, 700, 800, 850, 900, 920, 940, 950,
                                 960, 970, 980, 985, 990, 995, 999, 1000};
    for (int g = 0; g < N_GROUPS; g++) {
        struct tally all = add_up(t, ROW_BOX, (enum group)g, "", 0);
        if (!tally_all(&all))
            continue;
        printf("— %s\n", label_text(group_goals[g].name, t->lang));
        print_head(t->lang);
        for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
            char name[16];
            struct tally sum = add_up(t, ROW_BOX, (enum group)g, "", levels[i]);
            snprintf(name, sizeof name, "%d", levels[i]);
            print_tally(name, &sum, NULL);
        }
    }
}

static void print_wrong(const struct table *t)
{
    for (int f = 0; f < t->n_files; f++)
        for (size_t i = 0; i < t->rows[f].n; i++) {
            const struct accuracy_row *r = &t->rows[f].items[i];
            int level = t->accept[group_accept_kind(r)];
            if (r->row == ROW_BOX && row_is_sure(r, level) &&
                outcome_of(r->kind, true, r->value, r->truth) == WRONG_SILENT)
                printf("%s:%d %s %s %d: \"%s\" → \"%s\"\n", r->file, r->page,
                       r->field, r->hand, r->confidence, r->truth, r->value);
        }
}

/* ── pages ── */

struct page_sums {
    long n, right, wrong; /* read as the form they are; as another */
    int64_t cpu_us, tesseract_us, kib;
};

static struct page_sums sum_pages(const struct table *t, const char *part)
{
    struct page_sums s = {.n = 0};
    for (int f = 0; f < t->n_files; f++)
        for (size_t i = 0; i < t->rows[f].n; i++) {
            const struct accuracy_row *r = &t->rows[f].items[i];
            bool hand = strcmp(t->by, "hand") == 0;
            if (r->row != ROW_PAGE ||
                (!hand && strcmp(part_of(t, f, i), part) != 0))
                continue;
            s.n++;
            s.right += strcmp(r->field, r->truth) == 0;
            s.wrong += *r->field && strcmp(r->field, r->truth) != 0;
            s.cpu_us += r->cpu_us;
            s.tesseract_us += r->tesseract_us;
            s.kib = r->kib > s.kib ? r->kib : s.kib;
        }
    return s;
}

static void print_pages(const struct table *t, const char *part)
{
    struct page_sums s = sum_pages(t, part);
    if (!s.n)
        return;
    printf(t->lang == LANG_EN
               ? "pages %ld: form found %.2f %%, wrong form %ld; CPU %.0f ms a "
                 "page, of it Tesseract %.0f ms; memory %ld MiB\n"
               : "ページ %ld: 様式の判別 %.2f %%、別の様式とした %ld; 1 ページ "
                 "CPU %.0f ms (うち Tesseract %.0f ms); 記憶域 %ld MiB\n",
           s.n, share(s.right, s.n), s.wrong,
           (double)s.cpu_us / 1e3 / (double)s.n,
           (double)s.tesseract_us / 1e3 / (double)s.n, (long)(s.kib / 1024));
}

int accuracy_table(int argc, char **argv)
{
    static const struct command none = {.name = "accuracy"};
    const char *parts[MOST_PARTS];
    struct table *t = calloc(1, sizeof *t);
    if (!t)
        return 3;
    t->c = (struct cli){.command = &none, .mem = ARENA_INIT, .diag = DIAG_INIT};
    t->by = "";
    bool ok = take_options(t, argc, argv) && load_policy(t) && load_rows(t);
    diag_print(&t->c.diag, 0, LANG_EN, stderr);
    bool damages = strcmp(t->by, "damage") == 0;
    if (ok && damages && !t->curve && !t->wrong)
        damage_table_print(t->rows, t->n_files, t->accept, t->lang);
    int n = ok && !damages ? list_parts(t, parts) : 0;
    for (int i = 0; i < n && !t->curve && !t->wrong; i++) {
        print_groups(t, parts[i]);
        if (strcmp(t->by, "hand") != 0 || i == 0)
            print_pages(t, parts[i]);
    }
    if (ok && t->curve)
        print_curves(t);
    if (ok && t->wrong)
        print_wrong(t);
    diag_release(&t->c.diag);
    arena_release(&t->c.mem);
    free(t);
    return ok ? 0 : 2;
}
