/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of format/yamlout: the shape of a catalog, and that every text is read back as it was. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "format/charset.h"
#include "format/yaml.h"
#include "format/yamlout.h"

static struct arena arena;
static struct diags diags;
static struct buf out;
static struct yamlout yo;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	diags_init(&diags);
	buf_init(&out);
	yamlout_init(&yo, &out);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	diags_release(&diags);
	buf_release(&out);
	return 0;
}

static void
test_catalog(void **state)
{
	(void)state;
	yamlout_comment(&yo, "#", VIEW("SPDX: x"));
	yamlout_scalar(&yo, VIEW("page"), VIEW("reporting/x.md"));
	yamlout_blank(&yo);
	yamlout_list(&yo, VIEW("segments"));
	yamlout_comment(&yo, "#.", VIEW("reporting/x.md:12   [1] a.md\nsecond\n\n\xE2\x80\xAE."));
	yamlout_item(&yo);
	yamlout_text(&yo, VIEW("source"), VIEW("Read [our *guide*][1]: now."));
	yamlout_comment(&yo, "#", VIEW("inside"));
	yamlout_text(&yo, VIEW("target"), VIEW_NONE);
	yamlout_scalar(&yo, VIEW("state"), VIEW("draft"));
	yamlout_map(&yo, VIEW("links"));
	yamlout_scalar(&yo, VIEW("1"), VIEW("a: b"));
	yamlout_end(&yo);
	yamlout_list(&yo, VIEW("notes"));
	yamlout_item_scalar(&yo, VIEW("one"));
	yamlout_item_scalar(&yo, VIEW("# two"));
	yamlout_end(&yo);
	yamlout_item(&yo);
	yamlout_text(&yo, VIEW("source"), VIEW(" b"));
	yamlout_text(&yo, VIEW("target"), VIEW("\xD8\xA7 \xF0\x9F\x99\x82\n"));
	yamlout_end(&yo);
	yamlout_empty_list(&yo, VIEW("unused"));
	assert_string_equal(out.p,
	    "# SPDX: x\n"
	    "page: reporting/x.md\n"
	    "\n"
	    "segments:\n"
	    "#. reporting/x.md:12   [1] a.md\n"
	    "#. second\n"
	    "#.\n"
	    "#. <U+202E>.\n"
	    "- source: |\n"
	    "    Read [our *guide*][1]: now.\n"
	    "  # inside\n"
	    "  target: |\n"
	    "  state: draft\n"
	    "  links:\n"
	    "    1: \"a: b\"\n"
	    "  notes:\n"
	    "  - one\n"
	    "  - \"# two\"\n"
	    "- source: |2\n"
	    "     b\n"
	    "  target: |\n"
	    "    \xD8\xA7 \xF0\x9F\x99\x82\n"
	    "unused: []\n");
	assert_int_equal(yo.indent, 0);
	assert_non_null(yaml_read(&arena, view_buf(&out), VIEW("f"), 1, &diags));
	assert_int_equal(diags.list.n, 0);
}

static void
scalar(const char *value, const char *expected)
{
	buf_clear(&out);
	yamlout_scalar(&yo, VIEW("k"), view_str(value));
	assert_string_equal(out.p, view_printf(&arena, "k: %s\n", expected).p);
}

static void
test_scalars(void **state)
{
	static const char *const plain[] = { "a", "12", "true", "a:b", "a#b", "x, [y] {z} & * ! | > ' \" % @ `",
		"2025-12-11", "/a/b", "zh-Hans", "\xD8\xA7", "\xF0\x9F\x99\x82", "nob", "it's" };
	static const char *const quoted[] = { "", " a", "a ", "a:", "a: b", "a #b", "- a", "? a", "[a", "{a", "&a", "*a", "!a",
		"|", ">", "'a", "%a", "@a", "`a", "#a", ",a", "]", "}", ":a", "=", "<<", "~", "null", "No", "ON", "y", "---", "..." };

	(void)state;
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		scalar(plain[i], plain[i]);
	for (size_t i = 0; i < sizeof quoted / sizeof *quoted; i++)
		scalar(quoted[i], view_printf(&arena, "\"%s\"", quoted[i]).p);
	scalar("\"\\", "\"\\\"\\\\\"");
	scalar("a\nb\tc", "\"a\\nb\\tc\"");
	scalar("\xC2\x85\xE2\x80\xA8\xEF\xBB\xBF\r\1\xC3\xA9", "\"\\x85\\u2028\\uFEFF\\x0D\\x01\xC3\xA9\"");
	buf_clear(&out);
	yamlout_scalar(&yo, VIEW("a: b"), VIEW("c"));
	assert_string_equal(out.p, "\"a: b\": c\n");
	buf_clear(&out);
	yamlout_text(&yo, VIEW("k"), VIEW("a\1"));
	assert_string_equal(out.p, "k: \"a\\x01\"\n");
}

