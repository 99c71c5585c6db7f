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

/* Which of eight bytes is the first, as they stand in memory, that is not 0; word is not 0. */
static inline unsigned
block_first_of(uint64_t word)
{
	if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)
		return (unsigned)__builtin_ctzll(word) / 8;
	return (unsigned)__builtin_clzll(word) / 8;
}

/* A comparison as bits: bit i is set where it holds for byte i. */
static inline unsigned
block_bits(block_found f)
{
#ifdef __SSE2__
	typedef char packed __attribute__((vector_size(16)));

	return (unsigned)__builtin_ia32_pmovmskb128((packed)f);
#else
	uint64_t half[2];

	memcpy(half, &f, sizeof half);
	for (int i = 0; i < 2; i++) {
		if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
			half[i] = __builtin_bswap64(half[i]);
		/* the lowest bit of each byte, gathered in the highest byte */
		half[i] = (half[i] & 0x0101010101010101) * 0x0102040810204080 >> 56;
	}
	return (unsigned)(half[0] | half[1] << 8);
#endif
}

/* Whether a comparison holds for any byte. */
static inline bool
block_any(block_found f)
{
	return block_bits(f) != 0;
}

/* The first byte for which a comparison holds, or BLOCK_BYTES. */
static inline unsigned
block_first(block_found f)
{
	return (unsigned)__builtin_ctz(block_bits(f) | 1u << BLOCK_BYTES);
}
