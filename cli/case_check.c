#include "cli/case_check.h"

#include "records/check.h"

size_t case_cross_check(const struct case_context *ctx,
                        const struct record_set *set, struct diag *findings)
{
    const struct settings *s = &ctx->settings;
    struct check_basis basis = {set, &ctx->facilities, s->fiscal_year,
                                s->entry_date, s->deadline};
    return records_check(&basis, findings);
}

static void say_missing(const struct missing_document *m, const char *household,
                        struct arena *a, struct diag *findings)
{
    diag_warn(findings, POS_FILE(arena_printf(a, "世帯 %s", household)),
              "document-missing",
              m->person ? "%s がありません (人番号 %d)" : "%s がありません",
              m->person ? "%s is missing (person %d)" : "%s is missing",
              m->type->label, m->person);
}

size_t case_missing_documents(const struct case_context *ctx,
                              const struct record_set *set, struct arena *a,
                              struct diag *findings)
{
    size_t all = 0;
    for (size_t h = 0; h < set->n_households; h++) {
        struct missing_document *m;
        size_t n = documents_missing(&ctx->documents, set, h, &m, a);
        for (size_t i = 0; i < n; i++)
            say_missing(&m[i], set->households[h].no, a, findings);
        all += n;
    }
    return all;
}