/* Writes text as yamlout_text, yamlout_exact and yamlout_scalar do, inside an item and at the top, and reads it back. */
static void
round_trip(struct view text)
{
	struct yaml *y;
	const struct yaml *item;
	struct view logical = text, got;
	bool good;

	buf_clear(&out);
	yamlout_init(&yo, &out);
	yamlout_list(&yo, VIEW("l"));
	yamlout_item(&yo);
	yamlout_text(&yo, VIEW("text"), text);
	yamlout_exact(&yo, VIEW("exact"), text);
	yamlout_scalar(&yo, VIEW("scalar"), text);
	yamlout_scalar(&yo, text.n > 200 ? VIEW("kk") : text, VIEW("v"));
	yamlout_exact(&yo, VIEW("last"), text);
	yamlout_end(&yo);
	yamlout_item_scalar(&yo, text);
	yamlout_scalar(&yo, VIEW("end"), VIEW("e"));
	yamlout_exact(&yo, VIEW("top"), text);
	y = yaml_read(&arena, view_buf(&out), VIEW("f"), 1, &diags);
	if (!y || diags.list.n)
		fail_msg("not read back:\n%s", out.p);
	item = yaml_get(y, "l")->child;
	got = yaml_get(item, "text")->text;
	while (got.n && got.p[got.n - 1] == '\n')
		got.n--;
	while (logical.n && logical.p[logical.n - 1] == '\n')	/* '|' keeps one line end of many */
		logical.n--;
	good = view_eq(got, logical);
	good = good && view_eq(yaml_get(item, "exact")->text, text) && view_eq(yaml_get(item, "last")->text, text);
	good = good && view_eq(yaml_get(item, "scalar")->text, text) && view_eq(item->next->text, text);
	good = good && view_is(item->child->next->next->next->text, "v") && view_eq(yaml_get(y, "top")->text, text);
	good = good && (text.n > 200 || view_eq(item->child->next->next->next->key, text));
	if (!good)
		fail_msg("read back differently:\n%s", out.p);
	diags_release(&diags);
	diags_init(&diags);
}

static void
test_round(void **state)
{
	static const char *const pieces[] = { " ", "  ", "\n", "\n\n", "\t", "a", "b c", ": ", " #", "#", "- ", "|", ">", "'", "\"",
		"\\", "---", "...", "%", "&x", "*x", "!", "{", "}", "[", "]", ",", "?", "@", "\xC3\xA9", "\xF0\x9F\x99\x82",
		"\xD8\xA7", "\xE4\xB8\xAD", "null", "=======", "<<<<<<< x", "<<", "\xE2\x80\x8F", "\xEF\xBB\xBF" };
	uint64_t seed = 42;
	struct buf b;

	(void)state;
	buf_init(&b);
	for (int i = 0; i < 20000; i++) {
		buf_clear(&b);
		for (size_t n = (size_t)i % 7; n; n--) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			buf_puts(&b, pieces[(seed >> 33) % (sizeof pieces / sizeof *pieces)]);
		}
		if (view_is(view_buf(&b), "text") || view_is(view_buf(&b), "exact"))
			continue;
		round_trip(view_buf(&b));
		if (i % 100 == 0) {
			arena_release(&arena);
			arena_init(&arena);
		}
	}
	buf_clear(&b);
	for (int i = 0; i < 3000; i++)
		buf_puts(&b, "long text ");
	round_trip(view_buf(&b));
	buf_release(&b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = { TEST(test_catalog), TEST(test_scalars), TEST(test_round) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
