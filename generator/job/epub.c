/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Books. */
#include "job/epub.h"

#include "format/html.h"
#include "job/assemble.h"
#include "job/desk.h"
#include "job/epub_parts.h"
#include "job/relink.h"
#include "job/search.h"
#include "job/survey.h"

/* "fr/a.html" is "fr/a.xhtml" in the book. */
struct view
book_path(struct book *b, struct view path)
{
	return view_printf(b->arena, "%.*s.xhtml", VIEW_ARG(view_slice(path, 0, path.n - 5)));
}

static struct view
address(void *self, enum relink_kind kind, struct view address)
{
	struct book *b = self;
	struct view fragment, path, base = b->edition->world->site.base_url;
	bool remote;

	path = relink_path(b->arena, b->page, address, &fragment, &remote);
	if (kind != RELINK_LINK)
		return path.n && book_take(b, path) ? address : VIEW_NONE;
	if (remote || path.n == 0)
		return address;
	if (!map_get(&b->pages, path))
		return base.n ? view_printf(b->arena, "%.*s%.*s%.*s", VIEW_ARG(base), VIEW_ARG(path), VIEW_ARG(fragment)) : VIEW_NONE;
	address = view_slice(address, 0, address.n - fragment.n);
	return view_printf(b->arena, "%.*s.xhtml%.*s", VIEW_ARG(view_slice(address, 0, address.n - 5)), VIEW_ARG(fragment));
}

/* Whether a page reads as part of a book. */
static bool
is_text(const struct book *b, const struct page *p, struct view html)
{
	const struct world *w = b->edition->world;

	return p != search_page(w) && p != desk_page(w) && view_search(html, VIEW("<script")) == html.n &&
	    view_search(html, VIEW("<form")) == html.n && view_search(html, VIEW("<input")) == html.n &&
	    view_search(html, VIEW("<button")) == html.n;
}

/* The languages that a page's markup names. */
static void
note_languages(struct book *b, struct view html)
{
	const struct view sign = VIEW(" lang=\"");

	for (;;) {
		size_t at = view_search(html, sign);
		struct view tag;

		if (at == html.n)
			return;
		html = view_slice(html, at + sign.n, html.n);
		tag = view_slice(html, 0, view_find(html, '"'));
		if (!map_get(&b->tags, tag))
			map_set(&b->tags, tag, b);
	}
}

/* All pages, assembled; which are in is known before the first link is changed. */
static bool
gather(struct book *b)
{
	const struct world *w = b->edition->world;
	struct value more = value_map();
	struct arena item;
	struct buf html;
	bool good = true;

	arena_init(&item);
	buf_init(&html);
	for (size_t i = 0; good && i < w->pages.n; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);
		struct book_page *page;

		if (p->version || !locale_has(p, b->locale->language))
			continue;
		buf_clear(&html);
		good = assemble_page_in(b->locale, p, VIEW("book-page"), &more, &item, &html, b->edition->diags);
		if (good && is_text(b, p, view_buf(&html))) {
			page = list_push(&b->list, b->arena);
			*page = (struct book_page){ .page = p, .path = assemble_path(b->arena, b->locale->language, p),
				.html = view_copy(b->arena, view_buf(&html)) };
			map_set(&b->pages, page->path, (void *)(uintptr_t)p);
			note_languages(b, page->html);
		}
	}
	buf_release(&html);
	arena_release(&item);
	return good;
}

/* A page of the book, with its own addresses. */
static void
add_page(struct book *b, struct view path, struct view html)
{
	const struct relink r = { .address = address, .self = b, .xml = true };
	struct view page, file = book_path(b, path);
	struct buf xhtml;

	buf_init(&xhtml);
	b->page = path;
	relink_html(&r, html, &xhtml);
	page = view_copy(b->arena, view_buf(&xhtml));
	buf_release(&xhtml);
	book_add(b, view_join(b->arena, VIEW("EPUB"), file), page);
	*(struct book_item *)list_push(&b->items, b->arena) = (struct book_item){ .path = file, .page = true, .type = "application/xhtml+xml",
		.svg = view_search(page, VIEW("<svg")) < page.n };
}

static void
add_frame(struct book *b)
{
	struct buf text;

	buf_init(&text);
	book_nav(b, &text);
	book_add(b, VIEW("EPUB/nav.xhtml"), view_copy(b->arena, view_buf(&text)));
	buf_clear(&text);
	book_package(b, &text);
	book_add(b, VIEW("EPUB/package.opf"), view_copy(b->arena, view_buf(&text)));
	buf_release(&text);
	book_add(b, VIEW("META-INF/container.xml"), VIEW("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\" version=\"1.0\"><rootfiles>"
	    "<rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\" /></rootfiles></container>\n"));
	book_add(b, VIEW("mimetype"), VIEW("application/epub+zip"));
	LIST_AT(&b->entries, struct zip_entry, b->entries.n - 1)->stored = true;
}

static bool
make(struct book *b)
{
	struct buf cover;
	bool good;

	if (!edition_template(b->edition, VIEW("book-page")) || !edition_template(b->edition, VIEW("book-cover")) || !gather(b))
		return false;
	book_fonts(b);
	book_cover_picture(b);
	buf_init(&cover);
	good = book_cover(b, &cover);
	if (good) {
		add_page(b, VIEW("cover.html"), view_buf(&cover));
		for (size_t i = 0; i < b->list.n; i++) {
			const struct book_page *p = LIST_AT(&b->list, struct book_page, i);

			add_page(b, p->path, p->html);
		}
		add_frame(b);
	}
	buf_release(&cover);
	return good;
}

bool
epub_write(const struct edition *e, struct language *l, struct buf *out, size_t *pages)
{
	struct locale locale;
	struct arena arena;
	struct book b = { .edition = e, .locale = &locale, .arena = &arena, .entries = LIST_OF(struct zip_entry),
		.items = LIST_OF(struct book_item), .list = LIST_OF(struct book_page) };
	struct diags quiet;	/* the survey has said what is wrong with the catalogs */
	const char *why;
	bool good;

	arena_init(&arena);
	diags_init(&quiet);
	map_init(&b.pages, &arena);
	map_init(&b.taken, &arena);
	map_init(&b.tags, &arena);
	locale_open(&locale, &arena, e->world, l, false, &quiet);
	good = make(&b);
	if (good && !zip_write(&b.entries, out, &why)) {
		diag(e->diags, file_write, PLACE_NONE, VIEW("epub"), view_str(why));
		good = false;
	}
	*pages = b.list.n;
	diags_release(&quiet);
	arena_release(&arena);
	return good;
}
