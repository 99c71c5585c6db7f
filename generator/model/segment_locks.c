/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Locks: what a translation may not change. facts.c finds what there is; here it is compared. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "model/segment_alike.h"
#include "model/facts.h"

enum { LOCKED_DIGITS = 5, SHOWN_MAX = 120 };

/* How often things may stand in the target. */
enum rule {
	RULE_SAME,	/* as often as in the source */
	RULE_USED,	/* at least once if in the source, else never */
};

static int
compare_facts(const void *x, const void *y)
{
	return view_cmp(((const struct fact *)x)->text, ((const struct fact *)y)->text);
}

/* The facts in order of their text: a copy, but for none or one. */
static const struct fact *
sorted(struct arena *a, const struct list *l)
{
	struct fact *copy = l->items;

	if (l->n > 1) {
		copy = memcpy(arena_array(a, l->n, sizeof *copy), l->items, l->n * sizeof *copy);
		qsort(copy, l->n, sizeof *copy, compare_facts);
	}
	return copy;
}

static size_t
run_length(const struct fact *f, size_t at, size_t n)
{
	size_t i = at;

	while (i < n && view_eq(f[i].text, f[at].text))
		i++;
	return i - at;
}

/* A fact as messages show it. */
static struct view
shown(struct arena *a, const char *form, struct view text)
{
	struct view head = utf8_head(text, SHOWN_MAX);

	return view_printf(a, form, VIEW_ARG(head), head.n < text.n ? "..." : "");
}

/* What differs between two lists, as a phrase for a message; empty when nothing does. form prints a text and "...". */
static struct view
difference(struct arena *a, const struct list *source, const struct list *target, enum rule rule, const char *form)
{
	const struct fact *s, *t;
	struct view added = VIEW_NONE, lost = VIEW_NONE;
	size_t i = 0, k = 0;

	if (source->n == 0 && target->n == 0)
		return VIEW_NONE;
	s = sorted(a, source);
	t = sorted(a, target);
	while (i < source->n || k < target->n) {
		int order = i == source->n ? 1 : k == target->n ? -1 : compare_facts(&s[i], &t[k]);
		size_t ns = order <= 0 ? run_length(s, i, source->n) : 0;
		size_t nt = order >= 0 ? run_length(t, k, target->n) : 0;
		bool differs = rule == RULE_SAME ? ns != nt : !ns != !nt;

		if (differs && nt > ns && !added.n)
			added = view_printf(a, "%.*s %s", VIEW_ARG(shown(a, form, t[k].text)),
			    ns ? "stands more often than in the source" : "is not in the source");
		else if (differs && nt < ns && !lost.n)
			lost = view_printf(a, "%.*s %s", VIEW_ARG(shown(a, form, s[i].text)),
			    nt ? "stands less often than in the source" : "is missing");
		i += ns;
		k += nt;
	}
	if (added.n && lost.n)
		return view_printf(a, "%.*s, %.*s", VIEW_ARG(added), VIEW_ARG(lost));
	return added.n ? added : lost;
}

#define QUOTED "'%.*s%s'"

/* A link or image whose address is none of the source's. */
static struct view
unknown_address(struct arena *a, const struct list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct fact *f = LIST_AT(l, struct fact, i);

		if (f->dest == 0)
			return view_printf(a, "%.*s is not in the source", VIEW_ARG(shown(a, QUOTED, f->text)));
	}
	return VIEW_NONE;
}

static struct view
other_address(struct arena *a, const struct facts *s, const struct facts *t)
{
	struct view what = unknown_address(a, &t->links);

	if (!what.n)
		what = unknown_address(a, &t->images);
	return what.n ? what : difference(a, &s->addresses, &t->addresses, RULE_USED, QUOTED);
}

/* Whether the text was typed just so, with no backslash before it: then it was meant as a tag. */
static bool
typed(struct view text, struct view tag)
{
	size_t at = 0;

	while (at < text.n) {
		size_t found = at + view_search(view_slice(text, at, text.n), tag);

		if (found >= text.n)
			return false;
		if (found == 0 || text.p[found - 1] != '\\')
			return true;
		at = found + 1;
	}
	return false;
}

