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

/* <a ...>, <img ...> or <link ...>; true when the tag is left out. */
static bool
put_tag(const struct relink *r, enum relink_kind kind, struct view tag, struct buf *out)
{
	size_t from, to;
	struct view address;

	if (!find(tag, kind == RELINK_IMAGE ? "src" : "href", &from, &to)) {
		buf_addv(out, tag);
		return false;
	}
	address = r->address(r->self, kind, view_slice(tag, from, to));
	if (address.n == 0)
		return true;
	buf_addv(out, view_slice(tag, 0, from));
	buf_addv(out, address);
	buf_addv(out, view_slice(tag, to, tag.n));
	return false;
}

void
relink_html(const struct relink *r, struct view html, struct buf *out)
{
	bool dropped = false;	/* the <a> that is open; they do not nest */

	while (html.n) {
		size_t at = view_find(html, '<'), end;
		struct view tag;

		buf_addv(out, view_slice(html, 0, at));
		html = view_slice(html, at, html.n);
		end = view_find(html, '>') + 1;
		tag = view_slice(html, 0, end);
		html = view_slice(html, end, html.n);
		if (view_starts(tag, "<a "))
			dropped = put_tag(r, RELINK_LINK, tag, out);
		else if (view_starts(tag, "<img "))
			put_tag(r, RELINK_IMAGE, tag, out);
		else if (view_starts(tag, "<link "))
			put_tag(r, RELINK_STYLE, tag, out);
		else if (!view_is(tag, "</a>") || !dropped)
			buf_addv(out, tag);
		else
			dropped = false;
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
