/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The invariants of design.md section 5 over every example of the CommonMark and GFM specifications: a page run with its own source
 * equals the library's direct rendering; every segment survives write and read; with every letter of every segment marked, each letter of the
 * output is marked once and no letter of code, address or id is. Where our HTML differs on purpose, `differences` says how and why.
 */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <regex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "format/json.h"
#include "job/assemble.h"

enum { MARK = 0xE000 };	/* private use: no normalization, no letter */

/* The table of differences in the text of the output; those in the tree are in `substitute`. */
static const struct difference {
	bool ours;
	const char *pattern, *replacement;
	const char *reason;
} differences[] = {
	{ true, "<(h[1-6]) id=\"[^\"]*\"", "<\\1", "headings have ids: links and contents lists need them" },
	{ true, "<div class=\"scroll\"[^>]*>\n", "", "wide tables scroll in a box of their own on narrow screens" },
	{ true, "</table>\n</div>", "</table>", "the same" },
	{ false, " align=\"left\"", " class=\"start\"", "start and end, not left and right; style attributes fall to the CSP" },
	{ false, " align=\"right\"", " class=\"end\"", "the same" },
	{ false, " align=\"center\"", " class=\"center\"", "the same" },
	{ false, "<input type=\"checkbox\" checked=\"\" disabled=\"\" />", "<span class=\"task\">\xE2\x98\x91</span>",
	  "a box that cannot be ticked is no form control, and must show without style and in EPUB" },
	{ false, "<input type=\"checkbox\" disabled=\"\" />", "<span class=\"task\">\xE2\x98\x90</span>", "the same" },
	{ true, "<sup class=\"footnote-ref\"><a [^>]*>([0-9]*)</a></sup>", "[\\1]", "ids from the notes' names, ARIA roles" },
	{ false, "<sup class=\"footnote-ref\"><a [^>]*>([0-9]*)</a></sup>", "[\\1]", "the same" },
	{ true, "<div class=\"footnotes\"[^>]*>", "<notes>", "a section without heading is an outline fault" },
	{ true, "</ol>\n</div>\n", "</ol>\n</notes>\n", "the same" },
	{ false, "<section class=\"footnotes\"[^>]*>", "<notes>", "the same" },
	{ false, "</section>", "</notes>", "the same" },
	{ true, "<li id=\"fn-[^\"]*\">", "<li>", "the same ids" },
	{ false, "<li id=\"fn-[^\"]*\">", "<li>", "the same ids" },
	{ true, " ?<a href=\"#fnref-[^>]*>\xE2\x86\xA9</a>", "<back>", "the words for a screen reader are translated" },
	{ false, " ?<a href=\"#fnref-[^>]*>\xE2\x86\xA9(<sup[^>]*>[0-9]*</sup>)?</a>", "<back>", "the same" },
	{ false, "<(/?[a-zA-Z]+) */?>", "<\\1>", "raw tags are written our way" },
	{ true, "<(/?[a-zA-Z]+) */?>", "<\\1>", "the same" },
	{ true, "<br>\n", "<br>", "a line end behind each break, raw or not" },
	{ false, "<br>\n", "<br>", "the same" },
	{ true, "\n+", "\n", "no empty lines" },
	{ false, "\n+", "\n", "no empty lines" },
	{ true, "<back>\n?</p>", "</p><back>", "back references: place within the last paragraph" },
	{ false, "<back>\n?</p>", "</p><back>", "the same" },
	{ true, "<back>\n", "<back>", "the same" },
	{ false, "<back>\n", "<back>", "the same" },
};

