/* Whatever is a date comes back from every way of writing it. */
#include "core/date.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_day(int32_t day, struct arena *mem)
{
    int32_t iso, wareki;
    int y, m, d;
    if (date_parse(date_iso(day, mem), &iso) != DATE_OK || iso != day)
        abort();
    if (date_parse(date_wareki(day, mem), &wareki) != DATE_OK || wareki != day)
        abort();
    date_parts(day, &y, &m, &d);
    if (!date_is_real(y, m, d) || date_day(y, m, d) != day)
        abort();
    if (date_month_start(day) > day || date_month_end(day) < day)
        abort();
    if (class_age(fiscal_year_of(day), day) != 0 && (m != 4 || d != 1))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena mem = ARENA_INIT;
    char *text = arena_copy(&mem, (const char *)bytes, len);
    int32_t day, month;
    enum date_fault fault = date_parse(text, &day);
    if (fault == DATE_OK || fault == DATE_OUTSIDE_ERA)
        check_day(day, &mem);
    fault = month_parse(text, &month);
    if ((fault == DATE_OK || fault == DATE_OUTSIDE_ERA) &&
        (month < 1868 * 12 || month >= 2201 * 12))
        abort();
    (void)era_parse(text);
    arena_release(&mem);
    return 0;
}
