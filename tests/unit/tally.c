/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of job/tally.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "job/tally.h"

static void
test_kinds(void **state)
{
	struct catalog_entry e = { .state = STATE_MACHINE };
	struct match m = { 0 };

	(void)state;
	assert_int_equal(tally_kind(&m), TALLY_MISSING);
	m.entry = &e;
	assert_int_equal(tally_kind(&m), TALLY_MISSING);
	m.outdated = true;
	assert_int_equal(tally_kind(&m), TALLY_MISSING);
	e.target = VIEW("a");
	assert_int_equal(tally_kind(&m), TALLY_OUTDATED);
	m.outdated = false;
	assert_int_equal(tally_kind(&m), TALLY_MACHINE);
	for (int s = 0; s < STATE_COUNT; s++) {
		e.state = (enum state)s;
		assert_string_equal(tally_name(tally_kind(&m)), state_name(e.state));
	}
	e.target = VIEW_NONE;
	e.plural = (const struct yaml *)(const void *)&e;
	assert_int_equal(tally_kind(&m), TALLY_REVIEWED);
	assert_string_equal(tally_name(TALLY_MISSING), "missing");
	assert_string_equal(tally_name(TALLY_OUTDATED), "outdated");
}

static void
test_sums(void **state)
{
	const struct segment segments[] = { { .words = 10 }, { .words = 0 }, { .words = 30 }, { .words = 60 } };
	struct catalog_entry draft = { .target = VIEW("a"), .state = STATE_DRAFT };
	const struct match matches[] = { { .entry = &draft }, { .entry = &draft }, { 0 }, { .entry = &draft, .outdated = true } };
	struct tally t = { 0 }, sum = { 0 };

	(void)state;
	assert_true(tally_share(&t) >= 1);
	tally_add(&t, segments, 4, matches);
	assert_int_equal(t.words[TALLY_DRAFT], 10);
	assert_int_equal(t.segments[TALLY_DRAFT], 1);
	assert_int_equal(t.words[TALLY_MISSING], 30);
	assert_int_equal(t.words[TALLY_OUTDATED], 60);
	assert_int_equal(tally_words(&t), 100);
	assert_int_equal(tally_segments(&t), 3);
	assert_true(tally_share(&t) > 0.0999 && tally_share(&t) < 0.1001);
	tally_add(&sum, segments, 4, NULL);
	assert_int_equal(sum.words[TALLY_REVIEWED], 100);
	tally_sum(&sum, &t);
	assert_int_equal(tally_words(&sum), 200);
	assert_int_equal(tally_segments(&sum), 6);
	assert_int_equal(sum.segments[TALLY_REVIEWED], 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_sums),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
