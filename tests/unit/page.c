/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of model/page: names, front matter, segments with places, destinations, ids, footnotes, raw HTML. */
#include "tree.h"

#include "model/page.h"

static struct page *
read_page(struct tree *t, const char *path, const char *text)
{
	return page_read(&t->arena, &t->site, NULL, view_str(path), view_str(text), &t->diags);
}

/* The operations as text: chunks as they are, holes in braces. */
static const char *
ops(struct tree *t, const struct prog *p)
{
	static const char *const names[] = { [OP_T] = "t", [OP_SEG] = "seg", [OP_LANG] = "lang", [OP_LINK] = "link",
		[OP_IMAGE] = "img", [OP_LTR] = "ltr", [OP_MARK] = "mark", [OP_NOTES] = "notes", [OP_NOTE] = "note",
		[OP_PART] = "part", [OP_LABEL] = "label" };
	struct buf b;
	const char *s;

	buf_init(&b);
	for (size_t i = 0; i < p->n; i++) {
		if (p->ops[i].kind == OP_CHUNK)
			buf_addv(&b, p->ops[i].text);
		else
			buf_printf(&b, "{%s%u}", names[p->ops[i].kind], p->ops[i].arg);
	}
	s = view_copy(&t->arena, view_buf(&b)).p;
	buf_release(&b);
	return s;
}

static void
body(struct tree *t, const char *md, const char *expected)
{
	struct page *p = read_page(t, "x.md", view_printf(&t->arena, "---\ntitle: T\n---\n%s", md).p);

	assert_non_null(p);
	assert_string_equal(ops(t, p->body), expected);
}

static void
test_body(void **state)
{
	struct tree *t = *state;

	tree_site(t);
	body(t, "Hello *you*.", "<p{lang2}>{seg2}</p>\n");
	body(t, "## A {#b}\n", "<h2 id=\"b\"{lang2}>{seg2}</h2>\n");
	body(t, "- a\n- b\n  - c\n", "<ul>\n<li>{seg2}</li>\n<li>{seg3}\n<ul>\n<li>{seg4}</li>\n</ul>\n</li>\n</ul>\n");
	body(t, "2. a\n\n3. b\n", "<ol start=\"2\">\n<li>\n<p{lang2}>{seg2}</p>\n</li>\n<li>\n<p{lang3}>{seg3}</p>\n</li>\n</ol>\n");
	body(t, "![alt](i.png \"t\")\n",
	    "<p>{img0}</p>\n");
	body(t, "| a |\n|--:|\n| |\n", "<div class=\"scroll\" tabindex=\"0\" role=\"group\"{label0}>\n<table>\n<thead>\n"
	    "<tr>\n<th class=\"end\"{lang2}>{seg2}</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class=\"end\"></td>\n</tr>\n</tbody>\n"
	    "</table>\n</div>\n");
	body(t, "- [x] a\n", "<ul>\n<li><span class=\"task\">\xE2\x98\x91</span> {seg2}</li>\n</ul>\n");
	body(t, "> q\n\n***\n\n``` c\n<x>\n```\n", "<blockquote>\n<p{lang2}>{seg2}</p>\n</blockquote>\n<hr />\n"
	    "<pre{ltr0}><code class=\"language-c\">&lt;x&gt;\n</code></pre>\n");
	body(t, "{{> table}}\n", "");
	body(t, "a[^n]\n\n[^n]: b\n", "<p{lang2}>{seg2}</p>\n{notes0}");
	tree_said(t, "");
}

static bool
load(void *self, struct view name, struct view *text, struct view *file)
{
	(void)self;
	*text = VIEW("x");
	*file = name;
	return view_is(name, "list");
}

