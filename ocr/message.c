#include "ocr/message.h"

#include <cJSON.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PREFIX = 4 };

static bool send_all(int fd, const char *bytes, size_t len)
{
    while (len) {
        ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

bool message_send(int fd, const cJSON *body)
{
    char *text = cJSON_PrintUnformatted(body);
    size_t len = text ? strlen(text) : 0;
    char prefix[PREFIX] = {(char)(len >> 24), (char)(len >> 16),
                           (char)(len >> 8), (char)len};
    bool ok = text && len <= MESSAGE_MAX && send_all(fd, prefix, PREFIX) &&
              send_all(fd, text, len);

    cJSON_free(text);
    return ok;
}

static size_t prefix_length(const char *bytes)
{
    const uint8_t *p = (const uint8_t *)bytes;

    return (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
}

cJSON *message_take(struct buf *pending, bool *damaged)
{
    size_t len;
    cJSON *body;

    *damaged = false;
    if (pending->len < PREFIX)
        return NULL;
    len = prefix_length(pending->bytes);
    *damaged = len > MESSAGE_MAX;
    if (*damaged || pending->len < PREFIX + len)
        return NULL;
    body = cJSON_ParseWithLength(pending->bytes + PREFIX, len);
    *damaged = body == NULL;
    pending->len -= PREFIX + len;
    memmove(pending->bytes, pending->bytes + PREFIX + len, pending->len + 1);
    return body;
}

static ssize_t receive(int fd, struct buf *pending)
{
    char bytes[65536];
    ssize_t n;

    do
        n = recv(fd, bytes, sizeof bytes, 0);
    while (n < 0 && errno == EINTR);
    if (n > 0)
        buf_add(pending, bytes, (size_t)n);
    return n;
}

bool message_feed(int fd, struct buf *pending)
{
    return receive(fd, pending) > 0;
}

cJSON *message_receive(int fd)
{
    struct buf pending = BUF_INIT;
    cJSON *body = NULL;
    bool damaged = false;

    /* The other side waits for our answer before it sends again, so nothing
     * of a next message can be lost here. */
    while (!body && !damaged && message_feed(fd, &pending))
        body = message_take(&pending, &damaged);
    buf_release(&pending);
    return body;
}
