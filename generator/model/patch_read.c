/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A catalog's lines: which belong to which entry, which to which field, and where the comments are. */
#include "base/arena.h"
#include "base/utf8.h"
#include "format/yaml.h"
#include "model/patch_parts.h"

struct list
patch_lines(struct arena *a, struct view bytes)
{
	struct list out = LIST_OF(struct view);

	for (size_t at = 0; at < bytes.n;) {
		size_t from = at;

		while (at < bytes.n && bytes.p[at] != '\n' && bytes.p[at] != '\r')
			at++;
		if (at + 1 < bytes.n && bytes.p[at] == '\r' && bytes.p[at + 1] == '\n')
			at++;
		if (at < bytes.n)
			at++;
		*(struct view *)list_push(&out, a) = view_slice(bytes, from, at);
	}
	return out;
}

bool
patch_is_comment(struct view line)
{
	return view_starts(view_trim(line), "#");
}

bool
patch_is_hint(struct view line)
{
	return view_starts(view_trim(line), "#.");
}

static bool
is_blank(struct view line)
{
	return view_trim(line).n == 0;
}

/* Behind the closing quote of what is quoted at `at`, or line.n. */
static size_t
behind_quoted(struct view line, size_t at)
{
	const char quote = line.p[at++];

	while (at < line.n && (line.p[at] != quote || (quote == '\'' && at + 1 < line.n && line.p[at + 1] == quote)))
		at += line.p[at] == quote || (quote == '"' && line.p[at] == '\\') ? 2 : 1;
	return at < line.n ? at + 1 : line.n;
}

/* Where the key's colon stands; line.n when it is not on the key's line, as in "? key", which YAML knows as well. */
static size_t
colon_of(const struct patch *p, const struct yaml *y)
{
	struct view line = patch_line(p, y->key_line - 1);
	size_t at = y->key_col - 1;

	at = at < line.n && (line.p[at] == '"' || line.p[at] == '\'') ? behind_quoted(line, at) : at + y->key.n;
	while (at < line.n && (line.p[at] == ' ' || line.p[at] == '\t'))
		at++;
	return at < line.n && line.p[at] == ':' ? at : line.n;
}

/* Text behind the key's colon, on its line. */
static struct view
behind_key(const struct patch *p, const struct yaml *y)
{
	struct view line = patch_line(p, y->key_line - 1);

	return view_slice(line, colon_of(p, y) + 1, line.n);
}

/* From the '#' of a comment in a piece of YAML without quotes, or nothing. */
static struct view
comment_in(struct view text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '#' && (i == 0 || text.p[i - 1] == ' ' || text.p[i - 1] == '\t'))
			return view_trim(view_slice(text, i, text.n));
	return VIEW_NONE;
}

static void
put_comment(struct buf *b, struct view comment)
{
	if (comment.n == 0)
		return;
	buf_addv(b, comment);
	buf_addc(b, '\n');
}

/* Whole-line comments of lines from..to. */
static void
put_lines(const struct patch *p, size_t from, size_t to, struct buf *b)
{
	for (size_t i = from; i < to; i++)
		if (patch_is_comment(patch_line(p, i)))
			put_comment(b, view_trim(patch_line(p, i)));
}

/* What stands behind a value on its last line. */
static struct view
behind_value(const struct patch *p, const struct yaml *y)
{
	struct view line = patch_line(p, y->end_line - 1);
	size_t at = 0;

	for (unsigned col = 1; col < y->end_col && at < line.n; col++)
		utf8_next(line, &at);
	return view_slice(line, at, line.n);
}

/* Lines that YAML's block text reaches to, without the empty ones at its end. */
static size_t
end_of(const struct patch *p, const struct yaml *y)
{
	size_t to = y->end_line, least = y->key_line ? y->key_line : y->line;

	while (to > least && is_blank(patch_line(p, to - 1)))
		to--;
	return to;
}

