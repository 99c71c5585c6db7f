/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sizes of pictures from their headers. Whether an SVG is safe is judged in image_svg.c. */
#include "format/image.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

enum { SIDE_MAX = 65535 };

static unsigned
byte_at(struct view v, size_t i)
{
	return i < v.n ? (unsigned char)v.p[i] : 0;
}

static unsigned
big16(struct view v, size_t i)
{
	return byte_at(v, i) << 8 | byte_at(v, i + 1);
}

static unsigned
big32(struct view v, size_t i)
{
	return big16(v, i) << 16 | big16(v, i + 2);
}

static unsigned
little16(struct view v, size_t i)
{
	return byte_at(v, i) | byte_at(v, i + 1) << 8;
}

static unsigned
little24(struct view v, size_t i)
{
	return little16(v, i) | byte_at(v, i + 2) << 16;
}

static bool
is_at(struct view v, size_t i, const char *magic)
{
	return view_starts(view_slice(v, i, v.n), magic);
}

/* Pixels of a raster picture: none has a side of 0. */
static bool
raster(struct image *out, enum image_kind kind, unsigned width, unsigned height)
{
	if (width == 0 || height == 0 || width > SIDE_MAX || height > SIDE_MAX)
		return false;
	*out = (struct image){ kind, width, height };
	return true;
}

/* PNG (RFC 2083): the chunk IHDR stands first. */
static bool
read_png(struct view v, struct image *out)
{
	return v.n >= 33 && big32(v, 8) == 13 && is_at(v, 12, "IHDR") &&
	    raster(out, IMAGE_PNG, big32(v, 16), big32(v, 20));
}

/* GIF 87a and 89a: the logical screen. */
static bool
read_gif(struct view v, struct image *out)
{
	return v.n >= 13 && raster(out, IMAGE_GIF, little16(v, 6), little16(v, 8));
}

/* WebP (RFC 9649): the canvas of VP8X, or the frame of VP8 or VP8L. */
static bool
read_webp(struct view v, struct image *out)
{
	if (v.n < 30)
		return false;
	if (is_at(v, 12, "VP8X"))
		return raster(out, IMAGE_WEBP, little24(v, 24) + 1, little24(v, 27) + 1);
	if (is_at(v, 12, "VP8L") && byte_at(v, 20) == 0x2F)
		return raster(out, IMAGE_WEBP, (little16(v, 21) & 0x3FFF) + 1, (little24(v, 22) >> 6 & 0x3FFF) + 1);
	if (is_at(v, 12, "VP8 ") && byte_at(v, 23) == 0x9D && byte_at(v, 24) == 0x01 && byte_at(v, 25) == 0x2A)
		return raster(out, IMAGE_WEBP, little16(v, 26) & 0x3FFF, little16(v, 28) & 0x3FFF);
	return false;
}

/* Whether Exif (CIPA DC-008) says that the picture lies on its side; browsers turn it, so its size is turned. */
static bool
exif_turned(struct view exif)
{
	struct view v = view_slice(exif, 6, exif.n);
	bool little = is_at(v, 0, "II");
	size_t at, entries;

	if (exif.n < 20 || memcmp(exif.p, "Exif\0", 6) != 0 || (!little && !is_at(v, 0, "MM")))
		return false;
	at = little ? little16(v, 4) | (size_t)little16(v, 6) << 16 : big32(v, 4);
	if (at >= v.n)
		return false;
	entries = little ? little16(v, at) : big16(v, at);
	at += 2;
	for (size_t i = 0; i < entries && at + 12 <= v.n; i++, at += 12) {
		unsigned tag = little ? little16(v, at) : big16(v, at);

		if (tag == 0x0112) {
			unsigned turn = little ? little16(v, at + 8) : big16(v, at + 8);

			return turn >= 5 && turn <= 8;
		}
	}
	return false;
}

/* JPEG (ITU T.81): markers up to the start of frame. */
static bool
read_jpeg(struct view v, struct image *out)
{
	bool turned = false;
	size_t at = 2;

	while (at + 4 <= v.n && byte_at(v, at) == 0xFF) {
		unsigned marker = byte_at(v, at + 1), len;

		if (marker == 0xFF) {	/* fill byte */
			at++;
			continue;
		}
		if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {	/* no length */
			at += 2;
			continue;
		}
		len = big16(v, at + 2);
		if (len < 2 || at + 2 + len > v.n || marker == 0xD9 || marker == 0xDA)
			return false;
		if (marker == 0xE1)
			turned = turned || exif_turned(view_slice(v, at + 4, at + 2 + len));
		if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
			unsigned height = big16(v, at + 5), width = big16(v, at + 7);

			return len >= 8 && (turned ? raster(out, IMAGE_JPEG, height, width)
			                           : raster(out, IMAGE_JPEG, width, height));
		}
		at += 2 + len;
	}
	return false;
}

