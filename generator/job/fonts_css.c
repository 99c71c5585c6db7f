/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The style sheets of the fonts, and the licences that go along. */
#include "job/fonts_parts.h"

/* How lines begin that fonts_face_in reads again. */
#define FACE "@font-face{font-family:"
#define LANGUAGE "html body:lang("

static void
put_face(struct buf *out, const struct fonts *f, const struct fonts_face *face, const char *suffix, struct view product, struct view range)
{
	buf_printf(out, FACE "wp-%.*s%s;src:url(%.*s) format(\"%s\");font-display:%s;unicode-range:%.*s}\n", VIEW_ARG(face->key),
	    suffix, VIEW_ARG(view_slice(product, strlen("assets/"), product.n)), f->packed ? "woff2" : "truetype",
	    face->spare && !*suffix ? "optional" : "swap", VIEW_ARG(range));
}

/* On a page in the language, and for its words elsewhere. For its name a few letters do: a file, asked for when the menu of languages opens. A list
 * that is always open would ask for all files at once: it waits for the sheet that has them inside. */
static void
put_language(struct buf *out, const struct language *l, const struct fonts_face *face, bool named)
{
	struct view tag = l->lang->tag, key = face->key;

	buf_printf(out, LANGUAGE "%.*s){--script:wp-%.*s}\n", VIEW_ARG(tag), VIEW_ARG(key));
	buf_printf(out, LANGUAGE "%.*s),:root [lang=\"%.*s\"]{font-family:wp-%.*s,var(--sans,sans-serif)}\n", VIEW_ARG(tag),
	    VIEW_ARG(tag), VIEW_ARG(key));
	if (!named)
		return;
	buf_printf(out, ":root a[hreflang=\"%.*s\"]{font-family:var(--sans,sans-serif)}\n", VIEW_ARG(tag));
	buf_printf(out, ":root details a[hreflang=\"%.*s\"]{font-family:wp-%.*s-name,var(--sans,sans-serif)}\n", VIEW_ARG(tag),
	    VIEW_ARG(key));
}

static const char sheet_head[] = "/* Made by Waypost of the texts of this site. The licences of the fonts are in fonts/licence.txt. */\n";

void
fonts_css(const struct fonts *f, const struct fonts_made *made, struct buf *out)
{
	buf_puts(out, sheet_head);
	for (size_t i = 0; i < f->faces.n; i++) {
		const struct fonts_face *face = LIST_AT(&f->faces, struct fonts_face, i);

		if (made[i].there)
			put_face(out, f, face, "", face->product, made[i].range);
		if (made[i].there && made[i].names_range.n)
			put_face(out, f, face, "-name", face->names, made[i].names_range);
	}
	/* words of other languages on these pages, with the page's font for a letter of its own; the theme's sheet comes behind and may differ */
	buf_puts(out, "[lang]{font-family:var(--sans,sans-serif),var(--script,sans-serif)}\n");
	for (size_t k = 0; k < f->world->site.nlanguages; k++) {
		int at = f->face_of[k];

		if (at >= 0 && made[at].there)
			put_language(out, f->world->site.languages[k], LIST_AT(&f->faces, struct fonts_face, at), made[at].names_range.n > 0);
	}
}

void
fonts_names_css(const struct fonts *f, const struct fonts_made *made, struct buf *out)
{
	buf_puts(out, sheet_head);
	for (size_t i = 0; i < f->faces.n; i++) {
		if (!made[i].there || made[i].names_range.n == 0)
			continue;
		buf_printf(out, "@font-face{font-family:wp-%.*s-list;src:url(data:font/%s;base64,",
		    VIEW_ARG(LIST_AT(&f->faces, struct fonts_face, i)->key), f->packed ? "woff2" : "ttf");
		buf_base64(out, made[i].names);
		buf_printf(out, ") format(\"%s\");unicode-range:%.*s}\n", f->packed ? "woff2" : "truetype", VIEW_ARG(made[i].names_range));
	}
	for (size_t k = 0; k < f->world->site.nlanguages; k++) {
		int at = f->face_of[k];

		if (at >= 0 && made[at].there && made[at].names_range.n)
			buf_printf(out, ":root a[hreflang=\"%.*s\"]{font-family:wp-%.*s-list,var(--sans,sans-serif)}\n",
			    VIEW_ARG(f->world->site.languages[k]->lang->tag), VIEW_ARG(LIST_AT(&f->faces, struct fonts_face, at)->key));
	}
}

