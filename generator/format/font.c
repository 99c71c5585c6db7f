/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fonts through HarfBuzz: shaping and subsetting. Only the files of this module have its types. */
#include "format/font_parts.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"

enum { DOTTED_CIRCLE = 0x25CC, GAP = 128, TABLES_MAX = 64, NAME_RECORD = 12, NAME_HEAD = 6, PLATFORM = 3, UCS2 = 1, ENGLISH = 0x409 };

struct font_need {
	struct font *of;
	hb_script_t script;
	hb_unicode_funcs_t *unicode;
	hb_font_t *asking;	/* notes what the shaper asks for */
	hb_buffer_t *buffer;
	hb_set_t *points;	/* in the texts, and asked for */
	hb_set_t *glyphs;	/* seen at any step */
};

/* Letters and digits alone, in lower case: "Noto Sans" is "notosans". */
static bool
same_name(struct view x, struct view y)
{
	size_t i = 0, k = 0;

	for (;;) {
		int a = -1, b = -1;

		for (; a < 0 && i < x.n; i++)
			a = x.p[i] >= 'A' && x.p[i] <= 'Z' ? x.p[i] + 32 : x.p[i] == ' ' || x.p[i] == '-' ? -1 : (unsigned char)x.p[i];
		for (; b < 0 && k < y.n; k++)
			b = y.p[k] >= 'A' && y.p[k] <= 'Z' ? y.p[k] + 32 : y.p[k] == ' ' || y.p[k] == '-' ? -1 : (unsigned char)y.p[k];
		if (a != b)
			return false;
		if (a < 0)
			return true;
	}
}

static bool
is_family(hb_face_t *face, struct view family)
{
	struct font f = { .face = face };
	struct arena a;
	bool same;

	arena_init(&a);
	same = same_name(font_text(&f, FONT_FAMILY, &a), family);
	arena_release(&a);
	return same;
}

static bool
has_table(hb_face_t *face, hb_tag_t tag)
{
	hb_blob_t *table = hb_face_reference_table(face, tag);
	bool has = hb_blob_get_length(table) > 0;

	hb_blob_destroy(table);
	return has;
}

static hb_face_t *
face_of(hb_blob_t *blob, struct view family)
{
	unsigned n = hb_face_count(blob);

	for (unsigned i = 0; family.n && i < n; i++) {
		hb_face_t *face = hb_face_create(blob, i);

		if (is_family(face, family))
			return face;
		hb_face_destroy(face);
	}
	return hb_face_create(blob, 0);
}

/* The tables that no outline can do without (OpenType 1.9). */
static bool
has_outlines(hb_face_t *face)
{
	static const hb_tag_t needed[] = { HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'), HB_TAG('h', 'm', 't', 'x'),
		HB_TAG('c', 'm', 'a', 'p') };
	static const hb_tag_t outlines[] = { HB_TAG('g', 'l', 'y', 'f'), HB_TAG('C', 'F', 'F', ' '), HB_TAG('C', 'F', 'F', '2') };
	size_t found = 0, drawn = 0;

	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		found += has_table(face, needed[i]);
	for (size_t i = 0; i < sizeof outlines / sizeof *outlines; i++)
		drawn += has_table(face, outlines[i]);
	return found == sizeof needed / sizeof *needed && drawn && hb_face_get_glyph_count(face);
}

