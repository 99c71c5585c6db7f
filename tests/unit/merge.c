/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of job/merge.h: matching by source, in the gaps by similarity, and what is withheld. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include <cmocka.h>

#include "format/yaml.h"
#include "job/merge.h"
#include "job/merge_similar.h"

enum { MANY = 20000, ROOM = 40 };

static int
setup(void **state)
{
	static struct arena a;

	arena_init(&a);
	*state = &a;
	return 0;
}

static int
teardown(void **state)
{
	arena_release(*state);
	return 0;
}

/* A page as its sources and a catalog as sources, both as "a|b|c"; "~x" is an entry under unused:, "!x" one with `was`. */
struct pair {
	struct segment *segments;
	size_t n;
	struct catalog c;
};

static struct pair
pair_of(struct arena *a, const char *page, const char *catalog)
{
	struct pair p = { .segments = arena_array(a, ROOM, sizeof *p.segments) };
	struct view rest = view_str(page), piece;

	p.c.entries = arena_array(a, ROOM, sizeof *p.c.entries);
	while (view_cut(&rest, '|', &piece))
		p.segments[p.n++].source = piece;
	rest = view_str(catalog);
	while (view_cut(&rest, '|', &piece)) {
		struct catalog_entry *e = &p.c.entries[p.c.n++];

		e->unused = view_starts(piece, "~");
		if (view_starts(piece, "!"))
			e->was = VIEW("older");
		e->source = e->unused || e->was.n ? view_slice(piece, 1, piece.n) : piece;
		e->target = VIEW("cible");
		p.c.nlive += !e->unused;
	}
	return p;
}

/* The matches as "0 1 -": index of the entry, '?' behind it when outdated, '>' when moved. */
static void
matches_are(struct arena *a, const char *page, const char *catalog, const char *expected)
{
	struct pair p = pair_of(a, page, catalog);
	bool used[ROOM];
	const struct match *m = merge_match(a, p.segments, p.n, &p.c, used), *again;
	bool seen[ROOM] = { false };
	struct buf b;

	buf_init(&b);
	for (size_t i = 0; i < p.n; i++) {
		buf_puts(&b, i ? " " : "");
		if (!m[i].entry) {
			buf_puts(&b, "-");
			continue;
		}
		seen[m[i].entry - p.c.entries] = true;
		buf_printf(&b, "%d%s%s", (int)(m[i].entry - p.c.entries), m[i].outdated ? "?" : "", m[i].moved ? ">" : "");
	}
	assert_string_equal(b.p, expected);
	buf_release(&b);
	for (size_t e = 0; e < p.c.n; e++)
		assert_int_equal(seen[e], used[e]);
	again = merge_match(a, p.segments, p.n, &p.c, NULL);
	for (size_t i = 0; i < p.n; i++)
		assert_true(again[i].entry == m[i].entry && again[i].outdated == m[i].outdated);
}

static void
test_exact(void **state)
{
	matches_are(*state, "a|b|c", "a|b|c", "0 1 2");
	matches_are(*state, "a|b|c", "a|c", "0 - 1");
	matches_are(*state, "a|b|c", "", "- - -");
	matches_are(*state, "", "a", "-");	/* an empty text is never matched */
	matches_are(*state, "a|b", "a|!b", "0 1?");
	/* the same text again: in order; the last one serves the rest */
	matches_are(*state, "a|b|a", "a|b|a", "0 1 2");
	matches_are(*state, "a|b|a|a", "a|a", "0 - 1 1");
	matches_are(*state, "a|a", "a|a|a", "0 1");
	/* another place */
	matches_are(*state, "b|c|d|a", "a|b|c|d", "1 2 3 0>");
	matches_are(*state, "a|b", "a|~b|~c", "0 1>");
	matches_are(*state, "a|a", "a|~a", "0 0");
	matches_are(*state, "a|b", "a|~!b", "0 -");
}

static void
test_context(void **state)
{
	struct pair p = pair_of(*state, "May|May|May the report be longer", "May|May|May the report be longest");
	const struct match *m;

	p.segments[0].context = p.c.entries[1].context = VIEW("month");
	p.c.entries[2].context = VIEW("verb");
	m = merge_match(*state, p.segments, 3, &p.c, NULL);
	assert_true(m[0].entry == &p.c.entries[1]);
	assert_true(m[1].entry == &p.c.entries[0]);
	assert_null(m[2].entry);
	p.segments[2].context = VIEW("verb");
	assert_true(merge_match(*state, p.segments, 3, &p.c, NULL)[2].entry == &p.c.entries[2]);
	assert_null(merge_match(*state, p.segments, 3, NULL, NULL)[0].entry);
}

