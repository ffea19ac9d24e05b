#include "assemble_help.h"

#include "core/text.h"
#include "records/doubts.h"

#include <unistd.h>

static const struct case_stamp stamp = {"sato", "2026-12-01T09:00:00Z"};

static void make_case(struct desk *k)
{
    strcpy(k->folder, "/tmp/nyusho-desk-XXXXXX");
    assert_non_null(mkdtemp(k->folder));
    k->db = case_open(k->folder, CASE_CREATE, stamp, &k->d);
    assert_non_null(k->db);
}

static void drop_case(struct desk *k)
{
    size_t n;
    case_close(k->db);
    char **names = folder_list(k->folder, &k->mem, &n, NULL);
    for (size_t i = 0; i < n; i++)
        unlink(path_join(&k->mem, k->folder, names[i]));
    rmdir(k->folder);
}

int desk_open(void **state)
{
    struct desk *k = calloc(1, sizeof *k);
    k->d = DIAG_INIT;
    k->mem = ARENA_INIT;
    k->deadline = INT32_MAX;
    help_dictionary(&k->dict, &k->mem);
    policy_default(&k->policy, &k->dict, &k->mem);
    make_case(k);
    *state = k;
    return 0;
}

int desk_close(void **state)
{
    struct desk *k = *state;
    drop_case(k);
    arena_release(&k->mem);
    diag_release(&k->d);
    free(k);
    return 0;
}

void desk_clear(struct desk *k)
{
    drop_case(k);
    make_case(k);
}

/* ── pages ──────────────────────────────────────────────────────────────── */

static const struct {
    const char *name, *document;
    enum case_page_state state;
} forms[] = {
    {"cover", "受付票", CASE_PAGE_READ},
    {"application", "利用申込書", CASE_PAGE_READ},
    {"certificate", "就労証明書", CASE_PAGE_READ},
    {"unknown", "", CASE_PAGE_UNKNOWN_FORM},
    {"blank", "", CASE_PAGE_BLANK},
    {"quarantined", "", CASE_PAGE_QUARANTINED},
};

#define MAX_ROWS 40
struct sheet {
    struct case_page page;
    struct case_reading rows[MAX_ROWS];
    size_t n;
};

static void set_form(struct case_page *p, const char *name)
{
    static const char *const reasons[N_CASE_PAGE_STATES] = {
        "", "form-not-found", "blank-page", "not-an-image"};
    size_t i = 0;
    while (i < COUNT(forms) && strcmp(forms[i].name, name) != 0)
        i++;
    if (i == COUNT(forms))
        fail_msg("no form %s", name);
    p->state = forms[i].state;
    p->reason = reasons[p->state];
    p->form = p->state == CASE_PAGE_READ ? forms[i].name : "";
    p->document = forms[i].document;
    p->form_page = p->form_pages = *p->form ? 1 : 0;
}

static void set_option(struct case_page *p, const char *name, char *value)
{
    if (strcmp(name, "qr") == 0) {
        char *child = strchr(value, '/');
        if (child)
            *child++ = '\0';
        p->qr.household = value;
        p->qr.child = child ? child : "";
    } else if (strcmp(name, "qrpages") == 0) {
        p->qr.pages = atoi(value);
    } else if (strcmp(name, "qrreceived") == 0) {
        p->qr.received = value;
    } else if (strcmp(name, "reader") == 0) {
        p->reader = value;
    } else {
        fail_msg("no option %s", name);
    }
}

/* "s1 a.tif:2 application 1/2 qr=000001" */
static void page_line(struct sheet *s, char *line)
{
    struct case_page *p = &s->page;
    char *rest = NULL, *word = strtok_r(line, " ", &rest);
    *s = (struct sheet){
        .page = {.message = {"", ""}, .version = "2027", .reader = "r1"}};
    p->qr.form = p->qr.version = p->qr.household = p->qr.child =
        p->qr.received = "";
    p->sha256 = word;
    p->file = strtok_r(NULL, ":", &rest);
    p->file_sha256 = p->file;
    p->number = atoi(strtok_r(NULL, " ", &rest));
    set_form(p, strtok_r(NULL, " ", &rest));
    while ((word = strtok_r(NULL, " ", &rest))) {
        char *equals = strchr(word, '=');
        if (equals) {
            *equals = '\0';
            set_option(p, word, equals + 1);
        } else if (sscanf(word, "%d/%d", &p->form_page, &p->form_pages) != 2) {
            fail_msg("what is %s?", word);
        }
    }
}

