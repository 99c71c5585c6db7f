/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of model/asset. */
#include "tree.h"

#include <sys/stat.h>

#include "model/asset.h"

static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\"></svg>\n";
static const unsigned char png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R',
	0, 0, 0, 4, 0, 0, 0, 3, 8, 2, 0, 0, 0, 0, 0, 0, 0 };

static struct list
load(struct tree *t)
{
	tree_site(t);
	return asset_load(&t->arena, &t->site, &t->diags);
}

static const struct asset *
at(const struct list *all, const char *path)
{
	const struct asset *a = asset_find(all, view_str(path));

	assert_non_null(a);
	return a;
}

static void
test_whole(void **state)
{
	struct tree *t = *state;
	struct list all;
	const struct asset *a;

	tree_put(t, "content/a/b.svg", svg);
	tree_put_bytes(t, "content/a/b.png", png, sizeof png);
	tree_put(t, "content/a/form.pdf", "%PDF");
	tree_put(t, "content/a/page.md", "");
	tree_put(t, "content/data/x.yaml", "");
	tree_put(t, "content/data/x.csv", "");
	tree_put(t, "content/.hidden", "");
	tree_put(t, "themes/default/page.html", "");
	tree_put(t, "themes/default/strings.yaml", "");
	tree_put(t, "themes/default/fonts/whole.ttf", "");
	tree_put(t, "themes/default/css/style.css", "");
	tree_put(t, "themes/other/style.css", "");
	all = load(t);
	tree_said(t, "");
	assert_int_equal(all.n, 5);
	for (size_t i = 1; i < all.n; i++)
		assert_true(view_cmp((*LIST_AT(&all, struct asset *, i - 1))->path,
		    (*LIST_AT(&all, struct asset *, i))->path) < 0);
	a = at(&all, "content/a/b.svg");
	assert_true(view_is(a->out, "files/a/b.svg"));
	assert_int_equal(a->image.kind, IMAGE_SVG);
	assert_int_equal(a->image.width, 20);
	a = at(&all, "content/a/b.png");
	assert_int_equal(a->image.kind, IMAGE_PNG);
	assert_int_equal(a->image.width, 4);
	assert_int_equal(a->image.height, 3);
	assert_int_equal(at(&all, "content/a/form.pdf")->image.kind, IMAGE_NONE);
	assert_true(view_is(at(&all, "themes/default/css/style.css")->out, "assets/css/style.css"));
	assert_null(asset_find(&all, VIEW("content/a/page.md")));
	assert_null(asset_find(&all, VIEW("content/a")));
}

static void
test_nothing(void **state)
{
	struct tree *t = *state;
	struct list all;

	all = load(t);
	tree_said(t, "");
	assert_int_equal(all.n, 0);
	assert_null(asset_find(&all, VIEW("x")));
}

static void
test_names(void **state)
{
	static const char *const bad[] = { "Foto.png", "a b.txt", "nul", "con.txt", "lpt1.tar.gz", "a.", "\xc3\xa9.txt",
		"0123456789012345678901234567890123456789012345678901234567890", "UP/x.txt", "aux/x.txt" };
	static const char *const good[] = { "null.txt", "com.txt", "com10.txt", "a_b-c.1.txt",
		"012345678901234567890123456789012345678901234567890123456789" };
	struct tree *t = *state;
	struct list all;
	char path[100];

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		snprintf(path, sizeof path, "content/%s", bad[i]);
		tree_put(t, path, "x");
	}
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		snprintf(path, sizeof path, "content/%s", good[i]);
		tree_put(t, path, "x");
	}
	tree_put(t, "content/READ.md", "pages have their own rule");
	all = load(t);
	assert_int_equal(all.n, sizeof good / sizeof *good);
	assert_int_equal(t->diags.list.n, sizeof bad / sizeof *bad);
	for (size_t i = 0; i < t->diags.list.n; i++)
		assert_int_equal(LIST_AT(&t->diags.list, struct diag, i)->id, DIAG_file_name);
}

static void
test_not_files(void **state)
{
	struct tree *t = *state;
	struct list all;

	tree_put(t, "content/a.txt", "");
	assert_int_equal(symlinkat("a.txt", t->root.fd, "content/link.txt"), 0);
	assert_int_equal(symlinkat("..", t->root.fd, "content/up"), 0);
	assert_int_equal(mkfifoat(t->root.fd, "content/pipe", 0666), 0);
	all = load(t);
	tree_said(t, "content/link.txt:0:0 file-link content/link.txt\n"
	    "content/pipe:0:0 file-special content/pipe\n"
	    "content/up:0:0 file-link content/up\n");
	assert_int_equal(all.n, 1);
}

