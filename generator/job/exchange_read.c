/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that come back, read into messages. */
#include <strings.h>

#include "base/utf8.h"
#include "format/charset.h"
#include "format/csv.h"
#include "format/po.h"
#include "format/yaml.h"
#include "job/exchange_parts.h"
#include "model/facts.h"

enum { NAME_MAX_BYTES = 200 };

struct reading {
	struct arena *arena;
	struct exchange_file *f;
	struct diags *d;
	struct view by;		/* YAML: who translated all of it, or empty */
};

static struct exchange_message *
new_message(struct reading *r)
{
	return list_push(&r->f->messages, r->arena);
}

/* The translator's comments without the tool's line "state: ...", whose word goes to *state. */
static struct view
read_comments(struct arena *a, struct view comments, struct view *state)
{
	struct view line;
	struct buf b;

	buf_init(&b);
	while (comments.n && view_cut(&comments, '\n', &line)) {
		if (view_starts(line, "state:")) {
			*state = view_trim(view_slice(line, 6, line.n));
			continue;
		}
		buf_printf(&b, "%s%.*s", b.n ? "\n" : "", VIEW_ARG(line));
	}
	line = segment_normal(a, view_copy(a, view_buf(&b)));
	buf_release(&b);
	return line;
}

static void
read_stamp(struct exchange_message *m, struct view hints)
{
	struct view line;

	while (hints.n && view_cut(&hints, '\n', &line))
		if (view_starts(line, "waypost:"))
			m->stamped = exchange_stamp_read(view_trim(view_slice(line, 8, line.n)), &m->stamp);
}

static bool
read_po(struct reading *r, struct view text)
{
	struct list all;
	struct view header;

	if (!po_read(r->arena, text, r->f->name, &all, &header, r->d))
		return false;
	r->f->language = po_field(header, "X-Waypost-Language");
	if (r->f->language.n == 0)
		r->f->language = po_field(header, "Language");
	for (size_t i = 0; i < all.n; i++) {
		const struct po_message *p = LIST_AT(&all, struct po_message, i);
		struct exchange_message *m;

		if (p->obsolete)
			continue;
		if (p->plural) {
			if (p->str.n)
				diag(r->d, import_plural, place_at(r->f->name, p->line, 1, 0));
			continue;
		}
		m = new_message(r);
		*m = (struct exchange_message){ .context = p->context, .source = segment_normal(r->arena, p->id),
			.target = segment_normal(r->arena, p->str), .was = segment_normal(r->arena, p->was),
			.fuzzy = p->fuzzy, .line = p->line };
		m->note = read_comments(r->arena, p->comments, &m->state);
		read_stamp(m, p->hints);
	}
	return true;
}

enum column { C_CONTEXT, C_SOURCE, C_TARGET, C_STATE, C_WAS, C_NOTE, C_STAMP, C_COUNT };

/* Which cell is which, by the first word of its name; "target (fr)" also says the language. */
static bool
read_head(struct reading *r, const struct csv_row *row, size_t *at)
{
	static const char *const names[C_COUNT] = { "context", "source", "target", "state", "was", "note", "waypost" };

	for (size_t c = 0; c < C_COUNT; c++)
		at[c] = SIZE_MAX;
	for (size_t i = 0; i < row->n; i++) {
		struct view cell = view_trim(row->cells[i]), word = view_slice(cell, 0, view_find(cell, ' '));
		size_t open = view_find(cell, '('), close = view_find(cell, ')');

		for (size_t c = 0; c < C_COUNT; c++) {
			if (at[c] != SIZE_MAX || word.n != strlen(names[c]) || strncasecmp(word.p, names[c], word.n) != 0)
				continue;
			at[c] = i;
			if (c == C_TARGET && open < close)
				r->f->language = view_trim(view_slice(cell, open + 1, close));
		}
	}
	for (size_t c = C_SOURCE; c <= C_TARGET; c++)
		if (at[c] == SIZE_MAX) {
			diag(r->d, csv_columns, place_at(r->f->name, row->line, 1, 0), view_str(names[c]));
			return false;
		}
	return true;
}

