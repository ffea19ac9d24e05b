/*
 * Tick boxes by auto-multiple-choice beside ours, in one run. Its AMC-detect is
 * asked on its standard input, as its own programs do: to load a page, to find
 * the four corner marks, to count the black of every box. It needs neither its
 * TeX nor its database for that, and is told which sheet it looks at.
 *
 *     bench_amc /usr/libexec/AMC/exec/AMC-detect CITY
 *
 * CITY is what nyusho-fixtures generate made. Pages without corner marks are
 * left out: AMC has no other way to find its boxes.
 */
#include "bench/accuracy_plain.h"
#include "cli/case_forms.h"
#include "core/file.h"
#include "fixtures/truth_read.h"
#include "ocr/intake.h"
#include "ocr/read_page.h"

#include <leptonica/allheaders.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_SAID ((size_t)1 << 22)
/* AMC's own settings: how much larger or smaller a mark may be, how much of a
 * box is looked at, and from which mean error (px) it shows a page as doubtful.
 */
#define AMC_TOLERANCE "0.2"
#define AMC_SHARE 0.8
#define AMC_ERROR_MOST 3.0

/* Shares of black from which a box is ticked. AMC's manual has 0.15 for crosses
 * and 0.5 for filled boxes; the clerk chooses one for all. */
static const double limits[] = {0.05, 0.1, 0.15, 0.25, 0.5};
enum { N_LIMITS = sizeof limits / sizeof limits[0], BOXES_MOST = 512 };

struct score {
    long right, wrong, asked; /* fields; asked: for a person */
};

struct run {
    struct cli c;
    const char *detect, *folder, *temporary;
    struct case_forms forms;
    struct policy policy;
    struct page_reader reader;
    struct truth_book book;
    struct arena page;
    long pages, ours_refused, amc_refused;
    struct score ours, amc[N_LIMITS];
};

/* What AMC says of a page: the black of each box, in the order asked. */
struct black {
    double share[BOXES_MOST];
    size_t n;
    double error; /* of the marks, px */
    bool refused;
};

static bool is_ticks(const struct form_field *f)
{
    return f->kind == FIELD_TICK || f->kind == FIELD_CHOICE ||
           f->kind == FIELD_SET;
}

/* ── AMC ────────────────────────────────────────────────────────────────── */

static bool write_questions(const char *path, const char *image,
                            const struct form_template *t, int number)
{
    FILE *f = fopen(path, "w");
    double near = t->mark_inset + t->mark_size / 2.0;
    double right = t->width - near, bottom = t->height - near;

    if (!f)
        return false;
    fprintf(f, "load %s\noptim3 %f,%f %f,%f %f,%f %f,%f\n", image, near, near,
            right, near, right, bottom, near, bottom);
    for (size_t i = 0; i < t->n_fields; i++) {
        const struct form_field *field = &t->fields[i];

        for (size_t k = 0;
             is_ticks(field) && field->page == number && k < field->n_options;
             k++) {
            struct rect_tmm b = field->options[k].box;

            fprintf(f, "mesure0 %f square %d %d %d %d\n", AMC_SHARE, b.left,
                    b.left + b.width, b.top, b.top + b.height);
        }
    }
    return fclose(f) == 0;
}

static void start_amc(struct run *run, const struct form_template *t,
                      const char *questions, const char *said)
{
    const char *width = arena_printf(&run->page, "%d", t->width);
    const char *height = arena_printf(&run->page, "%d", t->height);
    const char *mark = arena_printf(&run->page, "%d", t->mark_size);

    if (!freopen(questions, "r", stdin) || !freopen(said, "w", stdout) ||
        !freopen("/dev/null", "w", stderr))
        _exit(126);
    execl(run->detect, run->detect, "-x", width, "-y", height, "-d", mark, "-p",
          AMC_TOLERANCE, "-m", AMC_TOLERANCE, "-c", "3", "-t", "0.6",
          (char *)NULL);
    _exit(127);
}

