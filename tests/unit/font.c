/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of format/font with a small Khmer font: what it covers, what texts need of it, two kinds of subsets, WOFF2. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "base/file.h"
#include "format/font.h"

struct state {
	struct arena arena;
	struct diags diags;
	struct view bytes;
	struct font *font;
};

static int
setup(void **state)
{
	struct state *s = calloc(1, sizeof *s);
	struct file_root root;

	assert_non_null(s);
	arena_init(&s->arena);
	diags_init(&s->diags);
	assert_true(file_root_open(&root, &s->arena, VIEW("tests/golden/fonts")));
	assert_true(file_read(&root, &s->arena, VIEW("NotoSansKhmer-Regular.ttf"), 1 << 20, &s->bytes, &s->diags));
	file_root_close(&root);
	s->font = font_open(s->bytes, VIEW_NONE);
	assert_non_null(s->font);
	*state = s;
	return 0;
}

static int
teardown(void **state)
{
	struct state *s = *state;

	font_close(s->font);
	diags_release(&s->diags);
	arena_release(&s->arena);
	free(s);
	return 0;
}

static void
test_open(void **state)
{
	struct state *s = *state;
	struct font *f;

	assert_null(font_open(VIEW("no font"), VIEW_NONE));
	assert_null(font_open(VIEW_NONE, VIEW_NONE));
	for (size_t n = 0; n < s->bytes.n; n += 487) {	/* never a crash, wherever it is cut off */
		f = font_open(view_slice(s->bytes, 0, n), VIEW("Some Name"));
		if (f)
			font_close(f);
	}
	f = font_open(s->bytes, VIEW("waypost-TEST khmer"));
	assert_non_null(f);
	font_close(f);
	assert_true(font_has(s->font, 0x1781));
	assert_false(font_has(s->font, 'a'));
	assert_true(view_is(font_text(s->font, FONT_FAMILY, &s->arena), "Waypost Test Khmer"));
	assert_true(view_search(font_text(s->font, FONT_LICENCE_URL, &s->arena), VIEW("OFL")) > 0);
	assert_true(font_text(s->font, FONT_LICENCE, &s->arena).n == 0);
}

static void
assert_range(const struct font_need *n, const char *range)
{
	struct buf b;

	buf_init(&b);
	font_need_range(n, &b);
	assert_string_equal(b.p, range);
	buf_release(&b);
}

static struct font_need *
need_of(struct font *f, struct view text)
{
	struct font_need *n = font_need_open(f, VIEW("Khmr"));

	font_need_add(n, text, VIEW("km"));
	return n;
}

static void
test_need(void **state)
{
	struct state *s = *state;
	struct font_need *n = font_need_open(s->font, VIEW("Khmr")), *other;
	uint64_t none = font_need_digest(n);

	assert_range(n, "");
	/* the shaper takes this vowel apart and asks for its left part, U+17C1, which no text has */
	font_need_add(n, VIEW("\xE1\x9E\x80\xE1\x9E\xBE"), VIEW("km"));
	assert_range(n, "U+1780-17C1");
	assert_true(font_need_digest(n) != none);
	font_need_close(n);
	/* letters of another script are not this font's, nor what it does not have */
	n = need_of(s->font, VIEW("Abc \xC3\xA9 \xE0\xA6\x95"));
	assert_range(n, "U+20");
	font_need_close(n);
	/* whatever the order */
	n = need_of(s->font, VIEW("\xE1\x9E\x80"));
	font_need_add(n, VIEW("\xE1\x9E\x81"), VIEW("km"));
	other = need_of(s->font, VIEW("\xE1\x9E\x81"));
	assert_true(font_need_digest(n) != font_need_digest(other));
	font_need_add(other, VIEW("\xE1\x9E\x80"), VIEW("km"));
	assert_true(font_need_digest(n) == font_need_digest(other));
	font_need_close(other);
	font_need_close(n);
}