struct font *
font_open(struct view bytes, struct view family)
{
	hb_blob_t *blob = hb_blob_create(bytes.p, (unsigned)bytes.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_t *face = face_of(blob, family);
	struct font *f = NULL;

	if (has_outlines(face)) {
		f = memory_get(sizeof *f);
		*f = (struct font){ face, hb_font_create(face) };
	} else {
		hb_face_destroy(face);
	}
	hb_blob_destroy(blob);
	return f;
}

void
font_close(struct font *f)
{
	hb_font_destroy(f->font);
	hb_face_destroy(f->face);
	free(f);
}

bool
font_has(const struct font *f, uint32_t c)
{
	hb_codepoint_t glyph;

	return hb_font_get_nominal_glyph(f->font, c, &glyph);
}

struct view
font_text(const struct font *f, enum font_text which, struct arena *a)
{
	static const hb_ot_name_id_t ids[FONT_TEXTS] = { HB_OT_NAME_ID_COPYRIGHT, HB_OT_NAME_ID_FONT_FAMILY,
		HB_OT_NAME_ID_LICENSE, HB_OT_NAME_ID_LICENSE_URL };
	hb_language_t english = hb_language_from_string("en", -1);
	unsigned n = hb_ot_name_get_utf8(f->face, ids[which], english, NULL, NULL), room = n + 1;
	char *p = arena_alloc(a, room);

	hb_ot_name_get_utf8(f->face, ids[which], english, &room, p);
	return view_of(p, n);
}

const char *
font_version(void)
{
	return hb_version_string();
}

/* A letter of another script is not this font's to draw. */
static bool
counts(const struct font_need *n, hb_codepoint_t c)
{
	hb_script_t s = hb_unicode_script(n->unicode, c);

	return s == n->script || s == HB_SCRIPT_COMMON || s == HB_SCRIPT_INHERITED || s == HB_SCRIPT_UNKNOWN;
}

static hb_bool_t
ask_nominal(hb_font_t *font, void *data, hb_codepoint_t c, hb_codepoint_t *glyph, void *user)
{
	struct font_need *n = data;
	hb_bool_t there = hb_font_get_nominal_glyph(n->of->font, c, glyph);

	(void)font;
	(void)user;
	if (there && counts(n, c))
		hb_set_add(n->points, c);
	return there;
}

static hb_bool_t
ask_variation(hb_font_t *font, void *data, hb_codepoint_t c, hb_codepoint_t selector, hb_codepoint_t *glyph, void *user)
{
	struct font_need *n = data;
	hb_bool_t there = hb_font_get_variation_glyph(n->of->font, c, selector, glyph);

	(void)font;
	(void)user;
	if (there && counts(n, c)) {
		hb_set_add(n->points, c);
		hb_set_add(n->points, selector);
	}
	return there;
}

static void
see(struct font_need *n, hb_buffer_t *b)
{
	unsigned count;
	const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &count);

	for (unsigned i = 0; i < count; i++)
		hb_set_add(n->glyphs, info[i].codepoint);
}

/* Called at every step of shaping: glyphs between the first and the last are needed too. */
static hb_bool_t
on_step(hb_buffer_t *b, hb_font_t *font, const char *message, void *data)
{
	(void)font;
	(void)message;
	if (hb_buffer_get_content_type(b) == HB_BUFFER_CONTENT_TYPE_GLYPHS)
		see(data, b);
	return true;
}

struct font_need *
font_need_open(struct font *f, struct view script)
{
	struct font_need *n = memory_get(sizeof *n);
	hb_font_funcs_t *funcs = hb_font_funcs_create();

	*n = (struct font_need){ .of = f, .script = hb_script_from_string(script.p, (int)script.n),
		.unicode = hb_unicode_funcs_reference(hb_unicode_funcs_get_default()),
		.asking = hb_font_create_sub_font(f->font), .buffer = hb_buffer_create(),
		.points = hb_set_create(), .glyphs = hb_set_create() };
	hb_font_funcs_set_nominal_glyph_func(funcs, ask_nominal, NULL, NULL);
	hb_font_funcs_set_variation_glyph_func(funcs, ask_variation, NULL, NULL);
	hb_font_set_funcs(n->asking, funcs, n, NULL);
	hb_font_funcs_destroy(funcs);
	return n;
}

void
font_need_close(struct font_need *n)
{
	hb_set_destroy(n->glyphs);
	hb_set_destroy(n->points);
	hb_buffer_destroy(n->buffer);
	hb_font_destroy(n->asking);
	hb_unicode_funcs_destroy(n->unicode);
	free(n);
}

