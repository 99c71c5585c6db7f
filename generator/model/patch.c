/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changing a catalog surgically: what is asked for, entry by entry. */
#include "model/patch.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "format/charset.h"
#include "format/yaml.h"
#include "format/yamlout.h"
#include "model/patch_parts.h"
#include "model/segment.h"

/* Whether the lines of the file are those that the catalog was read from. */
static bool
same_lines(struct arena *a, const struct list *lines, struct view text)
{
	struct list other = patch_lines(a, text);

	if (lines->n != other.n)
		return false;
	for (size_t i = 0; i < lines->n; i++) {
		struct view x = *LIST_AT(lines, struct view, i), y = *LIST_AT(&other, struct view, i);

		while (x.n && (x.p[x.n - 1] == '\n' || x.p[x.n - 1] == '\r'))
			x.n--;
		while (y.n && (y.p[y.n - 1] == '\n' || y.p[y.n - 1] == '\r'))
			y.n--;
		if (!view_eq(x, y))
			return false;
	}
	return true;
}

static void
cut_lines(struct patch *p, struct view text)
{
	struct view first;

	p->bom = view_starts(text, "\xEF\xBB\xBF");
	p->lines = patch_lines(p->arena, p->bom ? view_slice(text, 3, text.n) : text);
	first = patch_line(p, 0);
	p->eol = view_ends(first, "\r\n") ? "\r\n" : view_ends(first, "\r") ? "\r" : "\n";
}

/* A catalog that is not there yet. */
static bool
open_new(struct patch *p, struct view page_path, struct diags *d)
{
	struct yamlout y;
	struct view text;
	struct buf b;

	buf_init(&b);
	yamlout_init(&y, &b);
	if (page_path.n)
		yamlout_scalar(&y, VIEW("page"), page_path);
	yamlout_empty_list(&y, VIEW("segments"));
	yamlout_empty_list(&y, VIEW("unused"));
	text = view_copy(p->arena, view_buf(&b));
	buf_release(&b);
	cut_lines(p, text);
	p->root = yaml_read(p->arena, text, p->file, 1, d);
	return p->root && patch_take_apart(p, d);
}

bool
patch_allowed(struct arena *a, const struct language *l, struct diags *d)
{
	struct view letter = VIEW("\xC3\xA9"), text;
	struct diags quiet;
	bool same;

	if (l->charset.n == 0)
		return true;
	diags_init(&quiet);
	same = charset_text(a, letter, l->charset, l->dir, &text, &quiet) && view_eq(text, letter);
	diags_release(&quiet);
	if (!same)
		diag(d, patch_charset, place_file(view_join(a, l->dir, VIEW("language.yaml"))), l->charset);
	return same;
}

struct patch *
patch_open(struct arena *a, const struct site *site, const struct language *l, struct view key,
    struct view page_path, const struct catalog *c, struct diags *d)
{
	struct patch *p = arena_new(a, struct patch);
	bool there;

	if (!patch_allowed(a, l, d))
		return NULL;
	*p = (struct patch){ .arena = a, .site = site, .catalog = c, .stale = true };
	p->file = view_printf(a, "%.*s/%.*s.yaml", VIEW_ARG(l->dir), VIEW_ARG(key));
	there = file_read_if(&site->root, a, p->file, YAML_MAX_BYTES, &p->bytes, d);
	if (!c) {
		enum file_kind kind;

		if (there || file_kind(&site->root, p->file, &kind))
			return NULL;
		return open_new(p, page_path, d) ? p : NULL;
	}
	cut_lines(p, p->bytes);
	if (!there || !same_lines(a, &p->lines, c->text)) {
		diag(d, patch_changed, place_file(p->file), VIEW_NONE);
		return NULL;
	}
	p->root = c->root;
	return patch_take_apart(p, d) ? p : NULL;
}

static struct patch_item *
touch(struct patch *p, size_t entry)
{
	struct patch_item *it = patch_item_at(p, entry);

	if (entry >= p->items.n || it->dropped)
		bug("a catalog has no such entry");
	p->stale = true;
	return it;
}

size_t
patch_count(const struct patch *p)
{
	return p->items.n;
}

struct view
patch_get(const struct patch *p, size_t entry, enum patch_field f)
{
	return patch_item_at(p, entry)->values[f];
}

static bool
is_plural(const struct patch_item *it)
{
	return it->nforms || (!it->set[PATCH_TARGET] && it->entry && it->entry->plural);
}

void
patch_set(struct patch *p, size_t entry, enum patch_field f, struct view text)
{
	struct patch_item *it = touch(p, entry);
	bool prose = f <= PATCH_TARGET || f == PATCH_NOTE;

	text = prose ? segment_normal(p->arena, text) : view_trim(text);
	if (f == PATCH_SOURCE && text.n == 0)
		bug("an entry without a source");
	if (view_eq(text, it->values[f]) && !(f == PATCH_TARGET && is_plural(it)))
		return;
	it->values[f] = view_copy(p->arena, text);
	it->set[f] = true;
	if (f == PATCH_TARGET)
		it->nforms = 0;
}

