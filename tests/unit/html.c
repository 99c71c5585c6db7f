/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of format/html.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmark-gfm.h>
#include <cmocka.h>

#include "base/arena.h"
#include "format/html.h"

#define IS(view_, text_) \
	do { \
		struct view got_ = (view_); \
		if (!view_is(got_, (text_))) \
			fail_msg("got '%.*s', not '%s'", VIEW_ARG(got_), (text_)); \
	} while (0)

static int
setup(void **state)
{
	static struct arena a;

	arena_init(&a);
	*state = &a;
	return 0;
}

static int
teardown(void **state)
{
	arena_release(*state);
	return 0;
}

static void
made_by(void (*make)(struct buf *, struct view), const char *in, const char *out)
{
	struct buf b;

	buf_init(&b);
	make(&b, view_str(in));
	IS(view_buf(&b), out);
	buf_release(&b);
}

static void
texts_are_escaped(void **state)
{
	(void)state;
	made_by(html_text, "", "");
	made_by(html_text, "plain é 中", "plain é 中");
	made_by(html_text, "<a href=\"x\">&amp;'</a>", "&lt;a href=&quot;x&quot;&gt;&amp;amp;'&lt;/a&gt;");
	made_by(html_text, "&", "&amp;");
	made_by(html_attr, "a \"b\" & <c>", "a &quot;b&quot; &amp; &lt;c&gt;");
	made_by(html_attr, "it's", "it's");
	made_by(html_quoted, "it's \"b\" & <c>", "it&#39;s &quot;b&quot; &amp; &lt;c&gt;");
}

/* Texts of every length around that of a block, with two such bytes anywhere in them. */
static void
entities_are_found_anywhere(void **state)
{
	struct buf want;
	char text[50];

	(void)state;
	buf_init(&want);
	for (size_t n = 1; n < sizeof text; n++) {
		for (size_t first = 0; first < n; first++) {
			for (size_t second = first; second < n; second++) {
				memset(text, 'x', n);
				text[n] = '\0';
				text[first] = '<';
				text[second] = '\'';
				buf_clear(&want);
				for (size_t i = 0; i < n; i++)
					buf_puts(&want, text[i] == '<' ? "&lt;" : text[i] == '\'' ? "&#39;" : "x");
				made_by(html_quoted, text, want.p);
			}
		}
	}
	buf_release(&want);
}

/* An href must be what cmark writes, for every byte that cmark keeps. */
static void
hrefs_are_as_cmark_writes_them(void **state)
{
	(void)state;
	made_by(html_href, "a b\"c[d]'e&f", "a%20b%22c%5Bd%5D&#x27;e&amp;f");
	made_by(html_href, "\xC3\xA9%20", "%C3%A9%20");
	for (int c = 1; c < 256; c++) {
		char url[] = { 'a', (char)c, (char)(c < 0xC2 ? 'z' : 0x80), 'b', '\0' }, *html;
		cmark_node *document = cmark_node_new(CMARK_NODE_DOCUMENT);
		cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH), *link = cmark_node_new(CMARK_NODE_LINK);
		struct buf b;

		buf_init(&b);
		buf_puts(&b, "<p><a href=\"");
		html_href(&b, view_str(url));
		buf_puts(&b, "\"></a></p>\n");
		cmark_node_set_url(link, url);
		cmark_node_append_child(document, paragraph);
		cmark_node_append_child(paragraph, link);
		html = cmark_render_html(document, CMARK_OPT_UNSAFE, NULL);
		assert_string_equal(html, b.p);
		free(html);
		cmark_node_free(document);
		buf_release(&b);
	}
}

static void
plain_text_of_html(void **state)
{
	(void)state;
	made_by(html_plain, "a <em>b</em> &amp; &lt;c&gt; &quot;d&quot; &#x27;e&#39;", "a b & <c> \"d\" 'e'");
	made_by(html_plain, "x<!-- a > b -->y", "xy");
	made_by(html_plain, "<img alt=\"a &gt; b\" />z", "z");
	made_by(html_plain, "&nbsp; & &; &#; &#x; &#xD800; &#1114112; &#x1F600;", "&nbsp; & &; &#; &#x; &#xD800; &#1114112; 😀");
	made_by(html_plain, "<never ends", "");
	made_by(html_plain, "<!-- never ends", "");
	made_by(html_plain, "&", "&");
	made_by(html_plain, "&amp", "&amp");
}

