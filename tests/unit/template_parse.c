/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of model/template_parse: what is reported where, and what is left of a template with errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "model/template_parts.h"

struct fixture {
	struct arena arena;
	struct diags diags;
	struct buf out;
	struct template_set set;
	const char *text;	/* of the one template there is, 'a' */
};

static bool
load(void *self, struct view name, struct view *text, struct view *file)
{
	const struct fixture *f = self;

	*text = view_str(f->text);
	*file = VIEW("a");
	return f->text && view_is(name, "a");
}

static void
fixture_init(struct fixture *f)
{
	arena_init(&f->arena);
	diags_init(&f->diags);
	buf_init(&f->out);
	f->text = NULL;
	template_set_init(&f->set, &f->arena, &f->diags, load, f);
}

static void
fixture_release(struct fixture *f)
{
	buf_release(&f->out);
	diags_release(&f->diags);
	arena_release(&f->arena);
}

static struct prog_run
render(struct fixture *f, struct view template, const struct value *data)
{
	const struct prog *p = template_compile(&f->set, template, VIEW("case.html"));
	struct prog_run r = { .out = &f->out, .stack = { data }, .depth = 1, .limit = 1 << 20 };

	buf_clear(&f->out);
	prog_run(p, &r);
	return r;
}

struct problem {
	const char *template;
	const char *messages;	/* "line:column+length id args; ..." */
	const char *expected;
};

static const struct problem problems[] = {
	{ "a\n  {{name\nb", "2:3+6 template-unclosed {{name }}; ", "a\nb" },
	{ "é{{name <b>{{v}}", "1:2+10 template-unclosed {{name }}; ", "é1" },
	{ "{{! c\nb{{v}}\n{{! d\n", "3:1+5 template-unclosed {{! d }}; ", "" },
	{ "{{{v}}\n{{v}}", "1:1+6 template-unclosed {{{v}} }}}; ", "1" },
	{ "{{=< >=}}\n<v\n<v>", "2:1+2 template-unclosed <v >; ", "1" },
	{ "x{{", "1:2+2 template-unclosed {{ }}; ", "x" },
	{ "{{#v}}a", "1:1+6 template-section v the end of the file; ", "a" },
	{ "{{#v}}{{^w}}\na", "1:7+6 template-section w the end of the file; 1:1+6 template-section v the end of the file; ", "a" },
	{ "{{#v}}a{{/w}}b", "1:8+6 template-section v '{{/w}}'; ", "ab" },
	{ "{{#v}}{{#w}}a{{/v}}b", "1:14+6 template-section w '{{/v}}'; ", "b" },
	{ "{{<p}}{{$b}}a{{/p}}c", "1:14+6 template-section b '{{/p}}'; 1:1+6 template-partial p; ", "c" },
	{ "a\n{{/v}}\nb", "2:1+6 template-close v; ", "a\nb" },
	{ "{{=a=}}{{v}}", "1:1+7 template-delimiters a; ", "1" },
	{ "{{=a b c=}}{{v}}", "1:1+11 template-delimiters a b c; ", "1" },
	{ "{{== | =}}{{v}}", "1:1+10 template-delimiters = |; ", "1" },
	{ "{{= =}}{{v}}", "1:1+7 template-delimiters ; ", "1" },
	{ "a\n {{> naw }}\nb", "2:2+10 template-partial naw; note did you mean 'nav'?; ", "a\nb" },
	{ "{{<zzzzzzzz}}{{/zzzzzzzz}}", "1:1+13 template-partial zzzzzzzz; ", "" },
};

static void
list_messages(struct buf *b, const struct diags *d)
{
	for (size_t i = 0; i < d->list.n; i++) {
		const struct diag *m = LIST_AT(&d->list, struct diag, i);

		assert_string_equal(m->place.file.p, "case.html");
		buf_printf(b, "%u:%u+%u ", m->place.line, m->place.col, m->place.len);
		diag_name(b, m->id);
		buf_printf(b, " %.*s", VIEW_ARG(m->args[0]));
		if (m->args[1].n)
			buf_printf(b, " %.*s", VIEW_ARG(m->args[1]));
		buf_puts(b, "; ");
		if (m->note.n)
			buf_printf(b, "note %.*s; ", VIEW_ARG(m->note));
	}
}

static void
test_problems(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof problems / sizeof *problems; i++) {
		struct fixture f;
		struct value data = value_map();
		struct buf b;

		fixture_init(&f);
		buf_init(&b);
		*(struct view *)list_push(&f.set.names, &f.arena) = VIEW("other");
		*(struct view *)list_push(&f.set.names, &f.arena) = VIEW("nav");
		value_set(&data, &f.arena, "v", value_number(&f.arena, 1, VIEW_NONE));
		render(&f, view_str(problems[i].template), &data);
		list_messages(&b, &f.diags);
		assert_string_equal(b.p, problems[i].messages);
		assert_string_equal(f.out.p, problems[i].expected);
		buf_release(&b);
		fixture_release(&f);
	}
}

