/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which font a language gets: what language.yaml says, else the table of scripts that old devices have no font for. */
#include "job/fonts_parts.h"

#include "base/hash.h"

enum { FONT_MAX_BYTES = 64 << 20 };

/* Changes when subsets come out otherwise for the same font and texts. */
static const char recipe[] = "1";

/* One language before the script as a whole. usual: without a word in language.yaml. */
static const struct row {
	const char *script, *language, *key, *family;
	bool usual;
	const char *package;
} rows[] = {
	{ "Arab", "ur", "aran", "Noto Nastaliq Urdu", true, "fonts-noto-core" },
	{ "Aran", NULL, "aran", "Noto Nastaliq Urdu", true, "fonts-noto-core" },
	{ "Arab", "fa", "arab", "Noto Sans Arabic", false, "fonts-noto-core" },	/* Naskh has the Urdu shapes of 4, 6 and 7 */
	{ "Arab", NULL, "arab", "Noto Naskh Arabic", false, "fonts-noto-core" },
	{ "Armn", NULL, "armn", "Noto Sans Armenian", false, "fonts-noto-core" },
	{ "Geor", NULL, "geor", "Noto Sans Georgian", false, "fonts-noto-core" },
	{ "Hebr", NULL, "hebr", "Noto Sans Hebrew", false, "fonts-noto-core" },
	{ "Deva", NULL, "deva", "Noto Sans Devanagari", false, "fonts-noto-core" },
	{ "Thai", NULL, "thai", "Noto Sans Thai", false, "fonts-noto-core" },
	{ "Adlm", NULL, "adlm", "Noto Sans Adlam", true, "fonts-noto-core" },
	{ "Beng", NULL, "beng", "Noto Sans Bengali", true, "fonts-noto-core" },
	{ "Cakm", NULL, "cakm", "Noto Sans Chakma", true, "fonts-noto-core" },
	{ "Cans", NULL, "cans", "Noto Sans Canadian Aboriginal", true, "fonts-noto-core" },
	{ "Cher", NULL, "cher", "Noto Sans Cherokee", true, "fonts-noto-core" },
	{ "Ethi", NULL, "ethi", "Noto Sans Ethiopic", true, "fonts-noto-core" },
	{ "Gujr", NULL, "gujr", "Noto Sans Gujarati", true, "fonts-noto-core" },
	{ "Guru", NULL, "guru", "Noto Sans Gurmukhi", true, "fonts-noto-core" },
	{ "Khmr", NULL, "khmr", "Noto Sans Khmer", true, "fonts-noto-core" },
	{ "Knda", NULL, "knda", "Noto Sans Kannada", true, "fonts-noto-core" },
	{ "Laoo", NULL, "laoo", "Noto Sans Lao", true, "fonts-noto-core" },
	{ "Mlym", NULL, "mlym", "Noto Sans Malayalam", true, "fonts-noto-core" },
	{ "Mong", NULL, "mong", "Noto Sans Mongolian", true, "fonts-noto-core" },
	{ "Mtei", NULL, "mtei", "Noto Sans Meetei Mayek", true, "fonts-noto-core" },
	{ "Mymr", NULL, "mymr", "Noto Sans Myanmar", true, "fonts-noto-core" },
	{ "Nkoo", NULL, "nkoo", "Noto Sans NKo", true, "fonts-noto-core" },
	{ "Olck", NULL, "olck", "Noto Sans Ol Chiki", true, "fonts-noto-core" },
	{ "Orya", NULL, "orya", "Noto Sans Oriya", true, "fonts-noto-core" },
	{ "Rohg", NULL, "rohg", "Noto Sans Hanifi Rohingya", true, "fonts-noto-core" },
	{ "Sinh", NULL, "sinh", "Noto Sans Sinhala", true, "fonts-noto-core" },
	{ "Syrc", NULL, "syrc", "Noto Sans Syriac", true, "fonts-noto-core" },
	{ "Taml", NULL, "taml", "Noto Sans Tamil", true, "fonts-noto-core" },
	{ "Telu", NULL, "telu", "Noto Sans Telugu", true, "fonts-noto-core" },
	{ "Tfng", NULL, "tfng", "Noto Sans Tifinagh", true, "fonts-noto-core" },
	{ "Thaa", NULL, "thaa", "Noto Sans Thaana", true, "fonts-noto-core" },
	{ "Tibt", NULL, "tibt", "Noto Serif Tibetan", true, "fonts-noto-core" },
	{ "Yiii", NULL, "yiii", "Noto Sans Yi", true, "fonts-noto-core" },
};

