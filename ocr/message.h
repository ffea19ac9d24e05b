/*
 * Messages between the program and its workers: four bytes of length, highest
 * first, then that many bytes of JSON, over a socket pair.
 */
#ifndef NYUSHO_OCR_MESSAGE_H
#define NYUSHO_OCR_MESSAGE_H

#include "core/buf.h"

#include <stdbool.h>

/* Larger than any page's readings; a longer one is taken for damage. */
#define MESSAGE_MAX ((size_t)32 << 20)

struct cJSON;

/* Blocks until all is sent. False when the other side is gone. */
bool message_send(int fd, const struct cJSON *body);
/* Blocks for the next one; the caller deletes it. NULL at the end of the
 * stream or on damage. */
struct cJSON *message_receive(int fd);

/* For a reader that must not block: message_feed() takes what is there now
 * (false: the other side is gone or sent nonsense), message_take() gives the
 * next whole message or NULL. */
bool message_feed(int fd, struct buf *pending);
struct cJSON *message_take(struct buf *pending, bool *damaged);

#endif
