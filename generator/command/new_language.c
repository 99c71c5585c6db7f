/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost new language: the files a volunteer fills in. For command/new only. */
#include "command/new_parts.h"
#include "command/report.h"
#include "format/yaml.h"

/* Whether site.yaml lists its languages, so that a new folder alone does not add one. */
static bool
is_listed(const struct world *w)
{
	const struct yaml *y;
	struct view text;
	struct diags quiet;

	diags_init(&quiet);
	y = yaml_get(site_yaml(&w->site, w->arena, w->site.file, VIEW_NONE, false, &text, &quiet), "languages");
	diags_release(&quiet);
	return y != NULL;
}

/* "es,en" to "es, en", each a language of this site other than the new one. */
static bool
read_fallback(const struct options *o, const struct world *w, struct new_files *f)
{
	struct arena *a = w->arena;
	bool *only;

	f->fallback = w->site.source->lang->tag;
	if (o->fallback.n == 0)
		return true;
	f->fallback = VIEW_NONE;
	for (struct view rest = o->fallback, piece, tag; view_cut(&rest, ',', &piece);) {
		piece = view_trim(piece);
		if (piece.n == 0 || !lang_canonical(a, piece, &tag))
			continue;
		if (view_eq(tag, f->tag)) {
			report_usage(o, "'%.*s' cannot be its own fallback", VIEW_ARG(tag));
			return false;
		}
		f->fallback = f->fallback.n ? view_printf(a, "%.*s, %.*s", VIEW_ARG(f->fallback), VIEW_ARG(tag)) : tag;
	}
	return report_languages(o, &w->site, o->fallback, &only);
}

/* What was done, and what to do next. */
static void
say(const struct options *o, const struct new_files *f)
{
	const struct world *w = f->w;
	const struct lang *l = f->lang;
	int n = 1;
	struct buf b;

	buf_init(&b);
	buf_printf(&b, "translations/%.*s: ", VIEW_ARG(f->tag));
	report_number(&b, f->written, "file", "files");
	buf_puts(&b, " written");
	if (f->kept)
		buf_printf(&b, ", %zu there already and left alone", f->kept);
	buf_printf(&b, "\n%.*s (%.*s): ", VIEW_ARG(l->english), VIEW_ARG(f->tag));
	report_number(&b, f->words - f->ready, "word", "words");
	buf_puts(&b, " to translate in them");
	if (f->ready)
		buf_printf(&b, "; %zu came with Waypost", f->ready);
	buf_puts(&b, "\n\nnext:\n");
	if (view_eq(l->autonym, f->tag))
		buf_printf(&b, "  %d. write the language's own name in translations/%.*s/language.yaml\n", n++, VIEW_ARG(f->tag));
	if (is_listed(w) && !site_language(&w->site, f->tag))
		buf_printf(&b, "  %d. add '%.*s' to the line 'languages' of content/site.yaml\n", n++, VIEW_ARG(f->tag));
	buf_printf(&b, "  %d. open a file of translations/%.*s in a text editor, and write each translation\n"
	    "     in a new line below 'target: |', four blanks in; leave the 'source' as it is\n", n, VIEW_ARG(f->tag));
	buf_printf(&b, "  %d. 'waypost status %.*s --next' names the texts that most readers see\n", n + 1, VIEW_ARG(f->tag));
	buf_printf(&b, "  %d. 'waypost check' looks for mistakes, 'waypost build' makes the pages\n", n + 2);
	fwrite(b.p, 1, b.n, o->out);
	buf_release(&b);
}

static int
language(const struct options *o, struct world *w, struct view root)
{
	struct view typed = view_str(o->operands[1]);
	struct new_files f = { .w = w };
	struct report r = report_make(o, &w->site);

	(void)root;
	if (!lang_canonical(w->arena, typed, &f.tag))
		return report_usage(o, "'%.*s' is not a language tag; write one such as 'fr', 'pt-BR' or 'zh-Hans'",
		    VIEW_ARG(typed));
	if (view_eq(f.tag, w->site.source->lang->tag))
		return report_usage(o, "the pages are written in '%.*s'; it needs no translation", VIEW_ARG(f.tag));
	if (!read_fallback(o, w, &f))
		return EXIT_USAGE;
	if (!view_eq(typed, f.tag) && !o->quiet)
		fprintf(o->out, "'%.*s' is written '%.*s'\n", VIEW_ARG(typed), VIEW_ARG(f.tag));
	new_files(&f);
	report_print(&r, w->diags);
	if (f.written == 0 && !diags_count(w->diags, DIAG_SYSTEM) && !o->quiet)
		fprintf(o->out, "translations/%.*s: all %zu files are there already; nothing was written\n"
		    "'waypost status %.*s' shows what is left to do\n", VIEW_ARG(f.tag), f.kept, VIEW_ARG(f.tag));
	else if (!o->quiet)
		say(o, &f);
	return report_exit(w->diags, false);
}

int
new_language(const struct options *o)
{
	return report_run(o, language);
}
