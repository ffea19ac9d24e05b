/*
 * A net as the file that ocr/train/ writes and CMake compiles into the program:
 * ocr/digit.net, ocr/kana.net. Numbers have their lowest byte first:
 *
 *     "nyunet/2"                  8 bytes
 *     u32 nets
 *     u32 conv1, conv2, conv3, hidden, classes   outputs of the five layers
 *     u32 views                   of a picture that is not plain
 *     u32 examples                of the vote
 *     i32 vote_softness
 *     for each net                i32 softness, then for each of its layers:
 *         i32 bias[out], i32 scale[out], i8 weights[out][in][row][column]
 *     u8 class_of[examples], u8 example[examples][VOTE_FEATURES]
 *     SHA-256 of everything above 32 bytes; its beginning names the net
 *
 * ocr/train/model.py writes and reads the same.
 */
#ifndef NYUSHO_GLYPH_FILE_H
#define NYUSHO_GLYPH_FILE_H

#include <stddef.h>

#include "core/diag.h"
#include "ocr/glyph_net.h"

/*
 * The net in these bytes, which it goes on borrowing: they must stay. `name`
 * is said in messages. False, with one of these said, when it is not a whole
 * net of this program: "not-a-net" (another kind of file or another version),
 * "bad-net-shape" (more than the engine has room for, or nothing),
 * "bad-net-size" (cut off, or too long), "bad-net-sum" (changed),
 * "bad-net-values" (numbers that no training gives: an example of a class that
 * is not there, a negative scale).
 */
bool glyph_file_parse(struct glyph_net *out, const char *bytes, size_t len,
                      const char *name, struct diag *d);

/*
 * A net that is compiled in, by its file's name ("digit.net"). The same one
 * each time, and never NULL: a program built with a damaged net says so and
 * ends (exit status 3).
 */
const struct glyph_net *glyph_file_net(const char *name);

#endif
