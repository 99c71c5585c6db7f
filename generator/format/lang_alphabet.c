/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The letters below which a reader of a language looks a title up: CLDR's index characters, and the language's collation. Part of lang.h. */
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/ulocdata.h>
#include <unicode/uscript.h>
#include <unicode/uset.h>
#include <unicode/ustring.h>

#include "base/list.h"
#include "base/utf8.h"
#include "format/lang_data.h"

/* CLDR's collations of Chinese begin each group of Han with this code point and a letter (pinyin) or a number of strokes. */
enum { GROUP_MARK = 0xFDD0, STROKES = 0x2800, LABEL_MAX = 16 };

struct label {
	struct view text, key;	/* key: primary weights */
	UScriptCode script;	/* that it is for */
};

struct lang_alphabet {
	struct arena *arena;
	struct lang *lang;
	UCollator *primary;	/* NULL when ICU has none */
	struct label *labels;	/* nlabels of them, by key */
	size_t nlabels;
};

/* Words at the beginning of a title that do not count, as in the catalogue of a library. */
static const struct {
	const char *lang, *words;
} articles[] = { { "en", "the |a |an " }, { "fr", "le |la |les |l\xE2\x80\x99|l'|un |une |des " }, { "es", "el |la |los |las |un |una " },
	{ "pt", "o |a |os |as |um |uma " }, { "ar", "\xD8\xA7\xD9\x84" } };

static struct view
primary_key(const struct lang_alphabet *x, struct arena *a, const UChar *p, int32_t n)
{
	int32_t size = ucol_getSortKey(x->primary, p, n, NULL, 0);
	uint8_t *key = arena_alloc(a, (size_t)size + 1);

	size = ucol_getSortKey(x->primary, p, n, key, size + 1);
	return view_of((const char *)key, size > 0 ? (size_t)size - 1 : 0);
}

static struct view
key_of(const struct lang_alphabet *x, struct arena *a, struct view text)
{
	struct lang_wide wide;
	struct view key;

	lang_wide_from(&wide, text);
	key = primary_key(x, a, wide.p, wide.n);
	lang_wide_release(&wide);
	return key;
}

static UScriptCode
script_of(uint32_t c)
{
	UErrorCode code = U_ZERO_ERROR;
	UScriptCode s = uscript_getScript((UChar32)c, &code);

	return lang_went_well(code) ? s : USCRIPT_UNKNOWN;
}

static uint32_t
first_of(struct view text)
{
	size_t at = 0;

	return text.n ? utf8_next(text, &at) : 0;
}

static void
add_label(struct lang_alphabet *x, struct list *list, const UChar *p, int32_t n)
{
	struct label *label;

	if (n <= 0 || n > LABEL_MAX)
		return;
	label = list_push(list, x->arena);
	label->text = lang_narrow(x->arena, p, n);
	label->key = primary_key(x, x->arena, p, n);
	label->script = script_of(first_of(label->text));
	if (p[0] != GROUP_MARK)
		return;
	label->script = USCRIPT_HAN;
	label->text = n > 1 && p[1] > STROKES && p[1] < STROKES + 0x100 ?
	    view_printf(x->arena, "%d\xE5\x8A\x83", p[1] - STROKES) : lang_narrow(x->arena, p + 1, n - 1);
}

/* Every character and text of a set; of those that begin with a group's mark only the ones that hold it, or only the others. */
static void
add_set(struct lang_alphabet *x, struct list *list, const USet *set, bool groups)
{
	for (int32_t i = 0; i < uset_getItemCount(set); i++) {
		UErrorCode code = U_ZERO_ERROR;
		UChar text[LABEL_MAX + 1];
		UChar32 from, to;
		int32_t n = uset_getItem(set, i, &from, &to, text, LABEL_MAX, &code);

		if (n >= 2 && lang_went_well(code) && (text[0] == GROUP_MARK) == groups)
			add_label(x, list, text, n);
		for (UChar32 c = from; n == 0 && !groups && c <= to; c++) {
			n = 0;
			U16_APPEND_UNSAFE(text, n, c);
			add_label(x, list, text, n);
			n = 0;
		}
	}
}

static int
compare(const void *p, const void *q)
{
	const struct label *a = p, *b = q;
	int c = view_cmp(a->key, b->key);

	return c ? c : view_cmp(a->text, b->text);
}

