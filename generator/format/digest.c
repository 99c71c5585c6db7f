/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 through libmd. */
#include "format/digest.h"

#include <stdint.h>
#include <sha2.h>

static void
make(uint8_t digest[SHA256_DIGEST_LENGTH], struct view bytes)
{
	SHA2_CTX context;

	SHA256Init(&context);
	SHA256Update(&context, (const uint8_t *)(bytes.n ? bytes.p : ""), bytes.n);
	SHA256Final(digest, &context);
}

void
digest_hex(struct buf *b, struct view bytes)
{
	uint8_t digest[SHA256_DIGEST_LENGTH];

	make(digest, bytes);
	for (size_t i = 0; i < sizeof digest; i++)
		buf_printf(b, "%02x", digest[i]);
}

void
digest_base64(struct buf *b, struct view bytes)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	uint8_t digest[SHA256_DIGEST_LENGTH + 1] = { 0 };

	make(digest, bytes);
	for (size_t i = 0; i < SHA256_DIGEST_LENGTH; i += 3) {
		unsigned three = (unsigned)digest[i] << 16 | (unsigned)digest[i + 1] << 8 | digest[i + 2];

		for (int shift = 18; shift >= 0; shift -= 6)
			buf_addc(b, letters[three >> shift & 63]);
	}
	b->p[b->n - 1] = '=';	/* 32 bytes are 10 threes and two bytes */
}
