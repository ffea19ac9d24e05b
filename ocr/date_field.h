/* Dates, months and times: parts of digits, and an era that is ringed,
 * printed, or written with the year. */
#ifndef NYUSHO_OCR_DATE_FIELD_H
#define NYUSHO_OCR_DATE_FIELD_H

#include "ocr/field_read.h"

/* A FIELD_DATE, FIELD_MONTH or FIELD_TIME. Values are "2027-04-01", "2027-04"
 * and "16:30"; a time whose minutes are left out is on the hour. */
struct guess date_field_read(const struct field_reader *r,
                             const struct form_field *f);

#endif