/* Replaces every match of an extended regular expression; \1 is the first group. */
static struct view
replace(struct arena *a, struct view text, const char *pattern, const char *with)
{
	regmatch_t m[2];
	regex_t re;
	struct buf b;
	const char *at = view_copy(a, text).p;

	assert_int_equal(regcomp(&re, pattern, REG_EXTENDED), 0);
	buf_init(&b);
	while (regexec(&re, at, 2, m, 0) == 0 && m[0].rm_eo > 0) {
		buf_add(&b, at, (size_t)m[0].rm_so);
		for (const char *w = with; *w; w++) {
			if (w[0] == '\\' && w[1] == '1') {
				buf_add(&b, at + m[1].rm_so, (size_t)(m[1].rm_eo - m[1].rm_so));
				w++;
			} else {
				buf_addc(&b, *w);
			}
		}
		at += m[0].rm_eo;
	}
	buf_puts(&b, at);
	regfree(&re);
	text = view_copy(a, view_buf(&b));
	buf_release(&b);
	return text;
}

static struct view
normalize(struct arena *a, struct view html, bool ours)
{
	for (size_t i = 0; i < sizeof differences / sizeof *differences; i++)
		if (differences[i].ours == ours)
			html = replace(a, html, differences[i].pattern, differences[i].replacement);
	return lang_nfc(a, view_trim(html));
}

/* --- the library's side --- */

/* Whether a tag of this name and kind stands before (step back) or behind a node, in the same parent. */
static bool
has_partner(struct arena *a, cmark_node *from, struct view name, enum html_tag_kind kind)
{
	cmark_node *(*step)(cmark_node *) = kind == HTML_TAG_OPEN ? cmark_node_previous : cmark_node_next;

	for (cmark_node *n = step(from); n; n = step(n)) {
		struct html_tag t;

		if (cmark_node_get_type(n) != CMARK_NODE_HTML_INLINE)
			continue;
		html_tag_read(a, view_str(cmark_node_get_literal(n)), &t);
		if (t.kind == kind && view_eq(t.name, name))
			return true;
	}
	return false;
}

static void
turn_into(cmark_node *n, cmark_node_type type)
{
	struct view literal = view_str(cmark_node_get_literal(n));
	cmark_node *fresh = cmark_node_new(type);
	char *copy = strdup(literal.p);

	cmark_node_set_literal(fresh, copy);
	cmark_node_replace(n, fresh);
	cmark_node_free(n);
	free(copy);
}

/* Raw HTML that is not on the allow-list is text; comments go. Returns whether our own rule for blocks of allowed tags is needed. */
static bool
substitute_html(struct arena *a, cmark_node *n)
{
	bool block = cmark_node_get_type(n) == CMARK_NODE_HTML_BLOCK;
	struct view literal = view_copy(a, view_str(cmark_node_get_literal(n)));
	struct html_tag t;

	html_tag_read(a, view_trim(literal), &t);
	if (t.kind == HTML_TAG_COMMENT) {
		cmark_node_unlink(n);
		cmark_node_free(n);
		return false;
	}
	if (block) {
		html_tag_read(a, view_slice(literal, 0, view_find(literal, '>') + 1), &t);
		if (t.kind != HTML_TAG_NONE && t.allowed)
			return true;
		turn_into(n, CMARK_NODE_CODE_BLOCK);
		return false;
	}
	if (!t.inline_ok || (t.kind != HTML_TAG_CLOSE && !t.allowed) || (!t.is_void &&
	    !has_partner(a, n, t.name, t.kind == HTML_TAG_CLOSE ? HTML_TAG_OPEN : HTML_TAG_CLOSE)))
		turn_into(n, CMARK_NODE_TEXT);
	return false;
}

/* A link with an address we do not let through is left out, its text stays; its title is one logical line. */
static void
substitute_link(struct arena *a, cmark_node *n)
{
	cmark_node *child;
	struct view title = segment_normal(a, view_copy(a, view_str(cmark_node_get_title(n))));

	cmark_node_set_title(n, view_copy(a, title).p);

	if (html_url_kind(view_str(cmark_node_get_url(n))) != URL_BAD)
		return;
	while ((child = cmark_node_first_child(n)) != NULL)
		cmark_node_insert_before(n, child);
	cmark_node_unlink(n);
	cmark_node_free(n);
}

