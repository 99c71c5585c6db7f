/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of job/exchange: stamps, matching, three-way merging, what is written; tests/golden/exchange.bats has the commands. */
#include "world.h"

#include "job/exchange_parts.h"

static struct exchange *
open_french(struct tree *t, struct world *w)
{
	assert_true(world_load(w, &t->arena, view_str(t->folder), &t->diags));
	return exchange_open(&t->arena, w, site_language(&w->site, VIEW("fr")), &t->diags);
}

static struct exchange_item *
item(struct exchange *x, const char *context, const char *source)
{
	struct exchange_item *it = map_get(&x->by_key, exchange_key(x->arena, view_str(context), view_str(source)));

	assert_non_null(it);
	return it;
}

/* Imports the text of a file; the receipt goes to *r. */
static void
import(struct tree *t, struct exchange *x, const char *name, const char *text, struct exchange_receipt *r)
{
	struct exchange_file f;

	assert_true(exchange_read(&t->arena, &f, view_str(name), view_str(text), VIEW_NONE, &t->diags));
	exchange_import(x, &f, r, &t->diags);
}

static void
assert_receipt(const struct exchange_receipt *r, size_t added, size_t changed, size_t unchanged, size_t refused,
    size_t conflicts)
{
	assert_int_equal(r->n[EXCHANGE_ADDED], added);
	assert_int_equal(r->n[EXCHANGE_CHANGED], changed);
	assert_int_equal(r->n[EXCHANGE_UNCHANGED], unchanged);
	assert_int_equal(r->n[EXCHANGE_REFUSED], refused);
	assert_int_equal(r->n[EXCHANGE_CONFLICT], conflicts);
}

static struct view
catalog_text(struct tree *t, const char *path)
{
	struct view text;

	assert_true(file_read(&t->root, &t->arena, view_str(path), 1 << 20, &text, &t->diags));
	return text;
}

static bool
has(struct view text, const char *needle)
{
	return view_search(text, view_str(needle)) < text.n;
}

static void
test_stamp(void **state)
{
	static const char *const bad[] = { "", "x", "0123456789abcdef-0123456789abcdef-t-0123456", "0123456789abcdeg-0123456789abcdef-t-01234567",
		"0123456789abcdef-0123456789abcdef-x-01234567", "0123456789abcdef-0123456789abcdef-t-01234567x",
		"0123456789abcdef 0123456789abcdef-t-01234567", "0123456789abcdef-0123456789abcdef-", "0123456789abcdef-0123456789abcdef--0123456" };
	struct tree *t = *state;
	struct exchange_stamp s;
	struct exchange_item it = { .context = VIEW("a.md"), .source = VIEW("One"), .target = VIEW("Un"), .state = STATE_DRAFT,
		.outdated = true, .note = VIEW("n") };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(exchange_stamp_read(view_str(bad[i]), &s));
	assert_true(exchange_stamp_read(exchange_stamp(&t->arena, &it, true), &s));
	assert_true(view_eq(s.ident, exchange_ident(&t->arena, it.context, it.source)));
	assert_true(s.target == exchange_target_digest(it.target));
	assert_true(s.note == exchange_note_digest(it.note));
	assert_int_equal(s.state, STATE_DRAFT);
	assert_true(s.outdated && s.conflict && !s.missing);
	it = (struct exchange_item){ .context = VIEW("a.md"), .source = VIEW("One"), .state = STATE_TRANSLATED };
	assert_true(exchange_stamp_read(exchange_stamp(&t->arena, &it, false), &s));
	assert_true(s.missing && !s.outdated && !s.conflict);
}

