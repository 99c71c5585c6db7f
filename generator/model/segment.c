/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Segments: inlines made ready, and read from their normal form. segment_write.c writes it. */
#include "model/segment.h"

#include <limits.h>

#include "base/block.h"
#include "base/fast.h"
#include "base/utf8.h"
#include "format/html.h"
#include "format/lang.h"

/* The last code point before a byte position, or 0. */
static uint32_t
code_before(struct view v, size_t at)
{
	if (at == 0)
		return 0;
	at = utf8_back(v, at);
	return utf8_next(v, &at);
}

static uint32_t
code_after(struct view v, size_t at)
{
	return at < v.n ? utf8_next(v, &at) : 0;
}

static bool
is_break(char c)
{
	return c == '\n' || c == '\r';
}

static bool
is_indent(char c)
{
	return c == ' ' || c == '\t' || is_break(c);
}

struct view
segment_normal(struct arena *a, struct view text)
{
	struct buf b;
	size_t from = 0;

	text = view_trim(lang_nfc(a, text));
	if (view_find(text, '\n') == text.n)
		return text;
	buf_init(&b);
	while (from < text.n) {
		size_t end = from + view_find(view_slice(text, from, text.n), '\n');
		size_t next = end;

		while (end > from && is_indent(text.p[end - 1]))
			end--;
		while (next < text.n && is_indent(text.p[next]))
			next++;
		buf_add(&b, text.p + from, end - from);
		if (next < text.n && !(lang_spaceless(code_before(text, end)) && lang_spaceless(code_after(text, next))))
			buf_addc(&b, ' ');
		from = next;
	}
	text = view_copy(a, view_buf(&b));
	buf_release(&b);
	return text;
}

/* Whether any of sixteen bytes may be one that reading as Markdown changes; '^' is taken along. */
static bool
is_special_block(const char *p)
{
	block b = block_at(p);

	return block_any((b < 0x10) | ((b >= '[') & (b <= '`')) | (b == '*') | (b == '<') | (b == '&') | (b == '~') | (b == '#'));
}

bool
segment_is_plain(struct view text)
{
	static const char special[256] = {
		['\\'] = 1, ['`'] = 1, ['*'] = 1, ['_'] = 1, ['['] = 1, [']'] = 1, ['<'] = 1, ['&'] = 1, ['~'] = 1,
		['\n'] = 1, ['\r'] = 1, ['\t'] = 1, ['#'] = 1, ['\0'] = 1,
	};
	size_t i = 0;

	if (!fast(FAST_COPY))
		return false;
	while (i < text.n) {
		size_t end = text.n - i < BLOCK_BYTES ? text.n : i + BLOCK_BYTES;

		if (text.n - i < BLOCK_BYTES || is_special_block(text.p + i)) {
			for (size_t k = i; k < end; k++)
				if (special[(unsigned char)text.p[k]])
					return false;
		}
		i = end;
	}
	return text.n == 0 || (text.p[0] != ' ' && text.p[text.n - 1] != ' ');
}

void
segment_plain(const struct md_node *parent, struct buf *b)
{
	for (const struct md_node *m = parent->child; m; m = m->next) {
		if (m->kind == MD_TEXT || m->kind == MD_CODE)
			buf_addv(b, m->text);
		else if (m->kind == MD_SOFT_BREAK || m->kind == MD_HARD_BREAK)
			buf_addc(b, ' ');
		else
			segment_plain(m, b);
	}
}

bool
segment_same(const struct md_node *a, const struct md_node *b)
{
	const struct md_node *x = a->child, *y = b->child;

	for (; x && y; x = x->next, y = y->next) {
		if (x->kind != y->kind || !view_eq(x->text, y->text) || !view_eq(x->info, y->info) || x->dest != y->dest)
			return false;
		if (!segment_same(x, y))
			return false;
	}
	return !x && !y;
}

static struct md_node *
text_node(struct arena *a, struct view text, unsigned line)
{
	struct md_node *m = arena_new(a, struct md_node);

	m->kind = MD_TEXT;
	m->text = text;
	m->line = line;
	return m;
}