struct row {
	const char *raw;
	enum html_tag_kind kind;
	const char *name, *attrs;
	bool allowed, inline_ok, target_ok;
};

static const struct row rows_of_tags[] = {
	{ "<b>", HTML_TAG_OPEN, "b", "", 1, 1, 1 },
	{ "<B >", HTML_TAG_OPEN, "b", "", 1, 1, 1 },
	{ "</b>", HTML_TAG_CLOSE, "b", "", 1, 1, 1 },
	{ "</EM\n>", HTML_TAG_CLOSE, "em", "", 1, 1, 1 },
	{ "<br>", HTML_TAG_OPEN, "br", "", 1, 1, 1 },
	{ "<br />", HTML_TAG_EMPTY, "br", "", 1, 1, 1 },
	{ "<wbr/>", HTML_TAG_EMPTY, "wbr", "", 1, 1, 0 },
	{ "</br>", HTML_TAG_CLOSE, "br", "", 0, 0, 0 },
	{ "<hr>", HTML_TAG_OPEN, "hr", "", 0, 0, 0 },
	{ "<b/>", HTML_TAG_EMPTY, "b", "", 0, 0, 0 },
	{ "<abbr title='a \"b\" &amp; c'>", HTML_TAG_OPEN, "abbr", " title=\"a &quot;b&quot; &amp; c\"", 1, 1, 0 },
	{ "<abbr TITLE=x lang = \"fr-CA\">", HTML_TAG_OPEN, "abbr", " title=\"x\" lang=\"fr-CA\"", 1, 1, 0 },
	{ "<bdi dir=RTL>", HTML_TAG_OPEN, "bdi", " dir=\"rtl\"", 1, 1, 1 },
	{ "<bdo dir=sideways>", HTML_TAG_OPEN, "bdo", "", 0, 0, 0 },
	{ "<span lang=\"\">", HTML_TAG_OPEN, "span", "", 0, 0, 0 },
	{ "<span lang=\"x' y\">", HTML_TAG_OPEN, "span", "", 0, 0, 0 },
	{ "<details open>", HTML_TAG_OPEN, "details", " open=\"open\"", 1, 0, 0 },
	{ "<details open=\"\" >", HTML_TAG_OPEN, "details", " open=\"open\"", 1, 0, 0 },
	{ "<b open>", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<summary>", HTML_TAG_OPEN, "summary", "", 1, 0, 0 },
	{ "<time datetime=\"2025-12-11\">", HTML_TAG_OPEN, "time", " datetime=\"2025-12-11\"", 1, 1, 0 },
	{ "<time datetime=\"<\">", HTML_TAG_OPEN, "time", "", 0, 0, 0 },
	{ "<b class=x>", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b title=a onclick=\"x\">", HTML_TAG_OPEN, "b", " title=\"a\"", 0, 0, 0 },
	{ "<b title=a title=b>", HTML_TAG_OPEN, "b", " title=\"a\"", 0, 0, 0 },
	{ "<b style='x'>", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<div>", HTML_TAG_OPEN, "div", "", 0, 0, 0 },
	{ "<script>", HTML_TAG_OPEN, "script", "", 0, 0, 0 },
	{ "<a href=\"x\">", HTML_TAG_OPEN, "a", "", 0, 0, 0 },
	{ "<my-tag>", HTML_TAG_OPEN, "my-tag", "", 0, 0, 0 },
	{ "<b title=\"&nbsp;&#233;&#x27;\">", HTML_TAG_OPEN, "b", " title=\"\u00a0é'\"", 1, 1, 1 },
	{ "<b title=\"&unknown;\">", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b title=\"&#0;\">", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b title=\"&#x202e;\">", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b title=\"&#99999999;\">", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b title=\"a & b\nc\">", HTML_TAG_OPEN, "b", " title=\"a &amp; b c\"", 1, 1, 1 },
	{ "<b\n\ttitle\n=\n'>'\n>", HTML_TAG_OPEN, "b", " title=\"&gt;\"", 1, 1, 1 },
	{ "<b title=\"&#x1F600; &#xE000;&#XaF;\">", HTML_TAG_OPEN, "b", " title=\"\U0001F600 \uE000\u00AF\"", 1, 1, 1 },
	{ "<b title=\"a&#9;b&#10;c&#13;d\">", HTML_TAG_OPEN, "b", " title=\"a b c d\"", 1, 1, 1 },
	{ "<b title=\"&1; &; &\">", HTML_TAG_OPEN, "b", " title=\"&amp;1; &amp;; &amp;\"", 1, 1, 1 },
	{ "<b title=\"&a;\">", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b title=\"&#x1G;\">", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b title=\"&#x1`;\">", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b title=\"&#1a;\">", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b title=\"&#1/;\">", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b title=\"&#xD800;\">", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b title=\"&#xDFFF;\">", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b title=\"&#xFFFE;\">", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b title=\"&#x2028;\">", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b title=\"&#7;\">", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b lang=-fr>", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b lang=fr->", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b lang=fr--CA>", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b lang=f>", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b lang=abcdefgh-abcdefgh-abcdefgh-abcdefgh>", HTML_TAG_OPEN, "b", " lang=\"abcdefgh-abcdefgh-abcdefgh-abcdefgh\"", 1, 1, 1 },
	{ "<b lang=abcdefgh-abcdefgh-abcdefgh-abcdefghi>", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<bdi dir=LTR>", HTML_TAG_OPEN, "bdi", " dir=\"ltr\"", 1, 1, 1 },
	{ "<bdi dir=auto>", HTML_TAG_OPEN, "bdi", " dir=\"auto\"", 1, 1, 1 },
	{ "<time datetime=\"\">", HTML_TAG_OPEN, "time", "", 0, 0, 0 },
	{ "<time datetime='2025-12-11 10:30.5+01:00'>", HTML_TAG_OPEN, "time", " datetime=\"2025-12-11 10:30.5+01:00\"", 1, 1, 0 },
	{ "<b datetime=\"2025\">", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b a:b_c.d-e=x>", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<b :x _y>", HTML_TAG_OPEN, "b", "", 0, 0, 0 },
	{ "<!-- note -->", HTML_TAG_COMMENT, "", "", 1, 1, 0 },
	{ "<!---->", HTML_TAG_COMMENT, "", "", 1, 1, 0 },
	{ "<!--#include file=\"x\" -->", HTML_TAG_COMMENT, "", "", 0, 0, 0 },
	{ "<!--[if IE]>x<![endif]-->", HTML_TAG_COMMENT, "", "", 0, 0, 0 },
};

static void
tags_are_read(void **state)
{
	struct html_tag t;

	for (size_t i = 0; i < sizeof rows_of_tags / sizeof *rows_of_tags; i++) {
		const struct row *r = &rows_of_tags[i];

		html_tag_read(*state, view_str(r->raw), &t);
		if (t.kind != r->kind || t.allowed != r->allowed || t.inline_ok != r->inline_ok || t.target_ok != r->target_ok)
			fail_msg("%s: kind %d allowed %d inline %d target %d", r->raw, t.kind, t.allowed, t.inline_ok, t.target_ok);
		IS(t.name, r->name);
		IS(t.attrs, r->attrs);
	}
	html_tag_read(*state, VIEW("<br>"), &t);
	assert_true(t.is_void);
	html_tag_read(*state, VIEW("<b>"), &t);
	assert_false(t.is_void);
}

static void
no_tags(void **state)
{
	static const char *const rows[] = {
		"", "<", "<>", "b", "<b", "<b>x", "x<b>", "<1>", "< b>", "</ b>", "</b x>", "</b/>", "<b/ >", "<b =x>", "<b title=>",
		"<b title=\"x>", "<b title=\"x\"lang=fr>", "<b title=a`b>", "<b \"x\">", "<!-->", "<!--->", "<!-- a -- b -->",
		"<!-- a --->", "<!-- a", "<?php x ?>", "<!DOCTYPE html>", "<![CDATA[x]]>", "<b><i>", "<b\ftitle=x>",
		"<!-->-->", "<!--->-->", "<[>", "<_b>", "<{b>", "<@>", "<b title=a\"b>", "<b title=a=b>", "<b title=a<b>", "<b title='x\">", "<b .x>",
	};
	struct html_tag t;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		html_tag_read(*state, view_str(rows[i]), &t);
		if (t.kind != HTML_TAG_NONE || t.allowed || t.inline_ok || t.target_ok || t.name.n || t.attrs.n)
			fail_msg("'%s' was read as a tag", rows[i]);
	}
	html_tag_read(*state, view_of("<b \0>", 5), &t);
	assert_int_equal(t.kind, HTML_TAG_NONE);
}

static void
addresses_are_judged(void **state)
{
	static const struct {
		const char *url;
		enum url_kind kind;
	} rows[] = {
		{ "", URL_EMPTY }, { " \t\n", URL_EMPTY }, { "#a", URL_FRAGMENT }, { " #a ", URL_FRAGMENT },
		{ "a.md", URL_RELATIVE }, { "../a/b.md#c", URL_RELATIVE }, { "/a", URL_RELATIVE }, { "?q=a:b", URL_RELATIVE },
		{ "a/b:c", URL_RELATIVE }, { "a#b:c", URL_RELATIVE }, { "é.md", URL_RELATIVE }, { "a\tb", URL_RELATIVE },
		{ "javascript%3Aalert(1)", URL_RELATIVE },
		{ "https://example.org/a", URL_REMOTE }, { "HTTP://example.org", URL_REMOTE }, { "ht\ntps://example.org", URL_REMOTE },
		{ "mailto:a@example.org", URL_REMOTE }, { "TEL:+41", URL_REMOTE },
		{ "http:", URL_BAD }, { "http:a", URL_BAD }, { "https:///a", URL_BAD }, { "https:/a", URL_BAD },
		{ "https://?a", URL_BAD },
		{ "javascript:alert(1)", URL_BAD }, { "JaVaScRiPt:x", URL_BAD }, { "java\tscript:x", URL_BAD },
		{ "java\r\nscript:x", URL_BAD }, { " \x01javascript:x", URL_BAD }, { "\x01\x1fjavascript:x", URL_BAD },
		{ "java\x01script:x", URL_BAD }, { "a\x7f", URL_BAD }, { "a\xC2\x85", URL_BAD }, { "a\u202e.md", URL_BAD },
		{ "a\u2028", URL_BAD }, { "vbscript:x", URL_BAD }, { "data:text/html,x", URL_BAD }, { "file:///etc/passwd", URL_BAD },
		{ "ftp://a", URL_BAD }, { "blob:x", URL_BAD }, { "c:foo", URL_BAD }, { ":x", URL_BAD }, { "1a:b", URL_BAD },
		{ "a b:c", URL_BAD }, { "java script:x", URL_BAD },
		{ "//host/a", URL_BAD }, { "/\t/host", URL_BAD }, { "\\\\host", URL_BAD }, { "/\\host", URL_BAD },
		{ "a\\b", URL_BAD }, { "https://a\\b", URL_BAD }, { "///a", URL_BAD },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (html_url_kind(view_str(rows[i].url)) != rows[i].kind)
			fail_msg("'%s' is %d", rows[i].url, html_url_kind(view_str(rows[i].url)));
	assert_int_equal(html_url_kind(view_of("a\0b", 3)), URL_BAD);
	assert_int_equal(html_url_kind(view_of("a\tb\0c", 5)), URL_BAD);
	assert_int_equal(html_url_kind(VIEW_NONE), URL_EMPTY);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_escaped),
		cmocka_unit_test(entities_are_found_anywhere),
		cmocka_unit_test(hrefs_are_as_cmark_writes_them),
		cmocka_unit_test(plain_text_of_html),
		cmocka_unit_test_setup_teardown(tags_are_read, setup, teardown),
		cmocka_unit_test_setup_teardown(no_tags, setup, teardown),
		cmocka_unit_test(addresses_are_judged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
