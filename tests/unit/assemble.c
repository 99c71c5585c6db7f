/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/assemble: languages of fallbacks, links, footnotes, strings, the budget. */
#include "world.h"

#include "job/assemble.h"

static const char *
page_html(struct tree *t, struct world *w, const char *tag, const char *path)
{
	struct buf out;
	struct locale l;
	const char *s;

	buf_init(&out);
	locale_open(&l, &t->arena, w, site_language(&w->site, view_str(tag)), false, &t->diags);
	assert_true(assemble_page(&l, world_page(w, path), &t->arena, &out, &t->diags));
	s = view_copy(&t->arena, view_buf(&out)).p;
	buf_release(&out);
	return s;
}

static const char *
body_html(struct tree *t, struct world *w, const char *tag, const char *path)
{
	struct buf out;
	struct locale l;
	const char *s;

	buf_init(&out);
	locale_open(&l, &t->arena, w, site_language(&w->site, view_str(tag)), false, &t->diags);
	assemble_body(&l, world_page(w, path), &t->arena, &out);
	s = view_copy(&t->arena, view_buf(&out)).p;
	buf_release(&out);
	return s;
}

static void
test_fallback(void **state)
{
	struct tree *t = *state;
	struct world w;

	world_files(t);
	world_make(t, &w);
	/* ar: title by way of French, text of its own, the rest in French and English; lang everywhere, dir where it differs */
	assert_string_equal(page_html(t, &w, "ar", "a/one.md"),
	    "<title>Un</title><span lang=\"fr\" dir=\"ltr\">Un</span>|<p>نص أول هنا.</p>\n"
	    "<p lang=\"fr\" dir=\"ltr\" data-state=\"outdated\">Second texte ici.<sup class=\"footnote-ref\">"
	    "<a href=\"#fn-n\" id=\"fnref-n\" role=\"doc-noteref\">١</a></sup></p>\n"
	    "<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n<li id=\"fn-n\">\n<p lang=\"en\" dir=\"ltr\">A note. "
	    "<a href=\"#fnref-n\" class=\"footnote-backref\" role=\"doc-backlink\" aria-label=\"↩\">↩</a></p>\n\n</li>\n</ol>\n</div>\n"
	    "|<span lang=\"fr\" dir=\"ltr\">Passer</span>|<span lang=\"fr\" dir=\"ltr\">{n} choses</span>\n");
	assert_string_equal(body_html(t, &w, "fr", "index.md"), "<p lang=\"en\">Hello <a href=\"a/one.html\">you</a>.</p>\n");
	tree_said(t, "");
	world_close(&w);
}

static void
test_links(void **state)
{
	struct tree *t = *state;
	struct world w;

	world_files(t);
	tree_put(t, "content/img.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"20\"/>");
	tree_put(t, "content/img.fr.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"40\"/>");
	tree_put(t, "content/links.yaml", "\"https://un.example/en\":\n  fr: \"https://un.example/fr\"\n");
	tree_put(t, "content/a/l.md", "---\ntitle: L\n---\n[h](../index.md) [p](index.md#part) [f](../b.fr.md) [r](https://un.example/en \"T\")"
	    " [x](#here) [gone](gone.md) `c`\n\n![i](../img.svg)\n\n## Here\n");
	world_make(t, &w);
	tree_said(t, "content/a/l.md:4:102 link-missing gone.md [did you mean 'one.md'?]\n");
	assert_string_equal(body_html(t, &w, "en", "a/l.md"),
	    "<p><a href=\"../index.html\">h</a> <a href=\"index.html#part\">p</a> <a href=\"../../fr/b.html\">f</a> "
	    "<a href=\"https://un.example/en\" title=\"T\">r</a> <a href=\"#here\">x</a> gone <code>c</code></p>\n"
	    "<p><img src=\"../../files/img.svg\" alt=\"i\" width=\"10\" height=\"20\" /></p>\n<h2 id=\"here\">Here</h2>\n");
	assert_non_null(strstr(body_html(t, &w, "fr", "a/l.md"), "<a href=\"https://un.example/fr\""));
	assert_non_null(strstr(body_html(t, &w, "fr", "a/l.md"), "<a href=\"../b.html\">f</a>"));
	assert_non_null(strstr(body_html(t, &w, "fr", "a/l.md"),
	    "<img src=\"../../files/img.fr.svg\" alt=\"i\" lang=\"en\" width=\"30\" height=\"40\" />"));
	assert_non_null(strstr(body_html(t, &w, "ar", "a/l.md"), "<code dir=\"ltr\">c</code>"));
	world_close(&w);
}

