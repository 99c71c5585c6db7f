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
summary(const struct options *o, const struct depend_totals *t, const struct produce *p, const struct diags *d, double start)
{
	struct buf b;

	if (o->quiet)
		return;
	buf_init(&b);
	report_number(&b, t->pages, "page", "pages");
	buf_puts(&b, " in ");
	report_number(&b, t->languages, "language", "languages");
	buf_printf(&b, ": %zu written, %zu unchanged, %zu removed", p->written, p->unchanged, p->removed);
	if (p->failed)
		buf_printf(&b, ", %zu failed", p->failed);
	buf_printf(&b, " in %.2f s", report_clock() - start);
	if (diags_count(d, DIAG_WARNING) + diags_count(d, DIAG_ERROR) + diags_count(d, DIAG_SYSTEM)) {
		buf_puts(&b, "; ");
		report_count(&b, d);
	}
	fprintf(o->format == FORMAT_JSON ? o->err : o->out, "%s\n", b.p);
	buf_release(&b);
}

static struct depend_totals
totals_of(const struct world *w, const struct plan *plan, const struct produce *p)
{
	struct depend_totals t = { .products = p->written + p->unchanged };

	for (size_t i = 0; i < w->pages.n; i++)
		t.pages += !plan->left_out[i];
	for (size_t i = 0; i < w->site.nlanguages; i++)
		t.languages += plan->languages[i];
	return t;
}

static void
explain(const struct options *o, struct depend *x)
{
	struct buf b;

	if (!o->explain)
		return;
	buf_init(&b);
	depend_explain(x, &b);
	fputs(b.p, o->format == FORMAT_JSON ? o->err : o->out);
	buf_release(&b);
}

static int
build(const struct options *o, struct world *w, struct depend *depend, struct view out, double start)
{
	struct progress line = { .err = o->err, .terminal = isatty(fileno(o->err)) && !o->quiet, .start = start };
	struct produce p = { .world = w, .jobs = o->jobs, .depend = depend, .out = out, .progress = progress, .self = &line };
	struct report r = report_make(o, &w->site);
	struct depend_totals t;
	struct plan plan;
	bool *only, ok;
	int code;

	if (!report_languages(o, &w->site, o->languages, &only))
		return EXIT_USAGE;
	if (o->base_url.n)
		w->site.base_url = o->base_url;
	w->keep = true;
	depend_recall(depend, w);
	ok = survey_run(w, only, false, o->jobs);
	plan_make(&plan, w, only);
	p.plan = &plan;
	if (o->output.n)
		report_folders(o->output);	/* what fails is said when it is opened */
	ok = produce_run(&p) && ok;
	t = totals_of(w, &plan, &p);
	depend_write(depend, &t, w->diags, ok);
	progress_end(&line);
	report_print(&r, w->diags);
	explain(o, depend);
	summary(o, &t, &p, w->diags, start);
	code = report_exit(w->diags, false);
	return ok || code != EXIT_FINE ? code : EXIT_SYSTEM;
}

/* Nothing has changed since the last build: what it said is said again. The site is read only where messages show lines of it. */
static int
still(const struct options *o, const struct depend_totals *t, struct diags *d, struct view root, double start)
{
	struct produce p = { .unchanged = t->products };
	struct diags quiet;
	struct report r;
	struct arena arena;
	struct site site = { .root.fd = -1 };

	arena_init(&arena);
	diags_init(&quiet);
	if (d->list.n)
		site_load(&site, &arena, root, &quiet);
	r = report_make(o, &site);
	report_print(&r, d);
	summary(o, t, &p, d, start);
	site_close(&site);
	diags_release(&quiet);
	arena_release(&arena);
	return report_exit(d, false);
}

/* All that the command line says of what is made. */
static struct view
options_text(struct arena *a, const struct options *o)
{
	return view_printf(a, "%.*s\n%.*s", VIEW_ARG(o->languages), VIEW_ARG(o->base_url));
}

/* Loads the project; without what has not changed, if that holds. */
static bool
load(struct world *w, struct arena *a, struct view root, struct depend *depend, struct diags *d)
{
	const struct load_past *past = depend_light(depend);

	if (!past)
		return world_load(w, a, root, d);
	if (world_load_past(w, a, root, past, d) && depend_light_holds(depend, w))
		return true;
	world_close(w);
	diags_release(d);
	diags_init(d);
	return world_load(w, a, root, d);
}

static int
run(const struct options *o)
{
	double start = report_clock();
	struct depend_totals t;
	struct depend *depend;
	struct arena arena;
	struct diags d;
	struct world w;
	struct view root, out;
	int code;

	arena_init(&arena);
	diags_init(&d);
	root = report_project(o, &arena);
	out = o->output.n ? o->output : view_is(root, ".") ? VIEW("out") : view_join(&arena, root, VIEW("out"));
	depend = depend_open(&arena, root, out, options_text(&arena, o), o->all);
	if (depend_still(depend, &t, &d)) {
		code = still(o, &t, &d, root, start);
	} else if (load(&w, &arena, root, depend, &d)) {
		code = build(o, &w, depend, out, start);
		world_close(&w);
	} else {
		struct report r = report_make(o, NULL);

		report_print(&r, &d);
		code = report_exit(&d, false);
		world_close(&w);
	}
	depend_close(depend);
	diags_release(&d);
	arena_release(&arena);
	return code;
}

const struct command build_command = {
	.name = "build",
	.usage = "",
	.summary = "write the site to out/site",
	.help = "Makes the whole site from content/, translations/ and themes/ and writes it to\n"
	    "out/site. Only files that differ are written. When it has ended, open\n"
	    "out/site/index.html in a browser; copy out/site to any web host.",
	.options = 1u << OPTION_DIRECTORY | 1u << OPTION_OUTPUT | 1u << OPTION_LANGUAGES | 1u << OPTION_JOBS |
	    1u << OPTION_BASE_URL | 1u << OPTION_FORMAT | 1u << OPTION_EXPLAIN | 1u << OPTION_ALL,
	.formats = 1u << FORMAT_TEXT | 1u << FORMAT_JSON | 1u << FORMAT_GITHUB,
	.run = run,
};
