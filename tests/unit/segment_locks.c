/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of segment_locks: what a translation may not change, and what it may. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "model/segment.h"

static const struct view urls[] = { { "a.md", 4 }, { "https://example.org/en", 22 }, { "map.png", 7 } };
static const struct view notes[] = { { "one", 3 }, { "two", 3 } };

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

struct row {
	enum segment_fault fault;
	const char *source, *target, *what;	/* what: a piece of it, or NULL */
};

static void
check_rows(struct arena *a, const struct row *rows, size_t n, bool plain)
{
	for (size_t i = 0; i < n; i++) {
		struct segment_shape shape = { .ndests = 3, .urls = urls, .notes = notes, .nnotes = 2 };
		struct view source = view_str(rows[i].source), target = view_str(rows[i].target), what;
		const struct md_node *in = plain ? NULL : segment_read(a, source, &shape), *out;
		enum segment_fault fault;

		shape.source = in;
		out = plain ? NULL : segment_read(a, target, &shape);
		fault = segment_locks(a, source, in, target, out, 0, &what);
		if (fault != rows[i].fault)
			fail_msg("'%s' -> '%s': fault %d, not %d (%.*s)", rows[i].source, rows[i].target, (int)fault,
			    (int)rows[i].fault, VIEW_ARG(what));
		if (rows[i].what && view_search(what, view_str(rows[i].what)) >= what.n)
			fail_msg("'%s': '%.*s' does not say '%s'", rows[i].target, VIEW_ARG(what), rows[i].what);
		assert_int_equal(what.n == 0, fault == SEGMENT_FINE);
	}
}

#define ROWS(rows) (rows), sizeof(rows) / sizeof *(rows)

static void
test_what_may_change(void **state)
{
	static const struct row rows[] = {
		{ SEGMENT_FINE, "Read [our *guide*][1] before.", "Lisez [**notre** guide][1] avant.", NULL },
		{ SEGMENT_FINE, "[a][1] [b][2]", "[b][2] [a][1] [a][1]", NULL },
		{ SEGMENT_FINE, "[a][2]", "[a](https://example.org/en)", NULL },
		{ SEGMENT_FINE, "See ![map][3]", "Voir ![la carte][3]", NULL },
		{ SEGMENT_FINE, "One[^one] two[^two]", "Deux[^two] un[^one]", NULL },
		{ SEGMENT_FINE, "Press <kbd>F1</kbd>", "<kbd>F1</kbd> <b>drücken</b><br>H<sub>2</sub>", NULL },
		{ SEGMENT_FINE, "x <bdi>y</bdi> z", "x y z", NULL },
		{ SEGMENT_FINE, "Run `a b` now", "Lancez `a b` vite", NULL },
		{ SEGMENT_FINE, "Write \\<name>", "Écrivez \\<nom>", NULL },
		{ SEGMENT_FINE, "a < b", "b > a < c", NULL },
		{ SEGMENT_FINE, "\"Quoted\" it's", "« Cité » „x“ ”y” “z” 「引」", NULL },
		{ SEGMENT_FINE, "a", "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645 \u200E\u200F\u061C\u200D", NULL },
		{ SEGMENT_FINE, "a", "\U0001F468\u200D\U0001F469\u200D\U0001F467", NULL },
		{ SEGMENT_FINE, "a",
		    "\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F", NULL },
		{ SEGMENT_FINE, "a", "javascript:alert(1)", NULL },
		{ SEGMENT_FINE, "a", "{{> secret}}", NULL },
		{ SEGMENT_FINE, "Mail a@b.org.", "Adresse: A@b.org", NULL },
		{ SEGMENT_FINE, "Mail a@b.org", "请写信给a@b.org。", NULL },
	};

	check_rows(*state, ROWS(rows), false);
}

