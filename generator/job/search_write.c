/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a search index: strings in classic scripts, version 1 of the format in docs/design.md. */
#include "job/search_parts.h"

#include <stdlib.h>

#include "base/utf8.h"

/* A part holds at least PART bytes and what came last; a remainder of less than PART_LEAST goes with the part before. */
enum { ONE_FILE = 290 << 10, PART = 80 << 10, PART_LEAST = 34 << 10, SHARED_MAX = 35 };

static const char digits36[] = "0123456789abcdefghijklmnopqrstuvwxyz";

static void
put36(struct buf *out, size_t n)
{
	char text[16];
	size_t at = sizeof text;

	do {
		text[--at] = digits36[n % 36];
		n /= 36;
	} while (n);
	buf_add(out, text + at, sizeof text - at);
}

/* Inside a string literal. Besides what would end it, what nobody could see in the file is escaped. */
static void
put_literal(struct buf *out, struct view text)
{
	for (size_t at = 0; at < text.n;) {
		size_t from = at;
		uint32_t c = utf8_next(text, &at);

		if (c == '"' || c == '\\')
			buf_printf(out, "\\%c", (int)c);
		else if (c == '\n')
			buf_puts(out, "\\n");
		else if (c == '\t')	/* may stand in a literal */
			buf_addc(out, '\t');
		else if (utf8_is_control(c) || c == 0xA0 || c == 0xAD || (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
		    (c >= 0x205F && c <= 0x206F) || c == 0x3000 || c == 0xFEFF)
			buf_printf(out, "\\u%04x", (unsigned)c);
		else
			buf_add(out, text.p + from, at - from);
	}
}

static void
put_call(struct buf *out, const char *kind, size_t number, struct view text)
{
	buf_printf(out, "waypostSearch(\"%s\",%zu,\"", kind, number);
	put_literal(out, text);
	buf_puts(out, "\");\n");
}

/* Code units in UTF-16 that two texts begin with alike, whole characters only; *bytes of them. */
static size_t
shared(struct view a, struct view b, size_t *bytes)
{
	size_t at = 0, n = 0;

	*bytes = 0;
	while (at < a.n && at < b.n) {
		size_t to = at;
		size_t units = utf8_next(a, &to) > 0xFFFF ? 2 : 1;

		if (to > b.n || memcmp(a.p + at, b.p + at, to - at) != 0 || n + units > SHARED_MAX)
			break;
		n += units;
		*bytes = at = to;
	}
	return n;
}

/* How many characters it has in common with the term before, the rest of it, a blank, and its places: distance to the one before (in
 * base 36, nothing for 1) and a sign for the field. */
static void
put_term(struct buf *out, struct view before, const struct search_term *t)
{
	static const char sign[] = { [SEARCH_BODY] = ',', [SEARCH_DESCRIPTION] = ';', [SEARCH_HEADING] = '!', [SEARCH_TITLE] = '*' };
	size_t bytes, last = (size_t)-1;

	buf_addc(out, digits36[shared(before, t->text, &bytes)]);
	buf_add(out, t->text.p + bytes, t->text.n - bytes);
	buf_addc(out, ' ');
	for (size_t i = 0; i < t->posts.n; i++) {
		const struct search_post *p = LIST_AT(&t->posts, struct search_post, i);
		size_t delta = p->target - last;

		if (delta != 1)
			put36(out, delta);
		buf_addc(out, p->field == SEARCH_BODY && p->count > 2 ? '.' : sign[p->field]);
		last = p->target;
	}
	buf_addc(out, '\t');
}

static int
compare(const void *x, const void *y)
{
	const struct search_term *a = *(const struct search_term *const *)x, *b = *(const struct search_term *const *)y;

	return view_cmp(a->text, b->text);
}

/* One part, and the first thing in it. */
struct part {
	struct buf text;
	struct view first;
};

/* The part under way; one that is long enough is closed, and the next one begins with `first`. */
static struct part *
part_for(struct list *parts, struct arena *a, struct view first)
{
	struct part *p = parts->n ? LIST_AT(parts, struct part, parts->n - 1) : NULL;

	if (p && p->text.n < PART)
		return p;
	p = list_push(parts, a);
	buf_init(&p->text);
	p->first = first;
	return p;
}

/* Makes the last part one with the part before it. */
static void
join_last(struct list *parts)
{
	struct part *last = LIST_AT(parts, struct part, parts->n - 1);

	buf_addv(&last[-1].text, view_buf(&last->text));
	buf_release(&last->text);
	parts->n--;
}

static size_t
size_of(const struct list *parts)
{
	size_t n = 0;

	for (size_t i = 0; i < parts->n; i++)
		n += LIST_AT(parts, struct part, i)->text.n;
	return n;
}

static struct list
term_parts(struct search *s)
{
	const struct search_term **sorted = arena_array(s->arena, s->terms.n, sizeof *sorted);
	struct list parts = LIST_OF(struct part);

	for (size_t i = 0; i < s->terms.n; i++)
		sorted[i] = s->terms.entries[i].value;
	if (s->terms.n)
		qsort(sorted, s->terms.n, sizeof *sorted, compare);
	for (size_t i = 0; i < s->terms.n; i++) {
		struct part *p = part_for(&parts, s->arena, sorted[i]->text);

		/* the first of a part shares nothing: each can be read alone */
		put_term(&p->text, p->text.n ? sorted[i - 1]->text : VIEW_NONE, sorted[i]);
	}
	return parts;
}

/* The texts of the targets, one a line; its blocks one after the other, each with the number of its language before it. */
static void
put_text(struct search *s, const struct search_target *t, struct buf *out)
{
	for (size_t i = 0; i < t->blocks.n; i++) {
		const struct search_block *b = LIST_AT(&t->blocks, struct search_block, i);

		put36(out, b->text.n ? search_lang_number(s, b->lang) : 0);
		buf_addv(out, b->text);
		buf_addc(out, '\t');
	}
	buf_addc(out, '\n');
}

static struct list
text_parts(struct search *s)
{
	struct list parts = LIST_OF(struct part);
	struct buf number;

	buf_init(&number);
	for (size_t i = 0; i < s->targets.n; i++) {
		struct part *p = part_for(&parts, s->arena, VIEW_NONE);

		if (p->text.n == 0) {
			buf_clear(&number);
			put36(&number, i);
			p->first = view_copy(s->arena, view_buf(&number));
		}
		put_text(s, LIST_AT(&s->targets, struct search_target, i), &p->text);
	}
	buf_release(&number);
	return parts;
}

static void
put_firsts(struct buf *out, const struct list *parts)
{
	for (size_t i = 0; i < parts->n; i++) {
		buf_addv(out, LIST_AT(parts, struct part, i)->first);
		buf_addc(out, '\t');
	}
	buf_addc(out, '\n');
}

/* Address and title of each target; the title has the number of its language before it. */
static void
put_targets(struct search *s, struct buf *out)
{
	for (size_t i = 0; i < s->targets.n; i++) {
		const struct search_target *t = LIST_AT(&s->targets, struct search_target, i);

		if (t->id.p[0] != '/')
			buf_addc(out, '#');
		buf_addv(out, t->id);
		buf_addc(out, '\t');
		put36(out, t->title.text.n ? search_lang_number(s, t->title.lang) : 0);
		buf_addv(out, t->title.text);
		buf_addc(out, '\t');
	}
}

static void
put_file(struct search *s, struct list *files, struct view path, const struct buf *b)
{
	struct search_file *f = list_push(files, s->arena);

	f->path = path;
	f->bytes = view_copy(s->arena, view_buf(b));
}

static void
put_parts(struct search *s, const struct list *parts, const char *kind, struct list *files, struct buf *one)
{
	for (size_t i = 0; i < parts->n; i++) {
		struct part *p = LIST_AT(parts, struct part, i);

		put_call(one, kind, i, view_buf(&p->text));
		if (files)
			put_file(s, files, search_part_path(s->arena, s->language, kind, i), one);
		if (files)
			buf_clear(one);
		buf_release(&p->text);
	}
}

struct list
search_files(struct search *s)
{
	struct list files = LIST_OF(struct search_file), terms = term_parts(s), texts = text_parts(s);
	struct list *const both[] = { &terms, &texts };
	bool split = size_of(&terms) + size_of(&texts) >= ONE_FILE;
	struct buf head, out, parts;

	for (size_t i = 0; i < 2; i++)
		while (both[i]->n > 1 && (!split || LIST_AT(both[i], struct part, both[i]->n - 1)->text.n < PART_LEAST))
			join_last(both[i]);
	buf_init(&head);
	buf_init(&out);
	buf_init(&parts);
	search_put_head(s, &head);
	put_firsts(&head, &terms);
	put_firsts(&head, &texts);
	put_targets(s, &head);
	put_parts(s, &terms, "terms", split ? &files : NULL, &parts);
	put_parts(s, &texts, "text", split ? &files : NULL, &parts);
	put_call(&out, "index", 1, view_buf(&head));
	buf_addv(&out, view_buf(&parts));
	put_file(s, &files, search_index_path(s->arena, s->language), &out);
	buf_release(&parts);
	buf_release(&out);
	buf_release(&head);
	return files;
}