/* Raw tags that are open where the walk stands. */
enum { OPEN_MAX = 64 };
struct opened {
	struct md_node *node;	/* MD_TAG, EMPH or STRONG made for it */
	struct view raw;
	struct view name;
};

struct canonical {
	struct arena *a;
	const struct segment_shape *shape;
	struct place place;
	struct diags *d;
	struct md_node *top;	/* where results go: the parent, or the innermost open tag */
	struct opened open[OPEN_MAX];
	size_t nopen;
};

static void canonical_children(struct canonical *c, struct md_node *parent);

static bool
has_tag(const struct md_node *parent, struct view name, struct view attrs)
{
	for (const struct md_node *m = parent->child; m; m = m->next)
		if ((m->kind == MD_TAG && view_eq(m->text, name) && view_eq(m->info, attrs)) || has_tag(m, name, attrs))
			return true;
	return false;
}

static bool
tag_allowed(const struct canonical *c, const struct html_tag *t)
{
	const struct md_node *source = c->shape->source;

	if (t->kind == HTML_TAG_CLOSE)
		return t->inline_ok;
	if (!t->allowed || !t->inline_ok)
		return false;
	return !source || (t->target_ok && t->attrs.n == 0) || has_tag(source, t->name, t->attrs);
}

static void
refuse(struct canonical *c, struct view raw)
{
	markdown_append(c->top, text_node(c->a, raw, 0));
	if (c->d)
		diag(c->d, html_refused, c->place, raw);
}

/* An open tag without its end: the tag becomes text, its content moves behind it. */
static void
unopen(struct canonical *c, struct opened *o)
{
	struct md_node *m = o->node, *up = m->parent, *child = m->child;

	m->kind = MD_TEXT;
	m->text = o->raw;
	m->info = VIEW_NONE;
	m->child = m->last = NULL;
	c->top = up;
	while (child) {
		struct md_node *next = child->next;

		markdown_append(up, child);
		child = next;
	}
	if (c->d)
		diag(c->d, html_unclosed, c->place, o->raw);
}

static struct md_node *
open_tag(struct canonical *c, const struct html_tag *t, struct view raw)
{
	struct md_node *m = arena_new(c->a, struct md_node);

	m->kind = MD_TAG;
	if (t->attrs.n == 0 && view_is(t->name, "em"))
		m->kind = MD_EMPH;
	else if (t->attrs.n == 0 && view_is(t->name, "strong"))
		m->kind = MD_STRONG;
	else if (t->attrs.n == 0 && view_is(t->name, "del"))
		m->kind = MD_STRIKE;
	else if (t->attrs.n == 0 && view_is(t->name, "br"))
		m->kind = MD_HARD_BREAK;
	if (m->kind == MD_TAG) {
		m->text = t->name;
		m->info = t->attrs;
	}
	markdown_append(c->top, m);
	if (!t->is_void) {
		c->open[c->nopen++] = (struct opened){ m, raw, t->name };
		c->top = m;
	}
	return m;
}

static void
canonical_html(struct canonical *c, struct view raw, size_t base)
{
	struct html_tag t;
	size_t k = c->nopen;

	html_tag_read(c->a, raw, &t);
	if (t.kind == HTML_TAG_COMMENT)
		return;
	if (t.kind == HTML_TAG_NONE || !tag_allowed(c, &t) || (t.kind == HTML_TAG_EMPTY && !t.is_void)) {
		refuse(c, raw);
	} else if (t.kind != HTML_TAG_CLOSE) {
		if (c->nopen == OPEN_MAX)
			refuse(c, raw);
		else
			open_tag(c, &t, raw);
	} else {
		while (k > base && !view_eq(c->open[k - 1].name, t.name))
			k--;
		if (k == base) {
			refuse(c, raw);
			return;
		}
		while (c->nopen > k)
			unopen(c, &c->open[--c->nopen]);
		c->top = c->open[--c->nopen].node->parent;
	}
}