static bool
same_forms(const struct patch *p, const struct patch_item *it, const struct patch_form *forms, size_t n)
{
	const struct yaml *y = it->entry && it->entry->plural ? it->entry->plural->child : NULL;
	size_t i = 0;

	if (it->nforms) {
		for (; i < n && i < it->nforms; i++)
			if (!view_eq(it->forms[i].category, forms[i].category) || !view_eq(it->forms[i].text, forms[i].text))
				return false;
		return n == it->nforms;
	}
	if (it->set[PATCH_TARGET])
		return false;
	for (; y && i < n; y = y->next, i++)
		if (!view_eq(y->key, forms[i].category) || y->kind != YAML_SCALAR ||
		    !view_eq(segment_normal(p->arena, y->text), forms[i].text))
			return false;
	return !y && i == n;
}

void
patch_set_forms(struct patch *p, size_t entry, const struct patch_form *forms, size_t n)
{
	struct patch_item *it = touch(p, entry);
	struct patch_form *copy = arena_array(p->arena, n, sizeof *copy);

	if (n == 0)
		bug("a plural without forms");
	for (size_t i = 0; i < n; i++) {
		copy[i].category = view_copy(p->arena, forms[i].category);
		copy[i].text = view_copy(p->arena, segment_normal(p->arena, forms[i].text));
	}
	if (same_forms(p, it, copy, n))
		return;
	it->forms = copy;
	it->nforms = n;
	it->set[PATCH_TARGET] = true;
	it->values[PATCH_TARGET] = VIEW_NONE;
	for (size_t i = 0; i < n; i++)
		if (view_is(copy[i].category, "other"))
			it->values[PATCH_TARGET] = copy[i].text;
}

void
patch_set_state(struct patch *p, size_t entry, enum state state)
{
	if (state == STATE_TRANSLATED && patch_get(p, entry, PATCH_STATE).n == 0)
		return;
	patch_set(p, entry, PATCH_STATE, view_str(state_name(state)));
}

size_t
patch_add(struct patch *p, struct view source, struct view context)
{
	struct patch_list *l = &p->lists[PATCH_LIVE];
	struct patch_item *it = list_push(&p->items, p->arena);
	size_t entry = p->items.n - 1;

	it->dash = l->dash;
	it->col = l->dash + 2;
	it->set[PATCH_SOURCE] = it->set[PATCH_CONTEXT] = it->set[PATCH_TARGET] = true;
	it->values[PATCH_SOURCE] = view_copy(p->arena, segment_normal(p->arena, source));
	it->values[PATCH_CONTEXT] = view_copy(p->arena, segment_normal(p->arena, context));
	*(size_t *)list_push(&l->order, p->arena) = entry;
	p->stale = true;
	return entry;
}

/* The text of comment lines of one kind, without its sign. */
static struct view
lead_text(const struct patch *p, const struct patch_item *it, bool hints)
{
	const char *sign = hints ? "#." : "#";
	struct view out;
	struct buf b;

	buf_init(&b);
	for (size_t i = it->lead; i < it->from; i++) {
		struct view line = view_trim(patch_line(p, i));

		if (!patch_is_comment(line) || patch_is_hint(line) != hints)
			continue;
		line = view_slice(line, strlen(sign), line.n);
		if (view_starts(line, " "))
			line = view_slice(line, 1, line.n);
		buf_printf(&b, "%s%.*s", b.n ? "\n" : "", VIEW_ARG(line));
	}
	out = view_copy(p->arena, view_buf(&b));
	buf_release(&b);
	return out;
}

struct view
patch_hints(const struct patch *p, size_t entry)
{
	const struct patch_item *it = patch_item_at(p, entry);

	return it->hints_set ? it->hints : lead_text(p, it, true);
}

/* As comment lines are written and read: without blanks at their ends, nothing in them that no file may hold. */
static struct view
tidy(struct arena *a, struct view text)
{
	struct view line, out;
	struct buf b;

	buf_init(&b);
	for (bool first = true; view_cut(&text, '\n', &line); first = false) {
		while (line.n && view_trim(view_slice(line, line.n - 1, line.n)).n == 0)
			line.n--;
		if (!first)
			buf_addc(&b, '\n');
		utf8_put_visible(&b, line);
	}
	out = view_copy(a, view_buf(&b));
	buf_release(&b);
	return out;
}

void
patch_set_hints(struct patch *p, size_t entry, struct view lines)
{
	struct patch_item *it = touch(p, entry);

	lines = tidy(p->arena, lines);
	if (view_eq(lines, patch_hints(p, entry)))
		return;
	it->hints = lines;
	it->hints_set = true;
}

struct view
patch_comments(const struct patch *p, size_t entry)
{
	const struct patch_item *it = patch_item_at(p, entry);
	struct view text = lead_text(p, it, false);

	if (text.n == 0 || it->comments.n == 0)
		return text.n ? text : it->comments;
	return view_printf(p->arena, "%.*s\n%.*s", VIEW_ARG(text), VIEW_ARG(it->comments));
}

static bool
has_line(struct view text, struct view wanted)
{
	struct view line;

	while (view_cut(&text, '\n', &line))
		if (view_eq(view_trim(line), view_trim(wanted)))
			return true;
	return false;
}