static void take_line(struct black *out, const char *line)
{
    int black, all;

    if (*line == '!')
        out->refused = true;
    else if (sscanf(line, "QUALITY=%lf", &out->error) == 1)
        out->refused |= out->error > AMC_ERROR_MOST;
    else if (sscanf(line, "PIX %d %d", &black, &all) == 2 &&
             out->n < BOXES_MOST)
        out->share[out->n++] = all > 0 ? (double)black / all : 0;
}

static void ask_amc(struct run *run, PIX *scan, const struct form_template *t,
                    int number, struct black *out)
{
    const char *image = path_join(&run->page, run->temporary, "page.png");
    const char *questions = path_join(&run->page, run->temporary, "asked.txt");
    const char *said = path_join(&run->page, run->temporary, "said.txt");
    const char *line = NULL;
    size_t len = 0;
    int status;

    *out = (struct black){.n = 0};
    if (pixWrite(image, scan, IFF_PNG) == 0 &&
        write_questions(questions, image, t, number)) {
        fflush(stdout);
        pid_t pid = fork();
        if (pid == 0)
            start_amc(run, t, questions, said);
        waitpid(pid, &status, 0);
        line = file_read(said, MAX_SAID, &run->page, &len, NULL);
    }
    for (; line && *line; line += strcspn(line, "\n"), line += *line == '\n')
        take_line(out, line);
    unlink(image);
    unlink(questions);
    unlink(said);
}

/* ── one page ───────────────────────────────────────────────────────────── */

static const struct truth_box *truth_of(const struct truth_box *boxes, size_t n,
                                        const char *field)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(boxes[i].field, field) == 0)
            return &boxes[i];
    return NULL;
}

static const struct reading *reading_of(const struct page_result *p,
                                        const char *field)
{
    for (size_t i = 0; i < p->n_readings; i++)
        if (strcmp(p->readings[i].field, field) == 0)
            return &p->readings[i];
    return NULL;
}

/* The options that are black enough, joined by '|'. */
static const char *amc_value(const struct form_field *f, const double *share,
                             double limit, struct arena *a)
{
    const char *value = "";

    for (size_t k = 0; k < f->n_options; k++)
        if (share[k] >= limit)
            value = arena_printf(a, "%s%s%s", value, *value ? "|" : "",
                                 f->options[k].value);
    return value;
}

static void score_amc(struct run *run, const struct form_field *f,
                      const struct truth_box *box, const struct black *b,
                      size_t first)
{
    for (int i = 0; i < N_LIMITS; i++) {
        struct score *s = &run->amc[i];
        const char *value =
            b->refused || first + f->n_options > b->n
                ? NULL
                : amc_value(f, b->share + first, limits[i], &run->page);
        /* Two of a one-of-many is an error to AMC, too. */
        if (!value || (f->kind != FIELD_SET && strchr(value, '|')))
            s->asked++;
        else if (strcmp(value, box->value) == 0)
            s->right++;
        else
            s->wrong++;
    }
}

static void score_ours(struct run *run, const struct page_result *p,
                       const struct truth_box *box)
{
    const struct reading *r = reading_of(p, box->field);

    if (!r || r->state == READING_DOUBT || r->state == READING_UNREADABLE)
        run->ours.asked++;
    else if (strcmp(r->value, box->value) == 0)
        run->ours.right++;
    else
        run->ours.wrong++;
}

static void score_page(struct run *run, const struct form_template *t,
                       int number, const struct truth_box *boxes, size_t n,
                       const struct page_result *p, const struct black *b)
{
    size_t first = 0;

    for (size_t i = 0; i < t->n_fields; i++) {
        const struct form_field *f = &t->fields[i];
        const struct truth_box *box;

        if (!is_ticks(f) || f->page != number)
            continue;
        box = truth_of(boxes, n, f->id);
        if (box) {
            score_ours(run, p, box);
            score_amc(run, f, box, b, first);
        }
        first += f->n_options;
    }
    run->pages++;
    run->ours_refused += p->state != PAGE_READ;
    run->amc_refused += b->refused;
}

