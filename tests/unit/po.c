/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of format/po: what is written is read back, what is wrong is refused with its line. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <sys/resource.h>

#include "format/po.h"

static struct arena arena;
static struct diags diags;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	diags_init(&diags);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	diags_release(&diags);
	return 0;
}

static bool
read_text(const char *text, struct list *messages, struct view *header)
{
	return po_read(&arena, view_str(text), VIEW("x.po"), messages, header, &diags);
}

/* Reads a text that is refused; the first message as "line id". */
static const char *
fault(const char *text)
{
	struct list messages;
	struct view header;
	const struct diag *d;
	struct buf b;
	struct view v;

	diags_release(&diags);
	diags_init(&diags);
	assert_false(read_text(text, &messages, &header));
	assert_true(diags.list.n > 0);
	d = LIST_AT(&diags.list, struct diag, 0);
	buf_init(&b);
	buf_printf(&b, "%u ", d->place.line);
	diag_name(&b, d->id);
	v = view_copy(&arena, view_buf(&b));
	buf_release(&b);
	return v.p;
}

static const char header_text[] = "Language: fr\nContent-Type: text/plain; charset=UTF-8\n";

static void
test_back(void **state)
{
	static const struct po_message in[] = {
		{ .context = VIEW("a.md"), .id = VIEW("One \"two\" \\ three."), .str = VIEW("Un\n\"deux\" \xC3\xA9"),
		    .comments = VIEW("a note\n\nstate: draft"), .hints = VIEW("[1] b.md\nwaypost: x"), .file = VIEW("content/a.md"),
		    .was = VIEW("Old"), .fuzzy = true },
		{ .id = VIEW("Plain") },
		{ .context = VIEW("b.md"), .id = VIEW("Gone"), .str = VIEW("Parti"), .obsolete = true },
	};
	struct list messages = LIST_OF(struct po_message), out;
	struct view header;
	struct buf b, again;

	(void)state;
	for (size_t i = 0; i < 3; i++)
		*(struct po_message *)list_push(&messages, &arena) = in[i];
	buf_init(&b);
	po_write(&b, VIEW("first\nsecond"), view_str(header_text), &messages);
	assert_true(view_starts(view_buf(&b), "# first\n# second\nmsgid \"\"\n"));
	assert_true(po_read(&arena, view_buf(&b), VIEW("x.po"), &out, &header, &diags));
	assert_int_equal(diags.list.n, 0);
	assert_true(view_is(header, header_text));
	assert_true(view_is(po_field(header, "language"), "fr"));
	assert_int_equal(po_field(header, "X-No").n, 0);
	assert_int_equal(out.n, 3);
	for (size_t i = 0; i < 3; i++) {
		struct po_message *m = LIST_AT(&out, struct po_message, i);

		assert_true(view_eq(m->context, in[i].context));
		assert_true(view_eq(m->id, in[i].id));
		assert_true(view_eq(m->str, in[i].str));
		assert_true(view_eq(m->was, in[i].was));
		assert_true(view_eq(m->comments, in[i].comments));
		assert_true(view_eq(m->hints, in[i].hints));
		assert_true(view_eq(m->file, in[i].file));
		assert_int_equal(m->fuzzy, in[i].fuzzy);
		assert_int_equal(m->obsolete, in[i].obsolete);
		assert_false(m->plural);
		assert_true(m->line > 10);
	}
	buf_init(&again);
	po_write(&again, VIEW("first\nsecond"), header, &out);
	assert_string_equal(again.p, b.p);
	buf_release(&again);
	buf_release(&b);
}

static void
test_lines(void **state)
{
	struct list messages;
	struct view header;

	(void)state;
	assert_true(read_text("# c\nmsgid \"\"\nmsgstr \"Language: fr\\n\"\n\nmsgid \"\"\n\"long\"\nmsgstr \"\"\n\n"
	    "msgctxt \"c\"\nmsgid \"b\"\nmsgid_plural \"bs\"\nmsgstr[0] \"1\"\nmsgstr[1] \"2\"\n#~ msgid \"o\"\n#~ msgstr \"p\"\n",
	    &messages, &header));
	assert_int_equal(messages.n, 3);
	assert_int_equal(LIST_AT(&messages, struct po_message, 0)->line, 5);
	assert_int_equal(LIST_AT(&messages, struct po_message, 1)->line, 10);
	assert_true(LIST_AT(&messages, struct po_message, 1)->plural);
	assert_int_equal(LIST_AT(&messages, struct po_message, 2)->line, 14);
	assert_true(read_text("", &messages, &header));
	assert_int_equal(messages.n, 0);
	assert_int_equal(header.n, 0);
}

/* What hands and other programs write: a keyword alone on its line, comments that touch their sign, an old header, an empty source with a context. */
static void
test_hands(void **state)
{
	struct list messages;
	struct view header;
	const struct po_message *m;

	(void)state;
	assert_true(read_text("#~ msgid \"\"\n#~ msgstr \"Language: de\\n\"\n\n#about a\n#\n# and more\nmsgid\n\"a\"\nmsgstr \"b\"\n\n"
	    "msgctxt \"c\"\nmsgid \"\"\nmsgstr \"d\"\n# the end", &messages, &header));
	assert_int_equal(header.n, 0);
	assert_int_equal(messages.n, 3);
	m = LIST_AT(&messages, struct po_message, 0);
	assert_true(m[0].obsolete && m[0].line == 1 && m[0].id.n == 0);
	assert_true(m[1].line == 7 && view_is(m[1].id, "a") && view_is(m[1].comments, "about a\n\nand more"));
	assert_true(m[2].line == 12 && view_is(m[2].context, "c") && view_is(m[2].str, "d"));
}