static void
test_similar(void **state)
{
	/* the example of the design: exactly 0.6 */
	matches_are(*state, "Keep the report to 10 pages.", "Keep the report to 12 pages.", "0?");
	matches_are(*state, "Keep this report to 10 pages.", "Keep the report to 12 pages.", "-");
	/* short texts only exactly */
	matches_are(*state, "The report", "The reports", "-");
	matches_are(*state, "请保持报告十页以内。", "请保持报告九页以内。", "0?");
	matches_are(*state, "保持报告", "保持报吿", "-");
	/* only within its gap */
	matches_are(*state, "one|Write the report in plain words|two", "one|two|Write the report in plain words now", "0 - 1");
	matches_are(*state, "one|Write the report in plain words|two", "one|Write the report in plain words now|two", "0 1? 2");
	/* never from unused, never one entry twice */
	matches_are(*state, "Write the report in plain words", "~Write the report in plain words now", "-");
	matches_are(*state, "Do write the report in plain words|Write the report in plain words",
	    "Write the report in plain words now", "- 0?");
	/* the best pairs, in order */
	matches_are(*state, "Write the report in plain words now|Write the report in plain words",
	    "Write the report in plain words today|Do write the report in plain words", "0? 1?");
}

static struct segment
numbered(struct arena *a, size_t i, const char *end)
{
	return (struct segment){ .source = view_printf(a, "Sentence %zu says that item %zu of %zu is %s", i, i, i, end) };
}

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A gap of MANY times MANY is not compared pair by pair. */
static void
test_many(void **state)
{
	struct segment *s = arena_array(*state, MANY, sizeof *s);
	struct catalog c = { .entries = arena_array(*state, MANY, sizeof *c.entries), .n = MANY, .nlive = MANY };
	const struct match *m;
	double start = seconds();
	size_t found = 0;

	for (size_t i = 0; i < MANY; i++) {
		s[i] = numbered(*state, i, "new at last");
		c.entries[i].source = numbered(*state, i, "new at once").source;
	}
	m = merge_match(*state, s, MANY, &c, NULL);
	for (size_t i = 0; i < MANY; i++) {
		assert_true(!m[i].entry || m[i].entry == &c.entries[i]);
		found += m[i].entry != NULL;
	}
	assert_int_equal(found, MANY);
	/* backwards: each is found exactly, one keeps its place */
	for (size_t i = 0; i < MANY; i++)
		c.entries[MANY - 1 - i].source = s[i].source;
	m = merge_match(*state, s, MANY, &c, NULL);
	found = 0;
	for (size_t i = 0; i < MANY; i++) {
		assert_true(m[i].entry == &c.entries[MANY - 1 - i] && !m[i].outdated);
		found += m[i].moved;
	}
	assert_int_equal(found, MANY - 1);
	/* all alike */
	for (size_t i = 0; i < MANY; i++)
		s[i].source = c.entries[i].source = VIEW("the same");
	m = merge_match(*state, s, MANY, &c, NULL);
	for (size_t i = 0; i < MANY; i++)
		assert_true(m[i].entry == &c.entries[i]);
	/* one against all */
	s[0].source = VIEW("the same but for some of it here");
	for (size_t i = 0; i < MANY; i++)
		c.entries[i].source = VIEW("the same but for some of it there");
	m = merge_match(*state, s, 1, &c, NULL);
	assert_non_null(m[0].entry);
	if (seconds() - start > 20)
		fail_msg("took %.1f s", seconds() - start);
}

static enum withheld
withheld(struct arena *a, const struct site *site, const struct page *page, const struct segment *s,
    const struct match *m, enum segment_fault *fault)
{
	struct lang fr = { .tag = VIEW("fr") };
	struct language l = { .lang = &fr };
	struct merge_place at = { site, &l, page, VIEW("index") };
	struct merge_verdict v = merge_judge(a, &at, s, m, NULL);

	*fault = v.fault;
	assert_int_equal(v.why == WITHHELD_LOCK, v.fault != SEGMENT_FINE);
	assert_int_equal(v.tree != NULL, v.why == WITHHELD_NOT && !s->plain && !m->entry->plural &&
	    !segment_is_plain(m->entry->target));
	return v.why;
}

