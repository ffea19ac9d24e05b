/* nyusho form test FORM: the self-test of a form (ocr/trial/trial.h), its
 * sheets read by the same workers that read a case. */
#include "cli/form_test.h"

#include "cli/csv_options.h"
#include "cli/form_verbs.h"
#include "core/file.h"
#include "ocr/clean.h"
#include "ocr/forms/draw.h"
#include "ocr/intake.h"
#include "ocr/locate.h"
#include "ocr/worker.h"

#include <leptonica/allheaders.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COPIES 8
#define FORMS 3000 /* that a city prints */

struct testing {
    struct cli *c;
    struct trial_how how;
    struct trial trial;
    struct page *blanks; /* by page; NULL: none was given */
    const char *folder, *sheets, *kase;
    const char **paths; /* by sheet */
};

/* ── the scan of the empty sheet ────────────────────────────────────────── */

static bool take_blank(struct testing *x, struct locator *l,
                       const struct intake_page *from)
{
    struct cli *c = x->c;
    struct pos at = {from->file, from->number, 0};
    struct page p = PAGE_INIT;
    PIX *scan = intake_decode(from->file, from->number, &c->diag);
    bool ok = scan && page_clean(&p, scan, at, &c->diag) &&
              page_locate(l, &p, at, &c->mem, &c->diag) == PAGE_READ;

    pixDestroy(&scan);
    if (ok && !x->blanks[p.number - 1].grey)
        x->blanks[p.number - 1] = p;
    else
        page_release(&p);
    return ok;
}

static bool take_blanks(struct testing *x, const char *file)
{
    const struct form_template *const forms[] = {x->how.form};
    struct intake in;

    x->blanks =
        ARENA_ARRAY(&x->c->mem, struct page, (size_t)x->how.form->n_pages);
    x->how.blanks = x->blanks;
    if (!intake_list(&in, &file, 1, &x->c->mem, &x->c->diag))
        return false;
    struct locator *l = locator_open(forms, 1);
    bool ok = true;
    for (size_t i = 0; ok && i < in.n; i++)
        ok = take_blank(x, l, &in.pages[i]);
    locator_close(l);
    return ok;
}

static void drop_blanks(struct testing *x)
{
    for (int i = 0; x->blanks && i < x->how.form->n_pages; i++)
        page_release(&x->blanks[i]);
}

/* ── a case to read them by ─────────────────────────────────────────────── */

static const char case_yaml[] = "format: nyusho-case/1\n"
                                "municipality: 見本市\n"
                                "round: form-test\n"
                                "fiscal_year: 2027\n"
                                "entry_date: 2027-04-01\n"
                                "deadline: 2026-11-30\n"
                                "rules: none.yaml\n"
                                "nurseries: nurseries.csv\n"
                                "seats: seats.csv\n"
                                "policy: policy.yaml\n"
                                "forms: [form.yaml]\n";
/* Everything as careful as it is; but nothing is shown as a sample. */
static const char policy_yaml[] = "format: nyusho-policy/1\n"
                                  "sample_permille: 0\n";

static const char seats_csv[] = "施設番号,クラス,受入可能,継続在園,"
                                "転園希望者数,募集人数,転園枠算入,共有クラ"
                                "ス,確認者,版,基準日時\n";

static bool is_facility(const struct form_field *f)
{
    return f->field && (strcmp(f->field->name, "facility") == 0 ||
                        strcmp(f->field->name, "enrolled_facility") == 0);
}

