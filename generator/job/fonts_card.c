/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures that go along with shared links: mark, title and description of the site in each language. */
#include "base/hash.h"
#include "job/fonts_parts.h"

#include "format/canvas.h"
#include "job/assemble.h"

enum { WIDTH = 1200, HEIGHT = 630, RIM = 80, MARK = 150, BAR = 18, TITLE_MAX = 92, TITLE_MIN = 44, STEP = 8, LINES_MAX = 12, GAP = 20, TOP = RIM / 2,
	ROOM_TOP = TOP + MARK + RIM / 4, ROOM = HEIGHT - BAR - RIM / 4 - ROOM_TOP };
enum { GROUND, WHITE, WARM, SOFT };
#define ABOUT_SHARE 0.5f

/* The colours of the default theme, and how it marks the site. */
static const uint32_t colours[CANVAS_INKS] = { [GROUND] = 0x0f5066, [WHITE] = 0xffffff, [WARM] = 0xf6c28b, [SOFT] = 0xd5e5ea };
static const struct shape {
	unsigned ink;
	int n;
	float at[6][2];		/* in a square of 32 */
} mark[] = {
	{ WHITE, 4, { { 14.75f, 5.5f }, { 17.25f, 5.5f }, { 17.25f, 26.5f }, { 14.75f, 26.5f } } },
	{ WHITE, 5, { { 24, 16 }, { 10, 16 }, { 6, 19 }, { 10, 22 }, { 24, 22 } } },
	{ WARM, 5, { { 8, 8 }, { 22, 8 }, { 26, 11 }, { 22, 14 }, { 8, 14 } } },
};

/* For scripts that pages never get a font for. */
static const struct {
	const char *script, *file, *family;
} others[] = {
	{ "Latn", "Noto Sans", "Noto Sans" }, { "Cyrl", "Noto Sans", "Noto Sans" }, { "Grek", "Noto Sans", "Noto Sans" },
	{ "Hans", "Noto Sans CJK", "Noto Sans CJK SC" }, { "Hant", "Noto Sans CJK", "Noto Sans CJK TC" },
	{ "Jpan", "Noto Sans CJK", "Noto Sans CJK JP" }, { "Kore", "Noto Sans CJK", "Noto Sans CJK KR" },
};

/* A text in lines of pieces: some are drawn in the other font, for words in Latin letters. */
struct piece {
	struct view text;
	const struct font *font;
	float width;		/* in ems */
	size_t line;
};

struct block {
	struct piece *pieces;
	size_t n, lines;
	float size, above, below;	/* of a line, in pixels */
	struct view lang;
	bool rtl;
};

/* Where the lines of a glyph go. */
struct easel {
	struct canvas *canvas;
	float x, y, size;
};

static struct font *
read_font(struct fonts *f, struct fonts_folders *folders, const char *file, const char *family)
{
	struct file_facts facts;
	struct view bytes;

	if (!fonts_folders_map(folders, view_str(file), &bytes, &facts))
		return NULL;
	*(struct view *)list_push(&f->cards_bytes, f->world->arena) = bytes;
	f->cards_digest = hash_more(f->cards_digest, view_of((const char *)&facts, sizeof facts));
	return font_open(bytes, view_str(family));
}

void
fonts_cards_open(struct fonts *f, struct plan *p)
{
	struct world *w = f->world;
	struct fonts_folders *folders = fonts_folders_open(w->arena, &f->outer);

	f->cards_bytes = LIST_OF(struct view);
	f->cards = arena_array(w->arena, w->site.nlanguages, sizeof *f->cards);
	w->cards = arena_array(w->arena, w->site.nlanguages, sizeof *w->cards);
	f->latin = read_font(f, folders, others[0].file, others[0].family);
	for (size_t k = 0; k < w->site.nlanguages; k++) {
		const struct language *l = w->site.languages[k];
		const char *family = p->languages[k] ? fonts_family(l->lang) : NULL;

		if (p->languages[k] && family)
			f->cards[k] = read_font(f, folders, family, family);
		for (size_t i = 0; i < sizeof others / sizeof *others && p->languages[k]; i++)
			if (view_is(l->lang->script, others[i].script))
				f->cards[k] = read_font(f, folders, others[i].file, others[i].family);
		w->cards[k] = f->cards[k] != NULL;
		if (w->cards[k])
			plan_add(p, w, assemble_card(w->arena, l), w->site.file);
	}
}

uint64_t
fonts_cards_digest(const struct fonts *f)
{
	return f->cards_digest;
}

void
fonts_cards_close(struct fonts *f)
{
	for (size_t k = 0; f->cards && k < f->world->site.nlanguages; k++)
		if (f->cards[k])
			font_close(f->cards[k]);
	if (f->latin)
		font_close(f->latin);
	for (size_t i = 0; f->cards && i < f->cards_bytes.n; i++)
		file_unmap(*LIST_AT(&f->cards_bytes, struct view, i));
	f->cards = NULL;
	f->latin = NULL;
}

