/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8 (RFC 3629). */
#include "base/utf8.h"

#include "base/block.h"

/* Length of the well-formed sequence at p (n bytes left), or 0; table 3-7 of the Unicode Standard. */
static size_t
sequence(const unsigned char *p, size_t n)
{
	unsigned char lo = 0x80, hi = 0xBF;
	size_t len;

	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xC2 || p[0] > 0xF4)
		return 0;
	len = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
	if (n < len)
		return 0;
	if (p[0] == 0xE0)
		lo = 0xA0;
	else if (p[0] == 0xED)
		hi = 0x9F;
	else if (p[0] == 0xF0)
		lo = 0x90;
	else if (p[0] == 0xF4)
		hi = 0x8F;
	if (p[1] < lo || p[1] > hi)
		return 0;
	for (size_t i = 2; i < len; i++)
		if (p[i] < 0x80 || p[i] > 0xBF)
			return 0;
	return len;
}

/* Eight bytes at once: each byte's highest bit. */
enum { WORD = sizeof(uint64_t) };
#define HIGH_BITS UINT64_C(0x8080808080808080)
#define LOW_BITS UINT64_C(0x0101010101010101)

static uint64_t
word_at(struct view v, size_t at)
{
	uint64_t w;

	memcpy(&w, v.p + at, WORD);
	return w;
}

size_t
utf8_invalid(struct view v)
{
	size_t at = 0;

	while (at < v.n) {
		size_t len;

		if (v.n - at >= WORD && !(word_at(v, at) & HIGH_BITS)) {
			at += WORD;
			continue;
		}
		len = sequence((const unsigned char *)v.p + at, v.n - at);
		if (!len)
			return at;
		at += len;
	}
	return v.n;
}

size_t
utf8_ascii(struct view v, size_t at)
{
	for (; v.n - at >= WORD; at += WORD) {
		uint64_t high = word_at(v, at) & HIGH_BITS;

		if (high)
			return at + block_first_of(high);
	}
	while (at < v.n && (unsigned char)v.p[at] < 0x80)
		at++;
	return at;
}

/* Length of a sequence that is neither ASCII nor surely anything but well-formed and no control, or 0. */
static size_t
tidy_sequence(const unsigned char *p, size_t n)
{
	size_t len = sequence(p, n);

	if (len == 2 && p[0] == 0xC2 && p[1] < 0xA0)
		return 0;
	return len == 3 && p[0] == 0xE2 && p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9) ? 0 : len;
}

/* By the first byte: how many follow it, if no more need be asked of them than that they are 0x80 to 0xBF. */
static const unsigned char followers[256] = {
	[0xC3 ... 0xDF] = 1, [0xE0 ... 0xE1] = 2, [0xE3 ... 0xEC] = 2, [0xEE ... 0xEF] = 2,
};

static bool
is_white(char c)
{
	return c == '\t' || c == '\n' || c == '\r';
}

/* Passes ASCII: the position of what is none, or v.n + 1 when there is a control before it that is refused. */
static size_t
tidy_ascii(struct view v, size_t at)
{
	for (; v.n - at >= WORD; at += WORD) {
		uint64_t w = word_at(v, at);
		/* bytes that are not from 0x20 to 0x7E, and perhaps some behind the first of them */
		uint64_t other = (w | (w - 0x20 * LOW_BITS) | (w + LOW_BITS)) & HIGH_BITS;

		if (!other)
			continue;
		at += block_first_of(other);
		if ((unsigned char)v.p[at] >= 0x80)
			return at;
		if (!is_white(v.p[at]))
			return v.n + 1;
		at -= WORD - 1;
	}
	for (; at < v.n && (unsigned char)v.p[at] < 0x80; at++)
		if ((v.p[at] < 0x20 && !is_white(v.p[at])) || v.p[at] == 0x7F)
			return v.n + 1;
	return at;
}

/* Whether eight bytes are four sequences of two bytes, none of which begins with C0 to C2. */
static inline bool
is_pairs(uint64_t w)
{
	const uint64_t lead = UINT64_C(0x0001000100010001);

	if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
		return false;
	/* 110xxxxx 10xxxxxx, and xxxxx is 3 at least */
	return (w & 0xC0E0 * lead) == 0x80C0 * lead && (((w & 0x1F * lead) + 0x1D * lead) & 0x20 * lead) == 0x20 * lead;
}

