/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/fonts: which language gets which font, which texts it must draw, what is made anew. */
#include "world.h"

#include "job/assemble.h"
#include "job/fonts.h"
#include "job/fonts_parts.h"

/* The project with Khmer, whose font lies among the tests, and Amharic, which has none. */
static void
put_files(struct tree *t)
{
	world_files(t);
	tree_put(t, "content/site.yaml", "title: Site\nlanguages: [en, fr, km, am]\n");
	tree_put(t, "translations/km/a/one.yaml", "segments:\n- source: One\n  target: \xE1\x9E\x81\n");
	tree_put(t, "translations/am/language.yaml", "name: x\n");
}

static void
make_world(struct tree *t, struct world *w, struct plan *p)
{
	setenv("WAYPOST_FONTS", "tests/golden/fonts", 1);
	world_make(t, w);
	plan_make(p, w, NULL);
}

static const struct language *
language(const struct world *w, const char *tag)
{
	return site_language(&w->site, view_str(tag));
}

static void
test_find(void **state)
{
	struct tree *t = *state;
	struct world w;
	struct plan p;
	struct fonts *f;

	put_files(t);
	make_world(t, &w, &p);
	f = fonts_open(&w, &p);
	assert_true(w.fonts);
	assert_int_equal(f->faces.n, 1);
	assert_int_equal(f->face_of[language(&w, "en")->index], FONTS_NONE);
	assert_int_equal(f->face_of[language(&w, "am")->index], FONTS_LOST);
	assert_true(view_is(fonts_face_of(f, language(&w, "km"))->key, "khmr"));
	assert_true(plan_has(&p, VIEW("assets/fonts.css")) && plan_has(&p, VIEW("assets/names.css")) && plan_has(&p, VIEW("assets/fonts/licence.txt")));
	assert_true(plan_has(&p, f->packed ? VIEW("assets/fonts/khmr.woff2") : VIEW("assets/fonts/khmr.ttf")));
	assert_int_equal(LIST_AT(&t->diags.list, struct diag, 0)->id, DIAG_font_missing);
	fonts_close(f);
	world_close(&w);
}

static void
take(struct fonts *f, struct view html)
{
	struct fonts_texts *texts = fonts_texts_open(f);
	struct view result;
	struct buf b;

	buf_init(&b);
	fonts_texts_page(texts, html);
	fonts_texts_close(texts, &b);
	buf_addc(&b, '!');
	result = view_buf(&b);
	fonts_take(f, &result);
	assert_true(view_is(result, "!"));
	buf_release(&b);
}

#define KA "\xE1\x9E\x80"
#define KHA "\xE1\x9E\x81"
#define KO "\xE1\x9E\x82"

