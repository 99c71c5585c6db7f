/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is around the pages of a book: cover, contents, description (EPUB 3.2, EPUB Accessibility 1.0). */
#include "format/digest.h"
#include "format/html.h"
#include "job/assemble.h"
#include "job/epub_parts.h"
#include "job/survey.h"

/* A text of the site in its language, or in the one that stands in for it. */
static const struct choice *
text_of(const struct book *b, size_t segment)
{
	return &b->locale->strings.choices[segment];
}

bool
book_cover(struct book *b, struct buf *out)
{
	struct value more = value_map();
	struct view date;
	struct arena item;
	bool good;

	arena_init(&item);
	value_set(&more, &item, "picture", b->cover.n ? value_text_in(b->cover, VIEW_NONE, VIEW("zxx"), false) : value_none());
	value_set(&more, &item, "date", b->edition->release.date.n && lang_date(b->locale->language->lang, &item, b->edition->release.date, &date) ?
	    value_text(date) : value_none());
	value_set(&more, &item, "until", b->edition->release.until.n &&
	    lang_date(b->locale->language->lang, &item, b->edition->release.until, &date) ? value_text(date) : value_none());
	good = assemble_file(b->locale, VIEW("book-cover"), &more, &item, out, b->edition->diags);
	arena_release(&item);
	return good;
}

static void
put_entry(struct book *b, const struct page *p, struct buf *out)
{
	const struct language *own = b->locale->language;
	const struct choice *c = &survey_heading(b->locale, p)->choices[PAGE_TITLE];

	buf_puts(out, "<li><a href=\"");
	html_href(out, book_path(b, assemble_path(b->arena, own, p)));
	buf_puts(out, "\">");
	if (c->from != own)
		buf_printf(out, "<span lang=\"%.*s\" xml:lang=\"%.*s\" dir=\"%s\">", VIEW_ARG(c->from->lang->tag), VIEW_ARG(c->from->lang->tag),
		    c->from->lang->rtl ? "rtl" : "ltr");
	html_text(out, c->text);
	buf_puts(out, c->from != own ? "</span></a>" : "</a>");
}

/* A page that is in the book, with those below it; of one that is not, those below. */
static void
put_branch(struct book *b, const struct page *p, struct buf *out)
{
	const struct language *own = b->locale->language;
	bool in = map_get(&b->pages, assemble_path(b->arena, own, p)) != NULL;
	size_t before, start;

	if (in)
		put_entry(b, p, out);
	before = out->n;
	if (in)
		buf_puts(out, "\n<ol>\n");
	start = out->n;
	for (size_t i = 0; i < p->nchildren; i++)
		put_branch(b, p->children[i], out);
	if (in && out->n == start)
		buf_truncate(out, before);
	else if (in)
		buf_puts(out, "</ol>\n");
	if (in)
		buf_puts(out, "</li>\n");
}

void
book_nav(struct book *b, struct buf *out)
{
	const struct lang *l = b->locale->language->lang;
	const struct page *home = b->edition->world->home;
	const struct choice *title = text_of(b, STRINGS_TITLE);
	struct view lang = title->from->lang->tag;

	buf_printf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" "
	    "xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"%.*s\" xml:lang=\"%.*s\" dir=\"%s\">\n<head><title>",
	    VIEW_ARG(l->tag), VIEW_ARG(l->tag), l->rtl ? "rtl" : "ltr");
	html_text(out, title->text);
	buf_puts(out, "</title></head>\n<body>\n<nav epub:type=\"toc\" role=\"doc-toc\">\n");
	buf_printf(out, "<h1 lang=\"%.*s\" xml:lang=\"%.*s\" dir=\"%s\">", VIEW_ARG(lang), VIEW_ARG(lang), title->from->lang->rtl ? "rtl" : "ltr");
	html_text(out, title->text);
	buf_puts(out, "</h1>\n<ol>\n");
	if (home)
		put_branch(b, home, out);
	for (size_t i = 0; !home && i < b->list.n; i++) {
		put_entry(b, LIST_AT(&b->list, struct book_page, i)->page, out);
		buf_puts(out, "</li>\n");
	}
	buf_puts(out, "</ol>\n</nav>\n</body>\n</html>\n");
}

static void
put_element(struct buf *out, const char *open, struct view text, const char *close)
{
	if (text.n == 0)
		return;
	buf_puts(out, open);
	html_text(out, text);
	buf_puts(out, close);
}

/* An element with a text that may be in another language than the book. */
static void
put_text(struct book *b, struct buf *out, const char *name, const char *attribute, const struct choice *c)
{
	buf_printf(out, "<%s%s", name, attribute);
	if (c->from != b->locale->language)
		buf_printf(out, " xml:lang=\"%.*s\" dir=\"%s\"", VIEW_ARG(c->from->lang->tag), c->from->lang->rtl ? "rtl" : "ltr");
	buf_addc(out, '>');
	html_text(out, c->text);
	buf_printf(out, "</%s>\n", name);
}

