/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of job/search and of what format/lang tells it: folding, clusters, targets, the files of an index, the alphabet. */
#include "world.h"

#include "base/utf8.h"
#include "job/assemble.h"
#include "job/search.h"

/* The folded text, clusters apart by '|', words by a blank. */
static void
folded(const char *text, const char *expected)
{
	struct view v = view_str(text);
	enum lang_search_kind last = LANG_SEARCH_GAP;
	struct buf b;

	buf_init(&b);
	for (size_t at = 0; at < v.n;) {
		struct lang_folded f;

		lang_search_char(utf8_next(v, &at), &f);
		if (f.kind == LANG_SEARCH_DROP)
			continue;
		if (f.kind == LANG_SEARCH_GAP && last != LANG_SEARCH_GAP)
			buf_addc(&b, ' ');
		if ((f.kind == LANG_SEARCH_UNIT || f.kind == LANG_SEARCH_LEAD) && last != LANG_SEARCH_GAP && last != LANG_SEARCH_LEAD &&
		    last != LANG_SEARCH_JOIN)
			buf_addc(&b, '|');
		buf_add(&b, f.text, f.n);
		last = f.kind;
	}
	if (!view_is(view_buf(&b), expected))
		fail_msg("'%s' becomes '%s', not '%s'", text, b.p, expected);
	buf_release(&b);
}

static void
test_fold(void **state)
{
	(void)state;
	folded("Straße, ÉCOLE l’Été Œuvre", "strasse ecole l ete oeuvre");
	folded("e\u0301cole", "ecole");
	folded("Işık IŞIK ışık İstanbul ISTANBUL", "isik isik isik istanbul istanbul");
	folded("đường ĐƯỜNG Łódź ƙofa ɗan", "duong duong lodz kofa dan");
	folded("Йод ёлка Ёлка", "иод елка елка");
	folded("الإِتِّفَاقِيَّة الاتفاقيه ال\u0640\u0640عمل آلة", "الاتفاقيه الاتفاقيه العمل اله");
	folded("کار ی ہم پاکستان", "كار ي هم پاكستان");
	folded("می\u200Cخواهم co\u00ADop", "ميخواهم coop");
	folded("۲۲ ٢٢ २२ ២២ 22 ２２", "22 22 22 22 22 22");
	folded("ሠራተኛ ሰራተኛ ኃይል ዓለም", "ሰራተኛ ሰራተኛ ሀይል አለም");
	folded("শ্রমিক য়", "শ্রমিক য়");
	folded("C++ a_b x²", "c a b x2");
	/* marks of Hebrew, Syriac, Arabic, Cyrillic and Greek go, and those of music; a decomposition beyond the first plane */
	folded("שָׁלוֹם ܐ\u0711 ع\u0610 и\u2DE0 α\U0001D242 x\U0001D165", "שלום ܐ ع и α x");
	folded("\U0001109A \U0002F803 \U0001D400", "\U00011099\U000110BA \U00020122 a");
}

static void
test_clusters(void **state)
{
	(void)state;
	folded("แรงงาน ที่นี่", "แร|ง|งา|น ที่|นี่");
	folded("น้ำ", "น้\u0E4Dา");
	folded("ស្ត្រី មាត្រា\u200B២២", "ស្ត្រី មា|ត្រា22");
	folded("မြန်မာ တက္ကသိုလ်", "မြ|န်|မာ တ|က္က|သို|လ်");
	folded("ພາສາລາວ ໄດ້", "ພາ|ສາ|ລາ|ວ ໄດ້");
	folded("第22条、公约。", "第22|条 公|约 ");
	folded("ｱｲ がん", "ア|イ が|ん");
}

