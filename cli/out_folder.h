/*
 * Folders of the case's out/ that are no runs: of comparisons and reports. The
 * same content gives the same folder and bytes; out/latest never points there.
 */
#ifndef NYUSHO_CLI_OUT_FOLDER_H
#define NYUSHO_CLI_OUT_FOLDER_H

#include "cli/cli.h"
#include "report/outputs.h"

/* 16 hex digits over these words, in order. */
const char *out_id(struct cli *c, const char *const *words, size_t n);
/* What a style adds to the words of an id. */
#define OUT_STYLE_WORDS 3
void out_style_words(const struct output_style *style,
                     const char *words[OUT_STYLE_WORDS]);
/* out/<kind>-<id> of the case, made where it is not there; NULL with
 * "unwritable-file". */
const char *out_folder_make(struct cli *c, const char *folder, const char *kind,
                            const char *id);
/* Each gives back what it was given, and false with "unwritable-file" or
 * "unencodable". The JSON comes last: a folder with it is whole. */
bool out_save_csv(struct cli *c, struct csv_writer *w, const char *folder,
                  const char *name);
bool out_save_text(struct cli *c, struct buf *text, const char *folder,
                   const char *name);
bool out_save_json(struct cli *c, cJSON *o, const char *folder,
                   const char *name);
/* False, with "run-damaged": what this file of a run should say it does not. */
bool run_damaged(struct cli *c, const char *path);
/* The id of a run is the name of its folder; latest is a link to it. */
const char *run_folder_id(struct cli *c, const char *folder);

#endif