/* A name that no other book has and each release of this one keeps: a UUID (version 8) of the site and the language. */
static void
put_identifier(struct book *b, struct buf *out)
{
	struct buf hex;

	buf_init(&hex);
	digest_hex(&hex, view_printf(b->arena, "%.*s %.*s", VIEW_ARG(b->edition->world->site.id), VIEW_ARG(b->locale->language->lang->tag)));
	buf_printf(out, "<dc:identifier id=\"id\">urn:uuid:%.8s-%.4s-8%.3s-8%.3s-%.12s</dc:identifier>\n", hex.p, hex.p + 8, hex.p + 12,
	    hex.p + 15, hex.p + 18);
	buf_release(&hex);
}

/* How readers who do not see or hear get along (EPUB Accessibility). */
static void
put_access(struct book *b, struct buf *out)
{
	static const char *const access[][2] = { { "accessMode", "textual" }, { "accessModeSufficient", "textual" },
		{ "accessibilityFeature", "structuralNavigation" }, { "accessibilityFeature", "tableOfContents" },
		{ "accessibilityFeature", "readingOrder" }, { "accessibilityFeature", "displayTransformability" },
		{ "accessibilityHazard", "none" } };
	const struct world *w = b->edition->world;
	const struct string *s = strings_find(&w->strings, VIEW("book-access"));
	bool pictures = false;

	for (size_t i = 0; i < sizeof access / sizeof *access; i++)
		buf_printf(out, "<meta property=\"schema:%s\">%s</meta>\n", access[i][0], access[i][1]);
	for (size_t i = 0; i < b->items.n; i++) {
		const struct book_item *item = LIST_AT(&b->items, struct book_item, i);

		pictures |= item->svg || (view_starts(view_str(item->type), "image/") && !view_eq(item->path, b->cover));
	}
	if (pictures)
		buf_puts(out, "<meta property=\"schema:accessMode\">visual</meta>\n"
		    "<meta property=\"schema:accessibilityFeature\">alternativeText</meta>\n");
	if (s)
		put_text(b, out, "meta", " property=\"schema:accessibilitySummary\"", text_of(b, s->segment));
}

static void
put_metadata(struct book *b, struct buf *out)
{
	const struct site *site = &b->edition->world->site;
	const struct release *r = &b->edition->release;

	buf_puts(out, "<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
	put_identifier(b, out);
	put_text(b, out, "dc:title", "", text_of(b, STRINGS_TITLE));
	put_element(out, "<dc:language>", b->locale->language->lang->tag, "</dc:language>\n");
	if (site->description.n)
		put_text(b, out, "dc:description", "", text_of(b, STRINGS_DESCRIPTION));
	put_element(out, "<dc:rights>", site->licence, "</dc:rights>\n");
	put_element(out, "<dc:source>", site->base_url, "</dc:source>\n");
	put_element(out, "<dc:date>", r->date, "</dc:date>\n");
	buf_printf(out, "<meta property=\"dcterms:modified\">%.*sT00:00:00Z</meta>\n", VIEW_ARG(r->date.n ? r->date : VIEW("1980-01-01")));
	put_access(b, out);
	buf_puts(out, "</metadata>\n");
}

void
book_package(struct book *b, struct buf *out)
{
	bool nav = false;

	buf_printf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" "
	    "unique-identifier=\"id\" xml:lang=\"%.*s\">\n", VIEW_ARG(b->locale->language->lang->tag));
	put_metadata(b, out);
	buf_puts(out, "<manifest>\n<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\" />\n");
	for (size_t i = 0; i < b->items.n; i++) {
		const struct book_item *item = LIST_AT(&b->items, struct book_item, i);

		buf_printf(out, "<item id=\"i%zu\" href=\"", i + 1);
		html_href(out, item->path);
		buf_printf(out, "\" media-type=\"%s\"%s />\n", item->type, item->svg ? " properties=\"svg\"" :
		    view_eq(item->path, b->cover) ? " properties=\"cover-image\"" : "");
	}
	buf_printf(out, "</manifest>\n<spine page-progression-direction=\"%s\">\n", b->locale->language->lang->rtl ? "rtl" : "ltr");
	for (size_t i = 0; i < b->items.n; i++) {
		if (!LIST_AT(&b->items, struct book_item, i)->page)
			continue;
		buf_printf(out, "<itemref idref=\"i%zu\" />\n", i + 1);
		if (!nav)	/* behind the cover */
			buf_puts(out, "<itemref idref=\"nav\" />\n");
		nav = true;
	}
	buf_puts(out, "</spine>\n</package>\n");
}
