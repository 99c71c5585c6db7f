/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page in one language: what the operations of a page mean. */
#include "job/assemble.h"

#include "format/html.h"
#include "format/yaml.h"
#include "job/assemble_context.h"
#include "job/assemble_data.h"
#include "job/assemble_frame.h"
#include "job/assemble_inlines.h"
#include "job/marks.h"
#include "job/survey.h"

struct view
assemble_path(struct arena *a, const struct language *l, const struct page *p)
{
	return view_join(a, l->folder, p->out);
}

/* lang and dir where the text is not in the page's language; the mark of an outdated one. */
static void
put_lang(const struct writing *wr, const struct choice *c, struct buf *out)
{
	inlines_lang(wr, c->from, out);
	if (c->outdated)
		buf_puts(out, " data-state=\"outdated\"");
	marks_put(wr->locale->marks, c, out);
}

/* What goes around a text without a tag of its own, or NULL: a span that says what differs; in the preview always something. */
static const char *
wrap_of(const struct writing *wr, bool differs)
{
	return differs ? "span" : wr->locale->marks ? MARKS_TAG : NULL;
}

static void
put_segment(struct writing *wr, const struct op *op, struct buf *out)
{
	const struct choice *c = &wr->lp->choices[op->arg];
	const char *tag = (op->flags & OP_WRAP) ? wrap_of(wr, c->from != wr->locale->language || c->outdated) : NULL;

	if (tag) {
		buf_printf(out, "<%s", tag);
		put_lang(wr, c, out);
		buf_addc(out, '>');
	}
	inlines_segment(wr, op->arg, out);
	if (tag)
		buf_printf(out, "</%s>", tag);
}

/* An image that is a paragraph of its own; what is said in its place is wrapped like any other text. */
static void
put_image(struct writing *wr, unsigned dest, struct buf *out)
{
	const struct page_dest *d = &wr->lp->page->dests[dest];
	const struct choice *alt = d->alt >= 0 ? &wr->lp->choices[d->alt] : NULL;

	if (!d->dead)
		inlines_image(wr, dest, alt ? alt->text : VIEW_NONE, alt ? alt->from : wr->locale->language, out);
	else if (alt)
		put_segment(wr, &(struct op){ .arg = (unsigned)d->alt, .flags = OP_WRAP }, out);
}

/* Text that is no segment is in the language the page is written in. */
static void
put_lang_of(const struct writing *wr, uint32_t segment, struct buf *out)
{
	const struct page *p = wr->lp->page;

	if (segment == OP_SOURCE)
		inlines_lang(wr, p->only ? p->only : wr->locale->world->site.source, out);
	else
		put_lang(wr, &wr->lp->choices[segment], out);
}

/* The list of footnotes; those that a note's own text marks come behind. */
static void
put_notes(struct writing *wr, struct prog_run *r)
{
	const struct page *p = wr->lp->page;

	if (wr->nnotes == 0)
		return;
	buf_puts(r->out, "<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n");
	for (unsigned i = 0; i < wr->nnotes; i++) {
		const struct page_note *n = &p->notes[wr->order[i]];

		buf_printf(r->out, "<li id=\"fn-%.*s\">\n", VIEW_ARG(n->label));
		prog_run(n->body, r);
		buf_puts(r->out, "\n</li>\n");
	}
	buf_puts(r->out, "</ol>\n</div>\n");
}

static bool put_string(void *self, struct view key, uint32_t flags, struct prog_run *r);

static void
put_back(struct writing *wr, unsigned note, struct prog_run *r)
{
	const struct page_note *n = &wr->lp->page->notes[note];

	for (unsigned k = 1; k <= wr->marks[note]; k++) {
		buf_printf(r->out, " <a href=\"#fnref-%.*s", VIEW_ARG(n->label));
		if (k > 1)
			buf_printf(r->out, "-%u", k);
		buf_puts(r->out, "\" class=\"footnote-backref\" role=\"doc-backlink\" aria-label=\"");
		if (!put_string(wr, VIEW("note-back"), OP_IN_TAG, r))
			buf_puts(r->out, "\xE2\x86\xA9");
		buf_puts(r->out, "\">\xE2\x86\xA9</a>");
	}
}

