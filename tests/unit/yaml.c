/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of format/yaml: the tree with its places, every refused construct at its place, the YAML test suite. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "format/charset.h"
#include "format/json.h"
#include "format/yaml.h"

static struct arena arena;
static struct diags diags;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	diags_init(&diags);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	diags_release(&diags);
	return 0;
}

/* All messages as "f:line:col id (note)\n", in order of arrival, in the arena. */
static const char *
messages(void)
{
	struct buf b;
	struct view v;

	buf_init(&b);
	for (size_t i = 0; i < diags.list.n; i++) {
		const struct diag *d = LIST_AT(&diags.list, struct diag, i);

		buf_printf(&b, "%.*s:%u:%u ", VIEW_ARG(d->place.file), d->place.line, d->place.col);
		diag_name(&b, d->id);
		if (d->note.n)
			buf_printf(&b, " (%.*s)", VIEW_ARG(d->note));
		buf_addc(&b, '\n');
	}
	v = view_copy(&arena, view_buf(&b));
	buf_release(&b);
	return v.p;
}

static struct yaml *
read_bytes(struct view text)
{
	diags_release(&diags);
	diags_init(&diags);
	return yaml_read(&arena, text, VIEW("f"), 1, &diags);
}

static struct yaml *
read_text(const char *text)
{
	return read_bytes(view_str(text));
}

static struct yaml *
read_good(const char *text)
{
	struct yaml *y = read_text(text);

	assert_string_equal(messages(), "");
	assert_non_null(y);
	return y;
}

/* The text is refused, with just these messages. */
static void
refuses(const char *text, const char *expected)
{
	assert_null(read_text(text));
	assert_string_equal(messages(), expected);
}

static void
assert_view(struct view v, const char *s)
{
	assert_string_equal(view_copy(&arena, v).p, s);
	assert_int_equal(v.n, strlen(s));
}

static void
assert_at(const struct yaml *y, unsigned line, unsigned col)
{
	assert_non_null(y);
	assert_int_equal(y->line, line);
	assert_int_equal(y->col, col);
}

static void
test_catalog(void **state)
{
	static const char text[] =
	    "page: reporting/x.md\n"
	    "segments:\n"
	    "#. reporting/x.md:12   [1] a.md\n"
	    "- source: |\n"
	    "    Read [our *guide*][1]: now.\n"
	    "  target: |\n"
	    "    \xD8\xA7\xD9\x82\xD8\xB1\xD8\xA3 \xF0\x9F\x99\x82\n"
	    "  state: reviewed\n"
	    "- source: \"two\\nlines\"\n"
	    "  target: |\n"
	    "- source: plain text\n"
	    "  target: >-\n"
	    "\n"
	    "      folded\n"
	    "      text\n"
	    "unused: []\n";
	struct yaml *y = read_good(text);
	const struct yaml *s, *e;

	(void)state;
	assert_int_equal(y->kind, YAML_MAP);
	assert_at(y, 1, 1);
	assert_view(yaml_text(y, "page", VIEW("f"), &diags), "reporting/x.md");
	assert_at(yaml_get(y, "page"), 1, 7);
	s = yaml_get(y, "segments");
	assert_int_equal(s->kind, YAML_LIST);
	assert_int_equal(s->key_line, 2);
	assert_at(s, 4, 1);
	e = s->child;
	assert_at(e, 4, 3);
	assert_view(e->child->text, "Read [our *guide*][1]: now.\n");
	assert_true(e->child->literal);
	assert_at(e->child, 5, 5);
	assert_int_equal(e->child->key_line, 4);
	assert_int_equal(e->child->key_col, 3);
	assert_at(yaml_get(e, "target"), 7, 5);
	assert_at(yaml_get(e, "state"), 8, 10);
	e = e->next;
	assert_true(e->child->quoted);
	assert_at(e->child, 9, 11);
	assert_view(e->child->text, "two\nlines");
	assert_view(yaml_get(e, "target")->text, "");
	assert_at(yaml_get(e, "target"), 10, 11);
	e = e->next;
	assert_false(e->child->quoted || e->child->literal);
	assert_view(yaml_get(e, "target")->text, "\nfolded text");
	assert_at(yaml_get(e, "target"), 13, 7);
	assert_null(e->next);
	assert_int_equal(yaml_get(y, "unused")->kind, YAML_LIST);
	assert_null(yaml_get(y, "unused")->child);
	assert_null(yaml_get(y, "none"));
	assert_null(yaml_get(s, "source"));
	assert_null(yaml_get(NULL, "source"));
}