static void
find_labels(struct lang_alphabet *x)
{
	struct list list = LIST_OF(struct label);
	UErrorCode code = U_ZERO_ERROR;
	ULocaleData *data = ulocdata_open(x->lang->data->locale, &code);
	USet *set = uset_openEmpty(), *others = uset_openEmpty();
	size_t n = 0;

	if (lang_went_well(code) && x->lang->data->known)
		ulocdata_getExemplarSet(data, set, 0, ULOCDATA_ES_INDEX, &code);
	if (lang_went_well(code))
		add_set(x, &list, set, false);
	uset_clear(set);
	code = U_ZERO_ERROR;
	if (view_is(x->lang->bare, "zh")) {
		ucol_getContractionsAndExpansions(x->primary, set, others, false, &code);
		add_set(x, &list, set, lang_went_well(code));
	}
	uset_close(others);
	uset_close(set);
	if (data)
		ulocdata_close(data);
	x->labels = list.items;
	if (list.n)
		qsort(x->labels, list.n, sizeof *x->labels, compare);
	for (size_t i = 0; i < list.n; i++)	/* of letters that sort alike the first stands for all */
		if (n == 0 || !view_eq(x->labels[n - 1].key, x->labels[i].key))
			x->labels[n++] = x->labels[i];
	x->nlabels = n;
}

struct lang_alphabet *
lang_alphabet_open(struct arena *a, struct lang *l)
{
	struct lang_alphabet *x = arena_new(a, struct lang_alphabet);
	UErrorCode code = U_ZERO_ERROR;

	x->arena = a;
	x->lang = l;
	x->primary = ucol_open(l->data->locale, &code);
	if (lang_went_well(code))
		ucol_setStrength(x->primary, UCOL_PRIMARY);
	if (lang_went_well(code))
		find_labels(x);
	return x;
}

void
lang_alphabet_close(struct lang_alphabet *x)
{
	if (x->primary)
		ucol_close(x->primary);
	x->primary = NULL;
}

/* A title without the signs and the article before it. */
static struct view
without_start(struct arena *a, const struct lang *of, struct view text)
{
	size_t at = 0, start = 0;

	while (at < text.n) {
		uint32_t c = utf8_next(text, &at);

		if ((lang_letter(c) && !(U_GET_GC_MASK((UChar32)c) & U_GC_M_MASK)) || lang_digit(c) >= 0)
			break;
		start = at;
	}
	if (start < text.n)
		text = view_slice(text, start, text.n);
	for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) {
		struct view rest = view_str(articles[i].words), word, low = lang_fold(a, view_slice(text, 0, 16));

		while (view_is(of->bare, articles[i].lang) && view_cut(&rest, '|', &word))
			if (view_starts(low, view_copy(a, word).p) && text.n > word.n)
				return view_slice(text, word.n, text.n);
	}
	return text;
}

/* For letters that the alphabet does not have: the first one itself, without marks, as a capital. */
static struct view
own_label(struct arena *a, uint32_t c)
{
	struct lang_folded f;
	struct buf b;
	struct view label;

	lang_search_char(c, &f);
	if (f.n)
		c = first_of(view_of(f.text, f.n));
	buf_init(&b);
	utf8_put(&b, (uint32_t)u_toupper((UChar32)c));
	label = view_copy(a, view_buf(&b));
	buf_release(&b);
	return label;
}

static const struct label *
find(const struct lang_alphabet *x, struct arena *a, struct view text, uint32_t first)
{
	struct view key = key_of(x, a, text);
	UScriptCode script = script_of(first);
	const struct label *found = NULL;

	for (size_t i = 0; i < x->nlabels && view_cmp(x->labels[i].key, key) <= 0; i++)
		if (x->labels[i].script == script)
			found = &x->labels[i];
	return found;
}

void
lang_alphabet_find(struct lang_alphabet *x, struct arena *a, const struct lang *of, struct view text, struct lang_initial *out)
{
	struct view start = without_start(a, of, text);
	uint32_t first = first_of(start);
	const struct label *found = NULL;

	out->key = lang_sort_key(x->lang, a, start);
	if (lang_digit(first) >= 0)
		out->label = view_printf(a, "%.*s\xE2\x80\x93%.*s", VIEW_ARG(lang_number(x->lang, a, 0, 0)),
		    VIEW_ARG(lang_number(x->lang, a, 9, 0)));
	else if (x->primary && (found = find(x, a, start, first)) != NULL)
		out->label = found->text;
	else
		out->label = own_label(a, first);
	/* pinyin and Latin letters of the same name are one group */
	out->group = !x->primary ? out->label : found && found->script == USCRIPT_HAN && (unsigned char)out->label.p[0] >= 0x80 ?
	    found->key : key_of(x, a, out->label);
}
