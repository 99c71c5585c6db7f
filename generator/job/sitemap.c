/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sitemaps. */
#include "job/sitemap.h"

#include "format/html.h"
#include "job/assemble.h"

struct view
sitemap_path(struct arena *a, const struct language *l)
{
	return view_join(a, l ? l->folder : VIEW_NONE, VIEW("sitemap.xml"));
}

void
sitemap_plan(struct world *w, struct plan *p)
{
	for (size_t k = 0; k <= w->site.nlanguages; k++) {
		const struct language *l = k < w->site.nlanguages ? w->site.languages[k] : NULL;

		if (!l || p->languages[k])
			plan_add(p, w, sitemap_path(w->arena, l), w->site.file);
	}
}

static void
put_address(const struct world *w, struct view path, const char *element, struct buf *out)
{
	buf_addc(out, '<');
	buf_puts(out, element);
	buf_puts(out, "><loc>");
	html_text(out, w->site.base_url);
	html_text(out, path);
	buf_puts(out, "</loc></");
	buf_puts(out, element);
	buf_puts(out, ">\n");
}

bool
sitemap_write(const struct world *w, const struct plan *p, const struct language *l, struct arena *a, struct buf *out)
{
	static const char ns[] = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

	if (l && !p->languages[l->index])
		return false;
	buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	if (!l) {
		buf_printf(out, "<sitemapindex %s>\n", ns);
		for (size_t k = 0; k < w->site.nlanguages; k++)
			if (p->languages[k])
				put_address(w, sitemap_path(a, w->site.languages[k]), "sitemap", out);
		buf_puts(out, "</sitemapindex>\n");
		return true;
	}
	buf_printf(out, "<urlset %s>\n", ns);
	for (size_t i = 0; i < w->pages.n; i++) {
		const struct page *page = *LIST_AT(&w->pages, struct page *, i);
		struct arena_mark mark = arena_mark(a);

		if (!p->left_out[i] && locale_has(page, l))
			put_address(w, assemble_path(a, l, page), "url", out);
		arena_rewind(a, mark);
	}
	buf_puts(out, "</urlset>\n");
	return true;
}