static void
target_is(const struct list *targets, size_t i, const char *id, const char *title, const char *text)
{
	const struct search_target *t = LIST_AT(targets, struct search_target, i);
	struct buf b;

	buf_init(&b);
	assert_true(i < targets->n);
	for (size_t k = 0; k < t->blocks.n; k++) {
		const struct search_block *block = LIST_AT(&t->blocks, struct search_block, k);

		buf_printf(&b, "[%.*s%s%.*s]", VIEW_ARG(block->lang.tag), block->lang.rtl ? "<" : ":", VIEW_ARG(block->text));
	}
	if (!view_is(t->id, id) || !view_is(t->title.text, title) || !view_is(view_buf(&b), text))
		fail_msg("target %zu is '%.*s' '%.*s' '%s'", i, VIEW_ARG(t->id), VIEW_ARG(t->title.text), b.p);
	buf_release(&b);
}

static void
test_read(void **state)
{
	struct tree *t = *state;
	struct search_lang ar = { VIEW("ar"), true };
	struct list l = search_read(&t->arena, ar, VIEW("<p>a &amp; <em>b</em>\n c<br />d<wbr />e</p>\n<ul><li>x</li><li>y</li></ul>\n"
	    "<h2 id=\"one\">One <span lang=\"en\" dir=\"ltr\">two</span></h2>\n<p lang=\"en\" dir=\"ltr\">text<sup class=\"footnote-ref\">"
	    "<a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup> <img src=\"x.png\" alt=\"a &lt; b\" /></p>\n"
	    "<section id=\"article-22\"><h3>Article 22</h3><p>no group</p></section>\n<p>after</p>\n"
	    "<dl><div id=\"term-x\"><dt>word</dt><dd>meaning</dd></div></dl>\n<div id=\"wp-own\"><svg><title>no</title></svg>own</div>\n"
	    "<!-- no --><div class=\"footnotes\"><ol><li id=\"fn-1\"><p>note <a role=\"doc-backlink\" href=\"#\">back</a></p></li></ol></div>"));

	assert_int_equal(l.n, 4);
	target_is(&l, 0, "", "", "[ar<a & b c de][ar<x][ar<y][ar<note]");
	target_is(&l, 1, "one", "One", "[en:two][en:text a < b][ar<after][ar<own]");
	target_is(&l, 2, "article-22", "Article 22", "[ar<no group]");
	target_is(&l, 3, "term-x", "word", "[ar<meaning]");
}

/* The parts of an index's only file. */
static struct view
made(struct tree *t, const char *tag, const char *html)
{
	struct lang *lang = lang_open(&t->arena, view_str(tag));
	struct language l = { .lang = lang, .folder = view_str(tag) };
	struct search *s = search_open(&t->arena, &l);
	struct search_block title = { VIEW("Title\there"), { lang->tag, lang->rtl }, false };
	struct search_block description = { VIEW("A \"few\" words"), { VIEW("fr"), false }, false };
	struct list files;

	search_add(s, VIEW("a/b.html"), &title, &description, view_str(html));
	files = search_files(s);
	assert_int_equal(files.n, 1);
	assert_true(view_ends(LIST_AT(&files, struct search_file, 0)->path, "/search/index.js"));
	lang_close(lang);
	return LIST_AT(&files, struct search_file, 0)->bytes;
}

static void
has(struct view text, const char *part)
{
	if (view_search(text, view_str(part)) == text.n)
		fail_msg("no '%s' in: %.*s", part, VIEW_ARG(text));
}