/* Notes are numbered by this language's order of marks. */
static void
test_notes(void **state)
{
	struct tree *t = *state;
	const char *fr;
	struct world w;

	world_files(t);
	tree_put(t, "content/n.md", "---\ntitle: N\n---\nOne[^a] two[^b] three[^a].\n\n[^a]: A\n\n[^b]: B\n");
	tree_put(t, "translations/fr/n.yaml", "segments:\n- source: One[^a] two[^b] three[^a].\n  target: Deux[^b] un[^a] trois[^a].\n");
	world_make(t, &w);
	fr = body_html(t, &w, "fr", "n.md");
	assert_non_null(strstr(fr, "Deux<sup class=\"footnote-ref\"><a href=\"#fn-b\" id=\"fnref-b\" role=\"doc-noteref\">1</a></sup>"));
	assert_non_null(strstr(fr, "trois<sup class=\"footnote-ref\"><a href=\"#fn-a\" id=\"fnref-a-2\" role=\"doc-noteref\">2</a></sup>"));
	assert_true(strstr(fr, "<li id=\"fn-b\">") < strstr(fr, "<li id=\"fn-a\">"));
	assert_non_null(strstr(fr, "href=\"#fnref-a-2\""));
	world_close(&w);
}

static void
test_context(void **state)
{
	struct tree *t = *state;
	struct world w;

	world_files(t);
	tree_put(t, "themes/default/page.html.new", "");
	tree_put(t, "themes/default/section.html",
	    "{{lang}} {{dir}} {{root}} {{home}} {{chooser}} {{site.title}}|{{#nav}}{{title}}{{#active}}+{{/active}}{{#current}}*{{/current}}"
	    "({{#pages}}{{title}},{{/pages}}) {{/nav}}|{{#breadcrumbs}}{{title}}>{{/breadcrumbs}}|{{#previous}}{{title}}{{/previous}}|"
	    "{{#next}}{{title}}{{/next}}|{{#pages}}{{href}} {{/pages}}|{{#contents}}{{id}}:{{title}} {{/contents}}|{{canonical}}|"
	    "{{#alternates}}{{tag}} {{/alternates}}|{{x-default}}|{{#languages}}{{tag}}{{#current}}*{{/current}} {{percent}} {{/languages}}|"
	    "{{status.total}} {{status.translated}}{{#status.any}} any{{/status.any}}|{{#data.things}}{{name}} {{/data.things}}\n");
	world_make(t, &w);
	assert_string_equal(page_html(t, &w, "en", "a/index.md"),
	    "en ltr ../../ ../index.html ../../index.html Site|Section+*(Two,One,) |Home>|Home|Two|two.html one.html |part:Part |"
	    "https://x.example/en/a/index.html|en fr ar |https://x.example/en/a/index.html|en* 100 fr 0 ar 0 |2 2|Apple Pear \n");
	world_close(&w);
}

/* The pictogram of a page, of pages in lists, and of one that a data file names; one without has none of an outer one. */
static void
test_icon(void **state)
{
	struct tree *t = *state;
	struct world w;

	world_files(t);
	tree_put(t, "content/a/index.md", "---\ntitle: Section\nicon: rights\norder: 1\n---\n");
	tree_put(t, "content/a/one.md", "---\ntitle: One\nicon: pay\norder: 2\n---\n");
	tree_put(t, "content/data/doors.yaml", "types: {page: page}\nitems:\n- {page: a/one.md}\n- {page: a/two.md}\n");
	tree_put(t, "themes/default/section.html", "{{page.icon}}|{{#nav}}{{icon}}({{#pages}}{{title}}={{icon}},{{/pages}}){{/nav}}|"
	    "{{#next}}{{icon}}{{/next}}|{{#data.doors}}{{#page}}<use href=\"#i-{{icon}}\" />{{/page}}{{/data.doors}}\n");
	world_make(t, &w);
	assert_string_equal(page_html(t, &w, "fr", "a/index.md"),
	    "rights|rights(<span lang=\"en\">Two</span>=,Un=pay,)()||<use href=\"#i-pay\" /><use href=\"#i-\" />\n");
	world_close(&w);
}

static void
test_budget(void **state)
{
	struct tree *t = *state;
	struct buf out;
	struct locale l;
	struct world w;

	world_files(t);
	tree_put(t, "themes/default/wide.html", "{{> loop}}");
	tree_put(t, "themes/default/loop.html",
	    "{{#nav}}{{#nav}}{{#nav}}{{{page.description}}}{{#nav}}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx{{> loop}}{{/nav}}{{/nav}}{{/nav}}{{/nav}}");
	tree_put(t, "content/c.md", "---\ntitle: C\nlayout: wide\n---\n");
	world_make(t, &w);
	buf_init(&out);
	locale_open(&l, &t->arena, &w, w.site.source, false, &t->diags);
	assert_false(assemble_page(&l, world_page(&w, "c.md"), &t->arena, &out, &t->diags));
	assert_true(out.n < 1 << 20);
	assert_int_equal(t->diags.list.n, 1);
	buf_clear(&out);
	assert_true(assemble_chooser(&l, &t->arena, &out, &t->diags));
	assert_string_equal(out.p, "English=en/index.html Français=fr/index.html العربية=ar/index.html \n");
	buf_release(&out);
	world_close(&w);
}