void
patch_inner_comments(const struct patch *p, const struct yaml *y, struct buf *b)
{
	struct view rest = y->key_line ? behind_key(p, y) : VIEW_NONE, head = view_trim(rest);
	size_t at = y->key_line;

	if (view_starts(head, "#") || view_starts(head, "|") || view_starts(head, ">"))
		put_comment(b, comment_in(rest));
	if (y->literal)
		return;
	if (y->kind == YAML_SCALAR || y->flow) {
		put_lines(p, y->key_line ? y->key_line : y->line - 1, y->line - 1, b);
		for (size_t i = y->line; y->flow && i < y->end_line; i++)
			put_comment(b, comment_in(patch_line(p, i - 1)));
		put_comment(b, comment_in(behind_value(p, y)));
		return;
	}
	for (const struct yaml *c = y->child; c; c = c->next) {
		put_lines(p, at, (c->key_line ? c->key_line : c->line) - 1, b);
		patch_inner_comments(p, c, b);
		at = c->end_line;
	}
}

const char *
patch_field_name(enum patch_field f)
{
	static const char *const names[PATCH_FIELDS] = { "source", "context", "was", "target", "state", "by",
		"reviewed-by", "on", "note" };

	return names[f];
}

static int
field_of(struct view key)
{
	for (int f = 0; f < PATCH_FIELDS; f++)
		if (view_is(key, patch_field_name((enum patch_field)f)))
			return f;
	return -1;
}

/* Whether lines from..to hold nothing but comments. */
static bool
is_gap(const struct patch *p, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!is_blank(patch_line(p, i)) && !patch_is_comment(patch_line(p, i)))
			return false;
	return true;
}

/* What may stand before a key on its line: blanks, and the '-' of its item. */
static bool
is_indent(struct view line, size_t col, bool dash)
{
	for (size_t i = 0; i < col; i++) {
		if (i < line.n && line.p[i] == '-' && dash)
			dash = false;
		else if (i >= line.n || line.p[i] != ' ')
			return false;
	}
	return true;
}

/* The fields of an entry. False when one of them does not begin its line. */
static bool
take_keys(struct patch *p, struct patch_item *it, const struct yaml *y)
{
	size_t lead = it->from, n = 0;

	for (const struct yaml *c = y->child; c; c = c->next)
		n++;
	if (n == 0)
		return false;
	it->keys = arena_array(p->arena, n, sizeof *it->keys);
	it->col = y->child->key_col - 1;
	for (const struct yaml *c = y->child; c; c = c->next) {
		struct patch_key *k = &it->keys[it->nkeys++];
		struct view line = patch_line(p, c->key_line - 1);

		*k = (struct patch_key){ .field = field_of(c->key), .y = c, .lead = lead, .from = c->key_line - 1,
			.to = end_of(p, c) };
		if (!is_indent(line, c->key_col - 1, k->from == it->from) || c->key_col - 1 != it->col || colon_of(p, c) == line.n)
			return false;
		if (k->from > it->from && !is_gap(p, lead == it->from ? lead + 1 : lead, k->from))
			return false;
		lead = k->to;
	}
	it->to = end_of(p, y);
	return is_gap(p, lead, it->to);
}

/* The line of an item's '-', at or above its first key, not above `least`; its column in *dash. */
static size_t
dash_line(const struct patch *p, const struct yaml *y, size_t least, size_t *dash)
{
	for (size_t i = y->line; i-- > least;) {
		struct view line = patch_line(p, i);
		size_t col = 0;

		while (col < line.n && line.p[col] == ' ')
			col++;
		*dash = col;
		if (col < line.n && line.p[col] == '-')
			return i;
	}
	return SIZE_MAX;
}

/* An entry in braces, `- {source: a, target: b}`: kept as it is, written anew as a whole when it is touched. */
static bool
take_braces(struct patch *p, struct patch_item *it, const struct yaml *y)
{
	struct view behind = view_trim(behind_value(p, y));

	for (const struct yaml *c = y->child; c; c = c->next) {
		bool forms = c->kind == YAML_MAP && view_is(c->key, "target");

		for (const struct yaml *f = forms ? c->child : NULL; f; f = f->next)
			forms &= f->kind == YAML_SCALAR;
		if (c->kind != YAML_SCALAR && !forms)
			return false;
	}
	it->braces = y;
	it->col = it->dash + 2;
	it->to = y->end_line;
	return is_indent(patch_line(p, it->from), y->col - 1, true) && (behind.n == 0 || behind.p[0] == '#');
}

