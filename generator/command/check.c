/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost check: says what is wrong, writes nothing. */
#include "command/check.h"

#include "base/work.h"
#include "command/report.h"
#include "job/assemble.h"
#include "job/fonts.h"
#include "job/plan.h"
#include "job/survey.h"

enum { CPU_SECONDS = 10 };

/* Every page is made, as build would, and thrown away: only its messages are kept. */
struct rehearsal {
	struct world *w;
	const struct plan *plan;
	const struct fonts *fonts;
	struct report_progress *line;
};

static void
unit(void *self, struct work *work, size_t index, struct buf *result)
{
	const struct rehearsal *r = self;
	const struct world *w = r->w;
	struct language *l = w->site.languages[index];
	struct arena arena, item;
	struct diags d, quiet;
	struct locale locale;
	struct buf html;

	arena_init(&arena);
	arena_init(&item);
	diags_init(&d);
	diags_init(&quiet);	/* the survey has reported what is wrong with the catalogs */
	buf_init(&html);
	if (r->plan->languages[index]) {
		locale_open(&locale, &arena, w, l, false, &quiet);
		locale.places = true;	/* of what no font draws */
	}
	for (size_t i = 0; i < w->pages.n && r->plan->languages[index]; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);
		struct arena_mark mark = arena_mark(&item);

		if (r->plan->left_out[i] || !locale_has(p, l) || !work_item(work, index * w->pages.n + i))
			continue;
		buf_clear(&html);
		assemble_page(&locale, p, &item, &html, &d);
		arena_rewind(&item, mark);
	}
	if (r->plan->languages[index])
		fonts_check(r->fonts, &locale, r->plan, &d);
	diags_pack(&d, result);
	buf_release(&html);
	diags_release(&quiet);
	diags_release(&d);
	arena_release(&item);
	arena_release(&arena);
}

static void
done(void *self, size_t index, struct view result)
{
	const struct rehearsal *r = self;

	(void)index;
	if (!diags_unpack(r->w->diags, result))
		bug("a result is damaged");
}

static void
lost(void *self, size_t index, size_t item, const char *why)
{
	const struct rehearsal *r = self;
	struct world *w = r->w;
	struct place place = PLACE_NONE;

	if (item != (size_t)WORK_NO_ITEM)
		place = place_file((*LIST_AT(&w->pages, struct page *, item % w->pages.n))->file);
	if (item != (size_t)WORK_NO_ITEM && strcmp(why, "time") == 0)
		diag(w->diags, page_timeout, place, VIEW("10"), w->site.languages[index]->lang->tag);
	else
		diag(w->diags, work_died, place, view_str(why));
}

static void
tick(void *self, size_t begun, size_t all)
{
	const struct rehearsal *r = self;

	report_step(r->line, begun, all);
}

static void
rehearse(const struct options *o, struct world *w, struct plan *plan)
{
	struct fonts *fonts = fonts_open(w, plan);
	struct report_progress line = report_progress(o, WORD_pages_done);
	struct rehearsal r = { w, plan, fonts, &line };
	struct work_plan work = { .jobs = o->jobs, .units = w->site.nlanguages, .items = w->site.nlanguages * w->pages.n,
		.cpu_seconds = CPU_SECONDS, .self = &r, .unit = unit, .done = done, .lost = lost, .tick = tick };

	if (!work_run(&work))
		diag(w->diags, work_died, PLACE_NONE, file_error(w->arena));
	report_progress_end(&line);
	fonts_close(fonts);
}

/* "15 pages in 8 languages: 2 errors, 1 warning" */
static void
summary(const struct options *o, const struct world *w, const struct plan *plan)
{
	size_t pages = 0, at;
	struct buf b;

	for (size_t i = 0; i < w->pages.n; i++)
		pages += !plan->left_out[i];
	buf_init(&b);
	if (o->messages) {
		const size_t n[] = { pages, w->site.nlanguages, diags_count(w->diags, DIAG_ERROR) + diags_count(w->diags, DIAG_SYSTEM),
			diags_count(w->diags, DIAG_WARNING) };

		report_numbers(&b, o->messages, WORD_checked, n, sizeof n / sizeof *n, -1);
	} else {
		report_number(&b, pages, "page", "pages");
		buf_puts(&b, " in ");
		report_number(&b, w->site.nlanguages, "language", "languages");
		buf_puts(&b, ": ");
		at = b.n;
		report_count(&b, w->diags);
		if (b.n == at)
			buf_puts(&b, "nothing is wrong");
	}
	fprintf(o->format == FORMAT_JSON ? o->err : o->out, "%s\n", b.p);
	buf_release(&b);
}

static int
check(const struct options *o, struct world *w, struct view root)
{
	struct report r = report_make(o, &w->site);
	struct plan plan;
	int code;

	(void)root;
	w->keep = true;
	survey_run(w, NULL, true, o->jobs);
	plan_make(&plan, w, NULL);
	rehearse(o, w, &plan);
	report_print(&r, w->diags);
	if (!o->quiet)
		summary(o, w, &plan);
	code = report_exit(w->diags, o->strict);
	if (code == EXIT_FINE)
		report_next(o, next_build, VIEW_NONE);
	else
		report_next(o, next_mend, VIEW("check"));
	return code;
}

static int
run(const struct options *o)
{
	return report_run(o, check);
}

const struct command check_command = {
	.name = "check",
	.usage = "",
	.summary = "look for mistakes in pages and translations",
	.help = "Says everything 'build' would say, without writing anything, and looks at the\n"
	    "translations besides: lost numbers and names in braces, marks left as text,\n"
	    "texts equal to their source, words in a wrong script.",
	.options = 1u << OPTION_DIRECTORY | 1u << OPTION_JOBS | 1u << OPTION_STRICT | 1u << OPTION_FORMAT,
	.formats = 1u << FORMAT_TEXT | 1u << FORMAT_JSON | 1u << FORMAT_GITHUB,
	.run = run,
};
