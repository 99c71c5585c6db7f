/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The content of a page, read back from the HTML that we wrote: what is said, where, and in which language. */
#include "job/search.h"

#include "format/html.h"

/* An element that is open. */
struct open {
	struct view name;
	struct search_lang lang;
	size_t target;		/* where text goes when it is closed */
	bool skip, block, heading, title;
};

struct reader {
	struct arena *arena;
	struct list targets, stack;
	struct buf text;	/* of the block under way */
	struct search_lang lang;	/* that it is in */
	size_t target;		/* where it goes */
};

static struct open *
innermost(struct reader *r)
{
	return LIST_AT(&r->stack, struct open, r->stack.n - 1);
}

static bool
one_of(struct view name, const char *list)
{
	struct view rest = view_str(list), word;

	while (view_cut(&rest, ' ', &word))
		if (view_eq(word, name))
			return true;
	return false;
}

static bool
same_lang(struct search_lang a, struct search_lang b)
{
	return view_eq(a.tag, b.tag) && a.rtl == b.rtl;
}

/* The block under way has ended: to the title of its target, or to its text. */
static void
flush(struct reader *r)
{
	struct search_target *t = LIST_AT(&r->targets, struct search_target, r->target);
	struct search_block b = { .text = view_trim(view_buf(&r->text)), .lang = r->lang };
	bool title = false;

	for (size_t i = 0; i < r->stack.n; i++) {
		b.heading |= LIST_AT(&r->stack, struct open, i)->heading;
		title |= LIST_AT(&r->stack, struct open, i)->title;
	}
	if (b.text.n && title && t->title.text.n && same_lang(t->title.lang, b.lang)) {
		t->title.text = view_printf(r->arena, "%.*s %.*s", VIEW_ARG(t->title.text), VIEW_ARG(b.text));
	} else if (b.text.n) {
		b.text = view_copy(r->arena, b.text);
		if (title && t->title.text.n == 0)
			t->title = b;
		else
			*(struct search_block *)list_push(&t->blocks, r->arena) = b;
	}
	buf_clear(&r->text);
}

/* Text between tags; white space is one blank. */
static void
read_text(struct reader *r, struct view html)
{
	const struct open *in = innermost(r);
	struct buf plain;

	if (in->skip || html.n == 0)
		return;
	if (!same_lang(in->lang, r->lang)) {
		flush(r);
		r->lang = in->lang;
	}
	buf_init(&plain);
	html_plain(&plain, html);
	for (size_t i = 0; i < plain.n; i++) {
		char c = plain.p[i];

		if (c != ' ' && c != '\t' && c != '\n')
			buf_addc(&r->text, c);
		else if (r->text.n && r->text.p[r->text.n - 1] != ' ')
			buf_addc(&r->text, ' ');
	}
	buf_release(&plain);
}

/* The value of an attribute as it is written, or the empty view. */
static struct view
attribute(struct view tag, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i + n + 2 < tag.n; i++) {
		struct view rest = view_slice(tag, i, tag.n);

		if (rest.p[0] == '"') {	/* over a value */
			i += 1 + view_find(view_slice(rest, 1, rest.n), '"');
			continue;
		}
		if (i > 0 && tag.p[i - 1] == ' ' && view_starts(rest, name) && rest.p[n] == '=' && rest.p[n + 1] == '"') {
			rest = view_slice(rest, n + 2, rest.n);
			return view_slice(rest, 0, view_find(rest, '"'));
		}
	}
	return VIEW_NONE;
}

/* What nobody would search for: numbers of footnotes and the way back from them, pictures, lists of links of the theme. */
static bool
is_skipped(struct view name, struct view tag)
{
	struct view role = attribute(tag, "role");

	return one_of(name, "script style svg template noscript nav form") || view_is(attribute(tag, "aria-hidden"), "true") ||
	    attribute(tag, "hidden").n || view_is(role, "doc-noteref") || view_is(role, "doc-backlink");
}

static bool
is_heading(struct view name)
{
	return name.n == 2 && name.p[0] == 'h' && name.p[1] >= '1' && name.p[1] <= '6';
}