static void
test_places(void **state)
{
	struct yaml *y;

	(void)state;
	/* columns count code points, not bytes */
	y = read_good("\xC3\xA9\xF0\x9F\x99\x82: {\xC3\xA9: x, b: [c]}\n");
	assert_at(y->child, 1, 5);
	assert_at(y->child->child, 1, 9);
	assert_at(y->child->child->next, 1, 15);
	assert_int_equal(y->child->child->next->key_col, 12);
	/* the text of a block scalar: indicators, blanks of its own, empty lines, comments */
	assert_at(read_good("a: |2\n     b\n")->child, 2, 3);
	assert_at(read_good("a: |2-  # c\n\n     b\n")->child, 2, 3);
	assert_at(read_good("a: |+\n\n\n")->child, 2, 1);
	assert_at(read_good("a: >\n   b\n   c\n")->child, 2, 4);
	assert_at(read_good("a: |\nb: c\n")->child, 1, 4);
	/* a missing value stands behind the colon */
	assert_at(read_good("a:\nb: c\n")->child, 1, 3);
	/* CRLF and CR count as one line each */
	y = read_good("a: b\r\nc: |\r\n   d\r\ne: f\r\n");
	assert_at(y->child->next, 3, 4);
	assert_at(y->child->next->next, 4, 4);
	assert_at(read_good("a: b\rc: |\r   d\re: f\r")->child->next, 3, 4);
	/* a byte order mark has no column */
	assert_at(read_good("\xEF\xBB\xBF" "a: b\n")->child, 1, 4);
}

static void
test_first_line(void **state)
{
	struct yaml *y;

	(void)state;
	y = yaml_read(&arena, VIEW("a: |\n  b\nc: d\nc: e\n"), VIEW("f"), 11, &diags);
	assert_at(y, 11, 1);
	assert_at(y->child, 12, 3);
	assert_at(y->child->next, 13, 4);
	assert_string_equal(messages(), "f:14:1 yaml-duplicate (it stands first at line 13)\n");
	assert_null(yaml_read(&arena, VIEW("a: b\n\xEF\xBF\xBE"), VIEW("f"), 11, &diags));
	assert_null(yaml_read(&arena, VIEW("a: b\n- c\n"), VIEW("f"), 11, &diags));
	assert_null(yaml_read(&arena, VIEW("a: b\n=======\n"), VIEW("f"), 11, &diags));
	assert_string_equal(messages(), "f:14:1 yaml-duplicate (it stands first at line 13)\n"
	    "f:12:1 yaml-syntax\n"
	    "f:12:1 yaml-syntax (while parsing a block mapping that begins at line 11, column 1)\n"
	    "f:12:1 yaml-conflict\n");
}

static void
test_empty(void **state)
{
	static const char *const texts[] = { "", "\n", "# c\n", "---\n", "--- # c\n...\n", "\xEF\xBB\xBF" };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct yaml *y = read_good(texts[i]);

		assert_int_equal(y->kind, YAML_MAP);
		assert_null(y->child);
	}
	assert_int_equal(read_bytes(VIEW_NONE)->kind, YAML_MAP);
	/* a text that says nothing about keys is a scalar; "" in quotes too */
	assert_view(read_good("hello\n")->text, "hello");
	assert_int_equal(read_good("\"\"\n")->kind, YAML_SCALAR);
	/* all scalars are text */
	assert_view(read_good("a: ~\n")->child->text, "~");
	assert_view(read_good("a: 010\n")->child->text, "010");
	assert_view(read_good("a:\n")->child->text, "");
	assert_view(read_good("a: \"\\u00e9\\t\\\"\\\\0\\n\"\n")->child->text, "\xC3\xA9\t\"\\0\n");
	/* merging is meant only by the bare key */
	assert_view(read_good("\"<<\": a\n")->child->key, "<<");
	assert_view(read_good("a: <<\n")->child->text, "<<");
	/* what looks like a conflict marker, inside a line or shorter, is text */
	read_good("a: |\n  <<<<<<< x\n  =======\n  >>>>>>> y\n");
	refuses("a\n======\n: b\n", "f:3:1 yaml-syntax\n");
}