static void
test_texts(void **state)
{
	struct tree *t = *state;
	const struct fonts_words *km, *am;
	struct world w;
	struct plan p;
	struct fonts *f;

	put_files(t);
	make_world(t, &w, &p);
	f = fonts_open(&w, &p);
	km = &f->words[language(&w, "km")->index];
	am = &f->words[language(&w, "am")->index];
	/* attributes, nesting, empty elements, entities; comments and the doctype are no text */
	take(f, VIEW("<!DOCTYPE html>\n<html lang=\"km\" dir=\"ltr\"><head><meta charset=\"utf-8\"><title>" KA "</title></head>"
	    "<!-- " KA KA " --><p>" KHA KA " (1&amp;2) COVID-19 <b lang=\"en\">" KO KA " 55<br> 7<i>" KO "</i></b>" KHA "</p>"
	    "<img alt=\"" KA KHA "\" src='" KO ".png'/> <hr /><p lang=xx>" KA KO "</p></html>"));
	assert_non_null(map_get(&km->text, VIEW(KA)));
	assert_non_null(map_get(&km->text, VIEW(KHA KA)));
	assert_non_null(map_get(&km->text, VIEW(KHA)));
	assert_non_null(map_get(&km->text, VIEW(KA KHA)));
	assert_non_null(map_get(&km->text, VIEW(KA KO)));	/* of no language that the site knows: as around it */
	assert_null(map_get(&km->text, VIEW(KA KA)));
	assert_null(map_get(&km->text, VIEW(KO KA)));
	assert_null(map_get(&km->text, VIEW(KO)));
	assert_null(map_get(&km->text, VIEW("COVID-19")));
	for (const char *c = "(1&2)-9"; *c; c++)
		assert_true(km->ascii[*c / 64] >> *c % 64 & 1);
	for (const char *c = "57"; *c; c++)
		assert_false(km->ascii[*c / 64] >> *c % 64 & 1);
	assert_int_equal(am->text.n, 0);
	assert_int_equal(km->names.n, 0);
	/* the name of a language in a list of languages */
	take(f, VIEW("<html lang=\"en\"><a lang=\"km\" hreflang=\"km\" href=\"x\"><b>" KO KO "</b></a><span lang=\"km\">" KHA KHA
	    "</span><a lang=\"en\" hreflang=\"km\">" KA KA "</a>" KA KA KA "</html></p></p><p lang=\"km\">" KO KHA));
	assert_non_null(map_get(&km->names, VIEW(KO KO)));
	assert_null(map_get(&km->text, VIEW(KO KO)));
	assert_non_null(map_get(&km->text, VIEW(KHA KHA)));
	assert_non_null(map_get(&km->text, VIEW(KO KHA)));
	assert_int_equal(km->names.n, 1);
	assert_null(map_get(&km->text, VIEW(KA KA KA)));
	fonts_close(f);
	world_close(&w);
}

static struct fonts_done
write_all(struct tree *t, struct view html)
{
	struct world w;
	struct plan p;
	struct output out;
	struct fonts *f;
	struct fonts_done done;

	make_world(t, &w, &p);
	f = fonts_open(&w, &p);
	assert_true(output_open(&out, &t->arena, view_join(&t->arena, view_str(t->folder), VIEW("out")), &p, &t->diags));
	take(f, html);
	done = fonts_write(f, &out, 2);
	output_close(&out, true, &t->diags);
	fonts_close(f);
	world_close(&w);
	return done;
}

static void
test_write(void **state)
{
	struct tree *t = *state;
	struct view css, names;
	struct fonts_done done;
	struct fonts_face_said said;

	put_files(t);
	done = write_all(t, VIEW("<html lang=\"km\">" KA KHA "<a lang=\"km\" hreflang=\"km\">" KA "</a></html>"));
	assert_int_equal(done.written, 5);
	assert_int_equal(done.failed, 0);
	assert_true(file_read(&t->root, &t->arena, VIEW("out/site/assets/fonts.css"), 1 << 20, &css, &t->diags));
	assert_true(view_search(css, VIEW("unicode-range:U+20,U+1780-1781}")) < css.n);
	assert_true(view_search(css, VIEW("unicode-range:U+20,U+1780}")) < css.n);
	assert_true(view_search(css, VIEW("html body:lang(km),:root [lang=\"km\"]{font-family:wp-khmr,")) < css.n);
	assert_true(view_search(css, VIEW(":root a[hreflang=\"km\"]{font-family:var(")) < css.n);
	assert_true(view_search(css, VIEW(":root details a[hreflang=\"km\"]{font-family:wp-khmr-name,")) < css.n);
	assert_true(view_search(css, VIEW("data:")) == css.n);
	assert_true(file_read(&t->root, &t->arena, VIEW("out/site/assets/names.css"), 1 << 20, &names, &t->diags));
	assert_true(view_search(names, VIEW("@font-face{font-family:wp-khmr-list;src:url(data:font/")) < names.n);
	assert_true(view_search(names, VIEW(":root a[hreflang=\"km\"]{font-family:wp-khmr-list,")) < names.n);
	assert_true(view_search(css, VIEW("lang(am)")) == css.n);
	assert_true(fonts_face_in(css, VIEW("km"), &said));
	assert_true(view_is(said.family, "wp-khmr"));
	assert_true(view_starts(said.file, "fonts/khmr."));
	assert_true(view_starts(said.rule, "@font-face{font-family:wp-khmr;src:url(fonts/khmr.") && view_ends(said.rule, "U+1780-1781}"));
	assert_false(fonts_face_in(css, VIEW("am"), &said));
	assert_false(fonts_face_in(css, VIEW("k"), &said));
	/* the same again; other words of the same letters; another letter */
	done = write_all(t, VIEW("<html lang=\"km\">" KA KHA "<a lang=\"km\" hreflang=\"km\">" KA "</a></html>"));
	assert_int_equal(done.written, 0);
	assert_int_equal(done.unchanged, 5);
	done = write_all(t, VIEW("<html lang=\"km\">" KHA KA "<a lang=\"km\" hreflang=\"km\">" KA "</a></html>"));
	assert_int_equal(done.written, 0);
	done = write_all(t, VIEW("<html lang=\"km\">" KHA KO "<a lang=\"km\" hreflang=\"km\">" KA "</a></html>"));
	assert_int_equal(done.written, 2);
	assert_int_equal(done.unchanged, 3);
}

