/*
 * Attachments that no template reads: a person says what each is and whose, by
 * filing it or by answering.
 */
#include "records/assemble_work.h"

static struct doubt_entry doubt_of_unfiled(struct assembly *w,
                                           const struct leaf *l)
{
    struct doubt_entry e = doubt_of_leaf(w, l, "page-unfiled");
    doubt_name(w, &e, "@unfiled");
    e.doubt.caption = "何の書類か";
    e.doubt.value = *l->household ? l->household : l->cover.proposed;
    e.doubt.what =
        *e.doubt.value
            ? label_make(w,
                         "様式のない書類です。書類名（世帯 %1$s のものでなけれ"
                         "ば 世帯番号/書類名）か 不採用 を入れてください",
                         "a page of no known form; enter the document (or "
                         "household/document if not of household %1$s) or "
                         "不採用",
                         e.doubt.value)
            : label_make(w,
                         "様式のない書類です。世帯番号/書類名 か 不採用 を"
                         "入れてください",
                         "a page of no known form; enter household/document or "
                         "不採用");
    return e;
}

void assemble_unfiled(struct assembly *w, struct leaf *l)
{
    struct doubt_answer said;
    if (*l->household && *l->filed_type && !*l->rivals[1])
        return;
    struct doubt_entry e = doubt_of_unfiled(w, l);
    if (doubt_answered(w, &e, &said)) {
        l->refused = said.refused;
        l->household = said.household;
        l->filed_type = said.type;
        l->waits = false;
        e.doubt.key = (struct row_key){l->household, "", 0, 0};
    }
    doubt_list(w, &e);
}
