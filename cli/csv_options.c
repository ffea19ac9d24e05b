#include "cli/csv_options.h"

bool csv_options_take(struct cli *c, struct csv_style *out)
{
    static const char *const encodings[] = {"utf8", "cp932", NULL};
    static const char *const targets[] = {"system", "excel", NULL};
    int encoding = cli_choice(c, "--encoding", encodings);
    int target = cli_choice(c, "--for", targets);
    *out = (struct csv_style){.encoding = encoding == 1 ? ENCODING_CP932
                                                        : ENCODING_UTF8,
                              .excel = target == 1};
    return encoding >= 0 && target >= 0;
}