static unsigned
dest_of(const struct segment_shape *s, struct view url)
{
	unsigned n = 0;

	if (url.n && url.n < 5 && url.p[0] != '0') {
		for (size_t i = 0; i < url.n && n != UINT_MAX; i++)
			n = url.p[i] >= '0' && url.p[i] <= '9' ? n * 10 + (unsigned)(url.p[i] - '0') : UINT_MAX;
		if (n >= 1 && n <= s->ndests)
			return n;
	}
	for (unsigned i = 0; s->urls && i < s->ndests; i++)
		if (view_eq(s->urls[i], url))
			return i + 1;
	return 0;
}

static void
flatten_image(struct canonical *c, struct md_node *m)
{
	struct buf b;

	buf_init(&b);
	segment_plain(m, &b);
	m->child = m->last = NULL;
	if (b.n)
		markdown_append(m, text_node(c->a, view_copy(c->a, view_buf(&b)), m->line));
	buf_release(&b);
}

static void
canonical_node(struct canonical *c, struct md_node *m, size_t base)
{
	struct md_node *last = c->top->last, *next = m->next;

	if ((m->kind == MD_LINK || m->kind == MD_IMAGE) && m->dest == 0)
		m->dest = dest_of(c->shape, m->url);
	switch (m->kind) {
	case MD_HTML:
		canonical_html(c, m->text, base);
		return;
	case MD_SOFT_BREAK:
		if (last && last->kind == MD_TEXT && next && next->kind == MD_TEXT &&
		    lang_spaceless(code_before(last->text, last->text.n)) && lang_spaceless(code_after(next->text, 0)))
			return;
		markdown_append(c->top, text_node(c->a, VIEW(" "), m->line));
		return;
	case MD_IMAGE:
		flatten_image(c, m);
		break;
	case MD_EMPH:
	case MD_STRONG:
	case MD_STRIKE:
	case MD_LINK:
		canonical_children(c, m);
		break;
	default:
		break;
	}
	markdown_append(c->top, m);
}

/* Neighbouring texts become one. */
static void
join_texts(struct arena *a, struct md_node *parent)
{
	struct md_node *m = parent->child;

	while (m && m->next) {
		struct md_node *end = m->next;
		struct buf b;

		if (m->kind != MD_TEXT || end->kind != MD_TEXT) {
			m = m->next;
			continue;
		}
		buf_init(&b);
		buf_addv(&b, m->text);
		for (; end && end->kind == MD_TEXT; end = end->next)
			buf_addv(&b, end->text);
		m->text = view_copy(a, view_buf(&b));
		buf_release(&b);
		m->next = end;
		if (!end)
			parent->last = m;
	}
	for (m = parent->child; m; m = m->next)
		if (m->kind == MD_TAG || m->kind == MD_EMPH || m->kind == MD_STRONG)
			join_texts(a, m);
}

static void
canonical_children(struct canonical *c, struct md_node *parent)
{
	struct md_node *m = parent->child, *top = c->top;
	size_t base = c->nopen;

	parent->child = parent->last = NULL;
	c->top = parent;
	while (m) {
		struct md_node *next = m->next;

		canonical_node(c, m, base);
		m = next;
	}
	while (c->nopen > base)
		unopen(c, &c->open[--c->nopen]);
	join_texts(c->a, parent);
	c->top = top;
}

void
segment_canonical(struct arena *a, struct md_node *parent, const struct segment_shape *shape,
    struct place place, struct diags *d)
{
	struct canonical c = { .a = a, .shape = shape, .place = place, .d = d };

	canonical_children(&c, parent);
}

struct md_node *
segment_read(struct arena *a, struct view text, const struct segment_shape *shape)
{
	bool ready;
	struct md_node *m = markdown_inlines(a, text, shape->notes, shape->nnotes, shape->ndests, &ready);

	if (!ready)
		segment_canonical(a, m, shape, PLACE_NONE, NULL);
	return m;
}
