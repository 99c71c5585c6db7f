/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of data files in templates: job/assemble_tables, job/assemble_counts, job/assemble_data. */
#include "world.h"

#include "job/assemble.h"
#include "job/assemble_tables.h"

/* What the layout `data.html` says on a page. */
static void
says(struct tree *t, struct world *w, const char *tag, const char *path, const char *expected)
{
	struct language *lang = site_language(&w->site, view_str(tag));
	struct buf out;
	struct locale l;
	const char *s;

	assert_non_null(lang);
	buf_init(&out);
	locale_open(&l, &t->arena, w, lang, false, &t->diags);
	assert_true(assemble_page(&l, world_page(w, path), &t->arena, &out, &t->diags));
	s = view_copy(&t->arena, view_buf(&out)).p;
	buf_release(&out);
	assert_string_equal(s, expected);
}

static void
files(struct tree *t)
{
	world_files(t);
	tree_put(t, "content/c.md", "---\ntitle: C\nlayout: data\n---\n");
	tree_put(t, "content/a/d.md", "---\ntitle: D\nlayout: data\n---\n## Here\n");
}

/* Rows in the order of the shown words; dates and numbers as the language writes them. */
static void
row(const struct value *table, size_t i, const char *expected)
{
	static const char *const keys[] = { "name", "when", "n" };
	char text[300] = "";

	for (size_t k = 0; k < 3; k++) {
		const struct value *v = value_get(&table->items[i], view_str(keys[k]), value_hash(view_str(keys[k])));
		size_t n = strlen(text);

		assert_non_null(v);
		snprintf(text + n, sizeof text - n, "%s%.*s", k ? "|" : "", VIEW_ARG(v->plain));
	}
	assert_string_equal(text, expected);
}

static void
test_tables(void **state)
{
	struct tree *t = *state;
	struct locale fr, en;
	struct world w;

	world_files(t);
	world_make(t, &w);
	locale_open(&en, &t->arena, &w, site_language(&w.site, VIEW("en")), false, &t->diags);
	locale_open(&fr, &t->arena, &w, site_language(&w.site, VIEW("fr")), false, &t->diags);
	row(tables_rows(&en, 0), 0, "Apple|2021|3");
	row(tables_rows(&en, 0), 1, "Pear|January 2, 2020|1,200");
	row(tables_rows(&fr, 0), 0, "Poire|2 janvier 2020|1\xE2\x80\xAF" "200");
	row(tables_rows(&fr, 0), 1, "Zebre|2021|3");
	world_close(&w);
}

static void
test_lists(void **state)
{
	struct tree *t = *state;
	struct world w;

	files(t);
	tree_put(t, "content/data/l.yaml", "translatable: [points]\ntypes: {c: code, d: country}\nitems:\n"
	    "- points: [Pear tree, Apple tree]\n  c: [A<, B]\n  d: [FR, SN]\n- points: One only\n  c: A\n- points: []\n  d: XQ\n");
	tree_put(t, "translations/fr/data/l.yaml", "segments:\n- source: Apple tree\n  target: Pommier\n");
	tree_put(t, "themes/default/data.html", "{{#data.l}}{{#has-points}}+{{/has-points}}{{#points}}_{{.}}_{{/points}}"
	    "{{#has-c}}+{{/has-c}}{{#c}}({{.}}){{/c}}{{#c-B}}B{{/c-B}}{{#d}}[{{.}}]{{/d}};{{/data.l}}\n");
	world_make(t, &w);
	says(t, &w, "en", "c.md", "+_Pear tree__Apple tree_+(<bdi dir=\"ltr\">A&lt;</bdi>)(<bdi dir=\"ltr\">B</bdi>)B[France][Senegal];"
	    "+_One only_+(<bdi dir=\"ltr\">A</bdi>);[XQ];\n");
	says(t, &w, "ar", "c.md", "+_<span lang=\"en\" dir=\"ltr\">Pear tree</span>__<span lang=\"fr\" dir=\"ltr\">Pommier</span>_"
	    "+(<bdi dir=\"ltr\">A&lt;</bdi>)(<bdi dir=\"ltr\">B</bdi>)B[فرنسا][السنغال];"
	    "+_<span lang=\"en\" dir=\"ltr\">One only</span>_+(<bdi dir=\"ltr\">A</bdi>);[XQ];\n");
	world_close(&w);
}