/* How far the site is, page by page; where to start; the way to the desk. */
static void
test_coverage(void **state)
{
	struct tree *t = *state;
	const char *html;
	struct world w;

	world_files(t);
	tree_put(t, "content/how.md", "---\ntitle: How\nlayout: coverage\n---\n");
	tree_put(t, "content/work.md", "---\ntitle: Work\nlayout: desk\n---\n");
	tree_put(t, "translations/fr/how.yaml", "segments:\n- source: How\n  target: Comment\n");
	tree_put(t, "themes/default/desk.html", "{{#desk}}{{href}} {{data}} {{source}}{{/desk}}\n");
	tree_put(t, "themes/default/coverage.html", "{{#coverage}}{{source}} {{share}} {{share-percent}} {{read-percent}} {{has-start}}\n"
	    "{{#pages}}[{{rest}} {{title}} {{href}} {{desk}} {{share}} {{read-percent}} {{missing}} {{outdated}} {{unread}}]{{/pages}}\n"
	    "{{#start}}({{title}} {{#why-outdated}}outdated{{/why-outdated}}{{#why-missing}}missing{{/why-missing}}{{#why-unread}}unread{{/why-unread}})"
	    "{{/start}}\n{{#languages}}{{tag}} {{href}} {{published}} {{current}} {{share}};{{/languages}}{{/coverage}}\n");
	world_make(t, &w);
	html = page_html(t, &w, "fr", "how.md");
	/* the page with what has changed first, then what readers meet first */
	assert_non_null(strstr(html, "\n(Un outdated)(<span lang=\"en\">Home</span> missing)"));
	assert_non_null(strstr(html, "[false Un a/one.html work.html?page=a/one 44\xC2\xA0% 11 1 1 1]"));
	assert_non_null(strstr(html, "[false Comment how.html work.html?page=how 100\xC2\xA0% 100 0 0 0]"));
	assert_non_null(strstr(html, "[true  "));
	assert_null(strstr(html, "Seulement"));		/* written in French */
	assert_non_null(strstr(html, ";ar ../ar/how.html true false "));
	assert_string_equal(page_html(t, &w, "ar", "work.md"), "work.html desk/overview.js false\n");
	assert_string_equal(page_html(t, &w, "en", "work.md"), "work.html desk/overview.js true\n");
	assert_non_null(strstr(page_html(t, &w, "en", "how.md"), "true 100%"));
	world_close(&w);
}

/* A file beside the site: a template with a context of the caller's. */
static void
test_file(void **state)
{
	struct tree *t = *state;
	struct value more = value_map();
	struct buf out;
	struct locale l;
	struct world w;

	world_files(t);
	tree_put(t, "themes/default/alone.html", "{{lang}} {{more}} {{t.skip}} {{site.title}}\n");
	world_make(t, &w);
	locale_open(&l, &t->arena, &w, site_language(&w.site, VIEW("fr")), false, &t->diags);
	value_set(&more, &t->arena, "more", value_text(VIEW("<b>")));
	buf_init(&out);
	assert_true(assemble_file(&l, VIEW("alone"), &more, &t->arena, &out, &t->diags));
	assert_string_equal(out.p, "fr &lt;b&gt; Passer <span lang=\"en\">Site</span>\n");
	assert_false(assemble_file(&l, VIEW("nothing"), &more, &t->arena, &out, &t->diags));
	tree_said(t, "themes/default:0:0 layout-missing nothing\n");
	buf_release(&out);
	world_close(&w);
}

/* A paragraph that cannot be a segment: its links lead where they can, and what leads nowhere is text. */
static void
test_opaque(void **state)
{
	struct tree *t = *state;
	struct world w;
	struct buf b;

	world_files(t);
	buf_init(&b);
	buf_puts(&b, "---\ntitle: L\n---\n[h](../index.md) [gone](gone.md) [bad](javascript:x) `c` *e*\n");
	for (int i = 0; i < 1000; i++)
		buf_puts(&b, "twenty bytes a line.\n");
	tree_put(t, "content/a/l.md", b.p);
	buf_release(&b);
	world_make(t, &w);
	tree_said(t, "content/a/l.md:4:1 segment-opaque\n"
	    "content/a/l.md:4:25 link-missing gone.md [did you mean 'one.md'?]\ncontent/a/l.md:4:40 link-scheme javascript:x\n");
	assert_non_null(strstr(body_html(t, &w, "en", "a/l.md"),
	    "<p><a href=\"../index.html\">h</a> gone bad <code>c</code> <em>e</em> twenty"));
	assert_non_null(strstr(body_html(t, &w, "ar", "a/l.md"), "<p lang=\"en\" dir=\"ltr\"><a href=\"../index.html\">h</a> gone"));
	world_close(&w);
}

