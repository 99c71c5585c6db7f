/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of format/json: reading, places of errors, building, printing. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "format/json.h"

static struct arena arena;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static struct json *
read_good(const char *text)
{
	struct view error = VIEW_NONE;
	struct json *j = json_read(&arena, view_str(text), &error);

	if (!j)
		fail_msg("%s: %s", text, error.p);
	return j;
}

static void
refuses(const char *text, const char *place)
{
	struct view error = VIEW_NONE;

	assert_null(json_read(&arena, view_str(text), &error));
	if (!view_starts(error, place))
		fail_msg("%s: %s, expected %s", text, error.p, place);
}

static void
prints(const struct json *j, const char *expected)
{
	struct buf b;

	buf_init(&b);
	json_print(j, &b);
	assert_string_equal(b.p, expected);
	buf_release(&b);
}

static void
test_read(void **state)
{
	struct json *j = read_good("{\"z\": [1, -1.50, 1e3, \"\\u00e9\\n\\u0000x\"], \"a\": {}, \"t\": true, \"f\": false, \"n\": null}");
	const struct json *e = json_get(j, "z")->child;

	(void)state;
	assert_int_equal(j->kind, JSON_OBJECT);
	assert_true(view_is(j->child->key, "z"));	/* order of the text */
	assert_true(view_is(j->child->next->key, "a"));
	assert_int_equal(json_get(j, "z")->kind, JSON_ARRAY);
	assert_true(view_is(e->text, "1"));
	e = e->next;
	assert_true(view_is(e->text, "-1.5") && e->number == -1.5);
	e = e->next;
	assert_true(view_is(e->text, "1000"));
	e = e->next;
	assert_true(view_eq(e->text, VIEW("\xC3\xA9\n\0x")));
	assert_null(e->next);
	assert_int_equal(json_get(j, "t")->kind, JSON_TRUE);
	assert_int_equal(json_get(j, "f")->kind, JSON_FALSE);
	assert_int_equal(json_get(j, "n")->kind, JSON_NULL);
	assert_null(json_get(j, "a")->child);
	assert_null(json_get(j, "none"));
	assert_null(json_get(json_get(j, "z"), "z"));
	assert_null(json_get(NULL, "z"));
	assert_int_equal(read_good("\"top\"")->kind, JSON_STRING);
	assert_true(view_is(read_good("12345678901234567890")->text, "1.2345678901234567e+19"));
}

static void
test_refused(void **state)
{
	(void)state;
	refuses("", "1:0: ");
	refuses("{\n\"a\": 1,\n}", "3:1: ");
	refuses("[1 2]", "1:4: ");
	refuses("{\"a\": 1, \"a\": 2}", "1:");
	refuses("\"\xFF\"", "1:");
	refuses("\"\\ud800\"", "1:");
	refuses("[1] x", "1:");
}

static void
test_print(void **state)
{
	struct json *o = json_object(&arena), *l = json_array(&arena), *deep;

	(void)state;
	prints(o, "{}\n");
	prints(l, "[]\n");
	json_add(&arena, o, "a\"b", json_string(&arena, VIEW("q\"\\\b\f\n\r\t\1\177\0/\xC3\xA9\xF0\x9F\x99\x82")));
	json_add(&arena, o, "list", l);
	json_add(&arena, l, NULL, json_number(&arena, 0.1));
	json_add(&arena, l, NULL, json_number(&arena, -0.0));
	json_add(&arena, l, NULL, json_number(&arena, 1e300));
	json_add(&arena, l, NULL, json_number(&arena, 1e15));
	json_add(&arena, l, NULL, json_number(&arena, -999999999999999.0));
	json_add(&arena, l, "ignored", json_bool(&arena, true));
	json_add(&arena, l, NULL, json_array(&arena));
	deep = json_add(&arena, l, NULL, json_object(&arena));
	json_add(&arena, deep, "x", json_bool(&arena, false));
	prints(o, "{\n  \"a\\\"b\": \"q\\\"\\\\\\b\\f\\n\\r\\t\\u0001\177\\u0000/\xC3\xA9\xF0\x9F\x99\x82\",\n  \"list\": [\n    0.1,\n"
	    "    0,\n    1e+300,\n    1e+15,\n    -999999999999999,\n    true,\n    [],\n    {\n      \"x\": false\n    }\n  ]\n}\n");
	prints(read_good("[null, 1.21, 100]"), "[\n  null,\n  1.21,\n  100\n]\n");
}

/* What is printed is read back to the same text; adding to a long array does not walk it. */
static void
test_round(void **state)
{
	struct json *l = json_array(&arena);
	struct view error;
	struct buf a, b;

	(void)state;
	buf_init(&a);
	buf_init(&b);
	for (int i = 0; i < 100000; i++)
		json_add(&arena, l, NULL, json_number(&arena, i / 7.0));
	json_print(l, &a);
	json_print(json_read(&arena, view_buf(&a), &error), &b);
	assert_string_equal(a.p, b.p);
	buf_release(&a);
	buf_release(&b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = { TEST(test_read), TEST(test_refused), TEST(test_print), TEST(test_round) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
