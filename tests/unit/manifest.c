/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/manifest: both forms of a list, lines and names that must not be, RELEASE there and back. */
#include "tree.h"

#include "job/manifest.h"

#define HEX_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HEX_0 "0000000000000000000000000000000000000000000000000000000000000000"

static void
test_round(void **state)
{
	struct tree *t = *state;
	struct manifest m;
	struct buf b;

	buf_init(&b);
	manifest_put(&b, VIEW("fr/a.html"), VIEW(HEX_A));
	assert_string_equal(b.p, "SHA256 (fr/a.html) = " HEX_A "\n");
	buf_puts(&b, HEX_0 "  other (1).txt\n");
	manifest_put(&b, VIEW("odd) = x"), VIEW(HEX_A));
	assert_true(manifest_read(&m, &t->arena, view_buf(&b), VIEW("LIST"), &t->diags));
	assert_int_equal(m.rows.n, 3);
	assert_true(view_is(manifest_find(&m, VIEW("fr/a.html")), HEX_A));
	assert_true(view_is(manifest_find(&m, VIEW("other (1).txt")), HEX_0));
	assert_true(view_is(manifest_find(&m, VIEW("odd) = x")), HEX_A));
	assert_int_equal(manifest_find(&m, VIEW("fr")).n, 0);
	buf_release(&b);
	tree_said(t, "");
	assert_true(manifest_read(&m, &t->arena, VIEW(""), VIEW("LIST"), &t->diags));
	assert_int_equal(m.rows.n, 0);
}

static void
test_lines(void **state)
{
	struct tree *t = *state;
	struct manifest m;

	assert_false(manifest_read(&m, &t->arena, VIEW("SHA256 (a) = " HEX_A "\n\n# no\nSHA256 (b) = 12\nSHA256 (c) = " HEX_A "\r\n"
	    HEX_A " \n" HEX_A "  a\nMD5 (d) = " HEX_A "\nSHA256 (../x) = " HEX_A "\n"), VIEW("LIST"), &t->diags));
	assert_int_equal(m.rows.n, 1);
	tree_said(t, "LIST:2:1 verify-line\nLIST:3:1 verify-line\nLIST:4:1 verify-line\nLIST:5:1 verify-line\nLIST:6:1 verify-line\n"
	    "LIST:7:1 verify-line\nLIST:8:1 verify-line\nLIST:9:1 verify-name ../x\n");
}

static void
test_safe(void **state)
{
	static const char *const good[] = { "a", "a/b.html", ".well-known/x", "READ-ME-fr.txt", "a b" };
	static const char *const bad[] = { "", "/a", "a/", "a//b", "..", "a/../b", "./a", "a\\b", "c:x", "a?", "a\tb", "a.", "a /b", "a\x7F" };

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(manifest_safe(view_str(good[i])));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(manifest_safe(view_str(bad[i])));
}

static void
test_release(void **state)
{
	const struct release r = { .title = VIEW("A site: ours"), .id = VIEW("12ab"), .edition = VIEW("usb"), .number = VIEW("20251231"),
		.date = VIEW("2025-12-31"), .languages = VIEW("en fr") };
	struct release again;
	struct buf b;

	(void)state;
	buf_init(&b);
	release_put(&b, &r);
	assert_string_equal(b.p, "title: A site: ours\nsite: 12ab\nedition: usb\nrelease: 20251231\ndate: 2025-12-31\n"
	    "languages: en fr\n");
	buf_puts(&b, "unknown: x\nno colon\ngood-until:\n");
	release_read(&again, view_buf(&b));
	assert_true(view_is(again.title, "A site: ours"));
	assert_true(view_is(again.number, "20251231"));
	assert_true(view_is(again.languages, "en fr"));
	assert_int_equal(again.until.n, 0);
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_round, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_lines, tree_setup, tree_teardown),
		cmocka_unit_test(test_safe),
		cmocka_unit_test(test_release),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