static void
test_refused_properties(void **state)
{
	(void)state;
	refuses("a: b\nc: &x d\n", "f:2:4 yaml-alias\n");
	refuses("c: *x\n", "f:1:4 yaml-alias\n");
	refuses("\xC3\xA9: [a, *x]\n", "f:1:8 yaml-alias\n");
	refuses("a:\n  - &x [b]\n", "f:2:5 yaml-alias\n");
	refuses("a: &x\n  b: c\n", "f:1:4 yaml-alias\n");
	refuses("a: &x |\n  b\n", "f:1:4 yaml-alias\n");
	refuses("&x a: b\n", "f:1:1 yaml-alias\n");
	refuses("*x : b\n", "f:1:1 yaml-alias\n");
	refuses("a: &x !!str b\n", "f:1:4 yaml-alias\n");
	refuses("a: &x\nb: c\n", "f:1:4 yaml-alias\n");
	refuses("a: !!str b\n", "f:1:4 yaml-tag\n");
	refuses("a: !!str &x b\n", "f:1:4 yaml-tag\n");
	refuses("a: !x b\n", "f:1:4 yaml-tag\n");
	refuses("a: !<tag:x,1:y> b\n", "f:1:4 yaml-tag\n");
	refuses("a: ! b\n", "f:1:4 yaml-tag\n");
	refuses("a: ! \"b\"\n", "f:1:4 yaml-tag\n");
	refuses("a: ! |\n  b\n", "f:1:4 yaml-tag\n");
	refuses("a: ! \xE3\x81\x82\n", "f:1:4 yaml-tag\n");
	refuses("a: ! [b]\n", "f:1:4 yaml-tag\n");
	refuses("a: !\nb: c\n", "f:1:4 yaml-tag\n");
	refuses("! a: b\n", "f:1:1 yaml-tag\n");
	refuses("a: !!map\n  b: c\n", "f:1:4 yaml-tag\n");
	refuses("a:\n- !!seq\n  - c\n", "f:2:3 yaml-tag\n");
	read_good("a: 'b!'\nc: x ! y & z * w\n");
}

static void
test_refused_structure(void **state)
{
	(void)state;
	refuses("a:\n  <<: {b: c}\n", "f:2:3 yaml-merge\n");
	refuses("a: {<<: b}\n", "f:1:5 yaml-merge\n");
	refuses("%YAML 1.2\n---\na: b\n", "f:1:1 yaml-directive\n");
	refuses("# c\n%TAG ! tag:x,1:\n---\na: b\n", "f:2:1 yaml-directive\n");
	refuses("%FOO bar\n---\na: b\n", "f:1:1 yaml-directive\n");
	refuses("%YAML 2.0\n---\na: b\n", "f:1:1 yaml-directive\n");
	refuses("a: b\n? [c, d]\n: e\n", "f:2:3 yaml-nontext-key\n");
	refuses("a: {? {b: c} : d}\n", "f:1:7 yaml-nontext-key\n");
	refuses("[a]: b\n", "f:1:1 yaml-nontext-key\n");
}

static void
test_documents(void **state)
{
	struct yaml *y;

	(void)state;
	y = read_text("---\na: b\n---\nc: d\n");
	assert_string_equal(messages(), "f:3:1 yaml-documents\n");
	assert_view(yaml_get(y, "a")->text, "b");
	assert_null(yaml_get(y, "c"));
	y = read_text("a: b\n...\n# c\n---\n");
	assert_string_equal(messages(), "f:4:1 yaml-documents\n");
	assert_non_null(yaml_get(y, "a"));
	/* what is wrong behind the first document is not read */
	y = read_text("a: b\n---\nc: *d\n");
	assert_string_equal(messages(), "f:2:1 yaml-documents\n");
	assert_non_null(y);
	read_good("---\na: b\n...\n");
}

