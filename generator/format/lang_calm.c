/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Characters that need no closer look, by their bytes: one table for the normal form and for what model/facts finds. Part of lang.h. */
#include "base/block.h"
#include "format/lang.h"

enum { ROWS = 0x3100 / 64, NONE = 0x10000 };

/*
 * One bit a code point below U+3100. calm: assigned, NFC by itself (quick check Yes), combining class 0, no digit, no control, no line
 * end, no bidi control. marks: the same but for its combining class. Both are of Unicode 15, and such properties never change;
 * tests/unit/lang.c compares them with ICU's.
 */
static const uint64_t calm[ROWS] = {
	0x0000000000000000, 0x0000000000000000, 0xFFFFFFFF00000000, 0xFFFFFFFFFFFFFFFF,
	0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF,
	0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF,
	0x0000000000000000, 0xBCEF000000008000, 0xFFFFFFFBFFFFD770, 0xFFFFFFFFFFFFFFFF,
	0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF07, 0xFFFFFFFFFFFFFFFF,
	0xFFFEFFFFFFFFFFFF, 0xFFFFFFFFFE7FFFFF, 0x400000000000E7FF, 0x001F87FFFFFF0049,
	0xFFFFFFFFF800FFFF, 0xFFFEFC00000007FF, 0xFFFFFFFFFFFFFFFF, 0xFC00C260603FFFFF,
	0x0000FFFFFFFDBFFF, 0xFFFFFFFFFFFFE000, 0x0003FFFFFFFFFFFF, 0xC7F007FFFFFFFC00,
	0x7FFF0110043FFFFF, 0xFFFF07FF41FFFFFF, 0xFFFFFFFF00037FFF, 0x00000004000003FF,
	0xEFFFFFFFFFFFFFFF, 0xFFFF003F00E1DFFF, 0xA3C5FDFFFFF99FEF, 0x3FFF000F0000599F,
	0xC325FDFFFFF987EE, 0x007F000010021987, 0xE3EDFDFFFFFBBFEE, 0xFE03000F00011BBF,
	0xA3EDFDFFFFF99FEE, 0x00FF000F8020199F, 0x83FFC718D63DC7EC, 0x07FF000000011DC7,
	0xE3FFFDFFFFFDDFFF, 0xFF80000F27001DDF, 0xE3EFFDFFFFFDDFFF, 0x000E000F60001DDB,
	0xA7FFFFFFFFFDDFFF, 0xFFFF000FFF70DDDF, 0x2FFBFFFFFC7FFFEE, 0x001C00007F5F007F,
	0x80FFFFFFFFFFFFFE, 0x000000000C00F0FF, 0x38FFFFAFFFFFF7D6, 0x00000000F000705F,
	0xFD5FFC00FCFFFFFF, 0xC2801DFFEF7BDEF7, 0xDDFFEF7BDEF7FF20, 0x0000000007FFDFBF,
	0xF97FBFFFFFFFFFFF, 0xFFFFFFFFFFFFFC00, 0xFFFFFFFFFC00DFFF, 0xFFFFFFFFFFFF20BF,
	0xFFFFFFFFFFFFFFFF, 0xFFC00001FFFFFFFF, 0x000000FFFFFFFFFF, 0xFFFFFFFFFFFFFFF8,
	0xFFFFFFFFFFFFFFFF, 0xFFFFFFFF3D7F3DFF, 0x7F3DFFFFFFFF3DFF, 0xFFFFFFFFFF7FFF3D,
	0xFFFFFFFFFF3DFFFF, 0x1FFFFFFF07FFFFFF, 0xFFFFFFFF03FFFFFF, 0x3F3FFFFFFFFFFFFF,
	0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF,
	0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF,
	0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFF1FFFFFFF, 0x01FFFFFFFFFFFFFF,
	0x006FFFFF800FFFFF, 0x000DDFFF000FFFFF, 0xFFFFFFFFFFFFFFFF, 0x03FF00001FFBFFFF,
	0xFFFFFFFF0000FFFF, 0x01FFFFFFFFFFFFFF, 0xFFFF05FFFFFFFFFF, 0x003FFFFFFFFFFFFF,
	0x01FF0FFF7FFFFFFF, 0x001F3FFFFFFF0031, 0xFFFF0FFFFFFFFFFF, 0xFFFFFFFFC40003FF,
	0xFFFFFFFFCE7FFFFF, 0x001FFFFE7FFFFFFF, 0x40003FFF00000000, 0x0000000000000000,
	0xFFCFFFFFFFFFFFFF, 0x7FF007FFFC001FEF, 0xFC00F3FFFFFFFFFF, 0xF003FFBFFFFFFFFF,
	0xF87FFFFFFFFFFFFF, 0xFFFFFFFFFC00E000, 0xE7FFFFFFFFFF01FF, 0x04EFDE02000800FF,
	0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0x0000000000000000,
	0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF,
	0xFFFFFFFF3F3FFFFF, 0x1555FFFFAAFF3F3F, 0xB7DFFFFFFFFFFFFF, 0x55DC37F7E7C7F5DF,
	0xFFFF80FFFFFFFFFC, 0xFFF3FC1FFFFFFFFF, 0xFFFFFFFF1FFF7FFF, 0x0000001DE0000001,
	0xFFFFF3BFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFF0FFF, 0xFFFFFFFFFFFFFFFF,
	0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF,
	0xFFFFF9FFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF,
	0x0000007FFFFFFFFF, 0xFFFFFFFF000007FF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF,
	0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF,
	0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF,
	0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF,
	0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF,
	0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF,
	0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFEFFFFFFF,
	0xFFFFFFFFFFFFFFFF, 0xFFCFFFFFFFFFFFFF, 0xFFFFFFFFFFBFFFFF, 0xFFFFFFFFFFFFFFFF,
	0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFE0C7FFFFFFFFFFF,
	0xFFFF20BFFFFFFFFF, 0x000180FFFFFFFFFF, 0x7F7F7F7F007FFFFF, 0x000000007F7F7F7F,
	0xFFFFFFFFFFFFFFFF, 0x000000003FFFFFFF, 0xFFFFFFFFFBFFFFFF, 0x000FFFFFFFFFFFFF,
	0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0x0FFF0000003FFFFF,
	0xFFFF03FFFFFFFFFF, 0xFFFFFFFFFFFFFFFE, 0xFFFFFFFFF87FFFFF, 0xFFFFFFFFFFFFFFFF,
};
static const uint64_t marks[ROWS] = {
	[0x0C] = 0xFEFC9E07F7E56020, [0x0D] = 0xFFFFFFFF7FC0, [0x12] = 0xF8, [0x16] = 0xBFFFFFFFFFFE0000,
	[0x17] = 0xB6, [0x18] = 0x7FF0000, [0x19] = 0x10000FFC7F800, [0x1B] = 0x3D9F9FC00000,
	[0x1C] = 0xFFFF000000020000, [0x1D] = 0x7FF, [0x1F] = 0x200FF80000000000, [0x20] = 0x3EEFFBC00000,
	[0x21] = 0xE000000, [0x22] = 0xFF000000, [0x23] = 0xFFFFFFFBFFFFFC00, [0x25] = 0x1E2000,
	[0x26] = 0x1000000000000000, [0x27] = 0x4000000000002000, [0x28] = 0x1000000000000000, [0x29] = 0x2000,
	[0x2A] = 0x1000000000000000, [0x2B] = 0x2000, [0x2C] = 0x1000000000000000, [0x2D] = 0x2000, [0x2F] = 0x2000,
	[0x30] = 0x1000000000000000, [0x31] = 0x202000, [0x32] = 0x1000000000000000, [0x33] = 0x2000,
	[0x34] = 0x1800000000000000, [0x35] = 0x2000, [0x38] = 0x700000000000000, [0x39] = 0xF00,
	[0x3A] = 0x700000000000000, [0x3B] = 0xF00, [0x3C] = 0x2A0000003000000, [0x3D] = 0x3C16000000000000,
	[0x3E] = 0xDD, [0x3F] = 0x40, [0x40] = 0x680000000000000, [0x42] = 0x2000, [0x4D] = 0xE0000000,
	[0x5C] = 0x10000000300000, [0x5F] = 0x20040000, [0x62] = 0x20000000000, [0x64] = 0xE00000000000000,
	[0x68] = 0x1800000, [0x69] = 0x9FE0000100000000, [0x6A] = 0xBFFF000000000000, [0x6B] = 0x7FFF,
	[0x6C] = 0x10000000000000, [0x6D] = 0xFF80000000010, [0x6E] = 0xC0000000000, [0x6F] = 0xC004000000000,
	[0x70] = 0x80000000000000, [0x73] = 0x31021FDFFF70000, [0x77] = 0xFFFFFFFFFFFFFFFF, [0x83] = 0x1FFE21FFF0000,
	[0xB3] = 0x3800000000000, [0xB5] = 0x8000000000000000, [0xB7] = 0xFFFFFFFF00000000, [0xC0] = 0xFC0000000000,
};

