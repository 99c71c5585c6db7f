/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of format/markdown: the tree, its places, inlines alone, the limits at the door. */
#include "tree.h"

#include "format/markdown.h"

/* The tree as text: "p(text em(text))", with places of blocks. */
static void
print(const struct md_node *m, struct buf *b)
{
	static const char *const names[] = {
		[MD_DOCUMENT] = "doc", [MD_QUOTE] = "quote", [MD_LIST] = "list", [MD_ITEM] = "item", [MD_CODE_BLOCK] = "pre",
		[MD_HTML_BLOCK] = "html", [MD_PARAGRAPH] = "p", [MD_HEADING] = "h", [MD_RULE] = "hr", [MD_TABLE] = "table",
		[MD_ROW] = "row", [MD_CELL] = "cell", [MD_FOOTNOTE] = "note", [MD_TEXT] = "", [MD_SOFT_BREAK] = "soft",
		[MD_HARD_BREAK] = "br", [MD_CODE] = "code", [MD_HTML] = "raw", [MD_EMPH] = "em", [MD_STRONG] = "strong",
		[MD_STRIKE] = "del", [MD_LINK] = "a", [MD_IMAGE] = "img", [MD_NOTE_REF] = "mark",
	};

	buf_puts(b, names[m->kind]);
	if (m->kind == MD_HEADING)
		buf_printf(b, "%d", m->level);
	if (m->kind < MD_TEXT && m->kind != MD_DOCUMENT && m->kind != MD_ROW && m->kind != MD_CELL)
		buf_printf(b, "@%u:%u", m->line, m->col);
	if (m->text.n)
		buf_printf(b, "'%.*s'", VIEW_ARG(m->text));
	if (m->url.n)
		buf_printf(b, "<%.*s>", VIEW_ARG(m->url));
	if (m->title.n)
		buf_printf(b, "\"%.*s\"", VIEW_ARG(m->title));
	if (!m->child)
		return;
	buf_addc(b, '(');
	for (const struct md_node *c = m->child; c; c = c->next) {
		assert_ptr_equal(c->parent, m);
		if (c != m->child)
			buf_addc(b, ' ');
		print(c, b);
	}
	assert_null(m->last->next);
	buf_addc(b, ')');
}

static void
expect(const char *md, const char *expected)
{
	struct arena a;
	struct buf b;

	arena_init(&a);
	buf_init(&b);
	print(markdown_read(&a, view_str(md), 1), &b);
	assert_string_equal(b.p, expected);
	buf_release(&b);
	arena_release(&a);
}

static void
test_tree(void **state)
{
	(void)state;
	expect("# A *b*\n\ntext\nmore  \nhard\n", "doc(h1@1:1('A ' em('b')) p@3:1('text' soft 'more' br 'hard'))");
	expect("> - [x](u \"t\") `c`\n", "doc(quote@1:1(list@1:3(item@1:3(p@1:5(a<u>\"t\"('x') ' ' code'c')))))");
	expect("| a | b |\n|:--|--:|\n| c | ~~d~~ |\n", "doc(table@1:1(row(cell('a') cell('b')) row(cell('c') cell(del('d')))))");
	expect("x[^n] y[^m].\n\n[^m]: two\n\n[^n]: one\n",
	    "doc(p@1:1('x' mark'n' ' y' mark'm' '.') note@5:7'n'(p@5:7('one')) note@3:7'm'(p@3:7('two')))");
	expect("x[^gone]\n\n[^never]: y\n", "doc(p@1:1('x[^gone]'))");
	expect("a <b>c</b>\n\n<div>\n", "doc(p@1:1('a ' raw'<b>' 'c' raw'</b>') html@3:1'<div>\n')");
	expect("``` c x\ncode\n```\n***\n", "doc(pre@1:1'code\n' hr@4:1)");
	expect("", "doc");
}

