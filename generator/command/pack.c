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
	struct buf b;

	if (!p->terminal || report_clock() - p->start < 1)
		return;
	buf_init(&b);
	words_put(&b, p->options->messages, pack_progress, NUMBER(done), NUMBER(all));
	fprintf(p->options->err, "\r\033[K%s", b.p);
	fflush(p->options->err);
	buf_release(&b);
	p->shown = true;
}

struct view
pack_megabytes(const struct packing *p, uint64_t bytes)
{
	return view_printf(p->world->arena, "%.1f", (double)bytes / 1e6);
}

void
pack_size(const struct packing *p, const struct edition *e, struct buf *b)
{
	words_put(b, p->options->messages, pack_size, pack_megabytes(p, e->bytes), NUMBER(e->bytes), pack_megabytes(p, e->clusters));
}

void
pack_total(const struct packing *p, uint64_t bytes, struct buf *b)
{
	words_comma(b, p->options->messages);
	words_put(b, p->options->messages, megabytes, pack_megabytes(p, bytes));
}

void
pack_say(const struct packing *p, struct view path, size_t bytes)
{
	if (!p->options->quiet)
		report_say(p->options, p->options->out, pack_bytes, path, NUMBER(bytes));
}

bool
pack_fits(struct packing *p, uint64_t size)
{
	if (p->options->max == 0 || size <= p->options->max)
		return true;
	diag(&p->diags, pack_large, PLACE_NONE, words_inside(p->world->arena, p->options->messages, WORD_bytes,
	    (const struct view[WORD_ARGS]){ NUMBER(size) }), NUMBER(p->options->max));
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
	const struct messages *m = p->options->messages;
	struct view folder;

	if (!pack_fits(p, p->edition.clusters))
		return false;
	folder = pack_folder(p, name);
	if (!stick_write(&s, folder))
		return false;
	p->made = folder;
	words_count(said, m, pack_tree, p->edition.files.n, NUMBER(p->edition.files.n), folder);
	words_comma(said, m);
	pack_size(p, &p->edition, said);
	buf_puts(said, ": ");
	words_put(said, m, pack_written, NUMBER(s.written), NUMBER(s.unchanged), NUMBER(s.removed));
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
	bool read = diags_count(w->diags, DIAG_SYSTEM) == 0, good = read;	/* what is not read would be missing in silence */
	int code;

	while (strcmp(kind->name, o->operands[0]) != 0)
		kind++;		/* run has looked for it */
	if (!report_languages(o, &w->site, o->languages, &p.only))
		return EXIT_USAGE;
	diags_init(&p.diags);
	buf_init(&said);
	p.site = p.out = view_is(root, ".") ? VIEW("out") : view_join(w->arena, root, VIEW("out"));
	if (!read || (p.only && !takes_some(kind) && !build_some(&p))) {
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
	if (!good && p.diags.list.n == 0 && !p.only && read)	/* the survey for a book has failed */
		report_print(&r, w->diags);
	report_print(&r, &p.diags);
	if (good && !o->quiet) {
		fprintf(o->out, "%s ", said.p);
		report_say(o, o->out, pack_seconds, view_printf(w->arena, "%.2f", report_clock() - p.start));
	}
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
			return report_usage(o, pack_since, VIEW_NONE);
		return report_run(o, pack);
	}
	near = options_nearest(o->operands[0], names, KINDS);
	return report_unknown(o, WORD_pack_unknown, view_str(o->operands[0]), near ? view_str(near) : VIEW_NONE, WORD_pack_list);
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
