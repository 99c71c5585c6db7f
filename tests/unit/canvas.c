/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of format/canvas: what shapes cover. That the PNG can be read, tests/golden/fonts.bats asks another reader. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "format/canvas.h"

enum { SIDE = 10, FULL = 15 };

static void
box(struct canvas *c, float left, float top, float right, float bottom)
{
	canvas_line(c, left, top, left, bottom);
	canvas_line(c, left, bottom, right, bottom);
	canvas_line(c, right, bottom, right, top);
	canvas_line(c, right, top, left, top);
}

static unsigned
at(const struct canvas *c, size_t x, size_t y)
{
	return c->pixels[y * c->stride + 1 + x];
}

static void
test_fill(void **state)
{
	struct arena a;
	struct canvas c;

	(void)state;
	arena_init(&a);
	canvas_init(&c, &a, SIDE, SIDE);
	box(&c, 2, 2, 8, 8);
	box(&c, 5, 4, 4, 6);	/* a hole: the other way round */
	canvas_fill(&c, 1);
	assert_int_equal(at(&c, 2, 2), 16 + FULL);
	assert_int_equal(at(&c, 7, 7), 16 + FULL);
	assert_int_equal(at(&c, 1, 5), 0);
	assert_int_equal(at(&c, 8, 5), 0);
	assert_int_equal(at(&c, 5, 1), 0);
	assert_int_equal(at(&c, 4, 4), 0);
	assert_int_equal(at(&c, 5, 4), 16 + FULL);
	/* half a pixel; over the rim, on all sides; a slope */
	box(&c, 0.5f, 0, 1, 1);
	canvas_fill(&c, 2);
	assert_int_equal(at(&c, 0, 0), 2 * 16 + 8);
	box(&c, -5, 9, 50, 50);
	canvas_fill(&c, 3);
	for (size_t x = 0; x < SIDE; x++)
		assert_int_equal(at(&c, x, 9), 3 * 16 + FULL);
	assert_int_equal(at(&c, 9, 8), 0);
	canvas_line(&c, 0, 2, 0, 8);
	canvas_line(&c, 0, 8, 6, 2);
	canvas_line(&c, 6, 2, 0, 2);
	canvas_fill(&c, 4);
	assert_int_equal(at(&c, 0, 2), 4 * 16 + FULL);
	assert_int_equal(at(&c, 3, 4), 4 * 16 + 8);
	assert_int_equal(at(&c, 4, 6), 16 + FULL);
	arena_release(&a);
}

/* The head says how large it is; a picture of one colour takes little. */
static void
test_png(void **state)
{
	static const uint32_t colours[CANVAS_INKS] = { 0x102030 };
	struct arena a;
	struct canvas c;
	struct buf b;

	(void)state;
	arena_init(&a);
	buf_init(&b);
	canvas_init(&c, &a, 1200, 630);
	canvas_png(&c, colours, &b);
	assert_memory_equal(b.p, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\xb0\0\0\x02\x76\x08\x03\0\0\0", 29);
	assert_true(b.n < 8000);
	buf_release(&b);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fill),
		cmocka_unit_test(test_png),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
