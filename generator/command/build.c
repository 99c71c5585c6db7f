/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost build: writes the site. */
#include "command/build.h"

#include <unistd.h>

#include "command/report.h"
#include "job/produce.h"
#include "job/survey.h"

/* The line that shows on a terminal how far a long build has come. */
struct progress {
	FILE *err;
	bool terminal, shown;
	double start;
};

static void
progress(void *self, size_t done, size_t all)
{
	struct progress *p = self;

	if (!p->terminal || report_clock() - p->start < 1)
		return;
	fprintf(p->err, "\r\033[K%zu of %zu pages", done, all);
	fflush(p->err);
	p->shown = true;
}

static void
progress_end(const struct progress *p)
{
	if (p->shown)
		fputs("\r\033[K", p->err);
}

/* "120 pages in 8 languages: 34 written, 926 unchanged, 2 removed in 0.41 s" */
static void
summary(const struct options *o, const struct world *w, const struct plan *plan, const struct produce *p, double start)
{
	size_t pages = 0, languages = 0;
	struct buf b;

	for (size_t i = 0; i < w->pages.n; i++)
		pages += !plan->left_out[i];
	for (size_t i = 0; i < w->site.nlanguages; i++)
		languages += plan->languages[i];
	buf_init(&b);
	report_number(&b, pages, "page", "pages");
	buf_puts(&b, " in ");
	report_number(&b, languages, "language", "languages");
	buf_printf(&b, ": %zu written, %zu unchanged, %zu removed", p->written, p->unchanged, p->removed);
	if (p->failed)
		buf_printf(&b, ", %zu failed", p->failed);
	buf_printf(&b, " in %.2f s", report_clock() - start);
	if (diags_count(w->diags, DIAG_WARNING) + diags_count(w->diags, DIAG_ERROR) + diags_count(w->diags, DIAG_SYSTEM)) {
		buf_puts(&b, "; ");
		report_count(&b, w->diags);
	}
	fprintf(o->format == FORMAT_JSON ? o->err : o->out, "%s\n", b.p);
	buf_release(&b);
}

/* A project that strangers send may hold a link in the place of the output folder; who wants one names it. */
static bool
is_linked(const struct options *o, struct world *w)
{
	enum file_kind kind;

	if (o->output.n || !file_kind(&w->site.root, VIEW("out"), &kind) || kind != FILE_LINK)
		return false;
	diag(w->diags, file_link, place_file(VIEW("out")), VIEW("out"));
	diag_note(w->diags, "nothing was written; -o out writes to the place it leads to");
	return true;
}

static int
build(const struct options *o, struct world *w, struct view root)
{
	struct progress line = { .err = o->err, .terminal = isatty(fileno(o->err)) && !o->quiet, .start = report_clock() };
	struct produce p = { .world = w, .jobs = o->jobs, .progress = progress, .self = &line };
	struct report r = report_make(o, &w->site);
	struct plan plan;
	bool *only, ok;
	int code;

	if (!report_languages(o, &w->site, o->languages, &only))
		return EXIT_USAGE;
	if (is_linked(o, w)) {
		report_print(&r, w->diags);
		return report_exit(w->diags, false);
	}
	if (o->base_url.n)
		w->site.base_url = o->base_url;
	w->keep = true;
	ok = survey_run(w, only, false, o->jobs);
	plan_make(&plan, w, only);
	p.plan = &plan;
	if (o->output.n)
		report_folders(o->output);	/* what fails is said when it is opened */
	p.out = o->output.n ? o->output : view_is(root, ".") ? VIEW("out") : view_join(w->arena, root, VIEW("out"));
	ok = produce_run(&p) && ok;
	progress_end(&line);
	report_print(&r, w->diags);
	if (!o->quiet)
		summary(o, w, &plan, &p, line.start);
	code = report_exit(w->diags, false);
	return ok || code != EXIT_FINE ? code : EXIT_SYSTEM;
}

static int
run(const struct options *o)
{
	return report_run(o, build);
}

const struct command build_command = {
	.name = "build",
	.usage = "",
	.summary = "write the site to out/site",
	.help = "Makes the whole site from content/, translations/ and themes/ and writes it to\n"
	    "out/site. Only files that differ are written. When it has ended, open\n"
	    "out/site/index.html in a browser; copy out/site to any web host.",
	.options = 1u << OPTION_DIRECTORY | 1u << OPTION_OUTPUT | 1u << OPTION_LANGUAGES | 1u << OPTION_JOBS |
	    1u << OPTION_BASE_URL | 1u << OPTION_FORMAT,
	.formats = 1u << FORMAT_TEXT | 1u << FORMAT_JSON | 1u << FORMAT_GITHUB,
	.run = run,
};