/* U+3400 to U+9FFF (Han), U+B000 to U+CFFF (Hangul), U+FF01 to U+FFBE (fullwidth signs and letters) but for digits, by the number of their row. */
static inline bool
is_calm(unsigned row, unsigned bit)
{
	static const uint64_t wide[] = { 0xFFFFFFFFFC00FFFE, 0xFFFFFFFFFFFFFFFF, 0x7FFFFFFFFFFFFFFF };

	if (row < ROWS)
		return calm[row] >> bit & 1;
	if (row >= 0xFF00 / 64)
		return row < 0xFFC0 / 64 && (wide[row - 0xFF00 / 64] >> bit & 1);
	return (row >= 0x3400 / 64 && row < 0xA000 / 64) || (row >= 0xB000 / 64 && row < 0xD000 / 64);
}

/* Passes blanks, commas, full stops and characters that are calm, and well-formed; *odd is the next one, of two bytes or three, as a bit of a table, or NONE. */
static size_t
pass(const unsigned char *p, size_t at, size_t n, unsigned *odd)
{
	unsigned lead, row, bit;

	*odd = NONE;
	while (at + 2 < n) {
		lead = p[at];
		if (lead - 0xC2 < 0xE0 - 0xC2) {
			row = lead & 0x1F;
			bit = p[at + 1] & 0x3F;
			if ((p[at + 1] & 0xC0) != 0x80)
				return at;
			if (!(calm[row] >> bit & 1)) {
				*odd = row << 6 | bit;
				return at;
			}
			at += 2;
		} else if (lead - 0xE0 < 0xF0 - 0xE0) {
			row = (lead & 0x0F) << 6 | (p[at + 1] & 0x3F);
			bit = p[at + 2] & 0x3F;
			if (((p[at + 1] ^ 0x80) | (p[at + 2] ^ 0x80)) & 0xC0 || row < 0x800 / 64)
				return at;
			if (!is_calm(row, bit)) {
				*odd = row << 6 | bit;
				return at;
			}
			at += 3;
		} else if (lead == ' ' || lead == ',' || lead == '.') {
			at++;
		} else {
			return at;
		}
	}
	lead = at + 2 == n ? p[at] : 0;
	return lead >= 0xC2 && lead < 0xE0 && (p[at + 1] & 0xC0) == 0x80 && (calm[lead & 0x1F] >> (p[at + 1] & 0x3F) & 1) ? at + 2 : at;
}