static void
test_items(void **state)
{
	struct tree *t = *state;
	struct world w;
	struct exchange *x;
	struct exchange_counts c;
	const struct exchange_item *it;

	world_files(t);
	tree_put(t, "content/a/two.md", "---\ntitle: Two\norder: 1\n---\nTwo.\n\nTwo.\n\nThree.\n\nThree.\n");
	tree_put(t, "translations/fr/a/two.yaml", "segments:\n- source: Two.\n  target: Deux.\n- source: Two.\n  target: Les deux.\n"
	    "- source: Long gone\n  target: Parti\nunused:\n- source: Two.\n  context: x\n  target: Autre\n");
	x = open_french(t, &w);
	it = item(x, "a/one.md", "First text here.");
	assert_int_equal(it->state, STATE_MACHINE);
	it = item(x, "a/one.md", "Second text here.[^n]");
	assert_true(it->outdated);
	assert_true(view_is(it->was, "Old."));
	assert_true(view_is(item(x, "a/two.md", "Two.")->target, "Deux."));
	assert_true(view_is(item(x, "a/two.md##2", "Two.")->target, "Les deux."));
	assert_null(map_get(&x->by_key, exchange_key(x->arena, VIEW("a/two.md##2"), VIEW("Three."))));
	assert_null(item(x, "a/two.md", "Long gone")->segment);
	assert_null(item(x, "a/two.md#x", "Two.")->segment);
	assert_true(view_is(item(x, "interface.yaml#one", "{n} things")->target, "{n} chose"));
	assert_true(view_is(item(x, "interface.yaml#other", "{n} things")->target, "{n} choses"));
	assert_true(view_is(item(x, "data/things.yaml", "Pear")->target, "Poire"));
	c = exchange_counts(x);
	assert_int_equal(c.unused, 2);
	assert_int_equal(c.fuzzy, 2);
	assert_true(c.translated > 6 && c.untranslated > 3);
	world_close(&w);
}

/* A page of one language is nobody's to translate. */
static void
test_versions(void **state)
{
	struct tree *t = *state;
	struct world w;
	struct exchange *x;

	world_files(t);
	tree_put(t, "content/a/two.fr.md", "---\ntitle: Deux\n---\nDeux.\n");
	x = open_french(t, &w);
	assert_null(map_get(&x->by_key, exchange_key(x->arena, VIEW("a/two.md"), VIEW("Two."))));
	assert_null(map_get(&x->by_key, exchange_key(x->arena, VIEW("b.fr.md"), VIEW("Texte."))));
	world_close(&w);
}

static void
test_nothing(void **state)
{
	struct tree *t = *state;
	struct exchange_receipt r;
	struct world w;
	struct exchange *x;
	struct buf b;

	world_files(t);
	x = open_french(t, &w);
	buf_init(&b);
	exchange_po(x, &b);
	import(t, x, "fr.po", b.p, &r);
	assert_receipt(&r, 0, 0, x->items.n, 0, 0);
	buf_clear(&b);
	exchange_csv(x, &b);
	import(t, x, "fr.csv", b.p, &r);
	assert_receipt(&r, 0, 0, x->items.n, 0, 0);
	for (size_t i = 0; i < x->units.n; i++)
		assert_null((*LIST_AT(&x->units, struct exchange_unit *, i))->patch);
	assert_int_equal(t->diags.list.n, 0);
	assert_true(exchange_write(x, &t->diags));
	buf_release(&b);
	world_close(&w);
}

static void
test_without_stamp(void **state)
{
	struct tree *t = *state;
	struct exchange_receipt r;
	struct world w;
	struct exchange *x;
	struct view text;

	world_files(t);
	x = open_french(t, &w);
	/* added; machine text replaced; a person's text stays, as a conflict; unknown; a note */
	import(t, x, "fr.po", "msgctxt \"a/two.md\"\nmsgid \"Two.\"\nmsgstr \"Deux.\"\n\n"
	    "msgctxt \"a/one.md\"\nmsgid \"First text here.\"\nmsgstr \"Un texte.\"\n\n"
	    "msgid \"One\"\nmsgstr \"L'un\"\n\nmsgid \"Nothing\"\nmsgstr \"Rien\"\n\n"
	    "# why?\nmsgctxt \"index.md\"\nmsgid \"Home\"\nmsgstr \"\"\n", &r);
	assert_receipt(&r, 1, 2, 0, 1, 1);
	assert_true(has(r.conflicts, "msgstr \"L'un\""));
	assert_false(has(r.conflicts, "Deux"));
	assert_true(exchange_write(x, &t->diags));
	text = catalog_text(t, "translations/fr/a/two.yaml");
	assert_true(view_starts(text, "page: a/two.md\nsegments:\n"));
	assert_true(has(text, "- source: |\n    Two.\n  target: |\n    Deux.\n"));
	text = catalog_text(t, "translations/fr/a/one.yaml");
	assert_true(view_starts(text, "segments:\n- source: One\n  target: Un\n  state: reviewed\n- source: First text here.\n"));
	assert_true(has(text, "Un texte.\n"));
	assert_false(has(text, "machine"));
	assert_true(has(text, "  was: Old.\n"));
	assert_true(has(catalog_text(t, "translations/fr/index.yaml"), "  note: |\n    why?\n"));
	world_close(&w);
}

