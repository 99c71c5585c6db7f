/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of model/prog: building, running, looking up, printing. What needs Mustache text is in the tests of template. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <string.h>

#include "model/prog.h"

struct fixture {
	struct arena arena;
	struct buf out;
	struct prog_builder b;
};

static void
fixture_init(struct fixture *f)
{
	arena_init(&f->arena);
	buf_init(&f->out);
	prog_builder_init(&f->b, &f->arena);
}

static void
fixture_release(struct fixture *f)
{
	buf_release(&f->out);
	arena_release(&f->arena);
}

static void
page_op(void *self, const struct op *op, struct prog_run *r)
{
	assert_ptr_equal(self, r->out);
	buf_printf(r->out, "[%d %u %u]", op->kind == OP_SEG, op->arg, op->flags);
}

static void
test_building(void **state)
{
	struct fixture f;
	struct prog *p;
	struct op *op;

	(void)state;
	fixture_init(&f);
	prog_chunk(&f.b, VIEW("a"));
	prog_chunk(&f.b, VIEW("b"));
	op = prog_op(&f.b, OP_SEG, 7, OP_WRAP);
	assert_int_equal(op->arg, 7);
	assert_int_equal(prog_here(&f.b), 2);
	prog_chunk(&f.b, VIEW("c"));
	assert_int_equal(prog_here(&f.b), 3);
	assert_int_equal(prog_here(&f.b), 3);
	prog_chunk(&f.b, VIEW("d"));
	p = prog_finish(&f.b, VIEW("x.md"));
	assert_int_equal(p->n, 4);
	assert_true(view_is(p->ops[0].text, "ab"));
	assert_int_equal(p->ops[1].kind, OP_SEG);
	assert_int_equal(p->ops[1].flags, OP_WRAP);
	assert_true(view_is(p->ops[2].text, "c"));
	assert_true(view_is(p->ops[3].text, "d"));
	assert_true(view_is(p->name, "x.md"));
	p = prog_finish(&f.b, VIEW("empty.md"));
	assert_int_equal(p->n, 0);
	fixture_release(&f);
}

/* A page runs in place, more than once, and the host sees its operations. */
static void
test_page_in_place(void **state)
{
	struct fixture f;
	struct prog *page, *layout;
	struct value content;
	struct op *op;

	(void)state;
	fixture_init(&f);
	prog_chunk(&f.b, VIEW("<p>"));
	prog_op(&f.b, OP_SEG, 3, 0);
	prog_op(&f.b, OP_LTR, 4, OP_WRAP);
	page = prog_finish(&f.b, VIEW("page"));
	prog_op(&f.b, OP_VAR, 0, OP_RAW);
	prog_chunk(&f.b, VIEW("|"));
	prog_op(&f.b, OP_VAR, 0, 0);
	prog_chunk(&f.b, VIEW("|"));
	op = prog_op(&f.b, OP_VAR, 0, OP_IN_TAG);
	assert_int_equal(op->npath, 0);
	layout = prog_finish(&f.b, VIEW("layout"));
	content = value_prog(page);
	{
		struct prog_host host = { .self = &f.out, .page_op = page_op };
		struct prog_run r = { .out = &f.out, .host = &host, .stack = { &content }, .depth = 1 };

		prog_run(layout, &r);
		assert_false(r.over);
	}
	assert_string_equal(f.out.p, "<p>[1 3 0][0 4 4]|<p>[1 3 0][0 4 4]|");
	fixture_release(&f);
}

/* A page that holds itself stops. */
static void
test_page_in_itself(void **state)
{
	struct fixture f;
	struct value content;
	struct prog_run r = { .stack = { &content }, .depth = 1 };
	struct prog *p;

	(void)state;
	fixture_init(&f);
	prog_chunk(&f.b, VIEW("a"));
	prog_op(&f.b, OP_VAR, 0, 0);
	prog_chunk(&f.b, VIEW("b"));
	p = prog_finish(&f.b, VIEW("self"));
	content = value_prog(p);
	r.out = &f.out;
	prog_run(p, &r);
	assert_true(r.over);
	assert_string_equal(r.deep.file.p, "self");
	assert_int_equal(f.out.n, PROG_MAX_DEPTH + 1);
	fixture_release(&f);
}

