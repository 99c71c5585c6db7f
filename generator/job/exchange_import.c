/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file says against what the catalogs say. */
#include "base/utf8.h"
#include "format/charset.h"
#include "format/csv.h"
#include "job/exchange_parts.h"
#include "model/exceptions.h"

/* One file being taken over. */
struct import {
	struct exchange *x;
	const struct exchange_file *f;
	const struct exchange_message *m;
	struct exchange_found found;
	struct list clashes;	/* of struct exchange_clash */
	struct diags *d;
};

static struct place
place_of(const struct import *in)
{
	return place_at(in->f->name, in->m->line, in->m->line != 0, 0);
}

/* What the file says of an item, the form of the file put aside. */
struct theirs {
	struct view target;
	bool fuzzy;		/* not to be shown as it is */
	bool cleared;		/* a person took back that it was not to be shown */
	bool stray;		/* it is not the picture that its source is */
	enum state state;
};

static bool
needs_work(const struct exchange_item *it)
{
	return it->target.n && (it->outdated || it->state < STATE_TRANSLATED);
}

/* PO: the flag decides; the comment says which state it was. */
static void
read_flag(const struct import *in, const struct exchange_item *it, struct theirs *t)
{
	const struct exchange_message *m = in->m;
	bool was_ready = m->stamped && !m->stamp.missing && !m->stamp.outdated && m->stamp.state >= STATE_TRANSLATED;

	t->fuzzy = m->fuzzy;
	t->state = m->fuzzy ? STATE_DRAFT : STATE_TRANSLATED;
	if (m->fuzzy && (!state_parse(m->state, &t->state) || t->state >= STATE_TRANSLATED))
		t->state = it->outdated && m->was.n && it->state >= STATE_TRANSLATED ? STATE_TRANSLATED : STATE_DRAFT;
	t->cleared = !m->fuzzy && m->stamped && !was_ready && !m->stamp.missing;
}

/* Tables: the word that stands there when nobody changed it says nothing of a new text. */
static void
read_word(const struct import *in, const struct exchange_item *it, struct theirs *t, bool same_text)
{
	const struct exchange_message *m = in->m;
	const char *before = exchange_state_word(it);
	struct view word = m->state;
	bool untouched;

	if (m->stamped)
		before = m->stamp.missing ? "missing" : m->stamp.outdated ? "outdated" : state_name(m->stamp.state);
	if (m->stamped && m->stamp.conflict)
		before = "conflict";
	untouched = word.n == 0 || view_is(word, before) || view_is(word, "missing");
	t->state = STATE_TRANSLATED;
	if (untouched) {
		t->fuzzy = same_text && needs_work(it);
		t->state = t->fuzzy ? it->state : STATE_TRANSLATED;
		return;
	}
	if (!view_is(word, "outdated") && !state_parse(word, &t->state)) {
		diag(in->d, catalog_state, place_of(in), word);
		t->state = STATE_DRAFT;
	}
	t->fuzzy = view_is(word, "outdated") || t->state < STATE_TRANSLATED;
	t->cleared = !t->fuzzy;
	if (t->state > STATE_TRANSLATED)
		t->state = STATE_TRANSLATED;
}

static struct theirs
read_theirs(const struct import *in, const struct exchange_item *it)
{
	struct theirs t = { .target = in->m->target };

	if (in->found.bare)
		t.target = exchange_without_mark(t.target);
	t.stray = in->found.picture && t.target.n && !exchange_picture(in->x->arena, t.target, it, &t.target);
	if (in->f->kind == EXCHANGE_PO) {
		read_flag(in, it, &t);
	} else if (in->f->kind == EXCHANGE_CSV) {
		read_word(in, it, &t, view_eq(t.target, it->target));
	} else {
		t.state = STATE_TRANSLATED;
		if (in->m->state.n && !state_parse(in->m->state, &t.state)) {
			diag(in->d, catalog_state, place_of(in), in->m->state);
			t.state = STATE_DRAFT;
		}
		if (t.state > STATE_TRANSLATED)
			t.state = STATE_TRANSLATED;
		t.fuzzy = in->m->fuzzy || t.state < STATE_TRANSLATED;
		t.cleared = !t.fuzzy && (!in->m->has_base || view_eq(in->m->base, it->target));
	}
	return t;
}