static void
test_duplicates(void **state)
{
	struct buf b;
	struct yaml *y = read_text("a: 1\nb: 2\na:\n  x: [3]\n'b': 4\nc: {d: 1, d: 2}\n");

	(void)state;
	assert_string_equal(messages(), "f:3:1 yaml-duplicate (it stands first at line 1)\n"
	    "f:5:1 yaml-duplicate (it stands first at line 2)\n"
	    "f:6:11 yaml-duplicate (it stands first at line 6)\n");
	assert_view(yaml_get(y, "a")->text, "1");
	assert_view(yaml_get(y, "b")->text, "2");
	assert_view(yaml_get(yaml_get(y, "c"), "d")->text, "1");
	assert_null(y->child->next->next->next);
	/* a large map, where keys are found by a table; the tenth key again, early and late */
	buf_init(&b);
	for (int i = 0; i < 1000; i++)
		buf_printf(&b, "k%d: %d\n%s", i, i, i == 12 || i == 999 ? "k10: x\n" : "");
	y = read_bytes(view_buf(&b));
	assert_string_equal(messages(), "f:14:1 yaml-duplicate (it stands first at line 11)\n"
	    "f:1002:1 yaml-duplicate (it stands first at line 11)\n");
	assert_view(yaml_get(y, "k10")->text, "10");
	assert_view(yaml_get(y, "k999")->text, "999");
	/* so many are told, no more */
	buf_clear(&b);
	for (int i = 0; i < 5000; i++)
		buf_puts(&b, "a: b\n");
	read_bytes(view_buf(&b));
	assert_int_equal(diags.list.n, 100);
	buf_release(&b);
}

static void
test_limits(void **state)
{
	struct buf b;

	(void)state;
	read_good("[[[[[[[[a]]]]]]]]\n");
	refuses("[[[[[[[[[a]]]]]]]]]\n", "f:1:9 yaml-deep\n");
	refuses("a:\n b:\n  c:\n   d:\n    e:\n     f:\n      g:\n       h:\n        - i\n", "f:9:9 yaml-deep\n");
	refuses("- - - - - - - - - a\n", "f:1:17 yaml-deep\n");
	buf_init(&b);
	for (int i = 0; i < 40000; i++)
		buf_addc(&b, '[');
	assert_null(read_bytes(view_buf(&b)));
	assert_string_equal(messages(), "f:1:9 yaml-deep\n");
	/* a scalar of 64 KiB, and one byte more */
	buf_clear(&b);
	buf_puts(&b, "a: |-\n  ");
	for (int i = 0; i < YAML_MAX_SCALAR; i++)
		buf_addc(&b, 'x');
	assert_non_null(read_bytes(view_buf(&b)));
	buf_puts(&b, "x\n");
	assert_null(read_bytes(view_buf(&b)));
	assert_string_equal(messages(), "f:1:4 yaml-long\n");
	/* many values on one long line: no walk over the line for each */
	buf_clear(&b);
	buf_puts(&b, "[a");
	for (int i = 1; i < YAML_MAX_NODES - 1; i++)
		buf_puts(&b, ",a");
	buf_addc(&b, ']');
	assert_non_null(read_bytes(view_buf(&b)));
	b.n--;
	buf_puts(&b, ",a]");
	assert_null(read_bytes(view_buf(&b)));
	assert_string_equal(messages(), "f:1:2000000 yaml-many\n");
	/* a file of 4 MiB, and one byte more */
	while (b.n <= YAML_MAX_BYTES)
		buf_addc(&b, '\n');
	assert_null(read_bytes(view_buf(&b)));
	assert_string_equal(messages(), "f:0:0 file-large\n");
	buf_release(&b);
}

static void
test_tabs(void **state)
{
	(void)state;
	refuses("a:\n\tb: c\n", "f:2:1 yaml-tab (YAML: found character that cannot start any token)\n");
	refuses("a:\n  b: c\n\td: e\n", "f:3:1 yaml-tab (YAML: found a tab character that violates indentation)\n");
	refuses("a: b\n \tc: d\n", "f:2:2 yaml-tab (YAML: mapping values are not allowed in this context)\n");
	refuses("a: |\n\tb\n", "f:2:1 yaml-tab (YAML: found a tab character where an indentation space is expected)\n");
	refuses("-\ta: b\n", "f:1:2 yaml-tab (YAML: found character that cannot start any token)\n");
	read_good("a:\tb\n");
	read_good("a: |\n  b\n  \tc\n");
}

static void
test_conflict(void **state)
{
	(void)state;
	refuses("a: |\n  b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> x\n", "f:3:1 yaml-conflict\n");
	refuses("=======\n", "f:1:1 yaml-conflict\n");
	refuses("a: \"b\n=======\r\n\"\n", "f:2:1 yaml-conflict\n");
	refuses("a: \"b\n>>>>>>> x\n\"\n", "f:2:1 yaml-conflict\n");
	refuses("a: b\n||||||| x\n", "f:2:1 yaml-conflict\n");
	refuses("a: b\n=======", "f:2:1 yaml-conflict\n");
}