static void
test_subsets(void **state)
{
	static const char text[] = "\xE1\x9E\x81\xE1\x9F\x92\xE1\x9E\x98\xE1\x9F\x82\xE1\x9E\x9A \xE1\x9E\x80\xE1\x9E\xBE";
	struct state *s = *state;
	struct font_need *n = need_of(s->font, view_str(text)), *again;

	for (int m = FONT_BY_TEXT; m <= FONT_BY_GLYPHS; m++) {
		struct buf one, two, range, range_again;
		struct font *f;

		buf_init(&one);
		buf_init(&two);
		buf_init(&range);
		buf_init(&range_again);
		assert_true(font_subset(n, (enum font_method)m, VIEW("wp-khmr"), &one));
		assert_true(font_subset(n, (enum font_method)m, VIEW("wp-khmr"), &two));
		assert_true(view_eq(view_buf(&one), view_buf(&two)));
		assert_true(one.n < s->bytes.n);
		f = font_open(view_buf(&one), VIEW_NONE);
		assert_non_null(f);
		assert_true(view_is(font_text(f, FONT_FAMILY, &s->arena), "wp-khmr"));
		assert_true(view_eq(font_text(f, FONT_COPYRIGHT, &s->arena), font_text(s->font, FONT_COPYRIGHT, &s->arena)));
		assert_true(font_has(f, 0x1781) && font_has(f, 0x17C1) && !font_has(f, 0x17A0));
		/* the subset shapes the text with the same code points, and by glyphs with the same glyphs under the same numbers */
		again = need_of(f, view_str(text));
		font_need_range(n, &range);
		font_need_range(again, &range_again);
		assert_string_equal(range.p, range_again.p);
		assert_true((font_need_digest(n) == font_need_digest(again)) == (m == FONT_BY_GLYPHS));
		font_need_close(again);
		font_close(f);
		buf_release(&range_again);
		buf_release(&range);
		buf_release(&two);
		buf_release(&one);
	}
	font_need_close(n);
}

static void
test_pack(void **state)
{
	struct state *s = *state;
	struct buf one, two;

	if (!font_can_pack()) {
		print_message("woff2_compress is not installed\n");
		skip();
	}
	buf_init(&one);
	buf_init(&two);
	assert_true(font_pack(s->bytes, &one, &s->diags) && font_pack(s->bytes, &two, &s->diags));
	assert_true(view_starts(view_buf(&one), "wOF2"));
	assert_true(one.n < s->bytes.n / 2 && view_eq(view_buf(&one), view_buf(&two)));
	buf_clear(&one);
	assert_false(font_pack(VIEW("no font"), &one, &s->diags));
	assert_int_equal(one.n, 0);
	assert_int_equal(LIST_AT(&s->diags.list, struct diag, 0)->id, DIAG_font_pack);
	buf_release(&two);
	buf_release(&one);
}

struct drawn {
	size_t lines;
	float top, bottom;
};

static void
count_line(void *self, float x0, float y0, float x1, float y1)
{
	struct drawn *d = self;

	(void)x0;
	(void)x1;
	d->lines++;
	d->top = y0 < d->top ? y0 : d->top;
	d->bottom = y1 > d->bottom ? y1 : d->bottom;
}

static void
test_draw(void **state)
{
	struct state *s = *state;
	struct drawn one = { 0 }, stacked = { 0 };
	float above, below, width = font_draw(s->font, VIEW("\xE1\x9E\x80"), VIEW("km"), NULL, NULL);

	assert_true(width > 0.3f && width < 1.5f);
	assert_true(font_draw(s->font, VIEW("\xE1\x9E\x80"), VIEW("km"), count_line, &one) == width);
	assert_true(one.lines > 20 && one.top < -0.3f && one.top > -1 && one.bottom < 0.3f);
	/* a letter below another makes it higher, not wider */
	assert_true(font_draw(s->font, VIEW("\xE1\x9E\x80\xE1\x9F\x92\xE1\x9E\x80"), VIEW("km"), count_line, &stacked) < width * 1.2f);
	assert_true(stacked.bottom > one.bottom + 0.1f);
	assert_true(font_draw(s->font, VIEW("A"), VIEW("en"), NULL, NULL) < 0);
	assert_true(font_draw(s->font, VIEW_NONE, VIEW("en"), count_line, &one) == 0);
	font_lines(s->font, &above, &below);
	assert_true(above > 0.5f && below > 0.1f && above + below < 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_open, setup, teardown),
		cmocka_unit_test_setup_teardown(test_need, setup, teardown),
		cmocka_unit_test_setup_teardown(test_subsets, setup, teardown),
		cmocka_unit_test_setup_teardown(test_pack, setup, teardown),
		cmocka_unit_test_setup_teardown(test_draw, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
