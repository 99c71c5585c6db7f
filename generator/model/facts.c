/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a text holds that a translation must hold too. facts_numbers.c finds the numbers. */
#include "model/facts.h"

#include "base/arena.h"
#include "base/block.h"
#include "base/utf8.h"
#include "format/lang.h"

enum { FLAG = 0x1F3F4, TAG_FIRST = 0xE0020, TAG_LAST = 0xE007E, TAG_CANCEL = 0xE007F };

static bool
is_tag_character(uint32_t c)
{
	return c >= 0xE0000 && c <= 0xE00FF;
}

/* Behind a black flag: the end of a well-formed tag sequence (UTS 51, ED-14a), or `at` when there is none. */
static size_t
flag_end(struct view v, size_t at)
{
	size_t next = at;

	while (next < v.n) {
		size_t from = next;
		uint32_t c = utf8_next(v, &next);

		if (c == TAG_CANCEL)
			return from > at ? next : at;
		if (c < TAG_FIRST || c > TAG_LAST)
			return at;
	}
	return at;
}

/* Passes ASCII without controls, then what lang_calm passes, once: returns a position to look at closely, or one to go on from. */
static size_t
harmless(struct view v, size_t at)
{
	size_t next = at;

	while (v.n - next >= BLOCK_BYTES) {
		block b = block_at(v.p + next);
		unsigned passed = block_first((b < 0x20) | (b >= 0x7F));

		next += passed;
		if (passed < BLOCK_BYTES)
			break;
	}
	while (next < v.n && v.p[next] >= 0x20 && v.p[next] < 0x7F)
		next++;
	return next < v.n && (unsigned char)v.p[next] >= 0x80 ? lang_calm(v, next) : next;
}

uint32_t
facts_forbidden(struct view text, bool *bidi)
{
	uint32_t first = 0;
	size_t at = 0;

	*bidi = false;
	while (at < text.n) {
		uint32_t c;

		at = harmless(text, at);
		if (at == text.n)
			break;
		c = utf8_next(text, &at);
		if (c == 0 || utf8_is_control(c) || utf8_is_odd_line(c)) {
			*bidi = false;
			return c ? c : 0xFFFD;	/* NUL, made visible */
		}
		if (!first && (utf8_is_bidi_control(c) || is_tag_character(c))) {
			*bidi = true;
			first = c;
		}
		if (c == FLAG)
			at = flag_end(text, at);
	}
	return first;
}

static void
push(struct list *l, struct arena *a, struct view text, uint32_t dest)
{
	struct fact *fact = list_push(l, a);

	fact->text = text;
	fact->dest = dest;
}

/* Tags that a translation may add or leave out as its language needs. */
static bool
is_free_tag(struct view name)
{
	static const char *const names[] = { "em", "strong", "b", "i", "br", "wbr", "sub", "sup", "bdi" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (view_is(name, names[i]))
			return true;
	return false;
}

struct walk {
	struct facts *f;
	struct arena *a;
	char *out;	/* plain words go here; NULL while they are only counted */
	size_t n;
	bool seen;	/* what the tree holds has been looked at in the text: no entity can bring in more */
};

static void
put(struct walk *w, struct view v)
{
	if (w->out && v.n)
		memcpy(w->out + w->n, v.p, v.n);
	w->n += v.n;
}

static void
see(struct walk *w, struct view v)
{
	uint32_t bad;
	bool bidi;

	if ((w->f->bad && !w->f->bidi) || w->out || w->seen)
		return;
	bad = facts_forbidden(v, &bidi);
	if (!bad || (bidi && w->f->bad))
		return;
	w->f->bad = bad;
	w->f->bidi = bidi;
}

/* What a node is, apart from its children. Taken down on the first of two walks. */
static void
note_node(struct walk *w, const struct md_node *m)
{
	struct facts *f = w->f;
	bool image = m->kind == MD_IMAGE;

	see(w, m->text);
	see(w, m->info);
	if (m->kind == MD_LINK || image) {
		struct view name = m->dest ? view_printf(w->a, "%s[%u]", image ? "!" : "", m->dest) : m->url;

		push(image ? &f->images : &f->links, w->a, name, m->dest);
	} else if (m->kind == MD_NOTE_REF) {
		push(&f->notes, w->a, view_printf(w->a, "[^%.*s]", VIEW_ARG(m->text)), 0);
	} else if (m->kind == MD_CODE) {
		push(&f->code, w->a, m->text, 0);
	} else if ((m->kind == MD_TAG && !is_free_tag(m->text)) || m->kind == MD_HTML) {
		push(&f->tags, w->a, m->text, 0);
	}
}

static void
walk_children(struct walk *w, const struct md_node *parent)
{
	for (const struct md_node *m = parent->child; m; m = m->next) {
		if (!w->out)
			note_node(w, m);
		if (m->kind == MD_TEXT)
			put(w, m->text);
		else if (m->kind == MD_SOFT_BREAK || m->kind == MD_HARD_BREAK)
			put(w, VIEW(" "));
		else if (m->kind == MD_CODE || m->kind == MD_NOTE_REF || m->kind == MD_IMAGE)
			put(w, VIEW("\xEF\xBF\xBC"));
		walk_children(w, m);
		if (m->kind == MD_IMAGE)
			put(w, VIEW("\xEF\xBF\xBC"));
	}
}

static bool
is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_alnum(char c)
{
	return is_alpha(c) || (c >= '0' && c <= '9');
}

/* "<name ...>", "</name>", "<!...>", "<?...>": the end behind '>', or `at`. */
static size_t
taglike_end(struct view v, size_t at)
{
	char c = at + 1 < v.n ? v.p[at + 1] : ' ';

	if (!is_alpha(c) && c != '/' && c != '!' && c != '?')
		return at;
	for (size_t i = at + 1; i < v.n && v.p[i] != '<'; i++)
		if (v.p[i] == '>')
			return i + 1;
	return at;
}

static size_t
placeholder_end(struct view v, size_t at)
{
	size_t i = at + 1;

	while (i < v.n && (is_alnum(v.p[i]) || v.p[i] == '-' || v.p[i] == '_' || v.p[i] == '.'))
		i++;
	return i > at + 1 && i < v.n && v.p[i] == '}' ? i + 1 : at;
}

static struct view
lower(struct arena *a, struct view v)
{
	char *p = arena_copy(a, v.p, v.n);

	for (size_t i = 0; i < v.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] + 32);
	return view_of(p, v.n);
}

