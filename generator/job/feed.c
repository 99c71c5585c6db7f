/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Atom feeds. */
#include "job/feed.h"

#include <stdlib.h>

#include "format/html.h"
#include "job/assemble.h"
#include "job/survey.h"

void
feed_plan(struct world *w, struct plan *p)
{
	for (size_t k = 0; k < w->site.nlanguages; k++)
		if (p->languages[k])
			plan_add(p, w, assemble_feed(w->arena, w->site.languages[k]), w->site.file);
}

/* RFC 3339 wants a whole moment: a date that says less stands for its beginning. */
static void
put_day(struct view day, struct buf *out)
{
	static const char rest[] = "0000-01-01T00:00:00Z";

	buf_puts(out, "<updated>");
	buf_addv(out, day);
	buf_puts(out, rest + day.n);
	buf_puts(out, "</updated>\n");
}

static void
put_text(const char *element, struct view text, struct buf *out)
{
	buf_printf(out, "<%s>", element);
	html_text(out, text);
	buf_printf(out, "</%s>\n", element);
}

/* The address of a product, as an id and as a link. */
static void
put_address(const struct world *w, struct view path, const char *rel, struct buf *out)
{
	buf_puts(out, "<id>");
	html_text(out, w->site.base_url);
	html_text(out, path);
	buf_printf(out, "</id>\n<link rel=\"%s\" href=\"", rel);
	html_attr(out, w->site.base_url);
	html_attr(out, path);
	buf_puts(out, "\" />\n");
}

static void
put_entry(struct locale *l, const struct page *p, struct arena *a, struct buf *out)
{
	const struct locale_page *lp = survey_heading(l, p);
	const struct choice *title = &lp->choices[PAGE_TITLE], *about = &lp->choices[PAGE_DESCRIPTION];

	buf_puts(out, "<entry>\n");
	put_text("title", title->text, out);
	put_address(l->world, assemble_path(a, l->language, p), "alternate", out);
	put_day(p->as_of, out);
	if (lp->page->segments[PAGE_DESCRIPTION].source.n)
		put_text("summary", about->text, out);
	buf_puts(out, "</entry>\n");
}

/* The newest first; pages of one day stay in reading order. */
static int
by_day(const void *x, const void *y)
{
	const struct page *p = *(const struct page *const *)x, *q = *(const struct page *const *)y;
	int order = view_cmp(q->as_of, p->as_of);

	return order ? order : (p->index > q->index) - (p->index < q->index);
}

bool
feed_write(struct locale *l, const struct plan *plan, struct arena *a, struct buf *out)
{
	const struct world *w = l->world;
	const struct choice *strings = l->strings.choices;
	const struct page **pages = arena_array(a, w->pages.n, sizeof *pages);
	size_t n = 0;

	for (size_t i = 0; i < w->pages.n; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);

		if (p->as_of.n && !plan->left_out[i] && locale_has(p, l->language))
			pages[n++] = p;
	}
	if (n == 0)
		return false;
	qsort(pages, n, sizeof *pages, by_day);
	buf_printf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%.*s\">\n", VIEW_ARG(l->language->lang->tag));
	put_text("title", strings[STRINGS_TITLE].text, out);
	put_address(w, assemble_feed(a, l->language), "self", out);
	put_day(pages[0]->as_of, out);
	buf_puts(out, "<author>\n");
	put_text("name", strings[STRINGS_TITLE].text, out);
	buf_puts(out, "</author>\n");
	for (size_t i = 0; i < n && i < FEED_ENTRIES; i++)
		put_entry(l, pages[i], a, out);
	buf_puts(out, "</feed>\n");
	return true;
}