static void
test_escapes(void **state)
{
	struct place p;

	(void)state;
	refuses("a: \"b\\0c\"\n", "f:1:6 text-control\n");
	p = LIST_AT(&diags.list, struct diag, 0)->place;
	assert_int_equal(p.len, 2);
	assert_view(LIST_AT(&diags.list, struct diag, 0)->args[0], "U+0000");
	refuses("a: \"\xC3\xA9\\n\\\\\\e\"\n", "f:1:10 text-control\n");
	refuses("a: \"x\n  y\\\n  z\\x07\"\n", "f:3:4 text-control\n");
	refuses("a: \"\\u0085\"\n", "f:1:5 text-control\n");
	refuses("a: \"\\N\"\n", "f:1:5 text-control\n");
	refuses("a: \"\\L\"\n", "f:1:5 text-control\n");
	refuses("a: \"\\P\"\n", "f:1:5 text-control\n");
	assert_view(LIST_AT(&diags.list, struct diag, 0)->args[0], "U+2029");
	refuses("a: \"\\U00002029\"\n", "f:1:5 text-control\n");
	refuses("\"\\r\": b\n", "f:1:2 text-control\n");
	refuses("a: \"\\uD800\"\n", "f:1:7 yaml-syntax (while parsing a quoted scalar that begins at line 1, column 4)\n");
}

static void
test_syntax(void **state)
{
	(void)state;
	refuses("a: b: c\n", "f:1:5 yaml-syntax (text that holds ': ' stands in quotes, or below a '|')\n");
	refuses("a: b\nfoo\nc: d\n", "f:2:1 yaml-syntax\n");
	refuses("a: \"b\nc: d\n", "f:2:5 yaml-syntax "
	    "(while scanning a quoted scalar that begins at line 1, column 4; the file ends here and may have been cut off)\n");
	refuses("a: [b\nc: d\n", "f:2:2 yaml-syntax (while parsing a flow sequence that begins at line 1, column 4)\n");
	refuses("a:\n  b: c\n d: e\n", "f:3:2 yaml-syntax (while parsing a block mapping that begins at line 1, column 1)\n");
	refuses("\xC3\xA9: @b\n", "f:1:4 yaml-syntax\n");
	refuses("a: b\nc: d\xEF\xBF\xBE\n", "f:2:5 yaml-syntax\n");
	/* a catalog cut off in the middle of a key */
	refuses("segments:\n- source: |\n    a\n  sta", "f:4:3 yaml-syntax (the file ends here and may have been cut off)\n");
	refuses("segments:\n- source: |\n    a\n  sta\n", "f:4:3 yaml-syntax (the file ends here and may have been cut off)\n");
}

