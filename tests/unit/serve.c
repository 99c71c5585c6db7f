/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of command/serve: what is put into a page, and nothing else. The server itself is tried by tests/serve. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "command/serve_parts.h"

#define SCRIPT "<script src=\"/.waypost/live.js\" id=\"waypost-live\" data-build=\"a-1\" defer=\"defer\"></script>\n"
#define POLICY(text) "<head><meta http-equiv=\"Content-Security-Policy\" content=\"" text "\" />"

static void
dressed(const char *html, bool any, const char *expected)
{
	struct buf b;

	buf_init(&b);
	page_dress(view_str(html), VIEW("a-1"), any, &b);
	assert_string_equal(b.p, expected);
	buf_release(&b);
}

static void
test_script(void **state)
{
	(void)state;
	dressed("<head><title>x</title></head><body></head></body>", false, "<head><title>x</title>" SCRIPT "</head><body></head></body>");
	dressed("<p>no head", false, "<p>no head" SCRIPT);
	dressed("", false, SCRIPT);
	dressed("</head>", true, "<script src=\"/.waypost/live.js\" id=\"waypost-live\" data-build=\"a-1\" data-any=\"any\" defer=\"defer\">"
	    "</script>\n</head>");
}

static void
test_policy(void **state)
{
	(void)state;
	/* one that lets all of it pass stays as it is */
	dressed(POLICY("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'") "</head>", false,
	    POLICY("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'") SCRIPT "</head>");
	dressed(POLICY("default-src 'none'; script-src 'none'; img-src 'self'; style-src data:;") "</head>", false,
	    POLICY("default-src 'none'; script-src 'self'; img-src 'self'; style-src data: 'self'; connect-src 'self'") SCRIPT "</head>");
	/* without default-src what is not named is free */
	dressed(POLICY("img-src 'none'") "</head>", false, POLICY("img-src 'none'") SCRIPT "</head>");
	/* a policy that stands in the text is text */
	dressed("<head></head>" POLICY("default-src 'none'"), false, "<head>" SCRIPT "</head>" POLICY("default-src 'none'"));
	dressed("<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src", false,
	    "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src; script-src 'self'; style-src 'self'; connect-src 'self'"
	    SCRIPT);
}

static void
test_words(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	live_words(NULL, &b);
	assert_true(view_starts(view_buf(&b), "document.getElementById('waypost-live').words = {"));
	assert_true(view_ends(view_buf(&b), "};\n") || view_ends(view_buf(&b), "}\n;\n"));
	assert_true(view_search(view_buf(&b), VIEW("\"live_close\": \"Close\"")) < b.n);
	assert_true(view_search(view_buf(&b), VIEW("\"state_machine\": \"machine\"")) < b.n);
	assert_true(view_search(view_buf(&b), VIEW("\"lang\": \"en\"")) < b.n);
	assert_true(view_search(view_buf(&b), VIEW("serve_")) == b.n);
	buf_release(&b);
}

/* Every word that the script asks for is there, and no other. */
static void
test_asked(void **state)
{
	struct view js = view_of(serve_live_js, (size_t)(serve_live_js_end - serve_live_js));

	(void)state;
	for (int id = 0; id < WORD_COUNT; id++) {
		struct view name = view_str(words_name((enum word)id)), short_name = view_slice(name, strlen("live_"), name.n);

		if (!view_starts(name, "live_"))
			continue;
		/* say('live_x'), or one of the rows, which are named without it */
		if (view_search(js, name) == js.n && view_search(js, short_name) == js.n)
			fail_msg("the script does not use %.*s", VIEW_ARG(name));
	}
	for (size_t at = 0; (at += view_search(view_slice(js, at, js.n), VIEW("say('live_"))) < js.n;) {
		struct view name;
		bool known = false;

		at += strlen("say('");
		name = view_slice(js, at, at + view_find(view_slice(js, at, js.n), '\''));
		for (int id = 0; id < WORD_COUNT; id++)
			known |= view_is(name, words_name((enum word)id));
		if (!known)
			fail_msg("words.def has no %.*s", VIEW_ARG(name));
	}
}

static void
test_embedded(void **state)
{
	(void)state;
	assert_true(serve_live_js_end - serve_live_js > 1000);
	assert_true(view_starts(view_of(serve_live_js, (size_t)(serve_live_js_end - serve_live_js)), "// SPDX"));
	assert_true(view_starts(view_of(serve_live_css, (size_t)(serve_live_css_end - serve_live_css)), "/* SPDX"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_script),
		cmocka_unit_test(test_policy),
		cmocka_unit_test(test_embedded),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
