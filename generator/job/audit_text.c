/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One translation beside its source: marks, numbers, sameness, script, hosts, pictures. */
#include "job/audit_text.h"

#include <ctype.h>

#include "base/utf8.h"
#include "format/lang.h"

enum { LOCKED_DIGITS = 5, WORDS_MIN = 3 };

static bool
is_blank_at(struct view v, size_t i)
{
	return i >= v.n || v.p[i] == ' ';
}

/* How often a mark stands in a text; '_' only where it could begin or end emphasis. */
static size_t
count_mark(struct view v, const char *mark)
{
	size_t n = 0, len = strlen(mark);

	for (size_t i = view_find(v, *mark); i + len <= v.n; i += 1 + view_find(view_slice(v, i + 1, v.n), *mark)) {
		if (memcmp(v.p + i, mark, len) != 0)
			continue;
		if (*mark == '_' && (i == 0 || is_blank_at(v, i - 1)) == is_blank_at(v, i + 1))
			continue;
		if (*mark == '*' && (i == 0 || is_blank_at(v, i - 1)) && is_blank_at(v, i + 1))
			continue;
		n++;
	}
	return n;
}

void
audit_emphasis(const struct audit_pair *p)
{
	static const char *const marks[] = { "**", "*", "_", "~~", "`", "][", "[^" };

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (count_mark(p->out.plain, marks[i]) > count_mark(p->in.plain, marks[i])) {
			diag(p->diags, audit_emphasis, p->entry->target_place, view_str(marks[i]));
			return;
		}
	}
}

/* Digits without leading zeros. */
static struct view
value_of(const struct list *numbers, size_t i)
{
	struct view v = LIST_AT(numbers, struct fact, i)->text;

	while (v.n > 1 && v.p[0] == '0')
		v = view_slice(v, 1, v.n);
	return v;
}

static bool
has_number(const struct list *numbers, struct view value)
{
	for (size_t i = 0; i < numbers->n; i++)
		if (view_eq(value_of(numbers, i), value))
			return true;
	return false;
}

static unsigned
decimal(struct view digits)
{
	unsigned n = 0;

	for (size_t i = 0; i < digits.n; i++)
		n = n * 10 + (unsigned)(digits.p[i] - '0');
	return n;
}

static unsigned
roman_digit(char c)
{
	static const char letters[] = "IVXLCDM";
	static const unsigned values[] = { 1, 5, 10, 50, 100, 500, 1000 };
	const char *at = c ? strchr(letters, c) : NULL;

	return at ? values[at - letters] : 0;
}

/* Whether a number stands there in Roman capitals: "XXIe siècle". */
static bool
has_roman(struct view v, unsigned n)
{
	for (size_t i = 0; i < v.n; i++) {
		unsigned sum = 0;

		if (!roman_digit(v.p[i]))
			continue;
		for (; i < v.n && roman_digit(v.p[i]); i++) {
			unsigned here = roman_digit(v.p[i]), next = i + 1 < v.n ? roman_digit(v.p[i + 1]) : 0;

			sum += here < next ? 0 - here : here;
		}
		if (sum == n)
			return true;
	}
	return false;
}

/* Numerals that are no decimal digits: Ethiopic, Chinese from ten upward. */
static bool
has_numerals(struct view v)
{
	size_t at = 0;

	while (at < v.n) {
		uint32_t c = utf8_next(v, &at);

		if ((c >= 0x1372 && c <= 0x137C) || c == 0x5341 || c == 0x767E || c == 0x5343 || c == 0x4E07 ||
		    c == 0x842C || c == 0x4EBF || c == 0x5104)
			return true;
	}
	return false;
}

/* Whether an English source has the number in words: "fourteen experts". */
static bool
has_english(struct arena *a, struct view text, unsigned n)
{
	static const char *const ten[] = { "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
		"seventeen", "eighteen", "nineteen" };
	static const char *const tens[] = { "hundred", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy",
		"eighty", "ninety" };
	const char *word = n >= 10 && n < 20 ? ten[n - 10] : n <= 100 ? tens[n / 10 % 10] : n <= 1000 ? "hundred" : NULL;
	struct view folded = lang_fold(a, text);

	return word && view_search(folded, view_str(word)) < folded.n;
}

/* A month by its number, as Chinese, Japanese and Korean write it: "12月". */
static bool
is_month(struct arena *a, struct view text, struct view value)
{
	struct view han = view_printf(a, "%.*s\xE6\x9C\x88", VIEW_ARG(value));
	struct view hangul = view_printf(a, "%.*s\xEC\x9B\x94", VIEW_ARG(value));

	return decimal(value) <= 12 && (view_search(text, han) < text.n || view_search(text, hangul) < text.n);
}

static bool
is_lost(const struct audit_pair *p, struct view value)
{
	return value.n >= 2 && value.n < LOCKED_DIGITS && !has_number(&p->out.numbers, value) &&
	    !has_numerals(p->out.plain) && !has_roman(p->out.plain, decimal(value));
}

static bool
is_new(const struct audit_pair *p, struct view value)
{
	bool english = view_is(p->audit->site->source->lang->bare, "en");

	return value.n >= 2 && value.n < LOCKED_DIGITS && !has_number(&p->in.numbers, value) &&
	    !has_numerals(p->in.plain) && !has_roman(p->in.plain, decimal(value)) &&
	    !is_month(p->scratch, p->out.plain, value) &&
	    !(english && has_english(p->scratch, p->in.plain, decimal(value)));
}

