/* nyusho worker: reads pages for the program that started it. Not for people.
 */
#include "cli/case_forms.h"
#include "cli/commands.h"
#include "ocr/read_page.h"
#include "ocr/worker.h"

static bool load_case(void *self, const char *case_folder,
                      struct reader_case *out, struct arena *a, struct diag *d)
{
    struct cli *c = self;
    struct case_forms *forms = ARENA_NEW(a, struct case_forms);
    bool ok = case_forms_load(c, case_folder, forms);
    for (size_t i = 0; i < c->diag.n; i++)
        diag_add(d, &c->diag.items[i]);
    *out = (struct reader_case){.forms = forms->forms,
                                .n_forms = forms->n,
                                .context = &forms->read,
                                .read_fields = page_read_fields};
    return ok;
}

int worker_run(struct cli *c)
{
    return worker_main(load_case, c);
}
