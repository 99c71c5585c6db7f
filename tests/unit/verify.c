/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/verify: whole copies, and each way to be not whole; 300 random changes, all found and named. */
#include "tree.h"

#include <sys/stat.h>

#include "format/digest.h"
#include "format/zip.h"
#include "job/verify.h"

enum { FILES = 6 };
static const char *const names[FILES] = { "START.html", "assets/style.css", "en/a.html", "en/b.html", "fr/a.html", "fr/deep/er.html" };

static void
put_list(struct tree *t)
{
	struct buf b, hex;

	buf_init(&b);
	buf_init(&hex);
	for (size_t i = 0; i < FILES; i++) {
		buf_clear(&hex);
		digest_hex(&hex, view_str(names[i]));
		manifest_put(&b, view_str(names[i]), view_buf(&hex));
	}
	tree_put(t, "SHA256SUMS", b.p);
	buf_release(&hex);
	buf_release(&b);
}

/* A copy in which each file holds its own name. */
static void
make(struct tree *t)
{
	for (size_t i = 0; i < FILES; i++)
		tree_put(t, names[i], names[i]);
	put_list(t);
}

static bool
verify(struct tree *t, struct verify *v, const char *path)
{
	*v = (struct verify){ .today = VIEW("2026-01-01") };
	return verify_run(v, &t->arena, view_str(path), &t->diags);
}

static void
test_whole(void **state)
{
	struct tree *t = *state;
	struct verify v;

	make(t);
	tree_put(t, "SHA256SUMS.sig", "signed");
	tree_put(t, "System Volume Information/IndexerVolumeGuid", "x");
	tree_put(t, ".DS_Store", "x");
	assert_true(verify(t, &v, t->folder));
	assert_int_equal(v.files, FILES);
	assert_int_equal(v.digest.n, 64);
	tree_said(t, ".DS_Store:0:0 verify-system .DS_Store\nSystem Volume Information/IndexerVolumeGuid:0:0 verify-system "
	    "System Volume Information/IndexerVolumeGuid\n");
	tree_put(t, "System Volume Information/x.html", "x");
	assert_false(verify(t, &v, t->folder));
	assert_int_equal(v.extra, 1);
}

static void
test_all_kinds(void **state)
{
	struct tree *t = *state;
	struct verify v;

	make(t);
	tree_put(t, "en/a.html", "changed");
	assert_true(file_remove(&t->root, VIEW("en/b.html")));
	tree_put(t, "en/c.html", "new");
	tree_put(t, "en/.hidden", "new");
	tree_put(t, "AutoRun.inf", "x");
	tree_put(t, "fr/Open me.LNK", "x");
	tree_put(t, "EN/a.html", "x");
	assert_true(file_remove(&t->root, VIEW("fr/a.html")));
	assert_int_equal(symlinkat("../en/a.html", t->root.fd, "fr/a.html"), 0);
	assert_int_equal(mkfifoat(t->root.fd, "pipe", 0600), 0);
	assert_false(verify(t, &v, t->folder));
	tree_said(t, "AutoRun.inf:0:0 verify-autorun AutoRun.inf\n"
	    "EN/a.html:0:0 verify-extra EN/a.html\n"
	    "en:0:0 verify-twin EN\n"
	    "en/.hidden:0:0 verify-extra en/.hidden\n"
	    "en/a.html:0:0 verify-changed en/a.html\n"
	    "en/a.html:0:0 verify-twin EN/a.html\n"
	    "en/b.html:0:0 verify-gone en/b.html\n"
	    "en/c.html:0:0 verify-extra en/c.html\n"
	    "fr/Open me.LNK:0:0 verify-autorun fr/Open me.LNK\n"
	    "fr/a.html:0:0 verify-link fr/a.html\n"
	    "pipe:0:0 verify-link pipe\n");
	assert_int_equal(v.changed, 1);
	assert_int_equal(v.gone, 1);
	assert_int_equal(v.extra, 5);
}

static void
test_signatures(void **state)
{
	struct tree *t = *state;
	struct verify v;
	struct buf b;

	make(t);
	tree_put(t, "SHA256SUMS.minisig", "signed");
	assert_true(verify(t, &v, t->folder));
	/* beside no list */
	tree_put(t, "en/SHA256SUMS.sig", "x");
	tree_put(t, "sha256sums.sig", "x");
	assert_false(verify(t, &v, t->folder));
	tree_said(t, "en/SHA256SUMS.sig:0:0 verify-extra en/SHA256SUMS.sig\nsha256sums.sig:0:0 verify-extra sha256sums.sig\n");
	diags_release(&t->diags);
	diags_init(&t->diags);
	/* beside the list of an update */
	assert_true(file_remove(&t->root, VIEW("en/SHA256SUMS.sig")) && file_remove(&t->root, VIEW("sha256sums.sig")));
	buf_init(&b);
	digest_hex(&b, VIEW("list"));
	tree_put(t, "update/SHA256SUMS", "list");
	tree_put(t, "update/SHA256SUMS.sig", "signed");
	assert_false(verify(t, &v, t->folder));
	tree_said(t, "update/SHA256SUMS:0:0 verify-extra update/SHA256SUMS\nupdate/SHA256SUMS.sig:0:0 verify-extra update/SHA256SUMS.sig\n");
	diags_release(&t->diags);
	diags_init(&t->diags);
	assert_true(file_remove(&t->root, VIEW("SHA256SUMS")));
	for (size_t i = 0; i < FILES; i++)
		assert_true(file_remove(&t->root, view_str(names[i])));
	tree_put(t, "SHA256SUMS", view_printf(&t->arena, "%s  update/SHA256SUMS\n", b.p).p);
	assert_true(verify(t, &v, t->folder));
	buf_release(&b);
}