/* Moves behind what may stand before the root element of XML. False when nothing follows. */
static bool
skip_prolog(struct view *v)
{
	for (;;) {
		struct view end;
		size_t at;

		*v = view_trim(*v);
		if (view_starts(*v, "\xEF\xBB\xBF")) {
			*v = view_slice(*v, 3, v->n);
			continue;
		}
		if (view_starts(*v, "<?"))
			end = VIEW("?>");
		else if (view_starts(*v, "<!--"))
			end = VIEW("-->");
		else if (view_starts(*v, "<!"))
			end = view_find(*v, '[') < view_find(*v, '>') ? VIEW("]>") : VIEW(">");
		else
			return v->n > 0;
		at = view_search(*v, end);
		*v = view_slice(*v, at + end.n, v->n);
	}
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The value of an attribute of the tag (from '<' to before '>'), or nothing. */
static struct view
attribute(struct view tag, const char *name)
{
	size_t at = 0;

	while (at < tag.n) {
		size_t from, to, end;

		while (at < tag.n && !is_space(tag.p[at]))
			at++;
		while (at < tag.n && is_space(tag.p[at]))
			at++;
		from = at;
		while (at < tag.n && tag.p[at] != '=' && !is_space(tag.p[at]))
			at++;
		to = at;
		while (at < tag.n && (is_space(tag.p[at]) || tag.p[at] == '='))
			at++;
		if (at >= tag.n || (tag.p[at] != '"' && tag.p[at] != '\''))
			return VIEW_NONE;
		end = at + 1 + view_find(view_slice(tag, at + 1, tag.n), tag.p[at]);
		if (view_is(view_slice(tag, from, to), name))
			return view_slice(tag, at + 1, end);
		at = end + 1;
	}
	return VIEW_NONE;
}

/* A decimal number at the start of *v, cut off it. No locale. False when there is none. */
static bool
cut_number(struct view *v, double *out)
{
	double value = 0, unit = 1;
	bool point = false, any = false;
	size_t i = 0;

	while (v->n && (is_space(v->p[0]) || v->p[0] == ','))
		*v = view_slice(*v, 1, v->n);
	if (v->n && (v->p[0] == '-' || v->p[0] == '+'))
		i = 1;
	for (; i < v->n; i++) {
		char c = v->p[i];

		if (c == '.' && !point) {
			point = true;
		} else if (c >= '0' && c <= '9') {
			any = true;
			value = value * 10 + (c - '0');
			unit = point ? unit * 10 : unit;
		} else {
			break;
		}
	}
	*out = (v->n && v->p[0] == '-' ? -value : value) / unit;
	*v = view_slice(*v, i, v->n);
	return any && isfinite(*out);
}

/* A length of CSS in pixels, 0 when it depends on something else (per cent, em) or is none. */
static double
css_pixels(struct view text)
{
	static const struct {
		const char *name;
		double pixels;
	} units[] = {
		{ "", 1 }, { "px", 1 }, { "pt", 96.0 / 72 }, { "pc", 16 }, { "in", 96 }, { "cm", 96 / 2.54 },
		{ "mm", 96 / 25.4 }, { "Q", 96 / 101.6 },
	};
	double value;

	if (!cut_number(&text, &value) || value < 0)
		return 0;
	text = view_trim(text);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (view_is(text, units[i].name))
			return value * units[i].pixels;
	return 0;
}

/* Length of the tag up to its '>', which may stand in quotes before; v.n when it does not end. */
static size_t
tag_length(struct view v)
{
	char quote = '\0';

	for (size_t i = 0; i < v.n; i++) {
		char c = v.p[i];

		if (quote)
			quote = c == quote ? '\0' : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '>')
			return i;
	}
	return v.n;
}

/* SVG 2, chapter 8: width and height of the root, or those of its viewBox. */
static bool
read_svg(struct view v, struct image *out)
{
	double width, height, box[4] = { 0, 0, 0, 0 };
	struct view tag, view_box;
	size_t n;

	if (!skip_prolog(&v) || v.n < 5 || v.p[0] != '<')
		return false;
	n = tag_length(v);
	tag = view_slice(v, 1, n);
	if (n == v.n || !(view_starts(tag, "svg") || view_starts(tag, "svg:")) ||
	    (tag.n > 3 && !is_space(tag.p[3]) && tag.p[3] != ':' && tag.p[3] != '/'))
		return false;
	width = css_pixels(attribute(tag, "width"));
	height = css_pixels(attribute(tag, "height"));
	view_box = attribute(tag, "viewBox");
	for (size_t i = 0; i < 4; i++)
		if (!cut_number(&view_box, &box[i]))
			box[2] = box[3] = 0;
	if (box[2] > 0 && box[3] > 0) {
		if (width <= 0 && height <= 0) {
			width = box[2];
			height = box[3];
		} else if (width <= 0) {
			width = height * box[2] / box[3];
		} else if (height <= 0) {
			height = width * box[3] / box[2];
		}
	}
	if (!(width <= SIDE_MAX && height <= SIDE_MAX))
		return false;
	*out = (struct image){ IMAGE_SVG, (unsigned)(width + 0.5), (unsigned)(height + 0.5) };
	return true;
}

bool
image_read(struct view bytes, struct image *out)
{
	*out = (struct image){ IMAGE_NONE, 0, 0 };
	if (view_starts(bytes, "\x89PNG\r\n\x1A\n"))
		return read_png(bytes, out);
	if (view_starts(bytes, "\xFF\xD8\xFF"))
		return read_jpeg(bytes, out);
	if (view_starts(bytes, "GIF87a") || view_starts(bytes, "GIF89a"))
		return read_gif(bytes, out);
	if (view_starts(bytes, "RIFF") && is_at(bytes, 8, "WEBP"))
		return read_webp(bytes, out);
	return read_svg(bytes, out);
}
