/* One page's result from a worker, as case.db keeps it. */
#ifndef NYUSHO_CLI_READ_STORE_H
#define NYUSHO_CLI_READ_STORE_H

#include "cli/case_forms.h"
#include "ocr/reading.h"

/* `file` is what people call the scan. One transaction. */
bool read_store(struct case_db *db, const struct case_forms *forms,
                const struct page_result *p, const char *file,
                const char *file_sha256, struct arena *a, struct diag *d);

#endif
