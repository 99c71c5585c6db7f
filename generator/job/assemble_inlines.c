/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inlines of a segment as HTML. */
#include "job/assemble_inlines.h"

#include "format/html.h"
#include "job/assemble.h"
#include "job/assemble_frame.h"
#include "job/survey.h"

struct inlines {
	struct writing *wr;
	const struct segment *segment;
	struct buf *out;
};

/* Where destination d leads: an output path relative to the page, an address, or nothing. */
static struct view
resolve(struct writing *wr, const struct page_dest *d)
{
	const struct language *l = wr->locale->language;

	if (d->dead)
		return VIEW_NONE;
	if (d->page) {
		if (d->page == wr->general || d->page == wr->lp->page)
			return d->fragment.n ? VIEW_NONE : context_href(wr, wr->out_path);
		return frame_href(wr, d->page);
	}
	if (d->asset)
		return context_href(wr, (d->image ? asset_for(&wr->locale->world->assets, d->asset, l) : d->asset)->out);
	if (d->kind == URL_REMOTE)
		return links_for(&wr->locale->world->links, l, d->url);
	return VIEW_NONE;
}

/* The value of an href or src. */
static void
put_href(struct writing *wr, unsigned dest, struct buf *out)
{
	const struct page_dest *d = &wr->lp->page->dests[dest];

	html_href(out, resolve(wr, d));
	if (d->fragment.n && d->kind != URL_REMOTE) {
		buf_addc(out, '#');
		html_href(out, d->fragment);
	}
}

static void
put_title(const struct writing *wr, const struct page_dest *d, struct buf *out)
{
	if (d->title < 0)
		return;
	buf_puts(out, " title=\"");
	html_attr(out, wr->lp->choices[d->title].text);
	buf_addc(out, '"');
}

/* A page that is written for a language which is not published. */
static bool
is_away(const struct writing *wr, const struct page *p)
{
	const struct survey *s = wr->locale->world->survey;

	return p && s && !locale_has(p, wr->locale->language) && !s->published[p->only->index];
}

bool
inlines_link(struct writing *wr, unsigned dest, bool end, struct buf *out)
{
	const struct page_dest *d = &wr->lp->page->dests[dest];

	if (d->dead || is_away(wr, d->page))
		return false;
	if (end) {
		buf_puts(out, "</a>");
		return true;
	}
	buf_puts(out, "<a href=\"");
	put_href(wr, dest, out);
	buf_addc(out, '"');
	put_title(wr, d, out);
	buf_addc(out, '>');
	return true;
}

void
inlines_image(struct writing *wr, unsigned dest, struct view alt, const struct language *from, struct buf *out)
{
	const struct page_dest *d = &wr->lp->page->dests[dest];
	const struct asset *a = d->asset ? asset_for(&wr->locale->world->assets, d->asset, wr->locale->language) : NULL;

	buf_puts(out, "<img src=\"");
	put_href(wr, dest, out);
	buf_puts(out, "\" alt=\"");
	html_attr(out, alt);
	buf_addc(out, '"');
	put_title(wr, d, out);
	inlines_lang(wr, from, out);
	if (a && a->image.width && a->image.height)
		buf_printf(out, " width=\"%u\" height=\"%u\"", a->image.width, a->image.height);
	buf_puts(out, " />");
}

void
inlines_lang(const struct writing *wr, const struct language *from, struct buf *out)
{
	const struct language *l = wr->locale->language;

	if (from == l)
		return;
	buf_printf(out, " lang=\"%.*s\"", VIEW_ARG(from->lang->tag));
	if (from->lang->rtl != l->lang->rtl)
		buf_printf(out, " dir=\"%s\"", from->lang->rtl ? "rtl" : "ltr");
}

void
inlines_mark(struct writing *wr, unsigned note, struct buf *out)
{
	const struct page_note *n = &wr->lp->page->notes[note];

	if (wr->numbers[note] == 0) {
		wr->order[wr->nnotes++] = note;
		wr->numbers[note] = wr->nnotes;
	}
	wr->marks[note]++;
	buf_printf(out, "<sup class=\"footnote-ref\"><a href=\"#fn-%.*s\" id=\"fnref-%.*s", VIEW_ARG(n->label),
	    VIEW_ARG(n->label));
	if (wr->marks[note] > 1)
		buf_printf(out, "-%u", wr->marks[note]);
	buf_puts(out, "\" role=\"doc-noteref\">");
	html_text(out, lang_number(wr->locale->language->lang, wr->item, wr->numbers[note], 0));
	buf_puts(out, "</a></sup>");
}

