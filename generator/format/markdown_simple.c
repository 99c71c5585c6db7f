/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Inlines that most segments are made of, read without the library: words, *em* and **strong**, `code`, [text][1], [^note], escaped signs.
 * It refuses whatever it cannot prove to mean the same as CommonMark: tests/unit/markdown.c holds both against each other.
 */
#include "format/markdown_simple.h"

#include "base/block.h"
#include "base/utf8.h"
#include "format/lang.h"

enum { JOINS_MAX = 64 };

/* What stands beside a run of stars decides whether it opens or closes (CommonMark 6.2). */
enum beside { BESIDE_SPACE, BESIDE_SIGN, BESIDE_WORD, BESIDE_UNKNOWN };

struct simple {
	struct arena *a;
	struct view text;
	size_t at;
	const struct view *notes;
	size_t nnotes, ndest;
	unsigned joins;	/* texts copied to join them: too many take too long */
	bool emph, link;	/* the walk is inside one */
	bool refused;
};

static bool
is_sign(char c)
{
	return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

static enum beside
beside_of(uint32_t c)
{
	if (c < 0x80)
		return c == ' ' ? BESIDE_SPACE : is_sign((char)c) ? BESIDE_SIGN : BESIDE_WORD;
	return lang_letter(c) ? BESIDE_WORD : BESIDE_UNKNOWN;
}

static enum beside
before(const struct simple *s, size_t at)
{
	if (at == 0)
		return BESIDE_SPACE;
	at = utf8_back(s->text, at);
	return beside_of(utf8_next(s->text, &at));
}

static enum beside
behind(const struct simple *s, size_t at)
{
	return at == s->text.n ? BESIDE_SPACE : beside_of(utf8_next(s->text, &at));
}

/* Whether a run between these two opens (or, the other way round, closes); refuses when that depends on what is not known. */
static bool
flanks(struct simple *s, enum beside outer, enum beside inner)
{
	if (inner == BESIDE_UNKNOWN || (inner == BESIDE_SIGN && outer == BESIDE_UNKNOWN))
		s->refused = true;
	return inner == BESIDE_WORD || (inner == BESIDE_SIGN && outer != BESIDE_WORD);
}

static struct md_node *
add(struct simple *s, struct md_node *parent, enum md_kind kind)
{
	struct md_node *m = arena_new(s->a, struct md_node);

	m->kind = kind;
	m->line = 1;
	markdown_append(parent, m);
	return m;
}

/* More text; it joins text before it when both stand side by side in memory, else in a copy. */
static void
add_text(struct simple *s, struct md_node *parent, struct view more)
{
	struct md_node *last = parent->last;
	char *p;

	if (more.n == 0)
		return;
	if (!last || last->kind != MD_TEXT) {
		add(s, parent, MD_TEXT)->text = more;
	} else if (last->text.p + last->text.n == more.p) {
		last->text.n += more.n;
	} else if (++s->joins > JOINS_MAX) {
		s->refused = true;
	} else {
		p = arena_alloc(s->a, last->text.n + more.n + 1);
		memcpy(p, last->text.p, last->text.n);
		memcpy(p + last->text.n, more.p, more.n);
		last->text = view_of(p, last->text.n + more.n);
	}
}

static char
peek(const struct simple *s, size_t more)
{
	return s->at + more < s->text.n ? s->text.p[s->at + more] : '\0';
}

/* Position of the first byte at or behind `at` that may mean something, or the end of the text. */
static size_t
special_from(struct view v, size_t at)
{
	while (at < v.n) {
		char end[BLOCK_BYTES] = { 0 };
		block b;
		unsigned passed;

		if (v.n - at < BLOCK_BYTES)
			memcpy(end, v.p + at, v.n - at);
		b = block_at(v.n - at < BLOCK_BYTES ? end : v.p + at);
		passed = block_first((b < 0x20) | (((block)(b - '[') <= '`' - '[') & (b != '^')) | (b == '*') | (b == '<') | (b == '&') |
		    (b == '~') | (b == '!') | (b == '#'));
		at += passed;
		if (passed < BLOCK_BYTES)
			break;
	}
	return at < v.n ? at : v.n;
}

/* `code`, between single backticks: nothing in it means anything. */
static void
read_code(struct simple *s, struct md_node *parent)
{
	struct view rest = view_slice(s->text, s->at + 1, s->text.n);
	size_t n = view_find(rest, '`');

	if (n == 0 || n == rest.n || rest.p[0] == ' ' || rest.p[n - 1] == ' ' || (n + 1 < rest.n && rest.p[n + 1] == '`')) {
		s->refused = true;
		return;
	}
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)rest.p[i] < 0x20)
			s->refused = true;
	add(s, parent, MD_CODE)->text = view_slice(rest, 0, n);
	s->at += n + 2;
}

/* Nothing ends the text but its end. */
enum { NO_END = -1 };

static void read_children(struct simple *s, struct md_node *parent, int end);

/* Number of stars at the walk's position; three are too many to be simple. */
static size_t
stars(const struct simple *s)
{
	size_t n = 0;

	while (peek(s, n) == '*')
		n++;
	return n;
}