static void
cut(const struct fonts *f, const struct locale *l, struct view text, struct arena *a, struct block *b)
{
	const struct font *own = f->cards[l->language->index];
	size_t *ends, n = lang_breaks(l->language->lang, a, text, &ends), from = 0;

	*b = (struct block){ .pieces = arena_array(a, n, sizeof *b->pieces), .n = n, .lang = l->language->lang->tag, .rtl = l->language->lang->rtl };
	for (size_t i = 0; i < n; i++) {
		struct piece *p = &b->pieces[i];

		*p = (struct piece){ .text = view_slice(text, from, ends[i]), .font = own };
		p->width = font_draw(own, p->text, b->lang, NULL, NULL);
		if (p->width < 0 && f->latin && font_draw(f->latin, p->text, b->lang, NULL, NULL) >= 0) {
			p->font = f->latin;
			p->width = font_draw(f->latin, p->text, b->lang, NULL, NULL);
		}
		from = ends[i];
	}
}

/* Puts the pieces on lines of this size; whether each line and all of them have room. */
static bool
set_lines(struct block *b, const struct font *own, float size, float height)
{
	float at = 0, above, below;

	font_lines(own, &above, &below);
	b->size = size;
	b->above = above * size;
	b->below = below * size;
	b->lines = 1;
	for (size_t i = 0; i < b->n; i++) {
		float width = (b->pieces[i].width < 0 ? 1 : b->pieces[i].width) * size;

		if (width > WIDTH - 2 * RIM)
			return false;
		if (at > 0 && at + width > WIDTH - 2 * RIM) {
			b->lines++;
			at = 0;
		}
		b->pieces[i].line = b->lines - 1;
		at += width;
	}
	return (float)b->lines * (b->above + b->below) <= height && b->lines <= LINES_MAX;
}

static void
draw_line(void *self, float x0, float y0, float x1, float y1)
{
	const struct easel *e = self;

	canvas_line(e->canvas, e->x + x0 * e->size, e->y + y0 * e->size, e->x + x1 * e->size, e->y + y1 * e->size);
}

/* Words in Latin letters within a line that runs from the right keep their order. */
static void
draw_block(struct canvas *c, const struct block *b, const struct font *own, float top, unsigned ink)
{
	float x = RIM;

	for (size_t i = 0; i < b->n; i++) {
		struct easel e = { .canvas = c, .y = top + (float)b->pieces[i].line * (b->above + b->below) + b->above, .size = b->size };
		float width = 0;
		size_t end = i + 1;

		if (i > 0 && b->pieces[i].line != b->pieces[i - 1].line)
			x = RIM;
		while (b->pieces[i].font != own && end < b->n && b->pieces[end].font != own && b->pieces[end].line == b->pieces[i].line)
			end++;
		for (size_t k = i; k < end; k++)
			width += (b->pieces[k].width < 0 ? 1 : b->pieces[k].width) * b->size;
		e.x = b->rtl ? WIDTH - x - width : x;
		x += width;
		for (; i < end; i++) {
			font_draw(b->pieces[i].font, b->pieces[i].text, b->lang, draw_line, &e);
			e.x += b->pieces[i].width * b->size;
		}
		i--;
	}
	canvas_fill(c, ink);
}

static void
draw_mark(struct canvas *c, bool rtl)
{
	float size = MARK / 32.0f, rim = RIM - 6 * size, left = rtl ? WIDTH - rim - MARK : rim, top = TOP;

	for (size_t i = 0; i < sizeof mark / sizeof *mark; i++) {
		const struct shape *s = &mark[i];

		for (int k = 0; k < s->n; k++) {
			const float *from = s->at[k], *to = s->at[(k + 1) % s->n];

			canvas_line(c, left + from[0] * size, top + from[1] * size, left + to[0] * size, top + to[1] * size);
		}
		canvas_fill(c, s->ink);
	}
	canvas_line(c, 0, HEIGHT - BAR, 0, HEIGHT);
	canvas_line(c, WIDTH, HEIGHT, WIDTH, HEIGHT - BAR);
	canvas_fill(c, WARM);
}

void
fonts_card(const struct fonts *f, const struct locale *l, struct arena *a, struct buf *out)
{
	const struct choice *title = &l->strings.choices[STRINGS_TITLE], *about = &l->strings.choices[STRINGS_DESCRIPTION];
	const struct font *own = f->cards[l->language->index];
	float high = 0;
	struct block words, more;
	struct canvas c;
	bool fits = false;

	canvas_init(&c, a, WIDTH, HEIGHT);
	draw_mark(&c, l->language->lang->rtl);
	cut(f, l, title->text, a, &words);
	cut(f, l, about->text, a, &more);
	for (int size = TITLE_MAX; size >= TITLE_MIN && !fits; size -= STEP) {
		fits = set_lines(&words, own, (float)size, ROOM);
		high = (float)words.lines * (words.above + words.below) + GAP;
		fits = fits && (size == TITLE_MIN || set_lines(&more, own, (float)size * ABOUT_SHARE, ROOM - high));
	}
	draw_block(&c, &words, own, ROOM_TOP, WHITE);
	if (set_lines(&more, own, words.size * ABOUT_SHARE, ROOM - high))
		draw_block(&c, &more, own, ROOM_TOP + high, SOFT);
	canvas_png(&c, colours, out);
}
