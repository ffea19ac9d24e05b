/* nyusho rules reference: every word a rule may use, for docs/rules.md. */
#include "cli/rules_verbs.h"

#include "report/rules_reference.h"

int rules_reference(struct cli *c)
{
    struct dictionary dict = {0};
    struct buf out = BUF_INIT;
    if (!rules_dictionary(c, &dict))
        return EXIT_INPUT;
    rules_reference_write(&dict, c->lang, &out);
    if (c->json)
        cJSON_AddStringToObject(c->report, "reference", out.bytes);
    else
        fwrite(out.bytes, 1, out.len, stdout);
    buf_release(&out);
    return EXIT_DONE;
}