void
patch_comment(struct patch *p, size_t entry, struct view lines)
{
	struct patch_item *it = touch(p, entry);
	struct view line;

	while (view_cut(&lines, '\n', &line)) {
		if (view_starts(line, "."))	/* it would be a tool line */
			line = view_printf(p->arena, " %.*s", VIEW_ARG(line));
		if (view_trim(line).n && !has_line(patch_comments(p, entry), line))
			it->comments = it->comments.n ? view_printf(p->arena, "%.*s\n%.*s", VIEW_ARG(it->comments),
			    VIEW_ARG(line)) : view_copy(p->arena, line);
	}
}

bool
patch_is_blank(const struct patch *p, size_t entry)
{
	const struct patch_item *it = patch_item_at(p, entry);
	struct buf inner;
	bool blank = !is_plural(it) && it->comments.n == 0 && !it->braces;

	for (int f = PATCH_WAS; f < PATCH_FIELDS; f++)
		blank &= it->values[f].n == 0;
	buf_init(&inner);
	for (size_t i = it->lead; i < it->from; i++)
		blank &= view_trim(patch_line(p, i)).n == 0 || patch_is_hint(patch_line(p, i));
	for (size_t i = 0; i < it->nkeys && blank; i++) {
		const struct patch_key *k = &it->keys[i];

		blank &= k->field >= 0;
		for (size_t n = k->lead; n < k->from; n++)
			blank &= !patch_is_comment(patch_line(p, n));
		patch_inner_comments(p, k->y, &inner);
	}
	blank &= inner.n == 0;
	buf_release(&inner);
	return blank;
}

/* Takes an entry out of the order of a list. */
static void
take_out(struct patch_list *l, size_t entry)
{
	size_t *order = l->order.items, n = 0;

	for (size_t i = 0; i < l->order.n; i++)
		if (order[i] != entry)
			order[n++] = order[i];
	l->order.n = n;
}

void
patch_drop(struct patch *p, size_t entry)
{
	struct patch_item *it = touch(p, entry);

	if (!patch_is_blank(p, entry))
		bug("an entry that a person wrote in would be dropped");
	it->dropped = true;
	for (int i = 0; i < PATCH_LISTS; i++)
		take_out(&p->lists[i], entry);
}

void
patch_arrange(struct patch *p, const size_t *entries, size_t n)
{
	struct patch_list *live = &p->lists[PATCH_LIVE], *unused = &p->lists[PATCH_UNUSED];
	bool *wanted = arena_array(p->arena, p->items.n, sizeof *wanted);
	struct list order = LIST_OF(size_t), rest = LIST_OF(size_t);

	for (size_t i = 0; i < n; i++) {
		touch(p, entries[i]);
		if (wanted[entries[i]])
			bug("an entry is arranged twice");
		wanted[entries[i]] = true;
		*(size_t *)list_push(&order, p->arena) = entries[i];
	}
	for (size_t i = 0; i < unused->order.n; i++)
		if (!wanted[*LIST_AT(&unused->order, size_t, i)])
			*(size_t *)list_push(&rest, p->arena) = *LIST_AT(&unused->order, size_t, i);
	for (size_t i = 0; i < live->order.n; i++)
		if (!wanted[*LIST_AT(&live->order, size_t, i)])
			*(size_t *)list_push(&rest, p->arena) = *LIST_AT(&live->order, size_t, i);
	live->order = order;
	unused->order = rest;
	p->stale = true;
}

void
patch_set_page(struct patch *p, struct view page_path)
{
	const struct yaml *y = yaml_get(p->root, "page");

	if (!y || y->kind != YAML_SCALAR || view_eq(view_trim(y->text), page_path))
		return;
	p->page = page_path;
	p->stale = true;
}

struct view
patch_text(struct patch *p)
{
	if (p->stale)
		p->text = patch_render(p);
	p->stale = false;
	return p->text;
}

bool
patch_changed(struct patch *p)
{
	return !view_eq(patch_text(p), p->bytes);
}

enum file_written
patch_write(struct patch *p, struct diags *d)
{
	if (!patch_changed(p))
		return FILE_UNCHANGED;
	return file_write(&p->site->root, p->file, patch_text(p), d);
}

struct view
patch_file(const struct patch *p)
{
	return p->file;
}

enum file_written
patch_move(struct patch *p, struct view path, struct diags *d)
{
	enum file_written done = file_write(&p->site->root, path, patch_text(p), d);

	if (done == FILE_FAILED)
		return done;
	/* the old file goes when the new one is there for good */
	if (!file_flush(&p->site->root)) {
		diag(d, file_write, place_file(path), path, file_error(p->arena));
		return FILE_FAILED;
	}
	file_remove(&p->site->root, p->file);
	for (struct view dir = p->file; view_find(dir, '/') < dir.n;) {
		while (dir.p[dir.n - 1] != '/')
			dir.n--;
		dir.n--;
		if (!file_remove(&p->site->root, dir))	/* a folder that is now empty */
			break;
	}
	return FILE_WRITTEN;
}
