#include "core/hash.h"

#include <sodium/utils.h>
#include <string.h>

void hash_start(struct hash *h)
{
    crypto_hash_sha256_init(&h->state);
}

void hash_add(struct hash *h, const void *bytes, size_t len)
{
    if (len)
        crypto_hash_sha256_update(&h->state, bytes, len);
}

void hash_add_text(struct hash *h, const char *text)
{
    size_t len = strlen(text);
    uint8_t prefix[8]; /* little-endian, the same on every machine */
    for (int i = 0; i < 8; i++)
        prefix[i] = (uint8_t)((uint64_t)len >> (8 * i));
    hash_add(h, prefix, sizeof prefix);
    hash_add(h, text, len);
}

void hash_end(struct hash *h, uint8_t out[HASH_BYTES])
{
    crypto_hash_sha256_final(&h->state, out);
}

void hash_hex(struct hash *h, char out[HASH_HEX])
{
    uint8_t digest[HASH_BYTES];
    hash_end(h, digest);
    sodium_bin2hex(out, HASH_HEX, digest, sizeof digest);
}

void hash_bytes_hex(const void *bytes, size_t len, char out[HASH_HEX])
{
    struct hash h;
    hash_start(&h);
    hash_add(&h, bytes, len);
    hash_hex(&h, out);
}