static void
test_details(void **state)
{
	struct arena a;
	struct md_node *m;

	(void)state;
	arena_init(&a);
	m = markdown_read(&a, VIEW("3. a\n4. b\n"), 1)->child;
	assert_true(m->ordered && m->tight);
	assert_int_equal(m->start, 3);
	m = markdown_read(&a, VIEW("- [x] a\n\n- [ ] b\n- c\n"), 1)->child;
	assert_false(m->ordered || m->tight);
	assert_int_equal(m->child->task, MD_TASK_DONE);
	assert_int_equal(m->child->next->task, MD_TASK_OPEN);
	assert_int_equal(m->last->task, MD_TASK_NONE);
	m = markdown_read(&a, VIEW("| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | 4 |\n"), 1)->child;
	assert_true(m->child->header && m->child->child->header && !m->last->header);
	assert_int_equal(m->last->child->align, MD_ALIGN_NONE);
	assert_int_equal(m->last->child->next->align, MD_ALIGN_START);
	assert_int_equal(m->last->child->next->next->align, MD_ALIGN_CENTER);
	assert_int_equal(m->last->last->align, MD_ALIGN_END);
	m = markdown_read(&a, VIEW("``` lang more\nx\n```"), 1)->child;
	assert_true(view_is(m->info, "lang more"));
	/* columns count code points; the first line may stand further down in the file */
	m = markdown_read(&a, VIEW("> \xC3\xA9 x\n> - y\n"), 11)->child;
	assert_int_equal(m->line, 11);
	assert_int_equal(m->last->line, 12);
	assert_int_equal(m->last->col, 3);
	arena_release(&a);
}

static void
test_inlines(void **state)
{
	static const char *const blocks[] = { "# a", "1. a", "- a", "> a", "```", "***", "| a | b |", "<div>", "    a", "[x]: y",
		"a #", "===", "{{> x}}" };
	struct view note = VIEW("n");
	struct arena a;
	struct buf b;

	(void)state;
	arena_init(&a);
	buf_init(&b);
	print(markdown_inlines(&a, VIEW("[a][1] ![b][2] c[^n] [x][3] [^m]\nd"), &note, 1, 2, &(bool){ false }), &b);
	assert_string_equal(b.p, "p@1:1(a<1>('a') ' ' img<2>('b') ' c' mark'n' ' [x][3] [^m] d')");
	for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
		struct md_node *m = markdown_inlines(&a, view_str(blocks[i]), NULL, 0, 0, &(bool){ false });

		assert_int_equal(m->kind, MD_PARAGRAPH);
		for (struct md_node *c = m->child; c; c = c->next)
			assert_true(c->kind >= MD_TEXT);
		assert_non_null(m->child);
	}
	assert_null(markdown_inlines(&a, VIEW(""), NULL, 0, 0, &(bool){ false })->child);
	buf_release(&b);
	arena_release(&a);
}

/* Emphasis nested deeper than the limit loses the tags, not the text. */
static void
test_depth(void **state)
{
	struct arena a;
	struct buf b;
	unsigned depth = 0;

	(void)state;
	arena_init(&a);
	buf_init(&b);
	for (int i = 0; i < 400; i++)
		buf_puts(&b, "*a **b ");
	for (int i = 0; i < 400; i++)
		buf_puts(&b, "b** a*");
	for (struct md_node *m = markdown_read(&a, view_buf(&b), 1); m; m = m->child ? m->child->next ? m->child->next : m->child : NULL)
		depth++;
	assert_in_range(depth, 100, 260);
	buf_release(&b);
	arena_release(&a);
}

static void
limit(struct tree *t, const char *piece, size_t times, const char *rest, const char *said)
{
	struct buf b;

	buf_init(&b);
	buf_puts(&b, "ok\n");
	for (size_t i = 0; i < times; i++)
		buf_puts(&b, piece);
	buf_puts(&b, rest);
	assert_int_equal(markdown_check(view_buf(&b), VIEW("f.md"), 5, &t->diags), said[0] == '\0');
	tree_said(t, said);
	buf_release(&b);
}

