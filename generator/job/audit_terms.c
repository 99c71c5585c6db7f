/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Agreed words: data/terms.yaml, rows of `source` and of each language's tag, each a form or a list of forms. */
#include "base/utf8.h"
#include "format/lang.h"
#include "job/audit_text.h"

/* A word without '*' that is shorter than this is looked for whole; of longer ones, a third may be an ending. */
enum { STEM_MIN = 5 };

static bool
is_letter_before(struct view text, size_t at)
{
	size_t before = utf8_back(text, at);
	uint32_t c = at > 0 ? utf8_next(text, &before) : 0;

	return lang_letter(c) && !lang_spaceless(c);
}

static bool
is_letter_at(struct view text, size_t at)
{
	uint32_t c = at < text.n ? utf8_next(text, &at) : 0;

	return lang_letter(c) && !lang_spaceless(c);
}

static size_t
letters_end(struct view text, size_t at)
{
	while (is_letter_at(text, at))
		(void)utf8_next(text, &at);
	return at;
}

/*
 * Whether a form stands at `at`, up to the end of a word; *end is behind it. A '*' at the end of a word of the form is any letters; with
 * `plural`, an English plural's s may follow.
 */
static bool
form_at(struct view text, size_t at, struct view form, bool plural, size_t *end)
{
	for (size_t i = 0; i < form.n; i++) {
		if (form.p[i] == '*')
			at = letters_end(text, at);
		else if (at >= text.n || text.p[at++] != form.p[i])
			return false;
	}
	if (plural && !view_ends(form, "*"))
		at += at < text.n && text.p[at] == 's';
	*end = at;
	return !is_letter_at(text, at);
}

/* The next place of a folded form in the folded text, from `from` on, which begins with a word unless the form begins with '*'. */
static bool
find_form(struct view text, size_t from, struct view form, bool plural, size_t *start, size_t *end)
{
	bool open = view_starts(form, "*");

	if (open)
		form = view_slice(form, 1, form.n);
	for (size_t at = from; form.n && at + 1 <= text.n; at++) {
		at += view_find(view_slice(text, at, text.n), form.p[0]);
		if (at < text.n && (open || !is_letter_before(text, at)) && form_at(text, at, form, plural, end)) {
			*start = at;
			return true;
		}
	}
	return false;
}

/* The beginning of a word that inflection leaves alone. */
static struct view
stem(struct view word)
{
	size_t n = utf8_count(word), keep = n < STEM_MIN ? n : n - n / 3, at = 0;

	while (keep-- > 0 && at < word.n)
		(void)utf8_next(word, &at);
	return view_slice(word, 0, at);
}

/* Whether every word of a form stands in the folded text: with '*' as it says, else whatever its ending. */
static bool
has_words(struct view text, struct view form)
{
	struct view word;

	while (view_cut(&form, ' ', &word)) {
		size_t start, end;

		if (view_find(word, '*') < word.n ? !find_form(text, 0, word, false, &start, &end) :
		    view_search(text, stem(word)) >= text.n)
			return false;
	}
	return true;
}

/* The forms of a cell. */
static size_t
forms_of(const struct data_cell *c, const struct view **forms)
{
	if (!c)
		return 0;
	*forms = c->texts.n ? c->texts.items : &c->text;
	return c->texts.n ? c->texts.n : c->text.n > 0;
}

/* Whether a longer term covers a place: "Committee on Migrant Workers" is not about the "migrant worker". */
static bool
is_covered(const struct audit_pair *p, const struct data *t, struct view text, size_t start, size_t end)
{
	for (size_t row = 0; row < t->nitems; row++) {
		const struct view *forms = NULL;
		size_t n = forms_of(data_at(t, row, "source"), &forms);

		for (size_t i = 0; i < n; i++) {
			struct view form = lang_fold(p->scratch, forms[i]);
			size_t s, e = 0;

			for (size_t at = 0; form.n > 1 && find_form(text, at, form, true, &s, &e) && s <= start; at = s + 1)
				if (e >= end && e - s > end - start)
					return true;
		}
	}
	return false;
}

/* Whether a term of the source stands in the text by itself. */
static bool
is_meant(const struct audit_pair *p, const struct data *t, struct view text, struct view form)
{
	size_t start, end;

	form = lang_fold(p->scratch, form);
	for (size_t at = 0; find_form(text, at, form, true, &start, &end); at = start + 1)
		if (!is_covered(p, t, text, start, end))
			return true;
	return false;
}

void
audit_terms(const struct audit_pair *p)
{
	const struct data *t = p->audit->data ? data_find(p->audit->data, "terms") : NULL;
	struct view tag = view_copy(p->scratch, p->audit->language->lang->tag), in, out;

	if (!t)
		return;
	in = lang_fold(p->scratch, p->in.plain);
	out = lang_fold(p->scratch, p->out.plain);
	for (size_t row = 0; row < t->nitems; row++) {
		const struct view *source = NULL, *target = NULL;
		size_t nsource = forms_of(data_at(t, row, "source"), &source), ntarget = forms_of(data_at(t, row, tag.p), &target);
		bool meant = false, found = false;

		for (size_t i = 0; ntarget && i < nsource && !meant; i++)
			meant = is_meant(p, t, in, source[i]);
		for (size_t i = 0; meant && i < ntarget && !found; i++)
			found = has_words(out, lang_fold(p->scratch, target[i]));
		if (meant && !found)
			diag(p->diags, audit_term, p->entry->target_place, source[0], target[0]);
	}
}