void
font_need_add(struct font_need *n, struct view text, struct view lang)
{
	static const char *const shapers[] = { "ot", NULL };
	hb_buffer_t *b = n->buffer;
	unsigned count;
	const hb_glyph_info_t *info;

	hb_buffer_reset(b);
	hb_buffer_add_utf8(b, text.p, (int)text.n, 0, (int)text.n);
	info = hb_buffer_get_glyph_infos(b, &count);
	for (unsigned i = 0; i < count; i++)
		if (counts(n, info[i].codepoint) && font_has(n->of, info[i].codepoint))
			hb_set_add(n->points, info[i].codepoint);
	hb_buffer_guess_segment_properties(b);
	hb_buffer_set_language(b, hb_language_from_string(lang.p, (int)lang.n));
	hb_buffer_set_message_func(b, on_step, n, NULL);
	hb_shape_full(n->asking, b, NULL, 0, shapers);
	see(n, b);
}

static uint64_t
digest_set(uint64_t seed, const hb_set_t *set)
{
	for (hb_codepoint_t c = HB_SET_VALUE_INVALID; hb_set_next(set, &c);) {
		uint32_t value = c;

		seed = hash_more(seed, view_of((const char *)&value, sizeof value));
	}
	return hash_more(seed, VIEW("."));
}

uint64_t
font_need_digest(const struct font_need *n)
{
	return digest_set(digest_set(0, n->points), n->glyphs);
}

/* Whether what lies between two code points can go into the range: punctuation that many fonts share must not. */
static bool
may_join(hb_codepoint_t from, hb_codepoint_t to)
{
	return to == from + 1 || (to - from <= GAP && from >= 0x530 && !(from < 0x3100 && to >= 0x2000));
}

void
font_need_range(const struct font_need *n, struct buf *out)
{
	hb_codepoint_t c = HB_SET_VALUE_INVALID, first, last;
	bool more = hb_set_next(n->points, &c);
	const char *comma = "";

	while (more) {
		first = last = c;
		while ((more = hb_set_next(n->points, &c)) && may_join(last, c))
			last = c;
		buf_printf(out, first == last ? "%sU+%X" : "%sU+%X-%X", comma, first, last);
		comma = ",";
	}
}

static void
put16(struct buf *b, unsigned v)
{
	buf_addc(b, (char)(v >> 8));
	buf_addc(b, (char)v);
}

/* Adds one record of the name table and its text, UTF-16 big endian. */
static void
put_name(struct buf *records, struct buf *texts, hb_ot_name_id_t id, struct view text)
{
	hb_buffer_t *b = hb_buffer_create();
	size_t before = texts->n;
	unsigned count;
	const hb_glyph_info_t *info;

	hb_buffer_add_utf8(b, text.p, (int)text.n, 0, (int)text.n);
	info = hb_buffer_get_glyph_infos(b, &count);
	for (unsigned i = 0; i < count; i++) {
		uint32_t c = info[i].codepoint;

		if (c >= 0x10000)
			put16(texts, 0xD7C0 + (c >> 10));
		put16(texts, c >= 0x10000 ? 0xDC00 | (c & 0x3FF) : c);
	}
	hb_buffer_destroy(b);
	put16(records, PLATFORM);
	put16(records, UCS2);
	put16(records, ENGLISH);
	put16(records, id);
	put16(records, (unsigned)(texts->n - before));
	put16(records, (unsigned)before);
}

