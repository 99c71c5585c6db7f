/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost import: files that translators send back go into the catalogs. */
#include "command/import.h"

#include "command/named.h"
#include "command/report.h"
#include "format/po.h"
#include "job/exchange.h"

struct import {
	const struct options *o;
	struct world *w;
	struct exchange **open;		/* by language->index */
	struct language *language;	/* what --language says, or NULL */
};

static struct view
tags(const struct site *s)
{
	struct view list;
	struct buf b;

	buf_init(&b);
	for (size_t i = 0; i < s->nlanguages; i++)
		if (!s->languages[i]->source)
			buf_printf(&b, "%s%.*s", b.n ? ", " : "", VIEW_ARG(s->languages[i]->lang->tag));
	list = view_copy(s->arena, view_buf(&b));
	buf_release(&b);
	return list;
}

/* The language of a file: what --language says, else what the file says. NULL after a message. */
static struct language *
language_of(struct import *in, const struct exchange_file *f)
{
	const struct site *s = &in->w->site;
	struct language *said = f->language.n ? exchange_language(s, in->w->arena, f->language) : NULL;

	if (in->language)
		return in->language;
	if (!said || said->source) {
		diag(in->w->diags, import_language, place_file(f->name), f->language.n ? f->language : VIEW("?"), tags(s));
		return NULL;
	}
	return said;
}

/* A name for the conflicts beside the file that is not taken: "fr.conflicts.po", "fr.conflicts-2.po". */
static struct view
conflicts_name(struct arena *a, const struct exchange_file *f, struct view bytes)
{
	struct view name = f->name, path;
	size_t dot = name.n, cut;

	while (dot > 0 && name.p[dot - 1] != '.' && name.p[dot - 1] != '/')
		dot--;
	if (dot > 0 && name.p[dot - 1] == '.')
		name = view_slice(name, 0, dot - 1);
	cut = view_search(name, VIEW(".conflicts"));
	name = view_slice(name, 0, cut);
	for (unsigned k = 1;; k++) {
		const char *ending = f->kind == EXCHANGE_CSV ? "csv" : "po";

		path = k == 1 ? view_printf(a, "%.*s.conflicts.%s", VIEW_ARG(name), ending) :
		    view_printf(a, "%.*s.conflicts-%u.%s", VIEW_ARG(name), k, ending);
		if (!view_eq(path, f->name) && !named_differs(a, path, bytes))
			return path;
	}
}

static void
receipt(const struct import *in, const struct exchange_file *f, const struct language *l,
    const struct exchange_receipt *r, struct view conflicts)
{
	struct buf b;

	buf_init(&b);
	words_put(&b, in->o->messages, imported, f->name, l->lang->tag, NUMBER(r->n[EXCHANGE_ADDED]), NUMBER(r->n[EXCHANGE_CHANGED]),
	    NUMBER(r->n[EXCHANGE_UNCHANGED]), NUMBER(r->n[EXCHANGE_CONFLICT]), NUMBER(r->n[EXCHANGE_REFUSED]));
	if (conflicts.n) {
		buf_addc(&b, '\n');
		words_put(&b, in->o->messages, import_conflicts, conflicts);
	}
	fprintf(in->o->out, "%s\n", b.p);
	buf_release(&b);
}

static void
import_file(struct import *in, struct view name)
{
	struct world *w = in->w;
	struct exchange_file f;
	struct exchange_receipt r;
	struct view bytes, conflicts = VIEW_NONE;
	struct language *l;

	if (!named_read(w->arena, name, PO_MAX_BYTES, &bytes, w->diags) ||
	    !exchange_read(w->arena, &f, name, bytes, in->o->from, w->diags))
		return;
	l = language_of(in, &f);
	if (!l)
		return;
	if (!in->open[l->index])
		in->open[l->index] = exchange_open(w->arena, w, l, w->diags);
	exchange_import(in->open[l->index], &f, &r, w->diags);
	if (r.conflicts.n && !in->o->dry_run) {
		conflicts = conflicts_name(w->arena, &f, r.conflicts);
		if (named_write(w->arena, conflicts, r.conflicts, w->diags) == FILE_FAILED)
			conflicts = VIEW_NONE;
	}
	if (!in->o->quiet)
		receipt(in, &f, l, &r, conflicts);
}

static int
import_files(const struct options *o, struct world *w, struct view root)
{
	struct import in = { .o = o, .w = w };
	struct report r = report_make(o, &w->site);

	(void)root;
	in.open = arena_array(w->arena, w->site.nlanguages, sizeof *in.open);
	if (o->language.n) {
		in.language = exchange_language(&w->site, w->arena, o->language);
		if (!in.language || in.language->source)
			return report_usage(o, import_language, o->language, tags(&w->site));
	}
	for (size_t i = 0; i < o->noperands; i++)
		import_file(&in, view_str(o->operands[i]));
	for (size_t i = 0; i < w->site.nlanguages && !o->dry_run; i++)
		if (in.open[i])
			exchange_write(in.open[i], w->diags);
	report_print(&r, w->diags);
	if (!o->dry_run)
		report_next(o, next_check, VIEW_NONE);
	return report_exit(w->diags, false);
}

static int
run(const struct options *o)
{
	return report_run(o, import_files);
}

const struct command import_command = {
	.name = "import",
	.usage = "FILE...",
	.summary = "take back what translators send",
	.help = "Takes translations from PO files, tables (CSV) and catalogs (YAML) into the\n"
	    "catalogs of the project. A text that was changed on both sides since the file\n"
	    "was made is a conflict: the catalog keeps its own, and a file of the conflicts\n"
	    "is written beside the one that was imported.",
	.options = 1u << OPTION_DIRECTORY | 1u << OPTION_LANGUAGE | 1u << OPTION_FROM | 1u << OPTION_DRY_RUN,
	.min = 1,
	.max = OPERANDS_MAX,
	.run = run,
};