/* The text as the catalog is to have it: addresses that other programs wrote become the source's numbers. */
static struct view
normal_target(struct arena *a, const struct exchange_item *it, struct view text)
{
	const struct page *page = it->unit->page;
	struct segment_shape shape;
	struct view written;

	if (it->segment->plain || !page || it->segment->ndests == 0 || text.n > SEGMENT_MAX_BYTES ||
	    (view_search(text, VIEW("](")) == text.n && view_find(text, '<') == text.n))
		return text;
	shape = page_shape(page, it->segment, a);
	shape.source = segment_read(a, it->segment->source, &shape);
	return segment_write(a, segment_read(a, text, &shape), &shape, &written) ? written : text;
}

static const char *
fault_words(enum segment_fault fault)
{
	static const char *const words[] = { [SEGMENT_FINE] = "", [SEGMENT_TOO_LONG] = "it is too long",
		[SEGMENT_CONTROL] = "it holds a control character", [SEGMENT_BIDI] = "it holds a character that can reorder or hide text",
		[SEGMENT_TAG] = "tags differ", [SEGMENT_ADDRESS] = "addresses differ", [SEGMENT_LINKS] = "links differ",
		[SEGMENT_NOTES] = "footnote marks differ", [SEGMENT_CODE] = "code differs", [SEGMENT_NUMBER] = "numbers differ",
		[SEGMENT_PLACEHOLDER] = "placeholders differ" };

	return words[fault];
}

/* What the build would say of a target. An older one is compared with its own source. */
static struct merge_verdict
judged(const struct import *in, const struct exchange_item *it, struct view target, bool older)
{
	struct site site = in->x->world->site;
	struct segment s = *it->segment;
	struct catalog_entry e = { .target = target, .state = STATE_REVIEWED };
	struct match match = { .entry = &e };
	struct merge_place at = { &site, in->x->language, it->unit->page, it->unit->key };

	site.publish[STATE_REVIEWED] = true;
	if (older && it->was.n) {
		s.source = it->was;
		s.quiet = false;	/* nobody has looked at that one */
	}
	e.source = s.source;
	return merge_judge(in->x->arena, &at, &s, &match, NULL);
}

/* A text that holds the locks of the new source and not those of the old one was written for the new, whatever its mark says. */
static bool
fits_only_now(const struct import *in, const struct exchange_item *it, struct view target)
{
	return judged(in, it, target, true).why == WITHHELD_LOCK && judged(in, it, target, false).why != WITHHELD_LOCK;
}

/* Locks, as the build has them: what would not be shown is not taken. */
static bool
locked(const struct import *in, const struct exchange_item *it, struct view target, bool older)
{
	struct arena *a = in->x->arena;
	struct merge_verdict v = judged(in, it, target, older);

	if (v.why != WITHHELD_LOCK)
		return false;
	if (v.fault == SEGMENT_PLACEHOLDER && it->form.n && !view_is(it->form, "other"))
		return false;
	diag(in->d, import_refused, place_of(in), view_printf(a, "%s: %.*s", fault_words(v.fault), VIEW_ARG(v.what)));
	if (v.faults)
		diag_note(in->d, "if it is right, the lines for content/exceptions.yaml, with a reason:\n%.*s",
		    VIEW_ARG(exceptions_lines(a, in->x->language, it->unit->key, v.source, v.target, v.faults)));
	return true;
}

