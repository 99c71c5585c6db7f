/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost pack pdf. */
#include "base/program.h"
#include "command/pack_parts.h"
#include "job/pdf.h"
#include "job/survey.h"

/* The sheets of one language. */
static bool
pack_language(struct packing *p, struct language *l, struct view program, uint64_t *bytes, size_t *n)
{
	struct edition *e = &p->edition;
	struct list all = pdf_list(e, l);
	struct view path;
	bool good = true;
	struct buf b;

	buf_init(&b);
	for (size_t i = 0; good && i < all.n; i++) {
		const struct pdf_sheet *paper = LIST_AT(&all, struct pdf_sheet, i);

		buf_clear(&b);
		good = pdf_write(e, paper, program, &b) && pack_fits(p, b.n);
		if (!good)
			break;
		path = view_printf(e->arena, "%.*s/%.*s.pdf", VIEW_ARG(pack_folder(p, "pdf")), VIEW_ARG(paper->name));
		good = named_write(e->arena, path, view_buf(&b), &p->diags) != FILE_FAILED;
		if (good)
			pack_say(p, path, b.n);
		fflush(p->options->out);	/* each takes a second or more */
		*bytes += b.n;
		*n += 1;
	}
	buf_release(&b);
	return good;
}

bool
pack_pdf(struct packing *p, struct buf *said)
{
	static const char *const names[] = { "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", NULL };
	struct edition *e = &p->edition;
	const struct site *site = &p->world->site;
	struct view program = program_find(e->arena, names);
	uint64_t bytes = 0;
	size_t n = 0;
	bool good;

	if (program.n == 0) {
		diag(&p->diags, pack_program, PLACE_NONE, VIEW("chromium"), VIEW("chromium"));
		return false;
	}
	p->world->keep = true;
	good = edition_list(e) && (p->world->survey || survey_run(p->world, p->only, false, p->options->jobs));
	for (size_t k = 0; good && k < site->nlanguages; k++)
		if (e->languages[k])
			good = pack_language(p, site->languages[k], program, &bytes, &n);
	words_count(said, p->options->messages, files, n, NUMBER(n));
	pack_total(p, bytes, said);
	return good;
}