static bool
is_mark(unsigned c)
{
	return c < 64 * ROWS && (marks[c / 64] >> c % 64 & 1);
}

size_t
lang_calm(struct view v, size_t at)
{
	const unsigned char *p = (const unsigned char *)v.p;
	unsigned odd;

	for (;;) {
		size_t mark = pass(p, at, v.n, &odd), next;

		if (!is_mark(odd))
			return mark;
		next = mark + (p[mark] < 0xE0 ? 2 : 3);
		at = pass(p, next, v.n, &odd);
		/* two marks: whoever goes on from the first will find nothing passed */
		if (at == next && is_mark(odd))
			return mark;
	}
}

/* As signed numbers, bytes that go on with a character are below this. */
enum { CONTINUES = 0xC0 - 0x100 };

/*
 * Where calm characters of a script begin, if the bytes behind their first one are as UTF-8 has them: that of Latin, Greek and Cyrillic
 * letters; b, next and last are blocks, each one byte further.
 */
static block_found
calm_western(block b, block next)
{
	return ((block)(b - 0xC3) <= 0xCB - 0xC3) | ((block)(b - 0xCF) <= 0xD1 - 0xCF) | ((b == 0xC2) & (next >= 0xA0)) | ((b == 0xCE) & (next >= 0xA3));
}

