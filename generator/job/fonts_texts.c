/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts that fonts must draw, read from pages as they are published: nothing that is shown can be forgotten. */
#include "job/fonts_parts.h"

#include <stdlib.h>

#include "format/yaml.h"

enum { DEPTH = 128 };

struct fonts_texts {
	const struct fonts *fonts;
	struct arena arena;
	struct fonts_words *words;	/* one a language */
};

/* An element that is open: the language of its text, and whether it is a link to another language, which bears that one's name. */
struct level {
	const struct language *in;
	bool name;
};

/* State of reading a page. */
struct reader {
	struct fonts_texts *t;
	struct view html;
	size_t at;
	struct level open[DEPTH];
	size_t depth;		/* may be above DEPTH: those levels are not kept */
};

struct fonts_texts *
fonts_texts_open(const struct fonts *f)
{
	struct fonts_texts *t = memory_get(sizeof *t);
	size_t n = f->world->site.nlanguages;

	*t = (struct fonts_texts){ .fonts = f };
	arena_init(&t->arena);
	t->words = arena_array(&t->arena, n, sizeof *t->words);
	for (size_t k = 0; k < n; k++) {
		map_init(&t->words[k].text, &t->arena);
		map_init(&t->words[k].names, &t->arena);
	}
	return t;
}

static bool
is_ascii_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* A word is kept once; one of Latin letters alone leaves its other signs only. */
static void
add_word(struct fonts_texts *t, const struct language *l, bool name, struct view word)
{
	struct fonts_words *w = &t->words[l->index];
	struct map *map = name ? &w->names : &w->text;
	bool plain = true, letters = false;

	for (size_t i = 0; i < word.n; i++) {
		unsigned char c = (unsigned char)word.p[i];

		plain &= c < 0x80;
		letters |= is_ascii_letter(word.p[i]);
		if (c < 0x80 && !is_ascii_letter(word.p[i]))
			w->ascii[c / 64] |= (uint64_t)1 << c % 64;
	}
	if (word.n && !(plain && letters) && !map_get(map, word))
		map_set(map, view_copy(&t->arena, word), t);
}

/* Adds the words of a text in which '<', '>', '&' and '"' are entities. */
static void
add_text(struct fonts_texts *t, const struct language *l, bool name, struct view text)
{
	size_t from = 0;

	if (t->fonts->face_of[l->index] < 0)
		return;
	for (size_t i = 0; i <= text.n; i++) {
		char c = i < text.n ? text.p[i] : ' ';

		if ((unsigned char)c > ' ' && c != '&')
			continue;
		add_word(t, l, name, view_slice(text, from, i));
		if (c == '&') {
			size_t n = view_find(view_slice(text, i, text.n), ';');

			add_word(t, l, name, n == 3 ? VIEW("<>") : n == 4 ? VIEW("&") : VIEW("\"'"));
			i += n < 8 ? n : 0;
		}
		from = i + 1;
	}
}

static struct level
level_of(const struct reader *r)
{
	return r->depth == 0 ? (struct level){ r->t->fonts->world->site.source, false } :
	    r->open[r->depth <= DEPTH ? r->depth - 1 : DEPTH - 1];
}