static void
test_outdated(void **state)
{
	struct tree *t = *state;
	struct exchange_receipt r;
	struct world w;
	struct exchange *x;
	struct view text;

	world_files(t);
	x = open_french(t, &w);
	/* the older source's translation is corrected: it stays outdated */
	import(t, x, "fr.yaml", "page: a/one.md\nsegments:\n- source: Old.\n  base: Second texte ici.[^n]\n  target: Vieux.\n", &r);
	assert_receipt(&r, 0, 1, 0, 0, 0);
	assert_true(item(x, "a/one.md", "Second text here.[^n]")->outdated);
	exchange_write(x, &t->diags);
	assert_true(has(catalog_text(t, "translations/fr/a/one.yaml"), "was: Old.\n"));
	world_close(&w);
	/* and the new one translates what is there now */
	x = open_french(t, &w);
	import(t, x, "fr.yaml", "page: a/one.md\nsegments:\n- source: Second text here.[^n]\n  base: Vieux.\n  target: Ici.[^n]\n", &r);
	assert_receipt(&r, 0, 1, 0, 0, 0);
	exchange_write(x, &t->diags);
	text = catalog_text(t, "translations/fr/a/one.yaml");
	assert_false(has(text, "was:"));
	assert_true(has(text, "Ici.[^n]\n"));
	world_close(&w);
}

/* Its mark says "not sure", and the entry is outdated: but only the new source has the footnote, so the text is for the new one. */
static void
test_outdated_new_lock(void **state)
{
	struct tree *t = *state;
	struct exchange_receipt r;
	struct world w;
	struct exchange *x;

	world_files(t);
	x = open_french(t, &w);
	import(t, x, "fr.yaml", "page: a/one.md\nsegments:\n- source: Second text here.[^n]\n  base: Second texte ici.[^n]\n"
	    "  target: Ici.[^n]\n  state: machine\n", &r);
	assert_receipt(&r, 0, 1, 0, 0, 0);
	exchange_write(x, &t->diags);
	assert_false(has(catalog_text(t, "translations/fr/a/one.yaml"), "was: Old.\n"));
	world_close(&w);
}

static void
test_plural(void **state)
{
	struct tree *t = *state;
	struct exchange_receipt r;
	struct world w;
	struct exchange *x;
	struct view text;

	world_files(t);
	x = open_french(t, &w);
	import(t, x, "fr.po", "msgctxt \"interface.yaml#many\"\nmsgid \"{n} things\"\nmsgstr \"{n} de choses\"\n\n"
	    "msgctxt \"interface.yaml#one\"\nmsgid \"{n} things\"\nmsgstr \"une chose\"\n\n"
	    "msgctxt \"interface.yaml#other\"\nmsgid \"{n} things\"\nmsgstr \"choses\"\n", &r);
	/* without a stamp a person's forms stay; the number may be left out of `one` but not of `other` */
	assert_receipt(&r, 1, 0, 0, 1, 1);
	exchange_write(x, &t->diags);
	text = catalog_text(t, "translations/fr/interface.yaml");
	assert_true(has(text, "{n} de choses"));
	assert_true(has(text, "{n} chose\n") && has(text, "{n} choses\n"));
	world_close(&w);
}