static void
test_withheld(void **state)
{
	struct site site = { .publish = { [STATE_MACHINE] = true, [STATE_TRANSLATED] = true } };
	struct page_dest dests[] = { { .url = VIEW("x.md") }, { .url = VIEW("a.md") } };
	struct page page = { .dests = dests, .ndests = 2 };
	struct segment s = { .source = VIEW("Read [it][1]."), .first_dest = 1, .ndests = 1 };
	struct catalog_entry e = { .state = STATE_TRANSLATED };
	struct match m = { 0 };
	enum segment_fault fault;

	assert_int_equal(withheld(*state, &site, &page, &s, &m, &fault), WITHHELD_MISSING);
	m.entry = &e;
	assert_int_equal(withheld(*state, &site, &page, &s, &m, &fault), WITHHELD_MISSING);
	e.target = VIEW("Lisez[-le](a.md).");
	assert_int_equal(withheld(*state, &site, &page, &s, &m, &fault), WITHHELD_NOT);
	e.state = STATE_DRAFT;
	assert_int_equal(withheld(*state, &site, &page, &s, &m, &fault), WITHHELD_STATE);
	e.state = STATE_MACHINE;
	m.outdated = true;
	assert_int_equal(withheld(*state, &site, &page, &s, &m, &fault), WITHHELD_NOT);
	s.critical = true;
	assert_int_equal(withheld(*state, &site, &page, &s, &m, &fault), WITHHELD_CRITICAL);
	s.critical = false;
	page.critical = true;
	assert_int_equal(withheld(*state, &site, &page, &s, &m, &fault), WITHHELD_CRITICAL);
	m.outdated = false;
	assert_int_equal(withheld(*state, &site, &page, &s, &m, &fault), WITHHELD_NOT);
	e.target = VIEW("Lisez[-le](x.md).");
	assert_int_equal(withheld(*state, &site, &page, &s, &m, &fault), WITHHELD_LOCK);
	assert_int_equal(fault, SEGMENT_ADDRESS);
	e.target = VIEW("Lisez-le");
	assert_int_equal(withheld(*state, &site, &page, &s, &m, &fault), WITHHELD_LOCK);
	assert_int_equal(fault, SEGMENT_LINKS);
	s.plain = true;
	assert_int_equal(withheld(*state, &site, &page, &s, &m, &fault), WITHHELD_NOT);
	/* plain source, marks in the target: tags are looked for all the same */
	s = (struct segment){ .source = VIEW("Read it") };
	e.target = VIEW("Lisez <kbd>le</kbd>");
	assert_int_equal(withheld(*state, &site, NULL, &s, &m, &fault), WITHHELD_LOCK);
	assert_int_equal(fault, SEGMENT_TAG);
	e.target = VIEW("Lisez *le*");
	assert_int_equal(withheld(*state, &site, NULL, &s, &m, &fault), WITHHELD_NOT);
}

static void
test_plural(void **state)
{
	struct site site = { .publish = { [STATE_TRANSLATED] = true } };
	struct segment s = { .source = VIEW("{count} pages"), .plain = true };
	struct yaml other = { .key = VIEW("other"), .text = VIEW("{count} pages") };
	struct yaml one = { .key = VIEW("one"), .text = VIEW("une page"), .next = &other };
	struct yaml plural = { .kind = YAML_MAP, .child = &one };
	struct catalog_entry e = { .state = STATE_TRANSLATED, .plural = &plural };
	struct match m = { .entry = &e };
	enum segment_fault fault;

	assert_int_equal(withheld(*state, &site, NULL, &s, &m, &fault), WITHHELD_NOT);
	other.text = VIEW("des pages");
	assert_int_equal(withheld(*state, &site, NULL, &s, &m, &fault), WITHHELD_LOCK);
	assert_int_equal(fault, SEGMENT_PLACEHOLDER);
	other.text = s.source;
	one.text = VIEW("une \u202Epage");
	assert_int_equal(withheld(*state, &site, NULL, &s, &m, &fault), WITHHELD_LOCK);
	assert_int_equal(fault, SEGMENT_BIDI);
	one.kind = YAML_LIST;
	assert_int_equal(withheld(*state, &site, NULL, &s, &m, &fault), WITHHELD_NOT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_exact, setup, teardown),
		cmocka_unit_test_setup_teardown(test_context, setup, teardown),
		cmocka_unit_test_setup_teardown(test_similar, setup, teardown),
		cmocka_unit_test_setup_teardown(test_many, setup, teardown),
		cmocka_unit_test_setup_teardown(test_withheld, setup, teardown),
		cmocka_unit_test_setup_teardown(test_plural, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