/* A partial of the theme; with conditions it sees only the rows that fit. */
static void
put_part(struct writing *wr, const struct page_part *part, struct prog_run *r)
{
	struct value top = value_map();

	if (part->dead)
		return;
	if (part->where.n == 0) {
		prog_call(part->prog, NULL, r);
		return;
	}
	data_set_where(wr, &top, part->data, &part->where);
	prog_call(part->prog, &top, r);
}

static void
put_label(struct writing *wr, struct view key, struct prog_run *r)
{
	size_t before = r->out->n;

	buf_puts(r->out, " aria-label=\"");
	if (put_string(wr, key, OP_IN_TAG, r))
		buf_addc(r->out, '"');
	else
		buf_truncate(r->out, before);
}

static void
run_op(struct writing *wr, const struct op *op, struct prog_run *r)
{
	switch (op->kind) {
	case OP_SEG:
		put_segment(wr, op, r->out);
		break;
	case OP_LANG:
		put_lang_of(wr, op->arg, r->out);
		break;
	case OP_LTR:
		buf_puts(r->out, wr->locale->language->lang->rtl ? " dir=\"ltr\"" : "");
		break;
	case OP_LABEL:
		put_label(wr, op->text, r);
		break;
	case OP_LINK:
		inlines_link(wr, op->arg, op->flags & OP_END, r->out);
		break;
	case OP_IMAGE:
		put_image(wr, op->arg, r->out);
		break;
	case OP_MARK:
		inlines_mark(wr, op->arg, r->out);
		break;
	case OP_NOTES:
		put_notes(wr, r);
		break;
	case OP_NOTE:
		put_back(wr, op->arg, r);
		break;
	case OP_PART:
		put_part(wr, &wr->lp->page->parts[op->arg], r);
		break;
	default:
		bug("an operation that is no page operation");
	}
}

/* What texts make of a page is in proportion to them. Rows of data are not counted: they have room of their own (budget). */
static void
page_op(void *self, const struct op *op, struct prog_run *r)
{
	struct writing *wr = self;
	const bool outer = !wr->counted && op->kind != OP_PART;
	const size_t before = r->out->n;

	wr->counted |= outer;
	run_op(wr, op, r);
	if (!outer)
		return;
	wr->counted = false;
	wr->grown += r->out->n - before;
	if (wr->room && wr->grown > wr->room)
		r->over = true;
}

/* The text of a string, for a plural in the form its number asks for. */
static struct view
string_text(const struct string *s, const struct choice *c, struct prog_run *r)
{
	const struct yaml *forms = c->entry ? c->entry->plural : s->forms;
	const struct value *n = s->plural.n ? prog_find(r, s->plural) : NULL;
	const struct yaml *form;

	if (s->plural.n == 0 || !forms || !n || n->kind != VALUE_NUMBER)
		return c->text;
	form = yaml_get(forms, lang_plural(c->from->lang, n->number));
	return form && form->kind == YAML_SCALAR && form->text.n ? view_trim(form->text) : c->text;
}

/* A value inside a string that is in another language than the page: a number is written as that language does, a text of the page's
 * own language says so. */
static void
put_value(const struct writing *wr, const struct language *from, const struct value *v, uint32_t flags, struct prog_run *r)
{
	const struct language *own = wr->locale->language;
	const struct prog_host *host = r->host;
	struct prog_host inside = *host;
	struct value named = *v;

	if (v->kind == VALUE_NUMBER && from != own) {
		html_text(r->out, lang_number(from->lang, wr->item, v->number, 6));
		return;
	}
	if (v->kind == VALUE_TEXT && v->lang.n == 0 && v->html.n == 0) {
		named.lang = own->lang->tag;
		named.rtl = own->lang->rtl;
	}
	inside.lang = from->lang->tag;
	inside.rtl = from->lang->rtl;
	r->host = &inside;
	prog_print(r, &named, flags & ~(uint32_t)OP_RAW);
	r->host = host;
}

