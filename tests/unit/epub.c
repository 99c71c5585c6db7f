/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/epub: what is in a book and in which order, links, fallback texts, pictures, fonts, the same bytes again. */
#include "world.h"

#include "format/zip.h"
#include "job/epub.h"

struct shelf {
	struct tree *t;
	struct world w;
	struct edition e;
	struct zip_reader z;
	struct buf bytes;
	size_t pages;
};

static void
put_files(struct tree *t)
{
	world_files(t);
	tree_put(t, "content/index.md", "---\ntitle: Home\nas-of: 2025-03-01\n---\nHello [you](a/one.md), [find](find.md) it.\n\n![A door](door.svg) ![A *wall*](wall.webp)\n");
	tree_put(t, "content/find.md", "---\ntitle: Find\nlayout: finder\n---\nText.\n");
	tree_put(t, "content/door.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"></svg>");
	tree_put_bytes(t, "content/wall.webp", "RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0", 34);
	tree_put(t, "themes/default/finder.html", "{{{content}}}");
	tree_put(t, "themes/default/book-page.html", "<html lang=\"{{lang}}\"><link rel=\"stylesheet\" href=\"{{root}}assets/fonts.css\" />"
	    "<link rel=\"stylesheet\" href=\"{{root}}assets/book.css\" /><h1>{{page.title}}</h1>{{{content}}}</html>\n");
	tree_put(t, "themes/default/book-cover.html", "<html lang=\"{{lang}}\">{{#picture}}<img src=\"{{picture}}\" alt=\"\" />{{/picture}}{{site.title}} {{date}}</html>\n");
	/* what a build has made */
	tree_put(t, "out/.state", "waypost state 1\nar/index.html\nassets/book.css\nassets/fonts.css\nassets/fonts/arab.woff2\nassets/fonts/licence.txt\n"
	    "assets/icon.svg\nen/index.html\nfiles/door.svg\nfiles/wall.webp\nfr/index.html\n");
	tree_put(t, "out/site/ar/index.html", "x");
	tree_put(t, "out/site/en/index.html", "x");
	tree_put(t, "out/site/fr/index.html", "x");
	tree_put(t, "out/site/files/door.svg", "<svg/>");
	tree_put(t, "out/site/files/wall.webp", "x");
	tree_put(t, "out/site/assets/icon.svg", "<svg/>");
	tree_put(t, "out/site/assets/book.css", "p{direction:rtl;margin:0}\nq{x-direction:a;unicode-bidi:isolate}");
	tree_put(t, "out/site/assets/fonts/arab.woff2", "wOF2");
	tree_put(t, "out/site/assets/fonts/licence.txt", "free");
	tree_put(t, "out/site/assets/fonts.css", "/* x */\n@font-face{font-family:wp-arab;src:url(fonts/arab.woff2) format(\"woff2\");unicode-range:U+600}\n"
	    "@font-face{font-family:wp-arab-name;src:url(data:font/woff2;base64,AA) format(\"woff2\");unicode-range:U+600}\n"
	    "html body:lang(ar){--script:wp-arab}\n");
}

static void
open_shelf(struct shelf *s, struct tree *t)
{
	*s = (struct shelf){ .t = t };
	put_files(t);
	unsetenv("SOURCE_DATE_EPOCH");
	world_make(t, &s->w);
	assert_true(edition_open(&s->e, &s->w, view_join(&t->arena, view_str(t->folder), VIEW("out")), NULL, "epub", &t->diags));
	assert_true(edition_list(&s->e));
	buf_init(&s->bytes);
}

static void
make(struct shelf *s, size_t language)
{
	struct view why;

	if (s->z.private)
		zip_reader_close(&s->z);
	buf_clear(&s->bytes);
	assert_true(epub_write(&s->e, s->w.site.languages[language], &s->bytes, &s->pages));
	file_write(&s->t->root, VIEW("x.epub"), view_buf(&s->bytes), &s->t->diags);
	assert_true(zip_reader_open(&s->z, &s->t->arena, view_join(&s->t->arena, view_str(s->t->folder), VIEW("x.epub")), &why));
}

static void
close_shelf(struct shelf *s)
{
	zip_reader_close(&s->z);
	buf_release(&s->bytes);
	edition_close(&s->e);
	world_close(&s->w);
}

/* The text of a file in the book; NULL when it is not there. */
static const char *
text(struct shelf *s, const char *name)
{
	for (size_t i = 0; i < s->z.members.n; i++) {
		struct buf b;
		const char *got;

		if (!view_is(LIST_AT(&s->z.members, struct zip_member, i)->name, name))
			continue;
		buf_init(&b);
		assert_true(zip_reader_bytes(&s->z, i, 1 << 20, &b));
		got = view_copy(&s->t->arena, view_buf(&b)).p;
		buf_release(&b);
		return got;
	}
	return NULL;
}

static void
has(struct shelf *s, const char *name, const char *words)
{
	const char *all = text(s, name);

	if (!all || !strstr(all, words))
		print_message("%s has no %s:\n%s\n", name, words, all ? all : "(not there)");
	assert_non_null(all);
	assert_non_null(strstr(all, words));
}

static void
lacks(struct shelf *s, const char *name, const char *words)
{
	const char *all = text(s, name);

	assert_non_null(all);
	assert_null(strstr(all, words));
}

static void
test_source(void **state)
{
	struct shelf s;

	open_shelf(&s, *state);
	make(&s, 0);
	assert_memory_equal(s.bytes.p, "PK\x03\x04", 4);
	assert_memory_equal(s.bytes.p + 26, "\x08\0\0\0", 4);	/* no extra field */
	assert_memory_equal(s.bytes.p + 30, "mimetypeapplication/epub+zip", 28);
	assert_int_equal(s.pages, 5);
	has(&s, "EPUB/package.opf", "<dc:title>Site</dc:title>");
	has(&s, "EPUB/package.opf", "<dc:language>en</dc:language>");
	has(&s, "EPUB/package.opf", "<dc:source>https://x.example/</dc:source>");
	has(&s, "EPUB/package.opf", "<meta property=\"dcterms:modified\">2025-03-01T00:00:00Z</meta>");
	has(&s, "EPUB/package.opf", "page-progression-direction=\"ltr\"");
	has(&s, "EPUB/package.opf", "href=\"assets/icon.svg\" media-type=\"image/svg+xml\" properties=\"cover-image\"");
	has(&s, "EPUB/package.opf", "alternativeText");
	has(&s, "EPUB/nav.xhtml", "<li><a href=\"en/index.xhtml\">Home</a>\n<ol>\n");
	has(&s, "EPUB/cover.xhtml", "<img src=\"assets/icon.svg\" alt=\"\" />Site");
	has(&s, "EPUB/en/index.xhtml", "<a href=\"a/one.xhtml\">you</a>");
	has(&s, "EPUB/en/index.xhtml", "src=\"../files/door.svg\"");
	has(&s, "EPUB/en/index.xhtml", "A wall");
	lacks(&s, "EPUB/en/index.xhtml", "wall.webp");
	assert_null(text(&s, "EPUB/files/wall.webp"));
	/* no letters of Arabic in it, no font */
	assert_null(text(&s, "EPUB/assets/fonts.css"));
	lacks(&s, "EPUB/en/index.xhtml", "fonts.css");
	has(&s, "EPUB/assets/book.css", "p{margin:0}\nq{x-direction:a;}");
	tree_said(s.t, "");
	close_shelf(&s);
}

static void
test_other_direction(void **state)
{
	struct shelf s;

	open_shelf(&s, *state);
	make(&s, 2);
	has(&s, "EPUB/package.opf", "<dc:title xml:lang=\"en\" dir=\"ltr\">Site</dc:title>");
	has(&s, "EPUB/package.opf", "<spine page-progression-direction=\"rtl\">");
	has(&s, "EPUB/package.opf", "href=\"assets/fonts/arab.woff2\" media-type=\"font/woff2\"");
	has(&s, "EPUB/package.opf", "href=\"assets/fonts/licence.txt\" media-type=\"text/plain\"");
	has(&s, "EPUB/nav.xhtml", "<span lang=\"fr\" xml:lang=\"fr\" dir=\"ltr\">Un</span>");
	has(&s, "EPUB/ar/a/one.xhtml", "lang=\"fr\" xml:lang=\"fr\"");
	has(&s, "EPUB/ar/a/one.xhtml", "../../assets/fonts.css");
	has(&s, "EPUB/assets/fonts.css", "@font-face{font-family:wp-arab;src:url(fonts/arab.woff2)");
	has(&s, "EPUB/assets/fonts.css", ":lang(ar){font-family:wp-arab,serif}\n");
	lacks(&s, "EPUB/assets/fonts.css", "data:");
	assert_null(text(&s, "EPUB/fr/b.xhtml"));
	close_shelf(&s);
}

static void
test_left_out(void **state)
{
	struct tree *t = *state;
	struct shelf s;

	put_files(t);
	tree_put(t, "themes/default/book-page.html", "<html lang=\"{{lang}}\"><h1>{{page.title}}</h1>{{{content}}}{{#page.description}}<form></form>{{/page.description}}</html>\n");
	tree_put(t, "content/find.md", "---\ntitle: Find\ndescription: D\n---\nText.\n");
	s = (struct shelf){ .t = t };
	world_make(t, &s.w);
	assert_true(edition_open(&s.e, &s.w, view_join(&t->arena, view_str(t->folder), VIEW("out")), NULL, "epub", &t->diags));
	assert_true(edition_list(&s.e));
	buf_init(&s.bytes);
	make(&s, 0);
	assert_int_equal(s.pages, 4);
	has(&s, "EPUB/en/index.xhtml", "<a href=\"https://x.example/en/find.html\">find</a>");
	lacks(&s, "EPUB/nav.xhtml", "find");
	s.w.site.base_url = VIEW_NONE;
	make(&s, 0);
	has(&s, "EPUB/en/index.xhtml", "</a>, find it.");
	lacks(&s, "EPUB/package.opf", "dc:source");
	close_shelf(&s);
}

static void
test_same(void **state)
{
	struct shelf s;
	struct view first;

	open_shelf(&s, *state);
	make(&s, 1);
	first = view_copy(&s.t->arena, view_buf(&s.bytes));
	make(&s, 1);
	assert_true(view_eq(first, view_buf(&s.bytes)));
	make(&s, 0);
	assert_false(view_eq(first, view_buf(&s.bytes)));
	has(&s, "EPUB/package.opf", "urn:uuid:");
	close_shelf(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_source, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_other_direction, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_left_out, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_same, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
