/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line scanner against libyaml: what it accepts is the very same tree, and libyaml has nothing to say about it. */
#include "tree.h"

#include "base/utf8.h"
#include "format/yaml_scan.h"

static void
print(const struct yaml *y, struct buf *b)
{
	buf_printf(b, "%d%d%d%d %u:%u-%u:%u %u:%u %.*s=%.*s\n", y->kind, y->literal, y->quoted, y->flow, y->line, y->col,
	    y->end_line, y->end_col, y->key_line, y->key_col, VIEW_ARG(y->key), VIEW_ARG(y->text));
	for (const struct yaml *c = y->child; c; c = c->next) {
		buf_addc(b, '>');
		print(c, b);
	}
	buf_puts(b, "<\n");
}

/* Whether the scanner took the text; if so, libyaml must agree without a word. */
static bool
same(struct view text)
{
	struct yaml *fast, *slow;
	struct buf a, b;
	struct arena arena;
	struct diags d;

	arena_init(&arena);
	diags_init(&d);
	fast = yaml_scan(&arena, text, 7);
	if (fast) {
		buf_init(&a);
		buf_init(&b);
		slow = yaml_parse(&arena, text, VIEW("f"), 7, &d);
		if (!slow || d.list.n)
			fail_msg("libyaml refuses or warns:\n%.*s", VIEW_ARG(text));
		print(fast, &a);
		print(slow, &b);
		if (strcmp(a.p, b.p) != 0)
			fail_msg("different trees of\n%.*s\n--- scanned\n%s\n--- libyaml\n%s", VIEW_ARG(text), a.p, b.p);
		buf_release(&a);
		buf_release(&b);
	}
	diags_release(&d);
	arena_release(&arena);
	return fast != NULL;
}

static const char catalog[] =
    "# SPDX-License-Identifier: CC-BY-4.0\n"
    "page: reporting/x.md\n"
    "language: fr\n"
    "title: \"What: # 'it' - [is], & \xC3\xA9!\"\n"
    "empty: \"\"\n"
    "segments:\n"
    "#. a/b.md:12   [1] x\n"
    "- source: |\n"
    "    Read [our *guide*][1]: it is # short.\n"
    "  target: |\n"
    "    Lisez \"notre\" guide & 'x' - \xC3\xA9.\n"
    "  state: machine\n"
    "  by: Awa Diop\n"
    "# a person's remark\n"
    "- source: |-\n"
    "    Two lines\n"
    "      and more\n"
    "  target: |\n"
    "- source: |\n"
    "    Empty target\n"
    "  target: |\n"
    "- source: word\n"
    "  target: mot\n"
    "unused: []\n";

static void
test_accepts(void **state)
{
	(void)state;
	assert_true(same(view_str(catalog)));
	/* the empty line behind a block could be part of it */
	assert_false(same(VIEW("segments:\n- source: |\n    a\n\n- source: b\n")));
	assert_true(same(VIEW("segments: []\n")));
	assert_true(same(VIEW("title: \" - b: c #  d \"\nsegments:\n- source: \"| x\"\n")));
	assert_true(same(VIEW("segments:\n- source: |\n    a\nunused:\n- source: |\n    b\n")));
}

static void
test_refuses(void **state)
{
	static const char *const texts[] = { "", "\n", "# only\n", "a: b", "a:\tb\n", "a: [x]\n", "a: {}\n", "a: \"b\n", "a: \"b\" c\n", "a: \"b\" \n", "a: \"b\\n\"\n", "a: \"b\"c\"\n", "a: \"b\tc\"\n", "\"a\": b\n", "a: b: c\n",
		"a: b #c\n", "a: &x b\n", "a: *x\n", "a: !t b\n", "<<: b\n", "a: b\na: c\n", "---\na: b\n", "a: b\n...\n", "a:\n  b: c\n",
		"a:\n- b\n", "a:\n- - b\n", "a: |\n     deep\n", "a: |\n   less\n", "a: |\n    x\n   y\n", "a: |\n\n    x\n", "a: |+\n    x\n",
		"a: >\n    x\n", "a: |2\n    x\n", "a: b \n", "a: -\n", "a: - b\n", "a: b\r\n", "a : b\n", "A: b\n", "a: ~\n",
		"a: b\n  c\n", "segments:\n  - source: x\n", "segments:\n- source: x\n   target: y\n", "a: |\n    \xEF\xBF\xBF\n",
		"<<<<<<< x\na: b\n", "a:\n", "a: |\n    x\n\ty\n" };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (same(view_str(texts[i])))
			fail_msg("taken: %s", texts[i]);
}

/* libyaml knows no key of more than 1,024 characters; the scanner leaves such a line to it. */
static void
test_long_key(void **state)
{
	char text[1200];

	(void)state;
	memset(text, 'k', sizeof text);
	memcpy(text + 1020, ": x\n", 5);
	assert_false(same(view_str(text)));
	memset(text + 1020, 'k', 5);
	memcpy(text + 1030, ": x\n", 5);
	assert_false(same(view_str(text)));
	memcpy(text + 60, ": x\n", 5);
	assert_true(same(view_str(text)));
}

/* 200,000 catalogs with a few bytes or lines changed, moved or doubled. */
static void
test_random(void **state)
{
	static const char *const pieces[] = { " ", "\n", "-", ":", "|", "#", "  ", "    ", "\t", "a: b\n", "  target: |\n", "- source: |\n",
		"    text\n", "[]", "'", "\"", "\\", "&x ", "*", "!", "%", "---\n", "...\n", "? ", ">", ",", "\xC3\xA9", "segments:\n" };
	unsigned taken = 0, seed = 5;

	(void)state;
	for (int i = 0; i < 200000; i++) {
		struct buf b;

		buf_init(&b);
		buf_puts(&b, catalog);
		for (int k = 0; k < 1 + i % 3; k++) {
			const char *piece;
			size_t at, cut;

			seed = seed * 1664525 + 1013904223;
			at = (seed >> 8) % b.n;
			seed = seed * 1664525 + 1013904223;
			piece = pieces[(seed >> 8) % (sizeof pieces / sizeof *pieces)];
			cut = (seed >> 20) % 3 ? 0 : (seed >> 16) % 30;
			if (cut > b.n - at)
				cut = b.n - at;
			memmove(b.p + at, b.p + at + cut, b.n - at - cut + 1);
			b.n -= cut;
			buf_reserve(&b, strlen(piece));
			memmove(b.p + at + strlen(piece), b.p + at, b.n - at + 1);
			memcpy(b.p + at, piece, strlen(piece));
			b.n += strlen(piece);
		}
		if (utf8_invalid(view_buf(&b)) == b.n)	/* text_check has passed it */
			taken += same(view_buf(&b));
		buf_release(&b);
	}
	assert_in_range(taken, 1000, 199000);	/* the test sees both sides */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_accepts),
		cmocka_unit_test(test_refuses),
		cmocka_unit_test(test_long_key),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
