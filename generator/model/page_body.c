/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of a page: blocks become chunks, prose becomes segments. HTML as cmark writes it, where we have no reason to differ. */
#include "format/lang.h"
#include "model/page.h"
#include "model/page_html.h"

/* Output a newline unless one has just been written. */
static void
cr(struct body *b)
{
	if (!b->at_line_start)
		page_put(b, "\n");
}

void
page_put(struct body *b, const char *s)
{
	page_putv(b, view_str(s));
}

void
page_putv(struct body *b, struct view v)
{
	if (v.n == 0)
		return;
	prog_chunk(&b->prog, v);
	b->at_line_start = v.p[v.n - 1] == '\n';
}

void
page_op(struct body *b, enum op_kind kind, unsigned arg, unsigned flags)
{
	prog_op(&b->prog, kind, arg, flags);
	b->at_line_start = false;
}

void
page_text(struct body *b, struct view v)
{
	struct buf t;

	buf_init(&t);
	html_text(&t, v);
	page_putv(b, view_buf(&t));
	buf_release(&t);
}

/* What stands in a line {{> name}} behind the sign, or the empty view. */
static struct view
partial_line(const struct md_node *block)
{
	struct view t;

	if (!block->child || block->child->next || block->child->kind != MD_TEXT)
		return VIEW_NONE;
	t = view_trim(block->child->text);
	if (!view_starts(t, "{{>") || !view_ends(t, "}}"))
		return VIEW_NONE;
	return view_trim(view_slice(t, 3, t.n - 2));
}

static bool
put_partial(struct body *b, const struct md_node *block)
{
	struct view line = partial_line(block), name = view_slice(line, 0, view_find(line, ' '));
	struct view rest = view_trim(view_slice(line, name.n, line.n));
	struct page_part part = { .place = place_at(b->page->file, block->line, block->col, 0) };

	if (line.n == 0)
		return false;
	cr(b);
	if (!b->templates)
		return true;
	if (rest.n && !page_wheres(b->a, view_copy(b->a, rest), &part.where))
		name = line;
	part.name = view_copy(b->a, name);
	part.prog = template_get(b->templates, name);
	if (!part.prog) {
		diag(b->d, partial_missing, part.place, name);
		return true;
	}
	prog_op(&b->prog, OP_PART, (uint32_t)b->parts.n, 0);
	*(struct page_part *)list_push(&b->parts, b->scratch) = part;
	b->at_line_start = true;
	return true;
}

static void
put_paragraph(struct body *b, struct md_node *m, bool tight)
{
	struct md_node *only = m->child && !m->child->next ? m->child : NULL;

	if (put_partial(b, m))
		return;
	if (tight) {
		size_t first;
		int seg = page_segment(b, m, SEGMENT_ITEM, &first);

		page_prose(b, m, seg, first, OP_WRAP);
		if (b->note_end == m)
			page_op(b, OP_NOTE, b->note, 0);
		return;
	}
	cr(b);
	if (only && only->kind == MD_IMAGE && b->note_end != m) {
		page_place(b, m);
		page_put(b, "<p>");
		page_image(b, only);
		page_put(b, "</p>");
	} else {
		page_element(b, "p", VIEW_NONE, m,
		    m->parent && m->parent->kind == MD_ITEM ? SEGMENT_ITEM : SEGMENT_PARAGRAPH);
	}
	page_put(b, "\n");
}

static void
drop_last(struct md_node *parent)
{
	struct md_node *m = parent->child;

	if (m == parent->last) {
		parent->child = parent->last = NULL;
		return;
	}
	while (m->next != parent->last)
		m = m->next;
	m->next = NULL;
	parent->last = m;
}

/* Takes a final {#id} off a heading's text; the id, or the empty view. */
static struct view
take_id(struct md_node *heading)
{
	struct md_node *last = heading->last;
	struct view t, id;
	size_t open;

	if (!last || last->kind != MD_TEXT || !view_ends(last->text, "}"))
		return VIEW_NONE;
	t = last->text;
	open = view_search(t, VIEW("{#"));
	if (open == t.n)
		return VIEW_NONE;
	id = view_slice(t, open + 2, t.n - 1);
	for (size_t i = 0; i < id.n; i++)
		if (!((id.p[i] >= 'a' && id.p[i] <= 'z') || (id.p[i] >= 'A' && id.p[i] <= 'Z') ||
		    (id.p[i] >= '0' && id.p[i] <= '9') || id.p[i] == '-' || id.p[i] == '_'))
			return VIEW_NONE;
	while (open > 0 && t.p[open - 1] == ' ')
		open--;
	last->text = view_slice(t, 0, open);
	if (open == 0)
		drop_last(heading);
	return id;
}