static void
test_what_may_not(void **state)
{
	static const struct row rows[] = {
		{ SEGMENT_CONTROL, "a", "a\x01", "U+0001" },
		{ SEGMENT_CONTROL, "a", "a&#x1b;[31m", "U+001B" },
		{ SEGMENT_CONTROL, "a", "a\u2028", "U+2028" },
		{ SEGMENT_CONTROL, "a", "a\xC2\x9B", "U+009B" },
		{ SEGMENT_BIDI, "a", "a\u202Eb", "U+202E" },
		{ SEGMENT_BIDI, "a", "a\u2066b\u2069", "U+2066" },
		{ SEGMENT_BIDI, "a", "a&#x202e;b", "U+202E" },
		{ SEGMENT_BIDI, "`x`", "`x\u202D`", "U+202D" },
		{ SEGMENT_BIDI, "a", "a\U000E0041", "U+E0041" },
		{ SEGMENT_BIDI, "a", "\U0001F3F4\U000E0067\U000E0062", "U+E0067" },
		{ SEGMENT_TAG, "a", "a <script>alert(1)</script>", "'<script>' is not in the source" },
		{ SEGMENT_TAG, "a", "a <b onclick=\"x\">b</b>", "<b onclick" },
		{ SEGMENT_TAG, "a", "a <kbd>b</kbd>", "<kbd>" },
		{ SEGMENT_TAG, "a <kbd>b</kbd>", "a b", "'<kbd>' is missing" },
		{ SEGMENT_TAG, "a <kbd>b</kbd>", "<kbd>a</kbd> <kbd>b</kbd>", "more often" },
		{ SEGMENT_TAG, "a <kbd>b</kbd>", "a <kbd>b", NULL },
		{ SEGMENT_TAG, "a", "a <b>b", "not closed" },
		{ SEGMENT_TAG, "a `<i x=1>`", "a `<i x=1>` <i x=1>", NULL },
		{ SEGMENT_ADDRESS, "[a][1]", "[a](https://evil.example)", "'https://evil.example' is not in" },
		{ SEGMENT_ADDRESS, "[a][1]", "[a](javascript:alert)", NULL },
		{ SEGMENT_ADDRESS, "a", "<https://evil.example>", NULL },
		{ SEGMENT_ADDRESS, "![m][3]", "![m](https://evil.example/x.png)", NULL },
		{ SEGMENT_ADDRESS, "a", "Go to www.evil.example now", "'www.evil.example'" },
		{ SEGMENT_ADDRESS, "Mail info@un.org", "Mail info@un.example", "'info@un.org' is missing" },
		{ SEGMENT_ADDRESS, "Mail info@un.org", "Mail \u0456nfo@un.org", NULL },
		{ SEGMENT_ADDRESS, "Mail info@un.org", "Mail info@\u0443n.org", NULL },
		{ SEGMENT_ADDRESS, "Mail us", "Mail info@\u0443n.org", NULL },
		{ SEGMENT_LINKS, "[a][1] [b][2]", "[a][1] b", "'[2]' is missing" },
		{ SEGMENT_LINKS, "[a][1]", "[a][2]", "'[2]' is not in the source, '[1]' is missing" },
		{ SEGMENT_LINKS, "[a][1]", "a", NULL },
		{ SEGMENT_LINKS, "![a][3]", "![a][3] ![a][3]", "more often" },
		{ SEGMENT_LINKS, "![a][3]", "[a][3]", NULL },
		{ SEGMENT_NOTES, "a[^one]", "a", "'[^one]' is missing" },
		{ SEGMENT_NOTES, "a[^one]", "a[^two]", NULL },
		{ SEGMENT_NOTES, "a[^one]", "a[^one] b[^one]", NULL },
		{ SEGMENT_CODE, "run `rm -i`", "run `rm –i`", "'rm -i' is missing" },
		{ SEGMENT_CODE, "run `a` `a`", "run `a`", "less often" },
		{ SEGMENT_CODE, "a", "a `b`", NULL },
		{ SEGMENT_PLACEHOLDER, "{count} of {all}", "{count} von {al}", "'{all}' is missing" },
		{ SEGMENT_PLACEHOLDER, "{count}", "{count} {count}", NULL },
	};

	check_rows(*state, ROWS(rows), false);
}

