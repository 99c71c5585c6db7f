/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A changed catalog as text: lines that were not touched as they were, the others as the tool writes. */
#include "base/arena.h"
#include "format/yaml.h"
#include "format/yamlout.h"
#include "model/patch_parts.h"

/* Output, and what is needed to write into it. */
struct render {
	const struct patch *p;
	struct buf *b;
};

static void
end_line(struct render *r)
{
	if (r->b->n && r->b->p[r->b->n - 1] != '\n' && r->b->p[r->b->n - 1] != '\r')
		buf_puts(r->b, r->p->eol);
}

/* A line of the file; `shift` columns to the right, or to the left as far as there are blanks. */
static void
put_line(struct render *r, struct view line, long shift)
{
	size_t skip = 0;

	end_line(r);
	while (shift < 0 && skip < (size_t)-shift && skip < line.n && line.p[skip] == ' ')
		skip++;
	for (long i = 0; i < shift && view_trim(line).n; i++)
		buf_addc(r->b, ' ');
	buf_addv(r->b, view_slice(line, skip, line.n));
}

/* Lines from..to; a tree may end a line behind the last one. */
static void
put_lines(struct render *r, size_t from, size_t to, long shift)
{
	for (size_t i = from; i < to && i < r->p->lines.n; i++)
		put_line(r, patch_line(r->p, i), shift);
}

/* Text of ours, whose lines end with LF. */
static void
put_new(struct render *r, struct view text)
{
	struct view line;

	while (view_cut(&text, '\n', &line)) {
		if (line.n == 0 && text.n == 0)
			break;
		end_line(r);
		buf_addv(r->b, line);
		buf_puts(r->b, r->p->eol);
	}
}

/* Comment lines ("# ..." or without) at a column. */
static void
put_comments(struct render *r, const char *prefix, struct view text, size_t col)
{
	struct yamlout y;
	struct buf b;

	if (text.n == 0)
		return;
	buf_init(&b);
	yamlout_init(&y, &b);
	y.indent = (unsigned)col;
	yamlout_comment(&y, prefix, text);
	put_new(r, view_buf(&b));
	buf_release(&b);
}

/* Comments that stood inside a value which goes: on lines of their own. */
static void
keep_inner(struct render *r, const struct yaml *y, size_t col)
{
	struct view text, line;
	struct buf b;

	buf_init(&b);
	patch_inner_comments(r->p, y, &b);
	text = view_buf(&b);
	while (text.n && view_cut(&text, '\n', &line)) {
		end_line(r);
		for (size_t i = 0; i < col; i++)
			buf_addc(r->b, ' ');
		buf_addv(r->b, line);
		buf_puts(r->b, r->p->eol);
	}
	buf_release(&b);
}

/* Where an entry is written, and how far its '-' is. */
struct place_in {
	struct render *r;
	const struct patch_item *it;
	bool dashed;
};

static void
put_forms(struct yamlout *y, const struct patch_item *it)
{
	const struct yaml *plural = it->nforms ? NULL : it->entry->plural->child;

	yamlout_map(y, VIEW("target"));
	for (; plural; plural = plural->next)
		yamlout_text(y, plural->key, view_trim(plural->text));
	for (size_t i = 0; i < it->nforms; i++)
		yamlout_text(y, it->forms[i].category, it->forms[i].text);
	yamlout_end(y);
}

/* A field as the tool writes it; the entry's first one stands behind its '-'. */
static void
put_field(struct place_in *at, enum patch_field f)
{
	const struct patch_item *it = at->it;
	struct view key = view_str(patch_field_name(f)), v = it->values[f], text;
	struct view first = patch_line(at->r->p, it->from);
	struct yamlout y;
	struct buf b;

	buf_init(&b);
	yamlout_init(&y, &b);
	y.indent = (unsigned)it->col;
	if (f == PATCH_TARGET && (it->nforms || (!it->set[f] && it->entry && it->entry->plural)))
		put_forms(&y, it);
	else if (f == PATCH_SOURCE || f == PATCH_WAS || f == PATCH_TARGET || f == PATCH_NOTE)
		yamlout_text(&y, key, v);
	else
		yamlout_scalar(&y, key, v);
	text = view_buf(&b);
	end_line(at->r);
	if (!at->dashed && it->nkeys) {
		buf_add(at->r->b, first.p, it->col);
		text = view_slice(text, it->col, text.n);
	} else if (!at->dashed) {
		for (size_t i = 0; i < it->dash; i++)
			buf_addc(at->r->b, ' ');
		buf_puts(at->r->b, "- ");
		text = view_slice(text, it->col, text.n);
	}
	at->dashed = true;
	/* put_new would end the line that has just begun */
	for (struct view line; view_cut(&text, '\n', &line) && (line.n || text.n);) {
		buf_addv(at->r->b, line);
		buf_puts(at->r->b, at->r->p->eol);
	}
	buf_release(&b);
}