/* Everything of the tree that we show differently on purpose. False when the example needs a rule that only we have. */
static bool
substitute(struct arena *a, cmark_node *root)
{
	cmark_node *todo[4096];
	size_t n = 0;
	cmark_iter *it = cmark_iter_new(root);

	while (cmark_iter_next(it) != CMARK_EVENT_DONE) {
		cmark_node *c = cmark_iter_get_node(it);
		cmark_node_type t = cmark_node_get_type(c);

		if (cmark_iter_get_event_type(it) == CMARK_EVENT_ENTER && n < sizeof todo / sizeof *todo &&
		    (t == CMARK_NODE_HTML_BLOCK || t == CMARK_NODE_HTML_INLINE || t == CMARK_NODE_LINK || t == CMARK_NODE_IMAGE))
			todo[n++] = c;
	}
	cmark_iter_free(it);
	for (size_t i = 0; i < n; i++) {
		cmark_node_type t = cmark_node_get_type(todo[i]);

		if (t == CMARK_NODE_LINK || t == CMARK_NODE_IMAGE)
			substitute_link(a, todo[i]);
		else if (substitute_html(a, todo[i]))
			return false;
	}
	return true;
}

static bool
library_html(struct arena *a, struct view md, struct view *html)
{
	static const char *const names[] = { "table", "strikethrough", "tasklist" };
	cmark_parser *p;
	cmark_node *root;
	bool ok;
	char *s;

	cmark_gfm_core_extensions_ensure_registered();
	p = cmark_parser_new(CMARK_OPT_FOOTNOTES);
	for (size_t i = 0; i < 3; i++)
		cmark_parser_attach_syntax_extension(p, cmark_find_syntax_extension(names[i]));
	cmark_parser_feed(p, md.p, md.n);
	root = cmark_parser_finish(p);
	ok = substitute(a, root);
	s = cmark_render_html(root, CMARK_OPT_UNSAFE | CMARK_OPT_NOBREAKS | CMARK_OPT_FOOTNOTES,
	    cmark_parser_get_syntax_extensions(p));
	*html = view_copy(a, view_str(s));
	free(s);
	cmark_node_free(root);
	cmark_parser_free(p);
	return ok;
}

/* --- our side --- */

struct bench {
	struct arena a;
	struct diags d;
	struct world w;
	struct language en;
	struct language *languages[1];
	struct locale l;
	struct page *page;
};

static void
bench_open(struct bench *b, struct view md)
{
	struct view text;

	memset(b, 0, sizeof *b);
	arena_init(&b->a);
	diags_init(&b->d);
	b->en.lang = lang_open(&b->a, VIEW("en"));
	b->en.folder = VIEW("en");
	b->en.source = true;
	b->languages[0] = &b->en;
	b->w = (struct world){ .arena = &b->a, .diags = &b->d, .pages = LIST_OF(struct page *) };
	b->w.site = (struct site){ .arena = &b->a, .source = &b->en, .languages = b->languages, .nlanguages = 1 };
	map_init(&b->w.by_path, &b->a);
	map_init(&b->w.links.by_key, &b->a);
	map_init(&b->w.strings.by_key, &b->a);
	text = view_printf(&b->a, "---\ntitle: T\n---\n%.*s", VIEW_ARG(md));
	text.n = sizeof "---\ntitle: T\n---\n" - 1 + md.n;
	b->page = page_read(&b->a, &b->w.site, NULL, VIEW("x.md"), text, &b->d);
	if (!b->page)
		return;
	for (size_t i = 0; i < b->page->ndests; i++) {
		struct page_dest *to = &b->page->dests[i];

		to->dead = html_url_kind(to->url) == URL_BAD;
		to->kind = URL_REMOTE;	/* as it is written */
	}
	*(struct page **)list_push(&b->w.pages, &b->a) = b->page;
	b->l = (struct locale){ .arena = &b->a, .world = &b->w, .language = &b->en, .diags = &b->d };
	b->l.pages = arena_array(&b->a, 1, sizeof *b->l.pages);
}

