/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Escaping for HTML that is XML as well, and the judge of addresses. Raw tags are read in html_tag.c. */
#include "format/html.h"

#include "base/block.h"
#include "base/utf8.h"

/* Entity of a byte, or NULL. */
static const char *const entity_of[256] = {
	['&'] = "&amp;",
	['<'] = "&lt;",
	['>'] = "&gt;",
	['"'] = "&quot;",
	['\''] = "&#39;",
};

/* The first byte of a block that has an entity, or BLOCK_BYTES; "'" has one where it is said so. */
static inline unsigned
entity_in(const char *p, bool apostrophe)
{
	block b = block_at(p);
	block_found f = (b == '&') | (b == '<') | (b == '>') | (b == '"');

	return block_first(apostrophe ? f | (b == '\'') : f);
}

/* Position of the first byte at or behind `at` that has an entity, or the end of the text. */
static inline size_t
entity_from(struct view v, size_t at, bool apostrophe)
{
	while (v.n - at >= BLOCK_BYTES) {
		unsigned passed = entity_in(v.p + at, apostrophe);

		at += passed;
		if (passed < BLOCK_BYTES)
			return at;
	}
	if (v.n >= BLOCK_BYTES && entity_in(v.p + v.n - BLOCK_BYTES, apostrophe) == BLOCK_BYTES)
		return v.n;
	while (at < v.n && (!entity_of[(unsigned char)v.p[at]] || (!apostrophe && v.p[at] == '\'')))
		at++;
	return at;
}

static inline __attribute__((always_inline)) void	/* once for each kind */
put_text(struct buf *b, struct view text, bool apostrophe)
{
	size_t from = 0;

	while (text.n) {
		size_t at = entity_from(text, from, apostrophe);

		buf_add(b, text.p + from, at - from);
		if (at == text.n)
			return;
		buf_puts(b, entity_of[(unsigned char)text.p[at]]);
		from = at + 1;
	}
}

void
html_text(struct buf *b, struct view text)
{
	put_text(b, text, false);
}

void
html_attr(struct buf *b, struct view text)
{
	put_text(b, text, false);
}