static void
test_problem_of_a_partial_is_reported_once(void **state)
{
	struct fixture f;

	(void)state;
	fixture_init(&f);
	f.text = "x\n{{>none}}{{/b}}";
	assert_null(template_get(&f.set, VIEW("none")));
	assert_int_equal(f.diags.list.n, 0);
	assert_non_null(template_get(&f.set, VIEW("a")));
	template_compile(&f.set, VIEW("{{>a}}\n {{>a}}\n"), VIEW("case.html"));
	assert_int_equal(f.diags.list.n, 2);
	assert_string_equal(LIST_AT(&f.diags.list, struct diag, 0)->place.file.p, "a");
	assert_int_equal(LIST_AT(&f.diags.list, struct diag, 0)->place.line, 2);
	fixture_release(&f);
}

static void
test_too_deep(void **state)
{
	struct fixture f;
	struct value data = value_map();
	struct prog_run r;
	struct buf b;

	(void)state;
	fixture_init(&f);
	value_set(&data, &f.arena, "v", value_number(&f.arena, 1, VIEW_NONE));
	f.text = "x\n {{>a}}\n {{>a}}\n\t{{>a}}\n";
	r = render(&f, VIEW("{{>a}}"), &data);
	assert_true(r.over);
	assert_string_equal(r.deep.file.p, "a");
	assert_int_equal(r.deep.line, 2);
	assert_int_equal(r.deep.col, 2);
	assert_int_equal(f.diags.list.n, 0);
	assert_true(f.set.progs.n <= 66);

	buf_init(&b);
	for (int i = 0; i < PROG_MAX_DEPTH + 2; i++)
		buf_puts(&b, "{{#v}}");
	buf_puts(&b, "a");
	for (int i = 0; i < PROG_MAX_DEPTH + 2; i++)
		buf_puts(&b, "{{/v}}");
	r = render(&f, view_buf(&b), &data);
	assert_int_equal(f.diags.list.n, 1);
	assert_int_equal(LIST_AT(&f.diags.list, struct diag, 0)->id, DIAG_template_depth);
	assert_int_equal(LIST_AT(&f.diags.list, struct diag, 0)->place.col, PROG_MAX_DEPTH * 6 + 1);
	assert_true(r.over);
	buf_release(&b);
	fixture_release(&f);
}

/* Nothing that is repeated a hundred thousand times costs more than its length. */
static void
test_long_texts(void **state)
{
	static const char *const pieces[] = { "{{a ", "{{! ", "{{{a}} ", "{{= ", "{{#a}}", "{{/a}}", "{{#a}} {{/a}}", "{{<a}}{{$a}}",
		"{{$a}}\n", "\n\n \n", "{{^a}}\n{{/a}}\n", "{{a.", "<", "{{a}}\n", "{{<a}}{{/a}}" };

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		clock_t start = clock();
		struct fixture f;
		struct value data = value_map();
		struct buf b;

		fixture_init(&f);
		buf_init(&b);
		f.text = "";
		while (b.n < 400000)
			buf_puts(&b, pieces[i]);
		render(&f, view_buf(&b), &data);
		if (clock() - start > 2 * CLOCKS_PER_SEC)
			fail_msg("'%s' takes long", pieces[i]);
		buf_release(&b);
		fixture_release(&f);
	}
}

/* Tokens: everything that is opened has its close, at whatever place the text is cut off. */
static void
test_cut_off_anywhere(void **state)
{
	struct view text = VIEW("a\n{{#b}}\n{{<c}}{{$d}}\n {{{e}}}{{/d}} {{/c}}\n{{=<% %>=}}<%^f%><%! g%>\n<%/f%><%/b%>h");
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t n = 0; n <= text.n; n++) {
		struct diags d;
		struct list l;

		diags_init(&d);
		l = template_parse(&a, &d, view_slice(text, 0, n), VIEW("f"));
		for (size_t i = 0; i < l.n; i++) {
			const struct token *t = LIST_AT(&l, struct token, i);
			bool opens = t->kind >= TOKEN_SECTION && t->kind <= TOKEN_BLOCK;

			if (opens || t->kind == TOKEN_CLOSE) {
				const struct token *other = LIST_AT(&l, struct token, t->match);

				assert_int_equal(other->match, i);
				assert_true(opens ? t->match > i : t->match < i);
				assert_int_equal(other->kind == TOKEN_CLOSE, opens);
			}
		}
		assert_int_equal(d.list.n == 0, n < 4 || n + 1 >= text.n);
		diags_release(&d);
	}
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_problems),
		cmocka_unit_test(test_problem_of_a_partial_is_reported_once),
		cmocka_unit_test(test_too_deep),
		cmocka_unit_test(test_long_texts),
		cmocka_unit_test(test_cut_off_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