/* The note as it is to be; *clash when both sides changed it. Empty: it stays. */
static struct view
merge_note(const struct import *in, const struct exchange_item *it, bool *clash)
{
	struct view ours = segment_normal(in->x->arena, it->note), theirs = in->m->note;

	*clash = false;
	if (theirs.n == 0 || view_eq(ours, theirs))
		return VIEW_NONE;
	if (in->m->stamped && exchange_note_digest(theirs) == in->m->stamp.note)
		return VIEW_NONE;
	*clash = ours.n && !(in->m->stamped && exchange_note_digest(ours) == in->m->stamp.note);
	return theirs;
}

/* Whether the other side may replace the text: nobody has changed ours since the file was made, or there was none. */
enum side { SIDE_OURS, SIDE_THEIRS, SIDE_BOTH };

static enum side
who_changed(const struct import *in, const struct exchange_item *it, struct view target)
{
	const struct exchange_message *m = in->m;

	if (it->touched)
		return SIDE_BOTH;
	if (it->target.n == 0)
		return SIDE_THEIRS;
	if (m->stamped) {
		if (exchange_target_digest(target) == m->stamp.target)
			return SIDE_OURS;
		return exchange_target_digest(it->target) == m->stamp.target ? SIDE_THEIRS : SIDE_BOTH;
	}
	if (m->has_base)
		return view_eq(target, m->base) ? SIDE_OURS : view_eq(it->target, m->base) ? SIDE_THEIRS : SIDE_BOTH;
	return it->state == STATE_MACHINE ? SIDE_THEIRS : SIDE_BOTH;
}

static struct view
shortened(struct arena *a, struct view v)
{
	enum { SHOWN = 200 };
	struct view head = utf8_head(v, SHOWN);

	return head.n < v.n ? view_printf(a, "%.*s...", VIEW_ARG(head)) : v;
}

static enum exchange_result
conflict(struct import *in, struct exchange_item *it, struct view target)
{
	struct arena *a = in->x->arena;

	if (it->touched) {
		diag(in->d, import_twice, place_of(in), view_printf(a, "%u", it->by_line));
		if (!view_eq(it->by_file, in->f->name))
			diag_note(in->d, "the other one is in '%.*s'", VIEW_ARG(it->by_file));
		return EXCHANGE_REFUSED;
	}
	diag(in->d, import_conflict, place_of(in), shortened(a, it->source), shortened(a, it->target),
	    shortened(a, target));
	*(struct exchange_clash *)list_push(&in->clashes, a) = (struct exchange_clash){ it, target };
	return EXCHANGE_CONFLICT;
}

static enum exchange_result
apply(struct import *in, struct exchange_item *it, const struct exchange_change *c)
{
	bool new_text = !view_eq(it->target, c->target), added = it->target.n == 0 && c->target.n;

	it->by = in->m->by;
	if (!exchange_apply(in->x, it, c, in->d))
		return EXCHANGE_REFUSED;
	if (new_text) {
		it->touched = true;
		it->by_file = in->f->name;
		it->by_line = in->m->line;
	}
	return added ? EXCHANGE_ADDED : EXCHANGE_CHANGED;
}

/* The text is the same on both sides: what remains is its state, and the note. */
static enum exchange_result
same_text(struct import *in, struct exchange_item *it, const struct theirs *t)
{
	struct exchange_change c = { it->target, it->state, it->outdated, VIEW_NONE, false };

	c.note = merge_note(in, it, &c.clash);
	if (it->target.n && t->fuzzy && !needs_work(it) && !in->found.older)
		diag(in->d, import_doubt, place_of(in));
	if (needs_work(it) && t->cleared && !in->found.older) {
		c.outdated = false;
		c.state = t->state;
	} else if (needs_work(it) && t->fuzzy && it->state == STATE_MACHINE && t->state == STATE_DRAFT &&
	    view_is(in->m->state, "draft")) {
		c.state = STATE_DRAFT;
	}
	if (c.note.n == 0 && c.state == it->state && c.outdated == it->outdated)
		return EXCHANGE_UNCHANGED;
	return apply(in, it, &c);
}

