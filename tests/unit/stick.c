/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/stick: written, found unchanged, brought up to date; what is not ours is left alone or in the way. */
#include "tree.h"

#include "format/digest.h"
#include "job/stick.h"

static void
add(struct tree *t, struct edition *e, const char *path, struct view bytes)
{
	struct edition_file *f = list_push(&e->files, &t->arena);
	struct buf b;

	buf_init(&b);
	digest_hex(&b, bytes);
	*f = (struct edition_file){ .path = view_str(path), .bytes = bytes, .size = bytes.n, .hex = view_copy(&t->arena, view_buf(&b)) };
	buf_release(&b);
}

/* An edition of the files named (in order), each holding its name and `text`. */
static struct edition
make(struct tree *t, const char *const *paths, const char *text)
{
	struct edition e = { .arena = &t->arena, .diags = &t->diags, .files = LIST_OF(struct edition_file), .release.id = VIEW("me") };
	struct buf list;

	buf_init(&list);
	add(t, &e, "RELEASE", VIEW("site: me\n"));
	for (size_t i = 0; paths[i]; i++)
		add(t, &e, paths[i], view_printf(&t->arena, "%s %s", paths[i], text));
	for (size_t i = 0; i < e.files.n; i++)
		manifest_put(&list, LIST_AT(&e.files, struct edition_file, i)->path, LIST_AT(&e.files, struct edition_file, i)->hex);
	add(t, &e, "SHA256SUMS", view_copy(&t->arena, view_buf(&list)));
	/* its place in the order: behind RELEASE, before small letters */
	for (size_t i = e.files.n - 1; i > 1; i--) {
		struct edition_file *f = LIST_AT(&e.files, struct edition_file, i), last = *f;

		*f = f[-1];
		f[-1] = last;
	}
	buf_release(&list);
	return e;
}

static bool
copy(struct tree *t, struct stick *s, struct edition *e)
{
	*s = (struct stick){ .edition = e };
	file_mkdir(&t->root, VIEW("stick"), &t->diags);
	return stick_write(s, view_join(&t->arena, view_str(t->folder), VIEW("stick")));
}

static bool
there(struct tree *t, const char *path)
{
	enum file_kind kind;

	return file_kind(&t->root, view_str(path), &kind);
}

static void
test_copies(void **state)
{
	static const char *const first[] = { "a", "en/b", "en/old/c", NULL }, *const second[] = { "a", "en/b", NULL };
	struct tree *t = *state;
	struct edition e = make(t, first, "1");
	struct stick s;

	assert_true(copy(t, &s, &e));
	assert_int_equal(s.written, 5);
	assert_true(copy(t, &s, &e));
	assert_int_equal(s.written, 0);
	assert_int_equal(s.unchanged, 5);
	tree_put(t, "stick/en/a.txt", "mine");
	tree_put(t, "stick/en/b.waypost-77", "left");
	tree_put(t, "stick/en/mine.waypost-77", "mine");
	e = make(t, second, "2");
	assert_true(copy(t, &s, &e));
	assert_int_equal(s.removed, 1);
	assert_false(there(t, "stick/en/old"));
	assert_false(there(t, "stick/en/b.waypost-77"));
	assert_true(there(t, "stick/en/a.txt"));
	assert_true(there(t, "stick/en/mine.waypost-77"));
	assert_false(there(t, "stick/SHA256SUMS.unfinished"));
	tree_said(t, "");
}

static void
test_changed_stays(void **state)
{
	static const char *const first[] = { "a", "b", NULL }, *const second[] = { "a", NULL };
	struct tree *t = *state;
	struct edition e = make(t, first, "1");
	struct stick s;

	assert_true(copy(t, &s, &e));
	tree_put(t, "stick/b", "somebody wrote this");
	tree_put(t, "stick/a", "and this");
	e = make(t, second, "2");
	assert_true(copy(t, &s, &e));
	assert_int_equal(s.removed, 0);
	assert_true(there(t, "stick/b"));
	tree_said(t, "");
}

static void
test_in_the_way(void **state)
{
	static const char *const paths[] = { "a", "b/c", "d", NULL };
	struct tree *t = *state;
	struct edition e = make(t, paths, "1");
	struct stick s;

	tree_put(t, "stick/b", "a file");
	tree_put(t, "stick/d/x", "in a folder");
	assert_int_equal(symlinkat("x", t->root.fd, "stick/a"), 0);
	assert_false(copy(t, &s, &e));
	for (size_t i = 0; i < t->diags.list.n; i++)
		LIST_AT(&t->diags.list, struct diag, i)->place = PLACE_NONE;
	tree_said(t, ":0:0 pack-foreign a\n:0:0 pack-foreign b\n:0:0 pack-foreign d\n");
	assert_false(there(t, "stick/SHA256SUMS"));
	assert_false(there(t, "stick/RELEASE"));
}

static void
test_unfinished(void **state)
{
	static const char *const first[] = { "a", "b", NULL }, *const second[] = { "a", "c", NULL };
	struct tree *t = *state;
	struct edition e = make(t, first, "1");
	struct stick s;

	/* what a killed run leaves: its list, some files */
	tree_put(t, "stick/b", "b 1");
	tree_put(t, "stick/SHA256SUMS.unfinished", edition_find(&e, VIEW("SHA256SUMS"))->bytes.p);
	e = make(t, second, "2");
	assert_true(copy(t, &s, &e));
	assert_int_equal(s.removed, 1);
	assert_false(there(t, "stick/b"));
	assert_true(there(t, "stick/c"));
	tree_said(t, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_copies, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_changed_stays, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_in_the_way, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_unfinished, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