static void
bench_close(struct bench *b)
{
	lang_close(b->en.lang);
	diags_release(&b->d);
	arena_release(&b->a);
}

static bool
is_opaque(const struct bench *b)
{
	for (size_t i = 0; i < b->d.list.n; i++)
		if (LIST_AT(&b->d.list, struct diag, i)->id == DIAG_segment_opaque)
			return true;
	return false;
}

/* Every segment written, read and written again is the same. */
static bool
segments_survive(struct bench *b)
{
	for (size_t i = 0; i < b->page->nsegments; i++) {
		const struct segment *s = &b->page->segments[i];
		struct segment_shape shape = page_shape(b->page, s, &b->a);
		struct view again;

		if (s->plain)
			continue;
		if (!segment_write(&b->a, segment_read(&b->a, s->source, &shape), &shape, &again) ||
		    !view_eq(again, s->source))
			return false;
	}
	return true;
}

static struct view
marked(struct arena *a, struct view t)
{
	struct view v;
	struct buf b;

	buf_init(&b);
	for (size_t at = 0; at < t.n;) {
		uint32_t c = utf8_next(t, &at);

		utf8_put(&b, c);
		if (lang_letter(c))
			utf8_put(&b, MARK);
	}
	v = view_copy(a, view_buf(&b));
	buf_release(&b);
	return v;
}

static void
mark_tree(struct arena *a, struct md_node *parent)
{
	for (struct md_node *m = parent->child; m; m = m->next) {
		if (m->kind == MD_TEXT)
			m->text = marked(a, m->text);
		mark_tree(a, m);
	}
}

/* Gives every segment a translation in which each letter is marked. */
static bool
mark_all(struct bench *b)
{
	struct locale_page *lp = locale_page(&b->l, b->page);

	for (size_t i = 0; i < b->page->nsegments; i++) {
		const struct segment *s = &b->page->segments[i];
		struct segment_shape shape = page_shape(b->page, s, &b->a);
		struct choice *c = &lp->choices[i];
		struct md_node *tree;

		c->tree = NULL;
		if (s->plain) {
			c->text = marked(&b->a, s->source);
			continue;
		}
		tree = segment_read(&b->a, s->source, &shape);
		mark_tree(&b->a, tree);
		if (!segment_write(&b->a, tree, &shape, &c->text))
			return false;
	}
	return true;
}

/* One letter outside tags and code without exactly one mark, or a mark anywhere else. */
static bool
marks_right(struct view html)
{
	bool in_tag = false, value = false, letter = false;
	unsigned code = 0;

	for (size_t at = 0; at < html.n;) {
		struct view rest = view_slice(html, at, html.n);
		uint32_t c = utf8_next(html, &at);

		if (!in_tag && c == '<') {
			if (letter)
				return false;
			in_tag = true;
			code += view_starts(rest, "<code");
			code -= view_starts(rest, "</code");
		}
		if (in_tag && !value && (view_starts(rest, " alt=\"") || view_starts(rest, " title=\"")))
			value = true, at += view_find(rest, '"');
		else if (value && c == '"')
			value = false;
		if (in_tag && !value) {
			if (c == MARK)
				return false;
			in_tag = c != '>';
			letter = false;
			continue;
		}
		if (c == '&') {
			if (letter)
				return false;
			at += view_find(rest, ';');
			continue;
		}
		if (code ? c == MARK : letter != (c == MARK))
			return false;
		letter = !code && lang_letter(c);
	}
	return !letter;
}

struct tally_of {
	unsigned same, own, opaque, refused, different;
};