static enum exchange_result
import_item(struct import *in, struct exchange_item *it)
{
	struct theirs t = read_theirs(in, it);
	struct exchange_change c = { .state = t.state };
	bool open_conflict = in->m->stamped && in->m->stamp.conflict &&
	    (in->f->kind == EXCHANGE_CSV ? view_is(in->m->state, "conflict") : t.fuzzy);
	enum side side;

	if (t.target.n == 0) {
		if (in->m->stamped && !in->m->stamp.missing && it->target.n && exchange_target_digest(it->target) == in->m->stamp.target)
			diag(in->d, import_emptied, place_of(in));
		t.target = it->target;
		t.fuzzy = needs_work(it);
		t.cleared = false;
	}
	if (t.stray) {
		diag(in->d, import_refused, place_of(in), VIEW("it is not the picture of its source"));
		return EXCHANGE_REFUSED;
	}
	if (view_eq(t.target, it->target))
		return same_text(in, it, &t);
	if (charset_zawgyi(t.target)) {
		diag(in->d, import_encoding, place_of(in));
		return EXCHANGE_REFUSED;
	}
	c.target = normal_target(in->x->arena, it, t.target);
	if (view_eq(c.target, it->target))
		return EXCHANGE_UNCHANGED;
	side = who_changed(in, it, t.target);
	if (side == SIDE_OURS)
		return EXCHANGE_UNCHANGED;
	if (in->m->formula && !csv_formula(it->source)) {
		diag(in->d, import_formula, place_of(in));
		return EXCHANGE_REFUSED;
	}
	c.outdated = in->found.older || (t.fuzzy && it->outdated && !fits_only_now(in, it, c.target));
	if (locked(in, it, c.target, c.outdated))
		return EXCHANGE_REFUSED;
	if (side == SIDE_THEIRS && open_conflict) {
		diag(in->d, import_undecided, place_of(in), shortened(in->x->arena, it->source));
		return EXCHANGE_CONFLICT;
	}
	if (side == SIDE_BOTH)
		return conflict(in, it, c.target);
	c.note = merge_note(in, it, &c.clash);
	if (c.outdated && t.state == STATE_DRAFT && !in->m->state.n)
		c.state = it->state;
	return apply(in, it, &c);
}

static void
report_fix(const struct import *in, const struct exchange_item *it)
{
	struct view now = in->found.older ? it->was : it->source;

	diag(in->d, import_source, place_of(in), shortened(in->x->arena, in->m->source), shortened(in->x->arena, now));
	diag_note(in->d, "it stands in %.*s, line %u", VIEW_ARG(it->segment->place.file), it->segment->place.line);
}

static bool
import_message(struct import *in, enum exchange_result *result)
{
	*result = EXCHANGE_UNCHANGED;
	exchange_find(in->x, in->m, &in->found);
	if (in->found.items.n == 0) {
		if (in->m->target.n == 0)
			return false;
		diag(in->d, import_unknown, place_of(in), shortened(in->x->arena, in->m->source));
		*result = EXCHANGE_REFUSED;
		return true;
	}
	if (in->found.mixed) {
		diag(in->d, import_mixed, place_of(in));
		*result = EXCHANGE_REFUSED;
		return true;
	}
	for (size_t i = 0; i < in->found.items.n; i++) {
		struct exchange_item *it = *LIST_AT(&in->found.items, struct exchange_item *, i);
		enum exchange_result one = import_item(in, it);

		*result = one > *result ? one : *result;
		if (in->found.fixed)
			report_fix(in, it);
	}
	return true;
}

void
exchange_import(struct exchange *x, const struct exchange_file *f, struct exchange_receipt *r, struct diags *d)
{
	struct import in = { .x = x, .f = f, .clashes = LIST_OF(struct exchange_clash), .d = d };

	*r = (struct exchange_receipt){ 0 };
	for (size_t i = 0; i < f->messages.n; i++) {
		enum exchange_result result;

		in.m = LIST_AT(&f->messages, struct exchange_message, i);
		if (import_message(&in, &result))
			r->n[result]++;
	}
	r->conflicts = exchange_conflicts(x, f->kind, &in.clashes);
}
