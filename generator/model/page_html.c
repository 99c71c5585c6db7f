/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks of raw HTML in source pages: an allow-list, balanced across blocks; the rest is shown as text. */
#include "model/page_html.h"

/* The end of the raw tag or comment that begins at `at`, or 0 when it does not end. */
static size_t
tag_end(struct view t, size_t at)
{
	char quote = 0;

	if (view_starts(view_slice(t, at, t.n), "<!--")) {
		size_t end = at + 4 + view_search(view_slice(t, at + 4, t.n), VIEW("-->"));

		return end < t.n ? end + 3 : 0;
	}
	for (size_t i = at + 1; i < t.n; i++) {
		if (quote)
			quote = t.p[i] == quote ? 0 : quote;
		else if (t.p[i] == '"' || t.p[i] == '\'')
			quote = t.p[i];
		else if (t.p[i] == '>')
			return i + 1;
	}
	return 0;
}

static unsigned
line_of(const struct md_node *m, size_t at)
{
	unsigned line = m->line;

	for (size_t i = 0; i < at; i++)
		line += m->text.p[i] == '\n';
	return line;
}

static void
put_tag(struct body *b, const struct html_tag *tag)
{
	const char *form = tag->kind == HTML_TAG_CLOSE ? "</%.*s>" : tag->is_void ? "<%.*s%.*s />" : "<%.*s%.*s>";

	page_putv(b, view_printf(b->scratch, form, VIEW_ARG(tag->name), VIEW_ARG(tag->attrs)));
}

/* One pass over a block: without `write` it only looks whether all is allowed and closes what it should. */
static bool
walk(struct body *b, const struct md_node *m, size_t base, bool write)
{
	struct view t = m->text;
	size_t nopen = b->nopen, i = 0;
	bool tags = false, text = false;

	while (i < t.n) {
		struct html_tag tag;
		size_t end = i + view_find(view_slice(t, i, t.n), '<');

		text |= view_trim(view_slice(t, i, end)).n > 0;
		if (write)
			page_html_text(b, view_slice(t, i, end), line_of(m, i));
		if (end == t.n)
			break;
		i = tag_end(t, end);
		if (i == 0)
			return false;
		html_tag_read(b->scratch, view_slice(t, end, i), &tag);
		if (tag.kind == HTML_TAG_COMMENT)
			continue;
		if (tag.kind == HTML_TAG_NONE || !tag.allowed || (tag.kind == HTML_TAG_EMPTY && !tag.is_void))
			return false;
		tags = true;
		if (tag.kind == HTML_TAG_CLOSE) {
			if (nopen == base || !view_eq(b->open[nopen - 1], tag.name))
				return false;
			nopen--;
		} else if (!tag.is_void) {
			if (nopen == BODY_OPEN_MAX)
				return false;
			b->open[nopen++] = view_copy(b->a, tag.name);
		}
		if (write)
			put_tag(b, &tag);
	}
	if (write)
		b->nopen = nopen;
	return tags || !text;	/* Markdown behind a comment is no HTML */
}

static bool
is_critical(struct view t)
{
	t = view_trim(t);
	return view_starts(t, "<!--") && view_ends(t, "-->") && t.n >= 7 &&
	    view_is(view_trim(view_slice(t, 4, t.n - 3)), "critical");
}

/* Whether a block holds nothing but comments. */
static bool
only_comments(struct view t)
{
	for (t = view_trim(t); t.n; t = view_trim(t)) {
		size_t end = view_starts(t, "<!--") ? tag_end(t, 0) : 0;

		if (!end)
			return false;
		t = view_slice(t, end, t.n);
	}
	return true;
}

bool
page_html_block(struct body *b, const struct md_node *m, size_t base)
{
	struct view saved[BODY_OPEN_MAX];
	bool ok;

	if (only_comments(m->text))
		return is_critical(m->text);
	memcpy(saved, b->open, sizeof saved);
	ok = walk(b, m, base, false);
	memcpy(b->open, saved, sizeof saved);
	if (!ok) {
		diag(b->d, html_refused, place_at(b->page->file, m->line, m->col, 0), view_trim(view_slice(m->text, 0, 40)));
		page_code(b, VIEW_NONE, m->text);
		return false;
	}
	walk(b, m, base, true);
	return false;
}

void
page_html_close(struct body *b, size_t base)
{
	while (b->nopen > base) {
		struct view name = b->open[--b->nopen];

		diag(b->d, html_block_unclosed, b->place, name);
		page_putv(b, view_printf(b->a, "</%.*s>\n", VIEW_ARG(name)));
	}
}