/*
 * id, or id-2, id-3 and so on: the first one that is not taken. last holds for each id the number it was given last, so that
 * many of the same take no longer than as many others.
 */
static struct view
numbered(struct body *b, const struct map *taken, struct map *last, struct view id)
{
	struct view unique;
	unsigned *k;

	if (!map_get(taken, id))
		return id;
	k = map_get(last, id);
	if (!k) {
		k = arena_new(b->scratch, unsigned);
		*k = 1;
		map_set(last, id, k);
	}
	do
		unique = view_printf(b->a, "%.*s-%u", VIEW_ARG(id), ++*k);
	while (map_get(taken, unique));
	return unique;
}

static struct view
heading_id(struct body *b, struct md_node *m)
{
	struct view id = take_id(m), unique;
	struct buf t;

	if (id.n == 0) {
		buf_init(&t);
		segment_plain(m, &t);
		id = page_slug(b->a, view_buf(&t), "section");
		buf_release(&t);
	} else if (map_get(&b->page->ids, id)) {
		diag(b->d, heading_id_twice, place_at(b->page->file, m->line, m->col, 0), id);
	}
	unique = numbered(b, &b->page->ids, &b->numbers, view_copy(b->a, id));
	map_set(&b->page->ids, unique, b->page);
	return unique;
}

static void
put_heading(struct body *b, struct md_node *m)
{
	char tag[] = { 'h', (char)('0' + m->level), '\0' };
	struct view id = heading_id(b, m);
	struct page_heading *h;
	int seg;

	cr(b);
	seg = page_element(b, tag, view_printf(b->scratch, " id=\"%.*s\"", VIEW_ARG(id)), m, SEGMENT_HEADING);
	page_put(b, "\n");
	if (seg < 0)
		return;
	h = list_push(&b->headings, b->scratch);
	*h = (struct page_heading){ m->level, id, (unsigned)seg, b->place };
}

static void
put_list(struct body *b, struct md_node *m)
{
	cr(b);
	if (!m->ordered)
		page_put(b, "<ul>\n");
	else if (m->start == 1)
		page_put(b, "<ol>\n");
	else
		page_putv(b, view_printf(b->scratch, "<ol start=\"%d\">\n", m->start));
	for (struct md_node *item = m->child; item; item = item->next) {
		cr(b);
		page_put(b, "<li>");
		if (item->task != MD_TASK_NONE)
			page_put(b, item->task == MD_TASK_DONE ? "<span class=\"task\">\xE2\x98\x91</span> " :
			    "<span class=\"task\">\xE2\x98\x90</span> ");
		page_blocks(b, item, m->tight);
		page_put(b, "</li>\n");
	}
	page_put(b, m->ordered ? "</ol>\n" : "</ul>\n");
}

static void
put_row(struct body *b, struct md_node *row)
{
	static const char *const class[] = { "", " class=\"start\"", " class=\"center\"", " class=\"end\"" };

	cr(b);
	page_put(b, "<tr>\n");
	for (struct md_node *cell = row->child; cell; cell = cell->next) {
		page_element(b, row->header ? "th" : "td", view_str(class[cell->align]), cell, SEGMENT_CELL);
		page_put(b, "\n");
	}
	page_put(b, "</tr>\n");
}

static void
put_table(struct body *b, struct md_node *m)
{
	bool body = false;

	cr(b);
	page_put(b, "<div class=\"scroll\" tabindex=\"0\" role=\"group\"");
	prog_op(&b->prog, OP_LABEL, 0, 0)->text = VIEW("table");
	page_put(b, ">\n<table>\n");
	for (struct md_node *row = m->child; row; row = row->next) {
		if (row->header)
			page_put(b, "<thead>\n");
		else if (!body)
			page_put(b, "<tbody>\n");
		body |= !row->header;
		put_row(b, row);
		if (row->header)
			page_put(b, "</thead>\n");
	}
	if (body)
		page_put(b, "</tbody>\n");
	page_put(b, "</table>\n</div>\n");
}

void
page_code(struct body *b, struct view info, struct view text)
{
	struct view word = info;

	for (size_t i = 0; i < word.n; i++)
		if (word.p[i] == ' ' || word.p[i] == '\t' || word.p[i] == '\n')
			word = view_slice(word, 0, i);
	cr(b);
	page_put(b, "<pre");
	page_op(b, OP_LTR, 0, 0);
	page_put(b, "><code");
	if (word.n) {
		page_put(b, " class=\"language-");
		page_text(b, word);
		page_put(b, "\"");
	}
	page_put(b, ">");
	page_text(b, text);
	page_put(b, "</code></pre>\n");
}