static void
test_limits(void **state)
{
	struct tree *t = *state;

	limit(t, "x", MD_MAX_LINE, "\n", "");
	limit(t, "x", MD_MAX_LINE + 1, "\n", "f.md:6:1 line-long 16384\n");
	limit(t, ">", MD_MAX_MARKERS, "a\n", "");
	limit(t, ">", MD_MAX_MARKERS + 1, "a\n", "f.md:6:1 markers-deep 32\n");
	limit(t, "- ", MD_MAX_MARKERS + 1, "a\n", "f.md:6:1 markers-deep 32\n");
	limit(t, "1. ", MD_MAX_MARKERS + 1, "a\n", "f.md:6:1 markers-deep 32\n");
	limit(t, "|-", MD_MAX_COLUMNS, "|\n", "");
	limit(t, "|-", MD_MAX_COLUMNS + 2, "|\n", "f.md:6:1 table-wide 64\n");
	limit(t, "-", 500, "\n", "");
	limit(t, "[", MD_MAX_OPEN, "a\n", "");
	limit(t, "[", MD_MAX_OPEN + 1, "a\n", "f.md:6:1 marks-many 1024\n");
	limit(t, "[a]", 5000, "\n", "");
	limit(t, "\\[", 5000, "\n", "");
	limit(t, "[a\n\n", 5000, "\n", "");
	limit(t, "<?", MD_MAX_OPEN + 1, "\n", "f.md:6:1 marks-many 1024\n");
	limit(t, "*a_\n", MD_MAX_EMPHASIS / 2, "\n", "");
	limit(t, "* a\n", MD_MAX_EMPHASIS + 1, "\n", "");
	limit(t, "> *a\n", MD_MAX_EMPHASIS + 1, "\n", "f.md:32774:1 marks-many 32768\n");
}

/* An entity for '^' behind a bracket is text: the library would take freed memory behind it for the name of a note. */
static void
test_caret(void **state)
{
	static const char *const carets[] = { "&#94;", "&#0094;", "&#x5e;", "&#X05E;", "&Hat;" };
	struct view note = VIEW("n");
	struct arena a;
	struct buf b;

	(void)state;
	arena_init(&a);
	buf_init(&b);
	for (size_t i = 0; i < sizeof carets / sizeof *carets; i++) {
		buf_clear(&b);
		print(markdown_inlines(&a, view_printf(&a, "[%saaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa] b[^n]", carets[i]), &note, 1, 0, &(bool){ false }), &b);
		assert_string_equal(b.p, "p@1:1('[^aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa] b' a<x>('^n'))");	/* nor is there another note */
	}
	buf_clear(&b);
	print(markdown_inlines(&a, VIEW("[&#8217;a][1] &#94; [&#x5e1;] [&amp;] b[^n]"), &note, 1, 1, &(bool){ false }), &b);
	assert_string_equal(b.p, "p@1:1(a<1>('\xE2\x80\x99" "a') ' ^ [\xD7\xA1] [&] b' mark'n')");
	buf_clear(&b);
	print(markdown_inlines(&a, VIEW("[\\^a]"), NULL, 0, 0, &(bool){ false }), &b);
	assert_string_equal(b.p, "p@1:1('[^a]')");
	buf_release(&b);
	arena_release(&a);
}

static void
test_expansion(void **state)
{
	(void)state;
	assert_int_equal(markdown_expansion(VIEW("no definition\n[a] [b]\n")), 0);
	assert_int_equal(markdown_expansion(VIEW("[a]: x\n[b]: \"a\nlong\ntitle\"\n\nlater [a][] [b]\n")), 5 * strlen("[b]: \"alongtitle\""));
	assert_int_equal(markdown_expansion(VIEW("words")), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tree),
		cmocka_unit_test(test_details),
		cmocka_unit_test(test_inlines),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_caret),
		cmocka_unit_test_setup_teardown(test_limits, tree_setup, tree_teardown),
		cmocka_unit_test(test_expansion),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