static void
test_none(void **state)
{
	struct tree *t = *state;
	struct verify v;

	assert_false(verify(t, &v, t->folder));
	assert_false(v.opened);
	assert_false(verify(t, &v, "no such folder"));
	tree_put(t, "x.zip", "no archive");
	assert_false(verify(t, &v, view_join(&t->arena, view_str(t->folder), VIEW("x.zip")).p));
	assert_int_equal(t->diags.list.n, 3);
	assert_int_equal(LIST_AT(&t->diags.list, struct diag, 0)->id, DIAG_verify_none);
	assert_int_equal(LIST_AT(&t->diags.list, struct diag, 1)->id, DIAG_verify_open);
	assert_int_equal(LIST_AT(&t->diags.list, struct diag, 2)->id, DIAG_verify_open);
}

static void
test_old(void **state)
{
	struct tree *t = *state;
	struct verify v;

	tree_put(t, "RELEASE", "release: 7\ngood-until: 2025-12-31\n");
	tree_put(t, "SHA256SUMS", "SHA256 (RELEASE) = 0000000000000000000000000000000000000000000000000000000000000000\nbroken\n");
	tree_put(t, "SHA256SUMS.unfinished", "x");
	assert_false(verify(t, &v, t->folder));
	assert_true(view_is(v.release.number, "7"));
	for (size_t i = 0; i < t->diags.list.n; i++)
		LIST_AT(&t->diags.list, struct diag, i)->place.file = VIEW("");
	tree_said(t, ":0:0 verify-changed RELEASE\n:0:0 verify-unfinished\n:0:0 verify-old 2025-12-31\n:2:1 verify-line\n");
}

/* One random thing done to a copy; the name that must be said. */
static const char *
tamper(struct tree *t, unsigned r)
{
	const char *name = names[r / 7 % FILES], *other = names[(r / 7 + 1 + r / 42 % (FILES - 1)) % FILES];
	struct view to = view_printf(&t->arena, "%s.x", name);

	switch (r % 7) {
	case 0: {	/* a byte flipped */
		char *text = view_copy(&t->arena, view_str(name)).p ? arena_copy(&t->arena, name, strlen(name)) : NULL;

		text[r / 256 % strlen(name)] ^= (char)(1 << r / 64 % 8);
		tree_put_bytes(t, name, text, strlen(name));
		return name;
	}
	case 1:
		assert_true(file_remove(&t->root, view_str(name)));
		return name;
	case 2:
		tree_put(t, to.p, "added");
		return to.p;
	case 3:		/* two files change places */
		tree_put(t, name, other);
		tree_put(t, other, name);
		return name;
	case 4:
		assert_int_equal(renameat(t->root.fd, name, t->root.fd, to.p), 0);
		return to.p;
	case 5:
		tree_put_bytes(t, name, name, r / 256 % strlen(name));
		return name;
	default:
		assert_true(file_remove(&t->root, view_str(name)));
		assert_int_equal(symlinkat("x", t->root.fd, name), 0);
		return name;
	}
}

static void
test_random(void **state)
{
	struct tree *t = *state;
	unsigned r = 1;

	for (int round = 0; round < 300; round++) {
		const char *name;
		struct verify v;
		bool named = false;

		for (size_t i = 0; i < FILES; i++) {
			file_remove(&t->root, view_str(names[i]));
			file_remove(&t->root, view_printf(&t->arena, "%s.x", names[i]));
			file_write(&t->root, view_str(names[i]), view_str(names[i]), &t->diags);
		}
		if (round == 0)
			put_list(t);
		assert_true(verify(t, &v, t->folder));
		tree_said(t, "");
		r = r * 1103515245 + 12345;
		name = tamper(t, r >> 8);
		assert_false(verify(t, &v, t->folder));
		for (size_t i = 0; i < t->diags.list.n; i++)
			named |= view_is(LIST_AT(&t->diags.list, struct diag, i)->args[0], name);
		assert_true(named);
		t->diags.list.n = 0;
	}
}

static void
put_entry(struct tree *t, struct list *l, const char *name, struct view bytes)
{
	*(struct zip_entry *)list_push(l, &t->arena) = (struct zip_entry){ .name = view_str(name), .bytes = bytes };
}

static void
test_zip(void **state)
{
	struct tree *t = *state;
	struct list entries = LIST_OF(struct zip_entry);
	struct view list, path = view_join(&t->arena, view_str(t->folder), VIEW("x.zip"));
	const char *why;
	struct verify v;
	struct buf b;

	put_list(t);
	assert_true(file_read(&t->root, &t->arena, VIEW("SHA256SUMS"), 1 << 16, &list, &t->diags));
	for (size_t i = 0; i < FILES; i++)
		put_entry(t, &entries, view_printf(&t->arena, "top/%s", names[i]).p, view_str(names[i]));
	put_entry(t, &entries, "top/SHA256SUMS", list);
	buf_init(&b);
	assert_true(zip_write(&entries, &b, &why));
	tree_put_bytes(t, "x.zip", b.p, b.n);
	assert_true(verify(t, &v, path.p));
	assert_int_equal(v.files, FILES);
	tree_said(t, "");
	buf_clear(&b);
	put_entry(t, &entries, "beside.html", VIEW("x"));
	LIST_AT(&entries, struct zip_entry, 0)->bytes = VIEW("other");
	assert_true(zip_write(&entries, &b, &why));
	tree_put_bytes(t, "x.zip", b.p, b.n);
	assert_false(verify(t, &v, path.p));
	tree_said(t, "START.html:0:0 verify-changed START.html\nbeside.html:0:0 verify-extra beside.html\n");
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_whole, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_all_kinds, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_signatures, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_none, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_old, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_random, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_zip, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
