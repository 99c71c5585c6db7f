/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pages of a book need: pictures, styles, fonts. */
#include "job/epub_parts.h"
#include "job/fonts.h"

#define FONTS_SHEET VIEW("assets/fonts.css")
#define FONTS_LICENCE VIEW("assets/fonts/licence.txt")

void
book_add(struct book *b, struct view name, struct view bytes)
{
	*(struct zip_entry *)list_push(&b->entries, b->arena) = (struct zip_entry){ .name = name, .bytes = bytes };
}

/* A file that package.opf names. */
static void
add_item(struct book *b, struct view path, const char *type, struct view bytes)
{
	book_add(b, view_join(b->arena, VIEW("EPUB"), path), bytes);
	*(struct book_item *)list_push(&b->items, b->arena) = (struct book_item){ .path = path, .type = type };
	map_set(&b->taken, path, b);
}

/* The kind of a picture that every reader must know; NULL for others. */
static const char *
picture_type(struct view path)
{
	static const char *const types[][2] = { { ".svg", "image/svg+xml" }, { ".png", "image/png" }, { ".jpg", "image/jpeg" },
		{ ".jpeg", "image/jpeg" }, { ".gif", "image/gif" } };

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (view_ends(path, types[i][0]))
			return types[i][1];
	return NULL;
}

/* A style sheet without what EPUB forbids in one (CSS-001): dir= and <bdi> say it already. */
static struct view
book_style(struct book *b, struct view css)
{
	static const char *const banned[] = { "direction:", "unicode-bidi:" };
	struct view kept;
	struct buf out;

	buf_init(&out);
	for (size_t i = 0; i < css.n;) {
		struct view rest = view_slice(css, i, css.n);
		size_t end = 0;

		for (size_t k = 0; k < 2 && i > 0 && strchr("{; \t\n", css.p[i - 1]); k++)
			while (view_starts(rest, banned[k]) && end < rest.n && rest.p[end] != '}' && rest.p[end] != ';')
				end++;
		end += end && end < rest.n && rest.p[end] == ';';
		if (end == 0)
			buf_addc(&out, css.p[i++]);
		i += end;
	}
	kept = view_copy(b->arena, view_buf(&out));
	buf_release(&out);
	return kept;
}

/* The bytes of a file of the site; false when it has none of that name. */
static bool
site_file(struct book *b, struct view path, struct view *bytes)
{
	const struct edition_file *f = edition_find(b->edition, path);

	return f && edition_bytes(b->edition, f, b->arena, bytes);
}

bool
book_take(struct book *b, struct view path)
{
	const char *type = picture_type(path);
	struct view bytes;

	if (map_get(&b->taken, path))
		return true;
	if ((!type && !view_ends(path, ".css")) || view_eq(path, FONTS_SHEET) || !site_file(b, path, &bytes))
		return false;
	add_item(b, path, type ? type : "text/css", type ? bytes : book_style(b, bytes));
	return true;
}

void
book_cover_picture(struct book *b)
{
	static const char *const names[] = { "files/cover.jpg", "files/cover.png", "assets/cover.jpg", "assets/cover.png", "assets/icon.svg" };

	for (size_t i = 0; i < sizeof names / sizeof *names && b->cover.n == 0; i++)
		if (book_take(b, view_str(names[i])))
			b->cover = view_str(names[i]);
}

void
book_fonts(struct book *b)
{
	const struct site *site = &b->edition->world->site;
	struct fonts_face_said face;
	struct view css, bytes, path;
	struct buf sheet;

	if (!site_file(b, FONTS_SHEET, &css))
		return;
	buf_init(&sheet);
	for (size_t k = 0; k < site->nlanguages; k++) {
		struct view tag = site->languages[k]->lang->tag;

		if (!map_get(&b->tags, tag) || !fonts_face_in(css, tag, &face))
			continue;
		path = view_join(b->arena, VIEW("assets"), face.file);
		if (!map_get(&b->taken, path)) {
			if (!site_file(b, path, &bytes))
				continue;
			add_item(b, path, view_ends(path, ".woff2") ? "font/woff2" : "font/ttf", bytes);
			buf_printf(&sheet, "%.*s\n", VIEW_ARG(face.rule));
		}
		buf_printf(&sheet, ":lang(%.*s){font-family:%.*s,serif}\n", VIEW_ARG(tag), VIEW_ARG(face.family));
	}
	if (sheet.n) {
		add_item(b, FONTS_SHEET, "text/css", view_copy(b->arena, view_buf(&sheet)));
		if (site_file(b, FONTS_LICENCE, &bytes))
			add_item(b, FONTS_LICENCE, "text/plain", bytes);
	}
	buf_release(&sheet);
}