/* An element with an id begins a target. That of a heading lasts until the next one, or the end of what holds it. */
static void
begin_target(struct reader *r, struct open *o, struct view id)
{
	struct search_target *t;

	if (id.n && !view_starts(id, "wp-") && !view_starts(id, "fn-") && !view_starts(id, "fnref-")) {
		t = list_push(&r->targets, r->arena);
		*t = (struct search_target){ .id = view_copy(r->arena, id), .blocks = LIST_OF(struct search_block) };
		r->target = r->targets.n - 1;
		if (is_heading(o->name)) {
			o->title = true;
			o->target = r->target;
		}
		return;
	}
	t = LIST_AT(&r->targets, struct search_target, r->target);
	if ((is_heading(o->name) || one_of(o->name, "dt summary caption legend th")) && t->id.n && t->title.text.n == 0 && t->blocks.n == 0)
		o->title = true;
}

static void
open_element(struct reader *r, struct view name, struct view tag)
{
	const struct open *in = innermost(r);
	struct view lang = attribute(tag, "lang"), dir = attribute(tag, "dir");
	struct open o = { .name = name, .lang = in->lang, .skip = in->skip || is_skipped(name, tag), .target = r->target };

	o.block = !one_of(name, "a abbr b bdi bdo cite code data del dfn em i ins kbd mark q s samp small span strong sub sup time u var");
	o.heading = is_heading(name) || view_is(name, "dt");
	if (lang.n) {
		o.lang.tag = view_copy(r->arena, lang);
		o.lang.rtl = dir.n ? view_is(dir, "rtl") : in->lang.rtl;
	}
	if (o.block && !in->skip)
		flush(r);
	if (o.block && !o.skip)
		begin_target(r, &o, attribute(tag, "id"));
	if (view_is(attribute(tag, "class"), "footnotes"))
		r->target = 0;
	*(struct open *)list_push(&r->stack, r->arena) = o;
}

static void
close_element(struct reader *r, struct view name)
{
	for (size_t i = r->stack.n; i-- > 1;) {
		struct open *o = LIST_AT(&r->stack, struct open, i);

		if (!view_eq(o->name, name))
			continue;
		if (o->block && !o->skip)
			flush(r);
		/* below a heading its target goes on */
		if (o->block && !is_heading(name))
			r->target = o->target;
		r->stack.n = i;
		return;
	}
}

static void
read_tag(struct reader *r, struct view tag)
{
	bool close = tag.n && tag.p[0] == '/';
	size_t n = close ? 1 : 0, from = n;
	struct view name;

	while (n < tag.n && tag.p[n] != ' ' && tag.p[n] != '/' && tag.p[n] != '\n')
		n++;
	name = view_slice(tag, from, n);
	if (close)
		close_element(r, name);
	else if (view_is(name, "br") || view_is(name, "hr"))
		read_text(r, VIEW(" "));
	else if (view_is(name, "img"))
		read_text(r, attribute(tag, "alt"));
	else if (!one_of(name, "wbr input col source") && tag.p[tag.n - 1] != '/')
		open_element(r, name, tag);
}

struct list
search_read(struct arena *a, struct search_lang lang, struct view html)
{
	struct reader r = { .arena = a, .targets = LIST_OF(struct search_target), .stack = LIST_OF(struct open), .lang = lang };

	buf_init(&r.text);
	((struct search_target *)list_push(&r.targets, a))->blocks = LIST_OF(struct search_block);
	*(struct open *)list_push(&r.stack, a) = (struct open){ .lang = lang };
	while (html.n) {
		size_t tag = view_find(html, '<');

		read_text(&r, view_slice(html, 0, tag));
		html = view_slice(html, tag, html.n);
		if (view_starts(html, "<!--")) {
			html = view_slice(html, view_search(html, VIEW("-->")) + 3, html.n);
		} else if (html.n) {
			tag = view_find(html, '>');
			if (tag > 1)
				read_tag(&r, view_slice(html, 1, tag));
			html = view_slice(html, tag + 1, html.n);
		}
	}
	flush(&r);
	buf_release(&r.text);
	return r.targets;
}
