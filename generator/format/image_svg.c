/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether an SVG is safe to hand out: a scanner that refuses what it cannot read. Part of image.h. */
#include <stdint.h>

#include "base/utf8.h"
#include "format/image.h"

enum { MAX_REF = 10 };

/* A file being scanned; why is the first thing found. */
struct scan {
	struct view text;
	size_t at;
	unsigned styles;	/* depth of <style> */
	struct buf css;		/* what stands in it, in one: XML joins the pieces around comments */
	const char *why;
};

static bool
found(struct scan *s, const char *why)
{
	if (!s->why)
		s->why = why;
	return false;
}

static char
low(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static bool
same(struct view v, const char *name)
{
	if (v.n != strlen(name))
		return false;
	for (size_t i = 0; i < v.n; i++)
		if (low(v.p[i]) != name[i])
			return false;
	return true;
}

static bool
one_of(struct view v, const char *const *names)
{
	for (; *names; names++)
		if (same(v, *names))
			return true;
	return false;
}

static bool
starts(struct view v, const char *prefix)
{
	return same(view_slice(v, 0, strlen(prefix)), prefix);
}

/* The part of a name behind its namespace prefix. */
static struct view
local_name(struct view name)
{
	size_t colon = view_find(name, ':');

	return colon < name.n ? view_slice(name, colon + 1, name.n) : name;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Text with its references resolved and in lower case: what a browser will compare. False after found(). */
static bool
resolve(struct scan *s, struct view raw, struct buf *out)
{
	static const struct {
		const char *name;
		uint32_t c;
	} named[] = { { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' }, { "apos", '\'' } };

	for (size_t i = 0; i < raw.n; i++) {
		struct view ref = view_slice(raw, i + 1, i + 1 + MAX_REF);
		uint32_t c = 0;
		bool hex;

		if (raw.p[i] != '&') {
			buf_addc(out, low(raw.p[i]));
			continue;
		}
		ref = view_slice(ref, 0, view_find(ref, ';'));
		hex = ref.n > 2 && ref.p[0] == '#' && ref.p[1] == 'x';
		for (size_t k = 0; k < sizeof named / sizeof *named; k++)
			if (view_is(ref, named[k].name))
				c = named[k].c;
		for (size_t k = hex ? 2 : 1; ref.n > 1 && ref.p[0] == '#' && k < ref.n && c <= 0x10FFFF; k++) {
			char d = low(ref.p[k]);

			if (d >= '0' && d <= '9')
				c = c * (hex ? 16 : 10) + (uint32_t)(d - '0');
			else if (hex && d >= 'a' && d <= 'f')
				c = c * 16 + (uint32_t)(d - 'a' + 10);
			else
				c = 0x110000;
		}
		if (ref.n == MAX_REF || c == 0 || c > 0x10FFFF)
			return found(s, "an entity");
		utf8_put(out, c < 0x80 ? (uint32_t)(unsigned char)low((char)c) : c);
		i += ref.n + 1;
	}
	return true;
}

/* Whether an address stays inside the file: a fragment, or a raster picture as data. */
static bool
address_inside(struct view url)
{
	static const char *const kinds[] = { "png", "jpeg", "jpg", "gif", "webp" };

	while (url.n && (unsigned char)url.p[0] <= ' ')
		url = view_slice(url, 1, url.n);
	if (url.n == 0 || url.p[0] == '#')
		return true;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		size_t n = strlen(kinds[i]);

		if (starts(url, "data:image/") && starts(view_slice(url, 11, url.n), kinds[i]) &&
		    view_starts(view_slice(url, 11 + n, url.n), ";base64,"))
			return true;
	}
	return false;
}

/* Judges CSS (lower case): rules that fetch, escapes that hide them, and the addresses of url(). */
static bool
css_safe(struct scan *s, struct view css)
{
	static const char *const refused[] = {
		"@import", "image-set(", "image(", "src(", "expression(", "-moz-binding", "behavior:", "javascript:",
	};
	struct view rest = css;

	if (view_find(css, '\\') < css.n)
		return found(s, "an escape in a style");
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		if (view_search(css, view_str(refused[i])) < css.n)
			return found(s, "an address outside the file");
	for (;;) {
		size_t at = view_search(rest, VIEW("url("));

		if (at == rest.n)
			return true;
		rest = view_slice(rest, at + 4, rest.n);
		while (rest.n && (is_blank(rest.p[0]) || rest.p[0] == '"' || rest.p[0] == '\''))
			rest = view_slice(rest, 1, rest.n);
		if (rest.n && rest.p[0] != ')' && !address_inside(rest))
			return found(s, "an address outside the file");
	}
}

/* Judges one attribute, value in lower case with references resolved. */
static bool
attribute_safe(struct scan *s, struct view name, struct view value)
{
	static const char *const addresses[] = {
		"href", "src", "action", "formaction", "data", "poster", "background", "srcset", "ping", "base", NULL,
	};
	struct view own = local_name(name);

	if (starts(own, "on"))
		return found(s, "an event attribute");
	if (same(name, "xmlns") || starts(name, "xmlns:")) {
		if (view_search(value, VIEW("xhtml")) < value.n || view_search(value, VIEW("/mathml")) < value.n ||
		    view_search(value, VIEW("xml-events")) < value.n)
			return found(s, "elements of another format");
		return true;
	}
	if (starts(name, "xml:") && same(own, "base"))
		return found(s, "an address outside the file");
	if (same(own, "attributename") && (view_search(value, VIEW("href")) < value.n || view_starts(value, "on") ||
	    view_ends(value, "src")))
		return found(s, "an animated address");
	if (one_of(own, addresses) && !(starts(name, "rdf:") || starts(name, "sodipodi:")) && !address_inside(value))
		return found(s, "an address outside the file");
	if (same(own, "style"))
		return css_safe(s, value);
	/* presentation attributes are CSS too */
	if (own.n != name.n || (view_find(value, '(') == value.n && view_find(value, '\\') == value.n))
		return true;
	return css_safe(s, value);
}

static bool
element_safe(struct scan *s, struct view name)
{
	static const char *const scripts[] = { "script", "handler", "listener", NULL };
	static const char *const frames[] = {
		"iframe", "embed", "object", "applet", "frame", "link", "meta", "form", "video", "audio", "base", NULL,
	};
	struct view own = local_name(name);

	if (one_of(own, scripts))
		return found(s, "a script");
	if (same(own, "foreignobject"))
		return found(s, "a foreignObject");
	if (one_of(own, frames))
		return found(s, "elements of another format");
	return true;
}

static void
skip_blanks(struct scan *s)
{
	while (s->at < s->text.n && is_blank(s->text.p[s->at]))
		s->at++;
}

static struct view
read_name(struct scan *s)
{
	size_t from = s->at;

	while (s->at < s->text.n && !is_blank(s->text.p[s->at]) && !strchr("=/><\"'&", s->text.p[s->at]))
		s->at++;
	return view_slice(s->text, from, s->at);
}

/* The attributes of an open tag up to its '>'. */
static bool
scan_attributes(struct scan *s, bool *empty)
{
	*empty = false;
	for (;;) {
		struct view name, value;
		struct buf plain;
		bool safe;
		char quote;

		skip_blanks(s);
		if (s->at < s->text.n && s->text.p[s->at] == '/') {
			*empty = true;
			s->at++;
		}
		if (s->at < s->text.n && s->text.p[s->at] == '>') {
			s->at++;
			return true;
		}
		name = read_name(s);
		skip_blanks(s);
		if (*empty || name.n == 0 || s->at >= s->text.n || s->text.p[s->at] != '=')
			return found(s, "a tag that is not well-formed");
		s->at++;
		skip_blanks(s);
		quote = s->at < s->text.n ? s->text.p[s->at++] : '\0';
		value = view_slice(s->text, s->at, s->text.n);
		value = view_slice(value, 0, quote ? view_find(value, quote) : 0);
		s->at += value.n + 1;
		if ((quote != '"' && quote != '\'') || s->at > s->text.n || view_find(value, '<') < value.n)
			return found(s, "a tag that is not well-formed");
		buf_init(&plain);
		safe = resolve(s, value, &plain) && attribute_safe(s, name, view_buf(&plain));
		buf_release(&plain);
		if (!safe)
			return false;
	}
}

static bool
scan_tag(struct scan *s)
{
	struct view name;
	bool empty, closes;

	s->at++;
	closes = s->at < s->text.n && s->text.p[s->at] == '/';
	s->at += closes;
	name = read_name(s);
	if (name.n == 0)
		return found(s, "a tag that is not well-formed");
	if (closes) {
		skip_blanks(s);
		if (s->at >= s->text.n || s->text.p[s->at++] != '>')
			return found(s, "a tag that is not well-formed");
		if (s->styles && same(local_name(name), "style") && --s->styles == 0) {
			bool safe = css_safe(s, view_buf(&s->css));

			buf_clear(&s->css);
			return safe;
		}
		return true;
	}
	if (!element_safe(s, name) || !scan_attributes(s, &empty))
		return false;
	s->styles += !empty && same(local_name(name), "style");
	return true;
}

/* Characters between tags; CDATA is taken as it is. */
static bool
scan_text(struct scan *s, struct view text, bool cdata)
{
	struct buf plain;
	bool safe = true;

	buf_init(&plain);
	if (cdata)
		for (size_t i = 0; i < text.n; i++)
			buf_addc(&plain, low(text.p[i]));
	else
		safe = resolve(s, text, &plain);
	if (s->styles)
		buf_addv(&s->css, view_buf(&plain));
	buf_release(&plain);
	return safe;
}

/* What begins with "<!" or "<?". */
static bool
scan_markup(struct scan *s)
{
	struct view rest = view_slice(s->text, s->at, s->text.n);
	struct view end, inside;
	size_t at;

	if (starts(rest, "<!doctype"))
		return found(s, "a DOCTYPE");
	if (starts(rest, "<!entity"))
		return found(s, "an entity");
	if (view_starts(rest, "<?")) {
		/* the XML declaration, first in the file and of an encoding that is UTF-8 */
		inside = view_slice(rest, 0, view_search(rest, VIEW("?>")));
		if (s->at != 0 || !view_starts(rest, "<?xml") || rest.n < 6 || !is_blank(rest.p[5]) || inside.n == rest.n)
			return found(s, "a processing instruction");
		at = view_search(inside, VIEW("encoding"));
		rest = view_slice(inside, at + 8, inside.n);
		while (rest.n && strchr("= \t\n\r\"'", rest.p[0]))
			rest = view_slice(rest, 1, rest.n);
		if (at < inside.n && !starts(rest, "utf-8") && !starts(rest, "us-ascii"))
			return found(s, "an encoding other than UTF-8");
		s->at = inside.n + 2;
		return true;
	}
	if (view_starts(rest, "<!--"))
		end = VIEW("-->");
	else if (view_starts(rest, "<![CDATA["))
		end = VIEW("]]>");
	else
		return found(s, "a declaration");
	inside = view_slice(rest, end.p[0] == '-' ? 4 : 9, rest.n);
	at = view_search(inside, end);
	if (at == inside.n)
		return found(s, "a tag that is not well-formed");
	s->at += rest.n - inside.n + at + 3;
	return end.p[0] == '-' || scan_text(s, view_slice(inside, 0, at), true);
}

bool
image_svg_safe(struct view bytes, const char **why)
{
	struct scan s = { .text = bytes };
	bool safe = true;

	buf_init(&s.css);
	if (view_starts(bytes, "\xEF\xBB\xBF"))
		s.text = view_slice(bytes, 3, bytes.n);
	if (utf8_invalid(s.text) < s.text.n || view_find(s.text, '\0') < s.text.n)
		safe = found(&s, "an encoding other than UTF-8");
	while (safe && s.at < s.text.n) {
		struct view rest = view_slice(s.text, s.at, s.text.n);

		if (view_starts(rest, "<!") || view_starts(rest, "<?")) {
			safe = scan_markup(&s);
		} else if (rest.p[0] == '<') {
			safe = scan_tag(&s);
		} else {
			size_t n = view_find(rest, '<');

			safe = scan_text(&s, view_slice(rest, 0, n), false);
			s.at += n;
		}
	}
	if (safe && s.styles)
		safe = found(&s, "a tag that is not well-formed");
	buf_release(&s.css);
	*why = s.why;
	return safe;
}
