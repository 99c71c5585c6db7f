/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Agreed words: data/terms.yaml, rows of `source` and of each language's tag. */
#include "base/utf8.h"
#include "format/lang.h"
#include "job/audit_text.h"

/* Words shorter than this are looked for whole; of longer ones, a third may be an ending. */
enum { STEM_MIN = 5 };

/* Whether the folded term stands in the folded text from a word's start to its end, an English plural's s apart. */
static bool
has_term(struct view text, struct view term)
{
	size_t at = 0;

	while (at < text.n) {
		size_t found = at + view_search(view_slice(text, at, text.n), term), before, after;
		bool starts, ends;

		if (found >= text.n)
			return false;
		for (before = found; before > 0 && ((unsigned char)text.p[before - 1] & 0xC0) == 0x80;)
			before--;
		before -= before > 0;
		after = found + term.n;
		after += after < text.n && text.p[after] == 's';
		starts = found == 0 || !lang_letter(utf8_next(text, &before));
		ends = after >= text.n || !lang_letter(utf8_next(text, &after));
		if (starts && ends)
			return true;
		at = found + 1;
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

/* Whether every word of the translated term stands in the folded text, whatever its ending. */
static bool
has_words(struct view text, struct view term)
{
	struct view word;

	while (view_cut(&term, ' ', &word))
		if (word.n && view_search(text, stem(word)) >= text.n)
			return false;
	return true;
}

/* The cell's texts as one list. */
static size_t
cell_texts(const struct data_cell *c, const struct view **texts)
{
	*texts = c->texts.n ? c->texts.items : &c->text;
	return c->texts.n ? c->texts.n : c->text.n > 0;
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
		const struct data_cell *source = data_at(t, row, "source"), *target = data_at(t, row, tag.p);
		const struct view *texts;
		bool found = false;
		size_t n;

		if (!source || !target || !source->text.n || (n = cell_texts(target, &texts)) == 0)
			continue;
		if (!has_term(in, lang_fold(p->scratch, source->text)))
			continue;
		for (size_t i = 0; i < n && !found; i++)
			found = has_words(out, lang_fold(p->scratch, texts[i]));
		if (!found)
			diag(p->diags, audit_term, p->entry->target_place, source->text, texts[0]);
	}
}
