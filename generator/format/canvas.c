/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures: filling by signed areas, packing by runs. */
#include "format/canvas.h"

#include <math.h>
#include <string.h>

enum { LEVELS = 16, MATCH_MIN = 3, MATCH_MAX = 258, END_OF_BLOCK = 256, PALETTE = CANVAS_INKS * LEVELS, SUMS = 4096 };	/* so many fit into 32 bits */

void
canvas_init(struct canvas *c, struct arena *a, size_t width, size_t height)
{
	*c = (struct canvas){ width, height, arena_array(a, width * height, 1), arena_array(a, width * height, sizeof *c->edges), height, 0 };
}

static float
clamp(float v, float low, float high)
{
	return v < low ? low : v > high ? high : v;
}

/* A part of an edge within one row: how much it covers of the pixels it crosses, and all of those behind. */
static void
edge_in_row(struct canvas *c, float *row, float x0, float x1, float height)
{
	float left = x0 < x1 ? x0 : x1, right = x0 < x1 ? x1 : x0, width = right - left;
	size_t first = (size_t)left, last = (size_t)right;

	if (first >= c->width)
		return;
	if (first == last || width < 1e-6f) {
		float cover = height * (1 - ((left + right) / 2 - (float)first));

		row[first] += cover;
		if (first + 1 < c->width)
			row[first + 1] += height - cover;
		return;
	}
	for (size_t x = first; x <= last && x < c->width; x++) {
		float from = clamp(left, (float)x, (float)x + 1), to = clamp(right, (float)x, (float)x + 1);
		float part = height * (to - from) / width, cover = part * (1 - ((from + to) / 2 - (float)x));

		row[x] += cover;
		if (x + 1 < c->width)
			row[x + 1] += part - cover;
	}
}

void
canvas_line(struct canvas *c, float x0, float y0, float x1, float y1)
{
	float sign = y0 < y1 ? 1 : -1, top = y0 < y1 ? y0 : y1, bottom = y0 < y1 ? y1 : y0, rim = (float)c->width;
	float slope = bottom - top > 1e-6f ? (x1 - x0) / (y1 - y0) : 0;

	if (bottom - top <= 1e-6f || bottom <= 0 || top >= (float)c->height)
		return;
	for (size_t y = top > 0 ? (size_t)top : 0; y < c->height && (float)y < bottom; y++) {
		float from = clamp(top, (float)y, (float)y + 1), to = clamp(bottom, (float)y, (float)y + 1);

		c->top = y < c->top ? y : c->top;
		c->bottom = y + 1 > c->bottom ? y + 1 : c->bottom;
		/* what is left of the picture covers all of it; what is right of it nothing */
		edge_in_row(c, c->edges + y * c->width, clamp(x0 + (from - y0) * slope, 0, rim), clamp(x0 + (to - y0) * slope, 0, rim),
		    sign * (to - from));
	}
}

void
canvas_fill(struct canvas *c, unsigned ink)
{
	for (size_t y = c->top; y < c->bottom; y++) {
		float *row = c->edges + y * c->width;
		float sum = 0;

		for (size_t x = 0; x < c->width; x++) {
			unsigned level;

			sum += row[x];
			level = (unsigned)(clamp(fabsf(sum), 0, 1) * (LEVELS - 1) + 0.5f);
			if (level)
				c->pixels[y * c->width + x] = (unsigned char)(ink * LEVELS + level);
		}
		memset(row, 0, c->width * sizeof *row);
	}
	c->top = c->height;
	c->bottom = 0;
}

/* Bits in the order of RFC 1951: the lowest first. */
struct bits {
	struct buf *out;
	uint32_t held, n;
};

static void
put_bits(struct bits *b, uint32_t value, uint32_t n)
{
	b->held |= value << b->n;
	for (b->n += n; b->n >= 8; b->n -= 8) {
		buf_addc(b->out, (char)(b->held & 255));
		b->held >>= 8;
	}
}

/* Codes of Huffman: the highest bit first. */
static void
put_code(struct bits *b, uint32_t code, uint32_t n)
{
	uint32_t turned = 0;

	for (uint32_t i = 0; i < n; i++)
		turned |= (code >> i & 1) << (n - 1 - i);
	put_bits(b, turned, n);
}

/* A literal, a length or the end, in the fixed code. */
static void
put_symbol(struct bits *b, uint32_t s)
{
	if (s < 144)
		put_code(b, 0x30 + s, 8);
	else if (s < 256)
		put_code(b, 0x190 + s - 144, 9);
	else if (s < 280)
		put_code(b, s - 256, 7);
	else
		put_code(b, 0xC0 + s - 280, 8);
}

/* How many bits of a number are written behind its code, which keeps the highest ones. */
static uint32_t
extra_bits(uint32_t v, uint32_t kept)
{
	uint32_t n = 0;

	while (v >> (n + kept))
		n++;
	return n;
}

