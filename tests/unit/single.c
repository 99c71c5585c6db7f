/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/single: the pages of a language in one file, ways between them, what is cut first. */
#include "world.h"

#include "job/single.h"

static void
files(struct tree *t, const char *url)
{
	world_files(t);
	assert_int_equal(file_write(&t->root, VIEW("content/site.yaml"), view_printf(&t->arena,
	    "title: Site\nlanguages: [en, fr, ar]\nbase-url: \"%s\"\n", url), &t->diags), FILE_WRITTEN);
	assert_int_equal(file_write(&t->root, VIEW("content/a/two.md"), VIEW("---\ntitle: Two\norder: 1\n---\n[1](one.md) [s](index.md#part) [d](../desk.md) "
	    "![alt](p.svg) [x](https://x.example/) [up](#here)\n\n## Here {#here}\n"), &t->diags), FILE_WRITTEN);
	tree_put(t, "content/a/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"><path d=\"M0 0\"/></svg>");
	tree_put(t, "content/desk.md", "---\ntitle: Desk\nlayout: desk\n---\nDesk.\n");
	tree_put(t, "content/search.md", "---\ntitle: Search\nlayout: search\n---\nSearch.\n");
	tree_put(t, "themes/default/desk.html", "d");
	tree_put(t, "themes/default/search.html", "s");
	tree_put(t, "themes/default/single.html", "<html><head><title>{{site.title}}</title></head><body>{{#find}}FIND{{/find}}"
	    "{{#sections}}[{{#id}}<a href=\"#{{id}}\">{{title}}</a>{{/id}}{{#has-pages}}({{#pages}}{{id}} {{/pages}}){{/has-pages}}]{{/sections}}\n"
	    "{{{articles}}}</body></html>");
	tree_put(t, "themes/default/single-page.html", "<h1>{{page.title}}</h1>{{{content}}}");
	tree_put(t, "out/site/files/a/p.svg", "<svg/>");
	tree_put(t, "out/site/en/index.html", "x");
	tree_put(t, "out/site/fr/index.html", "x");
	tree_put(t, "out/.state", "waypost state 1\nen/index.html\nfiles/a/p.svg\nfr/index.html\n");
}

static bool
make_file(struct tree *t, const char *tag, uint64_t max, struct single_cut *cut, struct buf *out)
{
	struct edition e;
	struct world w;
	bool good;

	world_make(t, &w);
	assert_true(edition_open(&e, &w, view_join(&t->arena, view_str(t->folder), VIEW("out")), NULL, "single", &t->diags));
	assert_true(edition_list(&e));
	diags_release(&t->diags);
	diags_init(&t->diags);
	buf_clear(out);
	good = single_write(&e, site_language(&w.site, view_str(tag)), max, cut, out);
	edition_close(&e);
	world_close(&w);
	return good;
}

static void
has(const struct buf *b, const char *text)
{
	if (!strstr(b->p, text))
		fail_msg("'%s' is not in: %s", text, b->p);
}

static void
test_pages(void **state)
{
	struct tree *t = *state;
	struct single_cut cut;
	struct buf b;

	buf_init(&b);
	files(t, "");
	assert_true(make_file(t, "en", 0, &cut, &b));
	assert_false(cut.fonts || cut.images || cut.search || cut.pages.n);
	has(&b, "FIND[<a href=\"#index\">Home</a>][<a href=\"#a/index\">Section</a>(a/two a/one )]\n");
	has(&b, "<article id=\"a/two\">\n<h2>Two</h2><p><a href=\"#a/one\">1</a> <a href=\"#a/index%23part\">s</a> d <img src=\"data:image/svg+xml;base64,");
	has(&b, "<a href=\"https://x.example/\">x</a> <a href=\"#a/two%23here\">up</a></p>\n<h3 id=\"a/two#here\">Here</h3>");
	has(&b, "<h3 id=\"a/index#part\">Part</h3>");
	has(&b, "waypostSearch(\"index\",1,\"");
	has(&b, "/#a/two\t");
	assert_null(strstr(b.p, "Desk"));
	/* another language: its own page is in, what falls back says so */
	assert_true(make_file(t, "fr", 0, &cut, &b));
	has(&b, "<article id=\"b\">\n<h2>Seulement</h2>");
	has(&b, "<p>Premier texte ici.</p>");
	has(&b, "<h2><span lang=\"en\">Two</span></h2>");
	assert_null(strstr(b.p, "../"));
	buf_release(&b);
}

static void
test_address(void **state)
{
	struct tree *t = *state;
	struct single_cut cut;
	struct buf b;

	buf_init(&b);
	files(t, "https://x.example/");
	assert_true(make_file(t, "en", 0, &cut, &b));
	has(&b, "<a href=\"https://x.example/en/desk.html\">d</a>");
	buf_release(&b);
}

static void
test_cut(void **state)
{
	struct tree *t = *state;
	struct single_cut cut;
	size_t whole, least;
	struct buf b;

	buf_init(&b);
	files(t, "");
	assert_true(make_file(t, "en", 0, &cut, &b));
	whole = b.n;
	assert_true(make_file(t, "en", whole, &cut, &b));
	assert_int_equal(b.n, whole);
	assert_true(make_file(t, "en", whole - 1, &cut, &b));
	assert_true(cut.images && !cut.fonts && !cut.search && cut.pages.n == 0);
	has(&b, "<span class=\"alt\">alt</span>");
	least = b.n;
	assert_true(make_file(t, "en", least - 1, &cut, &b));
	assert_true(cut.images && cut.search && cut.pages.n == 0);
	assert_null(strstr(b.p, "FIND"));
	least = b.n;
	assert_true(make_file(t, "en", least - 1, &cut, &b));
	assert_int_equal(cut.pages.n, 1);
	assert_string_equal(LIST_AT(&cut.pages, struct view, 0)->p, "a/one.html");
	has(&b, "(a/two )");
	/* all but the home page, which is never cut */
	assert_true(make_file(t, "en", 1, &cut, &b));
	assert_int_equal(cut.pages.n, 3);
	has(&b, "<article id=\"index\">\n<h2>Home</h2><p>Hello you.</p>");
	assert_true(b.n > 1);
	buf_release(&b);
}

static void
test_theme(void **state)
{
	struct tree *t = *state;
	struct single_cut cut;
	struct buf b;

	buf_init(&b);
	files(t, "");
	file_remove(&t->root, VIEW("themes/default/single.html"));
	assert_false(make_file(t, "en", 0, &cut, &b));
	assert_int_equal(LIST_AT(&t->diags.list, struct diag, 0)->id, DIAG_layout_missing);
	file_remove(&t->root, VIEW("themes/default/single-page.html"));
	assert_false(make_file(t, "en", 0, &cut, &b));
	assert_int_equal(t->diags.list.n, 1);
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_pages, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_address, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_cut, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_theme, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