/* Lines that name a partial of the theme, with the rows they ask for. */
static void
test_parts(void **state)
{
	struct tree *t = *state;
	struct template_set set;
	const struct page_where *w;
	struct page *p;

	tree_site(t);
	template_set_init(&set, &t->arena, &t->diags, load, NULL);
	p = page_read(&t->arena, &t->site, &set, VIEW("x.md"), VIEW("---\ntitle: T\ncalendar: days\n---\na\n\n{{> list}}\n\n{{>list a=1  b-c=two words d=x=y }}\n\n"
	    "{{> gone a=1}}\n\n{{> list a=}}\n\n{{> list =b}}\n\n{{> list a b=c}}\n"), &t->diags);
	tree_said(t, "content/x.md:11:1 partial-missing gone\ncontent/x.md:13:1 partial-missing list a=\n"
	    "content/x.md:15:1 partial-missing list =b\ncontent/x.md:17:1 partial-missing list a b=c\n");
	assert_string_equal(ops(t, p->body), "<p{lang2}>{seg2}</p>\n{part0}{part1}");
	assert_int_equal(p->nparts, 2);
	assert_true(view_is(p->parts[0].name, "list") && p->parts[0].prog && p->parts[0].where.n == 0);
	assert_int_equal(p->parts[1].place.line, 9);
	assert_int_equal(p->parts[1].where.n, 3);
	w = p->parts[1].where.items;
	assert_true(view_is(w[0].field, "a") && view_is(w[0].value, "1"));
	assert_true(view_is(w[1].field, "b-c") && view_is(w[1].value, "two words"));
	assert_true(view_is(w[2].field, "d") && view_is(w[2].value, "x=y"));
	assert_true(view_is(p->calendar, "days") && p->calendar_place.line == 3);
}

static void
test_html(void **state)
{
	struct tree *t = *state;

	tree_site(t);
	body(t, "<details>\n<summary>S</summary>\n\ntext\n\n</details>\n",
	    "<details>\n<summary>{seg2}</summary>\n<p{lang3}>{seg3}</p>\n</details>\n");
	t->diags.list.n = 0;
	body(t, "<details>\n\ntext\n", "<details>\n<p{lang2}>{seg2}</p>\n</details>\n");
	tree_said(t, "content/x.md:6:1 html-block-unclosed details\n");
	body(t, "<div class=\"x\">\n", "<pre{ltr0}><code>&lt;div class=&quot;x&quot;&gt;\n</code></pre>\n");
	tree_said(t, "content/x.md:4:1 html-refused <div class=\"x\">\n");
	body(t, "</details>\n", "<pre{ltr0}><code>&lt;/details&gt;\n</code></pre>\n");
	tree_said(t, "content/x.md:4:1 html-refused </details>\n");
	body(t, "<!-- just a remark -->\n\ntext\n", "<p{lang2}>{seg2}</p>\n");
	tree_said(t, "");
}

static void
test_front(void **state)
{
	struct tree *t = *state;
	struct page *p;

	tree_site(t);
	p = read_page(t, "a/b.md", "---\ntitle: The *title*\ndescription: D\norder: 3\nlayout: wide\nicon: pay-2\nslug: c\ntranslate: [button]\n"
	    "button: Go\nreview: required\nsources: [U1, U2]\nas-of: 2025-12\ncritical: true\n---\nText\n");
	assert_non_null(p);
	tree_said(t, "");
	assert_true(view_is(p->key, "a/b") && view_is(p->out, "a/c.html") && view_is(p->dir, "a") && !p->section);
	assert_true(view_is(p->segments[PAGE_TITLE].source, "The *title*") && p->segments[PAGE_TITLE].plain);
	assert_int_equal(p->segments[PAGE_TITLE].place.line, 2);
	assert_int_equal(p->segments[PAGE_TITLE].place.col, 8);
	assert_true(view_is(p->front[0].key, "button") && view_is(p->segments[p->front[0].segment].source, "Go"));
	assert_true(p->order == 3 && p->review && p->critical && view_is(p->layout, "wide") && p->sources.n == 2);
	assert_true(view_is(p->icon, "pay-2"));
	assert_int_equal(p->segments[3].place.line, 15);
	assert_true(p->segments[3].critical);
	assert_true(read_page(t, "a/index.md", "---\ntitle: I\n---\n")->section);
}

