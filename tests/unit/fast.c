/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways that are only quicker against the long ones: on random texts made of what matters to them, both say the same. */
#include "tree.h"

#include "base/fast.h"
#include "base/utf8.h"
#include "format/charset.h"
#include "format/html.h"
#include "format/lang.h"
#include "format/markdown_simple.h"
#include "format/yaml.h"
#include "model/facts.h"
#include "model/segment_alike.h"

static unsigned seed = 11;
static unsigned looked[4];	/* by check_look: at texts; even, calm, plain and bare */

static unsigned
any(unsigned n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

static const char *const pieces[] = {
	"*", "*", "**", "`", "[", "]", "[1]", "[2]", "[text][1]", "[^a]", "[^b-2]", "[^z]", "\\", "\\*", "\\a", "!", "![x][1]", "&", "&amp;", "& ",
	"<br>", "<b>", "~~", "_", "#", " ", " ", " ", " ", "word", "word", "and", "a", "w", "www.a.org", "://", ":", "/", "(", ")", ".", ",", "\"", "'",
	"12", "7", "12345", "{name}", "{", "a@b.org", "\xC3\xA9", "\xC3\xA9t\xC3\xA9", "\xC2\xA0", "\xC2\xAB", "\xC2\xBB", "\xD1\x81\xD0\xBB\xD0\xBE",
	"\xE4\xB8\xAD\xE6\x96\x87", "\xE3\x80\x82", "\xE0\xA4\xB9\xE0\xA5\x8D", "\xD8\xA7\xD8\xA8", "\xD9\x91\xD9\x8E", "e\xCC\x81", "\xCC\xA3", "\xE2\x80\x99",
	"\xE2\x80\xAE", "\xE2\x80\xA8", "\xD9\xA3\xD9\xA4", "\xF0\x9F\x98\x80", "\xC2\x85", "\xC2\x9F", "\x07", "\x7F", "\t", "\n", "\xE1\x9A\x80", "\xE2\x81\xA6",
	"*ww.a.org*", "http:", "*//a.org*", "[t](z.md)", "[t](x.md)", "*em*", "**strong**", "`code`", "*a*", "sixteen letters.", "[*a* b][2]", "][1]", "][1]", "[a][2]",
};

static void
make_text(struct buf *b, unsigned most)
{
	unsigned n = 1 + any(most);

	buf_clear(b);
	while (n--)
		buf_puts(b, pieces[any(sizeof pieces / sizeof *pieces)]);
}

static void
print(const struct md_node *m, struct buf *b)
{
	buf_printf(b, "%d %u %d %u '%.*s' '%.*s' <%.*s> \"%.*s\"", m->kind, m->line, m->level, m->dest, VIEW_ARG(m->text), VIEW_ARG(m->info),
	    VIEW_ARG(m->url), VIEW_ARG(m->title));
	for (const struct md_node *c = m->child; c; c = c->next) {
		assert_ptr_equal(c->parent, m);
		assert_int_equal(c == m->last, !c->next);
		buf_addc(b, '(');
		print(c, b);
		buf_addc(b, ')');
	}
}

static void
test_switches(void **state)
{
	(void)state;
	fast_without(NULL);
	for (int i = 0; i < FAST_COUNT; i++)
		assert_true(fast((enum fast)i));
	fast_without("copy nothing lines");
	assert_false(fast(FAST_COPY));
	assert_false(fast(FAST_LINES));
	assert_true(fast(FAST_INLINES));
	fast_without("all");
	for (int i = 0; i < FAST_COUNT; i++)
		assert_false(fast((enum fast)i));
	fast_without("");
	assert_true(fast(FAST_LOAD));
}

/* What is taken without the library is the library's tree, made ready. */
static void
test_inlines(void **state)
{
	const struct view notes[] = { VIEW("a"), VIEW("b-2") };
	const struct segment_shape shape = { .ndests = 2, .notes = notes, .nnotes = 2 };
	unsigned taken = 0;
	struct buf text, x, y;
	struct arena a;

	(void)state;
	buf_init(&text);
	buf_init(&x);
	buf_init(&y);
	for (int i = 0; i < 200000; i++) {
		struct md_node *quick;

		arena_init(&a);
		make_text(&text, i % 2 ? 6 : 14);
		quick = utf8_invalid(view_buf(&text)) == text.n ? markdown_simple(&a, view_buf(&text), notes, 2, 2) : NULL;
		if (quick) {
			struct md_node *tree = markdown_inlines_parse(&a, view_buf(&text), notes, 2, 2);

			segment_canonical(&a, tree, &shape, PLACE_NONE, NULL);
			buf_clear(&x);
			buf_clear(&y);
			print(quick, &x);
			print(tree, &y);
			if (strcmp(x.p, y.p) != 0)
				fail_msg("'%s'\n--- quick\n%s\n--- library\n%s", text.p, x.p, y.p);
			taken++;
		}
		arena_release(&a);
	}
	assert_in_range(taken, 10000, 180000);	/* the test sees both sides */
	buf_release(&y);
	buf_release(&x);
	buf_release(&text);
}

/* A text with more escapes than are worth joining is left to the library. */
static void
test_inlines_bounds(void **state)
{
	struct arena a;
	struct buf b;

	(void)state;
	arena_init(&a);
	buf_init(&b);
	for (int i = 0; i < 8000; i++)
		buf_puts(&b, "\\*");
	assert_null(markdown_simple(&a, view_buf(&b), NULL, 0, 0));
	assert_null(markdown_simple(&a, VIEW(""), NULL, 0, 0));
	assert_null(markdown_simple(&a, VIEW(" a"), NULL, 0, 0));
	assert_null(markdown_simple(&a, VIEW("a\\"), NULL, 0, 0));
	assert_non_null(markdown_simple(&a, VIEW("a *b* [c][1]"), NULL, 0, 1));
	assert_null(markdown_simple(&a, VIEW("a *b* [c][1]"), NULL, 0, 0));
	buf_release(&b);
	arena_release(&a);
}

/* A text that is copied reads, by the library, as one text: itself. */
static void
test_copy(void **state)
{
	struct buf text;
	unsigned taken = 0;

	(void)state;
	buf_init(&text);
	for (int i = 0; i < 100000; i++) {
		struct arena a;
		struct md_node *m;

		make_text(&text, 5);
		if (!text.n || !segment_is_plain(view_buf(&text)) || utf8_invalid(view_buf(&text)) < text.n)
			continue;
		arena_init(&a);
		m = markdown_inlines_parse(&a, view_buf(&text), NULL, 0, 2);
		assert_non_null(m->child);
		assert_null(m->child->next);
		assert_int_equal(m->child->kind, MD_TEXT);
		assert_true(view_eq(m->child->text, view_buf(&text)));
		arena_release(&a);
		taken++;
	}
	assert_in_range(taken, 10000, 90000);
	buf_release(&text);
}

static bool
finds_nothing(const struct facts *f)
{
	return !f->bad && !f->links.n && !f->images.n && !f->notes.n && !f->code.n && !f->tags.n && !f->taglike.n && !f->addresses.n &&
	    !f->numbers.n && !f->placeholders.n;
}

/* Where the words are said to hold nothing, the long way finds nothing. */
static void
test_facts(void **state)
{
	struct buf text;
	unsigned taken = 0;

	(void)state;
	buf_init(&text);
	for (int i = 0; i < 100000; i++) {
		struct facts f;
		struct arena a;

		make_text(&text, 8);
		fast_without(NULL);
		if (!facts_none(view_buf(&text)))
			continue;
		arena_init(&a);
		fast_without("all");
		facts_read(&f, &a, view_buf(&text), NULL);
		if (!finds_nothing(&f))
			fail_msg("something is in '%s'", text.p);
		arena_release(&a);
		taken++;
	}
	fast_without(NULL);
	assert_in_range(taken, 5000, 90000);
	buf_release(&text);
}

static const struct md_node *
tree_of(struct arena *a, struct view text, const struct segment_shape *shape)
{
	return segment_is_plain(text) ? NULL : segment_read(a, text, shape);
}

/* As merge_judge asks: of a source that was looked at before, and a target that the catalog may have called calm. */
static bool
surely_fine(struct arena *a, struct view source, const struct md_node *source_tree, struct view target, const struct md_node *target_tree)
{
	struct segment s = { .source = source, .tree = source_tree, .quiet = segment_quiet(source, source_tree) };
	bool calm = facts_look(target).calm;

	if (s.quiet)
		s.things = segment_things(a, source_tree);
	if (calm && (!utf8_tidy(target) || !lang_is_nfc(target) || !facts_none(target)))
		fail_msg("not calm: '%.*s'", VIEW_ARG(target));
	/* the other way round it may: what looks like a destination and is none */
	if (!segment_surely_fine(&s, target, target_tree, calm) && segment_surely_fine(&s, target, target_tree, false))
		fail_msg("calm makes a difference: '%.*s'", VIEW_ARG(target));
	return segment_surely_fine(&s, target, target_tree, calm);
}

/* Locks: the same fault with and without the walk side by side. Half of the targets are their source with one piece more. */
static void
test_locks(void **state)
{
	const struct view notes[] = { VIEW("a"), VIEW("b-2") }, urls[] = { VIEW("x.md"), VIEW("y.md") };
	const struct segment_shape shape = { 2, urls, notes, 2, NULL };
	struct buf source, target;
	unsigned alike = 0;

	(void)state;
	buf_init(&source);
	buf_init(&target);
	for (int i = 0; i < 100000; i++) {
		enum segment_fault quick, slow;
		bool surely;
		const struct md_node *s, *t;
		struct view what;
		struct arena a;

		make_text(&source, 6);
		if (i % 2) {
			make_text(&target, 6);
		} else {
			buf_clear(&target);
			buf_addv(&target, view_buf(&source));
			buf_puts(&target, pieces[any(sizeof pieces / sizeof *pieces)]);
		}
		arena_init(&a);
		fast_without(NULL);
		s = tree_of(&a, view_buf(&source), &shape);
		t = tree_of(&a, view_buf(&target), &shape);
		alike += segment_alike(view_buf(&source), s, view_buf(&target), t);
		quick = segment_locks(&a, view_buf(&source), s, view_buf(&target), t, 0, &what);
		surely = surely_fine(&a, view_buf(&source), s, view_buf(&target), t);
		fast_without("locks");
		slow = segment_locks(&a, view_buf(&source), s, view_buf(&target), t, 0, &what);
		if (surely && slow != SEGMENT_FINE)
			fail_msg("%d, though surely fine: '%s' and '%s'", slow, source.p, target.p);
		if (quick != slow)
			fail_msg("%d, not %d: '%s' and '%s'", quick, slow, source.p, target.p);
		arena_release(&a);
	}
	fast_without(NULL);
	assert_in_range(alike, 2000, 90000);
	buf_release(&target);
	buf_release(&source);
}

/* Numbers of destinations are calm: wherever such brackets stand, and whatever Markdown makes of them, there is no number in the words. */
static void
test_destinations(void **state)
{
	static const char *const brackets[] = { "[a]", "[1]", "[2]", "[1]", "[2]", "][1", "2]", "]", "[", " ", " ", "[^a]", "!", "+", "(", ")", "*", "`", "x", ":" };
	const struct view notes[] = { VIEW("a") };
	const struct segment_shape shape = { 2, NULL, notes, 1, NULL };
	struct buf text;
	unsigned calm = 0;

	(void)state;
	buf_init(&text);
	for (int i = 0; i < 200000; i++) {
		struct facts f;
		struct arena a;

		buf_clear(&text);
		for (unsigned n = 2 + any(18); n; n--)
			buf_puts(&text, brackets[any(sizeof brackets / sizeof *brackets)]);
		if (!facts_look(view_buf(&text)).calm)
			continue;
		arena_init(&a);
		fast_without("locks");
		facts_read(&f, &a, view_buf(&text), segment_read(&a, view_buf(&text), &shape));
		fast_without(NULL);
		if (f.numbers.n || f.addresses.n || f.placeholders.n || f.taglike.n || f.bad)
			fail_msg("not calm: '%s'", text.p);
		calm += view_search(view_buf(&text), VIEW("][")) < text.n;
		arena_release(&a);
	}
	assert_in_range(calm, 1000, 150000);
	buf_release(&text);
}

/* What one pass says is what the passes of their own say. */
static void
check_look(struct view text)
{
	const struct facts_look l = facts_look(text);

	if (l.even && (!utf8_tidy(text) || !lang_is_nfc(text) || !yaml_harmless(text) || view_find(text, '\n') < text.n))
		fail_msg("not even: '%.*s'", VIEW_ARG(text));
	if (l.calm && !(l.even && facts_none(text)))
		fail_msg("not calm: '%.*s'", VIEW_ARG(text));
	if (l.even && l.calm != facts_none(text))
		fail_msg("calm, and not known to be: '%.*s'", VIEW_ARG(text));
	if (l.even && l.plain != segment_is_plain(view_trim(text)) && text.n == view_trim(text).n)
		fail_msg("not plain, or not known to be: '%.*s'", VIEW_ARG(text));
	if (l.even) {
		struct buf b;

		buf_init(&b);
		html_text(&b, text);
		if (l.bare != view_eq(view_buf(&b), text))
			fail_msg("not bare, or not known to be: '%.*s'", VIEW_ARG(text));
		buf_release(&b);
	}
	looked[0]++;
	looked[1] += l.even;
	looked[2] += l.calm;
	looked[3] += l.plain && l.bare;
}

/* Both ways to check bytes and to bring them into normal form, for one text. */
static void
same_bytes(struct arena *a, struct view text)
{
	struct view quick, slow;
	struct diags d;
	bool fine;

	diags_init(&d);
	fast_without("bytes");
	fine = text_check(text, VIEW("f"), &d);
	slow = fine ? lang_nfc(a, text) : VIEW_NONE;
	fast_without(NULL);
	if (text_check(text, VIEW("f"), &d) != fine || (utf8_tidy(text) && !fine))
		fail_msg("checked otherwise: '%.*s'", VIEW_ARG(text));
	check_look(text);
	quick = fine ? lang_nfc(a, text) : VIEW_NONE;
	if (!view_eq(quick, slow))
		fail_msg("normal form: '%.*s' and '%.*s'", VIEW_ARG(quick), VIEW_ARG(slow));
	diags_release(&d);
}

static void
test_bytes(void **state)
{
	struct buf text;

	(void)state;
	buf_init(&text);
	for (int i = 0; i < 100000; i++) {
		struct arena a;

		arena_init(&a);
		make_text(&text, 10);
		if (i % 4 == 0)	/* now and then not UTF-8 */
			text.p[any((unsigned)text.n)] = (char)any(256);
		same_bytes(&a, view_buf(&text));
		arena_release(&a);
	}
	for (int i = 1; i < 4; i++)
		assert_in_range(looked[i], looked[0] / 100, looked[i - 1] - looked[0] / 100);
	buf_release(&text);
}

/* Every code point behind a letter, a mark and itself. */
static void
test_every_code_point(void **state)
{
	struct buf text;

	(void)state;
	buf_init(&text);
	for (uint32_t c = 1; c <= 0x1FFFF; c++) {
		struct arena a;
		size_t at = 0, end;
		struct view v;

		if (c == 0xD800)
			c = 0xE000;
		arena_init(&a);
		buf_clear(&text);
		buf_puts(&text, "abcdefgh");
		utf8_put(&text, c);
		buf_puts(&text, "\xE0\xA5\x8D");
		utf8_put(&text, c);
		utf8_put(&text, c);
		v = view_buf(&text);
		same_bytes(&a, v);
		/* what lang_calm passes is no digit, control, end of a line or bidi control */
		v = view_slice(v, 8, v.n);
		end = c >= 0x80 ? lang_calm(v, 0) : 0;
		while (at < end) {
			uint32_t k = utf8_next(v, &at);

			if (lang_digit(k) >= 0 || utf8_is_control(k) || utf8_is_odd_line(k) || utf8_is_bidi_control(k) || k > 0xFFFF)
				fail_msg("U+%04X is not calm", (unsigned)k);
		}
		arena_release(&a);
	}
	buf_release(&text);
}

/* Sixteen bytes at once pass nothing that is not passed one character after the other; texts of one script are passed at all. */
static void
test_calm_blocks(void **state)
{
	static const char *const scripts[][8] = {
		{ "a", "B", " ", "\xC3\xA9", "\xC5\x82", "\xC2\xAB", "\xD0\x96", "\xCE\xB1" },
		{ " ", ".", "\xD8\xA7", "\xD9\x81", "\xD8\x8C", "\xD7\x90", "\xDA\xA9", "\xDB\x8C" },
		{ "\xE0\xA4\xB9", "\xE0\xA4\x95", "\xE0\xA5\x8D\xE0\xA4\xA6", "\xE0\xA4\xBE", "\xE0\xA5\xA4", " ", ",", "\xE0\xA5\x80" },
		{ "\xE4\xB8\xAD", "\xE6\x96\x87", "\xE3\x80\x82", "\xE3\x81\x8B", "\xE3\x83\xA0", "\xEF\xBC\x8C", "\xEB\x80\x80", "\xE2\x80\x99" },
	};
	unsigned whole[4] = { 0 };
	struct buf text;

	(void)state;
	buf_init(&text);
	for (unsigned i = 0; i < 100000; i++) {
		unsigned script = i % 4, n;
		bool pure = i % 8 < 4;
		size_t at = 0;

		buf_clear(&text);
		while (text.n < 24)
			buf_puts(&text, pure || any(6) ? scripts[script][any(8)] : pieces[any(sizeof pieces / sizeof *pieces)]);
		if (!pure && i % 3 == 0)
			text.p[any((unsigned)text.n)] = (char)any(256);
		n = lang_calm_block(text.p);
		whole[script] += pure && n >= 13;
		for (size_t from = 0; at < n; from = at) {
			at = (unsigned char)text.p[at] < 0x80 ? at + 1 : lang_calm(view_buf(&text), at);
			if (at == from)
				fail_msg("not calm at %zu of %u: '%s'", at, n, text.p);
		}
		for (at = 0; at < n;)
			if (utf8_next(view_of(text.p, n), &at) == 0xFFFD)
				fail_msg("ends inside of a character: %u in '%s'", n, text.p);
	}
	for (int i = 0; i < 4; i++)
		assert_int_equal(whole[i], 100000 / 8);
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_switches),
		cmocka_unit_test(test_inlines),
		cmocka_unit_test(test_inlines_bounds),
		cmocka_unit_test(test_copy),
		cmocka_unit_test(test_facts),
		cmocka_unit_test(test_locks),
		cmocka_unit_test(test_destinations),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_every_code_point),
		cmocka_unit_test(test_calm_blocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