static void
test_limit(void **state)
{
	struct fixture f;
	struct value list = value_list();
	struct prog_run r = { .stack = { &list }, .depth = 1, .limit = 1000 };
	struct prog *p;

	(void)state;
	fixture_init(&f);
	for (int i = 0; i < 1000; i++)
		value_push(&list, &f.arena, value_none());
	prog_op(&f.b, OP_SECTION, 0, 0);
	prog_chunk(&f.b, VIEW("0123456789"));
	f.b.ops[0].skip = prog_here(&f.b);
	prog_chunk(&f.b, VIEW("end"));
	p = prog_finish(&f.b, VIEW("long"));
	r.out = &f.out;
	prog_run(p, &r);
	assert_true(r.over);
	assert_int_equal(r.deep.line, 0);
	assert_int_equal(f.out.n, 1010);
	fixture_release(&f);
}

static void
test_find(void **state)
{
	struct fixture f;
	struct value outer = value_map(), inner = value_map(), m = value_map(), text = value_text(VIEW("t"));
	struct prog_run r = { .stack = { &outer, &inner, &text }, .depth = 3 };

	(void)state;
	fixture_init(&f);
	value_set(&m, &f.arena, "x", value_text(VIEW("deep")));
	value_set(&outer, &f.arena, "a", m);
	value_set(&outer, &f.arena, "b", value_text(VIEW("outer")));
	value_set(&inner, &f.arena, "b", value_text(VIEW("inner")));
	value_set(&inner, &f.arena, "n", value_none());
	assert_true(view_is(prog_find(&r, VIEW("a.x"))->plain, "deep"));
	assert_true(view_is(prog_find(&r, VIEW("b"))->plain, "inner"));
	assert_ptr_equal(prog_find(&r, VIEW(".")), &text);
	assert_int_equal(prog_find(&r, VIEW("n"))->kind, VALUE_NONE);
	assert_null(prog_find(&r, VIEW("a.y")));
	assert_null(prog_find(&r, VIEW("a.x.y")));
	assert_null(prog_find(&r, VIEW("b.x")));
	assert_null(prog_find(&r, VIEW("")));
	assert_null(prog_find(&r, VIEW("a.")));
	assert_null(prog_find(&r, VIEW("c")));
	r.depth = 0;
	assert_null(prog_find(&r, VIEW(".")));
	assert_null(prog_find(&r, VIEW("b")));
	fixture_release(&f);
}

struct printing {
	struct value value;
	uint32_t flags;
	const char *expected;
};

static void
check_printing(const struct printing *rows, size_t n, const struct prog_host *host)
{
	for (size_t i = 0; i < n; i++) {
		struct buf out;
		struct prog_run r = { .out = &out, .host = host };

		buf_init(&out);
		prog_print(&r, &rows[i].value, rows[i].flags);
		assert_string_equal(out.p, rows[i].expected);
		buf_release(&out);
	}
}

/* A text in its page's language, or in none. */
static void
test_print_plain(void **state)
{
	struct value t = value_text(VIEW("<a & \"b\" 'c'>"));
	struct value h = value_text_in(VIEW("a"), VIEW("<em>a</em>"), VIEW("en"), false);
	struct value n = { .kind = VALUE_NUMBER, .plain = VIEW("1 & 2") };
	const struct printing rows[] = {
		{ t, 0, "&lt;a &amp; &quot;b&quot; 'c'&gt;" },
		{ t, OP_IN_TAG, "&lt;a &amp; &quot;b&quot; &#39;c&#39;&gt;" },
		{ t, OP_RAW, "<a & \"b\" 'c'>" },
		{ t, OP_RAW | OP_IN_TAG, "<a & \"b\" 'c'>" },
		{ h, 0, "<em>a</em>" },
		{ h, OP_RAW, "<em>a</em>" },
		{ h, OP_IN_TAG, "a" },
		{ h, OP_RAW | OP_IN_TAG, "a" },
		{ n, 0, "1 &amp; 2" },
		{ value_bool(true), 0, "true" },
		{ value_bool(false), 0, "false" },
		{ value_none(), 0, "" },
		{ value_list(), 0, "" },
		{ value_map(), 0, "" },
		{ value_text(VIEW_NONE), 0, "" },
		{ value_prog(NULL), 0, "" },
	};
	struct prog_host host = { .lang = VIEW("en") };

	(void)state;
	check_printing(rows, sizeof rows / sizeof *rows, &host);
	check_printing(rows, sizeof rows / sizeof *rows, NULL);
}

