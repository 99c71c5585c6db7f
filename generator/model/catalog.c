/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A catalog: the translations of one page, data file or theme into one language. Read once a page and language. */
#include "model/catalog_beside.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "format/charset.h"
#include "format/yaml.h"
#include "model/facts.h"
#include "model/segment.h"

/* State of reading one catalog. */
struct reading {
	struct arena *arena;
	struct diags *d;
	struct catalog *c;
};

static void
wrong_type(struct reading *r, const struct yaml *y, const char *what)
{
	diag(r->d, yaml_type, yaml_place(y, r->c->file), y->key, view_str(what));
}

/* target: as a map of CLDR plural categories. */
static void
read_plural(struct reading *r, struct catalog_entry *e, const struct yaml *y)
{
	static const char *const known[] = { "zero", "one", "two", "few", "many", "other", NULL };

	e->plural = y;
	yaml_known(y, known, r->c->file, r->d);
	for (const struct yaml *form = y->child; form; form = form->next) {
		if (form->kind != YAML_SCALAR)
			wrong_type(r, form, "a text");
		else if (view_is(form->key, "other"))
			e->target = segment_normal(r->arena, form->text);
	}
}

static void
read_state(struct reading *r, struct catalog_entry *e, const struct yaml *y)
{
	struct view text = view_trim(y->text);

	if (text.n && !state_parse(text, &e->state)) {
		diag(r->d, catalog_state, yaml_place(y, r->c->file), text);
		e->state = STATE_DRAFT;
	}
}

enum field { F_SOURCE, F_TARGET, F_STATE, F_WAS, F_CONTEXT, F_BY, F_REVIEWED_BY, F_ON, F_NOTE, F_LINKS, F_COUNT };

static const char *const fields[F_COUNT + 1] = { "source", "target", "state", "was", "context", "by", "reviewed-by",
	"on", "note", "links", NULL };

static enum field
field_of(struct view key)
{
	int f = 0;

	while (f < F_COUNT && !view_is(key, fields[f]))
		f++;
	return (enum field)f;
}

/*
 * What nobody translates is shown to translators alone, and may come from a file that was imported: what a target must not hold, it should not
 * hold either.
 */
static void
check_shown(struct reading *r, const struct yaml *y, struct view text)
{
	struct view line;
	bool bidi;

	while (view_cut(&text, '\n', &line)) {
		uint32_t c = facts_forbidden(line, &bidi);

		if (c && c != '\t') {
			diag(r->d, catalog_bidi, yaml_place(y, r->c->file), view_printf(r->arena, "U+%04X", (unsigned)c));
			return;
		}
	}
}

static void
read_field(struct reading *r, struct catalog_entry *e, enum field f, const struct yaml *y)
{
	if (f == F_SOURCE)
		e->place = yaml_place(y, r->c->file);
	else if (f == F_TARGET)
		e->target_place = yaml_place(y, r->c->file);
	if (f == F_LINKS)
		return;		/* kept for later */
	if (f == F_TARGET && y->kind == YAML_MAP) {
		read_plural(r, e, y);
		return;
	}
	if (y->kind != YAML_SCALAR) {
		wrong_type(r, y, f == F_TARGET ? "a text, or a text for each plural category" : "a text");
		return;
	}
	if (f == F_STATE) {
		read_state(r, e, y);
	} else if (f == F_TARGET && (e->look = facts_look(view_trim(y->text))).even) {
		e->target = view_trim(y->text);	/* its own normal form */
	} else if (f == F_SOURCE || f == F_TARGET || f == F_WAS || f == F_CONTEXT) {
		struct view text = segment_normal(r->arena, y->text);

		*(f == F_SOURCE ? &e->source : f == F_TARGET ? &e->target : f == F_WAS ? &e->was : &e->context) = text;
	} else {
		struct view text = view_trim(y->text);

		check_shown(r, y, text);
		*(f == F_BY ? &e->by : f == F_REVIEWED_BY ? &e->reviewed_by : f == F_ON ? &e->on : &e->note) = text;
	}
}