/* Scripts whose letters devices since 2015 draw by themselves (lang_common). */
static bool
is_common(struct view script)
{
	static const char *const scripts[] = { "Arab", "Aran", "Armn", "Cyrl", "Deva", "Geor", "Grek", "Hans", "Hant", "Hebr", "Jpan", "Kore", "Latn",
		"Thai" };

	for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
		if (view_is(script, scripts[i]))
			return true;
	return false;
}

static const struct row *
row_of(const struct lang *l)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (view_is(l->script, rows[i].script) && (!rows[i].language || view_is(l->bare, rows[i].language)))
			return &rows[i];
	return NULL;
}

const char *
fonts_family(const struct lang *l)
{
	const struct row *row = row_of(l);

	return row ? row->family : NULL;
}

static struct view
theme_folder(const struct world *w)
{
	return view_printf(w->arena, "themes/%.*s/fonts", VIEW_ARG(w->site.theme));
}

static bool
may_be_handed_out(const struct font *font)
{
	static const char *const signs[] = { "Open Font License", "OFL", "Apache" };
	struct arena a;
	bool may = false;

	arena_init(&a);
	for (size_t i = 0; i < sizeof signs / sizeof *signs && !may; i++)
		for (int t = FONT_LICENCE; t <= FONT_LICENCE_URL && !may; t++) {
			struct view text = font_text(font, (enum font_text)t, &a);

			may = view_search(text, view_str(signs[i])) < text.n;
		}
	arena_release(&a);
	return may;
}

/* The face of this key, or with a tag behind it where another file has the key. */
static int
add_face(struct fonts *f, const struct language *l, const char *key, struct view file, struct view bytes, struct font *font)
{
	struct arena *a = f->world->arena;
	struct fonts_face *face;

	face = list_push(&f->faces, a);
	*face = (struct fonts_face){ .key = view_str(key), .file = file, .script = l->lang->script, .bytes = bytes, .font = font };
	for (size_t i = 0; i + 1 < f->faces.n; i++)
		if (view_eq(LIST_AT(&f->faces, struct fonts_face, i)->key, face->key))
			face->key = view_printf(a, "%s-%.*s", key, VIEW_ARG(l->folder));
	face->product = view_printf(a, "assets/fonts/%.*s.%s", VIEW_ARG(face->key), f->packed ? "woff2" : "ttf");
	face->names = view_printf(a, "assets/fonts/%.*s-name.%s", VIEW_ARG(face->key), f->packed ? "woff2" : "ttf");
	face->spare = is_common(face->script);
	face->digest = hash_bytes(bytes);
	face->digest = hash_more(face->digest, view_str(recipe));
	face->digest = hash_more(face->digest, view_str(font_version()));
	face->digest = hash_more(face->digest, face->product);
	return (int)f->faces.n - 1;
}

