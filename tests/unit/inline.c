/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/inline: what comes inside, what is left out, ids that stay unique, a policy that names what is there. */
#include "tree.h"

#include "format/digest.h"
#include "job/inline.h"

struct fixture {
	struct world world;
	struct edition edition;
	struct inlining in;
};

static void
make(struct tree *t, struct fixture *f)
{
	static const char *const files[] = { "assets/a.css", "assets/b.css", "assets/p.css", "assets/a.js", "assets/b.js", "assets/i.svg", "assets/fonts.css",
		"assets/fonts/x.woff2", "en/index.html" };
	struct diags quiet;
	struct buf state;

	tree_put(t, "content/site.yaml", "title: A test\nlanguages: [en]\n");
	tree_put(t, "content/index.md", "---\ntitle: Home\n---\n\nText.\n");
	tree_put(t, "themes/default/page.html", "{{{content}}}");
	tree_put(t, "out/site/assets/a.css", "a{background:url(\"i.svg\")}b{src:url(../assets/fonts/x.woff2)}c{src:url(none.png)}d{e:url(data:,1)}");
	tree_put(t, "out/site/assets/b.css", "b::before{content:\"</style><!--\"}\r\n");
	tree_put(t, "out/site/assets/p.css", "p{}");
	tree_put(t, "out/site/assets/a.js", "var a = '</script>';\n");
	tree_put(t, "out/site/assets/b.js", "b();\n");
	tree_put(t, "out/site/assets/i.svg", "<svg/>");
	tree_put(t, "out/site/assets/fonts/x.woff2", "font");
	tree_put(t, "out/site/assets/fonts.css", "@font-face{font-family:wp-x;src:url(fonts/x.woff2)}\n:root [lang=\"km\"]{font-family:wp-x}\n");
	tree_put(t, "out/site/en/index.html", "x");
	buf_init(&state);
	buf_puts(&state, "waypost state 1\n");
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		buf_printf(&state, "%s\n", files[i]);
	tree_put(t, "out/.state", state.p);
	buf_release(&state);
	diags_init(&quiet);
	assert_true(world_load(&f->world, &t->arena, view_str(t->folder), &quiet));
	diags_release(&quiet);
	assert_true(edition_open(&f->edition, &f->world, view_join(&t->arena, view_str(t->folder), VIEW("out")), NULL, "single", &t->diags));
	assert_true(edition_list(&f->edition));
}

static struct view
link_of(void *self, struct view page, struct view address)
{
	assert_true(view_is(page, "en/a/b.html"));
	return view_is(address, "gone.html") ? VIEW_NONE : view_printf(self, "to:%.*s", VIEW_ARG(address));
}

static void
begin(struct tree *t, struct fixture *f)
{
	inline_init(&f->in, &f->edition, &t->arena);
	f->in.link = link_of;
	f->in.self = &t->arena;
}

static void
end(struct fixture *f)
{
	edition_close(&f->edition);
	world_close(&f->world);
}

static void
part_is(struct fixture *f, const char *html, const char *expected)
{
	struct buf b;

	buf_init(&b);
	inline_part(&f->in, VIEW("en/a/b.html"), VIEW("a/b"), view_str(html), &b);
	assert_string_equal(b.p, expected);
	buf_release(&b);
}

static void
test_part(void **state)
{
	struct tree *t = *state;
	struct fixture f;

	make(t, &f);
	begin(t, &f);
	inline_learn(&f.in, VIEW("a/b"), VIEW("<p id=\"x\" class=\"x\">a > b</p><!-- id=\"no\" <b id=\"no\"> --><i title=\">\" id=\"y\">"));
	assert_non_null(map_get(&f.in.ids, VIEW("a/b#y")));
	assert_null(map_get(&f.in.ids, VIEW("a/b#no")));
	part_is(&f, "<h1 id=\"x\">A</h1><h6>B</h6><hr /><header>C</header>", "<h2 id=\"a/b#x\">A</h2><h6>B</h6><hr /><header>C</header>");
	part_is(&f, "<p aria-labelledby=\"x z y\" for='x'>t</p>", "<p aria-labelledby=\"a/b#x z a/b#y\" for='x'>t</p>");
	part_is(&f, "<a href=\"#x\">1</a><a class=\"c\" href=\"#z\">2</a><use href=\"#y\" />",
	    "<a href=\"#a/b%23x\">1</a><a class=\"c\" href=\"#z\">2</a><use href=\"#a/b%23y\" />");
	part_is(&f, "<a href=\"gone.html\" id=\"x\"><b>1</b></a> <a rel=\"r\" href=\"c.html#d\" hreflang=\"fr\">2</a> <a id=\"x\">3</a>",
	    "<b>1</b> <a rel=\"r\" href=\"to:c.html#d\" hreflang=\"fr\">2</a> <a id=\"a/b#x\">3</a>");
	part_is(&f, "<img src=\"../../assets/i.svg\" alt=\"\" width=\"9\" /><img alt=\"w &amp; w\" src=\"none.png\" /><img src=\"none.png\" alt=\"\" />",
	    "<img src=\"data:image/svg+xml;base64,PHN2Zy8+\" alt=\"\" width=\"9\" /><span class=\"alt\">w &amp; w</span>");
	part_is(&f, "<p title=\"a>b\" lang=\"km\">t<br/></p", "<p title=\"a>b\" lang=\"km\">t<br/></p");
	assert_non_null(map_get(&f.in.tags, VIEW("km")));
	f.in.without = INLINE_NO_IMAGES;
	part_is(&f, "<img src=\"../../assets/i.svg\" alt=\"i\" />", "<span class=\"alt\">i</span>");
	end(&f);
	tree_said(t, "");
}

