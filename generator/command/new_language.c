/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost new language: the files a volunteer fills in. For command/new only. */
#include "command/new_parts.h"
#include "command/report.h"
#include "format/yaml.h"

enum { WIDTH = 80, INDENT = 5 };	/* of a step */

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
			report_usage(o, new_itself, tag);
			return false;
		}
		f->fallback = f->fallback.n ? view_printf(a, "%.*s, %.*s", VIEW_ARG(f->fallback), VIEW_ARG(tag)) : tag;
	}
	return report_languages(o, &w->site, o->fallback, &only);
}

/* "  1. ..."; in other languages than English filled into lines. */
static void
put_step(struct buf *b, const struct messages *m, int *n, enum word id, struct view tag)
{
	struct buf text;

	buf_printf(b, "  %d. ", ++*n);
	buf_init(&text);
	words_add(&text, m, id, (const struct view[WORD_ARGS]){ tag });
	if (m)
		words_wrap(b, view_buf(&text), INDENT, INDENT, WIDTH);
	else
		buf_addv(b, view_buf(&text));
	buf_addc(b, '\n');
	buf_release(&text);
}

static void
put_steps(struct buf *b, const struct messages *m, const struct new_files *f)
{
	int n = 0;

	words_put(b, m, next_steps, VIEW_NONE);
	buf_addc(b, '\n');
	if (view_eq(f->lang->autonym, f->tag))
		put_step(b, m, &n, WORD_step_name, f->tag);
	if (is_listed(f->w) && !site_language(&f->w->site, f->tag))
		put_step(b, m, &n, WORD_step_list, f->tag);
	put_step(b, m, &n, WORD_step_write, f->tag);
	put_step(b, m, &n, WORD_step_next, f->tag);
	put_step(b, m, &n, WORD_step_check, f->tag);
}

/* What was done, and what to do next. */
static void
say(const struct options *o, const struct new_files *f)
{
	const struct messages *m = o->messages;
	size_t words = f->words - f->ready;
	struct buf b;

	buf_init(&b);
	words_count(&b, m, new_wrote, f->written, NUMBER(f->written), f->tag);
	if (f->kept) {
		words_comma(&b, m);
		words_put(&b, m, new_kept, NUMBER(f->kept));
	}
	buf_addc(&b, '\n');
	words_put(&b, m, language_head, m ? f->lang->autonym : f->lang->english, f->tag);
	buf_addc(&b, ' ');
	words_count(&b, m, new_words, words, NUMBER(words));
	if (f->ready) {
		words_semicolon(&b, m);
		words_put(&b, m, new_ready, NUMBER(f->ready));
	}
	buf_puts(&b, "\n\n");
	put_steps(&b, m, f);
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
		return report_usage(o, new_tag, typed);
	if (view_eq(f.tag, w->site.source->lang->tag))
		return report_usage(o, new_source, f.tag);
	if (!read_fallback(o, w, &f))
		return EXIT_USAGE;
	if (!view_eq(typed, f.tag) && !o->quiet)
		report_say(o, o->out, new_spelling, typed, f.tag);
	new_files(&f);
	report_print(&r, w->diags);
	if (f.written == 0 && !diags_count(w->diags, DIAG_SYSTEM) && !o->quiet) {
		report_say(o, o->out, new_all_there, f.tag, NUMBER(f.kept));
		report_say(o, o->out, new_left, f.tag);
	} else if (!o->quiet) {
		say(o, &f);
	}
	return report_exit(w->diags, false);
}

int
new_language(const struct options *o)
{
	return report_run(o, language);
}
