/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a translation may be shown: its state, its locks, and what the editor admits. */
#include "format/yaml.h"
#include "job/merge.h"
#include "model/exceptions.h"

/* A target beside its source. */
struct pair {
	const struct merge_place *at;
	const struct segment *segment;
	struct view source, target;
	const struct catalog_entry *known;	/* whose target it is, or NULL: a plural form */
	bool plain_source, plain_target;	/* by their bytes */
	const struct md_node *source_tree, *target_tree;	/* NULL where there is no Markdown */
	struct view older;		/* the source that an outdated target was made from, or empty */
};

static struct segment_shape
shape_of(const struct pair *p, struct arena *a)
{
	if (p->at->page)
		return page_shape(p->at->page, p->segment, a);
	return (struct segment_shape){ .notes = p->segment->notes, .nnotes = p->segment->nnotes };
}

/* A translation may use the tags of its source only; with `free`, all that a source may. */
static void
read_trees(struct pair *p, struct arena *a, bool free)
{
	static const struct md_node none = { .kind = MD_PARAGRAPH };
	struct segment_shape shape = shape_of(p, a);

	if (!p->source_tree && !p->plain_source)
		p->source_tree = segment_read(a, p->source, &shape);
	if (p->plain_target)
		return;
	shape.source = free ? NULL : p->source_tree ? p->source_tree : &none;
	p->target_tree = segment_read(a, p->target, &shape);
}

/* Whether the source has changed only in what no lock holds: what was admitted for the older one is still so. */
static bool
changed_in_words_alone(const struct pair *p, struct arena *a)
{
	struct segment_shape shape = shape_of(p, a);
	const struct md_node *tree = NULL;
	struct view what;

	if (!p->segment->plain && !segment_is_plain(p->older))
		tree = segment_read(a, p->older, &shape);
	return segment_locks(a, p->older, tree, p->source, p->source_tree, 0, &what) == SEGMENT_FINE;
}

static bool
is_admitted(const struct pair *p, struct arena *a, enum segment_fault fault)
{
	const struct merge_place *at = p->at;
	const struct exceptions *x = at->site->exceptions;

	if (exceptions_admit(x, at->language, at->key, p->source, p->target, fault))
		return true;
	return p->older.n && exceptions_admit(x, at->language, at->key, p->older, p->target, fault) &&
	    changed_in_words_alone(p, a);
}

/* What else differs beside the faults that are known. */
static unsigned
more_faults(struct arena *a, const struct pair *p, unsigned known)
{
	enum segment_fault fault;
	struct view what;

	while ((fault = segment_locks(a, p->source, p->source_tree, p->target, p->target_tree, known, &what)) > SEGMENT_CONTROL)
		known |= 1u << fault;
	return known;
}

/* The first fault that nobody admits. */
static enum segment_fault
judge_pair(struct arena *a, struct pair *p, struct merge_verdict *v)
{
	unsigned passed = 0;
	enum segment_fault fault = SEGMENT_FINE;
	const struct segment *s = p->segment;
	bool fine;

	/* the length first: nothing longer is worth reading */
	if (!s->plain && p->target.n <= SEGMENT_MAX_BYTES) {
		/* a quiet source is a page's: no tree means that it is plain */
		p->plain_source = !p->source_tree && ((s->quiet && !s->tree) || segment_is_plain(p->source));
		p->plain_target = p->known ? catalog_plain(p->known) : segment_is_plain(p->target);
		if (!(p->plain_source && p->plain_target))
			read_trees(p, a, false);
	}
	fine = segment_surely_fine(s, p->target, p->target_tree, p->known && p->known->look.calm);
	while (!fine) {
		fault = segment_locks(a, p->source, p->source_tree, p->target, p->target_tree, passed, &v->what);
		if (fault == SEGMENT_FINE || !is_admitted(p, a, fault))
			break;
		passed |= 1u << fault;
		if (fault == SEGMENT_TAG && p->target_tree)
			read_trees(p, a, true);
	}
	if (fault > SEGMENT_CONTROL)
		v->faults = more_faults(a, p, passed | 1u << fault);
	v->admitted |= fault == SEGMENT_FINE && passed;
	v->source = p->older.n ? p->older : p->source;
	v->target = p->target;
	v->tree = fault == SEGMENT_FINE ? p->target_tree : NULL;
	return fault;
}

/* Each form of a plural is compared with the source's `other`; the forms for one or two may do without the number. */
static enum segment_fault
judge_plural(struct arena *a, struct pair *p, const struct yaml *plural, struct merge_verdict *v)
{
	for (const struct yaml *form = plural->child; form; form = form->next) {
		enum segment_fault fault;

		if (form->kind != YAML_SCALAR)
			continue;
		p->target = segment_normal(a, form->text);
		fault = judge_pair(a, p, v);
		if (fault != SEGMENT_FINE && (fault != SEGMENT_PLACEHOLDER || view_is(form->key, "other")))
			return fault;
	}
	v->tree = NULL;
	return SEGMENT_FINE;
}

/* What is held back unread has its exceptions all the same. */
static void
keep_exceptions(struct arena *a, const struct merge_place *at, const struct catalog_entry *e)
{
	const struct exceptions *x = at->site->exceptions;

	if (!x || x->all.n == 0)
		return;
	for (int older = 0; older < 2; older++) {
		struct view source = older ? e->was : e->source;

		exceptions_keep(x, at->language, at->key, source, e->target);
		for (const struct yaml *form = e->plural ? e->plural->child : NULL; form; form = form->next)
			if (form->kind == YAML_SCALAR)
				exceptions_keep(x, at->language, at->key, source, segment_normal(a, form->text));
	}
}

struct merge_verdict
merge_judge(struct arena *a, const struct merge_place *at, const struct segment *s, const struct match *m,
    const struct md_node *source_tree)
{
	const struct catalog_entry *e = m->entry;
	struct merge_verdict v = { .why = WITHHELD_NOT };
	struct pair p = { .at = at, .segment = s, .source = s->source, .source_tree = source_tree };

	if (!e || (e->target.n == 0 && !e->plural)) {
		v.why = WITHHELD_MISSING;
	} else if (!at->site->publish[e->state]) {
		v.why = WITHHELD_STATE;
	} else if (m->outdated && (s->critical || (at->page && at->page->critical))) {
		v.why = WITHHELD_CRITICAL;
	} else {
		p.target = e->target;
		p.known = e->plural ? NULL : e;
		if (m->outdated)
			p.older = e->was.n ? e->was : e->source;
		v.fault = e->plural ? judge_plural(a, &p, e->plural, &v) : judge_pair(a, &p, &v);
		v.why = v.fault == SEGMENT_FINE ? WITHHELD_NOT : WITHHELD_LOCK;
	}
	if (v.why == WITHHELD_STATE || v.why == WITHHELD_CRITICAL)
		keep_exceptions(a, at, e);
	return v;
}