static void
put_block(struct body *b, struct md_node *m, bool tight)
{
	switch (m->kind) {
	case MD_PARAGRAPH:
		put_paragraph(b, m, tight);
		break;
	case MD_HEADING:
		put_heading(b, m);
		break;
	case MD_QUOTE:
		cr(b);
		page_put(b, "<blockquote>\n");
		page_blocks(b, m, false);
		cr(b);
		page_put(b, "</blockquote>\n");
		break;
	case MD_LIST:
		put_list(b, m);
		break;
	case MD_CODE_BLOCK:
		page_code(b, m->info, m->text);
		break;
	case MD_RULE:
		cr(b);
		page_put(b, "<hr />\n");
		break;
	case MD_TABLE:
		put_table(b, m);
		break;
	default:
		break;
	}
}

void
page_blocks(struct body *b, struct md_node *parent, bool tight)
{
	size_t open = b->nopen;
	bool critical = b->critical;

	for (struct md_node *m = parent->child; m; m = m->next) {
		if (m->kind == MD_HTML_BLOCK) {
			cr(b);
			critical |= page_html_block(b, m, open);
			continue;
		}
		b->critical |= critical;
		put_block(b, m, tight);
		b->critical = critical = false;
	}
	page_html_close(b, open);
}

/* Every footnote gets a label that a segment can carry: its name where that is plain, else a number. */
static void
name_notes(struct body *b, struct md_node *top)
{
	struct list notes = LIST_OF(struct page_note);
	struct map numbers;

	map_init(&numbers, b->scratch);
	map_init(&b->note_names, b->a);
	map_init(&b->note_labels, b->a);
	for (struct md_node *m = top->child; m; m = m->next) {
		struct page_note *n;

		if (m->kind != MD_FOOTNOTE)
			continue;
		n = list_push(&notes, b->a);
		n->name = view_copy(b->a, m->text);
		n->label = page_slug(b->a, m->text, "note");
	}
	b->page->notes = notes.items;
	b->page->nnotes = notes.n;
	for (size_t i = 0; i < notes.n; i++) {
		struct page_note *n = &b->page->notes[i];

		n->label = numbered(b, &b->note_labels, &numbers, n->label);
		map_set(&b->note_labels, n->label, n);
		map_add(&b->note_names, n->name, n);
	}
}

/* Each footnote's blocks are a program of their own; the back references stand in its last paragraph. */
static void
put_notes(struct body *b, struct md_node *top)
{
	unsigned i = 0;

	for (struct md_node *m = top->child; m; m = m->next) {
		struct md_node *last = m->last;

		if (m->kind != MD_FOOTNOTE)
			continue;
		prog_builder_init(&b->prog, b->a);
		b->at_line_start = true;
		b->note = i;
		b->note_end = last && last->kind == MD_PARAGRAPH ? last : NULL;
		page_blocks(b, m, false);
		if (!b->note_end)
			page_op(b, OP_NOTE, i, 0);
		b->note_end = NULL;
		b->page->notes[i++].body = prog_finish(&b->prog, b->page->file);
	}
}

void
page_body(struct page *p, struct arena *a, struct arena *scratch, struct template_set *templates, struct list *segments,
    struct view text, unsigned first_line, struct diags *d)
{
	struct body b = {
		.page = p, .a = a, .scratch = scratch, .templates = templates, .d = d, .segments = segments,
		.dests = LIST_OF(struct page_dest), .titles = LIST_OF(struct view),
		.headings = LIST_OF(struct page_heading), .parts = LIST_OF(struct page_part), .at_line_start = true,
		.text = text, .first_line = first_line, .line = first_line,
	};
	struct md_node *top;

	map_init(&b.numbers, scratch);
	top = markdown_read(scratch, text, first_line);
	name_notes(&b, top);
	prog_builder_init(&b.prog, a);
	page_blocks(&b, top, false);
	if (p->nnotes) {
		cr(&b);
		page_op(&b, OP_NOTES, 0, 0);
	}
	p->body = prog_finish(&b.prog, p->file);
	put_notes(&b, top);
	p->dests = list_keep(&b.dests, a);
	p->ndests = b.dests.n;
	p->headings = list_keep(&b.headings, a);
	p->nheadings = b.headings.n;
	p->parts = list_keep(&b.parts, a);
	p->nparts = b.parts.n;
}
