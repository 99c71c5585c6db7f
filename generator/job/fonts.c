/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fonts of a site: found, planned, written. */
#include "job/fonts.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "job/fonts_parts.h"

enum { LOG_MAX_BYTES = 1 << 20, PRODUCT_MAX_BYTES = 64 << 20 };

static const char log_head[] = "waypost fonts 2";

/* What the last build made of a face, or of a sheet: digests of its texts, of what they need of the font, of its bytes and those of its names. */
struct past {
	uint64_t texts, need, bytes, names;
};

/* One round of writing. */
struct pass {
	struct fonts *f;
	const struct output *out;
	struct past *before, *after;	/* one a face, and one for both sheets */
	struct fonts_made *made;	/* one a face */
	struct fonts_done done;
};

/* What comes back from a worker before its texts and messages. */
struct head {
	struct past past;
	uint64_t written, unchanged, failed, range, names, names_range;
};

struct fonts *
fonts_none(struct world *w)
{
	struct fonts *f = arena_new(w->arena, struct fonts);

	*f = (struct fonts){ .world = w, .faces = LIST_OF(struct fonts_face), .outer = LIST_OF(struct view) };
	f->face_of = arena_array(w->arena, w->site.nlanguages, sizeof *f->face_of);
	f->words = arena_array(w->arena, w->site.nlanguages, sizeof *f->words);
	for (size_t k = 0; k < w->site.nlanguages; k++) {
		map_init(&f->words[k].text, w->arena);
		map_init(&f->words[k].names, w->arena);
		f->face_of[k] = FONTS_NONE;
	}
	return f;
}

struct fonts *
fonts_open(struct world *w, struct plan *plan)
{
	struct fonts *f = fonts_none(w);

	f->packed = font_can_pack();
	fonts_find(f, plan->languages);
	for (size_t i = 0; i < f->faces.n; i++) {
		const struct fonts_face *face = LIST_AT(&f->faces, struct fonts_face, i);

		plan_add(plan, w, face->product, face->file);
		plan_add(plan, w, face->names, face->file);
	}
	w->fonts = f->faces.n > 0;
	if (w->fonts) {
		plan_add(plan, w, FONTS_CSS, w->site.file);
		plan_add(plan, w, FONTS_NAMES, w->site.file);
		plan_add(plan, w, FONTS_LICENCE, w->site.file);
		if (!f->packed)
			diag(w->diags, font_unpacked, PLACE_NONE, VIEW_NONE);
	}
	return f;
}

void
fonts_close(struct fonts *f)
{
	for (size_t i = 0; i < f->faces.n; i++)
		font_close(LIST_AT(&f->faces, struct fonts_face, i)->font);
	f->faces.n = 0;
	fonts_cards_close(f);
}

/* Where the program is that packs, or may come to be. */
static void
look_for_packer(struct fonts *f)
{
	struct view path = view_str(getenv("PATH")), folder;

	while (view_cut(&path, ':', &folder))
		if (folder.n && folder.p[0] == '/')
			*(struct view *)list_push(&f->outer, f->world->arena) = view_join(f->world->arena, folder, VIEW("woff2_compress"));
}

uint64_t
fonts_digest(struct fonts *f, struct list *outer)
{
	uint64_t digest = f->packed;

	for (size_t i = 0; i < f->faces.n; i++) {
		const struct fonts_face *face = LIST_AT(&f->faces, struct fonts_face, i);

		digest = hash_more(digest + face->digest, face->file);
	}
	digest = hash_more(digest, view_of((const char *)f->face_of, f->world->site.nlanguages * sizeof *f->face_of));
	if (f->faces.n)
		look_for_packer(f);
	*outer = f->outer;
	return digest;
}

bool
fonts_make(const struct fonts *f, struct view path)
{
	bool made = f->faces.n && (view_eq(path, FONTS_CSS) || view_eq(path, FONTS_NAMES) || view_eq(path, FONTS_LICENCE));

	for (size_t i = 0; i < f->faces.n; i++)
		made |= view_eq(path, LIST_AT(&f->faces, struct fonts_face, i)->product) ||
		    view_eq(path, LIST_AT(&f->faces, struct fonts_face, i)->names);
	return made;
}

bool
fonts_any(const struct fonts *f)
{
	return f->faces.n > 0;
}

static uint64_t
digest_words(const struct map *words)
{
	uint64_t sum = words->n;

	for (size_t i = 0; i < words->n; i++)
		sum += words->entries[i].hash;	/* in any order */
	return sum;
}

