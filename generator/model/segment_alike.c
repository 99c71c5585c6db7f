/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Most translations keep what their source holds, in its order: that is seen by walking both trees once, side by side. */
#include "model/segment_alike.h"

#include "base/fast.h"
#include "model/facts.h"

/* A walk over the nodes of a tree, in the order of the text. */
struct stroll {
	const struct md_node *top, *at;
	bool known;	/* nothing is asked of its words */
	bool calm;	/* its words are pieces of a text that is calm */
	char last;	/* of the words that were passed, or NUL */
	bool odd;	/* something that only the long way can judge */
};

static const struct md_node *
following(const struct stroll *s)
{
	const struct md_node *m = s->at;

	if (m->child)
		return m->child;
	while (m != s->top && !m->next)
		m = m->parent;
	return m == s->top ? NULL : m->next;
}

/* Words are looked at node by node; what two nodes could make together ("w" and "ww.", ":" and "//") is odd. */
static void
pass_text(struct stroll *s, struct view text)
{
	if (s->known)
		return;
	if (text.n && (((s->last | 0x20) == 'w' && (text.p[0] | 0x20) == 'w') || (s->last == ':' && text.p[0] == '/')))
		s->odd = true;
	if (!s->calm && !facts_none(text))
		s->odd = true;
	if (text.n)
		s->last = text.p[text.n - 1];
}

/* Goes on to the next thing that a lock holds; NULL at the end, or when something is odd. */
static const struct md_node *
next_thing(struct stroll *s)
{
	bool bidi;

	while (s->at && !s->odd && (s->at = following(s)) != NULL) {
		const struct md_node *m = s->at;

		switch (m->kind) {
		case MD_TEXT:
			pass_text(s, m->text);
			break;
		case MD_CODE:
			s->odd |= !s->calm && facts_forbidden(m->text, &bidi) != 0;
			return m;
		case MD_LINK:
		case MD_IMAGE:
			s->odd |= m->dest == 0;
			return m;
		case MD_NOTE_REF:
			return m;
		case MD_EMPH:
		case MD_STRONG:
		case MD_STRIKE:
		case MD_SOFT_BREAK:
		case MD_HARD_BREAK:
			break;
		default:
			s->odd = true;
			break;
		}
	}
	return NULL;
}

/* A thing as bytes. */
struct thing {
	uint32_t kind, dest;
	uint32_t n;	/* of its text, which follows */
};

static struct thing
thing_of(const struct md_node *m)
{
	bool link = m->kind == MD_LINK || m->kind == MD_IMAGE;

	return (struct thing){ m->kind, link ? m->dest : 0, link ? 0 : (uint32_t)m->text.n };
}

struct view
segment_things(struct arena *a, const struct md_node *tree)
{
	struct stroll s = { .top = tree, .at = tree, .known = true };
	const struct md_node *m;
	struct view things;
	struct buf b;

	buf_init(&b);
	while ((m = next_thing(&s)) != NULL) {
		struct thing t = thing_of(m);

		buf_add(&b, &t, sizeof t);
		buf_add(&b, m->text.p, t.n);
	}
	things = b.n ? view_copy(a, view_buf(&b)) : VIEW_NONE;
	buf_release(&b);
	return things;
}

/* Takes a thing off; false if another one stands there. */
static bool
take_thing(struct view *things, const struct md_node *m)
{
	struct thing t = thing_of(m);

	if (things->n < sizeof t + t.n || memcmp(things->p, &t, sizeof t) != 0 || (t.n && memcmp(things->p + sizeof t, m->text.p, t.n) != 0))
		return false;
	*things = view_slice(*things, sizeof t + t.n, things->n);
	return true;
}

static bool
same_thing(const struct md_node *x, const struct md_node *y)
{
	if (!x || !y)
		return x == y;
	if (x->kind != y->kind)
		return false;
	return x->kind == MD_LINK || x->kind == MD_IMAGE ? x->dest == y->dest : view_eq(x->text, y->text);
}

/* Walks both side by side. A text without a tree is plain: nothing but words. */
static bool
alike(struct stroll *s, struct stroll *t)
{
	const struct md_node *x, *y;

	do {
		x = next_thing(s);
		y = next_thing(t);
	} while (x && same_thing(x, y) && !s->odd && !t->odd);
	return !x && !y && !s->odd && !t->odd;
}

static struct stroll
stroll_of(const struct md_node *tree)
{
	return (struct stroll){ .top = tree, .at = tree };
}

bool
segment_alike(struct view source, const struct md_node *source_tree, struct view target, const struct md_node *target_tree)
{
	struct stroll s = stroll_of(source_tree), t = stroll_of(target_tree);

	return (target_tree || facts_none(target)) && (source_tree || facts_none(source)) && alike(&s, &t);
}

bool
segment_quiet(struct view text, const struct md_node *tree)
{
	struct stroll s = stroll_of(tree);

	if (!tree)
		return facts_none(text);
	while (next_thing(&s))
		continue;
	return fast(FAST_LOCKS) && !s.odd;
}

bool
segment_surely_fine(const struct segment *source, struct view target, const struct md_node *target_tree, bool calm)
{
	struct stroll t = stroll_of(target_tree);
	struct view things = source->things;
	const struct md_node *m;

	if (!source->quiet || target.n > SEGMENT_MAX_BYTES || !(target_tree || calm || facts_none(target)))
		return false;
	/* calm speaks of the bytes alone: what escapes part (":\\//") may be an address once they are gone, and entities bring in more */
	t.calm = target_tree && calm && view_find(target, '\\') == target.n && view_find(target, '&') == target.n;
	while ((m = next_thing(&t)) != NULL)
		if (t.odd || !take_thing(&things, m))
			return false;
	return !t.odd && !things.n;
}
