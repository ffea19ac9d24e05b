/* Reading a folder of pages, and keeping what came of every box. */
#include "bench/accuracy.h"
#include "bench/accuracy_plain.h"
#include "bench/accuracy_rows.h"
#include "bench/peer.h"
#include "cli/case_forms.h"
#include "core/file.h"
#include "fixtures/truth_read.h"
#include "ocr/intake.h"
#include "ocr/read_page.h"

#include <leptonica/allheaders.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

struct measure {
    struct cli c;
    const char *folder, *temporary;
    struct case_forms forms;
    struct policy policy;
    struct page_reader reader;
    struct truth_book book;
    bool sheets; /* truth/pages.csv is there */
    struct row_file out;
    struct arena page; /* of the page being read */
    long peer_pages;   /* still to be read by the peer */
    bool tell;
};

static int64_t cpu_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static const struct reading *find(const struct page_result *p,
                                  const char *field)
{
    for (size_t i = 0; i < p->n_readings; i++)
        if (strcmp(p->readings[i].field, field) == 0)
            return &p->readings[i];
    return NULL;
}

static const char *type_of(struct measure *m, const struct page_result *p,
                           const char *field)
{
    const struct form_template *t =
        p->form ? case_form_find(&m->forms, p->form, p->version) : NULL;
    const struct form_field *f = t ? form_field_find(t, field) : NULL;
    if (!f)
        return "";
    return f->n_parts && f->parts[0].n_cells
               ? arena_printf(&m->page, "%s cells",
                              form_field_kind_name(f->kind))
               : form_field_kind_name(f->kind);
}

static struct accuracy_row row_of(struct measure *m,
                                  const struct page_result *p,
                                  const struct truth_box *box)
{
    const struct reading *r = find(p, box->field);
    struct accuracy_row row = {.row = ROW_BOX,
                               .file = box->file,
                               .page = box->page,
                               .field = box->field,
                               .type = type_of(m, p, box->field),
                               .kind = box->kind,
                               .hand = box->hand,
                               .truth = box->value,
                               .state = READING_UNREADABLE,
                               .reason = "page-not-read"};
    if (!r)
        return row;
    row.state = r->state;
    row.value = r->value;
    row.runner_up = r->runner_up;
    row.reason = r->reason;
    row.confidence = r->confidence;
    return row;
}

/* The tesseract program on this box, given the language that suits it. */
static void put_peer(struct measure *m, struct Pix *scan,
                     const struct page_result *p, const struct truth_box *box)
{
    struct peer peer = {m->temporary, "jpn", "7"};
    const struct reading *r = find(p, box->field);
    struct accuracy_row row = row_of(m, p, box);
    if (!r || !*box->value || box->kind == FILL_TICK || box->kind == FILL_RING)
        return;
    BOX *at = boxCreate(r->box.left, r->box.top, r->box.width, r->box.height);
    PIX *crop = pixClipRectangle(scan, at, NULL);
    if (crop && p->rotation) {
        PIX *upright = pixRotateOrth(crop, p->rotation / 90);
        pixDestroy(&crop);
        crop = upright;
    }
    if (box->kind == FILL_DIGITS)
        peer.language = "eng";
    if (crop) {
        row.row = ROW_PEER;
        row.state = READING_ACCEPTED;
        row.reason = "";
        row.cpu_us =
            (int64_t)(peer_read(&peer, crop, &row.value, &m->page).cpu * 1e6);
        row_put(&m->out, &row);
    }
    pixDestroy(&crop);
    boxDestroy(&at);
}

static void put_page(struct measure *m, const struct page_result *p,
                     const struct truth_box *boxes)
{
    struct rusage use;
    const struct truth_sheet *sheet =
        m->sheets ? truth_sheet(&m->book, boxes[0].file, boxes[0].page) : NULL;
    struct accuracy_row row = {.row = ROW_PAGE,
                               .file = boxes[0].file,
                               .page = boxes[0].page,
                               .type = sheet ? sheet->damage : "",
                               .truth = boxes[0].form,
                               .state = (enum reading_state)p->state,
                               .reason = p->reason,
                               .confidence = p->residual,
                               .cpu_us = p->cpu_us,
                               .tesseract_us = p->tesseract_us};
    if (p->form && *p->form)
        row.field = arena_printf(&m->page, "%s %d", p->form, p->page);
    getrusage(RUSAGE_SELF, &use);
    row.kib = use.ru_maxrss;
    row_put(&m->out, &row);
}