static enum case_kind kind_of(const struct desk *k, const char *bind)
{
    char path[80];
    const char *open = strchr(bind, '['), *close = strchr(bind, ']');
    snprintf(path, sizeof path, "%.*s%s", open ? (int)(open - bind) : 79, bind,
             close ? close + 1 : "");
    const struct field *f = dictionary_find(&k->dict, path);
    if (!f && *bind != '@')
        fail_msg("no field %s", path);
    return !f                        ? CASE_KIND_TEXT
           : f->type == TYPE_BOOLEAN ? CASE_KIND_TICK
           : f->type == TYPE_SET     ? CASE_KIND_SET
           : f->type == TYPE_ENUM    ? CASE_KIND_CHOICE
                                     : CASE_KIND_TEXT;
}

/* "  child.birth ? 2025-06-01" */
static void reading_line(const struct desk *k, struct sheet *s, char *line)
{
    char *rest = NULL;
    char *bind = strtok_r(line, " ", &rest);
    char *mark = strtok_r(NULL, " ", &rest);
    const char *value = rest ? rest : "";
    bool required = *mark == '-' && strcmp(value, "required") == 0;
    bool read = *mark == '=' || *mark == '?';
    assert_true(s->n < MAX_ROWS && strchr("=?-!", *mark));
    s->rows[s->n++] =
        (struct case_reading){.field = bind,
                              .bind = bind,
                              .caption = "",
                              .kind = kind_of(k, bind),
                              .required = required,
                              .state = *mark == '='   ? CASE_READING_ACCEPTED
                                       : *mark == '?' ? CASE_READING_DOUBT
                                       : *mark == '-' ? CASE_READING_BLANK
                                                      : CASE_READING_UNREADABLE,
                              .value = read ? value : "",
                              .raw = read ? value : "",
                              .runner_up = "",
                              .reason = *mark == '?'   ? "low-confidence"
                                        : *mark == '!' ? "ink"
                                                       : "",
                              .confidence = *mark == '=' ? 990 : 500,
                              .left = 1,
                              .top = (int32_t)s->n,
                              .width = 3,
                              .height = 4};
}

static size_t read_sheets(const struct desk *k, char *text, struct sheet *out,
                          size_t max)
{
    size_t n = 0;
    char *rest = NULL;
    for (char *line = strtok_r(text, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest)) {
        line += strspn(line, " ");
        if (strncmp(line, "page ", 5) == 0) {
            assert_true(n < max);
            page_line(&out[n++], line + 5);
        } else {
            reading_line(k, &out[n - 1], line);
        }
    }
    return n;
}

/* Fisher and Yates, by a generator of no ambition. */
static void shuffle(size_t *order, size_t n, unsigned seed)
{
    for (size_t i = n; seed && i > 1; i--) {
        seed = seed * 1103515245u + 12345u;
        size_t j = (seed >> 16) % i, kept = order[i - 1];
        order[i - 1] = order[j];
        order[j] = kept;
    }
}

void desk_put(struct desk *k, const char *text, unsigned seed)
{
    enum { MAX_SHEETS = 40 };
    struct arena a = ARENA_INIT;
    struct sheet *sheets = ARENA_ARRAY(&a, struct sheet, MAX_SHEETS);
    size_t order[MAX_SHEETS];
    size_t n = read_sheets(k, arena_strdup(&a, text), sheets, MAX_SHEETS);
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    shuffle(order, n, seed);
    for (size_t i = 0; i < n; i++) {
        struct sheet *s = &sheets[order[i]];
        assert_true(case_put_page(k->db, &s->page, s->rows, s->n, NULL, &k->d));
    }
    arena_release(&a);
}

void desk_assemble(struct desk *k)
{
    const struct assemble_options options = {.deadline = k->deadline,
                                             .policy = &k->policy,
                                             .registry = &k->registry,
                                             .postal = &k->postal,
                                             .facilities = &k->facilities};
    diag_release(&k->d);
    k->d = DIAG_INIT;
    if (!assemble(k->db, &k->dict, &options, &k->sum, &k->d)) {
        help_print(&k->d);
        fail_msg("not assembled");
    }
}

void desk_scan(struct desk *k, const char *text)
{
    desk_put(k, text, 0);
    desk_assemble(k);
}

/* ── what came of it ────────────────────────────────────────────────────── */

static const char *state_text(const struct case_value *v)
{
    static const char *const marks[] = {[VALUE_UNKNOWN] = "?",
                                        [VALUE_NOT_APPLICABLE] = "-",
                                        [VALUE_UNREADABLE] = "!"};
    return v->state == VALUE_KNOWN ? v->text : marks[v->state];
}

/* What counts: the list is sorted by place, then by authority. */
static const char *key_text(struct desk *k, const struct case_value *v)
{
    const struct field *f = help_field(&k->dict, v->path);
    const struct scope_info *s = &scope_infos[f->scope];
    struct arena *a = &k->mem;
    return arena_printf(a, "%s%s%s%s", v->key.household,
                        s->child ? arena_printf(a, "/%s", v->key.child) : "",
                        s->person ? arena_printf(a, "/%d", v->key.person) : "",
                        s->seq ? arena_printf(a, "/%d", v->key.seq) : "");
}