static void
test_faults(void **state)
{
	struct buf b;

	(void)state;
	assert_string_equal(fault("msgid \"a\"\nmsgstr \"b\n"), "2 po-syntax");
	assert_string_equal(fault("msgid \"a\"\nmsgstr \"b\"\nmsgid \"a\"\nmsgstr \"c\"\n"), "3 po-syntax");
	assert_string_equal(fault("nonsense"), "1 po-syntax");
	assert_string_equal(fault("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[7] \"b\"\n"), "3 po-syntax");
	assert_string_equal(fault("msgid \"a\"\nmsgstr \"b\\0c\"\n"), "2 text-control");
	assert_string_equal(fault("msgid \"a\"\nmsgstr \"b\\000\"\n"), "2 text-control");
	assert_string_equal(fault("msgid \"a\"\nmsgstr \"b\\x00 \"\n"), "2 text-control");
	assert_string_equal(fault("msgid \"a\"\nmsgstr \"b\\xg\"\n"), "2 po-syntax");
	assert_string_equal(fault("msgid \"a\"\nmsgstr \"b\\8\"\n"), "2 po-syntax");
	/* cut off within an escape, a string, a message */
	assert_string_equal(fault("msgid \"a\"\nmsgstr \"b\\0"), "2 text-control");
	assert_string_equal(fault("msgid \"a\"\nmsgstr \"b\\x0"), "2 text-control");
	assert_string_equal(fault("msgid \"a\"\nmsgstr \"b"), "2 po-syntax");
	assert_string_equal(fault("msgid \"a\"\n"), "1 po-syntax");
	assert_string_equal(fault("msgctxt \"a\""), "2 po-syntax");
	assert_string_equal(fault("#~ msgid \"a\\0\"\n#~ msgstr \"b\"\n"), "1 text-control");
	assert_string_equal(fault("# \\0\nmsgid \"a\"\nmsgstr \"b\\377\"\n"), "2 utf8-invalid");
	buf_init(&b);
	for (int i = 0; i < 100; i++)
		buf_puts(&b, "msgid \"a\"\nmsgstr \"b\"\n");
	assert_string_equal(fault(b.p), "3 po-syntax");
	assert_true(diags.list.n > 1);
	buf_release(&b);
}

/* The child that reads cannot hand over what it found: there is no room, and it is killed. */
static void
test_no_room(void **state)
{
	static const char text[] = "msgid \"a\"\nmsgstr \"\"\n\nmsgid \"b\"\nmsgstr \"\"\n\nmsgid \"c\"\nmsgstr \"\"\n\nmsgid \"d\"\nmsgstr \"\"\n";
	struct rlimit old, small;
	const char *said;
	struct list messages;
	struct view header;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = (struct rlimit){ .rlim_cur = sizeof text, .rlim_max = old.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	said = fault(text);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_string_equal(said, "0 po-syntax");
	assert_true(view_is(LIST_AT(&diags.list, struct diag, 0)->args[0], "it takes too much time or memory"));
	assert_true(read_text(text, &messages, &header));
	assert_int_equal(messages.n, 4);
}

/* No NUL is seen where there is none. */
static void
test_escapes(void **state)
{
	struct list messages;
	struct view header;

	(void)state;
	assert_true(read_text("# \\0\nmsgid \"a\\\\0 \\101 \\x41 \\060\"\nmsgstr \"\\t\"\n", &messages, &header));
	assert_true(view_is(LIST_AT(&messages, struct po_message, 0)->id, "a\\0 A A 0"));
}

static void
test_charset(void **state)
{
	const char *text = "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=KOI8-R\\n\"\n\nmsgid \"charset=x\"\n";
	struct view out;

	(void)state;
	assert_true(view_is(po_charset(view_str(text)), "KOI8-R"));
	out = po_recharset(&arena, view_str(text));
	assert_true(view_is(po_charset(out), "UTF-8"));
	assert_int_equal(out.n, strlen(text) - 1);
	assert_true(view_ends(out, "\\n\"\n\nmsgid \"charset=x\"\n"));
	assert_ptr_equal(po_recharset(&arena, out).p, out.p);
	assert_int_equal(po_charset(VIEW("Content-Type: text/plain; charset=CHARSET\\n")).n, 0);
	assert_int_equal(po_charset(VIEW("Content-Type: text/plain\ncharset=x\n")).n, 0);
	assert_int_equal(po_charset(VIEW("")).n, 0);
	/* cut off, or with more behind the name */
	assert_true(view_is(po_charset(VIEW("Content-Type: text/plain; charset=KOI8-R")), "KOI8-R"));
	assert_true(view_is(po_charset(VIEW("\"Content-Type: text/plain; charset=KOI8-R; x=y\\n\"\n")), "KOI8-R"));
	assert_true(view_is(po_charset(VIEW("Content-Type: text/plain; charset=KOI8-R\"\n")), "KOI8-R"));
	assert_int_equal(po_charset(VIEW("Content-Type: text/plain; charset=")).n, 0);
	assert_true(view_is(po_recharset(&arena, VIEW("Content-Type: x; charset=UTF-7\n")), "Content-Type: x; charset=UTF-8\n"));
	assert_true(view_is(po_recharset(&arena, VIEW("Content-Type: x; charset=utf-8\n")), "Content-Type: x; charset=utf-8\n"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = { TEST(test_back), TEST(test_lines), TEST(test_hands), TEST(test_faults), TEST(test_no_room), TEST(test_escapes),
		TEST(test_charset) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