/* A field that stays as it is; it may have come to be the first one. */
static void
keep_field(struct place_in *at, const struct patch_key *k)
{
	const struct patch *p = at->r->p;
	struct view line = patch_line(p, k->from);

	end_line(at->r);
	if (at->dashed)
		buf_addv(at->r->b, line);
	else {
		buf_add(at->r->b, patch_line(p, at->it->from).p, at->it->col);
		buf_addv(at->r->b, view_slice(line, at->it->col, line.n));
	}
	at->dashed = true;
	put_lines(at->r, k->from + 1, k->to, 0);
}

static bool
is_written(const struct patch_item *it, int f)
{
	return (it->set[f] || it->braces) && (it->values[f].n || f == PATCH_TARGET || f == PATCH_SOURCE);
}

static bool
has_set(const struct patch_item *it)
{
	for (int f = 0; f < PATCH_FIELDS; f++)
		if (it->set[f])
			return true;
	return false;
}

static bool
has_key(const struct patch_item *it, int f)
{
	for (size_t i = 0; i < it->nkeys; i++)
		if (it->keys[i].field == f)
			return true;
	return false;
}

/* New fields that come behind key i: those whose nearest earlier field is there. */
static void
put_added(struct place_in *at, size_t i)
{
	const struct patch_item *it = at->it;

	for (int f = 0; f < PATCH_FIELDS; f++) {
		size_t behind = SIZE_MAX;

		if (!is_written(it, f) || has_key(it, f))
			continue;
		for (size_t k = 0; k < it->nkeys; k++)
			if (it->keys[k].field >= 0 && it->keys[k].field < f)
				behind = k;
		if (behind == i)
			put_field(at, (enum patch_field)f);
	}
}

/* Keys of an entry in braces that are not ours. */
static void
put_strangers(struct render *r, const struct patch_item *it)
{
	struct yamlout y;
	struct buf b;

	buf_init(&b);
	yamlout_init(&y, &b);
	y.indent = (unsigned)it->col;
	for (const struct yaml *c = it->braces->child; c; c = c->next) {
		bool known = false;

		for (int f = 0; f < PATCH_FIELDS; f++)
			known |= view_is(c->key, patch_field_name((enum patch_field)f));
		if (!known)
			yamlout_scalar(&y, c->key, c->text);
	}
	put_new(r, view_buf(&b));
	buf_release(&b);
}

static void
put_fields(struct render *r, const struct patch_item *it)
{
	struct place_in at = { r, it, false };

	if (it->braces && !has_set(it)) {
		put_lines(r, it->from, it->to, 0);
		return;
	}
	if (it->braces)
		keep_inner(r, it->braces, it->dash);

	if (it->nkeys && it->keys[0].from > it->from) {	/* the '-' has a line of its own */
		put_line(r, patch_line(r->p, it->from), 0);
		at.dashed = true;
	}
	for (size_t i = 0; i < it->nkeys; i++) {
		const struct patch_key *k = &it->keys[i];
		bool set = k->field >= 0 && it->set[k->field];

		put_lines(r, k->lead == it->from && k->lead < k->from ? k->lead + 1 : k->lead, k->from, 0);
		if (set)
			keep_inner(r, k->y, at.dashed ? it->col : it->dash);
		if (!set)
			keep_field(&at, k);
		else if (is_written(it, k->field))
			put_field(&at, (enum patch_field)k->field);
		put_added(&at, i);
	}
	if (it->nkeys)
		put_lines(r, it->keys[it->nkeys - 1].to, it->to, 0);
	for (int f = 0; f < PATCH_FIELDS && !it->nkeys; f++)
		if (is_written(it, f))
			put_field(&at, (enum patch_field)f);
	if (it->braces)
		put_strangers(r, it);
}

/* The lines above an entry, with its new tool lines and comments. */
static void
put_lead(struct render *r, const struct patch_item *it)
{
	bool done = !it->hints_set;

	for (size_t i = it->lead; i < it->from; i++) {
		struct view line = patch_line(r->p, i);

		if (!it->hints_set || !patch_is_hint(line)) {
			put_line(r, line, 0);
			continue;
		}
		if (!done)
			put_comments(r, "#.", it->hints, it->dash);
		done = true;
	}
	put_comments(r, "#", it->comments, it->dash);
	if (!done)
		put_comments(r, "#.", it->hints, it->dash);
}

