/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other addresses in HTML. */
#include "job/relink.h"

#include "base/arena.h"

/* Where the value of an attribute stands in a tag: from to to; false when it has none. */
static bool
find(struct view tag, const char *name, size_t *from, size_t *to)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < tag.n; i++) {
		struct view rest = view_slice(tag, i, tag.n);

		if (tag.p[i] == '"') {	/* over a value */
			i += 1 + view_find(view_slice(rest, 1, rest.n), '"');
			continue;
		}
		if (tag.p[i] != ' ' || !view_starts(view_slice(rest, 1, rest.n), name) || !view_starts(view_slice(rest, n + 1, rest.n), "=\""))
			continue;
		*from = i + n + 3;
		*to = *from + view_find(view_slice(tag, *from, tag.n), '"');
		return true;
	}
	return false;
}

/* A value with its attribute, or the empty view. */
static struct view
value_of(struct view tag, const char *name)
{
	size_t from, to;

	return find(tag, name, &from, &to) ? view_slice(tag, from, to) : VIEW_NONE;
}

/* A tag as it is; in XML with its language in both spellings. */
static void
put(const struct relink *r, struct view tag, struct buf *out)
{
	size_t from, to, other[2];

	if (!r->xml || !find(tag, "lang", &from, &to) || find(tag, "xml:lang", &other[0], &other[1])) {
		buf_addv(out, tag);
		return;
	}
	buf_addv(out, view_slice(tag, 0, to));
	buf_printf(out, "\" xml:lang=\"%.*s", VIEW_ARG(view_slice(tag, from, to)));
	buf_addv(out, view_slice(tag, to, tag.n));
}

/* A tag with another address, or nothing when it has to go; false then. */
static bool
put_with_address(const struct relink *r, enum relink_kind kind, struct view tag, struct buf *out)
{
	size_t from, to;
	struct view address;
	struct buf changed;

	if (!find(tag, kind == RELINK_IMAGE ? "src" : "href", &from, &to)) {
		put(r, tag, out);
		return true;
	}
	address = r->address(r->self, kind, view_slice(tag, from, to));
	if (address.n == 0)
		return false;
	buf_init(&changed);
	buf_addv(&changed, view_slice(tag, 0, from));
	buf_addv(&changed, address);
	buf_addv(&changed, view_slice(tag, to, tag.n));
	put(r, view_buf(&changed), out);
	buf_release(&changed);
	return true;
}

/* <a>: its words stay in any case, in their language. What closes it. */
static const char *
put_link(const struct relink *r, struct view tag, struct buf *out)
{
	struct view lang = value_of(tag, "lang"), dir = value_of(tag, "dir");
	struct buf span;

	if (put_with_address(r, RELINK_LINK, tag, out))
		return "</a>";
	if (lang.n == 0)
		return "";
	buf_init(&span);
	buf_printf(&span, "<span lang=\"%.*s\"", VIEW_ARG(lang));
	if (dir.n)
		buf_printf(&span, " dir=\"%.*s\"", VIEW_ARG(dir));
	buf_addc(&span, '>');
	put(r, view_buf(&span), out);
	buf_release(&span);
	return "</span>";
}

void
relink_html(const struct relink *r, struct view html, struct buf *out)
{
	const char *end_of_link = "</a>";	/* they do not nest */

	while (html.n) {
		size_t at = view_find(html, '<'), end;
		struct view tag;

		buf_addv(out, view_slice(html, 0, at));
		html = view_slice(html, at, html.n);
		end = view_find(html, '>');
		end += end < html.n;
		tag = view_slice(html, 0, end);
		html = view_slice(html, end, html.n);
		if (view_starts(tag, "<a "))
			end_of_link = put_link(r, tag, out);
		else if (view_is(tag, "</a>"))
			buf_puts(out, end_of_link);
		else if (view_starts(tag, "<link "))
			put_with_address(r, RELINK_STYLE, tag, out);
		else if (!view_starts(tag, "<img "))
			put(r, tag, out);
		else if (!put_with_address(r, RELINK_IMAGE, tag, out))
			buf_addv(out, value_of(tag, "alt"));
	}
}

struct view
relink_path(struct arena *a, struct view page, struct view address, struct view *fragment, bool *remote)
{
	size_t hash = view_find(address, '#'), n = page.n;
	struct view rest = view_slice(address, 0, hash), piece;

	*fragment = view_slice(address, hash, address.n);
	*remote = view_find(rest, ':') < rest.n;
	if (*remote || rest.n == 0)
		return VIEW_NONE;
	while (n > 0 && page.p[n - 1] != '/')
		n--;
	page = view_slice(page, 0, n ? n - 1 : 0);
	while (view_cut(&rest, '/', &piece)) {
		if (view_is(piece, "..") && page.n == 0) {
			*remote = true;
			return VIEW_NONE;
		}
		if (view_is(piece, "..")) {
			for (n = page.n; n > 0 && page.p[n - 1] != '/'; n--)
				;
			page = view_slice(page, 0, n ? n - 1 : 0);
		} else if (!view_is(piece, ".")) {
			page = view_join(a, page, piece);
		}
	}
	return page;
}