/* A plural in a file of the translation desk: forms below `target`, what the translator saw below `base`. */
static void
test_plural_desk(void **state)
{
	struct tree *t = *state;
	struct exchange_receipt r;
	struct world w;
	struct exchange *x;
	struct view text;

	world_files(t);
	x = open_french(t, &w);
	import(t, x, "fr.yaml", "language: fr\nby: Ana\npage: interface\nsegments:\n- source: \"{n} things\"\n  by: Zoë\n"
	    "  base: {one: \"{n} chose\", other: \"{n} d'avant\"}\n  target:\n    many: \"{n} de choses\"\n    one: une chose\n"
	    "    other: \"{n} objets\"\n    two: [a]\n", &r);
	/* `one` is ours as it was seen, `other` is not; no form is a list */
	assert_receipt(&r, 1, 1, 0, 0, 1);
	exchange_write(x, &t->diags);
	text = catalog_text(t, "translations/fr/interface.yaml");
	assert_true(has(text, "{n} de choses\n") && has(text, "une chose\n") && has(text, "{n} choses\n"));
	assert_true(has(text, "Zoë") && !has(text, "Ana") && !has(text, "objets"));
	world_close(&w);
}

/* Files of the desk that are not as it saves them. */
static void
test_shapes(void **state)
{
	struct tree *t = *state;
	struct exchange_receipt r;
	struct exchange_file f;
	struct world w;
	struct exchange *x;

	world_files(t);
	x = open_french(t, &w);
	import(t, x, "fr.yaml", "page: a/two\nsegments:\n- text\n- target: Rien\n- source: Two.\n  target: Deux.\n", &r);
	assert_receipt(&r, 1, 0, 0, 0, 0);
	assert_int_equal(diags_count(&t->diags, DIAG_ERROR), 2);
	import(t, x, "fr.yaml", "catalogs:\n- page: a/two.md\n  segments: []\n- page: data/things\n  segments:\n"
	    "  - {source: Pear, target: La poire, base: Poire}\n- text\n", &r);
	assert_receipt(&r, 0, 1, 0, 0, 0);
	assert_int_equal(diags_count(&t->diags, DIAG_ERROR), 2);
	assert_false(exchange_read(&t->arena, &f, VIEW("fr.yaml"), VIEW("catalogs: none\n"), VIEW_NONE, &t->diags));
	assert_false(exchange_read(&t->arena, &f, VIEW("fr.csv"), VIEW(""), VIEW_NONE, &t->diags));
	assert_int_equal(diags_count(&t->diags, DIAG_ERROR), 4);
	world_close(&w);
}

/* A file whose name tells nothing is known by its text. */
static void
test_kind(void **state)
{
	static const struct { const char *name, *text; enum exchange_kind kind; } all[] = {
		{ "a.po", "msgid \"Two.\"\nmsgstr \"Deux.\"\n", EXCHANGE_PO }, { "a.pot", "msgid \"a\"\nmsgstr \"b\"\n", EXCHANGE_PO },
		{ "fr", "msgid \"Two.\"\nmsgstr \"Deux.\"\n", EXCHANGE_PO }, { "fr.txt", "#\nmsgid \"Two.\"\nmsgstr \"\"\n", EXCHANGE_PO },
		{ "fr.txt", "page: a\nsegments:\n- source: a\n", EXCHANGE_YAML }, { "a.yml", "segments: []\n", EXCHANGE_YAML },
		{ "fr.txt", "source,target\nTwo.,Deux.\n", EXCHANGE_CSV }, { "a.tsv", "source\ttarget\nTwo.\tDeux.\n", EXCHANGE_CSV },
	};
	struct tree *t = *state;
	struct exchange_file f;

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		assert_true(exchange_read(&t->arena, &f, view_str(all[i].name), view_str(all[i].text), VIEW_NONE, &t->diags));
		assert_int_equal(f.kind, all[i].kind);
	}
	assert_int_equal(t->diags.list.n, 0);
	for (size_t i = 0; i < 4; i++) {
		static const char *const others[] = { "PK\3\4rest", "\n<!DOCTYPE html>", "<!doctype html>", "<html>" };

		assert_false(exchange_read(&t->arena, &f, VIEW("a.yaml"), view_str(others[i]), VIEW_NONE, &t->diags));
	}
	assert_int_equal(t->diags.list.n, 4);
}

