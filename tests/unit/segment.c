/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of model/segment: normal form, canonical inlines, writing with as little escaping as reads back the same. */
#include "tree.h"

#include "model/segment.h"

static void
normal(const char *text, const char *expected)
{
	struct arena a;

	arena_init(&a);
	assert_string_equal(view_copy(&a, segment_normal(&a, view_str(text))).p, expected);
	arena_release(&a);
}

static void
test_normal(void **state)
{
	(void)state;
	normal("plain text", "plain text");
	normal("  a b \n", "a b");
	normal("a\n    b\n\tc", "a b c");
	normal("a  b", "a  b");
	normal("\xE4\xB8\xAD\n\xE6\x96\x87", "\xE4\xB8\xAD\xE6\x96\x87");		/* Han: nothing between */
	normal("\xE4\xB8\xAD\n  a", "\xE4\xB8\xAD a");
	normal("\xE0\xB8\x81\n\xE0\xB8\x82", "\xE0\xB8\x81\xE0\xB8\x82");		/* Thai */
	normal("e\xCC\x81", "\xC3\xA9");						/* NFC */
	normal("", "");
}

/* What markdown becomes when it is written as a segment; the tree must survive. */
static void
writes(const char *md, const char *expected)
{
	struct segment_shape shape = { .ndests = 2 };
	struct arena a;
	struct md_node *m;
	struct view text;

	arena_init(&a);
	m = markdown_read(&a, view_str(md), 1)->child;
	assert_non_null(m);
	segment_canonical(&a, m, &shape, PLACE_NONE, NULL);
	assert_true(segment_write(&a, m, &shape, &text));
	assert_string_equal(text.p, expected);
	assert_true(segment_same(m, segment_read(&a, text, &shape)));
	arena_release(&a);
}

static void
test_write(void **state)
{
	(void)state;
	writes("plain, with snake_case and 3 * 4 - a ~ b", "plain, with snake_case and 3 * 4 - a ~ b");
	writes("*em* __strong__ ~~del~~ ``a`b``", "*em* **strong** ~~del~~ ``a`b``");
	writes("hard  \nbreak\nsoft", "hard<br>break soft");
	writes("[a *b*](1) ![c](2)", "[a *b*][1] ![c][2]");
	writes("\\*not em\\*", "\\*not em\\*");
	writes("<kbd>Ctrl</kbd> <abbr title=\"a &amp; b\">x</abbr>", "<kbd>Ctrl</kbd> <abbr title=\"a &amp; b\">x</abbr>");
	writes("a <b>c</b>", "a <b>c</b>");
	writes("x<sub>2</sub> a<wbr>b", "x<sub>2</sub> a<wbr>b");
	writes("&copy; &amp;copy;", "\xC2\xA9 \\&copy;");
	writes("1 < 2 <3", "1 < 2 \\<3");
	writes("a &#32;", "a &#32;");
	writes("*a*&#32;", "*a*&#32;");
	writes("\xE4\xB8\xAD\n\xE6\x96\x87", "\xE4\xB8\xAD\xE6\x96\x87");
	/* Markdown's marks cannot hold this: tags do */
	writes("<strong>\xE3\x80\x8C\xE5\xBC\xB7\xE8\xAA\xBF\xE3\x80\x8D</strong>\xE5\xAD\x97",
	    "<strong>\xE3\x80\x8C\xE5\xBC\xB7\xE8\xAA\xBF\xE3\x80\x8D</strong>\xE5\xAD\x97");
	writes("a`b` `` ` `` `` a` ``", "a`b` `` ` `` `` a` ``");
	writes("[x](1)[y](2)", "[x][1][y][2]");
	writes("# heading # x #", "heading # x");
}

/* Raw tags: in pairs, on the list, else text. */
static void
canonical(struct tree *t, const char *text, const char *expected, const char *said)
{
	struct segment_shape shape = { 0 };
	struct md_node *m = markdown_read(&t->arena, view_str(text), 1)->child;
	struct view out;

	segment_canonical(&t->arena, m, &shape, place_at(VIEW("f.md"), 1, 1, 0), &t->diags);
	assert_true(segment_write(&t->arena, m, &shape, &out));
	assert_string_equal(out.p, expected);
	tree_said(t, said);
}