static void
test_numbers(void **state)
{
	static const struct row rows[] = {
		{ SEGMENT_FINE, "20,000 people", "20 000 personnes", NULL },
		{ SEGMENT_FINE, "1,234,567.50", "1.234.567,50", NULL },
		{ SEGMENT_FINE, "1,234,567", "১২,৩৪,৫৬৭", NULL },
		{ SEGMENT_FINE, "12345", "١٢٣٤٥", NULL },
		{ SEGMENT_FINE, "12,345", "١٢٬٣٤٥", NULL },
		{ SEGMENT_FINE, "12345", "12\u2019345", NULL },
		{ SEGMENT_FINE, "12345", "１２３４５", NULL },
		{ SEGMENT_FINE, "Call +41 22 917 90 00.", "Appelez le +41-22-917-9000 !", NULL },
		{ SEGMENT_FINE, "Call +41 (0)22 917 90 00", "\u260E +41 (0) 22 917 9000", NULL },
		{ SEGMENT_FINE, "01 23 45 67 89", "01.23.45.67.89", NULL },
		{ SEGMENT_FINE, "12 May 2024", "12.05.2024", NULL },
		{ SEGMENT_FINE, "12 May 2024", "2024-05-12", NULL },
		{ SEGMENT_FINE, "1990, 2003 and 2015", "2015, 2003, 1990", NULL },
		{ SEGMENT_FINE, "In 2023, 20,000", "20 000 en 2023", NULL },
		{ SEGMENT_FINE, "Articles 16, 17, 18, 19", "المواد 16 و17 و18 و19", NULL },
		{ SEGMENT_FINE, "30 days", "trente jours", NULL },
		{ SEGMENT_FINE, "12345", "12\u200B3\u00AD45", NULL },
		{ SEGMENT_FINE, "In 2023 345 people", "345 personnes en 2023", NULL },
		{ SEGMENT_NUMBER, "20,000 people", "30 000 personnes", "'30000' is not in the source, '20000' is missing" },
		{ SEGMENT_NUMBER, "12345", "**9**12345", NULL },
		{ SEGMENT_NUMBER, "12345", "٩١٢٣٤٥", "'912345'" },
		{ SEGMENT_NUMBER, "12345", "12\u200B346", NULL },
		{ SEGMENT_NUMBER, "Call +41 22 917 90 00", "Appelez +41 22 917 90 01", "41229179001" },
		{ SEGMENT_NUMBER, "Call +41 (0)22 917", "Appelez +42 (0)22 917", "42022917" },
		{ SEGMENT_NUMBER, "Call +412 22", "Appelez +412 23", "41223" },
		{ SEGMENT_NUMBER, "Call 022 917 9000", "Appelez 022 917 9001", NULL },
		{ SEGMENT_NUMBER, "ISBN 978-92-1-154187-4", "ISBN 978-92-1-154187-5", NULL },
		{ SEGMENT_NUMBER, "no number", "+41 22 917 90 00", NULL },
		{ SEGMENT_NUMBER, "12345 and 12345", "12345", "less often" },
	};

	check_rows(*state, ROWS(rows), false);
}

static void
test_plain(void **state)
{
	static const struct row rows[] = {
		{ SEGMENT_FINE, "Home", "<b>Accueil</b>", NULL },
		{ SEGMENT_FINE, "Home", "[Accueil](javascript:x) `a`", NULL },
		{ SEGMENT_FINE, "Page {n} of {all}", "{all} / {n}", NULL },
		{ SEGMENT_PLACEHOLDER, "Page {n}", "Page", "'{n}' is missing" },
		{ SEGMENT_BIDI, "Home", "\u202EHome", NULL },
		{ SEGMENT_ADDRESS, "Home", "https://evil.example/", NULL },
		{ SEGMENT_NUMBER, "Resolution 45158", "Résolution 45159", NULL },
	};

	check_rows(*state, ROWS(rows), true);
}