/* Prints a string's text with its {placeholders} filled in from the context. */
static void
put_filled(const struct writing *wr, const struct choice *c, struct view text, uint32_t flags, struct prog_run *r)
{
	while (text.n) {
		size_t open = view_find(text, '{'), close;
		const struct value *v = NULL;

		html_text(r->out, view_slice(text, 0, open));
		text = view_slice(text, open, text.n);
		close = view_find(text, '}');
		if (close < text.n)
			v = prog_find(r, view_slice(text, 1, close));
		if (v)
			put_value(wr, c->from, v, flags, r);
		else
			html_text(r->out, view_slice(text, 0, close + 1));
		text = view_slice(text, close + 1, text.n);
	}
}

static bool
put_string(void *self, struct view key, uint32_t flags, struct prog_run *r)
{
	struct writing *wr = self;
	const struct string *s = strings_find(&wr->locale->world->strings, key);
	const struct choice *c;
	const char *tag;

	if (!s)
		return false;
	c = &wr->locale->strings.choices[s->segment];
	tag = flags & OP_IN_TAG ? NULL : wrap_of(wr, c->from != wr->locale->language);
	if (tag) {
		buf_printf(r->out, "<%s", tag);
		inlines_lang(wr, c->from, r->out);
		marks_put(wr->locale->marks, c, r->out);
		buf_addc(r->out, '>');
	}
	put_filled(wr, c, string_text(s, c, r), flags, r);
	if (tag)
		buf_printf(r->out, "</%s>", tag);
	return true;
}

static void
start(struct writing *wr, struct locale *l, const struct page *p, struct arena *item)
{
	size_t depth = 0, n;

	*wr = (struct writing){ .locale = l, .general = p, .item = item };
	wr->out_path = p ? assemble_path(item, l->language, p) : VIEW("index.html");
	for (size_t i = 0; i < wr->out_path.n; i++)
		depth += wr->out_path.p[i] == '/';
	wr->root.p = arena_alloc(item, depth * 3 + 1);
	for (size_t i = 0; i < depth; i++)
		memcpy((char *)wr->root.p + 3 * i, "../", 3);
	wr->root.n = depth * 3;
	if (!p)
		return;
	wr->lp = survey_chosen(l, p, item);
	n = wr->lp->page->nnotes;
	wr->numbers = arena_array(item, n, sizeof *wr->numbers);
	wr->marks = arena_array(item, n, sizeof *wr->marks);
	wr->order = arena_array(item, n, sizeof *wr->order);
}

/* The way from the page to a path of the output; to a place on the page itself, the place alone. */
static void
put_way(void *self, struct view path, struct prog_run *r)
{
	const struct writing *wr = self;
	size_t hash = view_find(path, '#');
	struct view file = view_slice(path, 0, hash);

	if (hash == path.n || !view_eq(file, wr->out_path))
		html_href(r->out, context_href(wr, file));
	html_href(r->out, view_slice(path, hash, path.n));
}

/* Whether a string is the same on every page. */
static bool
lasts(void *self, struct view key)
{
	const struct writing *wr = self;
	const struct string *s = strings_find(&wr->locale->world->strings, key);
	const struct view text = s ? wr->locale->strings.choices[s->segment].text : VIEW_NONE;

	return !s || (s->plural.n == 0 && view_find(text, '{') == text.n);
}

static bool
run_with(struct writing *wr, const struct prog *prog, const struct value *context, const struct value *more, size_t limit,
    struct buf *out, struct diags *d)
{
	const struct language *l = wr->locale->language;
	struct prog_host host = { .self = wr, .page_op = page_op, .string = put_string, .lasts = lasts, .way = put_way,
		.lang = l->lang->tag, .rtl = l->lang->rtl };
	struct prog_run r = { .out = out, .host = &host, .limit = limit };

	if (wr->shared)
		r.stack[r.depth++] = wr->shared;
	r.stack[r.depth++] = context;
	if (more)
		r.stack[r.depth++] = more;
	else if (wr->framed)
		prog = frame_layout(wr, prog, &r);
	prog_run(prog, &r);
	frame_end(wr);
	if (r.over && r.deep.line)
		diag(d, template_depth, r.deep, VIEW("100"));
	else if (r.over)
		diag(d, page_budget, place_file(wr->general ? wr->general->file : VIEW("index.html")),
		    view_printf(wr->item, "%zu KiB", (wr->room && wr->grown > wr->room ? wr->room : limit) >> 10), l->lang->tag);
	return !r.over;
}

