/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost sync: tells the catalogs what changed in the pages. */
#include "command/sync.h"

#include "command/report.h"
#include "command/sync_print.h"

/* Only what keeps a text from being seen as its author wrote it; the rest is for build and check to say. */
static bool
matters(const struct diag *d)
{
	if (diag_level(d->id) == DIAG_SYSTEM)
		return true;
	return diag_level(d->id) == DIAG_ERROR && (view_starts(d->place.file, "translations/") || d->id < DIAG_title_missing ||
	    (d->id >= DIAG_yaml_syntax && d->id <= DIAG_yaml_type));
}

static void
drop_others(struct diags *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->list.n; i++)
		if (matters(LIST_AT(&d->list, struct diag, i)))
			*LIST_AT(&d->list, struct diag, n++) = *LIST_AT(&d->list, struct diag, i);
	d->list.n = n;
}

/* The last line: what was written, or would be. */
static void
summary(const struct options *o, const struct sync *s, bool any)
{
	size_t files = 0, languages = 0, outdated = 0;
	const struct messages *m = o->messages;
	struct buf b;

	for (size_t k = 0; k < s->w->site.nlanguages; k++) {
		files += s->languages[k].files;
		languages += s->languages[k].looked;
		outdated += s->languages[k].count[SYNC_OUTDATED];
	}
	buf_init(&b);
	if (!any && files == 0 && s->w->diags->list.n) {
		words_put(&b, m, nothing_written, VIEW_NONE);
	} else if (!any && files == 0) {
		words_count(&b, m, sync_fine, languages, NUMBER(languages));
	} else if (s->dry) {
		words_count(&b, m, sync_would, files, NUMBER(files));
		if (outdated) {
			buf_addc(&b, '\n');
			words_put(&b, m, sync_minor, VIEW_NONE);
		}
	} else {
		words_count(&b, m, sync_wrote, files, NUMBER(files));
	}
	fprintf(o->out, "%s\n", b.p);
	buf_release(&b);
}

static int
sync(const struct options *o, struct world *w, struct view root)
{
	struct view tags = o->noperands ? view_str(o->operands[0]) : VIEW_NONE;
	struct sync s = { .w = w, .minor = o->minor, .dry = o->dry_run, .jobs = o->jobs };
	struct report r = report_make(o, &w->site);
	bool *only, any, ok;

	(void)root;
	if (!report_languages(o, &w->site, tags, &only))
		return EXIT_USAGE;
	if (only && only[w->site.source->index])
		return report_usage(o, sync_source, w->site.source->lang->tag);
	s.only = only;
	ok = sync_run(&s);
	drop_others(w->diags);
	if (!o->quiet && (o->dry_run || o->verbose))
		sync_print_texts(o, &s);
	any = !o->quiet && sync_print_languages(o, &s);
	report_print(&r, w->diags);
	if (!o->quiet && ok)
		summary(o, &s, any);
	if (ok && !o->dry_run)
		report_next(o, next_status, VIEW_NONE);
	return report_exit(w->diags, false);
}

static int
run(const struct options *o)
{
	return report_run(o, sync);
}

const struct command sync_command = {
	.name = "sync",
	.usage = "[LANG,...]",
	.summary = "tell the translations what changed in the pages",
	.help = "Compares each file of translations/ with the page it translates. A text that\n"
	    "changed keeps its translation, marked as outdated; a new one gets an empty\n"
	    "place; what is gone moves below 'unused:'. Nothing that a person wrote is\n"
	    "deleted, and what did not change keeps its bytes. --dry-run says beforehand\n"
	    "which translations an edit will make outdated.",
	.options = 1u << OPTION_DIRECTORY | 1u << OPTION_MINOR | 1u << OPTION_DRY_RUN | 1u << OPTION_JOBS,
	.max = 1,
	.run = run,
};