bool
utf8_tidy(struct view v)
{
	const unsigned char *p = (const unsigned char *)v.p;
	size_t at = 0;

	while (at < v.n) {
		size_t more = followers[p[at]], len;

		if (v.n - at > WORD && is_pairs(word_at(v, at)))
			at += WORD;
		else if (p[at] == ' ')
			at++;
		else if (p[at] < 0x80)
			at = tidy_ascii(v, at);
		else if (v.n - at > 2 && more == 1 && (p[at + 1] & 0xC0) == 0x80)
			at += 2;
		else if (v.n - at > 2 && more == 2 && (p[at + 1] & 0xC0) == 0x80 && (p[at + 2] & 0xC0) == 0x80 &&
		    (p[at] != 0xE0 || p[at + 1] >= 0xA0))
			at += 3;
		else if ((len = tidy_sequence(p + at, v.n - at)) > 0)
			at += len;
		else
			return false;
	}
	return at == v.n;
}

uint32_t
utf8_next(struct view v, size_t *at)
{
	const unsigned char *p = (const unsigned char *)v.p + *at;
	size_t len = sequence(p, v.n - *at);
	uint32_t c;

	if (!len) {
		++*at;
		return 0xFFFD;
	}
	*at += len;
	if (len == 1)
		return p[0];
	c = p[0] & (0x7Fu >> len);
	for (size_t i = 1; i < len; i++)
		c = c << 6 | (p[i] & 0x3Fu);
	return c;
}

void
utf8_put(struct buf *b, uint32_t c)
{
	if ((c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF)
		c = 0xFFFD;
	if (c < 0x80) {
		buf_addc(b, (char)c);
	} else if (c < 0x800) {
		buf_addc(b, (char)(0xC0 | c >> 6));
		buf_addc(b, (char)(0x80 | (c & 0x3F)));
	} else if (c < 0x10000) {
		buf_addc(b, (char)(0xE0 | c >> 12));
		buf_addc(b, (char)(0x80 | (c >> 6 & 0x3F)));
		buf_addc(b, (char)(0x80 | (c & 0x3F)));
	} else {
		buf_addc(b, (char)(0xF0 | c >> 18));
		buf_addc(b, (char)(0x80 | (c >> 12 & 0x3F)));
		buf_addc(b, (char)(0x80 | (c >> 6 & 0x3F)));
		buf_addc(b, (char)(0x80 | (c & 0x3F)));
	}
}

size_t
utf8_back(struct view v, size_t at)
{
	while (at > 0 && ((unsigned char)v.p[--at] & 0xC0) == 0x80)
		continue;
	return at;
}

struct view
utf8_head(struct view v, size_t max)
{
	if (v.n <= max)
		return v;
	while (max > 0 && ((unsigned char)v.p[max] & 0xC0) == 0x80)
		max--;
	return view_slice(v, 0, max);
}

size_t
utf8_count(struct view v)
{
	size_t n = v.n, at = 0;

	/* of every byte 10xxxxxx the highest bit, then their sum */
	for (; v.n - at >= WORD; at += WORD)
		n -= (size_t)(((word_at(v, at) & ~(word_at(v, at) << 1) & HIGH_BITS) >> 7) * LOW_BITS >> 56);
	for (; at < v.n; at++)
		n -= ((unsigned char)v.p[at] & 0xC0) == 0x80;
	return n;
}

void
utf8_position(struct view text, size_t at, unsigned *line, unsigned *col)
{
	size_t start = 0;

	*line = 1;
	if (at > text.n)
		at = text.n;
	for (size_t i = 0; i < at; i++) {
		if (text.p[i] == '\n') {
			++*line;
			start = i + 1;
		}
	}
	*col = (unsigned)utf8_count(view_slice(text, start, at)) + 1;
}

bool
utf8_is_control(uint32_t c)
{
	return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0);
}

bool
utf8_is_bidi_control(uint32_t c)
{
	return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool
utf8_is_odd_line(uint32_t c)
{
	return c == 0x85 || c == 0x2028 || c == 0x2029;
}

void
utf8_put_visible(struct buf *b, struct view v)
{
	size_t at = 0;

	while (at < v.n) {
		size_t from = at;
		uint32_t c = utf8_next(v, &at);

		if (c == 0xFFFD && at == from + 1)
			buf_printf(b, "<0x%02X>", (unsigned char)v.p[from]);
		else if (utf8_is_control(c) || utf8_is_bidi_control(c) || utf8_is_odd_line(c) ||
		    c == '\n' || c == '\r' || c == 0x200B || c == 0xFEFF || (c >> 8) == 0xE00)
			buf_printf(b, "<U+%04X>", (unsigned)c);
		else if (c == '\t')
			buf_addc(b, ' ');
		else
			buf_add(b, v.p + from, at - from);
	}
}
