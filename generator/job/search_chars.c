/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of an index: what the script cannot know about the characters that occur. */
#include "job/search_parts.h"

#include "base/utf8.h"

enum { VARIANTS = 0x1400, BMP = 0x10000 };	/* above VARIANTS no letter is typed for another one */

/* A line of the table: characters that are folded to the same text and are of the same kind. */
struct line {
	enum lang_search_kind kind;
	struct view to;		/* empty: each stays as it is */
	struct buf chars;
};

static bool
stays_itself(uint32_t c, const struct lang_folded *f)
{
	size_t at = 0;

	return f->n && utf8_next(view_of(f->text, f->n), &at) == c && at == f->n;
}

static void
put_char(struct search *s, struct list *lines, uint32_t c, const struct lang_folded *f)
{
	struct view to = f->n == 0 || stays_itself(c, f) ? VIEW_NONE : view_of(f->text, f->n);
	struct line *line = NULL;

	for (size_t i = 0; i < lines->n && !line; i++)
		if (LIST_AT(lines, struct line, i)->kind == f->kind && view_eq(LIST_AT(lines, struct line, i)->to, to))
			line = LIST_AT(lines, struct line, i);
	if (!line) {
		line = list_push(lines, s->arena);
		line->kind = f->kind;
		line->to = view_copy(s->arena, to);
		buf_init(&line->chars);
	}
	utf8_put(&line->chars, c);
}

/* Whether the first letter of a folded text is one that occurs, folded or as it is. */
static bool
leads_to_known(const struct search *s, const struct lang_folded *f)
{
	size_t at = 0;
	uint32_t c = f->n ? utf8_next(view_of(f->text, f->n), &at) : 0;

	return c < 0x80 || search_seen(s, c);
}

/* The table: a letter for the kind, what its characters become, a blank, the characters. */
static void
put_table(struct search *s, struct buf *out)
{
	static const char kinds[] = { [LANG_SEARCH_GAP] = 's', [LANG_SEARCH_DROP] = 'd', [LANG_SEARCH_WORD] = 'w', [LANG_SEARCH_UNIT] = 'u',
		[LANG_SEARCH_LEAD] = 'l', [LANG_SEARCH_MARK] = 'm', [LANG_SEARCH_JOIN] = 'j' };
	struct list lines = LIST_OF(struct line);

	for (uint32_t c = 0x80; c < SEARCH_PAGES * SEARCH_CHARS; c++) {
		struct lang_folded f;
		bool seen;

		if (c >= BMP && c % SEARCH_CHARS == 0 && !s->seen[c / SEARCH_CHARS]) {
			c += SEARCH_CHARS - 1;
			continue;
		}
		seen = search_seen(s, c);
		if (!seen && (c >= VARIANTS || !lang_search_variant(c)))
			continue;
		lang_search_char(c, &f);
		if (seen ? lang_search_told(c) : leads_to_known(s, &f))
			put_char(s, &lines, c, &f);
	}
	for (size_t i = 0; i < lines.n; i++) {
		struct line *line = LIST_AT(&lines, struct line, i);

		buf_addc(out, kinds[line->kind]);
		buf_addv(out, line->to);
		buf_addc(out, ' ');
		buf_addv(out, view_buf(&line->chars));
		buf_addc(out, '\t');
		buf_release(&line->chars);
	}
	buf_addc(out, '\n');
}

/* The noughts of all digits; the other nine follow each. */
static void
put_noughts(struct buf *out)
{
	for (uint32_t c = 0x80; c < BMP; c++)
		if (lang_digit(c) == 0)
			utf8_put(out, c);
	buf_addc(out, '\n');
}

void
search_put_head(struct search *s, struct buf *out)
{
	struct arena_mark mark = arena_mark(s->arena);
	bool arabic = s->seen[0x06] != NULL;

	for (int i = 0; i < 10; i++)
		buf_addv(out, lang_number(s->language->lang, s->arena, i, 0));
	arena_rewind(s->arena, mark);
	buf_addc(out, '\n');
	put_noughts(out);
	lang_search_ranges(out, true);
	buf_addc(out, '\n');
	lang_search_ranges(out, false);
	buf_addc(out, '\n');
	for (size_t i = 0; i < s->langs.n; i++) {
		const struct search_lang *l = LIST_AT(&s->langs, struct search_lang, i);

		buf_printf(out, "%.*s %s\t", VIEW_ARG(l->tag), l->rtl ? "rtl" : "ltr");
	}
	buf_addc(out, '\n');
	for (size_t i = 0; arabic && search_prefixes[i]; i++)
		buf_printf(out, "%s\t", search_prefixes[i]);
	buf_addc(out, '\n');
	put_table(s, out);
}