static void
show(const char *what, const char *file, double n, struct view md, struct view ours, struct view theirs)
{
	printf("# %s: %s example %g\n--- markdown\n%.*s\n--- ours\n%.*s\n--- library\n%.*s\n", what, file, n, VIEW_ARG(md),
	    VIEW_ARG(ours), VIEW_ARG(theirs));
}

static void
check_example(struct tally_of *t, const char *file, double n, struct view md)
{
	struct view ours, theirs;
	struct bench b;
	struct buf out;
	bool own = false;

	if (view_find(md, '\0') < md.n) {	/* text_check refuses the file */
		t->refused++;
		return;
	}
	bench_open(&b, md);
	buf_init(&out);
	if (!b.page) {
		t->refused++;
	} else if (is_opaque(&b)) {
		t->opaque++;
		show("no normal form", file, n, md, VIEW_NONE, VIEW_NONE);
	} else if (!library_html(&b.a, md, &theirs)) {
		own = true;	/* a block of raw tags that are allowed: opaque, no segment */
		t->own++;
	} else {
		assemble_body(&b.l, b.page, &b.a, &out);
		ours = normalize(&b.a, view_buf(&out), true);
		theirs = normalize(&b.a, theirs, false);
		if (view_eq(ours, theirs)) {
			t->same++;
		} else {
			t->different++;
			show("different", file, n, md, ours, theirs);
		}
	}
	if (b.page && !segments_survive(&b)) {
		t->different++;
		show("a segment does not survive", file, n, md, VIEW_NONE, VIEW_NONE);
	}
	if (b.page && !own && !is_opaque(&b)) {
		buf_clear(&out);
		if (mark_all(&b))
			assemble_body(&b.l, b.page, &b.a, &out);
		if (!marks_right(view_buf(&out))) {
			t->different++;
			show("marks", file, n, md, view_copy(&b.a, view_buf(&out)), VIEW_NONE);
		}
	}
	buf_release(&out);
	bench_close(&b);
}

static void
check_file(struct tally_of *t, const char *folder, const char *name)
{
	struct view text, error, path;
	struct file_root root;
	struct arena a;
	struct diags d;
	const struct json *all;

	arena_init(&a);
	diags_init(&d);
	path = view_str(name);
	if (!file_root_open(&root, &a, view_str(folder)) || !file_read_if(&root, &a, path, 64 << 20, &text, &d)) {
		printf("# skipped: %s/%s is not there\n", folder, name);
	} else {
		all = json_read(&a, text, &error);
		assert_non_null(all);
		for (const struct json *e = all->child; e; e = e->next) {
			const struct json *md = json_get(e, "md") ? json_get(e, "md") : json_get(e, "markdown");
			const struct json *n = json_get(e, "n") ? json_get(e, "n") : json_get(e, "example");

			assert_non_null(md);
			check_example(t, name, n ? n->number : 0, md->text);
		}
		file_root_close(&root);
	}
	diags_release(&d);
	arena_release(&a);
}

static void
test_examples(void **state)
{
	static const char *const files[] = {
		"commonmark/examples-0.30.json", "commonmark/examples-0.31.2.json", "commonmark/examples-cmark-regression.json",
		"gfm/examples-spec.json", "gfm/examples-extensions.json", "gfm/examples-regression.json",
		"gfm/examples-extensions-full-info-string.json", "gfm/examples-extensions-table-prefer-style-attributes.json",
	};
	const char *folder = getenv("WAYPOST_TESTDATA");
	struct tally_of t = { 0 };

	(void)state;
	for (size_t i = 0; folder && i < sizeof files / sizeof *files; i++)
		check_file(&t, folder, files[i]);
	if (!folder)
		printf("# skipped: the specifications' examples (WAYPOST_TESTDATA is not set)\n");
	printf("# %u examples the same, %u by a rule of our own, %u without normal form, %u refused at the door, %u different\n",
	    t.same, t.own, t.opaque, t.refused, t.different);
	assert_int_equal(t.different, 0);
	assert_int_equal(t.opaque, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_examples) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
