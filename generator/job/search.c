/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search without a server: pages are taken in here; search_html reads them, search_terms cuts them up, search_write makes the files. */
#include "job/search.h"

#include "job/search_parts.h"
#include "job/survey.h"

const struct page *
search_page(const struct world *w)
{
	return w->search;
}

bool
search_has(const struct world *w, const struct page *p, const struct language *l)
{
	return !p->version && locale_has(p, l) && p != search_page(w);
}

struct view
search_index_path(struct arena *a, const struct language *l)
{
	return view_join(a, l->folder, VIEW("search/index.js"));
}

struct view
search_part_path(struct arena *a, const struct language *l, const char *kind, size_t number)
{
	return view_printf(a, "%.*s/search/%s-%zu.js", VIEW_ARG(l->folder), kind, number);
}

struct search *
search_open(struct arena *a, const struct language *l)
{
	struct search *s = arena_new(a, struct search);

	s->arena = a;
	s->language = l;
	s->langs = LIST_OF(struct search_lang);
	*(struct search_lang *)list_push(&s->langs, a) = (struct search_lang){ l->lang->tag, l->lang->rtl };
	s->targets = LIST_OF(struct search_target);
	map_init(&s->terms, a);
	return s;
}

size_t
search_lang_number(struct search *s, struct search_lang lang)
{
	for (size_t i = 0; i < s->langs.n; i++)
		if (view_eq(LIST_AT(&s->langs, struct search_lang, i)->tag, lang.tag))
			return i;
	/* one digit in base 36: the rest counts as the page's own language */
	if (s->langs.n == 36)
		return 0;
	*(struct search_lang *)list_push(&s->langs, s->arena) = (struct search_lang){ view_copy(s->arena, lang.tag), lang.rtl };
	return s->langs.n - 1;
}

/* A copy on one line: a tab ends a line of the index. */
static struct search_block
copy(struct search *s, const struct search_block *b)
{
	char *text = arena_copy(s->arena, b->text.p, b->text.n);

	for (size_t i = 0; i < b->text.n; i++)
		if (text[i] == '\t' || text[i] == '\n')
			text[i] = ' ';
	return (struct search_block){ view_of(text, b->text.n), { view_copy(s->arena, b->lang.tag), b->lang.rtl }, b->heading };
}

/* An id like "article-22" says what it is in every language's digits and words. */
static void
add_id(struct search *s, struct view id, size_t target)
{
	size_t n = 0;

	while (n < id.n && id.p[n] >= 'a' && id.p[n] <= 'z')
		n++;
	if (n == 0 || n + 1 >= id.n || id.p[n] != '-')
		return;
	for (size_t i = n + 1; i < id.n; i++)
		if (id.p[i] < '0' || id.p[i] > '9')
			return;
	search_terms(s, id, target, SEARCH_HEADING);
}

static void
add_target(struct search *s, const struct search_target *from)
{
	struct search_target *t = list_push(&s->targets, s->arena);
	size_t number = s->targets.n - 1;
	bool page = from->id.n && from->id.p[0] == '/';

	*t = (struct search_target){ view_copy(s->arena, from->id), copy(s, &from->title), LIST_OF(struct search_block) };
	if (t->title.text.n)
		search_lang_number(s, t->title.lang);
	search_terms(s, t->title.text, number, page ? SEARCH_TITLE : SEARCH_HEADING);
	add_id(s, t->id, number);
	for (size_t i = 0; i < from->blocks.n; i++) {
		struct search_block *b = list_push(&t->blocks, s->arena);

		*b = copy(s, LIST_AT(&from->blocks, struct search_block, i));
		if (b->text.n)
			search_lang_number(s, b->lang);
		search_terms(s, b->text, number, b->heading ? SEARCH_HEADING : page && i == 0 ? SEARCH_DESCRIPTION : SEARCH_BODY);
	}
}

void
search_add(struct search *s, struct view address, const struct search_block *title, const struct search_block *description,
    struct view html)
{
	struct arena_mark mark;
	struct arena scratch;
	struct list targets;

	arena_init(&scratch);
	mark = arena_mark(&scratch);
	targets = search_read(&scratch, (struct search_lang){ s->language->lang->tag, s->language->lang->rtl }, html);
	for (size_t i = 0; i < targets.n; i++) {
		struct search_target t = *LIST_AT(&targets, struct search_target, i);

		if (i == 0) {
			/* the description first, empty or not: that is where it is looked for */
			struct list blocks = LIST_OF(struct search_block);

			t.id = view_printf(&scratch, "/%.*s", VIEW_ARG(address));
			t.title = *title;
			*(struct search_block *)list_push(&blocks, &scratch) = *description;
			for (size_t k = 0; k < t.blocks.n; k++)
				*(struct search_block *)list_push(&blocks, &scratch) = *LIST_AT(&t.blocks, struct search_block, k);
			t.blocks = blocks;
		}
		add_target(s, &t);
	}
	arena_rewind(&scratch, mark);
	arena_release(&scratch);
}

static struct search_block
block_of(const struct choice *c)
{
	return (struct search_block){ .text = c->text, .lang = { c->from->lang->tag, c->from->lang->rtl } };
}

void
search_add_page(struct search *s, struct locale *l, const struct page *p, struct view html)
{
	search_add_page_as(s, l, p, p->out, html);
}

void
search_add_page_as(struct search *s, struct locale *l, const struct page *p, struct view address, struct view html)
{
	const struct locale_page *lp = survey_heading(l, p);
	struct search_block title = block_of(&lp->choices[PAGE_TITLE]), description = block_of(&lp->choices[PAGE_DESCRIPTION]);

	search_add(s, address, &title, &description, html);
}