/* Raw tags: those that were read as tags, and those that were refused and became text (segment_canonical). */
static struct view
other_tag(struct arena *a, const struct facts *s, const struct facts *t, struct view target)
{
	struct view what = difference(a, &s->tags, &t->tags, RULE_SAME, "'<%.*s%s>'");

	for (size_t i = 0; i < t->taglike.n && !what.n; i++) {
		struct view tag = LIST_AT(&t->taglike, struct fact, i)->text;
		bool there = false;

		for (size_t k = 0; k < s->taglike.n && !there; k++)
			there = view_eq(LIST_AT(&s->taglike, struct fact, k)->text, tag);
		if (!there && typed(target, tag))
			what = view_printf(a, "%.*s is not in the source, or not closed", VIEW_ARG(shown(a, QUOTED, tag)));
	}
	return what;
}

static struct view
other_dest(struct arena *a, const struct facts *s, const struct facts *t)
{
	struct view what = difference(a, &s->links, &t->links, RULE_USED, QUOTED);

	return what.n ? what : difference(a, &s->images, &t->images, RULE_SAME, QUOTED);
}

static struct list
long_numbers(struct arena *a, const struct list *numbers)
{
	struct list found = LIST_OF(struct fact);

	for (size_t i = 0; i < numbers->n; i++) {
		const struct fact *f = LIST_AT(numbers, struct fact, i);

		if (f->text.n >= LOCKED_DIGITS)
			*(struct fact *)list_push(&found, a) = *f;
	}
	return found;
}

static struct view
other_number(struct arena *a, const struct facts *s, const struct facts *t)
{
	struct list source = long_numbers(a, &s->numbers), target = long_numbers(a, &t->numbers);

	return difference(a, &source, &target, RULE_SAME, QUOTED);
}

/* What of one kind differs, as a phrase for a message; empty when nothing does. */
static struct view
differing(struct arena *a, enum segment_fault kind, const struct facts *s, const struct facts *t, struct view target)
{
	switch (kind) {
	case SEGMENT_TAG:
		return other_tag(a, s, t, target);
	case SEGMENT_ADDRESS:
		return other_address(a, s, t);
	case SEGMENT_LINKS:
		return other_dest(a, s, t);
	case SEGMENT_NOTES:
		return difference(a, &s->notes, &t->notes, RULE_SAME, QUOTED);
	case SEGMENT_CODE:
		return difference(a, &s->code, &t->code, RULE_SAME, QUOTED);
	case SEGMENT_NUMBER:
		return other_number(a, s, t);
	case SEGMENT_PLACEHOLDER:
		return difference(a, &s->placeholders, &t->placeholders, RULE_SAME, QUOTED);
	case SEGMENT_FINE:
	case SEGMENT_TOO_LONG:
	case SEGMENT_CONTROL:
	case SEGMENT_BIDI:
		break;
	}
	return VIEW_NONE;
}

enum segment_fault
segment_locks(struct arena *a, struct view source, const struct md_node *source_tree,
    struct view target, const struct md_node *target_tree, unsigned passed, struct view *what)
{
	struct facts s, t;

	*what = VIEW_NONE;
	if (target.n > SEGMENT_MAX_BYTES) {
		*what = view_printf(a, "%zu bytes, at most %d", target.n, SEGMENT_MAX_BYTES);
		return SEGMENT_TOO_LONG;
	}
	if (segment_alike(source, source_tree, target, target_tree))
		return SEGMENT_FINE;
	facts_read(&t, a, target, target_tree);
	if (t.bad && !(t.bidi && (passed & 1u << SEGMENT_BIDI))) {
		*what = view_printf(a, "U+%04X", (unsigned)t.bad);
		return t.bidi ? SEGMENT_BIDI : SEGMENT_CONTROL;
	}
	if (view_eq(source, target))
		return SEGMENT_FINE;
	facts_read(&s, a, source, source_tree);
	for (int kind = SEGMENT_TAG; kind <= SEGMENT_PLACEHOLDER; kind++)
		if (!(passed & 1u << kind) && (*what = differing(a, (enum segment_fault)kind, &s, &t, target)).n)
			return (enum segment_fault)kind;
	return SEGMENT_FINE;
}