static void
test_tags(void **state)
{
	struct tree *t = *state;

	canonical(t, "a <em>b</em>", "a *b*", "");
	canonical(t, "a <blink>b</blink>", "a \\<blink>b\\</blink>",
	    "f.md:1:1 html-refused </blink>\nf.md:1:1 html-refused <blink>\n");
	canonical(t, "a <kbd>b", "a \\<kbd>b", "f.md:1:1 html-unclosed <kbd>\n");
	canonical(t, "a </kbd>b", "a \\</kbd>b", "f.md:1:1 html-refused </kbd>\n");
	canonical(t, "<kbd>*a</kbd>b*", "\\<kbd>*a\\</kbd>b*",
	    "f.md:1:1 html-refused </kbd>\nf.md:1:1 html-unclosed <kbd>\n");
	canonical(t, "a <kbd>x <b>y</kbd> z", "a <kbd>x \\<b>y</kbd> z", "f.md:1:1 html-unclosed <b>\n");
	canonical(t, "x *<kbd>a*</kbd>", "x *\\<kbd>a*\\</kbd>",
	    "f.md:1:1 html-refused </kbd>\nf.md:1:1 html-unclosed <kbd>\n");
	canonical(t, "a<!-- c -->b", "ab", "");
	canonical(t, "<kbd onclick=\"x\">a</kbd>", "\\<kbd onclick=\"x\">a\\</kbd>",
	    "f.md:1:1 html-refused </kbd>\nf.md:1:1 html-refused <kbd onclick=\"x\">\n");
	canonical(t, "x <script>a</script>", "x \\<script>a\\</script>", "f.md:1:1 html-refused </script>\n"
	    "f.md:1:1 html-refused <script>\n");
}

/* A translation: numbers and addresses to destinations, only the source's tags. */
static void
test_read(void **state)
{
	struct view urls[] = { VIEW("a.md"), VIEW("https://x.example/") }, note = VIEW("n");
	struct segment_shape shape = { .ndests = 2, .urls = urls, .notes = &note, .nnotes = 1 };
	struct arena a;
	struct md_node *m;
	struct buf b;

	(void)state;
	arena_init(&a);
	m = segment_read(&a, VIEW("[x][1]"), &shape);
	assert_int_equal(m->child->dest, 1);
	assert_int_equal(segment_read(&a, VIEW("[x](https://x.example/)"), &shape)->child->dest, 2);
	assert_int_equal(segment_read(&a, VIEW("<https://x.example/>"), &shape)->child->dest, 2);
	assert_int_equal(segment_read(&a, VIEW("[x](https://evil.example/)"), &shape)->child->dest, 0);
	assert_int_equal(segment_read(&a, VIEW("[x][3]"), &shape)->child->kind, MD_TEXT);
	assert_int_equal(segment_read(&a, VIEW("[^n]"), &shape)->child->kind, MD_NOTE_REF);
	assert_int_equal(segment_read(&a, VIEW("[^other]"), &shape)->child->kind, MD_TEXT);
	shape.source = segment_read(&a, VIEW("<kbd>a</kbd>"), &(struct segment_shape){ 0 });
	assert_int_equal(segment_read(&a, VIEW("<kbd>b</kbd>"), &shape)->child->kind, MD_TAG);
	assert_int_equal(segment_read(&a, VIEW("<em>b</em>"), &shape)->child->kind, MD_EMPH);
	assert_int_equal(segment_read(&a, VIEW("<small>b</small>"), &shape)->child->kind, MD_TEXT);
	assert_int_equal(segment_read(&a, VIEW("<bdi dir=\"rtl\">b</bdi>"), &shape)->child->kind, MD_TEXT);
	buf_init(&b);
	segment_plain(segment_read(&a, VIEW("a *b* `c`<br>[d][1] ![e][2][^n]"), &shape), &b);
	assert_string_equal(b.p, "a b c d e");
	buf_release(&b);
	arena_release(&a);
}

static void
test_is_plain(void **state)
{
	static const char *const not_plain[] = { "a*", "a_b", "`", "[", "]", "<", "&", "\\", "~", "a\nb", " a", "a ", "a #" };

	(void)state;
	assert_true(segment_is_plain(VIEW("Plain text, with (brackets)! \xC3\xA9 - 100 %.")));
	assert_true(segment_is_plain(VIEW("")));
	for (size_t i = 0; i < sizeof not_plain / sizeof *not_plain; i++)
		assert_false(segment_is_plain(view_str(not_plain[i])));
}

/* What is plain by its bytes reads back as one text of the same bytes; 100,000 random strings. */
static void
test_plain_is_text(void **state)
{
	static const char alphabet[] = "ab .,:;!?()-+=|{}'\"/%$@^>1)#*_`[]<&\\~\n";
	struct segment_shape shape = { 0 };
	uint32_t seed = 1;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		struct arena a;
		char s[12];
		size_t n = 1 + seed % 10;
		struct md_node *m;

		for (size_t k = 0; k < n; k++) {
			seed = seed * 1664525 + 1013904223;
			s[k] = alphabet[(seed >> 16) % (i % 2 ? 26 : sizeof alphabet - 1)];
		}
		if (!segment_is_plain(view_of(s, n)))
			continue;
		arena_init(&a);
		m = segment_read(&a, view_of(s, n), &shape)->child;
		assert_non_null(m);
		assert_int_equal(m->kind, MD_TEXT);
		assert_true(!m->next && view_eq(m->text, view_of(s, n)));
		arena_release(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_normal),
		cmocka_unit_test(test_write),
		cmocka_unit_test_setup_teardown(test_tags, tree_setup, tree_teardown),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_is_plain),
		cmocka_unit_test(test_plain_is_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