static void
read_entry(struct reading *r, const struct yaml *y, struct view list, bool unused)
{
	struct catalog_entry *e = &r->c->entries[r->c->n];
	bool strange = false;

	if (y->kind != YAML_MAP) {
		diag(r->d, catalog_shape, yaml_place(y, r->c->file), list);
		return;
	}
	*e = (struct catalog_entry){ .state = STATE_TRANSLATED, .unused = unused };
	for (const struct yaml *field = y->child; field; field = field->next) {
		enum field f = field_of(field->key);

		if (f == F_COUNT)
			strange = true;
		else
			read_field(r, e, f, field);
	}
	if (strange)
		yaml_known(y, fields, r->c->file, r->d);
	if (e->source.n == 0)
		diag(r->d, catalog_source, yaml_place(y, r->c->file));
	else
		r->c->n++;
}

/* The list of a key, or NULL; an empty value is an empty list. */
static const struct yaml *
entry_list(struct reading *r, const struct yaml *root, const char *key)
{
	const struct yaml *y = yaml_get(root, key);

	if (!y || y->kind == YAML_LIST)
		return y;
	if (y->kind != YAML_SCALAR || y->text.n)
		wrong_type(r, y, "a list of segments");
	return NULL;
}

static size_t
count_entries(const struct yaml *list)
{
	size_t n = 0;

	for (const struct yaml *y = list ? list->child : NULL; y; y = y->next)
		n++;
	return n;
}

static void
read_entries(struct reading *r, const struct yaml *root)
{
	const struct yaml *live = entry_list(r, root, "segments"), *unused = entry_list(r, root, "unused");

	r->c->entries = arena_array(r->arena, count_entries(live) + count_entries(unused), sizeof *r->c->entries);
	for (const struct yaml *y = live ? live->child : NULL; y; y = y->next)
		read_entry(r, y, VIEW("segments"), false);
	r->c->nlive = r->c->n;
	for (const struct yaml *y = unused ? unused->child : NULL; y; y = y->next)
		read_entry(r, y, VIEW("unused"), true);
}

/* The same source and context twice, with two targets: one table of hashes over the live entries. */
static void
report_duplicates(struct reading *r)
{
	struct catalog *c = r->c;
	size_t nslots = 8;
	uint32_t *slots;

	while (nslots < 2 * c->nlive)
		nslots *= 2;
	slots = arena_array(r->arena, nslots, sizeof *slots);
	for (size_t i = 0; i < c->nlive; i++) {
		const struct catalog_entry *e = &c->entries[i], *first = NULL;
		uint64_t hash = hash_bytes(e->source);
		size_t at;

		if (e->context.n)
			hash = hash_more(hash, e->context);
		for (at = (size_t)hash & (nslots - 1); slots[at]; at = (at + 1) & (nslots - 1)) {
			first = &c->entries[slots[at] - 1];
			if (view_eq(first->source, e->source) && view_eq(first->context, e->context))
				break;
		}
		if (!slots[at])
			slots[at] = (uint32_t)i + 1;
		else if (first->target.n && e->target.n && !view_eq(first->target, e->target))
			diag(r->d, catalog_duplicate, e->place,
			    view_printf(r->arena, "%u", first->place.line));
	}
}

static struct view
without(struct view text, const char *ending)
{
	return view_ends(text, ending) ? view_slice(text, 0, text.n - strlen(ending)) : text;
}

/* page: and language: must say what the place of the file says. */
static void
check_place(struct reading *r, const struct yaml *root, const struct language *l, struct view key,
    struct view page_path)
{
	struct view page = view_trim(yaml_text(root, "page", r->c->file, r->d));
	struct view tag = view_trim(yaml_text(root, "language", r->c->file, r->d)), canonical;
	struct view want = page_path.n ? page_path : key;

