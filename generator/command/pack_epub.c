/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost pack epub. */
#include "command/pack_parts.h"
#include "job/epub.h"
#include "job/survey.h"

bool
pack_epub(struct packing *p, struct buf *said)
{
	struct edition *e = &p->edition;
	const struct site *site = &p->world->site;
	struct view folder = VIEW_NONE, path;
	uint64_t all = 0;
	size_t n = 0, pages;
	struct buf b;
	bool good;

	good = edition_list(e) && (p->world->survey || survey_run(p->world, p->only, false, p->options->jobs));
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
		path = view_printf(e->arena, "%.*s/%.*s-%.*s.epub", VIEW_ARG(folder),
		    VIEW_ARG(page_slug(e->arena, site->title, "site")), VIEW_ARG(site->languages[k]->folder));
		good = named_write(e->arena, path, view_buf(&b), &p->diags) != FILE_FAILED;
		if (good && !p->options->quiet)
			fprintf(p->options->out, "%.*s: %zu pages, %zu bytes\n", VIEW_ARG(path), pages, b.n);
		all += b.n;
		n++;
	}
	report_number(said, n, "book", "books");
	buf_printf(said, ", %.1f MB", (double)all / 1e6);
	buf_release(&b);
	return good;
}