static void
test_accessors(void **state)
{
	static const char *const known[] = { "source", "target", "state", "reviewed-by", NULL };
	struct yaml *y = read_good("t: x\nm: {a: b}\nl: [a, b]\nmixed: [a, [b], c]\nyes: yes\nno: no\nbad: maybe\n"
	    "n: 12\nneg: -3\nbig: 99999999999999999999\nfloat: 1.5\nempty:\nq: \"12\"\n");
	struct list l;

	(void)state;
	assert_view(yaml_text(y, "t", VIEW("f"), &diags), "x");
	assert_null(yaml_text(y, "none", VIEW("f"), &diags).p);
	assert_non_null(yaml_text(y, "empty", VIEW("f"), &diags).p);
	assert_true(yaml_bool(y, "yes", false, VIEW("f"), &diags));
	assert_false(yaml_bool(y, "no", true, VIEW("f"), &diags));
	assert_true(yaml_bool(y, "none", true, VIEW("f"), &diags));
	assert_int_equal(yaml_int(y, "n", 1, 0, 12, VIEW("f"), &diags), 12);
	assert_int_equal(yaml_int(y, "neg", 1, -3, 12, VIEW("f"), &diags), -3);
	assert_int_equal(yaml_int(y, "none", 7, 0, 1, VIEW("f"), &diags), 7);
	l = yaml_texts(y, "l", &arena, VIEW("f"), &diags);
	assert_int_equal(l.n, 2);
	assert_view(*LIST_AT(&l, struct view, 1), "b");
	assert_int_equal(yaml_texts(y, "t", &arena, VIEW("f"), &diags).n, 1);
	assert_int_equal(yaml_texts(y, "empty", &arena, VIEW("f"), &diags).n, 0);
	assert_int_equal(yaml_texts(y, "none", &arena, VIEW("f"), &diags).n, 0);
	assert_string_equal(messages(), "");
	assert_null(yaml_text(y, "l", VIEW("f"), &diags).p);
	assert_true(yaml_bool(y, "bad", true, VIEW("f"), &diags));
	assert_int_equal(yaml_int(y, "n", 5, 0, 11, VIEW("f"), &diags), 5);
	assert_view(LIST_AT(&diags.list, struct diag, 2)->args[1], "a whole number from 0 to 11");
	assert_int_equal(yaml_int(y, "big", 5, 0, 11, VIEW("f"), &diags), 5);
	assert_int_equal(yaml_int(y, "float", 5, 0, 11, VIEW("f"), &diags), 5);
	assert_int_equal(yaml_int(y, "empty", 5, 0, 11, VIEW("f"), &diags), 5);
	assert_int_equal(yaml_texts(y, "m", &arena, VIEW("f"), &diags).n, 0);
	assert_int_equal(yaml_texts(y, "mixed", &arena, VIEW("f"), &diags).n, 2);
	assert_string_equal(messages(), "f:3:4 yaml-type\nf:7:6 yaml-type\nf:8:4 yaml-type\nf:10:6 yaml-type\n"
	    "f:11:8 yaml-type\nf:12:7 yaml-type\nf:2:4 yaml-type\nf:4:12 yaml-type\n");
	y = read_good("source: a\ntraget: b\nxyz: c\nstate: d\n\xC3\xA9: e\n");
	yaml_known(y, known, VIEW("f"), &diags);
	assert_string_equal(messages(), "f:2:1 yaml-key\nf:3:1 yaml-key\nf:5:1 yaml-key\n");
	assert_view(LIST_AT(&diags.list, struct diag, 0)->args[1], "; did you mean 'target'?");
	assert_view(LIST_AT(&diags.list, struct diag, 1)->args[1], "");
	yaml_known(NULL, known, VIEW("f"), &diags);
	y = read_good("just text\n");
	yaml_known(y, known, VIEW("f"), &diags);
	assert_string_equal(messages(), "f:1:1 yaml-type\n");
	assert_int_equal(yaml_place(y, VIEW("f")).len, 9);
	assert_int_equal(yaml_place(read_good("a: 'bc'\n")->child, VIEW("f")).len, 4);
	assert_int_equal(yaml_place(read_good("a: |\n  \xC3\xA9\n  cc\n")->child, VIEW("f")).len, 1);
}

/*
 * The YAML test suite. Cases in which libyaml 0.2.5 departs from YAML 1.2 and that we read (catalogs do not hold such
 * things): it is more generous with errors, or reads a flow scalar or a last line of blanks in its own way.
 */
static const char *const lenient[] = { "9C9N", "9JBA", "CVW2", "DK95/01", "G5U8", "QB6E", "S98Z", "SU5Z", "X4QW",
	"Y79Y/03", "YJV2", NULL };
static const char *const different[] = { "652Z", "HM87/01", "L24T/01", NULL };

static bool
among(struct view id, const char *const *ids)
{
	for (; *ids; ids++)
		if (view_is(id, *ids))
			return true;
	return false;
}

static bool
same(const struct yaml *y, const struct json *j)
{
	const struct yaml *c = y->child;

	switch (j->kind) {
	case JSON_NULL:
		return y->kind == YAML_SCALAR ? y->text.n == 0 || view_is(y->text, "~") || view_is(y->text, "null") :
		    y->kind == YAML_MAP && !c && y->line == 1;
	case JSON_TRUE:
	case JSON_FALSE:
		return y->kind == YAML_SCALAR && view_is(y->text, j->kind == JSON_TRUE ? "true" : "false");
	case JSON_NUMBER:
		return y->kind == YAML_SCALAR && (strtod(y->text.p, NULL) == j->number || view_starts(y->text, "0o"));
	case JSON_STRING:
		return y->kind == YAML_SCALAR && view_eq(y->text, j->text);
	case JSON_ARRAY:
	case JSON_OBJECT:
		break;
	}
	if (y->kind != (j->kind == JSON_ARRAY ? YAML_LIST : YAML_MAP))
		return false;
	/* members in any order, for the suite's own vary */
	for (j = j->child; j && c; j = j->next, c = c->next) {
		const struct yaml *v = y->kind == YAML_MAP ? yaml_get(y, view_copy(&arena, j->key).p) : c;

		if (!v || !same(v, j))
			return false;
	}
	return !j && !c;
}