static int by_text(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* A facility for every code that was written. */
static bool write_facilities(struct testing *x)
{
    const struct form_template *t = x->how.form;
    const char **codes = ARENA_ARRAY(&x->c->mem, const char *,
                                     x->trial.n_sheets * t->n_fields + 1);
    size_t n = 0;
    struct csv_writer w;

    codes[n++] = "0";
    for (size_t s = 0; s < x->trial.n_sheets; s++)
        for (size_t i = 0; i < t->n_fields; i++) {
            const char *v = x->trial.sheets[s].values[i];
            if (v && *v && is_facility(&t->fields[i]))
                codes[n++] = v;
        }
    qsort(codes, n, sizeof *codes, by_text);
    csv_begin(&w, (struct csv_style){.encoding = ENCODING_UTF8});
    csv_text(&w, "施設番号");
    csv_text(&w, "施設名");
    csv_text(&w, "種別");
    csv_text(&w, "最低月齢(日)");
    csv_end_row(&w);
    for (size_t i = 0; i < n; i++) {
        if (i && strcmp(codes[i], codes[i - 1]) == 0)
            continue;
        csv_code(&w, codes[i]);
        csv_text(&w, arena_printf(&x->c->mem, "見本保育園%s", codes[i]));
        csv_text(&w, "保育所");
        csv_int(&w, 57);
        csv_end_row(&w);
    }
    bool ok = csv_save(&w, x->kase, "nurseries.csv", &x->c->diag);
    csv_release(&w);
    return ok;
}

static bool write_text(struct testing *x, const char *name, const char *bytes,
                       size_t len)
{
    return file_write_atomic(path_join(&x->c->mem, x->kase, name), bytes, len,
                             &x->c->diag);
}

static bool write_case(struct testing *x, const char *form, size_t len)
{
    return folder_make(x->kase, &x->c->diag) &&
           write_text(x, "form.yaml", form, len) &&
           write_text(x, "nyusho.yaml", case_yaml, strlen(case_yaml)) &&
           write_text(x, "policy.yaml", policy_yaml, strlen(policy_yaml)) &&
           write_text(x, "seats.csv", seats_csv, strlen(seats_csv)) &&
           write_facilities(x);
}

/* ── sheets ─────────────────────────────────────────────────────────────── */

static void progress(const struct testing *x, const char *ja, const char *en,
                     size_t done)
{
    if (x->c->quiet || x->c->json || !isatty(STDERR_FILENO))
        return;
    fprintf(stderr, "\r%s %zu / %zu \033[K", x->c->lang == LANG_EN ? en : ja,
            done, x->trial.n_sheets);
    if (done == x->trial.n_sheets)
        fputs("\r\033[K", stderr);
}

static bool save_png(PIX *pix, const char *path, struct diag *d)
{
    l_uint8 *bytes = NULL;
    size_t len = 0;
    bool ok = pix && pixWriteMemPng(&bytes, &len, pix, 0) == 0;

    ok = ok ? file_write_atomic(path, bytes, len, d)
            : diag_error(d, POS_FILE(path), "form-print",
                         "この枚を描けませんでした", "cannot draw this sheet");
    lept_free(bytes);
    return ok;
}

static bool draw_sheets(struct testing *x)
{
    struct arena *a = &x->c->mem;
    bool ok = folder_make(x->sheets, &x->c->diag);

    x->paths = ARENA_ARRAY(a, const char *, x->trial.n_sheets);
    for (size_t i = 0; ok && i < x->trial.n_sheets; i++) {
        const struct trial_sheet *s = &x->trial.sheets[i];
        x->paths[i] =
            path_join(a, x->sheets,
                      arena_printf(a, "%05zu-%s-p%d-%s.png", i + 1,
                                   trial_levels[s->level].name, s->page,
                                   s->pen ? "pen" : "typed"));
        PIX *pix = trial_draw(&x->how, s);
        ok = save_png(pix, x->paths[i], &x->c->diag);
        pixDestroy(&pix);
        progress(x, "書いています", "writing", i + 1);
    }
    return ok;
}

/* Workers give pages back in any order; the name begins with the number. */
static bool read_sheets(struct testing *x, int workers)
{
    struct reader_options o = READER_OPTIONS;
    enum pool_next next = POOL_RESULT;
    size_t done = 0;

    o.workers = workers;
    o.case_folder = x->kase;
    struct reader_pool *pool = reader_pool_open(&o);
    for (size_t i = 0; i < x->trial.n_sheets; i++)
        reader_pool_submit(pool, x->paths[i], 1);
    while (next == POOL_RESULT) {
        struct arena mem = ARENA_INIT;
        struct page_result p;
        next = reader_pool_next(pool, &p, &mem, &x->c->diag);
        if (next == POOL_RESULT) {
            size_t i = (size_t)strtoul(path_name(p.file), NULL, 10) - 1;
            trial_take(&x->trial, i, &p);
            progress(x, "読んでいます", "reading", ++done);
        }
        arena_release(&mem);
    }
    reader_pool_close(pool);
    return next == POOL_DONE;
}

/* ── the command ────────────────────────────────────────────────────────── */

static bool take_options(struct testing *x, struct csv_style *style,
                         long *workers, long *forms)
{
    static const char *const writers[] = {"auto", "pen", "typed", "both", NULL};
    struct cli *c = x->c;
    long copies, seed;
    int who = cli_choice(c, "--by", writers);

    if (who < 0 || !csv_options_take(c, style) ||
        !cli_number(c, "--copies", 1, 1000, COPIES, &copies) ||
        !cli_number(c, "--seed", 0, 1000000000, 1, &seed) ||
        !cli_number(c, "--workers", 1, 64, 0, workers) ||
        !cli_number(c, "--forms", 1, 10000000, FORMS, forms))
        return false;
    x->how.copies = (int)copies;
    x->how.seed = (uint64_t)seed;
    /* Forms of ours are filled in by hand; what others print may be typed. */
    x->how.writer = who                  ? (enum trial_writer)(who - 1)
                    : x->how.form->marks ? TRIAL_PEN
                                         : TRIAL_BOTH;
    return true;
}

static bool name_folders(struct testing *x)
{
    struct arena *a = &x->c->mem;
    const char *given = cli_option(x->c, "--out");

    x->folder =
        given ? given : arena_printf(a, "form-test-%s", x->how.form->id);
    x->sheets = path_join(a, x->folder, "sheets");
    x->kase = path_join(a, x->folder, "case");
    return folder_make(x->folder, &x->c->diag);
}

static bool test(struct testing *x, const char *form, size_t len, long workers)
{
    const char *scan = cli_option(x->c, "--scan");

    if (!kit_here(&x->how.kit, &x->c->mem, &x->c->diag) || !name_folders(x) ||
        (scan && !take_blanks(x, scan)))
        return false;
    trial_plan(&x->how, &x->trial, &x->c->mem);
    if (!write_case(x, form, len) || !draw_sheets(x) ||
        !read_sheets(x, (int)workers))
        return false;
    trial_advise(&x->how, &x->trial, &x->c->mem);
    return true;
}

int form_test(struct cli *c, const struct form_template *t, const char *form,
              size_t len)
{
    struct testing x = {.c = c, .how = {.form = t}};
    struct csv_style style;
    long workers, forms;

    setMsgSeverity(L_SEVERITY_NONE);
    if (!take_options(&x, &style, &workers, &forms))
        return EXIT_INPUT;
    bool ok = test(&x, form, len, workers) &&
              form_test_write(c, &x.trial, x.folder, style);
    if (ok) {
        form_test_say(c, &x.how, &x.trial, forms);
        form_test_report(c, &x.how, &x.trial);
        cli_say(c,
                "結果: %s/fields.csv、advice.csv、readings.csv、書いた紙 "
                "sheets/\n",
                "results: %s/fields.csv, advice.csv, readings.csv, the sheets "
                "in sheets/\n",
                x.folder);
        cJSON_AddStringToObject(c->report, "folder", x.folder);
    }
    drop_blanks(&x);
    form_draw_end();
    if (!ok)
        return cli_failure(c);
    return x.trial.n_advice ? EXIT_FINDINGS : cli_status(c);
}