static void
test_bad_front(void **state)
{
	struct tree *t = *state;
	struct page *p;

	tree_site(t);
	p = read_page(t, "n.md", "No front\n");
	assert_true(view_is(p->segments[PAGE_TITLE].source, "n"));
	tree_said(t, "content/n.md:1:1 front-missing\n");
	assert_non_null(read_page(t, "n.md", "---\ntitle: x\nText never closed\n"));
	t->diags.list.n = 0;
	read_page(t, "n.md", "---\ntitle: x\ntilte: y\nreview: yes\nas-of: tomorrow\norder: many\nicon: a b\n---\n");
	tree_said(t, "content/n.md:3:1 yaml-key tilte\ncontent/n.md:4:9 yaml-type review\ncontent/n.md:5:8 yaml-type as-of\n"
	    "content/n.md:6:8 yaml-type order\ncontent/n.md:7:7 yaml-type icon\n");
	assert_null(read_page(t, "Bad Name.md", "---\ntitle: x\n---\n"));
	tree_said(t, "content/Bad Name.md:0:0 file-name Bad Name\n");
	assert_null(read_page(t, "con.md", "---\ntitle: x\n---\n"));
	tree_said(t, "content/con.md:0:0 file-name con\n");
	assert_null(read_page(t, "x.md", "---\ntitle: x\nslug: ../up\n---\n"));
	tree_said(t, "content/x.md:3:7 file-name ../up\n");
	assert_null(read_page(t, "x.md", "---\ntitle: x\n---\n>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>x\n"));
	tree_said(t, "content/x.md:4:1 markers-deep 32\n");
}

static void
test_names(void **state)
{
	struct tree *t = *state;
	struct page *p;

	tree_site(t);
	p = read_page(t, "a/x.fr.md", "---\ntitle: x\n---\n");
	assert_true(p->only == site_language(&t->site, VIEW("fr")) && view_is(p->key, "a/x") && view_is(p->out, "a/x.html"));
	assert_null(read_page(t, "a/x.de.md", "---\ntitle: x\n---\n"));	/* no language of this site: an unfit name */
	tree_said(t, "content/a/x.de.md:0:0 file-name a/x.de\n");
	assert_true(view_is(page_slug(&t->arena, VIEW("Hello, World -- 2"), "s"), "hello-world-2"));
	assert_true(view_is(page_slug(&t->arena, VIEW("\xE4\xB8\xAD"), "s"), "s"));
}

static void
test_segments(void **state)
{
	struct tree *t = *state;
	struct page *p;

	tree_site(t);
	p = read_page(t, "x.md", "---\ntitle: T\n---\n[a](x) and [b](y \"t\") and [c](x)\n\n<!-- critical -->\n\nNever.\n\nAgain [d](z).\n");
	assert_int_equal(p->nsegments, 6);
	assert_true(view_is(p->segments[2].source, "[a][1] and [b][2] and [c][1]"));
	assert_int_equal(p->segments[2].ndests, 2);
	assert_true(view_is(p->segments[3].source, "t") && p->segments[3].role == SEGMENT_LINK_TITLE && p->dests[1].title == 3);
	assert_true(view_is(p->segments[4].source, "Never.") && p->segments[4].critical);
	assert_true(view_is(p->segments[5].source, "Again [d][1].") && !p->segments[5].critical);
	assert_int_equal(p->segments[5].first_dest, 2);
	assert_int_equal(p->segments[5].words, 2);
	assert_true(view_is(page_shape(p, &p->segments[2], &t->arena).urls[1], "y"));
}

static void
test_ids_and_notes(void **state)
{
	struct tree *t = *state;
	struct page *p;

	tree_site(t);
	p = read_page(t, "x.md", "---\ntitle: T\n---\n## A b\n\n## A b\n\n## \xE4\xB8\xAD\n\n## C {#a-b}\n\n"
	    "x[^One two] y[^one-two]\n\n[^One two]: 1\n\n[^one-two]: 2\n");
	tree_said(t, "content/x.md:10:1 heading-id-twice a-b\n");
	assert_true(view_is(p->headings[0].id, "a-b") && view_is(p->headings[1].id, "a-b-2"));
	assert_true(view_is(p->headings[2].id, "section") && view_is(p->headings[3].id, "a-b-3"));
	assert_int_equal(p->nnotes, 1);	/* a name with a blank is no footnote to cmark */
	p = read_page(t, "x.md", "---\ntitle: T\n---\nx[^a.b] y[^a_b]\n\n[^a.b]: 1\n\n[^a_b]: 2\n");
	assert_true(view_is(p->notes[0].label, "a-b") && view_is(p->notes[1].label, "a-b-2"));
	assert_true(view_is(p->segments[2].source, "x[^a-b] y[^a-b-2]"));
	assert_string_equal(ops(t, p->notes[0].body), "<p{lang3}>{seg3}{note0}</p>\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_body, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_parts, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_html, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_front, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_bad_front, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_names, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_segments, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_ids_and_notes, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
