/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sixteen bytes looked at together: vectors of GCC and Clang, which every processor has in some form. Can be used by all code. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t block __attribute__((vector_size(16)));
/* What a comparison of two blocks gives: all bits set in each byte for which it holds. */
typedef int8_t block_found __attribute__((vector_size(16)));

enum { BLOCK_BYTES = sizeof(block) };

/* The block at p, of which all sixteen bytes can be read. */
static inline block
block_at(const char *p)
{
	block b;

	memcpy(&b, p, sizeof b);
	return b;
}

/* Whether a comparison holds for any byte. */
static inline bool
block_any(block_found f)
{
	uint64_t half[2];

	memcpy(half, &f, sizeof half);
	return (half[0] | half[1]) != 0;
}

/* Which of eight bytes is the first, as they stand in memory, that is not 0; word is not 0. */
static inline unsigned
block_first_of(uint64_t word)
{
	if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)
		return (unsigned)__builtin_ctzll(word) / 8;
	return (unsigned)__builtin_clzll(word) / 8;
}

/* The first byte for which a comparison holds, or BLOCK_BYTES. */
static inline unsigned
block_first(block_found f)
{
	uint64_t half[2];

	memcpy(half, &f, sizeof half);
	if (half[0])
		return block_first_of(half[0]);
	return half[1] ? 8 + block_first_of(half[1]) : (unsigned)BLOCK_BYTES;
}