/* A table that scrolls has a name where the theme has a word for it. */
static void
test_table(void **state)
{
	struct tree *t = *state;
	struct world w;

	world_files(t);
	tree_put(t, "content/a/l.md", "---\ntitle: L\n---\n| a |\n|---|\n| b |\n");
	world_make(t, &w);
	assert_non_null(strstr(body_html(t, &w, "en", "a/l.md"), "<div class=\"scroll\" tabindex=\"0\" role=\"group\">\n<table>"));
	world_close(&w);
}

static void
test_table_with_name(void **state)
{
	struct tree *t = *state;
	struct world w;

	tree_put(t, "content/site.yaml", "title: Site\nlanguages: [en, fr, ar]\n");
	tree_put(t, "translations/ar/language.yaml", "name: x\n");
	tree_put(t, "content/index.md", "---\ntitle: L\n---\n| a |\n|---|\n| b |\n");
	tree_put(t, "translations/fr/interface.yaml", "segments:\n- source: A \"table\"\n  target: Un <tableau>\n");
	tree_put(t, "themes/default/page.html", "{{{content}}}\n");
	tree_put(t, "themes/default/chooser.html", "x\n");
	tree_put(t, "themes/default/strings.yaml", "strings:\n- key: table\n  text: A \"table\"\n");
	world_make(t, &w);
	assert_non_null(strstr(body_html(t, &w, "en", "index.md"), " role=\"group\" aria-label=\"A &quot;table&quot;\">\n<table>"));
	assert_non_null(strstr(body_html(t, &w, "fr", "index.md"), " role=\"group\" aria-label=\"Un &lt;tableau&gt;\">\n<table>"));
	assert_non_null(strstr(body_html(t, &w, "ar", "index.md"), " role=\"group\" aria-label=\"A &quot;table&quot;\">\n<table>"));
	world_close(&w);
}

/* What is kept from page to page says the same as what is made for one page alone, also with the content of another page in between. */
static void
test_kept_lists(void **state)
{
	static const char *const pages[] = { "a/one.md", "a/two.md", "index.md", "n.md", "a/one.md", "b.fr.md", "a/index.md", "index.md" };
	struct tree *t = *state;
	struct locale l;
	struct world w;
	struct buf out;

	world_files(t);
	tree_put(t, "content/n.md", "---\ntitle: N\n---\n{{> part}}\n");
	tree_put(t, "content/s.md", "---\ntitle: S\nlayout: search\n---\n");
	tree_put(t, "themes/default/part.html", "{{#languages}}{{href}} {{/languages}}\n");
	tree_put(t, "themes/default/page.html", "{{#languages}}{{href}}{{#current}}*{{/current}} {{share}} {{#a-z}}{{letter}}{{/a-z}}{{href}};{{/languages}}|"
	    "{{#nav}}{{href}}{{#active}}!{{/active}} {{#pages}}{{title}} {{href}}{{#current}}*{{/current}},{{/pages}}{{/nav}}|"
	    "{{#alternates}}{{href}} {{/alternates}}|{{{content}}}\n");
	tree_put(t, "themes/default/search.html", "{{>page}}");
	world_make(t, &w);
	buf_init(&out);
	locale_open(&l, &t->arena, &w, site_language(&w.site, VIEW("fr")), false, &t->diags);
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct arena item;

		arena_init(&item);
		buf_clear(&out);
		assert_true(assemble_page(&l, world_page(&w, pages[i]), &item, &out, &t->diags));
		assert_string_equal(out.p, page_html(t, &w, "fr", pages[i]));
		arena_release(&item);
	}
	assert_string_equal(page_html(t, &w, "fr", "a/two.md"),
	    "../../en/a/two.html 100 % HNSU../../en/a/two.html;two.html* 0 % HNSUtwo.html;../../ar/a/two.html 0 % HNSU../../ar/a/two.html;|"
	    "index.html! <span lang=\"en\">Two</span> two.html*,Un one.html,../b.html ../n.html ../s.html |"
	    "https://x.example/en/a/two.html https://x.example/fr/a/two.html https://x.example/ar/a/two.html |<p lang=\"en\">Two.</p>\n\n");
	buf_release(&out);
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_fallback, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_links, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_opaque, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_table, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_table_with_name, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_notes, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_context, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_icon, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_budget, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_coverage, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_file, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_kept_lists, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
