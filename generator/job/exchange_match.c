/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which text of the site a message of a file belongs to: by stamp, by context and source, by source; never by similarity. */
#include "job/exchange_parts.h"

enum { NOTES_MAX = 32 };

struct view
exchange_without_mark(struct view text)
{
	size_t n = 0, id;

	while (n < text.n && text.p[n] == '#')
		n++;
	if (n > 0 && n <= 6 && n < text.n && text.p[n] == ' ')
		text = view_trim(view_slice(text, n, text.n));
	id = view_search(text, VIEW(" {#"));
	return id < text.n && view_ends(text, "}") ? view_trim(view_slice(text, 0, id)) : text;
}

/* Labels of the footnote marks in a text of which we do not know what notes there are. */
static unsigned
find_notes(struct view text, struct view *notes)
{
	unsigned n = 0;

	for (size_t i = 0; i + 3 < text.n && n < NOTES_MAX; i++) {
		struct view rest = view_slice(text, i + 2, text.n);
		size_t end = view_find(rest, ']');

		if (text.p[i] == '[' && text.p[i + 1] == '^' && end > 0 && end < rest.n && end < 100)
			notes[n++] = view_slice(rest, 0, end);
	}
	return n;
}

static void
put_open(struct buf *b, const struct md_node *parent, const struct segment_shape *shape)
{
	for (const struct md_node *m = parent->child; m; m = m->next) {
		struct view url = m->url;

		if ((m->kind == MD_LINK || m->kind == MD_IMAGE) && m->dest && shape->urls)
			url = shape->urls[m->dest - 1];
		if (m->kind == MD_TEXT) {
			buf_addv(b, m->text);
			continue;
		}
		buf_printf(b, "\1%d\2%.*s\2%.*s\2%.*s\2", (int)m->kind, VIEW_ARG(m->text), VIEW_ARG(m->info), VIEW_ARG(url));
		put_open(b, m, shape);
		buf_addc(b, '\3');
	}
}

struct view
exchange_open_form(struct arena *a, struct view text, const struct page *page, const struct segment *s)
{
	struct segment_shape shape = { 0 };
	struct view notes[NOTES_MAX], form;
	struct buf b;

	if (s && s->plain)
		return text;
	if (s && page) {
		shape = page_shape(page, s, a);
	} else if (!s) {
		shape.notes = notes;
		shape.nnotes = find_notes(text, notes);
	}
	buf_init(&b);
	put_open(&b, segment_read(a, text, &shape), &shape);
	form = view_copy(a, view_buf(&b));
	buf_release(&b);
	return form;
}

/* The picture that a text alone in its paragraph describes, or NULL. */
static const struct page_dest *
picture_of(const struct exchange_item *it)
{
	const struct page *p = it->unit->page;

	return p && it->segment && it->segment->role == SEGMENT_ALT ? &p->dests[it->segment->first_dest] : NULL;
}

bool
exchange_picture(struct arena *a, struct view text, const struct exchange_item *it, struct view *words)
{
	const struct page_dest *d = picture_of(it);
	struct segment_shape shape = { 0 };
	const struct md_node *m = segment_read(a, text, &shape)->child;

	if (!d || !m || m->next || m->kind != MD_IMAGE || !view_eq(m->url, d->url))
		return false;
	*words = m->child ? m->child->text : VIEW_NONE;
	return true;
}

/* The open form of "![words](address)", as exchange_open_form makes it. */
static struct view
picture_form(struct arena *a, struct view words, struct view url)
{
	struct md_node text = { .kind = MD_TEXT, .text = words };
	struct md_node image = { .kind = MD_IMAGE, .url = url, .child = &text };
	struct md_node paragraph = { .kind = MD_PARAGRAPH, .child = &image };
	struct segment_shape shape = { 0 };
	struct view form;
	struct buf b;

	buf_init(&b);
	put_open(&b, &paragraph, &shape);
	form = view_copy(a, view_buf(&b));
	buf_release(&b);
	return form;
}

/* The index by open form: only when a file has messages that nothing else finds. Twins by source are found together already. */
static void
make_open(struct exchange *x)
{
	for (size_t i = 0; i < x->items.n && !x->opened; i++) {
		struct exchange_item *it = *LIST_AT(&x->items, struct exchange_item *, i);
		const struct page_dest *d = picture_of(it);

		if (d)
			map_add(&x->by_open, picture_form(x->arena, it->source, d->url), it);
		else if (it->segment && !segment_is_plain(it->source))
			map_add(&x->by_open, exchange_open_form(x->arena, it->source, it->unit->page, it->segment), it);
	}
	x->opened = true;
}

static void
found(struct exchange *x, struct exchange_found *f, struct exchange_item *it)
{
	*(struct exchange_item **)list_push(&f->items, x->arena) = it;
}

/* All with this source; when some are of the page that the message names, only those. */
static void
found_twins(struct exchange *x, const struct exchange_message *m, struct exchange_found *f, struct exchange_item *first)
{
	struct view page = view_slice(m->context, 0, view_find(m->context, '#'));
	bool named = false;

	for (struct exchange_item *it = first; it; it = it->twin)
		named |= view_eq(it->unit->name, page);
	for (struct exchange_item *it = first; it; it = it->twin) {
		struct view form = view_slice(m->context, page.n + 1, m->context.n);

		if ((!named || view_eq(it->unit->name, page)) && (it->form.n == 0 || view_eq(it->form, form)))
			found(x, f, it);
	}
}

static struct exchange_item *
by_open(struct exchange *x, struct view source)
{
	make_open(x);
	return map_get(&x->by_open, exchange_open_form(x->arena, source, NULL, NULL));
}

static void
find_by_stamp(struct exchange *x, const struct exchange_message *m, struct exchange_found *f)
{
	struct exchange_item *it = map_get(&x->by_ident, m->stamp.ident);
	bool old;

	if (!it)
		return;
	old = !view_eq(exchange_ident(x->arena, it->context, it->source), m->stamp.ident);
	f->older = old && !view_eq(m->source, it->source);
	f->fixed = !view_eq(m->source, old ? it->was : it->source) && !view_eq(m->source, it->source) &&
	    !view_eq(m->source, it->was);
	f->mixed = f->fixed && map_get(&x->by_source, m->source);
	found(x, f, it);
}

void
exchange_find(struct exchange *x, const struct exchange_message *m, struct exchange_found *f)
{
	struct exchange_item *it;
	struct view bare;

	*f = (struct exchange_found){ .items = LIST_OF(struct exchange_item *) };
	if (m->stamped)
		find_by_stamp(x, m, f);
	if (f->items.n)
		return;
	it = map_get(&x->by_key, exchange_key(x->arena, m->context, m->source));
	if (!it || !it->segment) {
		it = map_get(&x->by_older, exchange_key(x->arena, m->context, m->source));
		f->older = it != NULL;
	}
	if (it && it->segment) {
		found(x, f, it);
		return;
	}
	it = map_get(&x->by_source, m->source);
	if (!it)
		it = by_open(x, m->source);
	bare = exchange_without_mark(m->source);
	if (!it && bare.n < m->source.n) {
		f->bare = true;
		it = map_get(&x->by_source, bare);
		if (!it)
			it = by_open(x, bare);
	}
	if (!it)
		return;
	f->picture = picture_of(it) && !view_eq(it->source, m->source);
	found_twins(x, m, f, it);
}
