/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost pack: the site for those who have no network. */
#include "command/pack.h"

#include <unistd.h>

#include "command/pack_parts.h"
#include "job/produce.h"
#include "job/survey.h"

enum { LIST_MAX_BYTES = 64 << 20 };

static const struct pack_kind kinds[] = {
	{ "usb", pack_usb },
	{ "zip", pack_zip },
	{ "epub", pack_epub },
	{ "host", pack_host },
	{ "paper", pack_paper },
	{ "single", pack_single },
	{ "zim", pack_zim },
	{ "pdf", pack_pdf },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static void
progress(void *self, size_t done, size_t all)
{
	struct packing *p = self;

	if (!p->terminal || report_clock() - p->start < 1)
		return;
	fprintf(p->options->err, "\r\033[K%zu of %zu files", done, all);
	fflush(p->options->err);
	p->shown = true;
}

void
pack_size(struct buf *b, const struct edition *e)
{
	buf_printf(b, "%.1f MB (%llu bytes; %.1f MB on a stick, where each file takes at least 32 KB)", (double)e->bytes / 1e6,
	    (unsigned long long)e->bytes, (double)e->clusters / 1e6);
}

bool
pack_fits(struct packing *p, uint64_t size)
{
	if (p->options->max == 0 || size <= p->options->max)
		return true;
	diag(&p->diags, pack_large, PLACE_NONE, view_printf(p->world->arena, "%llu bytes", (unsigned long long)size),
	    view_printf(p->world->arena, "%llu", (unsigned long long)p->options->max));
	return false;
}

struct view
pack_folder(struct packing *p, const char *name)
{
	struct view folder = p->options->output.n ? p->options->output : view_join(p->world->arena, p->out, view_str(name));

	report_folders(folder);	/* what fails is said when it is opened */
	return folder;
}

bool
pack_file(struct packing *p, struct view folder, struct view name, struct view bytes)
{
	enum file_written how = FILE_FAILED;
	struct arena *a = p->world->arena;
	struct file_root root;

	if (!file_root_open(&root, a, folder)) {
		diag(&p->diags, file_write, PLACE_NONE, view_join(a, folder, name), file_error(a));
		return false;
	}
	how = file_write_safe(&root, name, bytes, &p->diags);
	file_root_close(&root);
	return how != FILE_FAILED;
}

/* --since names the list, or the folder it is in. */
static bool
read_since(struct packing *p, struct manifest *older)
{
	struct arena *a = p->world->arena;
	struct view path = p->options->since, text;
	struct file_root root;
	bool good;

	if (file_root_open(&root, a, path)) {
		good = file_read_if(&root, a, VIEW(MANIFEST_NAME), LIST_MAX_BYTES, &text, &p->diags);
		file_root_close(&root);
		if (!good)
			diag(&p->diags, verify_none, PLACE_NONE, path);
		return good && manifest_read(older, a, text, view_join(a, path, VIEW(MANIFEST_NAME)), &p->diags);
	}
	return named_read(a, path, LIST_MAX_BYTES, &text, &p->diags) && manifest_read(older, a, text, path, &p->diags);
}

bool
pack_tree(struct packing *p, const char *name, struct buf *said)
{
	struct stick s = { .edition = &p->edition, .progress = progress, .self = p };
	struct view folder;

	if (!pack_fits(p, p->edition.clusters))
		return false;
	folder = pack_folder(p, name);
	if (!stick_write(&s, folder))
		return false;
	p->made = folder;
	buf_printf(said, "%.*s: ", VIEW_ARG(folder));
	report_number(said, p->edition.files.n, "file", "files");
	buf_puts(said, ", ");
	pack_size(said, &p->edition);
	buf_printf(said, ": %zu written, %zu unchanged, %zu removed", s.written, s.unchanged, s.removed);
	return true;
}

bool
pack_usb(struct packing *p, struct buf *said)
{
	struct manifest older;

	if (!edition_list(&p->edition) || (p->options->since.n && (!read_since(p, &older) || !edition_since(&p->edition, &older))))
		return false;
	return pack_tree(p, p->options->since.n ? "usb-update" : "usb", said);
}

bool
pack_survey(struct packing *p)
{
	return p->world->survey || survey_run(p->world, p->only, false, p->options->jobs);
}

/* A site of the languages of -l alone, so that no page links to another: built as ever, into a folder of its own. */
static bool
build_some(struct packing *p)
{
	struct world *w = p->world;
	struct produce work = { .world = w, .jobs = p->options->jobs, .out = view_join(w->arena, p->out, VIEW(".pack")) };
	struct plan plan;
	bool good;

	w->keep = true;
	good = survey_run(w, p->only, false, p->options->jobs);
	plan_make(&plan, w, p->only);
	work.plan = &plan;
	report_folders(work.out);
	good = produce_run(&work) && good;
	p->site = work.out;
	return good;
}

/* Whether an edition has files of one language each: of -l it takes what it wants from the whole site. */
static bool
takes_some(const struct pack_kind *kind)
{
	return kind->make == pack_single || kind->make == pack_pdf;
}

static int
pack(const struct options *o, struct world *w, struct view root)
{
	struct packing p = { .options = o, .world = w, .terminal = isatty(fileno(o->err)) && !o->quiet, .start = report_clock() };
	struct report r = report_make(o, &w->site);
	const struct pack_kind *kind = &kinds[0];
	struct buf said;
	bool good = true;
	int code;

	while (strcmp(kind->name, o->operands[0]) != 0)
		kind++;		/* run has looked for it */
	if (!report_languages(o, &w->site, o->languages, &p.only))
		return EXIT_USAGE;
	diags_init(&p.diags);
	buf_init(&said);
	p.site = p.out = view_is(root, ".") ? VIEW("out") : view_join(w->arena, root, VIEW("out"));
	if (p.only && !takes_some(kind) && !build_some(&p)) {
		report_print(&r, w->diags);
		good = false;
	}
	good = good && edition_open(&p.edition, w, p.site, p.only, kind->name, &p.diags);
	if (good) {
		for (size_t k = 0; p.only && k < w->site.nlanguages; k++)
			p.edition.languages[k] &= p.only[k];
		good = kind->make(&p, &said);
		edition_close(&p.edition);
	}
	if (p.shown)
		fputs("\r\033[K", o->err);
	if (!good && p.diags.list.n == 0 && !p.only)	/* the survey for a book has failed */
		report_print(&r, w->diags);
	report_print(&r, &p.diags);
	if (good && !o->quiet)
		fprintf(o->out, "%s in %.2f s\n", said.p, report_clock() - p.start);
	if (good && p.made.n)
		report_next(o, next_verify, p.made);
	code = report_exit(good || p.diags.list.n ? &p.diags : w->diags, false);
	buf_release(&said);
	diags_release(&p.diags);
	return good || code ? code : EXIT_PROBLEMS;
}

static int
run(const struct options *o)
{
	const char *names[KINDS], *near;

	for (size_t i = 0; i < KINDS; i++) {
		names[i] = kinds[i].name;
		if (strcmp(names[i], o->operands[0]) != 0)
			continue;
		if (o->since.n && i != 0)
			return report_usage(o, "--since is for 'waypost pack usb' only");
		return report_run(o, pack);
	}
	near = options_nearest(o->operands[0], names, KINDS);
	return near ? report_usage(o, "there is no edition '%s'; did you mean '%s'?", o->operands[0], near) :
	    report_usage(o, "there is no edition '%s'; 'waypost pack --help' lists them", o->operands[0]);
}

const struct command pack_command = {
	.name = "pack",
	.usage = "usb|zip|epub|single|zim|pdf|host|paper",
	.summary = "make a copy for sticks, phones and libraries",
	.help = "Makes an edition of the finished site for those who have no network: a folder\n"
	    "for a stick (usb), an archive (zip), for each language a book (epub), one HTML\n"
	    "file (single) or sheets and a guide to print (pdf; needs Chromium), a file for\n"
	    "Kiwix (zim; needs zimwriterfs), the site with archive and books beside it, to\n"
	    "put on a host (host), or the fingerprints of these on paper (paper). Build the\n"
	    "site first. An edition goes to a folder of its name in out/ unless -o names\n"
	    "another one. Interrupted, a folder goes on where it was. 'waypost verify' tells\n"
	    "whether a copy is whole.",
	.options = 1u << OPTION_DIRECTORY | 1u << OPTION_OUTPUT | 1u << OPTION_LANGUAGES | 1u << OPTION_JOBS | 1u << OPTION_MAX |
	    1u << OPTION_SINCE,
	.min = 1,
	.max = 1,
	.run = run,
};
