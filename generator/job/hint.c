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

/* "one, many, other": the plural forms of a language, as far as common numbers show them. */
static void
put_categories(struct buf *b, struct lang *l)
{
	static const char *const names[] = { "zero", "one", "two", "few", "many", "other" };
	bool has[6] = { false };
	size_t from = b->n;

	for (int i = 0; i <= 203; i++) {
		const char *c = lang_plural(l, i == 201 ? 1.5 : i == 202 ? 1e6 : i == 203 ? 1000 : i);

		for (int k = 0; k < 6; k++)
			has[k] |= strcmp(c, names[k]) == 0;
	}
	for (int k = 0; k < 6; k++)
		if (has[k])
			buf_printf(b, "%s%s", b->n > from ? ", " : "", names[k]);
}

/* What the theme says of an interface word, and how to write one that changes with a number. */
static void
put_note(struct buf *b, const struct strings *t, struct lang *l, unsigned segment)
{
	for (size_t k = 0; k < t->n; k++) {
		const struct string *s = &t->list[k];
		struct buf forms;

		if (s->segment != segment)
			continue;
		if (s->note.n)
			buf_printf(b, "\n%.*s", VIEW_ARG(s->note));
		if (!s->plural.n)
			continue;
		buf_init(&forms);
		put_categories(&forms, l);
		if (strcmp(forms.p, "other") != 0)
			buf_printf(b, "\nwhere {%.*s} changes the sentence, write one text for each of: %s\n"
			    "  target:\n    one: |\n      ...\n    other: |\n      ...", VIEW_ARG(s->plural), forms.p);
		buf_release(&forms);
	}
}

struct view
hint_lines(struct arena *a, const struct world *w, struct lang *l, const struct page *page, const struct segment *s)
{
	const struct strings *t = &w->strings;
	struct view out;
	struct buf b;

	buf_init(&b);
	put_place(&b, page, s);
	if (!page && s >= t->segments && s < t->segments + t->nsegments)
		put_note(&b, t, l, (unsigned)(s - t->segments));
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