static bool
run(struct writing *wr, const struct prog *prog, const struct value *context, size_t limit, struct buf *out,
    struct diags *d)
{
	return run_with(wr, prog, context, NULL, limit, out, d);
}

/* What a page may grow to: 16 times the text that is shown, and 256 KiB for the frame around it. Sets the room of its content as well. */
static size_t
budget(struct writing *wr)
{
	size_t n = (256 << 10) + wr->lp->page->weight, text = 0;

	for (size_t i = 0; i < wr->lp->page->nsegments; i++)
		text += wr->lp->choices[i].text.n;
	wr->room = PAGE_GROWTH * (wr->lp->page->bytes + text) + PAGE_ROOM;
	n += 16 * text;
	for (size_t i = 0; i < wr->locale->world->data.n; i++)
		n += 4096 * (*LIST_AT(&wr->locale->world->data, struct data *, i))->nitems;
	return n;
}

bool
assemble_page(struct locale *l, const struct page *p, struct arena *item, struct buf *out, struct diags *d)
{
	const struct prog *layout;
	struct writing wr;
	struct value context;

	start(&wr, l, p, item);
	layout = l->world->layouts[wr.lp->page->index];
	if (!layout)
		return false;
	context = context_make(&wr);
	wr.framed = true;
	return run(&wr, layout, &context, budget(&wr), out, d);
}

/* A template of the theme by name; NULL after reporting that there is none. */
static const struct prog *
layout_named(struct locale *l, struct view layout, struct arena *item, struct diags *d)
{
	struct world *w = (struct world *)(uintptr_t)l->world;
	const struct prog *prog = template_get(&w->templates, layout);

	if (!prog)
		diag(d, layout_missing, place_file(view_printf(item, "themes/%.*s", VIEW_ARG(w->site.theme))), layout);
	return prog;
}

bool
assemble_page_in(struct locale *l, const struct page *p, struct view layout, const struct value *more, struct arena *item, struct buf *out,
    struct diags *d)
{
	const struct prog *prog = layout_named(l, layout, item, d);
	struct writing wr;
	struct value context;

	if (!prog)
		return false;
	start(&wr, l, p, item);
	context = context_make(&wr);
	return run_with(&wr, prog, &context, more, budget(&wr), out, d);
}

void
assemble_content(struct locale *l, const struct page *p, struct arena *item, struct buf *out)
{
	struct writing wr;
	struct value context;
	struct diags quiet;
	size_t n = out->n;

	diags_init(&quiet);
	start(&wr, l, p, item);
	context = context_make(&wr);
	if (!run(&wr, wr.lp->page->body, &context, budget(&wr), out, &quiet))
		buf_truncate(out, n);
	diags_release(&quiet);
}

bool
assemble_chooser(struct locale *l, struct arena *item, struct buf *out, struct diags *d)
{
	struct writing wr;
	struct value context;

	if (!l->world->chooser)
		return false;
	start(&wr, l, NULL, item);
	context = context_make(&wr);
	return run(&wr, l->world->chooser, &context, 0, out, d);
}

struct view
assemble_card(struct arena *a, const struct language *l)
{
	return view_join(a, l->folder, VIEW("card.png"));
}

struct view
assemble_feed(struct arena *a, const struct language *l)
{
	return view_join(a, l->folder, VIEW("feed.xml"));
}

bool
assemble_not_found(struct locale *l, struct arena *item, struct buf *out, struct diags *d)
{
	struct value more = value_map();

	value_set(&more, item, "root", value_text(l->world->site.base_url));
	return assemble_file(l, VIEW("not-found"), &more, item, out, d);
}

bool
assemble_file(struct locale *l, struct view layout, const struct value *more, struct arena *item, struct buf *out,
    struct diags *d)
{
	const struct prog *prog = layout_named(l, layout, item, d);
	struct writing wr;
	struct value context;

	if (!prog)
		return false;
	start(&wr, l, NULL, item);
	context = context_make(&wr);
	return run_with(&wr, prog, &context, more, 0, out, d);
}

void
assemble_body(struct locale *l, const struct page *p, struct arena *item, struct buf *out)
{
	struct writing wr;
	struct value context = value_map();

	start(&wr, l, p, item);
	run(&wr, wr.lp->page->body, &context, 0, out, l->diags);
}