/* One side may have no tree because its text is plain. */
static void
test_one_tree(void **state)
{
	struct segment_shape shape = { .ndests = 3, .urls = urls };
	struct view what, source = VIEW("[a][1]"), target = VIEW("a"), code = VIEW("a `b`");
	const struct md_node *tree = segment_read(*state, source, &shape);

	assert_int_equal(segment_locks(*state, source, tree, target, NULL, 0, &what), SEGMENT_LINKS);
	shape.source = segment_read(*state, target, &shape);
	assert_int_equal(segment_locks(*state, target, NULL, code, segment_read(*state, code, &shape), 0, &what), SEGMENT_CODE);
}

static void
test_long(void **state)
{
	char *p = arena_alloc(*state, SEGMENT_MAX_BYTES + 1);
	struct view what, target = view_of(p, SEGMENT_MAX_BYTES + 1);
	struct segment_shape shape = { 0 };

	memset(p, 'a', SEGMENT_MAX_BYTES + 1);
	assert_int_equal(segment_locks(*state, VIEW("a"), NULL, target, NULL, 0, &what), SEGMENT_TOO_LONG);
	assert_true(view_search(what, VIEW("16384")) < what.n);
	target.n--;
	assert_int_equal(segment_locks(*state, VIEW("a"), NULL, target, NULL, 0, &what), SEGMENT_FINE);
	/* what is shown is cut, at a whole character */
	p[0] = p[402] = '`';
	p[1] = 'x';
	for (size_t i = 2; i < 402; i += 2)
		memcpy(p + i, "\u00E9", 2);
	target = view_of(p, 403);
	assert_int_equal(segment_locks(*state, VIEW("a"), NULL, target, segment_read(*state, target, &shape), 0, &what),
	    SEGMENT_CODE);
	assert_true(what.n < 160);
	assert_true(view_search(what, VIEW("\u00E9...'")) < what.n);
}

/* What an editor has admitted is passed over; what is beside it is not, and never a control character. */
static void
test_passed(void **state)
{
	struct segment_shape shape = { .ndests = 3, .urls = urls };
	struct view source = VIEW("`a` 12345 [b][1]"), target = VIEW("`c` 54321 \xE2\x80\xAA&#x202B;b"), what;
	const struct md_node *in = segment_read(*state, source, &shape), *out = segment_read(*state, target, &shape);
	static const enum segment_fault order[] = { SEGMENT_BIDI, SEGMENT_LINKS, SEGMENT_CODE, SEGMENT_NUMBER };
	unsigned passed = 0;

	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		assert_int_equal(segment_locks(*state, source, in, target, out, passed, &what), order[i]);
		passed |= 1u << order[i];
	}
	assert_int_equal(segment_locks(*state, source, in, target, out, passed, &what), SEGMENT_FINE);
	assert_int_equal(what.n, 0);
	target = VIEW("`c` 54321 \xE2\x80\xAA&#x1;b");
	out = segment_read(*state, target, &shape);
	assert_int_equal(segment_locks(*state, source, in, target, out, ~0u, &what), SEGMENT_CONTROL);
	target = VIEW("`c` 54321 \xE2\x80\xAA\x02");
	assert_int_equal(segment_locks(*state, source, in, target, NULL, ~0u, &what), SEGMENT_CONTROL);
	assert_string_equal(view_copy(*state, what).p, "U+0002");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_what_may_change, setup, teardown),
		cmocka_unit_test_setup_teardown(test_what_may_not, setup, teardown),
		cmocka_unit_test_setup_teardown(test_numbers, setup, teardown),
		cmocka_unit_test_setup_teardown(test_plain, setup, teardown),
		cmocka_unit_test_setup_teardown(test_one_tree, setup, teardown),
		cmocka_unit_test_setup_teardown(test_long, setup, teardown),
		cmocka_unit_test_setup_teardown(test_passed, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
