/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost build: writes the site. */
#include "command/build_confine.h"

#include "command/report.h"
#include "job/produce.h"
#include "job/survey.h"

/* "120 pages in 8 languages: 34 written, 926 unchanged, 2 removed in 0.41 s" */
static void
put_summary(struct buf *b, const struct diags *d, const struct depend_totals *t, const struct produce *p, double seconds)
{
	report_number(b, t->pages, "page", "pages");
	buf_puts(b, " in ");
	report_number(b, t->languages, "language", "languages");
	buf_printf(b, ": %zu written, %zu unchanged, %zu removed", p->written, p->unchanged, p->removed);
	if (p->failed)
		buf_printf(b, ", %zu failed", p->failed);
	buf_printf(b, " in %.2f s", seconds);
	if (diags_count(d, DIAG_WARNING) + diags_count(d, DIAG_ERROR) + diags_count(d, DIAG_SYSTEM)) {
		buf_puts(b, "; ");
		report_count(b, d);
	}
}

static void
summary(const struct options *o, const struct depend_totals *t, const struct produce *p, const struct diags *d, double start)
{
	struct buf b;

	if (o->quiet)
		return;
	buf_init(&b);
	if (o->messages) {
		const size_t n[] = { t->pages, t->languages, p->written, p->unchanged, p->removed, p->failed,
			diags_count(d, DIAG_ERROR) + diags_count(d, DIAG_SYSTEM), diags_count(d, DIAG_WARNING) };

		report_numbers(&b, o->messages, WORD_built, n, sizeof n / sizeof *n, report_clock() - start);
	} else {
		put_summary(&b, d, t, p, report_clock() - start);
	}
	fprintf(o->format == FORMAT_JSON ? o->err : o->out, "%s\n", b.p);
	buf_release(&b);
}

/* What to do with what was built. */
static void
next(const struct options *o, struct view out)
{
	char parts[20];
	struct buf b;

	buf_init(&b);
	if (o->shards) {
		snprintf(parts, sizeof parts, "%u", o->shards);
		report_next(o, next_shards, view_str(parts), out);
	} else {
		buf_printf(&b, "%.*s%ssite/index.html", VIEW_ARG(out), view_ends(out, "/") ? "" : "/");
		report_next(o, next_open, view_buf(&b));
	}
	buf_release(&b);
}

/* In a preview the last good site stays while there are errors; else serve hears that files are written now. */
static bool
hold(const struct options *o, const struct diags *d)
{
	if (!o->preview)
		return false;
	if (o->preview->hold && diags_count(d, DIAG_ERROR) + diags_count(d, DIAG_SYSTEM) > 0)
		return o->preview->held = true;
	/* from now on it should not be interrupted */
	fputc('\n', o->preview->messages);
	fflush(o->preview->messages);
	return false;
}

/* A project that strangers send may hold a link in the place of the output folder; who wants one names it. */
static bool
is_linked(const struct options *o, struct arena *a, struct view root)
{
	struct file_root r;
	enum file_kind kind;
	bool is;

	if (o->output.n || !file_root_open(&r, a, root))
		return false;
	is = file_kind(&r, VIEW("out"), &kind) && kind == FILE_LINK;
	file_root_close(&r);
	return is;
}

static struct depend_totals
totals_of(const struct world *w, const struct plan *plan, const struct produce *p)
{
	struct depend_totals t = { .products = p->written + p->unchanged };

	for (size_t i = 0; i < w->pages.n; i++)
		t.pages += !plan->left_out[i];
	for (size_t i = 0; i < w->site.nlanguages; i++)
		t.languages += plan->languages[i] && plan_mine_language(plan, w->site.languages[i]);
	return t;
}

/* A reason of job/depend for people. */
static struct view
in_words(const void *messages, const char *reason)
{
	return words_find(messages, view_str(reason));
}

static void
explain(const struct options *o, struct depend *x)
{
	struct buf b;

	if (!o->explain)
		return;
	buf_init(&b);
	depend_explain(x, &b, in_words, o->messages);
	fputs(b.p, o->format == FORMAT_JSON ? o->err : o->out);
	buf_release(&b);
}

/* What to do next; returns the exit code. */
static int
end(const struct options *o, const struct diags *d, struct view out, bool ok)
{
	int code = report_exit(d, false);

	if (code == EXIT_FINE && ok && !o->preview)	/* serve itself says what to do */
		next(o, out);
	else if (!o->preview)
		report_next(o, next_mend, VIEW("build"));
	return ok || code != EXIT_FINE ? code : EXIT_SYSTEM;
}

