/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong or suspicious in translations: the round over a catalog. The checks are in audit_text.c and its siblings. */
#include "job/audit.h"

#include "base/fast.h"
#include "format/yaml.h"
#include "job/audit_text.h"
#include "model/exceptions.h"

static bool
is_translated(const struct match *m)
{
	return m->entry && (m->entry->target.n > 0 || m->entry->plural);
}

/* Faults that a change of the source makes by itself. */
static bool
may_be_outdated(enum segment_fault fault)
{
	return fault == SEGMENT_TAG || fault >= SEGMENT_LINKS;
}

static enum diag_id
row_of(enum segment_fault fault)
{
	static const enum diag_id rows[] = {
		[SEGMENT_TOO_LONG] = DIAG_withheld_long, [SEGMENT_CONTROL] = DIAG_withheld_control,
		[SEGMENT_BIDI] = DIAG_withheld_bidi, [SEGMENT_TAG] = DIAG_withheld_tag,
		[SEGMENT_ADDRESS] = DIAG_withheld_address, [SEGMENT_LINKS] = DIAG_withheld_links,
		[SEGMENT_NOTES] = DIAG_withheld_notes, [SEGMENT_CODE] = DIAG_withheld_code,
		[SEGMENT_NUMBER] = DIAG_withheld_number, [SEGMENT_PLACEHOLDER] = DIAG_withheld_placeholder,
	};

	return rows[fault];
}

/* The lines of content/exceptions.yaml that would let a translation pass. */
static void
advise(const struct audit *a, struct arena *scratch, const struct merge_verdict *v, struct diags *d)
{
	diag_note(d, "the lines for content/exceptions.yaml, with a reason:\n%.*s",
	    VIEW_ARG(exceptions_lines(scratch, a->language, a->key, v->source, v->target, v->faults)));
}

void
audit_withheld(const struct audit *a, struct arena *scratch, struct diags *d)
{
	struct merge_place at = { a->site, a->language, a->page, a->key };

	for (size_t i = 0; a->catalog && i < a->nsegments; i++) {
		const struct match *m = &a->matches[i];
		struct arena_mark mark = arena_mark(scratch);
		struct merge_verdict v = { .why = WITHHELD_MISSING };
		bool outdated;

		if (is_translated(m))
			v = merge_judge(scratch, &at, &a->segments[i], m, NULL);
		if (v.why == WITHHELD_LOCK) {
			outdated = m->outdated && may_be_outdated(v.fault);
			diag_add(d, outdated ? DIAG_withheld_outdated : row_of(v.fault), m->entry->target_place,
			    (const struct view[DIAG_ARGS]){ v.what });
			if (a->lines && !outdated && v.faults)
				advise(a, scratch, &v, d);
		}
		arena_rewind(scratch, mark);
	}
}

static struct view
name_of(const struct audit *a)
{
	if (a->page)
		return a->page->file;
	return a->nsegments ? a->segments[0].place.file : a->catalog->file;
}

static void
unused_entries(const struct audit *a, const bool *used, struct diags *d)
{
	for (size_t i = 0; i < a->catalog->nlive; i++)
		if (!used[i])
			diag(d, audit_unused, a->catalog->entries[i].place, name_of(a));
}

/* The forms of a plural: a placeholder that the source has not. */
static void
plural_forms(const struct audit_pair *p)
{
	for (const struct yaml *form = p->entry->plural->child; form; form = form->next) {
		struct facts f;

		if (form->kind != YAML_SCALAR)
			continue;
		facts_read(&f, p->scratch, form->text, NULL);
		for (size_t i = 0; i < f.placeholders.n; i++) {
			struct view name = LIST_AT(&f.placeholders, struct fact, i)->text;
			bool there = false;

			for (size_t k = 0; k < p->in.placeholders.n; k++)
				there |= view_eq(LIST_AT(&p->in.placeholders, struct fact, k)->text, name);
			if (!there)
				diag(p->diags, audit_placeholder, yaml_place(form, p->audit->catalog->file), name);
		}
	}
}

static const struct md_node *
read_tree(const struct audit_pair *p, struct view text, const struct md_node *source)
{
	struct segment_shape shape = { .notes = p->segment->notes, .nnotes = p->segment->nnotes };

	if (p->segment->plain || segment_is_plain(text) || text.n > SEGMENT_MAX_BYTES)
		return NULL;
	if (p->audit->page)
		shape = page_shape(p->audit->page, p->segment, p->scratch);
	shape.source = source;
	return segment_read(p->scratch, text, &shape);
}

/* Whether source and target surely hold no mark, number, address or tag: they are all words. */
static bool
are_words(const struct audit_pair *p)
{
	bool known = view_eq(p->source, p->segment->source) && p->segment->quiet && !p->segment->tree;
	struct facts_look look = p->entry->look;

	if (!look.even)
		look = facts_look(p->entry->target);
	if (!look.calm || !look.plain)
		return false;
	if (!known)
		look = facts_look(p->source);
	return look.calm && look.plain;
}

static void
look_at(struct audit_pair *p)
{
	struct view target = p->entry->target;

	if (fast(FAST_LOCKS) && !p->entry->plural && are_words(p)) {
		p->in.plain = p->source;
		p->out.plain = target;
		audit_same(p);
		audit_script(p);
		audit_hosts(p);
		audit_terms(p);
		return;
	}
	p->source_tree = read_tree(p, p->source, NULL);
	facts_read(&p->in, p->scratch, p->source, p->source_tree);
	if (p->entry->plural) {
		plural_forms(p);
		return;
	}
	p->target_tree = read_tree(p, target, p->source_tree);
	facts_read(&p->out, p->scratch, target, p->target_tree);
	audit_emphasis(p);
	audit_numbers(p);
	audit_same(p);
	audit_script(p);
	audit_hosts(p);
	audit_pictures(p);
	audit_terms(p);
}

/* An alternative that is missing while the page is translated: who does not see the picture reads another language. */
static void
missing_alternatives(const struct audit *a, struct diags *d)
{
	bool any = false;

	for (size_t i = 0; i < a->nsegments && !any; i++)
		any = is_translated(&a->matches[i]);
	for (size_t i = 0; any && i < a->nsegments; i++) {
		const struct segment *s = &a->segments[i];
		const struct match *m = &a->matches[i];

		if (s->role == SEGMENT_ALT && s->source.n && !is_translated(m))
			diag(d, audit_alt, m->entry ? m->entry->place : place_file(a->catalog->file),
			    view_printf(&d->arena, "'%.*s'", VIEW_ARG(s->source)));
	}
}

void
audit_suspicious(const struct audit *a, const bool *used, struct arena *scratch, struct diags *d)
{
	if (!a->catalog)
		return;
	if (used)
		unused_entries(a, used, d);
	missing_alternatives(a, d);
	for (size_t i = 0; i < a->nsegments; i++) {
		const struct match *m = &a->matches[i];
		struct arena_mark mark = arena_mark(scratch);
		struct audit_pair p = { .audit = a, .segment = &a->segments[i], .entry = m->entry,
			.source = a->segments[i].source, .scratch = scratch, .diags = d };

		if (!is_translated(m))
			continue;
		if (m->outdated)
			p.source = m->entry->was.n ? m->entry->was : m->entry->source;
		look_at(&p);
		arena_rewind(scratch, mark);
	}
}