/* *em* or **strong**, with no other one inside. */
static void
read_emph(struct simple *s, struct md_node *parent)
{
	size_t n = stars(s);
	struct md_node *m;

	if (s->emph || n > 2 || !flanks(s, before(s, s->at), behind(s, s->at + n))) {
		s->refused = true;
		return;
	}
	m = add(s, parent, n == 1 ? MD_EMPH : MD_STRONG);
	s->at += n;
	s->emph = true;
	read_children(s, m, '*');
	s->emph = false;
	if (s->refused || stars(s) != n || !flanks(s, behind(s, s->at + n), before(s, s->at)))
		s->refused = true;
	s->at += n;
}

/* A number of a destination, without noughts before it, and the bracket behind it; 0 when it is none. */
static unsigned
read_number(struct simple *s, struct view *digits)
{
	size_t from = s->at;
	unsigned n = 0;

	while (peek(s, 0) >= '0' && peek(s, 0) <= '9' && s->at - from < 4)
		n = n * 10 + (unsigned)(s->text.p[s->at++] - '0');
	*digits = view_slice(s->text, from, s->at);
	if (peek(s, 0) != ']' || digits->n == 0 || digits->p[0] == '0' || n > s->ndest)
		return 0;
	s->at++;
	return n;
}

/* [text][1] */
static void
read_link(struct simple *s, struct md_node *parent)
{
	struct md_node *m = add(s, parent, MD_LINK);

	if (s->link) {
		s->refused = true;
		return;
	}
	s->at++;
	s->link = true;
	read_children(s, m, ']');
	s->link = false;
	if (s->refused || !m->child || peek(s, 0) != ']' || peek(s, 1) != '[') {
		s->refused = true;
		return;
	}
	s->at += 2;
	m->dest = read_number(s, &m->url);
	if (!m->dest)
		s->refused = true;
}

static bool
is_label(struct view v)
{
	for (size_t i = 0; i < v.n; i++)
		if (!((v.p[i] >= 'a' && v.p[i] <= 'z') || (v.p[i] >= '0' && v.p[i] <= '9') || (v.p[i] == '-' && i > 0)))
			return false;
	return v.n > 0;
}

/* [^name]: a mark, if there is such a note; names that differ in case alone are not told apart here. */
static void
read_mark(struct simple *s, struct md_node *parent)
{
	struct view rest = view_slice(s->text, s->at + 2, s->text.n);
	struct view name = view_slice(rest, 0, view_find(rest, ']'));
	bool known = false;

	for (size_t i = 0; i < s->nnotes; i++) {
		known |= view_eq(s->notes[i], name);
		if (!is_label(s->notes[i]))
			s->refused = true;
	}
	s->at += name.n + 3;
	if (!known || s->link || s->at > s->text.n || peek(s, 0) == '[' || peek(s, 0) == '(' || peek(s, 0) == ':') {
		s->refused = true;
		return;
	}
	add(s, parent, MD_NOTE_REF)->text = name;
}

/* A byte that may mean something. */
static void
read_special(struct simple *s, struct md_node *parent)
{
	char next = peek(s, 1);

	switch (s->text.p[s->at]) {
	case '*':
		read_emph(s, parent);
		return;
	case '`':
		read_code(s, parent);
		return;
	case '[':
		if (next == '^')
			read_mark(s, parent);
		else
			read_link(s, parent);
		return;
	case '\\':
		if (is_sign(next)) {
			add_text(s, parent, view_slice(s->text, s->at + 1, s->at + 2));
			s->at += 2;
			return;
		}
		break;
	case '!':
		if (next == '[')
			break;
		add_text(s, parent, view_slice(s->text, s->at, s->at + 1));
		s->at++;
		return;
	case '&':
		if (next != ' ')
			break;
		add_text(s, parent, view_slice(s->text, s->at, s->at + 1));
		s->at++;
		return;
	default:
		break;
	}
	s->refused = true;
}

/* Up to the byte that ends what is open, or the end of the text. */
static void
read_children(struct simple *s, struct md_node *parent, int end)
{
	while (!s->refused) {
		size_t to = special_from(s->text, s->at);

		add_text(s, parent, view_slice(s->text, s->at, to));
		s->at = to;
		if (to == s->text.n || s->text.p[to] == end)
			return;
		read_special(s, parent);
	}
}

struct md_node *
markdown_simple(struct arena *a, struct view text, const struct view *notes, size_t nnotes, size_t ndest)
{
	struct simple s = { .a = a, .notes = notes, .nnotes = nnotes, .ndest = ndest };
	struct arena_mark mark = arena_mark(a);
	struct md_node *top;

	if (text.n == 0 || text.p[0] == ' ' || text.p[text.n - 1] == ' ' || text.p[text.n - 1] == '\\')
		return NULL;
	s.text = arena_holds(a, text.p) ? text : view_copy(a, text);	/* the tree borrows from it */
	top = arena_new(a, struct md_node);
	top->kind = MD_PARAGRAPH;
	top->line = top->col = 1;
	top->level = 1;
	read_children(&s, top, NO_END);
	if (!s.refused)
		return top;
	arena_rewind(a, mark);
	return NULL;
}
