/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost build: writes the site. */
#include "command/build.h"

#include "command/report.h"
#include "job/produce.h"
#include "job/survey.h"

/* "120 pages in 8 languages: 34 written, 926 unchanged, 2 removed in 0.41 s" */
static void
put_summary(struct buf *b, const struct world *w, const struct produce *p, size_t pages, size_t languages, double seconds)
{
	report_number(b, pages, "page", "pages");
	buf_puts(b, " in ");
	report_number(b, languages, "language", "languages");
	buf_printf(b, ": %zu written, %zu unchanged, %zu removed", p->written, p->unchanged, p->removed);
	if (p->failed)
		buf_printf(b, ", %zu failed", p->failed);
	buf_printf(b, " in %.2f s", seconds);
	if (diags_count(w->diags, DIAG_WARNING) + diags_count(w->diags, DIAG_ERROR) + diags_count(w->diags, DIAG_SYSTEM)) {
		buf_puts(b, "; ");
		report_count(b, w->diags);
	}
}

static void
summary(const struct options *o, const struct world *w, const struct plan *plan, const struct produce *p, double start)
{
	size_t pages = 0, languages = 0;
	struct buf b;

	for (size_t i = 0; i < w->pages.n; i++)
		pages += !plan->left_out[i];
	for (size_t i = 0; i < w->site.nlanguages; i++)
		languages += plan->languages[i] && plan_mine_language(plan, w->site.languages[i]);
	buf_init(&b);
	if (o->messages) {
		const size_t n[] = { pages, languages, p->written, p->unchanged, p->removed, p->failed,
			diags_count(w->diags, DIAG_ERROR) + diags_count(w->diags, DIAG_SYSTEM), diags_count(w->diags, DIAG_WARNING) };

		report_numbers(&b, o->messages, WORD_built, n, sizeof n / sizeof *n, report_clock() - start);
	} else {
		put_summary(&b, w, p, pages, languages, report_clock() - start);
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
	struct report_progress line = report_progress(o, WORD_pages_done);
	struct produce p = { .world = w, .jobs = o->jobs, .progress = report_step, .self = &line };
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
	if (o->base_url.n && (!o->preview || w->site.base_url.n))
		w->site.base_url = o->base_url;
	w->keep = true;
	ok = survey_run(w, only, false, o->jobs);
	plan_make(&plan, w, only);
	plan.shard = o->shard;
	plan.shards = o->shards;
	p.plan = &plan;
	if (o->output.n)
		report_folders(o->output);	/* what fails is said when it is opened */
	p.out = o->output.n ? o->output : view_is(root, ".") ? VIEW("out") : view_join(w->arena, root, VIEW("out"));
	ok = (hold(o, w->diags) || produce_run(&p)) && ok;
	report_progress_end(&line);
	report_print(&r, w->diags);
	if (!o->quiet)
		summary(o, w, &plan, &p, line.start);
	code = report_exit(w->diags, false);
	if (code == EXIT_FINE && ok && !o->preview)	/* serve itself says what to do */
		next(o, p.out);
	else if (!o->preview)
		report_next(o, next_mend, VIEW("build"));
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
	    1u << OPTION_BASE_URL | 1u << OPTION_FORMAT | 1u << OPTION_SHARD,
	.formats = 1u << FORMAT_TEXT | 1u << FORMAT_JSON | 1u << FORMAT_GITHUB,
	.run = run,
};