/* Of all texts that a face draws. */
static uint64_t
digest_texts(const struct fonts *f, const struct fonts_face *face)
{
	uint64_t digest = face->digest;

	for (size_t k = 0; k < f->world->site.nlanguages; k++) {
		const struct language *l = f->world->site.languages[k];
		uint64_t sums[4] = { digest_words(&f->words[k].text), digest_words(&f->words[k].names), f->words[k].ascii[0],
			f->words[k].ascii[1] };

		if (fonts_face_of(f, l) != face)
			continue;
		digest = hash_more(digest, l->lang->tag);
		digest = hash_more(digest, view_of((const char *)sums, sizeof sums));
	}
	return digest;
}

/* Every word between blanks, as browsers shape it: letters change at the ends of words. */
static void
add_words(struct font_need *need, const struct map *words, struct view lang)
{
	struct buf b;

	buf_init(&b);
	for (size_t i = 0; i < words->n; i++) {
		buf_clear(&b);
		buf_addc(&b, ' ');
		buf_addv(&b, words->entries[i].key);
		buf_addc(&b, ' ');
		font_need_add(need, view_buf(&b), lang);
	}
	buf_release(&b);
}

static struct font_need *
gather(const struct fonts *f, const struct fonts_face *face, struct font *font, bool names)
{
	struct font_need *need = font_need_open(font, face->script);

	for (size_t k = 0; k < f->world->site.nlanguages; k++) {
		const struct language *l = f->world->site.languages[k];
		char signs[128];
		size_t n = 0;

		if (fonts_face_of(f, l) != face)
			continue;
		add_words(need, names ? &f->words[k].names : &f->words[k].text, l->lang->tag);
		for (unsigned c = 0; c < sizeof signs && !names; c++)
			if (f->words[k].ascii[c / 64] >> c % 64 & 1)
				signs[n++] = (char)c;
		font_need_add(need, view_of(signs, n), l->lang->tag);
	}
	return need;
}

/* Takes a subset, packed if that can be, when it is smaller than what is there or nothing is. */
static void
take_smaller(const struct fonts *f, struct view whole, struct buf *best, struct diags *d)
{
	struct buf packed;

	buf_init(&packed);
	if (!f->packed)
		buf_addv(&packed, whole);
	else
		font_pack(whole, &packed, d);
	if (packed.n && (best->n == 0 || packed.n < best->n)) {
		buf_clear(best);
		buf_addv(best, view_buf(&packed));
	}
	buf_release(&packed);
}

/* Appends the smallest of three subsets: by text; by glyphs; and by text, and of that what is left by glyphs, which has few rules and few
 * glyphs. False after reporting. */
static bool
make(const struct fonts *f, const struct fonts_face *face, const struct font_need *need, bool names, struct buf *out, struct diags *d)
{
	struct view name = view_printf(&d->arena, "wp-%.*s%s", VIEW_ARG(face->key), names ? "-name" : "");
	struct buf by_text, by_glyphs;
	struct font_need *again;
	struct font *font;

	buf_init(&by_text);
	buf_init(&by_glyphs);
	if (font_subset(need, FONT_BY_GLYPHS, name, &by_glyphs) && !names)
		take_smaller(f, view_buf(&by_glyphs), out, d);
	if (font_subset(need, FONT_BY_TEXT, name, &by_text)) {
		take_smaller(f, view_buf(&by_text), out, d);
		font = font_open(view_buf(&by_text), VIEW_NONE);
		again = font ? gather(f, face, font, names) : NULL;
		buf_clear(&by_glyphs);
		if (font && font_subset(again, FONT_BY_GLYPHS, name, &by_glyphs))
			take_smaller(f, view_buf(&by_glyphs), out, d);
		if (font) {
			font_need_close(again);
			font_close(font);
		}
	}
	if (out->n == 0 && d->list.n == 0)
		diag(d, font_file, place_file(face->file), face->file);
	buf_release(&by_glyphs);
	buf_release(&by_text);
	return out->n > 0;
}

/* Whether the product of the last build is still there as it was written. */
static bool
is_there(const struct output *out, struct view product, uint64_t digest)
{
	struct arena a;
	struct diags quiet;
	struct view bytes;
	bool is;

	if (out->first || digest == 0)
		return false;
	arena_init(&a);
	diags_init(&quiet);
	is = file_read_if(&out->root, &a, view_join(&a, VIEW("site"), product), PRODUCT_MAX_BYTES, &bytes, &quiet) &&
	    hash_bytes(bytes) == digest;
	diags_release(&quiet);
	arena_release(&a);
	return is;
}

