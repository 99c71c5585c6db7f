/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of format/zip: what unzip makes of an archive, the same bytes every time, names that must not be. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "format/zip.h"

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

static void
put(struct list *l, const char *name, struct view bytes, bool stored)
{
	*(struct zip_entry *)list_push(l, &arena) = (struct zip_entry){ view_str(name), bytes, stored };
}

static struct view
make(const struct list *l)
{
	const char *why;
	struct view bytes;
	struct buf b;

	buf_init(&b);
	if (!zip_write(l, &b, &why))
		fail_msg("%s", why);
	bytes = view_copy(&arena, view_buf(&b));
	buf_release(&b);
	return bytes;
}

static unsigned
u16(struct view v, size_t at)
{
	return (unsigned)(unsigned char)v.p[at] | (unsigned)(unsigned char)v.p[at + 1] << 8;
}

/* Names in the order in which they stand in the file; each header is looked at. */
static void
names(struct view zip, struct buf *b)
{
	for (size_t at = 0; at + 30 < zip.n && memcmp(zip.p + at, "PK\3\4", 4) == 0;) {
		size_t packed = u16(zip, at + 18) | (size_t)u16(zip, at + 20) << 16;

		assert_int_equal(u16(zip, at + 10), 0);
		assert_int_equal(u16(zip, at + 12), 0x21);
		assert_int_equal(u16(zip, at + 28), 0);		/* no extra fields */
		buf_add(b, zip.p + at + 30, u16(zip, at + 26));
		buf_puts(b, u16(zip, at + 8) == 0 ? " stored\n" : " deflated\n");
		assert_int_equal(u16(zip, at + 6) & 8, 0);	/* sizes stand before the bytes */
		at += 30 + u16(zip, at + 26) + packed;
	}
}

static void
test_order(void **state)
{
	struct list l = LIST_OF(struct zip_entry);
	struct buf b;

	(void)state;
	put(&l, "b.txt", VIEW("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"), false);
	put(&l, "a/z.txt", VIEW("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), false);
	put(&l, "mimetype", VIEW("application/epub+zip"), true);
	put(&l, "a.txt", VIEW("cccccccccccccccccccccccccccccccccccccccccccccccc"), false);
	buf_init(&b);
	names(make(&l), &b);
	assert_string_equal(b.p, "mimetype stored\na.txt deflated\na/z.txt deflated\nb.txt deflated\n");
	buf_release(&b);
}

/* The order of asking, the clock and the time zone leave no trace. */
static void
test_same_bytes(void **state)
{
	struct list l = LIST_OF(struct zip_entry), m = LIST_OF(struct zip_entry);
	struct view first, second;

	(void)state;
	put(&l, "one", VIEW("1"), false);
	put(&l, "two", VIEW("2"), false);
	put(&m, "two", VIEW("2"), false);
	put(&m, "one", VIEW("1"), false);
	setenv("TZ", "UTC", 1);
	tzset();
	first = make(&l);
	setenv("TZ", "Asia/Phnom_Penh", 1);
	tzset();
	second = make(&m);
	unsetenv("TZ");
	tzset();
	assert_true(view_eq(first, second));
}

/* What another program unpacks. */
static void
test_unpacked(void **state)
{
	const char *tmp = getenv("TMPDIR");
	char folder[200], command[700], line[100] = "";
	struct list l = LIST_OF(struct zip_entry);
	struct view zip;
	FILE *f;

	(void)state;
	put(&l, "deep/\xE1\x9E\x80.txt", VIEW("\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85\n"), false);
	put(&l, "empty", VIEW_NONE, false);
	zip = make(&l);
	snprintf(folder, sizeof folder, "%s/waypost-zip-XXXXXX", tmp ? tmp : P_tmpdir);
	assert_non_null(mkdtemp(folder));
	snprintf(command, sizeof command, "%s/x.zip", folder);
	f = fopen(command, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(zip.p, 1, zip.n, f), zip.n);
	fclose(f);
	snprintf(command, sizeof command, "cd %s && python3 -c \"import zipfile as z; a=z.ZipFile('x.zip'); print(a.testzip(), "
	    "a.infolist()[0].filename == 'deep/\\u1780.txt', a.read('deep/\\u1780.txt').decode().strip(), len(a.read('empty')))\" && rm -r %s",
	    folder, folder);
	f = popen(command, "r");
	assert_non_null(f);
	assert_non_null(fgets(line, sizeof line, f));
	assert_string_equal(line, "None True \xD8\xB3\xD9\x84\xD8\xA7\xD9\x85 0\n");
	assert_int_equal(pclose(f), 0);
}

static void
test_refused(void **state)
{
	static const char *const bad[] = { "../a", "/a", "a/../b", "a\\b", "c:a", "", "a//b", "./a", "a/" };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct list l = LIST_OF(struct zip_entry);
		const char *why;
		struct buf b;

		buf_init(&b);
		put(&l, bad[i], VIEW("x"), false);
		assert_false(zip_write(&l, &b, &why));
		assert_int_equal(b.n, 0);
		assert_true(strlen(why) > 10);
		buf_release(&b);
	}
}

static void
test_twice_and_none(void **state)
{
	struct list l = LIST_OF(struct zip_entry);
	const char *why;
	struct buf b;

	(void)state;
	buf_init(&b);
	assert_false(zip_write(&l, &b, &why));
	put(&l, "a", VIEW("x"), false);
	put(&l, "a", VIEW("y"), false);
	assert_false(zip_write(&l, &b, &why));
	assert_int_equal(b.n, 0);
	buf_release(&b);
}

/* The bytes as a file of a name that the caller frees. */
static void
put_file(struct view bytes, char path[200])
{
	const char *tmp = getenv("TMPDIR");
	int fd;

	snprintf(path, 200, "%s/waypost-zip-XXXXXX", tmp ? tmp : P_tmpdir);
	fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.p, bytes.n), bytes.n);
	close(fd);
}

