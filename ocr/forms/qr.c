#include "ocr/forms/template.h"

#include "core/text.h"

#include <string.h>

#define SCHEME "nyusho:"
#define LONGEST_QR 300
#define HEX "0123456789ABCDEF"

/* Letters that stand for themselves; others are %XX. */
static bool is_plain(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
}

static int hex_value(char c)
{
    const char *at = c ? strchr(HEX, c) : NULL;
    return at ? (int)(at - HEX) : -1;
}

static bool unquote(const char *text, size_t len, const char **out,
                    struct arena *a)
{
    char *value = arena_alloc(a, len + 1), *to = value;
    for (size_t i = 0; i < len; i++) {
        if (is_plain(text[i])) {
            *to++ = text[i];
            continue;
        }
        if (text[i] != '%' || len - i < 3)
            return false;
        int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
        if (high < 0 || low < 0)
            return false;
        *to++ = (char)(high * 16 + low);
        i += 2;
    }
    *out = value;
    size_t bad;
    return text_is_utf8(value, (size_t)(to - value), &bad);
}

static const char *quote(const char *text, struct arena *a)
{
    char *value = arena_alloc(a, strlen(text) * 3 + 1), *to = value;
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (is_plain(*text)) {
            *to++ = *text;
            continue;
        }
        *to++ = '%';
        *to++ = HEX[byte / 16];
        *to++ = HEX[byte % 16];
    }
    return value;
}

/* 1 to 999. */
static bool number_parse(const char *text, int *out)
{
    int value = 0;
    size_t len = strlen(text);
    if (len == 0 || len > 3)
        return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return false;
        value = value * 10 + (*text - '0');
    }
    *out = value;
    return value >= 1;
}

static bool set_value(struct form_qr *qr, char key, const char *value)
{
    switch (key) {
    case 'p':
        return number_parse(value, &qr->page);
    case 'n':
        return number_parse(value, &qr->pages);
    case 'h':
        qr->household = value;
        return true;
    case 'c':
        qr->child = value;
        return true;
    case 'r':
        qr->received = value;
        return true;
    default:
        return true; /* of a later version */
    }
}

static bool query_parse(const char *text, struct form_qr *qr, struct arena *a)
{
    while (*text) {
        size_t len = strcspn(text, "&");
        const char *value;
        if (len < 2 || text[1] != '=' ||
            !unquote(text + 2, len - 2, &value, a) ||
            !set_value(qr, text[0], value))
            return false;
        text += len;
        text += *text == '&';
    }
    return true;
}

/* "application/2027?…" into its three pieces. */
static bool name_parse(const char *text, struct form_qr *qr, const char **query,
                       struct arena *a)
{
    size_t form = strcspn(text, "/?");
    if (form == 0 || text[form] != '/')
        return false;
    const char *version = text + form + 1;
    size_t len = strcspn(version, "/?");
    if (len == 0 || version[len] == '/')
        return false;
    *query = version + len + (version[len] == '?');
    return unquote(text, form, &qr->form, a) &&
           unquote(version, len, &qr->version, a);
}

bool form_qr_parse(const char *text, struct form_qr *out, struct arena *a)
{
    struct form_qr qr = {.household = "", .child = "", .received = ""};
    const char *query;
    *out = qr;
    if (strlen(text) > LONGEST_QR ||
        strncmp(text, SCHEME, strlen(SCHEME)) != 0 ||
        !name_parse(text + strlen(SCHEME), &qr, &query, a) ||
        !query_parse(query, &qr, a))
        return false;
    *out = qr;
    return true;
}

static bool is_said(const char *text)
{
    return text && *text;
}

char *form_qr_text(const struct form_qr *qr, struct arena *a)
{
    char *text =
        arena_printf(a, SCHEME "%s/%s?p=%d", quote(qr->form, a),
                     quote(qr->version, a), qr->page > 0 ? qr->page : 1);
    if (is_said(qr->household))
        text = arena_printf(a, "%s&h=%s", text, quote(qr->household, a));
    if (is_said(qr->child))
        text = arena_printf(a, "%s&c=%s", text, quote(qr->child, a));
    if (qr->pages > 0)
        text = arena_printf(a, "%s&n=%d", text, qr->pages);
    if (is_said(qr->received))
        text = arena_printf(a, "%s&r=%s", text, quote(qr->received, a));
    return text;
}
