/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outlines of texts, for pictures. */
#include "format/font_parts.h"

enum { QUADRATIC_PARTS = 6, CUBIC_PARTS = 10 };

/* A glyph under way: where it stands, and who takes its lines. */
struct pen {
	font_line *line;
	void *self;
	float x, y, em;
};

static void
go(const struct pen *p, float x0, float y0, float x1, float y1)
{
	p->line(p->self, (p->x + x0) / p->em, -(p->y + y0) / p->em, (p->x + x1) / p->em, -(p->y + y1) / p->em);
}

static void
line_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *st, float x, float y, void *unused)
{
	(void)funcs;
	(void)unused;
	go(data, st->current_x, st->current_y, x, y);
}

static void
quadratic_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *st, float cx, float cy, float x, float y, void *unused)
{
	float x0 = st->current_x, y0 = st->current_y;

	(void)funcs;
	(void)unused;
	for (int i = 1; i <= QUADRATIC_PARTS; i++) {
		float t = (float)i / QUADRATIC_PARTS, u = 1 - t;
		float nx = u * u * st->current_x + 2 * u * t * cx + t * t * x, ny = u * u * st->current_y + 2 * u * t * cy + t * t * y;

		go(data, x0, y0, nx, ny);
		x0 = nx;
		y0 = ny;
	}
}

static void
cubic_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *st, float ax, float ay, float bx, float by, float x, float y, void *unused)
{
	float x0 = st->current_x, y0 = st->current_y;

	(void)funcs;
	(void)unused;
	for (int i = 1; i <= CUBIC_PARTS; i++) {
		float t = (float)i / CUBIC_PARTS, u = 1 - t, a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
		float nx = a * st->current_x + b * ax + c * bx + d * x, ny = a * st->current_y + b * ay + c * by + d * y;

		go(data, x0, y0, nx, ny);
		x0 = nx;
		y0 = ny;
	}
}

static hb_draw_funcs_t *
pen_funcs(void)
{
	hb_draw_funcs_t *funcs = hb_draw_funcs_create();

	hb_draw_funcs_set_line_to_func(funcs, line_to, NULL, NULL);
	hb_draw_funcs_set_quadratic_to_func(funcs, quadratic_to, NULL, NULL);
	hb_draw_funcs_set_cubic_to_func(funcs, cubic_to, NULL, NULL);
	return funcs;
}

float
font_draw(const struct font *f, struct view text, struct view lang, font_line *line, void *self)
{
	hb_buffer_t *buffer = hb_buffer_create();
	hb_draw_funcs_t *funcs = line ? pen_funcs() : NULL;
	struct pen pen = { .line = line, .self = self, .em = (float)hb_face_get_upem(f->face) };
	const hb_glyph_position_t *at;
	const hb_glyph_info_t *glyphs;
	bool all = true;
	float x = 0;
	unsigned n;

	hb_buffer_add_utf8(buffer, text.p, (int)text.n, 0, (int)text.n);
	hb_buffer_guess_segment_properties(buffer);
	hb_buffer_set_language(buffer, hb_language_from_string(lang.p, (int)lang.n));
	hb_shape(f->font, buffer, NULL, 0);
	glyphs = hb_buffer_get_glyph_infos(buffer, &n);
	at = hb_buffer_get_glyph_positions(buffer, &n);
	for (unsigned i = 0; i < n; i++) {
		all &= glyphs[i].codepoint != 0;
		pen.x = x + (float)at[i].x_offset;
		pen.y = (float)at[i].y_offset;
		if (funcs)
			hb_font_get_glyph_shape(f->font, glyphs[i].codepoint, funcs, &pen);
		x += (float)at[i].x_advance;
	}
	hb_draw_funcs_destroy(funcs);
	hb_buffer_destroy(buffer);
	return all ? x / pen.em : -1;
}

void
font_lines(const struct font *f, float *above, float *below)
{
	hb_font_extents_t extents;
	float em = (float)hb_face_get_upem(f->face);

	if (!hb_font_get_h_extents(f->font, &extents))
		extents = (hb_font_extents_t){ .ascender = (hb_position_t)em, .descender = (hb_position_t)(-em / 4) };
	*above = (float)extents.ascender / em;
	*below = (float)-extents.descender / em;
}