/* Links as other programs have them, and numbers of our own. */
static void
test_open_form(void **state)
{
	struct tree *t = *state;
	struct exchange_receipt r;
	struct world w;
	struct exchange *x;

	world_files(t);
	tree_put(t, "content/index.md", "---\ntitle: Home\n---\nHello *dear* [you](a/one.md), see [<b>](https://x.example/).\n");
	x = open_french(t, &w);
	import(t, x, "fr.po", "msgid \"Hello _dear_ [you](a/one.md), see [\\\\<b>](https://x.example/).\"\n"
	    "msgstr \"Bonjour [vous](a/one.md) et [b](https://x.example/)\"\n", &r);
	assert_receipt(&r, 1, 0, 0, 0, 0);
	exchange_write(x, &t->diags);
	assert_true(has(catalog_text(t, "translations/fr/index.yaml"), "Bonjour [vous][1] et [b][2]\n"));
	/* another address is another text */
	import(t, x, "fr.po", "msgid \"Hello _dear_ [you](a/two.md), see [\\\\<b>](https://x.example/).\"\nmsgstr \"x\"\n", &r);
	assert_receipt(&r, 0, 0, 0, 1, 0);
	world_close(&w);
}

/* Other programs have the whole picture where we have its words. */
static void
test_picture(void **state)
{
	struct tree *t = *state;
	struct exchange_receipt r;
	struct exchange *x;
	struct world w;

	world_files(t);
	tree_put(t, "content/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"20\"/>");
	tree_put(t, "content/a/l.md", "---\ntitle: L\n---\n![A *door*](../p.svg \"T\")\n\n![A gate](../p.svg)\n\nIn ![line](../p.svg) here.\n");
	x = open_french(t, &w);
	import(t, x, "a.po", "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"
	    "msgid \"![A door](../p.svg)\"\nmsgstr \"![Une porte](../p.svg \\\"X\\\")\"\n\n"
	    "msgid \"![A gate](../p.svg)\"\nmsgstr \"![Un portail](../evil.svg)\"\n\n"
	    "msgid \"In ![line](../p.svg) here.\"\nmsgstr \"Ici ![en ligne](../p.svg).\"\n", &r);
	assert_receipt(&r, 2, 0, 0, 1, 0);
	assert_true(view_is(item(x, "a/l.md", "A door")->target, "Une porte"));
	assert_true(view_is(item(x, "a/l.md", "A gate")->target, ""));
	assert_true(view_is(item(x, "a/l.md", "In ![line][1] here.")->target, "Ici ![en ligne][1]."));
	tree_said(t, "a.po:7:1 import-refused it is not the picture of its source\n");
	/* another picture with the same words is not it; our own form goes on to work */
	import(t, x, "b.po", "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"
	    "msgid \"![A gate](../q.svg)\"\nmsgstr \"![Un portail](../q.svg)\"\n\n"
	    "msgid \"A gate\"\nmsgstr \"Un portail\"\n\nmsgid \"![A door](../p.svg)\"\nmsgstr \"\"\n", &r);
	assert_receipt(&r, 1, 0, 1, 1, 0);
	tree_said(t, "b.po:4:1 import-unknown ![A gate](../q.svg)\n");
	assert_true(view_is(item(x, "a/l.md", "A gate")->target, "Un portail"));
	world_close(&w);
}

static void
test_language(void **state)
{
	struct tree *t = *state;
	struct world w;

	world_files(t);
	open_french(t, &w);
	assert_ptr_equal(exchange_language(&w.site, &t->arena, VIEW("fr_FR.UTF-8")), site_language(&w.site, VIEW("fr")));
	assert_ptr_equal(exchange_language(&w.site, &t->arena, VIEW("ar")), site_language(&w.site, VIEW("ar")));
	assert_null(exchange_language(&w.site, &t->arena, VIEW("../fr")));
	assert_null(exchange_language(&w.site, &t->arena, VIEW("de")));
	assert_null(exchange_language(&w.site, &t->arena, VIEW("")));
	world_close(&w);
}