static bool
is_touched(const struct patch_item *it)
{
	return has_set(it) || it->hints_set || it->comments.n || !it->entry;
}

/* An entry at the column its list has. */
static void
put_item(struct render *r, const struct patch_item *it, size_t dash)
{
	long shift = (long)dash - (long)it->dash;
	struct buf b;
	struct render inner = { r->p, &b };
	struct list lines;

	if (!is_touched(it)) {
		put_lines(r, it->lead, it->to, shift);
		return;
	}
	buf_init(&b);
	put_lead(&inner, it);
	put_fields(&inner, it);
	lines = patch_lines(r->p->arena, view_buf(&b));
	for (size_t i = 0; i < lines.n; i++)
		put_line(r, *LIST_AT(&lines, struct view, i), shift);
	buf_release(&b);
}

/* "segments:" where the list was empty and is not any more, or the other way round; else the line as it is. */
static void
put_list_key(struct render *r, const struct patch_list *l, bool empty)
{
	struct view line = patch_line(r->p, l->from), indent = view_slice(line, 0, l->y->key_col - 1);
	size_t colon = view_find(line, ':');
	bool was_empty = l->y->kind == YAML_SCALAR || !l->y->child;

	if (empty == was_empty) {
		put_lines(r, l->from, empty ? l->to : l->from + 1, 0);
	} else if (empty) {
		end_line(r);
		buf_addv(r->b, view_slice(line, 0, colon + 1));
		buf_puts(r->b, " []");
		buf_addv(r->b, view_slice(line, colon + 1, line.n));
	} else {
		keep_inner(r, l->y, indent.n);
		end_line(r);
		buf_printf(r->b, "%.*s%s:%s", VIEW_ARG(indent), l->key, r->p->eol);
	}
}

static void
put_list(struct render *r, const struct patch_list *l)
{
	const size_t *order = l->order.items;
	bool empty = l->order.n == 0 && l->rest >= l->to;

	if (l->y) {
		put_list_key(r, l, empty);
	} else if (empty) {
		return;
	} else {
		end_line(r);
		for (size_t i = 0; i < l->dash; i++)
			buf_addc(r->b, ' ');
		buf_printf(r->b, "%s:%s", l->key, r->p->eol);
	}
	for (size_t i = 0; i < l->order.n; i++)
		put_item(r, patch_item_at(r->p, order[i]), l->dash);
	if (l->y && l->y->child)
		put_lines(r, l->rest, l->to, 0);
}

/* Lines from..to outside the lists, with a new `page:` if there is one among them. */
static void
put_outside(struct render *r, size_t from, size_t to)
{
	const struct yaml *y = r->p->page.n ? yaml_get(r->p->root, "page") : NULL;
	struct yamlout out;
	struct buf b;

	if (!y || y->key_line - 1 < from || y->key_line - 1 >= to) {
		put_lines(r, from, to, 0);
		return;
	}
	put_lines(r, from, y->key_line - 1, 0);
	keep_inner(r, y, y->key_col - 1);
	buf_init(&b);
	yamlout_init(&out, &b);
	out.indent = y->key_col - 1;
	yamlout_scalar(&out, VIEW("page"), r->p->page);
	put_new(r, view_buf(&b));
	buf_release(&b);
	put_lines(r, y->end_line, to, 0);
}

struct view
patch_render(const struct patch *p)
{
	const struct patch_list *live = &p->lists[PATCH_LIVE], *unused = &p->lists[PATCH_UNUSED];
	bool swapped = live->y && unused->y && unused->from < live->from;
	const struct patch_list *const in_order[] = { swapped ? unused : live, swapped ? live : unused };
	size_t at = 0, end = p->root->child ? p->root->end_line : p->lines.n;
	struct view text;
	struct buf b;
	struct render r = { p, &b };

	buf_init(&b);
	for (int i = 0; i < PATCH_LISTS; i++) {
		const struct patch_list *l = in_order[i];

		if (!l->y)
			continue;
		put_outside(&r, at, l->from);
		put_list(&r, l);
		at = l->to;
	}
	put_outside(&r, at, end > at ? end : at);
	at = end > at ? end : at;
	for (int i = 0; i < PATCH_LISTS; i++)
		if (!in_order[i]->y)
			put_list(&r, in_order[i]);
	put_lines(&r, at, p->lines.n, 0);
	text = p->bom ? view_printf(p->arena, "\xEF\xBB\xBF%s", b.p) : view_copy(p->arena, view_buf(&b));
	buf_release(&b);
	return text;
}
