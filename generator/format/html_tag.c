/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One raw HTML tag of a source page: read strictly, judged by an allow-list, printed our way. Part of html.h. */
#include <stdint.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "format/html.h"

/* Where an element may stand. */
enum { IN_PAGE = 1, IN_SEGMENT = 2, IN_TARGET = 4 };

static const struct element {
	const char *name;
	unsigned where;
} elements[] = {
	{ "abbr", IN_PAGE | IN_SEGMENT },
	{ "b", IN_PAGE | IN_SEGMENT | IN_TARGET },
	{ "bdi", IN_PAGE | IN_SEGMENT | IN_TARGET },
	{ "bdo", IN_PAGE | IN_SEGMENT },
	{ "br", IN_PAGE | IN_SEGMENT | IN_TARGET },
	{ "cite", IN_PAGE | IN_SEGMENT },
	{ "del", IN_PAGE | IN_SEGMENT | IN_TARGET },
	{ "details", IN_PAGE },
	{ "dfn", IN_PAGE | IN_SEGMENT },
	{ "em", IN_PAGE | IN_SEGMENT | IN_TARGET },
	{ "i", IN_PAGE | IN_SEGMENT | IN_TARGET },
	{ "kbd", IN_PAGE | IN_SEGMENT },
	{ "mark", IN_PAGE | IN_SEGMENT },
	{ "q", IN_PAGE | IN_SEGMENT },
	{ "rp", IN_PAGE | IN_SEGMENT },
	{ "rt", IN_PAGE | IN_SEGMENT },
	{ "ruby", IN_PAGE | IN_SEGMENT },
	{ "s", IN_PAGE | IN_SEGMENT },
	{ "samp", IN_PAGE | IN_SEGMENT },
	{ "small", IN_PAGE | IN_SEGMENT },
	{ "span", IN_PAGE | IN_SEGMENT },
	{ "strong", IN_PAGE | IN_SEGMENT | IN_TARGET },
	{ "sub", IN_PAGE | IN_SEGMENT | IN_TARGET },
	{ "summary", IN_PAGE },
	{ "sup", IN_PAGE | IN_SEGMENT | IN_TARGET },
	{ "time", IN_PAGE | IN_SEGMENT },
	{ "u", IN_PAGE | IN_SEGMENT },
	{ "var", IN_PAGE | IN_SEGMENT },
	{ "wbr", IN_PAGE | IN_SEGMENT },
};

/* The attributes we know; the index is their bit in `seen`. */
static const char *const attributes[] = { "title", "lang", "dir", "open", "datetime" };
enum { ATTR_TITLE, ATTR_LANG, ATTR_DIR, ATTR_OPEN, ATTR_DATETIME, ATTRS };

/* A tag being read. */
struct reader {
	struct view raw;
	size_t at;
	struct html_tag *tag;
	struct arena *arena;
	struct buf attrs;
	unsigned seen;
};

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_name(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
}

static char
peek(const struct reader *r)
{
	return r->at < r->raw.n ? r->raw.p[r->at] : '\0';
}

/* Blanks and line ends; whether there were any. */
static bool
skip_space(struct reader *r)
{
	size_t from = r->at;

	while (r->at < r->raw.n && strchr(" \t\n\r", r->raw.p[r->at]) && r->raw.p[r->at])
		r->at++;
	return r->at > from;
}

static struct view
lower(struct arena *a, struct view v)
{
	char *p = arena_copy(a, v.p, v.n);

	for (size_t i = 0; i < v.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] + 'a' - 'A');
	return view_of(p, v.n);
}

