/*
 * SHA-256 (libsodium): names pages, runs, inputs and draws the lottery.
 *
 *     struct hash h; hash_start(&h);
 *     hash_add(&h, bytes, len);
 *     char hex[HASH_HEX]; hash_hex(&h, hex);
 */
#ifndef NYUSHO_CORE_HASH_H
#define NYUSHO_CORE_HASH_H

#include <sodium/crypto_hash_sha256.h>
#include <stddef.h>
#include <stdint.h>

#define HASH_BYTES 32
#define HASH_HEX 65 /* 64 digits and a NUL */

struct hash {
    crypto_hash_sha256_state state;
};

void hash_start(struct hash *h);
void hash_add(struct hash *h, const void *bytes, size_t len);
/* Length first, so that ("ab","c") and ("a","bc") differ. */
void hash_add_text(struct hash *h, const char *text);
void hash_end(struct hash *h, uint8_t out[HASH_BYTES]);
void hash_hex(struct hash *h, char out[HASH_HEX]);
/* One call for one run of bytes. */
void hash_bytes_hex(const void *bytes, size_t len, char out[HASH_HEX]);

#endif
