/* nyusho rules format: one layout for every rule file; comments stay. */
#include "cli/rules_verbs.h"

#include "core/file.h"
#include "core/yaml_layout.h"

#include <string.h>

static int say_differs(struct cli *c, const char *path)
{
    cli_say(c, "%s: 書式がそろっていません (nyusho rules format --write %s)\n",
            "%s: not laid out yet (nyusho rules format --write %s)\n", path,
            path);
    return EXIT_FINDINGS;
}

static int write_back(struct cli *c, const char *path, const struct buf *out,
                      bool same)
{
    if (!same && !file_write_atomic(path, out->bytes, out->len, &c->diag))
        return cli_failure(c);
    cli_say(c, same ? "%s: 書式はそろっています\n" : "%s: 書式をそろえました\n",
            same ? "%s: laid out already\n" : "%s: laid out\n", path);
    return EXIT_DONE;
}

static int give(struct cli *c, const char *path, const struct buf *out,
                bool same)
{
    cJSON_AddBoolToObject(c->report, "formatted", same);
    if (cli_switch(c, "--check"))
        return same ? EXIT_DONE : say_differs(c, path);
    if (cli_switch(c, "--write"))
        return write_back(c, path, out, same);
    if (!c->json)
        fwrite(out->bytes, 1, out->len, stdout);
    return EXIT_DONE;
}

int rules_format(struct cli *c)
{
    const char *path = c->args[1];
    size_t len;
    const char *bytes = rules_bytes(c, path, &len);
    struct buf out = BUF_INIT;
    int status = EXIT_INPUT;
    if (bytes && yaml_layout(bytes, len, path, &out, &c->diag))
        status = give(c, path, &out,
                      len == out.len && memcmp(bytes, out.bytes, len) == 0);
    buf_release(&out);
    return status;
}