/* Code point of an entity's name without '&' and ';': numbers, XML's five and what people type; 0 for others. */
static uint32_t
entity_value(struct view name)
{
	static const struct {
		const char *name;
		uint32_t c;
	} named[] = {
		{ "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' }, { "apos", '\'' }, { "nbsp", 0xA0 },
		{ "copy", 0xA9 }, { "laquo", 0xAB }, { "raquo", 0xBB }, { "shy", 0xAD }, { "middot", 0xB7 },
		{ "ndash", 0x2013 }, { "mdash", 0x2014 }, { "lsquo", 0x2018 }, { "rsquo", 0x2019 },
		{ "ldquo", 0x201C }, { "rdquo", 0x201D }, { "hellip", 0x2026 }, { "zwnj", 0x200C }, { "zwj", 0x200D },
		{ "lrm", 0x200E }, { "rlm", 0x200F },
	};
	bool hex = name.n > 2 && name.p[0] == '#' && (name.p[1] | 0x20) == 'x';
	uint32_t c = 0;

	if (name.n < 2 || name.n > 9)
		return 0;
	if (name.p[0] != '#') {
		for (size_t i = 0; i < sizeof named / sizeof *named; i++)
			if (view_is(name, named[i].name))
				return named[i].c;
		return 0;
	}
	for (size_t i = hex ? 2 : 1; i < name.n; i++) {
		char d = name.p[i];

		if (d >= '0' && d <= '9')
			c = c * (hex ? 16 : 10) + (uint32_t)(d - '0');
		else if (hex && (d | 0x20) >= 'a' && (d | 0x20) <= 'f')
			c = c * 16 + (uint32_t)((d | 0x20) - 'a' + 10);
		else
			return 0;
	}
	return c;
}

/* A raw value to text. False when it holds what a page may not: unknown entities, controls. */
static bool
decode_value(struct buf *out, struct view value)
{
	size_t at = 0;

	while (at < value.n) {
		uint32_t c = utf8_next(value, &at);

		if (c == '&') {
			struct view rest = view_slice(value, at, at + 10);
			size_t end = view_find(rest, ';');

			if (end < rest.n && end > 0 && (is_letter(rest.p[0]) || rest.p[0] == '#')) {
				c = entity_value(view_slice(rest, 0, end));
				at += end + 1;
				if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
					return false;
			}
		}
		if (c == '\n' || c == '\r' || c == '\t')
			c = ' ';
		if (utf8_is_control(c) || utf8_is_bidi_control(c) || utf8_is_odd_line(c) || (c & 0xFFFE) == 0xFFFE)
			return false;
		utf8_put(out, c);
	}
	return true;
}

static bool
is_language(struct view v)
{
	for (size_t i = 0; i < v.n; i++)
		if (!is_name(v.p[i]) || (v.p[i] == '-' && (i == 0 || i + 1 == v.n || v.p[i - 1] == '-')))
			return false;
	return v.n > 1 && v.n <= 35;
}

static bool
is_datetime(struct view v)
{
	for (size_t i = 0; i < v.n; i++)
		if (!is_name(v.p[i]) && !strchr(" :.+", v.p[i]))
			return false;
	return v.n > 0;
}

/* Whether the attribute may stand on this element with this value. */
static bool
attribute_allowed(const struct html_tag *tag, int which, struct view value)
{
	switch (which) {
	case ATTR_TITLE:
		return true;
	case ATTR_LANG:
		return is_language(value);
	case ATTR_DIR:
		return view_is(value, "ltr") || view_is(value, "rtl") || view_is(value, "auto");
	case ATTR_OPEN:
		return view_is(tag->name, "details");
	case ATTR_DATETIME:
		return view_is(tag->name, "time") && is_datetime(value);
	default:
		return false;
	}
}

/* Judges one attribute and prints it when it is allowed. */
static void
keep_attribute(struct reader *r, struct view name, struct view raw)
{
	struct view value;
	struct buf text;
	int which = 0;

	name = lower(r->arena, name);
	while (which < ATTRS && !view_is(name, attributes[which]))
		which++;
	buf_init(&text);
	if (!decode_value(&text, raw) || (which < ATTRS && (r->seen & 1u << which)))
		which = ATTRS;
	value = view_buf(&text);
	if (which == ATTR_DIR)
		value = lower(r->arena, value);
	else if (which == ATTR_OPEN)
		value = name;
	if (attribute_allowed(r->tag, which, value)) {
		r->seen |= 1u << which;
		buf_printf(&r->attrs, " %s=\"", attributes[which]);
		html_attr(&r->attrs, value);
		buf_addc(&r->attrs, '"');
	} else {
		r->tag->allowed = false;
	}
	buf_release(&text);
}

/* A value behind '='; false when there is none. */
static bool
read_value(struct reader *r, struct view *value)
{
	size_t from = r->at;
	char quote = peek(r);

	if (quote == '"' || quote == '\'') {
		size_t len = view_find(view_slice(r->raw, from + 1, r->raw.n), quote);

		*value = view_slice(r->raw, from + 1, from + 1 + len);
		r->at = from + len + 2;
		return r->at <= r->raw.n;
	}
	while (r->at < r->raw.n && peek(r) && !strchr(" \t\n\r\"'=<>`", peek(r)))
		r->at++;
	*value = view_slice(r->raw, from, r->at);
	return value->n > 0;
}

/* All attributes of an open tag, CommonMark 6.6; false when they are not well-formed. */
static bool
read_attributes(struct reader *r)
{
	while (skip_space(r)) {
		struct view value = VIEW_NONE, name;
		size_t from = r->at, back;

		if (!is_letter(peek(r)) && peek(r) != '_' && peek(r) != ':')
			return true;
		while (is_name(peek(r)) || peek(r) == '_' || peek(r) == ':' || peek(r) == '.')
			r->at++;
		name = view_slice(r->raw, from, r->at);
		back = r->at;
		skip_space(r);
		if (peek(r) == '=') {
			r->at++;
			skip_space(r);
			if (!read_value(r, &value))
				return false;
		} else {
			r->at = back;
		}
		keep_attribute(r, name, value);
	}
	return true;
}

/* "<!--" text "-->", the text as XML wants it: without "--" and not ending in '-'. */
static enum html_tag_kind
read_comment(const struct reader *r)
{
	struct view text = view_slice(r->raw, 4, r->raw.n - 3);

	if (r->raw.n < 7 || !view_ends(r->raw, "-->") || view_search(text, VIEW("--")) < text.n || view_ends(text, "-"))
		return HTML_TAG_NONE;
	if (view_starts(text, ">") || view_starts(text, "->"))
		return HTML_TAG_NONE;
	/* server-side includes and conditional comments */
	r->tag->allowed = r->tag->inline_ok = !view_starts(view_trim(text), "#") && !view_starts(view_trim(text), "[");
	return HTML_TAG_COMMENT;
}

static enum html_tag_kind
read_tag(struct reader *r)
{
	enum html_tag_kind kind = HTML_TAG_OPEN;
	size_t from;

	if (view_starts(r->raw, "<!--"))
		return read_comment(r);
	if (peek(r) != '<')
		return HTML_TAG_NONE;
	r->at++;
	if (peek(r) == '/') {
		kind = HTML_TAG_CLOSE;
		r->at++;
	}
	from = r->at;
	if (!is_letter(peek(r)))
		return HTML_TAG_NONE;
	while (is_name(peek(r)))
		r->at++;
	r->tag->name = lower(r->arena, view_slice(r->raw, from, r->at));
	r->tag->allowed = true;
	if (kind == HTML_TAG_CLOSE)
		skip_space(r);
	else if (!read_attributes(r))
		return HTML_TAG_NONE;
	if (kind == HTML_TAG_OPEN && peek(r) == '/') {
		kind = HTML_TAG_EMPTY;
		r->at++;
	}
	return peek(r) == '>' && r->at + 1 == r->raw.n ? kind : HTML_TAG_NONE;
}

void
html_tag_read(struct arena *a, struct view raw, struct html_tag *tag)
{
	struct reader r = { .raw = raw, .tag = tag, .arena = a };
	unsigned where = 0;

	*tag = (struct html_tag){ .kind = HTML_TAG_NONE };
	buf_init(&r.attrs);
	tag->kind = read_tag(&r);
	if (tag->kind == HTML_TAG_NONE)
		*tag = (struct html_tag){ .kind = HTML_TAG_NONE };
	else
		tag->attrs = view_copy(a, view_buf(&r.attrs));
	buf_release(&r.attrs);
	if (tag->kind == HTML_TAG_NONE || tag->kind == HTML_TAG_COMMENT)
		return;
	tag->is_void = view_is(tag->name, "br") || view_is(tag->name, "wbr") || view_is(tag->name, "hr");
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
		if (view_is(tag->name, elements[i].name))
			where = elements[i].where;
	/* '<b/>' opens in HTML and is empty in XML; '</br>' is a line break in HTML and an error in XML */
	if ((tag->kind == HTML_TAG_EMPTY && !tag->is_void) || (tag->kind == HTML_TAG_CLOSE && tag->is_void))
		tag->allowed = false;
	tag->allowed = tag->allowed && (where & IN_PAGE);
	tag->inline_ok = tag->allowed && (where & IN_SEGMENT);
	tag->target_ok = tag->allowed && (where & IN_TARGET);
}
