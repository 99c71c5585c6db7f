/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digests of bytes: the one file that includes xxHash. */
#include "base/hash.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#define XXH_INLINE_ALL
#include <xxhash.h>
#pragma GCC diagnostic pop

uint64_t
hash_bytes(struct view v)
{
	return XXH3_64bits(v.n ? v.p : "", v.n);
}

uint64_t
hash_more(uint64_t seed, struct view v)
{
	return XXH3_64bits_withSeed(v.n ? v.p : "", v.n, seed);
}