static struct value_list values_of(struct desk *k)
{
    struct value_list list;
    assert_true(values_current(k->db, (1u << N_CASE_SOURCES) - 1, &list,
                               &k->mem, &k->d));
    return list;
}

const char *desk_value(struct desk *k, const char *where, const char *path)
{
    struct value_list list = values_of(k);
    const char *text = "";
    for (size_t i = 0; i < list.n; i++)
        if (strcmp(list.items[i].path, path) == 0 &&
            strcmp(key_text(k, &list.items[i]), where) == 0)
            text = state_text(&list.items[i]);
    return text;
}

static struct case_doubt *open_doubts(struct desk *k, size_t *n)
{
    struct case_doubt *doubts;
    assert_true(case_doubts(k->db, true, &doubts, n, &k->mem, &k->d));
    return doubts;
}

static const char *about_of(const struct case_doubt *x)
{
    return *x->field ? x->field : x->path;
}

const char *desk_doubts(struct desk *k)
{
    size_t n;
    struct case_doubt *x = open_doubts(k, &n);
    const char *out = "";
    for (size_t i = 0; i < n; i++)
        out = arena_printf(&k->mem, "%s%s %s%s%s = %s\n", out, x[i].check,
                           x[i].page, *about_of(&x[i]) ? " " : "",
                           about_of(&x[i]), x[i].value);
    return out;
}

const char *desk_joins(struct desk *k)
{
    struct case_join *x;
    size_t n;
    const char *out = "";
    assert_true(case_joins(k->db, &x, &n, &k->mem, &k->d));
    for (size_t i = 0; i < n; i++)
        out = arena_printf(&k->mem, "%s%s %s/%d/%d %s%s%s\n", out, x[i].page,
                           x[i].household, x[i].person, x[i].seq, x[i].state,
                           *x[i].evidence ? " " : "", x[i].evidence);
    return out;
}

const char *desk_papers(struct desk *k)
{
    struct case_document *x;
    size_t n;
    const char *out = "";
    assert_true(case_documents(k->db, &x, &n, &k->mem, &k->d));
    for (size_t i = 0; i < n; i++) {
        const char *replaced = "";
        for (size_t j = 0; j < n; j++)
            if (*x[i].supersedes && strcmp(x[j].id, x[i].supersedes) == 0)
                replaced = arena_printf(&k->mem, " > %s", x[j].page);
        out = arena_printf(&k->mem, "%s%s %s %s %s %d %s%s\n", out, x[i].page,
                           x[i].household, x[i].type, x[i].holder, x[i].pages,
                           x[i].state, replaced);
    }
    return out;
}

const char *desk_findings(struct desk *k)
{
    const char *out = "";
    for (size_t i = 0; i < k->d.n; i++)
        out = arena_printf(&k->mem, "%s%s %s\n", out, k->d.items[i].at.file,
                           k->d.items[i].check);
    return out;
}

const char *desk_everything(struct desk *k)
{
    struct value_list list = values_of(k);
    const char *out =
        arena_printf(&k->mem, "%s\n%s\n%s\n%s\n", desk_doubts(k), desk_joins(k),
                     desk_papers(k), desk_findings(k));
    for (size_t i = 0; i < list.n; i++)
        out = arena_printf(&k->mem, "%s%s %s %s %s\n", out,
                           key_text(k, &list.items[i]), list.items[i].path,
                           state_text(&list.items[i]),
                           list.items[i].evidence.page);
    return out;
}

/* ── a person ───────────────────────────────────────────────────────────── */

const char *desk_doubt(struct desk *k, const char *page, const char *about)
{
    struct case_doubt *x;
    size_t n;
    assert_true(case_doubts(k->db, false, &x, &n, &k->mem, &k->d));
    for (size_t i = 0; i < n; i++)
        if (strcmp(x[i].page, page) == 0 &&
            (strcmp(x[i].check, about) == 0 || strcmp(x[i].path, about) == 0 ||
             strcmp(x[i].field, about) == 0))
            return x[i].id;
    fail_msg("no doubt about %s of %s in:\n%s", about, page, desk_doubts(k));
    return NULL;
}

bool desk_import(struct desk *k, const char *csv, size_t *taken)
{
    diag_release(&k->d);
    k->d = DIAG_INIT;
    return doubts_import(k->db, &k->dict, csv, strlen(csv), "doubts.csv", taken,
                         &k->d);
}

void desk_answer(struct desk *k, const char *page, const char *about,
                 const char *text)
{
    const char *id = desk_doubt(k, page, about);
    if (!desk_import(k,
                     arena_printf(&k->mem,
                                  "疑義番号,正しい値,確認者\n%s,%s,佐藤\n", id,
                                  text),
                     NULL)) {
        help_print(&k->d);
        fail_msg("refused: %s", text);
    }
    desk_assemble(k);
}