static void
test_pictures(void **state)
{
	struct tree *t = *state;
	struct list all;

	tree_put(t, "content/fake.png", "<html>");
	tree_put(t, "content/drawing.png", svg);
	tree_put_bytes(t, "content/pixels.svg", png, sizeof png);
	tree_put_bytes(t, "content/other.jpg", png, sizeof png);
	tree_put_bytes(t, "content/cut.gif", "GIF89a", 6);
	tree_put(t, "content/active.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>x</script></svg>");
	all = load(t);
	tree_said(t, "content/active.svg:0:0 image-svg content/active.svg\n"
	    "content/cut.gif:0:0 image-kind content/cut.gif\n"
	    "content/drawing.png:0:0 image-kind content/drawing.png\n"
	    "content/fake.png:0:0 image-kind content/fake.png\n"
	    "content/other.jpg:0:0 image-name content/other.jpg\n"
	    "content/pixels.svg:0:0 image-kind content/pixels.svg\n");
	assert_int_equal(all.n, 1);
	assert_int_equal(at(&all, "content/other.jpg")->image.kind, IMAGE_PNG);
}

/* A JPEG whose size stands behind 130 KiB of profiles, and one that is larger than we take. */
static void
test_large(void **state)
{
	static const unsigned char frame[] = { 0xff, 0xc0, 0, 11, 8, 0, 5, 0, 7, 1, 1, 0x11, 0, 0xff, 0xd9 };
	struct tree *t = *state;
	struct list all;
	struct buf b;

	buf_init(&b);
	buf_add(&b, "\xff\xd8", 2);
	for (int i = 0; i < 2; i++) {
		buf_add(&b, "\xff\xe2\xff\xff", 4);
		memset(buf_reserve(&b, 65533), 'x', 65533);
		b.n += 65533;
	}
	buf_add(&b, frame, sizeof frame);
	tree_put_bytes(t, "content/photo.jpg", b.p, b.n);
	buf_release(&b);
	tree_put(t, "content/film.mp4", "x");
	assert_int_equal(truncate(view_join(&t->arena, view_str(t->folder), VIEW("content/film.mp4")).p,
	    ASSET_MAX_BYTES + 1), 0);
	all = load(t);
	tree_said(t, "content/film.mp4:0:0 file-large 32768 KiB\n");
	assert_int_equal(all.n, 1);
	assert_int_equal(at(&all, "content/photo.jpg")->image.width, 7);
	assert_int_equal(at(&all, "content/photo.jpg")->image.height, 5);
}

static const struct language *
language(struct tree *t, const char *tag)
{
	return site_language(&t->site, view_str(tag));
}

static void
test_versions(void **state)
{
	struct tree *t = *state;
	struct list all;
	const struct asset *plain, *french, *min;

	tree_put(t, "content/a.b/map.svg", svg);
	tree_put(t, "content/a.b/map.fr.svg", svg);
	tree_put(t, "content/a.b/map.FR.txt", "");
	tree_put(t, "content/a.b/only.ar.svg", svg);
	tree_put(t, "content/a.b/two.svg", svg);
	tree_put(t, "content/a.b/two.fr.svg", svg);
	tree_put(t, "content/a.b/two.ar.svg", svg);
	tree_put(t, "content/a.b/two.min.svg", svg);
	tree_put(t, "content/a.fr/plain", "");
	tree_put(t, "themes/default/x.svg", svg);
	tree_put(t, "themes/default/x.fr.svg", svg);
	all = load(t);
	tree_said(t, "content/a.b/map.FR.txt:0:0 file-name map.FR.txt\n");
	plain = at(&all, "content/a.b/map.svg");
	french = at(&all, "content/a.b/map.fr.svg");
	assert_ptr_equal(french->first, plain);
	assert_ptr_equal(french->only, language(t, "fr"));
	assert_null(plain->only);
	assert_ptr_equal(asset_for(&all, plain, language(t, "fr")), french);
	assert_ptr_equal(asset_for(&all, plain, language(t, "ar")), french);
	assert_ptr_equal(asset_for(&all, plain, language(t, "en")), plain);
	assert_ptr_equal(asset_for(&all, french, language(t, "en")), french);
	assert_null(at(&all, "content/a.b/only.ar.svg")->first);
	assert_non_null(at(&all, "content/a.b/only.ar.svg")->only);
	plain = at(&all, "content/a.b/two.svg");
	assert_ptr_equal(asset_for(&all, plain, language(t, "ar")), at(&all, "content/a.b/two.ar.svg"));
	assert_ptr_equal(asset_for(&all, plain, language(t, "fr")), at(&all, "content/a.b/two.fr.svg"));
	min = at(&all, "content/a.b/two.min.svg");
	assert_null(min->only);
	assert_null(at(&all, "content/a.fr/plain")->only);
	assert_null(at(&all, "themes/default/x.fr.svg")->only);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, tree_setup, tree_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_whole), TEST(test_nothing), TEST(test_names), TEST(test_not_files), TEST(test_pictures),
		TEST(test_large), TEST(test_versions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
