#include "cli/read_store.h"

#include <string.h>

static const enum case_page_state page_states[] = {
    [PAGE_READ] = CASE_PAGE_READ,
    [PAGE_UNKNOWN_FORM] = CASE_PAGE_UNKNOWN_FORM,
    [PAGE_BLANK] = CASE_PAGE_BLANK,
    [PAGE_QUARANTINED] = CASE_PAGE_QUARANTINED,
};

static const enum case_reading_state reading_states[] = {
    [READING_ACCEPTED] = CASE_READING_ACCEPTED,
    [READING_DOUBT] = CASE_READING_DOUBT,
    [READING_BLANK] = CASE_READING_BLANK,
    [READING_UNREADABLE] = CASE_READING_UNREADABLE,
};

static const enum case_kind kinds[N_FORM_FIELD_KINDS] = {
    [FIELD_TICK] = CASE_KIND_TICK,     [FIELD_SET] = CASE_KIND_SET,
    [FIELD_CHOICE] = CASE_KIND_CHOICE, [FIELD_RING] = CASE_KIND_CHOICE,
    [FIELD_MASK] = CASE_KIND_IMAGE,    [FIELD_IMAGE] = CASE_KIND_IMAGE,
};

static const char *text(const char *t)
{
    return t ? t : "";
}

static struct case_page page_row(const struct case_forms *forms,
                                 const struct form_template *t,
                                 const struct page_result *p, const char *file,
                                 const char *file_sha256)
{
    struct case_page row = {
        .sha256 = p->sha256,
        .file = file,
        .file_sha256 = file_sha256,
        .number = p->number,
        .state = page_states[p->state],
        .reason = text(p->reason),
        .message = {text(p->message_ja), text(p->message_en)},
        .form = text(p->form),
        .version = text(p->version),
        .document = t ? t->document : "",
        .form_page = p->page,
        .form_pages = t ? t->n_pages : 0,
        .reader = forms->reader,
        .rotation = p->rotation,
        .residual = p->residual,
        .width = p->width,
        .height = p->height,
        .dpi = p->dpi};
    row.qr.form = text(p->qr.form);
    row.qr.version = text(p->qr.version);
    row.qr.page = p->qr.page;
    row.qr.pages = p->qr.pages;
    row.qr.household = text(p->qr.household);
    row.qr.child = text(p->qr.child);
    row.qr.received = text(p->qr.received);
    return row;
}

static struct case_reading reading_row(const struct form_field *f,
                                       const struct reading *r)
{
    return (struct case_reading){.field = r->field,
                                 .bind = f ? f->bind : "",
                                 .caption = f ? f->caption : r->field,
                                 .kind = f ? kinds[f->kind] : CASE_KIND_TEXT,
                                 .required = f && f->required,
                                 .state = reading_states[r->state],
                                 .value = text(r->value),
                                 .raw = text(r->raw),
                                 .runner_up = text(r->runner_up),
                                 .reason = text(r->reason),
                                 .confidence = r->confidence,
                                 .left = r->box.left,
                                 .top = r->box.top,
                                 .width = r->box.width,
                                 .height = r->box.height};
}

bool read_store(struct case_db *db, const struct case_forms *forms,
                const struct page_result *p, const char *file,
                const char *file_sha256, struct arena *a, struct diag *d)
{
    const struct form_template *t =
        p->state == PAGE_READ ? case_form_find(forms, p->form, p->version)
                              : NULL;
    struct case_page page = page_row(forms, t, p, file, file_sha256);
    struct case_reading *rows =
        ARENA_ARRAY(a, struct case_reading, p->n_readings);
    for (size_t i = 0; i < p->n_readings; i++)
        rows[i] =
            reading_row(t ? form_field_find(t, p->readings[i].field) : NULL,
                        &p->readings[i]);
    return case_put_page(db, &page, rows, p->n_readings, NULL, d);
}