/* Elements that have no end, should a theme not write them as XML does. */
static bool
is_void(struct view name)
{
	static const char *const names[] = { "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
		"track", "wbr" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (view_is(name, names[i]))
			return true;
	return false;
}

static bool
is_name_end(char c)
{
	return (unsigned char)c <= ' ' || c == '>' || c == '/' || c == '=';
}

static struct view
take_name(struct reader *r)
{
	size_t from = r->at;

	while (r->at < r->html.n && !is_name_end(r->html.p[r->at]))
		r->at++;
	return view_slice(r->html, from, r->at);
}

/* The next attribute of a tag; false at its end. *value is empty when there is none. */
static bool
take_attribute(struct reader *r, struct view *name, struct view *value)
{
	while (r->at < r->html.n && r->html.p[r->at] != '>' && ((unsigned char)r->html.p[r->at] <= ' ' ||
	    r->html.p[r->at] == '/' || r->html.p[r->at] == '='))
		r->at++;
	*value = VIEW_NONE;
	if (r->at >= r->html.n || r->html.p[r->at] == '>')
		return false;
	*name = take_name(r);
	if (r->at + 1 < r->html.n && r->html.p[r->at] == '=') {
		char quote = r->html.p[r->at + 1];
		struct view rest = view_slice(r->html, r->at + 2, r->html.n);

		if (quote == '"' || quote == '\'') {
			*value = view_slice(rest, 0, view_find(rest, quote));
			r->at += 3 + value->n;
		} else {
			r->at++;
			*value = take_name(r);
		}
	}
	return true;
}

/* Where a tag ends, or the page. */
static size_t
tag_end(const struct reader *r)
{
	char quote = 0;

	for (size_t i = r->at; i < r->html.n; i++) {
		char c = r->html.p[i];

		if (quote ? c == quote : c == '"' || c == '\'')
			quote = quote ? 0 : c;
		else if (c == '>' && !quote)
			return i;
	}
	return r->html.n;
}

/* What a tag says of the language of its text. */
static void
read_language(struct reader *r, struct view element, struct level *level)
{
	const struct site *site = &r->t->fonts->world->site;
	struct view key, value, link = VIEW_NONE;

	while (take_attribute(r, &key, &value)) {
		struct language *l = view_is(key, "lang") ? site_language(site, value) : NULL;

		if (l)
			level->in = l;
		if (view_is(key, "hreflang") && view_is(element, "a"))
			link = value;
	}
	level->name |= link.n && site_language(site, link) == level->in;
}

/* What attributes say may be shown, too: alternatives, hints in fields, what scripts take from data. */
static void
read_attributes(struct reader *r, const struct level *level)
{
	struct view key, value;

	while (take_attribute(r, &key, &value))
		if (view_is(key, "alt") || view_is(key, "placeholder") || view_is(key, "title") || view_is(key, "value") ||
		    view_starts(key, "data-"))
			add_text(r->t, level->in, level->name, value);
}

/* Reads a tag behind its '<'. */
static void
read_tag(struct reader *r)
{
	struct level level = level_of(r);
	size_t end = tag_end(r), from;
	bool close = end > r->at && r->html.p[r->at] == '/', empty = end > r->at && r->html.p[end - 1] == '/';
	struct view element, rest;

	r->at += close;
	element = take_name(r);
	from = r->at;
	rest = view_slice(r->html, from, end);
	if (close) {
		r->depth -= r->depth > 0;
	} else {
		if (rest.n > 5 && view_search(rest, VIEW("lang=")) < rest.n)
			read_language(r, element, &level);
		r->at = from;
		if (rest.n && r->t->fonts->face_of[level.in->index] >= 0)
			read_attributes(r, &level);
		if (!empty && !is_void(element)) {
			if (r->depth < DEPTH)
				r->open[r->depth] = level;
			r->depth++;
		}
	}
	r->at = end + 1;
}

void
fonts_texts_page(struct fonts_texts *t, struct view html)
{
	struct reader r = { .t = t, .html = html };

	while (t->fonts->faces.n && r.at < html.n) {
		struct view rest = view_slice(html, r.at, html.n), text = view_slice(rest, 0, view_find(rest, '<'));
		struct level level = level_of(&r);

		add_text(t, level.in, level.name, text);
		r.at += text.n + 1;
		if (r.at < html.n && html.p[r.at] == '!')
			r.at += view_find(view_slice(html, r.at, html.n), '>') + 1;
		else if (r.at < html.n)
			read_tag(&r);
	}
}

void
fonts_texts_strings(struct fonts_texts *t, const struct locale *l)
{
	const struct strings *s = &l->world->strings;

	if (t->fonts->face_of[l->language->index] < 0)
		return;
	for (size_t i = 0; i < s->nsegments; i++) {
		const struct choice *c = &l->strings.choices[i];
		const struct yaml *form = c->entry && c->entry->plural ? c->entry->plural->child : NULL;

		if (c->from == l->language)
			add_text(t, l->language, false, c->text);
		for (; form && c->from == l->language; form = form->next)
			if (form->kind == YAML_SCALAR)
				add_text(t, l->language, false, form->text);
	}
}

static void
put_words(struct buf *result, const struct map *words)
{
	uint64_t n = words->n;

	buf_add(result, &n, sizeof n);
	for (size_t i = 0; i < words->n; i++) {
		uint32_t length = (uint32_t)words->entries[i].key.n;

		buf_add(result, &length, sizeof length);
		buf_addv(result, words->entries[i].key);
	}
}

void
fonts_texts_close(struct fonts_texts *t, struct buf *result)
{
	for (size_t k = 0; k < t->fonts->world->site.nlanguages; k++) {
		if (t->fonts->face_of[k] < 0)
			continue;
		buf_add(result, t->words[k].ascii, sizeof t->words[k].ascii);
		put_words(result, &t->words[k].text);
		put_words(result, &t->words[k].names);
	}
	arena_release(&t->arena);
	free(t);
}

static void
take(struct view *from, void *p, size_t n)
{
	if (from->n < n)
		bug("what was gathered for fonts is damaged");
	memcpy(p, from->p, n);
	*from = view_slice(*from, n, from->n);
}

static void
take_words(struct fonts *f, struct view *from, struct map *words)
{
	uint64_t n;

	take(from, &n, sizeof n);
	for (; n; n--) {
		uint32_t length;
		struct view word;

		take(from, &length, sizeof length);
		word = view_slice(*from, 0, length);
		*from = view_slice(*from, length, from->n);
		if (!map_get(words, word))
			map_set(words, view_copy(f->world->arena, word), f);
	}
}

void
fonts_take(struct fonts *f, struct view *result)
{
	for (size_t k = 0; k < f->world->site.nlanguages; k++) {
		uint64_t ascii[2];

		if (f->face_of[k] < 0)
			continue;
		take(result, ascii, sizeof ascii);
		f->words[k].ascii[0] |= ascii[0];
		f->words[k].ascii[1] |= ascii[1];
		take_words(f, result, &f->words[k].text);
		take_words(f, result, &f->words[k].names);
	}
}
