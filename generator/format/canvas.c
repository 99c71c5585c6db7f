/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures: filling by signed areas, packing by runs. */
#include "format/canvas.h"

#include <math.h>
#include <string.h>

#include "base/block.h"

enum { LEVELS = 16, MATCH_MIN = 3, MATCH_MAX = 258, END_OF_BLOCK = 256, PALETTE = CANVAS_INKS * LEVELS, SUMS = 4096 };	/* so many fit into 32 bits */

void
canvas_init(struct canvas *c, struct arena *a, size_t width, size_t height)
{
	*c = (struct canvas){ .width = width, .height = height, .stride = width + 1, .arena = a, .top = height, .left = width };
	c->pixels = arena_array(a, c->stride * height, 1);
	c->edges = arena_array(a, height, sizeof *c->edges);
	c->spare = arena_array(a, height, sizeof *c->spare);
}

/* The edges of a row. Shapes are small: what they need of rows is used again and again. */
static float *
row_of(struct canvas *c, size_t y)
{
	if (!c->edges[y])
		c->edges[y] = c->nspare ? c->spare[--c->nspare] : arena_array(c->arena, c->width, sizeof **c->edges);
	c->top = y < c->top ? y : c->top;
	c->bottom = y + 1 > c->bottom ? y + 1 : c->bottom;
	return c->edges[y];
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
	c->left = first < c->left ? first : c->left;
	c->right = last + 2 > c->right ? last + 2 : c->right;
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

		/* what is left of the picture covers all of it; what is right of it nothing */
		edge_in_row(c, row_of(c, y), clamp(x0 + (from - y0) * slope, 0, rim), clamp(x0 + (to - y0) * slope, 0, rim),
		    sign * (to - from));
	}
}

/* One row: behind the last edge nothing changes any more. */
static void
fill_row(const struct canvas *c, const float *row, unsigned char *pixels, unsigned ink)
{
	size_t end = c->right < c->width ? c->right : c->width;
	unsigned level = 0;
	float sum = 0;

	for (size_t x = c->left; x < end; x++) {
		sum += row[x];
		level = (unsigned)(clamp(fabsf(sum), 0, 1) * (LEVELS - 1) + 0.5f);
		if (level)
			pixels[x] = (unsigned char)(ink * LEVELS + level);
	}
	if (level)
		memset(pixels + end, (int)(ink * LEVELS + level), c->width - end);
}

void
canvas_fill(struct canvas *c, unsigned ink)
{
	for (size_t y = c->top; y < c->bottom; y++) {
		if (!c->edges[y])
			continue;
		fill_row(c, c->edges[y], c->pixels + y * c->stride + 1, ink);
		memset(c->edges[y], 0, c->width * sizeof **c->edges);
		c->spare[c->nspare++] = c->edges[y];
		c->edges[y] = NULL;
	}
	c->top = c->height;
	c->left = c->width;
	c->bottom = c->right = 0;
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

static size_t
match(const unsigned char *p, size_t at, size_t n, size_t distance)
{
	size_t k = 0, most = n - at < MATCH_MAX ? n - at : MATCH_MAX;
	uint64_t x, y;

	if (distance > at)
		return 0;
	for (p += at; k + sizeof x <= most; k += sizeof x) {
		memcpy(&x, p + k, sizeof x);
		memcpy(&y, p + k - distance, sizeof y);
		if (x != y)
			return k + block_first_of(x ^ y);
	}
	while (k < most && p[k] == p[k - distance])
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
	static const uint32_t of[16] = {	/* CRC-32 of four bits */
		0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
		0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
	};
	uint32_t crc = UINT32_MAX;
	size_t from;

	put_number(out, (uint32_t)data.n);
	from = out->n;
	buf_add(out, name, 4);
	buf_addv(out, data);
	for (size_t i = from; i < out->n; i++) {
		crc ^= (unsigned char)out->p[i];
		crc = crc >> 4 ^ of[crc & 15];
		crc = crc >> 4 ^ of[crc & 15];
	}
	put_number(out, ~crc);
}

/* Adler-32. Most of a picture is ground. */
static uint32_t
sum_of(const unsigned char *p, size_t n)
{
	uint32_t a = 1, b = 0;
	uint64_t words[8];

	while (n) {
		size_t part = n < SUMS ? n : SUMS, i = 0;

		while (i < part) {
			size_t end = part - i < sizeof words ? part : i + sizeof words;

			if (end - i == sizeof words) {
				memcpy(words, p + i, sizeof words);
				if (!(words[0] | words[1] | words[2] | words[3] | words[4] | words[5] | words[6] | words[7])) {
					b += (uint32_t)sizeof words * a;
					i = end;
				}
			}
			for (; i < end; i++) {
				a += p[i];
				b += a;
			}
		}
		a %= 65521;
		b %= 65521;
		p += part;
		n -= part;
	}
	return b << 16 | a;
}

/* The rows with the byte before each that says they are as they are; packed with zlib's head and sum. */
static void
pack(const struct canvas *c, struct buf *out)
{
	size_t n = c->stride * c->height;

	buf_addv(out, VIEW("\x78\x01"));
	deflate(c->pixels, n, c->stride, out);
	put_number(out, sum_of(c->pixels, n));
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