/* Whether a refusal has one of the reasons that docs and yaml.h give, and not "YAML syntax". */
static bool
documented(enum diag_id id)
{
	return id == DIAG_yaml_alias || id == DIAG_yaml_tag || id == DIAG_yaml_merge || id == DIAG_yaml_directive ||
	    id == DIAG_yaml_documents || id == DIAG_yaml_nontext_key || id == DIAG_yaml_duplicate ||
	    id == DIAG_yaml_deep || id == DIAG_yaml_tab || id == DIAG_text_control || id == DIAG_text_odd_line;
}

struct counts {
	int refused, same, no_tree, subset, library, lenient, different, wrong;
};

static void
suite_case(const struct json *test, struct counts *n)
{
	struct view id = json_get(test, "id")->text, text, error;
	const struct json *tree = json_get(test, "json"), *expected = NULL;
	bool fail = json_get(test, "fail")->kind == JSON_TRUE;
	struct yaml *y = NULL;
	const struct diag *d;

	diags_release(&diags);
	diags_init(&diags);
	if (charset_text(&arena, json_get(test, "yaml")->text, VIEW_NONE, VIEW("f"), &text, &diags))
		y = yaml_read(&arena, text, VIEW("f"), 1, &diags);
	d = diags.list.n ? LIST_AT(&diags.list, struct diag, 0) : NULL;
	if (tree->kind == JSON_STRING)
		expected = json_read(&arena, tree->text, &error);
	if (!y && !d) {
		n->wrong++;
		print_message("%.*s: refused without a message\n", VIEW_ARG(id));
	} else if (d && fail) {
		n->refused++;
	} else if (d && documented(d->id)) {
		n->subset++;
	} else if (d && d->id == DIAG_yaml_syntax && view_starts(json_get(test, "libyaml_0_2_5")->text, "WRONGLY-REJ")) {
		n->library++;
	} else if (d) {
		n->wrong++;
		print_message("%.*s: refused: %s\n", VIEW_ARG(id), messages());
	} else if (fail && among(id, lenient)) {
		n->lenient++;
	} else if (expected && !same(y, expected) && among(id, different)) {
		n->different++;
	} else if (fail || (expected && !same(y, expected))) {
		n->wrong++;
		print_message("%.*s: %s\n", VIEW_ARG(id), fail ? "read, and is not YAML" : "read to another tree");
	} else if (expected) {
		n->same++;
	} else {
		n->no_tree++;
	}
}

static void
test_suite(void **state)
{
	const char *folder = getenv("WAYPOST_TESTDATA");
	struct counts n = { 0 };
	struct view path, error;
	struct json *suite;
	struct buf b;
	FILE *f = NULL;
	size_t got;

	(void)state;
	if (folder) {
		path = view_printf(&arena, "%s/yaml-test-suite/suite.json", folder);
		f = fopen(path.p, "rb");
	}
	if (!f) {
		print_message("# SKIP YAML test suite: not in $WAYPOST_TESTDATA\n");
		skip();
	}
	buf_init(&b);
	while ((got = fread(buf_reserve(&b, 65536), 1, 65536, f)) > 0) {
		b.n += got;
		b.p[b.n] = '\0';
	}
	fclose(f);
	suite = json_read(&arena, view_buf(&b), &error);
	buf_release(&b);
	assert_non_null(suite);
	for (const struct json *t = suite->child; t; t = t->next)
		suite_case(t, &n);
	print_message("# YAML test suite: %d errors refused, %d read to the same tree, %d read (no tree given), "
	    "%d outside the subset, %d not read by libyaml, %d lenient, %d read differently, %d wrong\n",
	    n.refused, n.same, n.no_tree, n.subset, n.library, n.lenient, n.different, n.wrong);
	assert_int_equal(n.wrong, 0);
	assert_true(n.same > 150);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_catalog), TEST(test_places), TEST(test_first_line), TEST(test_empty),
		TEST(test_refused_properties), TEST(test_refused_structure), TEST(test_documents), TEST(test_duplicates),
		TEST(test_limits), TEST(test_tabs), TEST(test_conflict), TEST(test_escapes), TEST(test_syntax),
		TEST(test_accessors), TEST(test_suite),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
