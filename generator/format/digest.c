/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 and MD5 through libmd. */
#include "format/digest.h"

#include <md5.h>
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
	uint8_t digest[SHA256_DIGEST_LENGTH];

	make(digest, bytes);
	buf_base64(b, view_of((const char *)digest, sizeof digest));
}

void
digest_md5(void *out, struct view bytes)
{
	MD5_CTX context;

	MD5Init(&context);
	MD5Update(&context, (const uint8_t *)(bytes.n ? bytes.p : ""), bytes.n);
	MD5Final(out, &context);
}