/* The name table of OpenType 1.9, version 0: the new name, the old copyright and the address of the licence, whose text lies beside. */
static hb_blob_t *
name_table(const struct font *f, struct view name)
{
	struct buf records, texts, table;
	struct arena a;
	hb_blob_t *blob;

	arena_init(&a);
	buf_init(&records);
	buf_init(&texts);
	buf_init(&table);
	put_name(&records, &texts, HB_OT_NAME_ID_COPYRIGHT, font_text(f, FONT_COPYRIGHT, &a));
	put_name(&records, &texts, HB_OT_NAME_ID_FONT_FAMILY, name);
	put_name(&records, &texts, HB_OT_NAME_ID_FONT_SUBFAMILY, VIEW("Regular"));
	put_name(&records, &texts, HB_OT_NAME_ID_FULL_NAME, name);
	put_name(&records, &texts, HB_OT_NAME_ID_POSTSCRIPT_NAME, name);
	put_name(&records, &texts, HB_OT_NAME_ID_LICENSE_URL, font_text(f, FONT_LICENCE_URL, &a));
	put16(&table, 0);
	put16(&table, (unsigned)(records.n / NAME_RECORD));
	put16(&table, (unsigned)(NAME_HEAD + records.n));
	buf_addv(&table, view_buf(&records));
	buf_addv(&table, view_buf(&texts));
	blob = hb_blob_create(table.p, (unsigned)table.n, HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
	buf_release(&table);
	buf_release(&texts);
	buf_release(&records);
	arena_release(&a);
	return blob;
}

static const hb_tag_t layout[] = { HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F') };

enum { LAYOUT = sizeof layout / sizeof *layout };

/* The subset as HarfBuzz makes it, without a name table. NULL when it cannot. */
static hb_face_t *
cut(const struct font_need *n, enum font_method method)
{
	hb_subset_input_t *in = hb_subset_input_create_or_fail();
	unsigned flags = HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE;
	hb_face_t *made;

	if (!in)
		memory_fail();
	hb_set_union(hb_subset_input_unicode_set(in), n->points);
	hb_set_add(hb_subset_input_unicode_set(in), ' ');
	hb_set_add(hb_subset_input_unicode_set(in), DOTTED_CIRCLE);
	hb_set_add(hb_subset_input_set(in, HB_SUBSET_SETS_DROP_TABLE_TAG), HB_TAG('n', 'a', 'm', 'e'));
	if (method == FONT_BY_GLYPHS) {
		flags |= HB_SUBSET_FLAGS_RETAIN_GIDS;
		hb_set_union(hb_subset_input_glyph_set(in), n->glyphs);
		/* the last one, so that no rule names a glyph beyond the end: browsers refuse such a font */
		hb_set_add(hb_subset_input_glyph_set(in), hb_face_get_glyph_count(n->of->face) - 1);
		for (int i = 0; i < LAYOUT; i++)
			hb_set_add(hb_subset_input_set(in, HB_SUBSET_SETS_DROP_TABLE_TAG), layout[i]);
	}
	hb_subset_input_set_flags(in, flags);
	made = hb_subset_or_fail(n->of->face, in);
	hb_subset_input_destroy(in);
	return made;
}

static void
add_table(hb_face_t *builder, hb_tag_t tag, hb_blob_t *table)
{
	if (hb_blob_get_length(table))
		hb_face_builder_add_table(builder, tag, table);
	hb_blob_destroy(table);
}

bool
font_subset(const struct font_need *n, enum font_method method, struct view name, struct buf *out)
{
	hb_face_t *made = cut(n, method), *again, *builder;
	hb_tag_t tags[TABLES_MAX];
	unsigned ntags = TABLES_MAX, length;
	hb_blob_t *blob;
	const char *bytes;

	if (!made)
		return false;
	blob = hb_face_reference_blob(made);	/* the face that comes from a subset lists no tables: it is opened anew */
	hb_face_destroy(made);
	again = hb_face_create(blob, 0);
	hb_blob_destroy(blob);
	builder = hb_face_builder_create();
	hb_face_get_table_tags(again, 0, &ntags, tags);
	for (unsigned i = 0; i < ntags; i++)
		add_table(builder, tags[i], hb_face_reference_table(again, tags[i]));
	for (int i = 0; method == FONT_BY_GLYPHS && i < LAYOUT; i++)
		add_table(builder, layout[i], hb_face_reference_table(n->of->face, layout[i]));
	add_table(builder, HB_TAG('n', 'a', 'm', 'e'), name_table(n->of, name));
	blob = hb_face_reference_blob(builder);
	bytes = hb_blob_get_data(blob, &length);
	buf_add(out, bytes, length);
	hb_blob_destroy(blob);
	hb_face_destroy(builder);
	hb_face_destroy(again);
	return length > 0;
}