/* A catalog that cannot be read is not overwritten. */
static void
test_broken(void **state)
{
	struct tree *t = *state;
	struct exchange_receipt r;
	struct world w;
	struct exchange *x;

	world_files(t);
	tree_put(t, "translations/fr/a/two.yaml", "segments: [\n");
	x = open_french(t, &w);
	import(t, x, "fr.po", "msgctxt \"a/two.md\"\nmsgid \"Two.\"\nmsgstr \"Deux.\"\n", &r);
	assert_receipt(&r, 0, 0, 0, 1, 0);
	assert_true(exchange_write(x, &t->diags));
	assert_true(view_is(catalog_text(t, "translations/fr/a/two.yaml"), "segments: [\n"));
	world_close(&w);
}

/* Words for states: what is none is said and makes a draft, and nobody from outside makes a text reviewed. */
static void
test_states(void **state)
{
	struct tree *t = *state;
	struct exchange_receipt r;
	struct world w;
	struct exchange *x;

	world_files(t);
	x = open_french(t, &w);
	import(t, x, "fr.yaml", "page: a/one.md\nsegments:\n- source: One\n  base: Un\n  target: L'un\n  state: odd\n"
	    "- source: First text here.\n  base: Premier texte ici.\n  target: Un texte.\n  state: reviewed\n", &r);
	assert_receipt(&r, 0, 2, 0, 0, 0);
	tree_said(t, "fr.yaml:5:1 catalog-state odd\n");
	assert_int_equal(item(x, "a/one.md", "One")->state, STATE_DRAFT);
	assert_int_equal(item(x, "a/one.md", "First text here.")->state, STATE_TRANSLATED);
	world_close(&w);
	/* the same in a table; a word at a text that did not change says something only of the state */
	x = open_french(t, &w);
	import(t, x, "fr.csv", "context,source,target,state\ndata/things.yaml,Pear,Poire,odd\na/two.md,Two.,Deux.,outdated\n"
	    "index.md,Home,Accueil,reviewed\na/one.md,First text here.,Premier texte ici.,draft\n", &r);
	assert_receipt(&r, 2, 1, 1, 0, 0);
	tree_said(t, "fr.csv:2:1 catalog-state odd\nfr.csv:2:1 import-doubt\n");
	assert_int_equal(item(x, "data/things.yaml", "Pear")->state, STATE_TRANSLATED);
	assert_int_equal(item(x, "a/one.md", "First text here.")->state, STATE_DRAFT);
	exchange_write(x, &t->diags);
	/* there is no older text that it could be of */
	assert_false(has(catalog_text(t, "translations/fr/a/two.yaml"), "was:"));
	assert_true(view_ends(catalog_text(t, "translations/fr/index.yaml"), "    Home\n  target: |\n    Accueil\nunused: []\n"));
	world_close(&w);
}