/* Whether a policy names the text between two marks of a document. */
static bool
is_named(struct view html, const char *from, const char *to)
{
	size_t at = view_search(html, view_str(from)) + strlen(from);
	struct view rest = view_slice(html, at, html.n);
	struct buf digest;
	bool found;

	buf_init(&digest);
	buf_puts(&digest, "'sha256-");
	digest_base64(&digest, view_slice(rest, 0, view_search(rest, view_str(to))));
	buf_addc(&digest, '\'');
	found = view_search(html, view_buf(&digest)) < html.n;
	buf_release(&digest);
	return found;
}

static void
document(struct fixture *f, struct buf *out)
{
	static const char frame[] = "<html lang=\"en\"><head><meta http-equiv=\"Content-Security-Policy\" content=\"x\" /><link rel=\"canonical\" href=\"h\" />"
	    "<link rel=\"stylesheet\" href=\"../../assets/fonts.css\" /><link rel=\"stylesheet\" href=\"../../assets/a.css\" />"
	    "<link rel=\"stylesheet\" href=\"../../assets/p.css\" media=\"print\" /><link rel=\"icon\" href=\"../../assets/i.svg\" />"
	    "<script src=\"../../assets/a.js\" defer=\"defer\"></script><script>own()</script></head><body><h1>T</h1></body></html>";

	buf_clear(out);
	part_is(f, "<link rel=\"stylesheet\" href=\"../../assets/b.css\" /><link rel=\"stylesheet\" href=\"../../assets/b.css\" />"
	    "<script src=\"../../assets/b.js\"></script>.", ".");
	inline_document(&f->in, VIEW("en/a/b.html"), view_str(frame), out);
}

static void
test_document(void **state)
{
	struct tree *t = *state;
	struct fixture f;
	struct buf b;

	make(t, &f);
	begin(t, &f);
	buf_init(&b);
	f.in.script = VIEW("last('<!-- x')");
	map_set(&f.in.tags, VIEW("km"), t);
	document(&f, &b);
	assert_non_null(strstr(b.p, "<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-"));
	assert_null(strstr(b.p, "content=\"x\""));
	assert_null(strstr(b.p, "canonical"));
	assert_null(strstr(b.p, "own()"));
	assert_non_null(strstr(b.p, "<link rel=\"icon\" href=\"data:image/svg+xml;base64,PHN2Zy8+\" /><style>"));
	assert_non_null(strstr(b.p, "<style>@font-face{font-family:wp-x;src:url(data:font/woff2;base64,Zm9udA==)}\n"));
	assert_non_null(strstr(b.p, "a{background:url(data:image/svg+xml;base64,PHN2Zy8+)}b{src:url(data:font/woff2;base64,Zm9udA==)}c{src:url(data:,)}"
	    "d{e:url(data:,1)}@media print{\np{}}\nb::before{content:\"<\\/style><\\!--\"}\n</style>\n</head><body><h1>T</h1>"
	    "<script>var a = '<\\/script>';\n</script>\n<script>b();\n</script>\n<script>last('<\\!-- x')</script>\n</body></html>"));
	assert_true(is_named(view_buf(&b), "<style>", "</style>"));
	assert_true(is_named(view_buf(&b), "<script>", "</script>"));
	assert_true(is_named(view_buf(&b), "b();", "x") == false);
	assert_true(is_named(view_buf(&b), "</script>\n<script>", "</script>"));
	buf_release(&b);
	end(&f);
}

static void
test_without(void **state)
{
	struct tree *t = *state;
	struct fixture f;
	struct buf b;

	make(t, &f);
	begin(t, &f);
	buf_init(&b);
	f.in.without = INLINE_NO_FONTS | INLINE_NO_IMAGES | INLINE_NO_SCRIPTS;
	document(&f, &b);
	assert_non_null(strstr(b.p, "script-src 'none'; style-src 'sha256-"));
	assert_non_null(strstr(b.p, "<head>\n<meta"));
	assert_non_null(strstr(b.p, "<style>a{background:url(data:,)}b{src:url(data:,)}"));
	assert_null(strstr(b.p, "wp-x"));
	assert_null(strstr(b.p, "<script"));
	assert_null(strstr(b.p, "icon"));
	buf_release(&b);
	end(&f);
	tree_said(t, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_part, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_document, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_without, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
