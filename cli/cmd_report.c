/* nyusho report CASE KIND [RUN]: tables and pictures of a finished run. To add
 * a kind: its function and a row in kinds[]. */
#include "cli/commands.h"
#include "cli/csv_options.h"
#include "cli/out_folder.h"
#include "cli/run_cli.h"
#include "report/seats_what_if.h"

#include <string.h>

const struct option_spec report_options[] = {
    {"--most",
     "N",
     {"画面に出す行の数 (既定 20。ファイルには全部)",
      "rows on the terminal (default 20; the files have all)"}},
    CSV_OPTION_ROWS,
    {NULL, NULL, {NULL, NULL}},
};

#define MOST_SHOWN 20
#define ROWS_MAX 100000

struct reporting {
    struct cli *c;
    const char *run_folder, *run_id;
    struct output_style style;
    long most;
};

/* ---- seats ---- */

static struct sheet seats_page(const struct seats_report *r, size_t most,
                               enum lang lang, struct arena *a)
{
    struct sheet page =
        sheet_make(lang == LANG_EN ? "One more seat: what would change"
                                   : "枠を一つ増やすと何が変わるか",
                   a);
    seats_sheet(r, most, lang, &page);
    return page;
}

static bool seats_write(const struct reporting *x, const struct seats_report *r,
                        const char *path)
{
    static const struct {
        const char *name;
        void (*write)(const struct seats_report *, struct csv_writer *,
                      enum lang);
    } files[] = {
        {"seats_what_if.csv", write_seats_what_if},
        {"seats_moves.csv", write_seats_moves},
        {"seats_empty.csv", write_seats_empty},
    };
    struct cli *c = x->c;
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof files / sizeof files[0]; i++) {
        struct csv_writer w;
        csv_begin(&w, x->style.csv);
        files[i].write(r, &w, c->lang);
        ok = out_save_csv(c, &w, path, files[i].name);
    }
    if (!ok)
        return false;
    struct buf html = BUF_INIT;
    struct sheet page = seats_page(r, ROWS_MAX, c->lang, &c->mem);
    sheet_html(&page, c->lang, &html);
    return out_save_text(c, &html, path, "seats.html");
}

static cJSON *seats_json(const struct reporting *x,
                         const struct seats_report *r)
{
    cJSON *o = cJSON_CreateObject();
    int64_t left = 0;
    size_t waiting = 0, helps = 0;
    for (int k = 0; k < N_CLASSES; k++) {
        left += r->by_class[k].left;
        waiting += r->by_class[k].waiting;
        helps += r->by_class[k].helps;
    }
    cJSON_AddStringToObject(o, "format", "nyusho-report/1");
    cJSON_AddStringToObject(o, "report", "seats");
    cJSON_AddStringToObject(o, "program", NYUSHO_VERSION);
    cJSON_AddStringToObject(o, "run", x->run_id);
    cJSON_AddNumberToObject(o, "classes tried", (double)r->run->n_contests);
    cJSON_AddNumberToObject(o, "where one more seat places a child",
                            (double)helps);
    cJSON_AddNumberToObject(o, "where something changes", (double)r->n_best);
    cJSON_AddNumberToObject(o, "children waiting", (double)waiting);
    cJSON_AddNumberToObject(o, "seats left", (double)left);
    return o;
}

static void seats_best_json(struct cli *c, const struct seats_report *r,
                            size_t most)
{
    cJSON *list = cJSON_AddArrayToObject(c->report, "best");
    for (size_t i = 0; i < r->n_best && i < most; i++) {
        const struct seat_answer *s = r->best[i];
        cJSON *o = cJSON_CreateObject();
        cJSON_AddStringToObject(o, "facility", s->contest->facility->code);
        cJSON_AddNumberToObject(o, "class", s->contest->class_age);
        cJSON_AddNumberToObject(o, "waiting", (double)s->waiting);
        cJSON_AddNumberToObject(o, "more placed", s->placed);
        cJSON_AddNumberToObject(o, "better off", (double)s->better);
        cJSON_AddNumberToObject(o, "worse off", (double)s->worse);
        cJSON_AddStringToObject(o, "chain",
                                seat_answer_text(s, c->lang, &c->mem));
        cJSON_AddItemToArray(list, o);
    }
}

static void seats_say(const struct reporting *x, const struct seats_report *r,
                      const char *path)
{
    struct cli *c = x->c;
    struct buf text = BUF_INIT;
    struct sheet page = seats_page(r, (size_t)x->most, c->lang, &c->mem);
    sheet_text(&page, &text);
    cli_say(c, "%s", "%s", text.bytes);
    cli_say(c, "結果: %s/ (図は seats.html)\n",
            "results: %s/ (the picture is seats.html)\n", path);
    buf_release(&text);
    if (!c->json)
        return;
    cJSON_Delete(c->report);
    c->report = seats_json(x, r);
    cJSON_AddStringToObject(c->report, "folder", path);
    seats_best_json(c, r, (size_t)x->most);
}

static bool report_seats(const struct reporting *x, const struct run *run)
{
    struct cli *c = x->c;
    struct seats_report r;
    const char *words[3 + OUT_STYLE_WORDS] = {"nyusho-report-seats/1",
                                              NYUSHO_VERSION, x->run_id};
    out_style_words(&x->style, words + 3);
    const char *id = out_id(c, words, sizeof words / sizeof words[0]);
    if (!seats_what_if(&run->result, &r, &c->mem, &c->diag))
        return false;
    const char *path = out_folder_make(c, c->args[0], "seats", id);
    if (!path || !seats_write(x, &r, path) ||
        !out_save_json(c, seats_json(x, &r), path, "report.json"))
        return false;
    seats_say(x, &r, path);
    return true;
}

/* ---- all kinds ---- */

static const struct {
    const char *name;
    bool (*report)(const struct reporting *x, const struct run *run);
} kinds[] = {
    {"seats", report_seats},
};
#define N_KINDS (sizeof kinds / sizeof kinds[0])

static size_t kind_find(struct cli *c, const char *name)
{
    for (size_t i = 0; i < N_KINDS; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return i;
    diag_error(&c->diag, POS_FILE(name), "bad-option",
               "そのような報告はありません (seats)",
               "there is no such report (seats)");
    return N_KINDS;
}

int report_run(struct cli *c)
{
    struct reporting x = {.c = c};
    struct run_options o;
    struct run run = RUN_INIT;
    size_t kind = kind_find(c, c->args[1]);
    bool ok = kind < N_KINDS && run_options_take(c, &o) &&
              cli_number(c, "--most", 0, ROWS_MAX, MOST_SHOWN, &x.most);
    if (ok)
        x.run_folder =
            run_folder_find(c, c->args[0], c->n_args > 2 ? c->args[2] : NULL);
    ok = ok && x.run_folder && run_remake(c, x.run_folder, &run);
    if (ok) {
        x.run_id = run_folder_id(c, x.run_folder);
        x.style = o.style;
        ok = kinds[kind].report(&x, &run);
    }
    run_release(&run);
    return ok ? cli_status(c) : cli_failure(c);
}