/*
 * An e-mail address around the '@' at `at`: ASCII letters, digits and ".-_+%" before it, a host with a dot behind it. A letter that is
 * not ASCII ends it on either side, so that Chinese may stand close to it; an '@' that such a letter follows at once
 * takes all up to the next blank: a host of look-alike letters is an address too. Returns where it ends, or `at`.
 */
static size_t
mail_around(struct view v, size_t at, size_t *from)
{
	size_t start = at, end = at + 1;
	bool dot = false, foreign = end < v.n && (unsigned char)v.p[end] >= 0x80;

	while (start > 0 && (is_alnum(v.p[start - 1]) || strchr(".-_+%", v.p[start - 1])) && v.p[start - 1])
		start--;
	while (end < v.n && (foreign ? v.p[end] != ' ' : is_alnum(v.p[end]) || v.p[end] == '-' || v.p[end] == '.')) {
		dot |= v.p[end] == '.' && end + 1 < v.n && is_alnum(v.p[end + 1]);
		end++;
	}
	while (end > at + 1 && (v.p[end - 1] == '.' || v.p[end - 1] == '-'))
		end--;
	*from = start;
	return dot && (start < at || (at > 0 && (unsigned char)v.p[at - 1] >= 0x80)) ? end : at;
}

static bool
starts_without_case(struct view v, size_t at, const char *prefix)
{
	for (size_t i = 0; prefix[i]; i++)
		if (at + i >= v.n || (v.p[at + i] | 32) != (prefix[i] | 32))
			return false;
	return true;
}

/* "http://", "https://" or "www." at a word's start, up to a blank, a quotation mark or a character that is not ASCII; marks that end a
 * sentence are not part of it. Returns where it ends, or `at`. */
static size_t
url_end(struct view v, size_t at)
{
	size_t end = at;

	if (at > 0 && is_alnum(v.p[at - 1]))
		return at;
	if (!starts_without_case(v, at, "http://") && !starts_without_case(v, at, "https://") &&
	    !starts_without_case(v, at, "www."))
		return at;
	while (end < v.n && v.p[end] > ' ' && v.p[end] < 0x7F && !strchr("\"'<>()", v.p[end]))
		end++;
	while (end > at && strchr(".,;:!?", v.p[end - 1]))
		end--;
	return end;
}

/* Everything that is found in words alone. */
static void
scan_words(struct facts *f, struct arena *a, struct view v, bool tree)
{
	for (size_t i = 0; i < v.n; i++) {
		size_t end = i, from = i;

		switch (v.p[i]) {
		case '<':
			if (tree && (end = taglike_end(v, i)) > i)
				push(&f->taglike, a, view_slice(v, i, end), 0);
			break;
		case '{':
			if ((end = placeholder_end(v, i)) > i)
				push(&f->placeholders, a, view_slice(v, i, end), 0);
			break;
		case '@':
			if ((end = mail_around(v, i, &from)) > i)
				push(&f->addresses, a, lower(a, view_slice(v, from, end)), 0);
			break;
		case 'h':
		case 'H':
		case 'w':
		case 'W':
			if ((end = url_end(v, i)) > i)
				push(&f->addresses, a, view_slice(v, i, end), 0);
			break;
		default:
			break;
		}
		if (end > i && v.p[i] != '<')
			i = end - 1;
	}
	f->numbers = facts_numbers(a, v);
}

void
facts_read(struct facts *f, struct arena *a, struct view text, const struct md_node *tree)
{
	struct walk w = { .f = f, .a = a, .seen = view_find(text, '&') == text.n };
	struct list empty = LIST_OF(struct fact);

	*f = (struct facts){ .links = empty, .images = empty, .notes = empty, .code = empty, .tags = empty,
		.taglike = empty, .addresses = empty, .numbers = empty, .placeholders = empty, .plain = text };
	f->bad = facts_forbidden(text, &f->bidi);
	if (tree) {
		walk_children(&w, tree);
		w.out = arena_alloc(a, w.n + 1);
		f->plain = view_of(w.out, w.n);
		w.n = 0;
		walk_children(&w, tree);
	}
	if (!facts_none(f->plain))
		scan_words(f, a, f->plain, tree != NULL);
}
