/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The prose of a page: a block's inlines become a segment, its addresses numbered destinations. */
#include "base/utf8.h"
#include "model/page_html.h"

static struct segment *
segment_at(struct body *b, unsigned i)
{
	return LIST_AT(b->segments, struct segment, i);
}

/* The source is in the page's arena. */
static unsigned
add_segment(struct body *b, struct view source, enum segment_role role, struct place place, bool plain)
{
	struct segment *s = list_push(b->segments, b->scratch);

	s->source = source;
	s->role = role;
	s->place = place;
	s->plain = plain;
	s->critical = b->critical || b->page->critical;
	s->first_dest = (unsigned)b->dests.n;
	return (unsigned)b->segments->n - 1;
}

/* Moves to a line of the text, forward or from the start again. */
static void
seek_line(struct body *b, unsigned line)
{
	if (line < b->line) {
		b->line = b->first_line;
		b->at = 0;
	}
	while (b->line < line && b->at < b->text.n) {
		b->at += view_find(view_slice(b->text, b->at, b->text.n), '\n') + 1;
		b->line++;
	}
}

/* The block under way: messages point at it. */
void
page_place(struct body *b, const struct md_node *block)
{
	b->place = place_at(b->page->file, block->line, block->col, 0);
	seek_line(b, block->line);
}

/* Where an address stands: the first place at or behind its block, or behind the address before it; else the block. */
static struct place
address_place(struct body *b, struct view url)
{
	size_t from = b->behind > b->at ? b->behind : b->at;
	size_t found = from + view_search(view_slice(b->text, from, b->text.n), url);
	struct place p = b->place;
	unsigned line;

	if (url.n == 0 || found >= b->text.n)
		return p;
	b->behind = found + url.n;
	utf8_position(view_slice(b->text, b->at, b->text.n), found - b->at, &line, &p.col);
	p.line = b->line + line - 1;
	p.len = (unsigned)utf8_count(url);
	return p;
}

/* The number of an address within its segment: one for each different pair of address and title. */
static unsigned
number_dest(struct body *b, struct md_node *m, size_t first)
{
	struct page_dest *d;

	for (size_t i = first; i < b->dests.n; i++) {
		d = LIST_AT(&b->dests, struct page_dest, i);
		if (view_eq(d->url, m->url) && view_eq(*LIST_AT(&b->titles, struct view, i), m->title) &&
		    d->image == (m->kind == MD_IMAGE))
			return (unsigned)(i - first) + 1;
	}
	d = list_push(&b->dests, b->scratch);
	d->url = view_copy(b->a, m->url);
	d->place = address_place(b, m->url);
	d->image = m->kind == MD_IMAGE;
	d->title = d->alt = -1;
	*(struct view *)list_push(&b->titles, b->scratch) = m->title;
	return (unsigned)(b->dests.n - first);
}

static void
number_dests(struct body *b, struct md_node *parent, size_t first)
{
	for (struct md_node *m = parent->child; m; m = m->next) {
		if (m->kind == MD_LINK || m->kind == MD_IMAGE)
			m->dest = number_dest(b, m, first);
		if (m->kind != MD_IMAGE)
			number_dests(b, m, first);
	}
}

/* Footnote marks take the label of their note; a mark without one cannot be here (cmark made it text). */
static void
label_marks(struct body *b, struct md_node *parent, struct list *marks)
{
	for (struct md_node *m = parent->child; m; m = m->next) {
		if (m->kind == MD_NOTE_REF) {
			struct page_note *n = map_get(&b->note_names, m->text);

			if (n) {
				m->text = n->label;
				*(struct view *)list_push(marks, b->scratch) = n->label;
			}
		}
		label_marks(b, m, marks);
	}
}

/* The titles of the links and images of a segment are segments of their own, behind it. */
static void
add_titles(struct body *b, size_t first)
{
	size_t end = b->dests.n;

	for (size_t i = first; i < end; i++) {
		struct view title = *LIST_AT(&b->titles, struct view, i);

		if (title.n)
			LIST_AT(&b->dests, struct page_dest, i)->title =
			    (int)add_segment(b, view_copy(b->a, segment_normal(b->scratch, title)), SEGMENT_LINK_TITLE, b->place, true);
	}
}

/* A paragraph that is one image: its alternative is the segment. */
void
page_image(struct body *b, struct md_node *image)
{
	size_t dest = b->dests.n;
	struct segment_shape none = { 0 };
	struct buf alt;
	int seg = -1;

	number_dest(b, image, dest);
	segment_canonical(b->scratch, image, &none, b->place, b->d);
	buf_init(&alt);
	segment_plain(image, &alt);
	if (alt.n)
		seg = (int)add_segment(b, view_copy(b->a, segment_normal(b->scratch, view_buf(&alt))), SEGMENT_ALT, b->place, true);
	buf_release(&alt);
	if (seg >= 0)
		segment_at(b, (unsigned)seg)->first_dest = (unsigned)dest;
	LIST_AT(&b->dests, struct page_dest, dest)->alt = seg;
	add_titles(b, dest);
	page_op(b, OP_IMAGE, (unsigned)dest, 0);
}