bool
fonts_face_in(struct view css, struct view tag, struct fonts_face_said *said)
{
	struct view rest = css, line;

	*said = (struct fonts_face_said){ 0 };
	while (view_cut(&rest, '\n', &line)) {
		size_t key = view_search(line, VIEW("){--script:")) + strlen("){--script:");

		if (!view_starts(line, LANGUAGE) || key > line.n || !view_eq(view_slice(line, strlen(LANGUAGE), key - strlen("){--script:")), tag))
			continue;
		said->family = view_slice(line, key, line.n - 1);
		break;
	}
	for (rest = css; said->family.n && view_cut(&rest, '\n', &line);) {
		struct view behind = view_slice(line, strlen(FACE), line.n), file;

		if (!view_starts(line, FACE) || view_find(behind, ';') != said->family.n ||
		    !view_eq(view_slice(behind, 0, said->family.n), said->family))
			continue;
		file = view_slice(behind, said->family.n + strlen(";src:url("), behind.n);
		said->file = view_slice(file, 0, view_find(file, ')'));
		said->rule = line;
		return true;
	}
	return false;
}

/* The tag a rule of put_language is for; the empty view for other lines. */
static struct view
tag_of(struct view line)
{
	size_t at = view_search(line, VIEW("[lang=\"")) + 7;
	struct view rest = view_slice(line, at, line.n);

	if (rest.n == 0) {
		at = view_search(line, VIEW(":lang(")) + 6;
		rest = view_slice(line, at, line.n);
		return view_slice(rest, 0, view_find(rest, ')'));
	}
	return view_slice(rest, 0, view_find(rest, '"'));
}

/* "wp-ethi" behind what introduces it, up to the end of the name. */
static struct view
family_in(struct view line, struct view before)
{
	size_t at = view_search(line, before), n = 0;
	struct view rest = view_slice(line, at + before.n, line.n);

	while (n < rest.n && !strchr(",;}", rest.p[n]))
		n++;
	return view_slice(rest, 0, n);
}

void
fonts_css_some(struct view css, struct arena *a, const struct map *tags, struct buf *out)
{
	struct view rest = css, line, tag;
	struct map families;

	map_init(&families, a);
	while (view_cut(&rest, '\n', &line)) {
		tag = tag_of(line);
		if (tag.n && map_get(tags, tag))
			map_set(&families, family_in(line, VIEW("{font-family:")), &families);
	}
	for (rest = css; view_cut(&rest, '\n', &line);) {
		bool face = view_starts(line, "@font-face{"), name = view_search(line, VIEW("[hreflang=")) < line.n;

		tag = tag_of(line);
		if (line.n == 0 || view_starts(line, "/*") || name || (tag.n && !map_get(tags, tag)) ||
		    (face && !map_get(&families, family_in(line, VIEW("{font-family:")))))
			continue;
		buf_addv(out, line);
		buf_addc(out, '\n');
	}
}

static bool
is_ofl(struct view licence, struct view url)
{
	return view_search(licence, VIEW("Open Font License")) < licence.n || view_search(url, VIEW("OFL")) < url.n;
}

void
fonts_licence(const struct fonts *f, struct arena *a, struct buf *out)
{
	bool ofl = false;

	buf_puts(out, "The fonts in this folder are parts of these fonts, cut down to the letters that this site uses, under new names.\n");
	for (size_t i = 0; i < f->faces.n; i++) {
		const struct fonts_face *face = LIST_AT(&f->faces, struct fonts_face, i);
		struct view licence = font_text(face->font, FONT_LICENCE, a), url = font_text(face->font, FONT_LICENCE_URL, a);

		buf_printf(out, "\nwp-%.*s: %.*s\n%.*s\n", VIEW_ARG(face->key), VIEW_ARG(font_text(face->font, FONT_FAMILY, a)),
		    VIEW_ARG(font_text(face->font, FONT_COPYRIGHT, a)));
		if (is_ofl(licence, url)) {
			buf_puts(out, "SIL Open Font License, Version 1.1 (below)\n");
			ofl = true;
		} else {
			buf_printf(out, "%.*s\n%.*s\n", VIEW_ARG(licence), VIEW_ARG(url));
		}
	}
	if (ofl)
		buf_printf(out, "\n%s", fonts_ofl);
}