static int
build(const struct options *o, struct world *w, struct depend *depend, struct view out, double start)
{
	struct report_progress line = report_progress(o, WORD_pages_done);
	struct produce p = { .world = w, .jobs = o->jobs, .depend = depend, .out = out, .progress = report_step, .self = &line };
	struct report r = report_make(o, &w->site);
	struct depend_totals t;
	struct plan plan;
	bool *only, ok;

	line.start = start;
	if (!report_languages(o, &w->site, o->languages, &only))
		return EXIT_USAGE;
	if (o->base_url.n && (!o->preview || w->site.base_url.n))
		w->site.base_url = o->base_url;
	w->keep = true;
	depend_recall(depend, w);
	ok = survey_run(w, only, false, o->jobs);
	if (!depend_plan_again(depend, w, &plan, only))
		plan_make(&plan, w, only);
	plan.shard = o->shard;
	plan.shards = o->shards;
	p.plan = &plan;
	ok = (hold(o, w->diags) || produce_run(&p)) && ok;
	t = totals_of(w, &plan, &p);
	/* a failure of the system is over when the next build begins, and so is its message */
	depend_write(depend, &t, w->diags, ok && diags_count(w->diags, DIAG_SYSTEM) == 0);
	report_progress_end(&line);
	report_print(&r, w->diags);
	explain(o, depend);
	summary(o, &t, &p, w->diags, start);
	return end(o, w->diags, out, ok);
}

/* Nothing has changed since the last build: what it said is said again. The site is read only where messages show lines of it. */
static int
still(const struct options *o, const struct depend_totals *t, struct diags *d, struct view root, struct view out, double start)
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
	hold(o, d);
	report_print(&r, d);
	summary(o, t, &p, d, start);
	site_close(&site);
	diags_release(&quiet);
	arena_release(&arena);
	return end(o, d, out, true);
}

/* All that the command line says of what is made. */
static struct view
options_text(struct arena *a, const struct options *o)
{
	return view_printf(a, "%.*s\n%.*s", VIEW_ARG(o->languages), VIEW_ARG(o->base_url));
}

/* Loads the project; without what has not changed, if that holds. */
static bool
load(struct world *w, struct arena *a, struct view root, unsigned jobs, struct depend *depend, struct diags *d)
{
	const struct load_past *past = depend_light(depend);

	if (!past)
		return world_load_by(w, a, root, jobs, NULL, d);
	if (world_load_by(w, a, root, jobs, past, d) && depend_light_holds(depend, w))
		return true;
	world_close(w);
	diags_release(d);
	diags_init(d);
	return world_load_by(w, a, root, jobs, NULL, d);
}

/* Refuses a link in the place of the output folder; else builds what has changed. */
static int
build_in(const struct options *o, struct world *w, struct depend *depend, struct view root, struct view out, double start)
{
	struct report r = report_make(o, &w->site);

	if (!is_linked(o, w->arena, root))
		return build(o, w, depend, out, start);
	diag(w->diags, file_link, place_file(VIEW("out")), VIEW("out"));
	diag_note(w->diags, "%.*s", VIEW_ARG(words_view(o->messages, build_linked)));
	report_print(&r, w->diags);
	return report_exit(w->diags, false);
}

static int
run(const struct options *o)
{
	double start = report_clock();
	struct depend_totals t;
	struct work_late late = { .n = 0 };
	struct depend *depend = NULL;
	struct arena arena;
	struct diags d;
	struct world w;
	struct view root, out;
	int code;

	arena_init(&arena);
	diags_init(&d);
	root = report_project(o, &arena);
	out = o->output.n ? o->output : view_is(root, ".") ? VIEW("out") : view_join(&arena, root, VIEW("out"));
	if (!o->shards && !is_linked(o, &arena, root))	/* a part is always made whole */
		depend = depend_open(&arena, root, out, options_text(&arena, o), o->all);
	build_confine(o, &arena, root, out);
	if (depend_still(depend, &t, &d)) {
		code = still(o, &t, &d, root, out, start);
	} else if (load(&w, &arena, root, o->jobs, depend, &d)) {
		code = build_in(o, &w, depend, root, out, start);
		world_leave(&w, &late);
	} else {
		struct report r = report_make(o, NULL);

		report_print(&r, &d);
		code = report_exit(&d, false);
		world_close(&w);
	}
	depend_close(depend);
	diags_release(&d);
	arena_release(&arena);
	work_wait(&late);
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
	    1u << OPTION_BASE_URL | 1u << OPTION_FORMAT | 1u << OPTION_SHARD | 1u << OPTION_EXPLAIN | 1u << OPTION_ALL,
	.formats = 1u << FORMAT_TEXT | 1u << FORMAT_JSON | 1u << FORMAT_GITHUB,
	.run = run,
};