static void
count(struct head *h, enum file_written how)
{
	h->written += how == FILE_WRITTEN;
	h->unchanged += how == FILE_UNCHANGED;
	h->failed += how == FILE_FAILED;
}

/* In the child: one face. The font for texts only if what they need has changed; the one for names always, it takes no time. */
static void
unit(void *self, struct work *work, size_t index, struct buf *result)
{
	const struct pass *pass = self;
	const struct fonts_face *face = LIST_AT(&pass->f->faces, struct fonts_face, index);
	const struct past *before = &pass->before[index];
	struct font_need *need = gather(pass->f, face, face->font, false), *names = gather(pass->f, face, face->font, true);
	struct head h = { .past = pass->after[index] };
	struct buf font, range, name, names_range;
	struct diags d;

	(void)work;
	diags_init(&d);
	buf_init(&font);
	buf_init(&range);
	buf_init(&name);
	buf_init(&names_range);
	h.past.need = hash_more(font_need_digest(need), view_of((const char *)&face->digest, sizeof face->digest));
	if (h.past.need == before->need && is_there(pass->out, face->product, before->bytes)) {
		h.past.bytes = before->bytes;
		h.unchanged++;
	} else if (make(pass->f, face, need, false, &font, &d)) {
		h.past.bytes = hash_bytes(view_buf(&font));
		count(&h, output_write(pass->out, face->product, view_buf(&font), &d));
	} else {
		h.failed++;
	}
	font_need_range(need, &range);
	font_need_range(names, &names_range);
	if (make(pass->f, face, names, true, &name, &d)) {
		h.past.names = hash_bytes(view_buf(&name));
		count(&h, output_write(pass->out, face->names, view_buf(&name), &d));
	} else {
		h.failed++;
	}
	h.range = range.n;
	h.names = name.n;
	h.names_range = names_range.n;
	buf_add(result, &h, sizeof h);
	buf_addv(result, view_buf(&range));
	buf_addv(result, view_buf(&name));
	buf_addv(result, view_buf(&names_range));
	diags_pack(&d, result);
	buf_release(&names_range);
	buf_release(&name);
	buf_release(&range);
	buf_release(&font);
	diags_release(&d);
	font_need_close(names);
	font_need_close(need);
}

static struct view
take(struct pass *pass, struct view *result, uint64_t n)
{
	struct view v = view_copy(pass->f->world->arena, view_slice(*result, 0, n));

	*result = view_slice(*result, n, result->n);
	return v;
}

static void
done(void *self, size_t index, struct view result)
{
	struct pass *pass = self;
	struct fonts_made *made = &pass->made[index];
	struct head h;

	if (result.n < sizeof h)
		bug("a result is too short");
	memcpy(&h, result.p, sizeof h);
	result = view_slice(result, sizeof h, result.n);
	made->range = take(pass, &result, h.range);
	made->names = take(pass, &result, h.names);
	made->names_range = take(pass, &result, h.names_range);
	made->there = h.failed == 0 && h.range > 0;
	pass->after[index] = h.past;
	pass->done.written += h.written;
	pass->done.unchanged += h.unchanged;
	pass->done.failed += h.failed;
	if (!diags_unpack(pass->f->world->diags, result))
		bug("a result is damaged");
}

static void
lost(void *self, size_t index, size_t item, const char *why)
{
	struct pass *pass = self;

	(void)item;
	diag(pass->f->world->diags, work_died, place_file(LIST_AT(&pass->f->faces, struct fonts_face, index)->file), view_str(why));
	pass->done.failed++;
}

/* Reads what the last build wrote down: "<texts> <need> <bytes> <names> <product>" a line. A damaged line only costs time. */
static void
read_log(const struct fonts *f, const struct output *out, struct past *past)
{
	struct world *w = f->world;
	struct view text, line, word;

	if (!file_read_if(&out->root, w->arena, VIEW(".fonts"), LOG_MAX_BYTES, &text, w->diags) ||
	    !view_cut(&text, '\n', &line) || !view_is(line, log_head))
		return;
	while (view_cut(&text, '\n', &line)) {
		uint64_t numbers[4] = { 0 };
		size_t i = 0;

		for (; i < 4 && view_cut(&line, ' ', &word); i++)
			numbers[i] = strtoull(view_copy(w->arena, word).p, NULL, 16);
		for (size_t k = 0; i == 4 && k <= f->faces.n; k++)
			if (view_eq(line, k < f->faces.n ? LIST_AT(&f->faces, struct fonts_face, k)->product : FONTS_CSS))
				past[k] = (struct past){ numbers[0], numbers[1], numbers[2], numbers[3] };
	}
}