static void
test_refs(void **state)
{
	struct tree *t = *state;
	struct world w;

	files(t);
	tree_put(t, "content/data/cats.yaml", "translatable: [name]\ntypes: {n: number, mice: ref mice.id}\nitems:\n"
	    "- {n: 1, name: Tom, mice: [jerry, nibbles]}\n- {n: 2, name: Sylvester}\n- {n: 3, name: Felix, mice: jerry}\n");
	tree_put(t, "content/data/mice.yaml", "translatable: [name]\ntypes: {id: code, cats: ref cats.n}\nitems:\n"
	    "- {id: jerry, name: Jerry, cats: [3, 1]}\n- {id: nibbles, name: Nibbles, cats: []}\n");
	tree_put(t, "translations/fr/data/mice.yaml", "segments:\n- source: Jerry\n  target: Géri\n");
	tree_put(t, "themes/default/data.html",
	    "{{#data.cats}}{{name}}{{#has-mice}}:{{/has-mice}}{{#mice}} {{id}}={{name}}{{#has-cats}}!{{/has-cats}}{{#cats}}!{{/cats}}{{/mice}};{{/data.cats}}"
	    "{{#data.mice}}{{name}}{{#cats}} {{n}}={{name}}{{#mice}}!{{/mice}}{{/cats}};{{/data.mice}}\n");
	world_make(t, &w);
	says(t, &w, "en", "c.md", "Tom: <bdi dir=\"ltr\">jerry</bdi>=Jerry <bdi dir=\"ltr\">nibbles</bdi>=Nibbles;Sylvester;"
	    "Felix: <bdi dir=\"ltr\">jerry</bdi>=Jerry;Jerry 3=Felix 1=Tom;Nibbles;\n");
	says(t, &w, "fr", "c.md", "<span lang=\"en\">Tom</span>: <bdi dir=\"ltr\">jerry</bdi>=Géri <bdi dir=\"ltr\">nibbles</bdi>="
	    "<span lang=\"en\">Nibbles</span>;<span lang=\"en\">Sylvester</span>;<span lang=\"en\">Felix</span>: <bdi dir=\"ltr\">jerry</bdi>=Géri;"
	    "Géri 3=<span lang=\"en\">Felix</span> 1=<span lang=\"en\">Tom</span>;<span lang=\"en\">Nibbles</span>;\n");
	world_close(&w);
}

/* Ways from where the page stands, titles in its language; a page of one language, and one that is not published. */
static void
test_pages(void **state)
{
	struct tree *t = *state;
	struct world w;

	files(t);
	tree_put(t, "content/z.ar.md", "---\ntitle: Z\n---\nx\n");
	tree_put(t, "content/data/p.yaml", "types: {page: page, more: page}\nitems:\n"
	    "- {page: a/one.md}\n- {page: a/d.md#here}\n- {page: b.fr.md}\n- {page: z.ar.md}\n- {more: [c.md, a/one.md]}\n");
	tree_put(t, "themes/default/data.html", "{{#data.p}}{{#page}}<a href=\"{{href}}\">{{title}}</a>{{/page}}"
	    "{{#has-more}}+{{/has-more}}{{#more}} {{href}}{{/more}};{{/data.p}}\n");
	world_make(t, &w);
	says(t, &w, "en", "c.md", "<a href=\"a/one.html\">One</a>;<a href=\"a/d.html#here\">D</a>;<a href=\"../fr/b.html\">"
	    "<span lang=\"fr\">Seulement</span></a>;<a href=\"../ar/z.html\"><span lang=\"ar\" dir=\"rtl\">Z</span></a>;+ c.html a/one.html;\n");
	says(t, &w, "fr", "a/d.md", "<a href=\"one.html\">Un</a>;<a href=\"#here\"><span lang=\"en\">D</span></a>;"
	    "<a href=\"../b.html\">Seulement</a>;<a href=\"../../ar/z.html\"><span lang=\"ar\" dir=\"rtl\">Z</span></a>;+ ../c.html one.html;\n");
	w.survey->published[site_language(&w.site, VIEW("ar"))->index] = false;
	says(t, &w, "en", "c.md", "<a href=\"a/one.html\">One</a>;<a href=\"a/d.html#here\">D</a>;<a href=\"../fr/b.html\">"
	    "<span lang=\"fr\">Seulement</span></a>;;+ c.html a/one.html;\n");
	world_close(&w);
}

static void
test_dates(void **state)
{
	struct tree *t = *state;
	struct world w;

	files(t);
	tree_put(t, "content/data/s.yaml", "types: {begins: date}\ncompute: {due: begins - 21 days, later: due + 1 year}\nsort: due\nitems:\n"
	    "- begins: 2025-12-01\n- begins: 2024-03\n- begins: 2023-01-10\n- begins: ''\n");
	tree_put(t, "themes/default/data.html",
	    "{{#data.s}}{{begins}}|{{begins-iso}}|{{due}}|{{due-iso}}|{{later-iso}}{{^due}}-{{/due}};{{/data.s}}\n");
	world_make(t, &w);
	says(t, &w, "fr", "c.md", "mars 2024|2024-03|||-;||||-;10 janvier 2023|2023-01-10|20 décembre 2022|2022-12-20|2023-12-20;"
	    "1 décembre 2025|2025-12-01|10 novembre 2025|2025-11-10|2026-11-10;\n");
	tree_said(t, "");
	world_close(&w);
}

