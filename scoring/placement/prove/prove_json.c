#include "scoring/placement/prove/prove_json.h"

static const char *const file_states[] = {
    [PROOF_VOID] = "void",
    [PROOF_WRITTEN] = "written",
    [PROOF_LIMITED] = "limited",
    [PROOF_TOO_LARGE] = "too-large",
};

static void write_bounds(size_t low, size_t high, struct buf *out)
{
    buf_printf(out, "{\"at_least\": %zu, \"at_most\": %zu}", low, high);
}

void prove_json(const struct prove_result *r, const struct prove_files *files,
                struct buf *out)
{
    buf_printf(out, "{\"verdict\": \"%s\",\n  \"blocking\": ",
               prove_verdicts[r->verdict].word);
    write_bounds(r->blocking_low, r->blocking_high, out);
    buf_text(out, ",\n  \"placed\": ");
    if (r->blocking_low == r->blocking_high)
        write_bounds(r->placed_low, r->placed_high, out);
    else
        buf_printf(out, "{\"at_most\": %zu}", r->placed_high);
    buf_printf(out, ",\n  \"limit\": \"%s\", \"canonical\": %s",
               prove_limits[r->limit].word, r->canonical ? "true" : "false");
    if (files)
        buf_printf(out,
                   ",\n  \"files\": {\"blocking\": \"%s\", \"placed\": \"%s\"}",
                   file_states[files->blocking], file_states[files->placed]);
    buf_char(out, '}');
}