static void
write_log(const struct fonts *f, const struct output *out, const struct past *past)
{
	struct buf b;

	buf_init(&b);
	buf_printf(&b, "%s\n", log_head);
	for (size_t k = 0; k <= f->faces.n; k++) {
		struct view product = k < f->faces.n ? LIST_AT(&f->faces, struct fonts_face, k)->product : FONTS_CSS;

		buf_printf(&b, "%016jx %016jx %016jx %016jx %.*s\n", (uintmax_t)past[k].texts, (uintmax_t)past[k].need,
		    (uintmax_t)past[k].bytes, (uintmax_t)past[k].names, VIEW_ARG(product));
	}
	file_write(&out->root, VIEW(".fonts"), view_buf(&b), f->world->diags);
	buf_release(&b);
}

/* Of all that the sheets say: what is made of every face, and which languages have it. */
static uint64_t
digest_css(const struct fonts *f, const struct past *after)
{
	uint64_t digest = f->faces.n;

	for (size_t i = 0; i < f->faces.n; i++)
		digest = hash_more(digest, view_of((const char *)&after[i].texts, sizeof after[i].texts));
	for (size_t k = 0; k < f->world->site.nlanguages; k++)
		if (f->face_of[k] >= 0)
			digest = hash_more(digest, f->world->site.languages[k]->lang->tag);
	return digest;
}

static void
write_texts(struct pass *pass, bool css)
{
	struct fonts *f = pass->f;
	struct past *sheets = &pass->after[f->faces.n];
	struct head h = { 0 };
	struct buf b;

	buf_init(&b);
	fonts_licence(f, f->world->arena, &b);
	count(&h, output_write(pass->out, FONTS_LICENCE, view_buf(&b), f->world->diags));
	if (css) {
		buf_clear(&b);
		fonts_css(f, pass->made, &b);
		sheets->bytes = hash_bytes(view_buf(&b));
		count(&h, output_write(pass->out, FONTS_CSS, view_buf(&b), f->world->diags));
		buf_clear(&b);
		fonts_names_css(f, pass->made, &b);
		sheets->names = hash_bytes(view_buf(&b));
		count(&h, output_write(pass->out, FONTS_NAMES, view_buf(&b), f->world->diags));
	}
	pass->done.written += h.written;
	pass->done.unchanged += h.unchanged;
	pass->done.failed += h.failed;
	buf_release(&b);
}

/* Whether both files of a face, or both sheets, are there as the last build left them. */
static bool
are_there(const struct output *out, struct view product, struct view names, const struct past *past)
{
	return is_there(out, product, past->bytes) && is_there(out, names, past->names);
}

struct fonts_done
fonts_write(struct fonts *f, const struct output *out, unsigned jobs)
{
	struct arena *a = f->world->arena;
	size_t n = f->faces.n;
	struct pass pass = { .f = f, .out = out, .before = arena_array(a, n + 1, sizeof *pass.before),
		.after = arena_array(a, n + 1, sizeof *pass.after), .made = arena_array(a, n, sizeof *pass.made) };
	struct work_plan plan = { .jobs = jobs, .units = n, .self = &pass, .unit = unit, .done = done, .lost = lost };
	bool same = true;

	if (n == 0)
		return pass.done;
	read_log(f, out, pass.before);
	for (size_t i = 0; i < n; i++) {
		const struct fonts_face *face = LIST_AT(&f->faces, struct fonts_face, i);

		pass.after[i].texts = digest_texts(f, face);
		same = same && pass.after[i].texts == pass.before[i].texts && are_there(out, face->product, face->names, &pass.before[i]);
	}
	pass.after[n].texts = digest_css(f, pass.after);
	same = same && pass.after[n].texts == pass.before[n].texts && are_there(out, FONTS_CSS, FONTS_NAMES, &pass.before[n]);
	if (same) {	/* nothing is shaped */
		pass.done.unchanged = 2 * (n + 1);
		write_texts(&pass, false);
		return pass.done;
	}
	if (!work_run(&plan)) {
		diag(f->world->diags, work_died, PLACE_NONE, file_error(a));
		pass.done.failed++;
		return pass.done;
	}
	write_texts(&pass, true);
	write_log(f, out, pass.after);
	return pass.done;
}