	if (page.n && !view_eq(without(without(page, ".md"), ".yaml"), without(want, ".md")))
		diag(r->d, catalog_page, yaml_place(yaml_get(root, "page"), r->c->file), page, want);
	if (tag.n == 0)
		return;
	if (!lang_canonical(r->arena, tag, &canonical) || !view_eq(canonical, l->lang->tag))
		diag(r->d, catalog_language, yaml_place(yaml_get(root, "language"), r->c->file), tag,
		    l->lang->tag);
}

/* A bidi control in a comment shows an editor something else than what stands there; those of targets are found by their locks. */
static void
check_comments(struct view text, struct view file, struct diags *d)
{
	struct view line;

	if (view_find(text, '\xE2') == text.n)
		return;
	for (unsigned n = 1; view_cut(&text, '\n', &line); n++) {
		struct view ink = view_trim(line);
		struct diags found;

		if (ink.n == 0 || ink.p[0] != '#')
			continue;
		diags_init(&found);
		if (!text_bidi(line, file, &found)) {
			const struct diag *m = LIST_AT(&found.list, struct diag, 0);

			diag(d, catalog_bidi, place_at(file, n, m->place.col, 1), m->args[0]);
		}
		diags_release(&found);
	}
}

/* page_path is empty, and page NULL, where there is no page to read it beside. */
static struct catalog *
read_catalog(struct arena *a, const struct site *site, const struct language *l, struct view key, struct view page_path, const struct page *page,
    struct diags *d)
{
	static const char *const known[] = { "page", "language", "segments", "unused", NULL };
	struct catalog *c = arena_new(a, struct catalog);
	struct reading r = { a, d, c };
	const struct yaml *root;
	struct view bytes;

	c->file = view_concat(a, view_join(a, l->dir, key), VIEW(".yaml"));
	if (!file_read_if(&site->root, a, c->file, YAML_MAX_BYTES, &bytes, d))
		return NULL;
	if (page && catalog_beside(a, c, bytes, l, page))
		return c;
	root = site_yaml_of(a, bytes, c->file, l->charset, &c->text, d);
	if (!root)
		return NULL;
	c->root = root;
	check_comments(c->text, c->file, d);
	yaml_known(root, known, c->file, d);
	check_place(&r, root, l, key, page_path);
	read_entries(&r, root);
	report_duplicates(&r);
	return c;
}

struct catalog *
catalog_read(struct arena *a, const struct site *site, const struct language *l, struct view key, struct view page_path, struct diags *d)
{
	return read_catalog(a, site, l, key, page_path, NULL, d);
}

struct catalog *
catalog_read_beside(struct arena *a, const struct site *site, const struct language *l, const struct page *p, struct diags *d)
{
	return read_catalog(a, site, l, p->key, p->path, p, d);
}

/* Appends the keys below translations/<tag>/<below>. */
static void
list_below(struct arena *a, const struct site *site, const struct language *l, struct view below,
    struct list *out, struct diags *d)
{
	struct list entries;

	if (!file_list(&site->root, a, view_join(a, l->dir, below), &entries, d))
		return;
	for (size_t i = 0; i < entries.n; i++) {
		const struct file_entry *e = LIST_AT(&entries, struct file_entry, i);
		struct view key = below.n ? view_join(a, below, e->name) : e->name, path = view_join(a, l->dir, key);

		if (e->kind == FILE_LINK)
			diag(d, file_link, place_file(path), path);
		else if (e->kind == FILE_FOLDER)
			list_below(a, site, l, key, out, d);
		else if (!view_ends(key, ".yaml") || view_is(key, "language.yaml"))
			continue;
		else if (e->kind == FILE_OTHER)
			diag(d, file_special, place_file(path), path);
		else
			*(struct view *)list_push(out, a) = without(key, ".yaml");
	}
}

static int
compare_keys(const void *x, const void *y)
{
	return view_cmp(*(const struct view *)x, *(const struct view *)y);
}

struct list
catalog_list(struct arena *a, const struct site *site, const struct language *l, struct diags *d)
{
	struct list out = LIST_OF(struct view);

	list_below(a, site, l, VIEW_NONE, &out, d);
	if (out.n)
		qsort(out.items, out.n, sizeof(struct view), compare_keys);
	return out;
}