/* Opens what was read; a file that is there already for another language is that. */
static int
open_face(struct fonts *f, const struct language *l, const char *key, struct view file, struct view bytes, struct view family)
{
	struct world *w = f->world;
	bool own = view_starts(file, "themes/");
	struct font *font;

	for (size_t i = 0; i < f->faces.n; i++)
		if (view_eq(LIST_AT(&f->faces, struct fonts_face, i)->file, file) &&
		    view_eq(LIST_AT(&f->faces, struct fonts_face, i)->script, l->lang->script))
			return (int)i;
	font = font_open(bytes, family);
	if (!font) {
		diag(w->diags, font_file, own ? place_file(file) : l->font_place, file);
		return FONTS_LOST;
	}
	if (!own && !may_be_handed_out(font)) {
		diag(w->diags, font_licence, l->font_place, family, theme_folder(w));
		font_close(font);
		return FONTS_LOST;
	}
	return add_face(f, l, key, file, bytes, font);
}

static bool
is_file(struct view name)
{
	return view_ends(name, ".ttf") || view_ends(name, ".otf") || view_ends(name, ".ttc");
}

/* "khmr" of the script "Khmr". */
static const char *
lower(struct arena *a, struct view script)
{
	struct view v = view_copy(a, script);
	char *p = (char *)(uintptr_t)v.p;

	for (size_t i = 0; i < v.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] + ('a' - 'A'));
	return v.p;
}

/* What language.yaml names: a file of the theme or a family. */
static int
named_face(struct fonts *f, const struct language *l, struct fonts_folders *folders)
{
	struct world *w = f->world;
	const struct row *row = row_of(l->lang);
	const char *key = row ? row->key : lower(w->arena, l->lang->script);
	struct view file = view_join(w->arena, theme_folder(w), l->font), bytes;

	if (is_file(l->font)) {
		if (view_find(l->font, '/') == l->font.n &&
		    file_read_if(&w->site.root, w->arena, file, FONT_MAX_BYTES, &bytes, w->diags))
			return open_face(f, l, key, file, bytes, VIEW_NONE);
	} else if (fonts_folders_read(folders, l->font, &file, &bytes, w->diags)) {
		return open_face(f, l, key, file, bytes, l->font);
	}
	diag(w->diags, font_unknown, l->font_place, l->font, theme_folder(w));
	return FONTS_LOST;
}

static int
find_face(struct fonts *f, const struct language *l, struct fonts_folders *folders)
{
	const struct row *row = row_of(l->lang);
	struct world *w = f->world;
	struct view file, bytes;

	if (view_is(l->font, "none") || (l->font.n == 0 && !(row && row->usual)))
		return FONTS_NONE;
	if (l->font.n && !(view_is(l->font, "default") && row))
		return named_face(f, l, folders);
	if (fonts_folders_read(folders, view_str(row->family), &file, &bytes, w->diags))
		return open_face(f, l, row->key, file, bytes, view_str(row->family));
	diag(w->diags, font_missing, place_file(l->dir), view_str(row->family), view_str(row->package));
	return FONTS_LOST;
}

void
fonts_find(struct fonts *f, const bool *published)
{
	struct fonts_folders *folders = fonts_folders_open(f->world->arena, &f->outer);

	for (size_t k = 0; k < f->world->site.nlanguages; k++)
		f->face_of[k] = published[k] ? find_face(f, f->world->site.languages[k], folders) : FONTS_NONE;
}

/* "Noto Sans Ethiopic" to "Ethiopic" */
static struct view
without_foundry(struct view family)
{
	for (int words = 0; words < 2 && view_starts(family, words ? "S" : "Noto "); words++)
		family = view_slice(family, view_find(family, ' ') + 1, family.n);
	return family;
}

struct list
fonts_families(struct arena *a)
{
	struct list families = LIST_OF(struct fonts_family), outer = LIST_OF(struct view);
	struct fonts_folders *folders = fonts_folders_open(a, &outer);

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct fonts_family *f;

		if (!rows[i].usual || (i && strcmp(rows[i].family, rows[i - 1].family) == 0))
			continue;
		f = list_push(&families, a);
		*f = (struct fonts_family){ view_str(rows[i].family), view_str(rows[i].package),
			without_foundry(view_str(rows[i].family)), fonts_folders_has(folders, view_str(rows[i].family)) };
	}
	return families;
}
