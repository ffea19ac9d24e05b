/*
 * events.csv: what happened after the application. 世帯番号, 児童番号 (empty:
 * the whole household), 種別 (取下げ 辞退 希望変更 転入 転出 出生 管外内定
 * 取消), 日付, 内容. A withdrawn child takes no part, nor does one that a
 * facility outside the city took (管外内定); 取消 takes a withdrawal back.
 * Imported into case.db, and copied into every run's inputs.
 */
#ifndef NYUSHO_CLI_EVENTS_H
#define NYUSHO_CLI_EVENTS_H

#include "cli/cli.h"

#define EVENTS_MAX_BYTES ((size_t)64 << 20)

enum event_column {
    EVENT_HOUSEHOLD,
    EVENT_CHILD,
    EVENT_KIND,
    EVENT_ON,
    EVENT_DETAIL,
    N_EVENT_COLUMNS
};
extern const struct label event_columns[N_EVENT_COLUMNS];

/* Owned by c->mem. False with the CSV ones, "missing-column", "key-missing",
 * "unknown-event" (with the allowed kinds), "bad-key" or "bad-date". */
bool events_parse(struct cli *c, const char *bytes, size_t len,
                  const char *name, struct case_event **out, size_t *n);

#endif