/* Inlines that the normal form cannot hold: written into the skeleton as they are. */
static void
put_inlines(struct body *b, const struct md_node *parent, size_t first)
{
	static const char *const tags[MD_TAG + 1] = { [MD_EMPH] = "em", [MD_STRONG] = "strong", [MD_STRIKE] = "del" };

	for (const struct md_node *m = parent->child; m; m = m->next) {
		if (m->kind == MD_TEXT) {
			page_text(b, m->text);
		} else if (m->kind == MD_CODE) {
			page_put(b, "<code");
			page_op(b, OP_LTR, 0, 0);
			page_put(b, ">");
			page_text(b, m->text);
			page_put(b, "</code>");
		} else if (m->kind == MD_HARD_BREAK) {
			page_put(b, "<br />\n");
		} else if (m->kind == MD_NOTE_REF) {
			struct page_note *n = map_get(&b->note_labels, m->text);

			if (n)
				page_op(b, OP_MARK, (unsigned)(n - b->page->notes), 0);
		} else if (m->kind == MD_LINK) {
			page_op(b, OP_LINK, (unsigned)first + m->dest - 1, 0);
			put_inlines(b, m, first);
			page_op(b, OP_LINK, (unsigned)first + m->dest - 1, OP_END);
		} else if (tags[m->kind]) {
			page_putv(b, view_printf(b->scratch, "<%s>", tags[m->kind]));
			put_inlines(b, m, first);
			page_putv(b, view_printf(b->scratch, "</%s>", tags[m->kind]));
		} else {
			put_inlines(b, m, first);
		}
	}
}

/* Text of a block of raw HTML, between two tags. */
void
page_html_text(struct body *b, struct view html, unsigned line)
{
	struct buf t;
	size_t first = 0, end = html.n;

	while (first < html.n && strchr(" \t\n", html.p[first])) {
		line += html.p[first] == '\n';
		first++;
	}
	while (end > first && strchr(" \t\n", html.p[end - 1]))
		end--;
	page_putv(b, view_slice(html, 0, first));
	if (first < end) {
		buf_init(&t);
		html_plain(&t, view_slice(html, first, end));
		page_op(b, OP_SEG, add_segment(b, view_copy(b->a, segment_normal(b->scratch, view_buf(&t))), SEGMENT_PARAGRAPH,
		    place_at(b->page->file, line, 0, 0), true), OP_WRAP);
		buf_release(&t);
	}
	page_putv(b, view_slice(html, end, html.n));
}

/* The prose of a block as a segment; its index, or -1 when it is empty or cannot be one. *first is its first destination. */
int
page_segment(struct body *b, struct md_node *block, enum segment_role role, size_t *first)
{
	struct list marks = LIST_OF(struct view);
	struct segment_shape shape;
	const struct md_node *tree;
	struct segment *s;
	struct view text;
	unsigned i;

	*first = b->dests.n;
	page_place(b, block);
	number_dests(b, block, *first);
	label_marks(b, block, &marks);
	shape = (struct segment_shape){ .ndests = (unsigned)(b->dests.n - *first),
		.notes = list_keep(&marks, b->a), .nnotes = (unsigned)marks.n };
	segment_canonical(b->scratch, block, &shape, b->place, b->d);
	if (!block->child)
		return -1;
	if (!segment_write_read(b->a, block, &shape, &text, &tree) || text.n > SEGMENT_MAX_BYTES) {
		diag(b->d, segment_opaque, b->place);
		return -1;
	}
	i = add_segment(b, text, role, b->place, false);
	s = segment_at(b, i);
	s->first_dest = (unsigned)*first;
	s->ndests = (unsigned)(b->dests.n - *first);
	s->notes = marks.items;
	s->nnotes = (unsigned)marks.n;
	s->tree = tree && !segment_is_plain(text) ? tree : NULL;
	add_titles(b, *first);
	return (int)i;
}

/* The text of a block: its segment as a hole, or as it is. */
void
page_prose(struct body *b, struct md_node *block, int seg, size_t first, unsigned flags)
{
	bool span = seg < 0 && block->child && (flags & OP_WRAP);

	if (seg >= 0) {
		page_op(b, OP_SEG, (unsigned)seg, flags);
		return;
	}
	if (span) {
		page_put(b, "<span");
		page_op(b, OP_LANG, OP_SOURCE, 0);
		page_put(b, ">");
	}
	put_inlines(b, block, first);
	if (span)
		page_put(b, "</span>");
}

/* <tag attrs> text </tag>, with the language of the text on the tag. */
int
page_element(struct body *b, const char *tag, struct view attrs, struct md_node *block, enum segment_role role)
{
	size_t first;
	int seg = page_segment(b, block, role, &first);

	page_put(b, "<");
	page_put(b, tag);
	page_putv(b, attrs);
	if (seg >= 0 || block->child)
		page_op(b, OP_LANG, seg >= 0 ? (unsigned)seg : OP_SOURCE, 0);
	page_put(b, ">");
	page_prose(b, block, seg, first, 0);
	if (b->note_end == block)
		page_op(b, OP_NOTE, b->note, 0);
	page_put(b, "</");
	page_put(b, tag);
	page_put(b, ">");
	return seg;
}