/* Marks of other programs: footnotes, headings, titles with signs; a text that is the same but for its marks; a note on both sides. */
static void
test_other_marks(void **state)
{
	struct tree *t = *state;
	struct exchange_receipt r;
	struct world w;
	struct exchange *x;
	struct view text;

	world_files(t);
	tree_put(t, "content/a/s.md", "---\ntitle: Two * three [x]\n---\nGo *now*.[^n]\n\nOn [you](one.md) and *off*.\n\n## Part *two*\n\n[^n]: Note.\n");
	tree_put(t, "translations/fr/a/s.yaml", "segments:\n- source: On [you][1] and *off*.\n  note: ours\n  target: Sur [vous][1].\n");
	x = open_french(t, &w);
	import(t, x, "fr.po", "msgid \"Go _now_.[^n]\"\nmsgstr \"Allez.[^n]\"\n\n"
	    "msgid \"On [you](one.md) and _off_.\"\nmsgstr \"Sur [vous](one.md).\"\n\n"
	    "msgid \"## Part _two_\"\nmsgstr \"## Partie *deux*\"\n\nmsgid \"Go [^n\"\nmsgstr \"x\"\n\n"
	    "msgid \"# Two * three [x]\"\nmsgstr \"# Deux * trois [x]\"\n", &r);
	assert_receipt(&r, 3, 0, 1, 1, 0);
	tree_said(t, "fr.po:10:1 import-unknown Go [^n\n");
	import(t, x, "fr.po", "# theirs\nmsgctxt \"a/s.md\"\nmsgid \"On [you][1] and *off*.\"\nmsgstr \"Sur [vous][1].\"\n\n", &r);
	assert_receipt(&r, 0, 1, 0, 0, 0);
	exchange_write(x, &t->diags);
	text = catalog_text(t, "translations/fr/a/s.yaml");
	assert_true(has(text, "    Two * three [x]\n  target: |\n    Deux * trois [x]\n"));
	assert_true(has(text, "    Go *now*.[^n]\n  target: |\n    Allez.[^n]\n"));
	assert_true(has(text, "    Part *two*\n  target: |\n    Partie *deux*\n"));
	/* neither note is lost */
	assert_true(has(text, "# theirs\n- source: On [you][1] and *off*.\n  note: ours\n  target: Sur [vous][1].\n"));
	world_close(&w);
}

/* What is not a picture, or more than the one, is not taken for the words of a picture. */
static void
test_no_picture(void **state)
{
	struct tree *t = *state;
	struct exchange_receipt r;
	struct world w;
	struct exchange *x;

	world_files(t);
	tree_put(t, "content/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"20\"/>");
	tree_put(t, "content/a/l.md", "---\ntitle: L\n---\n![A door](../p.svg)\n\n![A gate](../p.svg)\n\n![A wall](../p.svg)\n\n![A roof](../p.svg)\n");
	x = open_french(t, &w);
	import(t, x, "a.po", "msgid \"![A door](../p.svg)\"\nmsgstr \"Une porte\"\n\n"
	    "msgid \"![A gate](../p.svg)\"\nmsgstr \"![Un portail](../p.svg) a\"\n\n"
	    "msgid \"![A wall](../p.svg)\"\nmsgstr \"![](../p.svg)\"\n\nmsgid \"![A roof](../p.svg)\"\nmsgstr \"*Un toit*\"\n", &r);
	assert_receipt(&r, 0, 0, 1, 3, 0);
	tree_said(t, "a.po:1:1 import-refused it is not the picture of its source\na.po:4:1 import-refused it is not the picture of its source\n"
	    "a.po:10:1 import-refused it is not the picture of its source\n");
	world_close(&w);
}

static void
test_marks(void **state)
{
	(void)state;
	assert_true(view_is(exchange_without_mark(VIEW("# A")), "A"));
	assert_true(view_is(exchange_without_mark(VIEW("###### A")), "A"));
	assert_true(view_is(exchange_without_mark(VIEW("####### A")), "####### A"));
	assert_true(view_is(exchange_without_mark(VIEW("## A b {#c}")), "A b"));
	assert_true(view_is(exchange_without_mark(VIEW("A {#b} c")), "A {#b} c"));
	assert_true(view_is(exchange_without_mark(VIEW("#A")), "#A"));
	assert_true(view_is(exchange_without_mark(VIEW("#")), "#"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, tree_setup, tree_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = { TEST(test_stamp), TEST(test_items), TEST(test_versions), TEST(test_nothing),
		TEST(test_without_stamp), TEST(test_outdated), TEST(test_outdated_new_lock), TEST(test_plural), TEST(test_plural_desk), TEST(test_shapes),
		TEST(test_kind), TEST(test_open_form), TEST(test_picture), TEST(test_language), TEST(test_broken), TEST(test_states), TEST(test_other_marks), TEST(test_no_picture), TEST(test_marks) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