static void put_children(struct inlines *in, const struct md_node *parent);

static void
put_element(struct inlines *in, struct view start, const struct md_node *m, struct view end)
{
	buf_addv(in->out, start);
	put_children(in, m);
	buf_addv(in->out, end);
}

/* A link without a number leads to an address that the editor admitted in a translation. */
static void
put_link(struct inlines *in, const struct md_node *m)
{
	unsigned dest = in->segment->first_dest + m->dest - 1;
	bool foreign = m->dest == 0 && html_url_kind(m->url) == URL_REMOTE, leads = foreign;

	if (m->dest)
		leads = inlines_link(in->wr, dest, false, in->out);
	if (foreign) {
		buf_puts(in->out, "<a href=\"");
		html_href(in->out, m->url);
		buf_puts(in->out, "\">");
	}
	put_children(in, m);
	if (leads)
		buf_puts(in->out, "</a>");
}

static void
put_image(struct inlines *in, const struct md_node *m)
{
	unsigned dest = in->segment->first_dest + m->dest - 1;
	const struct page_dest *d = m->dest ? &in->wr->lp->page->dests[dest] : NULL;

	if (!d || d->dead) {
		put_children(in, m);
		return;
	}
	inlines_image(in->wr, dest, m->child ? m->child->text : VIEW_NONE, in->wr->locale->language, in->out);
}

static void
put_note(struct inlines *in, const struct md_node *m)
{
	const struct page *p = in->wr->lp->page;

	for (unsigned i = 0; i < p->nnotes; i++) {
		if (view_eq(p->notes[i].label, m->text)) {
			inlines_mark(in->wr, i, in->out);
			return;
		}
	}
}

static void
put_tag(struct inlines *in, const struct md_node *m)
{
	buf_printf(in->out, "<%.*s%.*s", VIEW_ARG(m->text), VIEW_ARG(m->info));
	if (view_is(m->text, "wbr")) {
		buf_puts(in->out, " />");
		return;
	}
	buf_addc(in->out, '>');
	put_children(in, m);
	buf_printf(in->out, "</%.*s>", VIEW_ARG(m->text));
}

/* Code reads from left to right whatever surrounds it. */
static void
put_code(struct inlines *in, const struct md_node *m)
{
	buf_puts(in->out, in->wr->locale->language->lang->rtl ? "<code dir=\"ltr\">" : "<code>");
	html_text(in->out, m->text);
	buf_puts(in->out, "</code>");
}

static void
put_children(struct inlines *in, const struct md_node *parent)
{
	for (const struct md_node *m = parent->child; m; m = m->next) {
		switch (m->kind) {
		case MD_TEXT:
			html_text(in->out, m->text);
			break;
		case MD_HARD_BREAK:
			buf_puts(in->out, "<br />\n");
			break;
		case MD_CODE:
			put_code(in, m);
			break;
		case MD_EMPH:
			put_element(in, VIEW("<em>"), m, VIEW("</em>"));
			break;
		case MD_STRONG:
			put_element(in, VIEW("<strong>"), m, VIEW("</strong>"));
			break;
		case MD_STRIKE:
			put_element(in, VIEW("<del>"), m, VIEW("</del>"));
			break;
		case MD_LINK:
			put_link(in, m);
			break;
		case MD_IMAGE:
			put_image(in, m);
			break;
		case MD_NOTE_REF:
			put_note(in, m);
			break;
		case MD_TAG:
			put_tag(in, m);
			break;
		default:
			bug("an inline that segments do not have");
		}
	}
}

void
inlines_segment(struct writing *wr, unsigned segment, struct buf *out)
{
	const struct segment *s = &wr->lp->page->segments[segment];
	const struct choice *c = &wr->lp->choices[segment];
	struct inlines in = { wr, s, out };

	if (c->as_is) {
		buf_addv(out, c->text);
		return;
	}
	if (s->plain || (!c->tree && segment_is_plain(c->text))) {
		html_text(out, c->text);
		return;
	}
	put_children(&in, locale_tree(wr->lp->page, s, c, wr->item));
}