/* A text in another language says so, and its direction where that differs; an empty one says nothing. */
static void
test_print_foreign(void **state)
{
	const struct value ar = value_text_in(VIEW("<"), VIEW_NONE, VIEW("ar"), true);
	const struct value fr = value_text_in(VIEW("<"), VIEW("<b>x</b>"), VIEW("fr"), false);
	const struct value none = value_text_in(VIEW_NONE, VIEW_NONE, VIEW("fr"), false);
	const struct value odd = value_text_in(VIEW("x"), VIEW_NONE, VIEW("\">"), false);
	const struct value image = value_text_in(VIEW_NONE, VIEW("<img>"), VIEW("fr"), false);
	const struct printing on_english[] = {
		{ ar, 0, "<span lang=\"ar\" dir=\"rtl\">&lt;</span>" },
		{ ar, OP_RAW, "<span lang=\"ar\" dir=\"rtl\"><</span>" },
		{ ar, OP_IN_TAG, "&lt;" },
		{ fr, 0, "<span lang=\"fr\"><b>x</b></span>" },
		{ fr, OP_RAW, "<span lang=\"fr\"><b>x</b></span>" },
		{ fr, OP_IN_TAG, "&lt;" },
		{ none, 0, "" },
		{ odd, 0, "<span lang=\"&quot;&gt;\">x</span>" },
		{ image, 0, "<span lang=\"fr\"><img></span>" },
		{ image, OP_IN_TAG, "" },
	};
	const struct printing on_arabic[] = {
		{ ar, 0, "&lt;" },
		{ fr, 0, "<span lang=\"fr\" dir=\"ltr\"><b>x</b></span>" },
	};
	struct prog_host english = { .lang = VIEW("en") };
	struct prog_host arabic = { .lang = VIEW("ar"), .rtl = true };

	(void)state;
	check_printing(on_english, sizeof on_english / sizeof *on_english, &english);
	check_printing(on_arabic, sizeof on_arabic / sizeof *on_arabic, &arabic);
}

static void
way(void *self, struct view path, struct prog_run *r)
{
	(void)self;
	buf_printf(r->out, "../%.*s", VIEW_ARG(path));
}

/* A program called with one more value sees it first, and it is gone behind it; it cannot call itself for ever. */
static void
test_call(void **state)
{
	struct prog_host host = { .way = way };
	struct value top = value_map(), inner = value_map();
	struct fixture f;
	struct prog_run r;
	struct prog *p;
	struct op *op;

	(void)state;
	fixture_init(&f);
	value_set(&top, &f.arena, "x", value_text(VIEW("outer")));
	value_set(&inner, &f.arena, "x", value_path(VIEW("a&b")));
	op = prog_op(&f.b, OP_VAR, 0, 0);
	op->path = &(const struct view){ "x", 1 };
	op->hashes = &(const uint32_t){ value_hash(VIEW("x")) };
	op->npath = 1;
	prog_chunk(&f.b, VIEW(";"));
	p = prog_finish(&f.b, VIEW("file"));
	r = (struct prog_run){ .out = &f.out, .host = &host, .stack = { &top }, .depth = 1 };
	prog_call(p, &inner, &r);
	prog_call(p, NULL, &r);
	assert_string_equal(f.out.p, "../a&b;outer;");
	assert_int_equal(r.depth, 1);
	r.depth = PROG_MAX_DEPTH;
	for (unsigned i = 0; i < PROG_MAX_DEPTH; i++)
		r.stack[i] = &top;
	assert_false(r.over);
	prog_call(p, NULL, &r);
	assert_false(r.over);
	prog_call(p, &inner, &r);
	assert_true(r.over);
	assert_int_equal(r.deep.line, 1);
	fixture_release(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_building),
		cmocka_unit_test(test_page_in_place),
		cmocka_unit_test(test_page_in_itself),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_call),
		cmocka_unit_test(test_print_plain),
		cmocka_unit_test(test_print_foreign),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