static void
test_files(void **state)
{
	struct tree *t = *state;
	struct view v = made(t, "en", "<p>few, few, few titles</p><h2 id=\"here\">Here</h2><p>ab abc abd \xC3\x89t\xC3\xA9 9\xC2\xA0x</p>");

	assert_true(view_starts(v, "waypostSearch(\"index\",1,\"0123456789\\n"));
	has(v, "en ltr\tfr ltr\t\\n");
	has(v, "we éǝəɛ\t");
	has(v, "\\n/a/b.html\t0Title here\t#here\t0Here\t\");\n");
	/* by code points; what is shared with the one before; where */
	has(v, "waypostSearch(\"terms\",0,\"09 2,\t0a ;\t1b 2,\t2c 2,\t2d 2,\t0ete 2,\t0few ;\t0here *!\t0title *\t5s ,\t0words ;\t0x 2,\t\");\n");
	has(v, "waypostSearch(\"text\",0,\"1A \\\"few\\\" words\t0few, few, few titles\t\\n0ab abc abd Été 9\\u00a0x\t\\n\");\n");
	assert_true(view_eq(v, made(t, "en", "<p>few, few, few titles</p><h2 id=\"here\">Here</h2><p>ab abc abd \xC3\x89t\xC3\xA9 9\xC2\xA0x</p>")));
}

static void
test_terms(void **state)
{
	struct tree *t = *state;
	struct view v = made(t, "ar", "<p>الحقوق والعمال للعمال الله</p><div id=\"article-7\"><p>x</p></div>");

	/* without their articles, if enough remains; the number of an id */
	has(v, "حقوق ,");
	has(v, "عمال ,");
	has(v, "الله ,");
	has(v, "\"07 2!\t");
	has(v, "1rticle 2!");
	v = made(t, "km", "<p>មាត្រា</p><p>ក</p>");
	has(v, "មាត្រា ,");	/* the pair */
	has(v, "ត្រា ,");	/* the last cluster alone */
	has(v, "0ក ,");
	has(v, "j ្\t");
	v = made(t, "en", "<p>" "aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd" "</p>");
	has(v, "aaaaaaaaabbbbbbbbbbcccccccccc ,");
}

static void
test_parts(void **state)
{
	struct tree *t = *state;
	struct lang *lang = lang_open(&t->arena, VIEW("en"));
	struct language l = { .lang = lang, .folder = VIEW("en") };
	struct search *s = search_open(&t->arena, &l);
	struct search_block title = { VIEW("Page"), { lang->tag, false }, false }, none = { .lang = { lang->tag, false } };
	struct list files;
	struct buf b;

	buf_init(&b);
	for (unsigned page = 0; page < 40; page++) {
		buf_clear(&b);
		for (unsigned i = 0; i < 1000; i++)
			buf_printf(&b, "<p id=\"p%u\">word%u some text</p>", i, (page * 1000 + i) * 2654435761U % 99991);
		search_add(s, view_printf(&t->arena, "p%u.html", page), &title, &none, view_buf(&b));
	}
	buf_release(&b);
	files = search_files(s);
	assert_true(files.n > 4);
	for (size_t i = 0; i < files.n; i++) {
		const struct search_file *f = LIST_AT(&files, struct search_file, i);

		if (i + 1 < files.n && (f->bytes.n < 32 << 10 || f->bytes.n > 128 << 10))
			fail_msg("%.*s has %zu bytes", VIEW_ARG(f->path), f->bytes.n);
	}
	assert_true(view_is(LIST_AT(&files, struct search_file, 0)->path, "en/search/terms-0.js"));
	assert_true(view_is(LIST_AT(&files, struct search_file, files.n - 1)->path, "en/search/index.js"));
	lang_close(lang);
}

static void
initial_is(struct tree *t, const char *tag, const char *of, const char *text, const char *label)
{
	struct lang *l = lang_open(&t->arena, view_str(tag)), *from = lang_open(&t->arena, view_str(of));
	struct lang_alphabet *x = lang_alphabet_open(&t->arena, l);
	struct lang_initial initial;

	lang_alphabet_find(x, &t->arena, from, view_str(text), &initial);
	if (!view_is(initial.label, label))
		fail_msg("in %s '%s' stands below '%.*s', not '%s'", tag, text, VIEW_ARG(initial.label), label);
	assert_true(initial.key.n > 0 && initial.group.n > 0);
	lang_alphabet_close(x);
	lang_close(from);
	lang_close(l);
}

