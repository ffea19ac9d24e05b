#include "report/outputs.h"

void write_findings(const struct diag *findings, struct csv_writer *w,
                    enum lang lang)
{
    static const struct label columns[] = {
        {"場所", "place"},
        {"行", "line"},
        {"列", "column"},
        {"点検", "check"},
        {"程度", "severity"},
        {"何が起きているか", "what is wrong"},
        {"どうすればよいか", "what to do"},
    };
    csv_header(w, columns, sizeof columns / sizeof columns[0], lang);
    for (size_t i = 0; i < findings->n; i++) {
        const struct finding *f = &findings->items[i];
        struct arena mem = ARENA_INIT;
        csv_text(w, text_one_line(f->at.file, &mem));
        if (f->at.line > 0)
            csv_int(w, f->at.line);
        else
            csv_text(w, "");
        if (f->at.column > 0)
            csv_int(w, f->at.column);
        else
            csv_text(w, "");
        csv_text(w, f->check);
        csv_text(w, severity_text(f->severity, lang));
        csv_text(w, text_one_line(label_text(f->what, lang), &mem));
        csv_text(w, label_text(advice_find(f->check), lang));
        csv_end_row(w);
        arena_release(&mem);
    }
}
