/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost pack epub. */
#include "command/pack_parts.h"
#include "job/epub.h"

struct view
pack_book(const struct packing *p, const struct language *l)
{
	struct arena *a = p->world->arena;

	return view_printf(a, "%.*s-%.*s.epub", VIEW_ARG(page_slug(a, p->world->site.title, "site")), VIEW_ARG(l->folder));
}

bool
pack_epub(struct packing *p, struct buf *said)
{
	struct edition *e = &p->edition;
	const struct site *site = &p->world->site;
	struct view folder = VIEW_NONE, name;
	uint64_t all = 0;
	size_t n = 0, pages;
	struct buf b;
	bool good;

	good = edition_list(e) && pack_survey(p);
	buf_init(&b);
	for (size_t k = 0; good && k < site->nlanguages; k++) {
		if (!e->languages[k])
			continue;
		buf_clear(&b);
		good = epub_write(e, site->languages[k], &b, &pages) && pack_fits(p, b.n);
		if (!good)
			break;
		if (folder.n == 0)
			folder = pack_folder(p, "epub");
		name = pack_book(p, site->languages[k]);
		good = pack_file(p, folder, name, view_buf(&b));
		if (good && !p->options->quiet)
			report_say(p->options, p->options->out, pack_book, view_join(e->arena, folder, name), NUMBER(pages), NUMBER(b.n));
		all += b.n;
		n++;
	}
	words_count(said, p->options->messages, books, n, NUMBER(n));
	pack_total(p, all, said);
	buf_release(&b);
	return good;
}
