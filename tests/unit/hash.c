/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/hash. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/hash.h"

static void
test_known_digests(void **state)
{
	(void)state;
	/* From the xxHash project: XXH3, 64 bits, of nothing with seed 0. */
	assert_true(hash_bytes(VIEW_NONE) == UINT64_C(0x2D06800538D394C2));
	assert_true(hash_bytes(VIEW("")) == hash_bytes(VIEW_NONE));
	assert_true(hash_more(0, VIEW("page")) == hash_bytes(VIEW("page")));
}

static void
test_every_byte_counts(void **state)
{
	char text[300] = { 0 };
	uint64_t zero = hash_bytes(view_of(text, sizeof text));

	(void)state;
	for (size_t i = 0; i < sizeof text; i++) {
		text[i] = 1;
		assert_true(hash_bytes(view_of(text, sizeof text)) != zero);
		text[i] = 0;
	}
	assert_true(hash_bytes(view_of(text, 299)) != zero);
}

static void
test_order_and_borders_count(void **state)
{
	uint64_t ab = hash_more(hash_more(1, VIEW("a")), VIEW("b"));

	(void)state;
	assert_true(ab != hash_more(hash_more(1, VIEW("b")), VIEW("a")));
	assert_true(ab != hash_more(1, VIEW("ab")));
	assert_true(ab != hash_more(hash_more(hash_more(1, VIEW("a")), VIEW_NONE), VIEW("b")));
	assert_true(ab != hash_more(hash_more(2, VIEW("a")), VIEW("b")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_digests),
		cmocka_unit_test(test_every_byte_counts),
		cmocka_unit_test(test_order_and_borders_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
