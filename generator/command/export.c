/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost export: the texts of a language for those who translate with programs of their own. */
#include "command/export.h"

#include "command/named.h"
#include "command/report.h"
#include "job/exchange.h"
#include "job/kit.h"
#include "job/survey.h"

/* "fr.po: 212 messages, 200 translated, 10 fuzzy, 2 untranslated; 3 unused" */
static void
summary(const struct options *o, struct view path, const struct exchange_counts *c)
{
	size_t texts = c->translated + c->fuzzy + c->untranslated;
	struct buf b;

	buf_init(&b);
	if (!view_is(path, "-"))
		buf_printf(&b, "%.*s: ", VIEW_ARG(path));
	words_count(&b, o->messages, export_texts, texts, NUMBER(texts), NUMBER(c->translated), NUMBER(c->fuzzy), NUMBER(c->untranslated));
	if (c->unused && o->format == FORMAT_PO) {
		words_semicolon(&b, o->messages);
		words_put(&b, o->messages, export_unused, NUMBER(c->unused));
	}
	fprintf(o->err, "%s\n", b.p);
	buf_release(&b);
}

/* Writes to -o, or to a name that is not taken: what stands there may be somebody's work. */
static bool
write_out(const struct options *o, struct world *w, struct view path, struct view bytes)
{
	if (!o->output.n && named_differs(w->arena, path, bytes)) {
		report_usage(o, export_taken, path);
		return false;
	}
	return named_write(w->arena, path, bytes, w->diags) != FILE_FAILED;
}

/* -o, or the language's tag and an ending. */
static struct view
path_of(const struct options *o, struct world *w, const struct language *l)
{
	if (o->output.n)
		return o->output;
	return view_printf(w->arena, "%.*s%s", VIEW_ARG(l->lang->tag), o->format == FORMAT_KIT ? "-kit.zip" :
	    o->format == FORMAT_PO ? ".po" : ".csv");
}

static bool
make_kit(const struct options *o, struct world *w, struct language *l, struct buf *b)
{
	bool *only = arena_array(w->arena, w->site.nlanguages, sizeof *only);

	only[l->index] = true;
	return survey_run(w, only, false, o->jobs) && kit_make(w, l, b, w->diags);
}

static bool
export_texts(const struct options *o, struct world *w, struct language *l)
{
	struct diags quiet;
	struct exchange *x;
	struct exchange_counts counts;
	struct view path = path_of(o, w, l);
	struct buf b;
	bool good = true;

	diags_init(&quiet);	/* for a kit the survey says what is wrong with the catalogs */
	buf_init(&b);
	x = exchange_open(w->arena, w, l, o->format == FORMAT_KIT ? &quiet : w->diags);
	counts = exchange_counts(x);
	if (o->format == FORMAT_PO)
		exchange_po(x, &b);
	else if (o->format == FORMAT_CSV)
		exchange_csv(x, &b);
	else
		good = make_kit(o, w, l, &b);
	good = good && write_out(o, w, path, view_buf(&b));
	buf_release(&b);
	diags_release(&quiet);
	if (good && !o->quiet)
		summary(o, path, &counts);
	return good;
}

static int
export_language(const struct options *o, struct world *w, struct view root)
{
	struct report r = report_make(o, &w->site);
	struct language *l = NULL;
	bool *only, good;
	int code;

	(void)root;
	if (!report_languages(o, &w->site, view_str(o->operands[0]), &only))
		return EXIT_USAGE;
	for (size_t i = 0; i < w->site.nlanguages; i++)
		if (only[i] && l)
			return report_usage(o, export_one, l->lang->tag, w->site.languages[i]->lang->tag);
		else if (only[i])
			l = w->site.languages[i];
	if (!l || l->source)
		return report_usage(o, export_source, view_str(o->operands[0]));
	good = export_texts(o, w, l);
	report_print(&r, w->diags);
	code = report_exit(w->diags, false);
	return good ? code : code ? code : EXIT_PROBLEMS;
}

static int
run(const struct options *o)
{
	if (o->format == FORMAT_TEXT)
		return report_usage(o, export_format, VIEW_NONE);
	return report_run(o, export_language);
}

const struct command export_command = {
	.name = "export",
	.usage = "LANG --format po|csv|kit",
	.summary = "write the texts of a language for translators",
	.help = "Writes all texts of a language with their translations to one file: PO for\n"
	    "programs such as Poedit, CSV for spreadsheets, or a kit: a ZIP with a page to\n"
	    "translate in, both files and a guide. The file is LANG.po, LANG.csv or\n"
	    "LANG-kit.zip unless -o says another ('-o -': standard output).\n"
	    "'waypost import' takes it back.",
	.options = 1u << OPTION_DIRECTORY | 1u << OPTION_OUTPUT | 1u << OPTION_FORMAT,
	.formats = 1u << FORMAT_PO | 1u << FORMAT_CSV | 1u << FORMAT_KIT,
	.min = 1,
	.max = 1,
	.run = run,
};