void
html_quoted(struct buf *b, struct view text)
{
	put_text(b, text, true);
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What stays as it is in an address: RFC 3986 without '[', ']', and '&' and ''' which get entities. */
static bool
href_safe(char c)
{
	return is_letter(c) || is_digit(c) || (c && strchr("-_.+!*(),%#@?=;:/$~", c));
}

void
html_href(struct buf *b, struct view url)
{
	size_t from = 0;

	for (size_t i = 0; i < url.n; i++) {
		char c = url.p[i];

		if (href_safe(c))
			continue;
		buf_add(b, url.p + from, i - from);
		if (c == '&')
			buf_puts(b, "&amp;");
		else if (c == '\'')
			buf_puts(b, "&#x27;");
		else
			buf_printf(b, "%%%02X", (unsigned char)c);
		from = i + 1;
	}
	if (from < url.n)
		buf_add(b, url.p + from, url.n - from);
}

static int
hex_value(char c)
{
	if (is_digit(c))
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The code point of "#38" or "#x26", or 0. */
static uint32_t
numeric_entity(struct view name)
{
	bool hex = name.n > 2 && (name.p[1] == 'x' || name.p[1] == 'X');
	uint32_t c = 0;

	if (name.n < 2 || name.n > 9)
		return 0;
	for (size_t i = hex ? 2 : 1; i < name.n; i++) {
		int value = hex || is_digit(name.p[i]) ? hex_value(name.p[i]) : -1;

		if (value < 0)
			return 0;
		c = c * (hex ? 16 : 10) + (uint32_t)value;
		if (c > 0x10FFFF)
			return 0;
	}
	return c >= 0xD800 && c <= 0xDFFF ? 0 : c;
}

/* Decodes the entity at *at (a '&') and moves behind it; what is none is text. */
static void
put_entity(struct buf *b, struct view html, size_t *at)
{
	static const struct {
		const char *name;
		char c;
	} named[] = { { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' }, { "apos", '\'' } };
	struct view rest = view_slice(html, *at + 1, *at + 12);
	size_t end = view_find(rest, ';');
	struct view name = view_slice(rest, 0, end);
	uint32_t c = 0;

	if (end < rest.n && name.n && name.p[0] == '#')
		c = numeric_entity(name);
	for (size_t i = 0; end < rest.n && i < sizeof named / sizeof *named; i++)
		if (view_is(name, named[i].name))
			c = (unsigned char)named[i].c;
	if (c) {
		utf8_put(b, c);
		*at += end + 2;
	} else {
		buf_addc(b, html.p[(*at)++]);
	}
}

void
html_plain(struct buf *b, struct view html)
{
	size_t at = 0;

	while (at < html.n) {
		struct view rest = view_slice(html, at, html.n);

		if (view_starts(rest, "<!--")) {
			size_t end = view_search(view_slice(rest, 4, rest.n), VIEW("-->"));

			at += end + 7;
		} else if (rest.p[0] == '<') {
			at += view_find(rest, '>') + 1;
		} else if (rest.p[0] == '&') {
			put_entity(b, html, &at);
		} else {
			size_t run = 0;

			while (run < rest.n && rest.p[run] != '<' && rest.p[run] != '&')
				run++;
			buf_add(b, rest.p, run);
			at += run;
		}
	}
}

/* Length of the scheme before ':' (RFC 3986), 0 when there is none; *colon: a ':' stands in the first path segment. */
static size_t
scheme_length(struct view url, bool *colon)
{
	size_t n = 0;

	*colon = false;
	while (n < url.n && !strchr(":/?#", url.p[n]))
		n++;
	if (n == url.n || url.p[n] != ':')
		return 0;
	*colon = true;
	if (n == 0 || !is_letter(url.p[0]))
		return 0;
	for (size_t i = 0; i < n; i++)
		if (!is_letter(url.p[i]) && !is_digit(url.p[i]) && url.p[i] != '+' && url.p[i] != '.' && url.p[i] != '-')
			return 0;
	return n;
}

static bool
scheme_is(struct view url, size_t n, const char *name)
{
	if (n != strlen(name))
		return false;
	for (size_t i = 0; i < n; i++)
		if ((url.p[i] | 0x20) != name[i])
			return false;
	return true;
}

/* The kind of an address without blanks around it and without tabs and line ends. */
static enum url_kind
kind_of(struct view url)
{
	bool colon;
	size_t n;

	for (size_t at = 0; at < url.n;) {
		uint32_t c;

		if (url.p[at] > ' ' && url.p[at] < 0x7f && url.p[at] != '\\') {
			at++;
			continue;
		}
		c = utf8_next(url, &at);
		if (utf8_is_control(c) || utf8_is_bidi_control(c) || utf8_is_odd_line(c) || c == '\\')
			return URL_BAD;
	}
	if (url.n == 0)
		return URL_EMPTY;
	if (url.p[0] == '#')
		return URL_FRAGMENT;
	if (view_starts(url, "//"))
		return URL_BAD;
	n = scheme_length(url, &colon);
	if (!colon)
		return URL_RELATIVE;
	if (scheme_is(url, n, "mailto") || scheme_is(url, n, "tel"))
		return URL_REMOTE;
	if (scheme_is(url, n, "http") || scheme_is(url, n, "https")) {
		struct view rest = view_slice(url, n + 1, url.n);

		/* a host must follow: browsers read 'https:x' and 'https:///x' each in their own way */
		if (view_starts(rest, "//") && rest.n > 2 && !strchr("/?#", rest.p[2]))
			return URL_REMOTE;
	}
	return URL_BAD;
}

enum url_kind
html_url_kind(struct view url)
{
	enum url_kind kind;
	struct buf clean;

	while (url.n && (unsigned char)url.p[0] <= ' ')
		url = view_slice(url, 1, url.n);
	while (url.n && (unsigned char)url.p[url.n - 1] <= ' ')
		url.n--;
	if (view_find(url, '\t') == url.n && view_find(url, '\n') == url.n && view_find(url, '\r') == url.n)
		return kind_of(url);
	buf_init(&clean);
	for (size_t i = 0; i < url.n; i++)
		if (!strchr("\t\n\r", url.p[i]) || !url.p[i])
			buf_addc(&clean, url.p[i]);
	kind = kind_of(view_buf(&clean));
	buf_release(&clean);
	return kind;
}