/* The form of "application 2", when it has corner marks. */
static const struct form_template *form_of(const struct run *run,
                                           const char *said, int *number)
{
    const char *space = strrchr(said, ' ');

    for (size_t i = 0; space && i < run->forms.n; i++) {
        const struct form_template *t = run->forms.forms[i];

        if (t->marks && strlen(t->id) == (size_t)(space - said) &&
            memcmp(t->id, said, strlen(t->id)) == 0) {
            *number = atoi(space + 1);
            return t;
        }
    }
    return NULL;
}

static void read_one(struct run *run, const struct truth_box *boxes, size_t n)
{
    int number = 0;
    const struct form_template *t = form_of(run, boxes[0].form, &number);
    const char *scans = path_join(&run->page, run->folder, "scans");
    const char *path = path_join(&run->page, scans, boxes[0].file);
    PIX *scan = t ? intake_decode(path, boxes[0].page, &run->c.diag) : NULL;
    struct page_result p;
    struct black *black = ARENA_NEW(&run->page, struct black);

    if (scan) {
        page_read(&run->reader, path, boxes[0].page, &p, &run->page);
        ask_amc(run, scan, t, number, black);
        score_page(run, t, number, boxes, n, &p, black);
    }
    pixDestroy(&scan);
    arena_clear(&run->page);
}

static void read_all(struct run *run)
{
    const struct truth_box *b = run->book.boxes;

    for (size_t i = 0, end; i < run->book.n_boxes; i = end) {
        for (end = i + 1; end < run->book.n_boxes && b[i].page == b[end].page &&
                          strcmp(b[i].file, b[end].file) == 0;)
            end++;
        read_one(run, &b[i], end - i);
    }
}

/* ── the program ────────────────────────────────────────────────────────── */

static void print_score(const char *who, const struct score *s, long refused)
{
    printf("%-24s %6ld %6ld %6ld %6ld\n", who, s->right, s->asked, s->wrong,
           refused);
}

static void print_all(const struct run *run)
{
    char who[32];

    printf("%ld pages with corner marks, %ld fields of tick boxes\n",
           run->pages, run->ours.right + run->ours.asked + run->ours.wrong);
    printf("%-24s %6s %6s %6s %6s\n", "", "right", "asked", "wrong",
           "pages refused");
    print_score("nyusho", &run->ours, run->ours_refused);
    for (int i = 0; i < N_LIMITS; i++) {
        snprintf(who, sizeof who, "AMC, black from %.2f", limits[i]);
        print_score(who, &run->amc[i], run->amc_refused);
    }
}

static bool open_run(struct run *run, struct arena *mem)
{
    struct reader_case rc = {NULL, 0, &run->forms.read, page_read_fields};

    if (!case_forms_load(&run->c, path_join(mem, run->folder, "case"),
                         &run->forms) ||
        !truth_read(&run->book, path_join(mem, run->folder, "truth"),
                    &run->c.diag))
        return false;
    run->policy = open_policy(run->forms.read.dict);
    run->forms.read.policy = &run->policy;
    rc.forms = run->forms.forms;
    rc.n_forms = run->forms.n;
    return page_reader_open(&run->reader, &rc, NULL, &run->c.diag);
}

int main(int argc, char **argv)
{
    static char temporary[] = "/tmp/bench_amc.XXXXXX";
    static const struct command none = {.name = "bench_amc"};
    struct arena mem = ARENA_INIT;
    struct run run = {
        .c = {.command = &none, .mem = ARENA_INIT, .diag = DIAG_INIT},
        .page = ARENA_INIT};

    if (argc != 3) {
        fprintf(stderr, "bench_amc AMC-DETECT CITY\n");
        return 2;
    }
    run.detect = argv[1];
    run.folder = argv[2];
    run.temporary = mkdtemp(temporary);
    bool ok = run.temporary && open_run(&run, &mem);
    if (ok) {
        read_all(&run);
        print_all(&run);
        rmdir(run.temporary);
    }
    diag_print(&run.c.diag, 0, LANG_EN, stderr);
    page_reader_close(&run.reader);
    truth_book_release(&run.book);
    diag_release(&run.c.diag);
    arena_release(&run.page);
    arena_release(&run.c.mem);
    arena_release(&mem);
    return ok ? 0 : 2;
}