static void
copy_values(struct patch_item *it)
{
	const struct catalog_entry *e = it->entry;
	const struct view values[PATCH_FIELDS] = { e->source, e->context, e->was, e->target, VIEW_NONE, e->by,
		e->reviewed_by, e->on, e->note };

	memcpy(it->values, values, sizeof values);
	for (size_t i = 0; i < it->nkeys; i++)
		if (it->keys[i].field == PATCH_STATE)
			it->values[PATCH_STATE] = view_trim(it->keys[i].y->text);
	if (it->braces && yaml_get(it->braces, "state"))
		it->values[PATCH_STATE] = view_trim(yaml_get(it->braces, "state")->text);
}

/* Whether a child of the list is what catalog_read made the next entry of. */
static bool
is_entry(const struct patch *p, const struct yaml *y, size_t next, size_t limit)
{
	const struct yaml *source = y->kind == YAML_MAP ? yaml_get(y, "source") : NULL;
	const struct catalog_entry *e;

	if (!source || next >= limit)
		return false;
	e = &p->catalog->entries[next];
	return e->place.line == source->line && e->place.col == source->col;
}

/* The items of one list: entries next..limit of the catalog. */
static const struct yaml *
take_items(struct patch *p, struct patch_list *l, size_t next, size_t limit)
{
	size_t lead = l->from + 1;

	for (const struct yaml *y = l->y->child; y; y = y->next) {
		struct patch_item it = { .lead = lead };

		if (!is_entry(p, y, next, limit))
			continue;
		it.entry = &p->catalog->entries[next];
		it.from = dash_line(p, y, lead, &it.dash);
		if (it.from == SIZE_MAX || !(y->flow ? take_braces(p, &it, y) : take_keys(p, &it, y)))
			return y;
		copy_values(&it);
		if (l->order.n == 0)
			l->dash = it.dash;
		*(size_t *)list_push(&l->order, p->arena) = next++;
		*(struct patch_item *)list_push(&p->items, p->arena) = it;
		lead = it.to;
	}
	l->rest = lead;
	return NULL;
}

/* `segments:` or `unused:`; the node at fault, or NULL. */
static const struct yaml *
take_list(struct patch *p, int which, size_t next, size_t limit)
{
	static const char *const names[PATCH_LISTS] = { "segments", "unused" };
	struct patch_list *l = &p->lists[which];

	*l = (struct patch_list){ .key = names[which], .order = LIST_OF(size_t) };
	l->y = yaml_get(p->root, l->key);
	if (!l->y) {
		l->dash = p->root->child ? p->root->child->key_col - 1 : 0;
		return NULL;
	}
	l->from = l->y->key_line - 1;
	l->dash = l->y->key_col - 1;
	l->to = l->rest = end_of(p, l->y);
	if (!is_indent(patch_line(p, l->from), l->y->key_col - 1, false))
		return l->y;
	if (l->y->kind == YAML_SCALAR)
		return l->y->text.n ? l->y : NULL;
	if (l->y->kind == YAML_MAP)
		return l->y;
	if (l->y->flow)
		return l->y->child ? l->y : NULL;
	return take_items(p, l, next, limit);
}

/* The first key that does not begin its line or has no colon there: what is written below it would belong to it. */
static const struct yaml *
find_odd_key(const struct patch *p)
{
	for (const struct yaml *y = p->root->child; y; y = y->next)
		if (!is_indent(patch_line(p, y->key_line - 1), y->key_col - 1, false) || colon_of(p, y) == patch_line(p, y->key_line - 1).n)
			return y;
	return NULL;
}

bool
patch_take_apart(struct patch *p, struct diags *d)
{
	const struct catalog *c = p->catalog;
	const struct yaml *bad = p->root->flow ? p->root : find_odd_key(p);

	p->items = LIST_OF(struct patch_item);
	if (!bad)
		bad = take_list(p, PATCH_LIVE, 0, c ? c->nlive : 0);
	if (!bad)
		bad = take_list(p, PATCH_UNUSED, c ? c->nlive : 0, c ? c->n : 0);
	if (!bad && c && p->items.n != c->n)
		bad = p->root;
	if (bad)
		diag(d, patch_shape, place_at(p->file, bad->line, bad->col, 0), VIEW_NONE);
	return !bad;
}
