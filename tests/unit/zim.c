/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/zim: numbers that were random, what the program is told, what it may fail at. */
#include "world.h"

#include <sys/stat.h>

#include "format/digest.h"
#include "job/zim.h"

/* A ZIM file as far as zim_fix looks at it: header, two search indexes, checksum. */
static void
make_zim(struct buf *b, char random)
{
	static const char index[] = "\x0F\x0DXapian Glass\x04n";
	char header[80] = "ZIM\x04";
	size_t size = sizeof header + 2 * (sizeof index - 1 + 16) + 5;

	buf_clear(b);
	memset(header + 8, random, 16);
	header[72] = (char)size;
	buf_add(b, header, sizeof header);
	for (int i = 0; i < 2; i++) {
		buf_add(b, index, sizeof index - 1);
		for (int k = 0; k < 16; k++)
			buf_addc(b, (char)(random + i + 1));
	}
	buf_puts(b, "text.");
	assert_int_equal(b->n, size);
	for (int k = 0; k < 16; k++)
		buf_addc(b, random);
}

static void
test_fix(void **state)
{
	char sum[16];
	struct buf a, b;

	(void)state;
	buf_init(&a);
	buf_init(&b);
	make_zim(&a, 1);
	make_zim(&b, 40);
	assert_true(zim_fix(&a) && zim_fix(&b));
	assert_int_equal(a.n, b.n);
	assert_memory_equal(a.p, b.p, a.n);
	assert_int_equal(a.p[8 + 6] & 0xF0, 0x40);
	assert_int_equal(a.p[8 + 8] & 0xC0, 0x80);
	assert_memory_not_equal(a.p + 8, a.p + 80 + 16, 16);
	digest_md5(sum, view_slice(view_buf(&a), 0, a.n - 16));
	assert_memory_equal(sum, a.p + a.n - 16, 16);
	/* once more is no change; other content has another number */
	assert_true(zim_fix(&b));
	assert_memory_equal(a.p, b.p, a.n);
	b.p[b.n - 20] = 'X';
	assert_true(zim_fix(&b));
	assert_memory_not_equal(a.p + 8, b.p + 8, 16);
	/* no ZIM files */
	b.p[72]++;
	assert_false(zim_fix(&b));
	b.p[72]--;
	b.p[0] = 'z';
	assert_false(zim_fix(&b));
	buf_truncate(&b, 95);
	assert_false(zim_fix(&b));
	buf_release(&a);
	buf_release(&b);
}

/* Stands in for zimwriterfs: notes what it is told, copies a file. */
static void
put_program(struct tree *t, const char *script)
{
	assert_int_not_equal(file_write(&t->root, VIEW("zimwriterfs"), view_printf(&t->arena, "#!/bin/sh\n%s\n", script), &t->diags), FILE_FAILED);
	chmod(view_printf(&t->arena, "%s/zimwriterfs", t->folder).p, 0700);
}

static bool
write_zim(struct tree *t, const bool *only, struct buf *out)
{
	struct view out_folder = view_join(&t->arena, view_str(t->folder), VIEW("out"));
	struct edition e;
	struct world w;
	bool good;

	assert_true(world_load(&w, &t->arena, view_str(t->folder), &t->diags));
	diags_release(&t->diags);
	diags_init(&t->diags);
	assert_true(edition_open(&e, &w, out_folder, only, "zim", &t->diags));
	for (size_t k = 0; only && k < w.site.nlanguages; k++)
		e.languages[k] &= only[k];
	assert_true(edition_list(&e));
	diags_release(&t->diags);
	diags_init(&t->diags);
	buf_clear(out);
	good = zim_write(&e, view_join(&t->arena, view_str(t->folder), VIEW("zimwriterfs")), out, &t->diags);
	edition_close(&e);
	world_close(&w);
	return good;
}

static void
test_write(void **state)
{
	static const char icon[] = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x30\0\0\0\x30\x08\x06\0\0\0CRC.";
	const bool french[] = { false, true, false };
	struct tree *t = *state;
	struct view told;
	struct buf b;

	world_files(t);
	tree_put(t, "out/site/en/index.html", "x");
	tree_put(t, "out/site/fr/index.html", "x");
	tree_put_bytes(t, "out/site/assets/icon-48.png", icon, sizeof icon - 1);
	tree_put(t, "out/.state", "waypost state 1\nassets/icon-48.png\nen/index.html\nfr/index.html\n");
	assert_int_not_equal(file_write(&t->root, VIEW("content/site.yaml"), VIEW("title: Site\nlanguages: [en, fr, ar]\ndescription: "
	    "One word and another word and another word and another word and another word and one too many\n"), &t->diags), FILE_FAILED);
	buf_init(&b);
	make_zim(&b, 7);
	tree_put_bytes(t, "some.zim", b.p, b.n);
	put_program(t, "cd \"$(dirname \"$0\")\"; printf '%s\\n' \"$@\" > told; for last; do :; done; cp some.zim \"$last\"");
	assert_true(write_zim(t, NULL, &b));
	assert_int_equal(b.n, 80 + 64 + 5 + 16);
	assert_true(file_read(&t->root, &t->arena, VIEW("told"), 4096, &told, &t->diags));
	assert_non_null(strstr(told.p, "-J\n1\n--illustration\nassets/icon-48.png\n--welcome\nindex.html\n--language\neng,fra\n--title\nSite\n--description\n"
	    "One word and another word and another word and another word and another word…\n--creator\nSite\n"));
	assert_true(write_zim(t, french, &b));
	assert_true(file_read(&t->root, &t->arena, VIEW("told"), 4096, &told, &t->diags));
	assert_non_null(strstr(told.p, "--welcome\nfr/index.html\n--language\nfra\n"));
	put_program(t, "echo 'no room' >&2; exit 1");
	assert_false(write_zim(t, NULL, &b));
	assert_int_equal(LIST_AT(&t->diags.list, struct diag, 0)->id, DIAG_pack_failed);
	put_program(t, "for last; do :; done; echo text > \"$last\"");
	assert_false(write_zim(t, NULL, &b));
	assert_int_equal(LIST_AT(&t->diags.list, struct diag, 0)->id, DIAG_pack_failed);
	assert_int_not_equal(file_write(&t->root, VIEW("out/site/assets/icon-48.png"), VIEW("none"), &t->diags), FILE_FAILED);
	assert_false(write_zim(t, NULL, &b));
	assert_int_equal(LIST_AT(&t->diags.list, struct diag, 0)->id, DIAG_pack_icon);
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fix),
		cmocka_unit_test_setup_teardown(test_write, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