void
audit_numbers(const struct audit_pair *p)
{
	struct view what = VIEW_NONE;

	for (size_t i = 0; i < p->out.numbers.n && !what.n; i++) {
		struct view value = value_of(&p->out.numbers, i);

		if (is_new(p, value))
			what = view_printf(p->scratch, "'%.*s' is not in the source", VIEW_ARG(value));
	}
	for (size_t i = 0; i < p->in.numbers.n; i++) {
		struct view value = value_of(&p->in.numbers, i);

		if (is_lost(p, value)) {
			what = view_printf(p->scratch, "%.*s%s'%.*s' is missing", VIEW_ARG(what), what.n ? ", " : "",
			    VIEW_ARG(value));
			break;
		}
	}
	if (what.n)
		diag(p->diags, audit_numbers, p->entry->target_place, what);
}

/* Words that one would translate: with two letters or more and not all capitals; in a spaceless script two characters are a word. */
static size_t
count_words(struct view v)
{
	size_t at = 0, words = 0, letters = 0, capitals = 0, spaceless = 0;

	while (at < v.n) {
		uint32_t c = utf8_next(v, &at);

		if (lang_spaceless(c)) {
			spaceless++;
		} else if (lang_letter(c)) {
			letters++;
			capitals += c >= 'A' && c <= 'Z';
		} else {
			words += letters >= 2 && capitals < letters;
			letters = capitals = 0;
		}
	}
	words += letters >= 2 && capitals < letters;
	return words + spaceless / 2;
}

/* Whether every longer word begins with a capital, as in "Migrant Forum in Asia": a name may stay as it is. */
static bool
is_name(struct view v)
{
	struct view word;

	while (view_cut(&v, ' ', &word))
		if (word.n > 3 && !(word.p[0] >= 'A' && word.p[0] <= 'Z'))
			return false;
	return true;
}

void
audit_same(const struct audit_pair *p)
{
	const struct lang *source = p->audit->site->source->lang, *target = p->audit->language->lang;

	if (view_eq(p->entry->target, p->source) && !view_eq(source->bare, target->bare) &&
	    count_words(p->out.plain) >= WORDS_MIN && !is_name(p->out.plain))
		diag(p->diags, audit_same, p->entry->target_place);
}

void
audit_script(const struct audit_pair *p)
{
	struct view script = p->audit->language->lang->script;

	if (!view_eq(p->entry->target, p->source) && !audit_has_script(p->out.plain, script) &&
	    count_words(p->out.plain) >= WORDS_MIN)
		diag(p->diags, audit_script, p->entry->target_place, script);
}

/* Letters of ASCII and others around a dot: "оhchr.org" with a Cyrillic letter. No host ends in a single letter, as "n.º" does. */
static void
look_at_host(const struct audit_pair *p, struct view host)
{
	bool ascii = false, other = false;
	size_t dot, last = 0;

	while (host.n && (host.p[host.n - 1] == '.' || host.p[host.n - 1] == '-'))
		host.n--;
	dot = view_find(host, '.');
	for (size_t i = 0; i < host.n; i++) {
		ascii |= (host.p[i] >= 'a' && host.p[i] <= 'z') || (host.p[i] >= 'A' && host.p[i] <= 'Z');
		other |= (unsigned char)host.p[i] >= 0x80;
		last = host.p[i] == '.' ? 0 : last + (((unsigned char)host.p[i] & 0xC0) != 0x80);
	}
	if (dot > 0 && dot < host.n && last > 1 && ascii && other && lang_suspicious_host(host))
		diag(p->diags, audit_host, p->entry->target_place, host);
}

/* Whether a dot stands within a word, as in every host. */
static bool
has_dotted(struct view v)
{
	for (size_t i = view_find(v, '.'); i + 1 < v.n; i += 1 + view_find(view_slice(v, i + 1, v.n), '.')) {
		unsigned char next = (unsigned char)v.p[i + 1];

		if (next >= 0x80 || next == '-' || isalnum(next))
			return true;
	}
	return false;
}

void
audit_hosts(const struct audit_pair *p)
{
	struct view v = p->out.plain;
	size_t at = 0, start = 0;

	if (!has_dotted(v))
		return;
	while (at < v.n) {
		size_t from = at;
		uint32_t c = utf8_next(v, &at);
		bool part = c == '.' || c == '-' || (!lang_spaceless(c) && (lang_letter(c) || lang_digit(c) >= 0));

		if (!part) {
			look_at_host(p, view_slice(v, start, from));
			start = at;
		}
	}
	look_at_host(p, view_slice(v, start, v.n));
}

/* The first image of a destination, or NULL. */
static const struct md_node *
image_of(const struct md_node *parent, unsigned dest)
{
	for (const struct md_node *m = parent->child; m; m = m->next) {
		const struct md_node *inside;

		if (m->kind == MD_IMAGE && m->dest == dest)
			return m;
		if ((inside = image_of(m, dest)) != NULL)
			return inside;
	}
	return NULL;
}

static void
pictures_below(const struct audit_pair *p, const struct md_node *parent)
{
	for (const struct md_node *m = parent->child; m; m = m->next) {
		const struct md_node *source = m->kind == MD_IMAGE ? image_of(p->source_tree, m->dest) : NULL;

		if (source && source->child && !m->child)
			diag(p->diags, audit_alt, p->entry->target_place,
			    view_printf(p->scratch, "![%u]", m->dest));
		pictures_below(p, m);
	}
}

void
audit_pictures(const struct audit_pair *p)
{
	if (p->source_tree && p->target_tree && p->out.images.n)
		pictures_below(p, p->target_tree);
}
