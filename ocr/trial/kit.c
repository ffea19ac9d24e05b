#include "ocr/trial/trial.h"

static const char *const *fonts_here(const char *const *all, struct arena *a)
{
    const char **here =
        ARENA_ARRAY(a, const char *, (size_t)font_count(all) + 1);
    int n = 0;

    for (int i = 0; all[i]; i++)
        if (font_there(all[i]))
            here[n++] = all[i];
    return here;
}

bool kit_here(struct writing_kit *out, struct arena *a, struct diag *d)
{
    for (const struct writing_kit *k = writing_kits; k->name; k++) {
        *out = *k;
        out->pens = fonts_here(k->pens, a);
        out->prints = fonts_here(k->prints, a);
        if (!out->pens[0])
            out->pens = out->prints;
        if (!out->prints[0])
            out->prints = out->pens;
        if (out->pens[0])
            return true;
    }
    return diag_error(d, POS_FILE("form test"), "font-missing",
                      "日本語の書体が入っていません。fonts-ipaexfont などを入れ"
                      "てください",
                      "there is no Japanese font; install one, such as "
                      "fonts-ipaexfont");
}
