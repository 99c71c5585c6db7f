/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tool's own lines above an entry of a catalog. */
#include "job/hint.h"

/* "reporting/alternative-report.md:12   [1] reporting/sessions.md" */
static void
put_place(struct buf *b, const struct page *page, const struct segment *s)
{
	struct view file = s->place.file;

	if (view_starts(file, "content/"))
		file = view_slice(file, 8, file.n);
	buf_printf(b, "%.*s:%u", VIEW_ARG(file), s->place.line);
	for (unsigned i = 0; page && i < s->ndests; i++) {
		const struct page_dest *d = &page->dests[s->first_dest + i];

		buf_printf(b, "%s[%u] ", i ? "  " : "   ", i + 1);
		buf_addv(b, d->page ? d->page->path : d->url);
		if (d->page && d->fragment.n)
			buf_printf(b, "#%.*s", VIEW_ARG(d->fragment));
	}
}

/* What the theme says of an interface word, and how to write one that changes with a number. */
static void
put_note(struct buf *b, const struct string *s, struct lang *l)
{
	struct buf forms;

	if (s->note.n)
		buf_printf(b, "\n%.*s", VIEW_ARG(s->note));
	if (!s->plural.n)
		return;
	buf_init(&forms);
	for (int k = 0; k < LANG_CATEGORIES; k++)
		if (lang_has_category(l, lang_categories[k]))
			buf_printf(&forms, "%s%s", forms.n ? ", " : "", lang_categories[k]);
	if (strcmp(forms.p, "other") != 0)
		buf_printf(b, "\nwhere {%.*s} changes the sentence, write one text for each of: %s\n"
		    "  target:\n    one: |\n      ...\n    other: |\n      ...", VIEW_ARG(s->plural), forms.p);
	buf_release(&forms);
}

struct view
hint_lines(struct arena *a, const struct world *w, struct lang *l, const struct page *page, const struct segment *s)
{
	const struct strings *t = &w->strings;
	const struct string *string = NULL;
	struct view out;
	struct buf b;

	buf_init(&b);
	put_place(&b, page, s);
	if (!page && s >= t->segments && s < t->segments + t->nsegments)
		string = strings_at(t, (size_t)(s - t->segments));
	if (string)
		put_note(&b, string, l);
	out = view_copy(a, view_buf(&b));
	buf_release(&b);
	return out;
}

/* Behind the number of the line: "index.md:12   [1] x" to "   [1] x"; *file is "index.md". */
static struct view
behind_line(struct view text, struct view *file)
{
	size_t end = 0, colon, at;

	while (end < text.n && text.p[end] != ' ' && text.p[end] != '\n')
		end++;
	for (colon = end; colon > 0 && text.p[colon - 1] >= '0' && text.p[colon - 1] <= '9';)
		colon--;
	at = colon > 1 && colon < end && text.p[colon - 1] == ':' ? colon - 1 : end;
	*file = view_slice(text, 0, at);
	return view_slice(text, end, text.n);
}

bool
hint_same(struct view x, struct view y)
{
	struct view file_x, file_y;

	x = behind_line(x, &file_x);
	y = behind_line(y, &file_y);
	return view_eq(x, y) && view_eq(file_x, file_y);
}