/* Hebrew and Arabic ones. */
static block_found
calm_semitic(block b, block next)
{
	block_found found = ((b == 0xD8) & ((next >= 0x9B) | (next < 0x90))) | ((b == 0xD9) & ((next <= 0x8A) | (next >= 0xB1)));

	return found | (b == 0xDA) | ((b == 0xDB) & (next <= 0x95)) | ((b == 0xD7) & ((block)(next - 0x90) <= 0xAA - 0x90));
}

/* Devanagari, but for its marks. */
static block_found
calm_devanagari(block b, block next, block last)
{
	return (b == 0xE0) & (((next == 0xA4) & (last != 0xBC)) | ((next == 0xA5) & ((last <= 0x8C) | (last >= 0xB0) | ((block)(last - 0xA0) <= 5))));
}

/* Han, most of Hangul, kana, their signs, and quotation marks and dashes of all scripts. */
static block_found
calm_eastern(block b, block next, block last)
{
	block_found odd = ((next == 0x80) & ((block)(last - 0xAA) <= 5)) | ((next == 0x81) & (last == 0x80)) |
	    ((next == 0x82) & ((block)(last - 0x97) <= 3));

	return (((block)(b - 0xE4) <= 0xEC - 0xE4) & (b != 0xEA)) | ((b == 0xE3) & (next <= 0x83) & ~odd) |
	    ((b == 0xEF) & (next == 0xBC) & (last > 0x80) & ((block)(last - 0x90) > 9)) |
	    ((b == 0xE2) & (next == 0x80) & ((block)(last - 0x82) <= 0xA7 - 0x82));
}

unsigned
lang_calm_block(const char *p)
{
	block b = block_at(p), next, last;
	unsigned high = block_bits((block_found)b < 0), found, passed, viramas = 0;
	block_found follows;
	unsigned char lead;

	if (!high)
		return BLOCK_BYTES;
	lead = (unsigned char)p[__builtin_ctz(high)];
	next = block_at(p + 1);
	follows = (block_found)next < CONTINUES;
	if (lead < 0xE0) {
		found = block_bits(follows & (lead < 0xD7 ? calm_western(b, next) : calm_semitic(b, next)));
		passed = (~high & 0xFFFF) | found | found << 1;
		return (unsigned)__builtin_ctz(~passed);
	}
	last = block_at(p + 2);
	follows &= (block_found)last < CONTINUES;
	if (lead == 0xE0) {
		viramas = block_bits(follows & (b == 0xE0) & (next == 0xA5) & (last == 0x8D));
		viramas &= ~(viramas >> 3);
		found = block_bits(follows & calm_devanagari(b, next, last)) | viramas;
	} else {
		found = block_bits(follows & calm_eastern(b, next, last));
	}
	passed = (~high & 0xFFFF) | found | found << 1 | found << 2;
	found = (unsigned)__builtin_ctz(~passed);
	/* what is behind a mark must be known, too */
	return found >= 3 && viramas >> (found - 3) & 1 ? found - 3 : found;
}
