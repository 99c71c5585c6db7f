/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost pack single. */
#include "command/pack_parts.h"
#include "job/single.h"
#include "job/survey.h"

enum { SHOWN = 12 };

/* What was left out, in the order in which it was. */
static void
say_cut(struct packing *p, struct view path, const struct single_cut *cut)
{
	const bool parts[] = { cut->fonts, cut->images, cut->search };
	static const enum word names[] = { WORD_pack_fonts, WORD_pack_pictures, WORD_pack_search };
	const struct messages *m = p->options->messages;
	struct arena *a = p->edition.arena;
	struct buf what, pages;

	buf_init(&what);
	buf_init(&pages);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i])
			buf_printf(&what, "%s%.*s", what.n ? ", " : "", VIEW_ARG(words_inside(a, m, names[i], (const struct view[WORD_ARGS]){ VIEW_NONE })));
	for (size_t i = 0; i < cut->pages.n && i < SHOWN; i++)
		buf_printf(&pages, "%s%.*s", i ? ", " : "", VIEW_ARG(*LIST_AT(&cut->pages, struct view, i)));
	if (cut->pages.n)
		buf_printf(&what, "%s%.*s", what.n ? ", " : "", VIEW_ARG(words_inside(a, m, cut->pages.n == 1 ? WORD_pages_one : WORD_pages,
		    (const struct view[WORD_ARGS]){ NUMBER(cut->pages.n) })));
	if (what.n)
		diag(&p->diags, pack_cut, PLACE_NONE, path, view_buf(&what), words_inside(a, m, WORD_bytes,
		    (const struct view[WORD_ARGS]){ NUMBER(p->options->max) }));
	if (pages.n)
		diag_note(&p->diags, "%s", words_inside(a, m, cut->pages.n > SHOWN ? WORD_pack_pages_more : WORD_pack_pages,
		    (const struct view[WORD_ARGS]){ view_buf(&pages), NUMBER(cut->pages.n - SHOWN) }).p);
	buf_release(&pages);
	buf_release(&what);
}

bool
pack_single(struct packing *p, struct buf *said)
{
	struct edition *e = &p->edition;
	const struct site *site = &p->world->site;
	struct view folder = VIEW_NONE, path;
	struct single_cut cut;
	uint64_t all = 0;
	size_t n = 0;
	struct buf b;
	bool good;

	p->world->keep = true;
	good = edition_list(e) && (p->world->survey || survey_run(p->world, p->only, false, p->options->jobs));
	buf_init(&b);
	for (size_t k = 0; good && k < site->nlanguages; k++) {
		if (!e->languages[k])
			continue;
		buf_clear(&b);
		good = single_write(e, site->languages[k], p->options->max, &cut, &b) && pack_fits(p, b.n);
		if (!good)
			break;
		if (folder.n == 0)
			folder = pack_folder(p, "single");
		path = view_printf(e->arena, "%.*s/%.*s-%.*s.html", VIEW_ARG(folder), VIEW_ARG(page_slug(e->arena, site->title, "site")),
		    VIEW_ARG(site->languages[k]->folder));
		good = named_write(e->arena, path, view_buf(&b), &p->diags) != FILE_FAILED;
		say_cut(p, path, &cut);
		if (good)
			pack_say(p, path, b.n);
		all += b.n;
		n++;
	}
	words_count(said, p->options->messages, files, n, NUMBER(n));
	pack_total(p, all, said);
	buf_release(&b);
	return good;
}