/* What is read back: no more than was asked for, and nothing that was packed to a hundredth. */
static void
test_read(void **state)
{
	static char zeros[3 << 20];
	struct list l = LIST_OF(struct zip_entry);
	struct zip_reader r;
	struct view why, zip;
	char path[200];
	struct buf b;

	(void)state;
	put(&l, "bomb", view_of(zeros, sizeof zeros), false);
	put(&l, "calm", view_of(zeros, sizeof zeros), true);
	put(&l, "small", VIEW("text"), false);
	put(&l, "zeros", view_of(zeros, 1000000), false);
	zip = make(&l);
	put_file(zip, path);
	assert_true(zip_reader_open(&r, &arena, view_str(path), &why));
	assert_int_equal(r.members.n, 4);
	buf_init(&b);
	buf_puts(&b, "kept ");
	for (size_t i = 0; i < r.members.n; i++) {
		const struct zip_member *m = LIST_AT(&r.members, struct zip_member, i);
		bool bomb = view_is(m->name, "bomb"), small = view_is(m->name, "small");

		assert_true(m->safe && !m->link);
		if (zip_reader_bytes(&r, i, sizeof zeros, &b) != !bomb)
			fail_msg("'%s' was %s", m->name.p, bomb ? "unpacked" : "refused");
		assert_int_equal(b.n, 5 + (bomb ? 0 : small ? 4 : view_is(m->name, "calm") ? sizeof zeros : 1000000));
		buf_truncate(&b, 5);
		/* one byte too many */
		assert_false(zip_reader_bytes(&r, i, small ? 3 : 999999, &b));
		assert_string_equal(b.p, "kept ");
	}
	assert_false(zip_reader_bytes(&r, 4, 10, &b));
	zip_reader_close(&r);
	zip_reader_close(&r);
	unlink(path);
	/* a byte of a member is another one */
	((char *)(uintptr_t)zip.p)[view_search(zip, VIEW("calm")) + 1000] = 1;
	put_file(zip, path);
	assert_true(zip_reader_open(&r, &arena, view_str(path), &why));
	for (size_t i = 0; i < r.members.n; i++)
		if (view_is(LIST_AT(&r.members, struct zip_member, i)->name, "calm"))
			assert_false(zip_reader_bytes(&r, i, sizeof zeros, &b));
	assert_string_equal(b.p, "kept ");
	zip_reader_close(&r);
	unlink(path);
	/* cut off, and none at all */
	put_file(view_slice(zip, 0, zip.n - 30), path);
	assert_false(zip_reader_open(&r, &arena, view_str(path), &why));
	assert_true(why.n > 0 && why.p[0] >= 'a' && why.p[0] <= 'z');
	unlink(path);
	assert_false(zip_reader_open(&r, &arena, view_str(path), &why));
	assert_true(view_is(why, "no such file"));
	zip_reader_close(&r);
	buf_release(&b);
}

/* A link, a device and a name that leaves the folder, as another program packs them. */
static void
test_what_is_no_file(void **state)
{
	static const char script[] = "import sys, zipfile as z\n"
	    "def put(a, name, mode, system):\n i = z.ZipInfo(name); i.external_attr = mode << 16; i.create_system = system; a.writestr(i, 'x')\n"
	    "with z.ZipFile(sys.argv[1], 'w') as a:\n"
	    " put(a, 'link', 0o120777, 3); put(a, 'device', 0o020600, 3); put(a, 'file', 0o100644, 3); put(a, 'none', 0, 3); put(a, 'windows', 0o120777, 0)\n"
	    " put(a, 'folder/', 0o040755, 3); put(a, '../up', 0o100644, 3)\n";
	static const char *const names_of[] = { "link", "device", "file", "none", "windows", "folder/", "../up" };
	char path[200], command[1400];
	struct zip_reader r;
	struct view why;

	(void)state;
	put_file(VIEW_NONE, path);
	snprintf(command, sizeof command, "python3 -c \"%s\" %s", script, path);
	assert_int_equal(system(command), 0);
	assert_true(zip_reader_open(&r, &arena, view_str(path), &why));
	assert_int_equal(r.members.n, 7);
	for (size_t i = 0; i < 7; i++) {
		const struct zip_member *m = LIST_AT(&r.members, struct zip_member, i);

		assert_true(view_is(m->name, names_of[i]));
		assert_int_equal(m->link, i < 2);
		assert_int_equal(m->safe, i < 6);
	}
	zip_reader_close(&r);
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_unpacked),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_twice_and_none),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_what_is_no_file),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