/* By places that the truth names, without a form. */
static void read_plain(struct measure *m, const char *path,
                       const struct truth_box *boxes, size_t n,
                       struct page_result *p, struct arena *a)
{
    int64_t from = cpu_us(), tesseract = m->reader.engines.tesseract_us;
    struct Pix *scan = intake_decode(path, boxes[0].page, &m->c.diag);
    *p = (struct page_result){.state = PAGE_QUARANTINED, .reason = ""};
    if (scan &&
        plain_read(&m->reader.engines, scan, boxes, n, p, a, &m->c.diag))
        p->state = PAGE_READ;
    pixDestroy(&scan);
    p->cpu_us = cpu_us() - from;
    p->tesseract_us = m->reader.engines.tesseract_us - tesseract;
}

static bool read_one(struct measure *m, const struct truth_box *boxes, size_t n)
{
    struct arena *a = &m->page;
    struct page_result p;
    const char *path =
        path_join(a, path_join(a, m->folder, "scans"), boxes[0].file);
    if (boxes[0].width)
        read_plain(m, path, boxes, n, &p, a);
    else
        page_read(&m->reader, path, boxes[0].page, &p, a);
    struct Pix *scan = m->peer_pages > 0 && p.state == PAGE_READ
                           ? intake_decode(path, boxes[0].page, NULL)
                           : NULL;
    for (size_t i = 0; i < n; i++) {
        struct accuracy_row row = row_of(m, &p, &boxes[i]);
        row_put(&m->out, &row);
        if (scan)
            put_peer(m, scan, &p, &boxes[i]);
    }
    m->peer_pages -= scan != NULL;
    put_page(m, &p, boxes);
    pixDestroy(&scan);
    arena_clear(a);
    return row_file_flush(&m->out);
}

static bool same_page(const struct truth_box *a, const struct truth_box *b)
{
    return a->page == b->page && strcmp(a->file, b->file) == 0;
}

static bool read_all(struct measure *m, const struct accuracy_rows *done)
{
    const struct truth_box *boxes = m->book.boxes;
    for (size_t i = 0, end; i < m->book.n_boxes; i = end) {
        for (end = i + 1;
             end < m->book.n_boxes && same_page(&boxes[i], &boxes[end]);)
            end++;
        if (rows_have(done, boxes[i].file, boxes[i].page))
            continue;
        if (!read_one(m, &boxes[i], end - i))
            return false;
        if (m->tell)
            fprintf(stderr, "\r%zu / %zu", end, m->book.n_boxes);
    }
    return true;
}

static bool load_truth(struct measure *m, struct arena *mem)
{
    const char *folder = path_join(mem, m->folder, "truth");
    m->sheets = file_exists(path_join(mem, folder, "pages.csv"));
    return m->sheets ? truth_read(&m->book, folder, &m->c.diag)
                     : truth_boxes_read(&m->book, folder, &m->c.diag);
}

/* The case's forms where there is one; the policy is opened wide. */
static bool open_reader(struct measure *m, struct arena *mem)
{
    const char *folder = path_join(mem, m->folder, "case");
    struct reader_case rc = {NULL, 0, &m->forms.read, page_read_fields};
    if (folder_exists(folder)) {
        if (!case_forms_load(&m->c, folder, &m->forms))
            return false;
        m->policy = open_policy(m->forms.read.dict);
        m->forms.read.policy = &m->policy;
        rc.forms = m->forms.forms;
        rc.n_forms = m->forms.n;
    }
    return page_reader_open(&m->reader, &rc, NULL, &m->c.diag);
}

int accuracy_pages(int argc, char **argv)
{
    static char temporary[] = "/tmp/accuracy.XXXXXX";
    static const struct command none = {.name = "accuracy"};
    struct arena mem = ARENA_INIT;
    struct accuracy_rows done;
    struct measure m = {
        .c = {.command = &none, .mem = ARENA_INIT, .diag = DIAG_INIT},
        .page = ARENA_INIT,
        .tell = isatty(STDERR_FILENO)};
    if (argc < 2)
        return 2;
    m.folder = argv[0];
    m.peer_pages = argc > 2 ? strtol(argv[2], NULL, 10) : 0;
    m.temporary = mkdtemp(temporary);
    bool ok = m.temporary && load_truth(&m, &mem) && open_reader(&m, &mem) &&
              rows_load(&done, argv[1], &mem, &m.c.diag) &&
              row_file_open(&m.out, argv[1], done.whole, &m.c.diag) &&
              read_all(&m, &done);
    diag_print(&m.c.diag, 0, LANG_EN, stderr);
    row_file_close(&m.out);
    page_reader_close(&m.reader);
    truth_book_release(&m.book);
    if (m.temporary)
        rmdir(m.temporary);
    diag_release(&m.c.diag);
    arena_release(&m.page);
    arena_release(&m.c.mem);
    arena_release(&mem);
    return ok ? 0 : 2;
}