static bool
read_csv(struct reading *r, struct view text)
{
	struct list rows;
	size_t at[C_COUNT];

	if (!csv_read(r->arena, text, r->f->name, &rows, r->d))
		return false;
	if (rows.n == 0) {
		diag(r->d, csv_columns, place_at(r->f->name, 1, 1, 0), VIEW("source"));
		return false;
	}
	if (!read_head(r, LIST_AT(&rows, struct csv_row, 0), at))
		return false;
	for (size_t i = 1; i < rows.n; i++) {
		const struct csv_row *row = LIST_AT(&rows, struct csv_row, i);
		struct exchange_message *m = new_message(r);
		struct view cell[C_COUNT] = { VIEW_NONE };

		for (size_t c = 0; c < C_COUNT; c++)
			if (at[c] < row->n)
				cell[c] = row->cells[at[c]];
		m->line = row->line;
		m->formula = csv_formula(cell[C_TARGET]);
		for (size_t c = 0; c < C_COUNT; c++)
			cell[c] = segment_normal(r->arena, csv_bare(cell[c]));
		m->context = cell[C_CONTEXT];
		m->source = cell[C_SOURCE];
		m->target = cell[C_TARGET];
		m->state = cell[C_STATE];
		m->was = cell[C_WAS];
		m->note = cell[C_NOTE];
		m->stamped = exchange_stamp_read(cell[C_STAMP], &m->stamp);
	}
	return true;
}

/* The text of a key, or empty; lists and maps are reported. */
static struct view
text_of(struct reading *r, const struct yaml *map, const char *key)
{
	return segment_normal(r->arena, yaml_text(map, key, r->f->name, r->d));
}

/* A form of a plural has its category behind the context, as in PO files. */
static void
add_form(struct reading *r, const struct exchange_message *model, const struct yaml *form, const struct yaml *base)
{
	struct exchange_message *m;

	if (form->kind != YAML_SCALAR)
		return;
	m = new_message(r);
	*m = *model;
	m->form = form->key;
	m->context = view_printf(r->arena, "%.*s#%.*s", VIEW_ARG(model->context), VIEW_ARG(form->key));
	m->target = segment_normal(r->arena, form->text);
	m->line = form->line;
	m->has_base = base != NULL;
	if (base && base->kind == YAML_MAP) {
		char *key = arena_copy(r->arena, form->key.p, form->key.n);
		const struct yaml *old = yaml_get(base, key);

		m->base = old && old->kind == YAML_SCALAR ? segment_normal(r->arena, old->text) : VIEW_NONE;
	}
}

/* Who translated: of a segment, else of the whole file. What looks like no name is left out. */
static struct view
name_of(struct reading *r, const struct yaml *map)
{
	struct view by = text_of(r, map, "by");
	bool bidi;

	if (by.n == 0)
		return r->by;
	return by.n > NAME_MAX_BYTES || facts_forbidden(by, &bidi) ? VIEW_NONE : by;
}

static void
read_segment(struct reading *r, const struct yaml *y, struct view name)
{
	const struct yaml *target = yaml_get(y, "target"), *base = yaml_get(y, "base");
	struct exchange_message m = { .line = y->line };
	struct view context;

	if (y->kind != YAML_MAP) {
		diag(r->d, catalog_shape, yaml_place(y, r->f->name), VIEW("segments"));
		return;
	}
	m.source = text_of(r, y, "source");
	if (m.source.n == 0) {
		diag(r->d, catalog_source, yaml_place(y, r->f->name));
		return;
	}
	context = text_of(r, y, "context");
	m.context = context.n ? view_printf(r->arena, "%.*s#%.*s", VIEW_ARG(name), VIEW_ARG(context)) : name;
	m.was = text_of(r, y, "was");
	m.note = text_of(r, y, "note");
	m.by = name_of(r, y);
	m.state = text_of(r, y, "state");
	if (m.state.n == 0)
		m.state = view_str(state_name(STATE_TRANSLATED));
	m.fuzzy = m.was.n > 0;
	for (const struct yaml *form = target && target->kind == YAML_MAP ? target->child : NULL; form; form = form->next)
		add_form(r, &m, form, base);
	if (target && target->kind == YAML_MAP)
		return;
	m.target = text_of(r, y, "target");
	m.line = target ? target->line : y->line;
	m.has_base = base != NULL;
	if (base && base->kind == YAML_SCALAR)
		m.base = segment_normal(r->arena, base->text);
	*new_message(r) = m;
}