/* A partial line with conditions: the rows that fit, the other files as they are, nothing changed behind it. */
static void
test_parts(void **state)
{
	struct tree *t = *state;
	struct world w;

	files(t);
	tree_put(t, "themes/default/data.html", "");
	tree_put(t, "content/data/arts.yaml", "types: {n: number, part: code, tag: code, page: page, to: ref arts.n}\nitems:\n"
	    "- {n: 1, part: I, tag: [x, y], page: e.md#art-1}\n- {n: 2, part: I, tag: x, to: 1, page: c.md}\n- {n: 3, part: II, tag: [y, two words]}\n");
	tree_put(t, "themes/default/arts.html", "{{#data.arts}}{{n}}{{#anchor}}#{{anchor}}{{/anchor}} {{/data.arts}}{{#data.things}}{{name}} {{/data.things}}\n");
	tree_put(t, "content/e.md", "---\ntitle: E\n---\n{{> arts part=I}}\n\n{{> arts tag=y}}\n\n{{> arts part=II tag=two words}}\n\n"
	    "{{> arts to=1}}\n\n{{> arts}}\n\n[here](#art-1)\n");
	world_make(t, &w);
	tree_said(t, "");
	says(t, &w, "en", "e.md", "<title>E</title>E|1#art-1 2 Apple Pear \n1#art-1 3 Apple Pear \n3 Apple Pear \n2 Apple Pear \n1#art-1 2 3 Apple Pear \n"
	    "<p><a href=\"#art-1\">here</a></p>\n|Skip|{n} things\n");
	world_close(&w);
}

static void
test_counts(void **state)
{
	struct tree *t = *state;
	struct world w;

	files(t);
	tree_put(t, "content/data/st.yaml", "types: {day: date, region: code, kind: code}\ncounts:\n"
	    "- {name: by-year, of: day, where: kind=p, running: true}\n- {name: each, of: day}\n- {name: by-region, of: region}\n- {name: none, of: day, where: kind=q}\n"
	    "items:\n- {day: 2001-05-01, region: africa, kind: p}\n- {day: 2003, region: [asia, africa], kind: p}\n"
	    "- {day: 1999, region: asia, kind: s}\n- {day: 2003-02, region: africa, kind: p}\n- {day: '', kind: p}\n");
	tree_put(t, "themes/default/data.html", "{{#counts.by-year}}{{key}} {{label}} {{value}} {{value-number}} {{share}} {{at}} {{width}}"
	    "{{#first}} first{{/first}}{{#last}} last{{/last}};{{/counts.by-year}}\n"
	    "{{#counts.each}}{{value-number}}{{#fifth}}!{{/fifth}}{{/counts.each}}\n"
	    "{{#counts.by-region}}{{label}}{{#key-asia}}*{{/key-asia}} {{value}} {{share}};{{/counts.by-region}}\n"
	    "{{#counts.has-by-region}}+{{/counts.has-by-region}}{{^counts.has-none}}-{{/counts.has-none}}{{#counts.none}}x{{/counts.none}}\n");
	world_make(t, &w);
	tree_said(t, "");
	says(t, &w, "en", "c.md", "2001 2001 1 1 33.3 0 33.333 first;2002 2002 1 1 33.3 33.333 33.333;2003 2003 3 3 100 66.667 33.333 last;\n"
	    "10!102\n<bdi dir=\"ltr\">africa</bdi> 3 100;<bdi dir=\"ltr\">asia</bdi>* 2 66.7;\n+-\n");
	says(t, &w, "ar", "c.md", "2001 ٢٠٠١ ١ 1 33.3 0 33.333 first;2002 ٢٠٠٢ ١ 1 33.3 33.333 33.333;2003 ٢٠٠٣ ٣ 3 100 66.667 33.333 last;\n"
	    "10!102\n<bdi dir=\"ltr\">africa</bdi> ٣ 100;<bdi dir=\"ltr\">asia</bdi>* ٢ 66.7;\n+-\n");
	world_close(&w);
}

/* Rows by number: not as text would be. */
static void
test_sort(void **state)
{
	struct tree *t = *state;
	struct world w;

	files(t);
	tree_put(t, "content/data/n.yaml", "types: {n: number}\nsort: n\nitems: [{n: 10}, {n: 9}, {n: -3}, {n: 1000}, {n: 9.5}]\n");
	tree_put(t, "content/data/o.yaml", "sort: n\nitems: [{n: [b, c]}, {n: a}]\n");
	tree_put(t, "themes/default/data.html", "{{#data.n}}{{n}} {{/data.n}}{{#data.o}}{{#n}}{{.}}{{/n}} {{/data.o}}\n");
	world_make(t, &w);
	says(t, &w, "en", "c.md", "-3 9 9.5 10 1,000 bc a \n");
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_tables, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_lists, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_refs, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_pages, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_dates, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_parts, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_counts, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_sort, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