static void
test_alphabet(void **state)
{
	struct tree *t = *state;

	initial_is(t, "en", "en", "The States", "S");
	initial_is(t, "en", "en", "“Papers”", "P");
	/* nothing but an article, nothing but signs, a sign on nothing before the first letter */
	initial_is(t, "en", "en", "The", "T");
	initial_is(t, "en", "en", "A", "A");
	initial_is(t, "en", "en", "(?!)", "(");
	initial_is(t, "en", "en", "\u0301papers", "P");
	initial_is(t, "en", "fr", "The States", "T");
	initial_is(t, "fr", "fr", "L’État", "E");
	initial_is(t, "es", "es", "Ñandú", "Ñ");
	initial_is(t, "tr", "tr", "İşçi", "İ");
	initial_is(t, "tr", "tr", "ışık", "I");
	initial_is(t, "ar", "ar", "الحقوق", "ح");
	initial_is(t, "ar", "en", "Rights", "R");
	initial_is(t, "th", "th", "แรงงาน", "ร");
	initial_is(t, "km", "km", "សិទ្ធិ", "ស");
	initial_is(t, "am", "am", "ሹም", "ሸ");
	initial_is(t, "zh-Hans", "zh-Hans", "《公约》", "G");
	initial_is(t, "zh-Hans", "en", "Glossary", "G");
	initial_is(t, "zh-Hant", "zh-Hant", "公約", "4劃");
	initial_is(t, "ja", "ja", "ひと", "は");
	initial_is(t, "ja", "ja", "権利", "権");
	initial_is(t, "bn", "bn", "2025", "০–৯");
	initial_is(t, "qu", "qu", "llamkay", "Ll");
}

static void
site_files(struct tree *t)
{
	world_files(t);
	tree_put(t, "content/find.md", "---\ntitle: Find\nlayout: search\n---\n");
	tree_put(t, "content/words.md", "---\ntitle: The words\n---\n{{> words}}\n");
	tree_put(t, "themes/default/words.html", "<dl>{{#data.things}}<div id=\"term-x\"><dt>{{name}}</dt></div>{{/data.things}}</dl>\n");
	tree_put(t, "themes/default/search.html", "{{#search}}{{href}} {{data}}{{#current}} here{{/current}}{{/search}}:"
	    "{{#a-z}}{{letter}}({{#items}}{{title}}={{href}}{{#within}} in {{within}}{{/within}};{{/items}}){{/a-z}}");
}

static void
test_pages(void **state)
{
	struct tree *t = *state;
	struct world w;
	struct locale l;
	struct diags quiet;
	struct buf b;

	site_files(t);
	world_make(t, &w);
	diags_init(&quiet);
	buf_init(&b);
	assert_true(view_is(search_page(&w)->path, "find.md"));
	locale_open(&l, &t->arena, &w, site_language(&w.site, VIEW("fr")), false, &quiet);
	assert_false(search_has(&w, search_page(&w), l.language));
	assert_true(search_has(&w, world_page(&w, "b.fr.md"), l.language));
	assert_false(search_has(&w, world_page(&w, "b.fr.md"), w.site.source));
	assert_true(assemble_page(&l, search_page(&w), &t->arena, &b, &quiet));
	has(view_buf(&b), "find.html search/index.js here:");
	has(view_buf(&b), "P(Poire=words.html#term-x in <span lang=\"en\">The words</span>;)");
	has(view_buf(&b), "U(Un=a/one.html;)");
	has(view_buf(&b), "S(<span lang=\"en\">Section</span>=a/index.html;Seulement=b.html;)");
	has(view_buf(&b), "W(<span lang=\"en\">The words</span>=words.html;)");
	buf_release(&b);
	diags_release(&quiet);
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_clusters),
		cmocka_unit_test_setup_teardown(test_read, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_files, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_terms, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_parts, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_alphabet, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_pages, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