/* Of the style sheet, what some languages need. */
static void
test_some(void **state)
{
	static const char css[] = "/* c */\n@font-face{font-family:wp-a;src:1}\n@font-face{font-family:wp-a-name;src:2}\n@font-face{font-family:wp-b;src:3}\n"
	    "[lang]{x}\nhtml body:lang(am){--script:wp-a}\nhtml body:lang(am),:root [lang=\"am\"]{font-family:wp-a,var(--sans)}\n"
	    ":root a[hreflang=\"am\"]{font-family:wp-a-name}\nhtml body:lang(bn){--script:wp-b}\n"
	    "html body:lang(bn),:root [lang=\"bn\"]{font-family:wp-b,var(--sans)}\n";
	struct tree *t = *state;
	struct map tags;
	struct buf b;

	map_init(&tags, &t->arena);
	buf_init(&b);
	fonts_css_some(view_str(css), &t->arena, &tags, &b);
	assert_string_equal(b.p, "[lang]{x}\n");
	buf_clear(&b);
	map_set(&tags, VIEW("am"), t);
	fonts_css_some(view_str(css), &t->arena, &tags, &b);
	assert_string_equal(b.p, "@font-face{font-family:wp-a;src:1}\n[lang]{x}\nhtml body:lang(am){--script:wp-a}\n"
	    "html body:lang(am),:root [lang=\"am\"]{font-family:wp-a,var(--sans)}\n");
	buf_release(&b);
}

/* A picture where there is a font for the script, and a place for it in templates: their own, else that of the source language. */
static void
test_cards(void **state)
{
	struct tree *t = *state;
	struct locale l;
	struct world w;
	struct plan p;
	struct fonts *f;
	struct buf b;

	put_files(t);
	tree_put(t, "content/site.yaml", "title: Site\ndescription: A site\nlanguages: [en, fr, km, am]\nbase-url: https://x.example/\n");
	tree_put(t, "themes/default/page.html", "{{card}}\n");
	make_world(t, &w, &p);
	f = fonts_open(&w, &p);
	assert_null(w.cards);
	fonts_cards_open(f, &p);
	assert_true(w.cards[language(&w, "km")->index] && !w.cards[language(&w, "en")->index] && !w.cards[language(&w, "am")->index]);
	assert_true(plan_has(&p, VIEW("km/card.png")) && !plan_has(&p, VIEW("en/card.png")));
	buf_init(&b);
	locale_open(&l, &t->arena, &w, site_language(&w.site, VIEW("km")), false, &t->diags);
	assert_true(assemble_page(&l, world_page(&w, "a/one.md"), &t->arena, &b, &t->diags));
	assert_string_equal(b.p, "https://x.example/km/card.png\n");
	buf_clear(&b);
	fonts_card(f, &l, &t->arena, &b);
	assert_memory_equal(b.p, "\x89PNG", 4);
	buf_clear(&b);
	locale_open(&l, &t->arena, &w, w.site.source, false, &t->diags);
	assert_true(assemble_page(&l, world_page(&w, "a/one.md"), &t->arena, &b, &t->diags));
	assert_string_equal(b.p, "\n");
	buf_release(&b);
	fonts_close(f);
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_find, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_texts, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_write, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_some, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_cards, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