/* page: of a catalog as messages have it: with its ending. */
static struct view
unit_name(struct reading *r, const struct yaml *catalog)
{
	struct view page = view_trim(yaml_text(catalog, "page", r->f->name, r->d));

	if (page.n == 0 || view_ends(page, ".md") || view_ends(page, ".yaml"))
		return page;
	return view_printf(r->arena, "%.*s.%s", VIEW_ARG(page),
	    view_is(page, "interface") || view_starts(page, "data/") ? "yaml" : "md");
}

static void
read_catalog(struct reading *r, const struct yaml *y)
{
	const struct yaml *segments = yaml_get(y, "segments");
	struct view name = unit_name(r, y);

	for (const struct yaml *s = segments && segments->kind == YAML_LIST ? segments->child : NULL; s; s = s->next)
		read_segment(r, s, name);
}

static bool
read_yaml(struct reading *r, struct view text)
{
	const struct yaml *root = yaml_read(r->arena, text, r->f->name, 1, r->d), *catalogs;

	if (!root)
		return false;
	catalogs = yaml_get(root, "catalogs");
	r->by = name_of(r, root);
	r->f->language = view_trim(yaml_text(root, "language", r->f->name, r->d));
	if (!yaml_get(root, "segments") && (!catalogs || catalogs->kind != YAML_LIST)) {
		diag(r->d, import_kind, place_file(r->f->name), r->f->name);
		return false;
	}
	read_catalog(r, root);
	for (const struct yaml *y = catalogs ? catalogs->child : NULL; y; y = y->next)
		read_catalog(r, y);
	return true;
}

/* By its name; false when that says nothing. */
static bool
kind_by_name(struct view name, enum exchange_kind *kind)
{
	static const struct { const char *ending; enum exchange_kind kind; } all[] = { { ".po", EXCHANGE_PO },
		{ ".pot", EXCHANGE_PO }, { ".yaml", EXCHANGE_YAML }, { ".yml", EXCHANGE_YAML }, { ".csv", EXCHANGE_CSV },
		{ ".tsv", EXCHANGE_CSV } };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (view_ends(name, all[i].ending)) {
			*kind = all[i].kind;
			return true;
		}
	return false;
}

/* Of a file without a known ending, by its first message or list; else it is a table. */
static enum exchange_kind
kind_by_text(struct view text)
{
	if (view_starts(text, "msgid ") || view_search(text, VIEW("\nmsgid ")) < text.n)
		return EXCHANGE_PO;
	return view_search(text, VIEW("\nsegments:")) < text.n ? EXCHANGE_YAML : EXCHANGE_CSV;
}

/* What comes back now and then in place of a file that was filled in: what to do with it, or NULL. */
static const char *
no_file(struct view bytes)
{
	static const char zip[] = "PK\3\4";
	struct view start = view_trim(view_slice(bytes, 0, 200));

	if (view_starts(bytes, zip))
		return "it is an archive: unpack it, and import the file that was filled in; save a workbook of a spreadsheet program as CSV";
	if (view_starts(start, "<!DOCTYPE") || view_starts(start, "<!doctype") || view_starts(start, "<html"))
		return "it is a page: what was typed is in a file that its button saves (translation-....yaml); import that";
	return NULL;
}

bool
exchange_read(struct arena *a, struct exchange_file *f, struct view name, struct view bytes, struct view charset,
    struct diags *d)
{
	struct reading r = { .arena = a, .f = f, .d = d };
	const char *instead = no_file(bytes);
	size_t before = d->list.n;
	struct view text;
	bool named;

	*f = (struct exchange_file){ .name = name, .messages = LIST_OF(struct exchange_message) };
	if (instead) {
		diag(d, import_kind, place_file(name), name);
		diag_note(d, "%s", instead);
		return false;
	}
	named = kind_by_name(name, &f->kind);
	if (charset.n == 0 && (!named || f->kind == EXCHANGE_PO))
		charset = po_charset(bytes);
	if (!charset_text(a, bytes, charset, name, &text, d)) {
		struct view near = charset_suggest(a, bytes);

		if (near.n && d->list.n > before)
			diag_note(d, "it can be read as %.*s: look at it with 'waypost convert --from', and if it is right, "
			    "import it with --from", VIEW_ARG(near));
		return false;
	}
	if (!named)
		f->kind = kind_by_text(text);
	if (f->kind == EXCHANGE_PO)
		return read_po(&r, text);
	return f->kind == EXCHANGE_CSV ? read_csv(&r, text) : read_yaml(&r, text);
}