static void
put_match(struct bits *b, size_t length, size_t distance)
{
	uint32_t l = (uint32_t)(length - MATCH_MIN), d = (uint32_t)(distance - 1), extra = extra_bits(l, 3);

	if (length == MATCH_MAX) {
		put_symbol(b, 285);
	} else {
		put_symbol(b, 257 + 4 * extra + (l >> extra));
		put_bits(b, l & ((1u << extra) - 1), extra);
	}
	extra = extra_bits(d, 2);
	put_code(b, 2 * extra + (d >> extra), 5);
	put_bits(b, d & ((1u << extra) - 1), extra);
}

static uint64_t
word(const unsigned char *p)
{
	uint64_t w;

	memcpy(&w, p, sizeof w);
	return w;
}

static size_t
match(const unsigned char *p, size_t at, size_t n, size_t distance)
{
	size_t k = 0;

	while (distance <= at && k + sizeof(uint64_t) <= MATCH_MAX && at + k + sizeof(uint64_t) <= n &&
	    word(p + at + k) == word(p + at + k - distance))
		k += sizeof(uint64_t);
	while (distance <= at && k < MATCH_MAX && at + k < n && p[at + k] == p[at + k - distance])
		k++;
	return k;
}

/* One block in the fixed code. What repeats in such a picture is the pixel before or the row above. */
static void
deflate(const unsigned char *p, size_t n, size_t stride, struct buf *out)
{
	struct bits b = { .out = out };

	put_bits(&b, 3, 3);	/* the last block; fixed code */
	for (size_t i = 0; i < n;) {
		size_t run = match(p, i, n, 1), above = run < MATCH_MAX ? match(p, i, n, stride) : 0, best = above > run ? above : run;

		if (best < MATCH_MIN) {
			put_symbol(&b, p[i++]);
			continue;
		}
		put_match(&b, best, above > run ? stride : 1);
		i += best;
	}
	put_symbol(&b, END_OF_BLOCK);
	put_bits(&b, 0, 7);
}

static void
put_number(struct buf *out, uint32_t v)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_addc(out, (char)(v >> shift & 255));
}

static void
put_chunk(struct buf *out, const char *name, struct view data)
{
	uint32_t crc = UINT32_MAX;
	size_t from;

	put_number(out, (uint32_t)data.n);
	from = out->n;
	buf_add(out, name, 4);
	buf_addv(out, data);
	for (size_t i = from; i < out->n; i++) {
		crc ^= (unsigned char)out->p[i];
		for (int k = 0; k < 8; k++)
			crc = crc & 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
	}
	put_number(out, ~crc);
}

/* The rows with the byte before each that says they are as they are; packed with zlib's head and sum. */
static void
pack(const struct canvas *c, struct buf *out)
{
	size_t stride = c->width + 1, n = stride * c->height;
	const unsigned char *p;
	uint32_t a = 1, b = 0;
	struct buf rows;

	buf_init(&rows);
	for (size_t y = 0; y < c->height; y++) {
		buf_addc(&rows, 0);
		buf_add(&rows, c->pixels + y * c->width, c->width);
	}
	p = (const unsigned char *)rows.p;
	for (size_t i = 0; i < n;) {
		size_t end = n - i < SUMS ? n : i + SUMS;

		while (i < end) {
			if (i + sizeof(uint64_t) <= end && word(p + i) == 0) {	/* the ground: most of a picture */
				b += (uint32_t)sizeof(uint64_t) * a;
				i += sizeof(uint64_t);
				continue;
			}
			a += p[i++];
			b += a;
		}
		a %= 65521;
		b %= 65521;
	}
	buf_addv(out, VIEW("\x78\x01"));
	deflate(p, n, stride, out);
	put_number(out, b << 16 | a);
	buf_release(&rows);
}

void
canvas_png(const struct canvas *c, const uint32_t colours[CANVAS_INKS], struct buf *out)
{
	struct buf b;

	buf_init(&b);
	buf_add(out, "\x89PNG\r\n\x1a\n", 8);
	put_number(&b, (uint32_t)c->width);
	put_number(&b, (uint32_t)c->height);
	buf_add(&b, "\x08\x03\0\0\0", 5);	/* 8 bits, palette */
	put_chunk(out, "IHDR", view_buf(&b));
	buf_clear(&b);
	for (uint32_t i = 0; i < PALETTE; i++)
		for (int shift = 16; shift >= 0; shift -= 8) {
			uint32_t ground = colours[0] >> shift & 255, ink = colours[i / LEVELS] >> shift & 255, level = i % LEVELS;

			buf_addc(&b, (char)((ground * (LEVELS - 1 - level) + ink * level + LEVELS / 2) / (LEVELS - 1)));
		}
	put_chunk(out, "PLTE", view_buf(&b));
	buf_clear(&b);
	pack(c, &b);
	put_chunk(out, "IDAT", view_buf(&b));
	put_chunk(out, "IEND", VIEW_NONE);
	buf_release(&b);
}
