/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may stand in a cell of a data file. */
#include "model/data_check.h"

#include "base/arena.h"
#include "format/html.h"
#include "format/yaml.h"

static bool
bool_of(struct view text, bool *truth)
{
	*truth = view_is(text, "true") || view_is(text, "yes");
	return *truth || view_is(text, "false") || view_is(text, "no");
}

/* Whether the line of `types:` for this field is there. */
static bool
has_type(const struct yaml *root, struct view name)
{
	const struct yaml *types = yaml_get(root, "types");

	for (const struct yaml *y = types && types->kind == YAML_MAP ? types->child : NULL; y; y = y->next) {
		if (view_eq(y->key, name))
			return true;
	}
	return false;
}

void
data_guess_bools(struct data *t, const struct yaml *root)
{
	for (size_t f = 0; f < t->nfields; f++) {
		bool all = t->fields[f].type == DATA_TEXT && !has_type(root, t->fields[f].name);

		for (size_t i = 0; all && i < t->nitems; i++) {
			const struct data_cell *cell = &t->cells[i * t->nfields + f];

			all = cell->place.line == 0 || view_is(cell->text, "true") || view_is(cell->text, "false");
		}
		if (all)
			t->fields[f].type = DATA_BOOL;
	}
}

/* -12, 3.5: no grouping, no exponent. */
static bool
is_number(struct view v)
{
	size_t i = v.n && v.p[0] == '-', digits = 0;

	for (; i < v.n && v.p[i] >= '0' && v.p[i] <= '9'; i++)
		digits++;
	if (digits == 0 || i == v.n)
		return digits > 0;
	if (v.p[i++] != '.' || i == v.n)
		return false;
	while (i < v.n && v.p[i] >= '0' && v.p[i] <= '9')
		i++;
	return i == v.n;
}

/* Checks one value; what is left of it afterwards (an unsafe address is emptied). */
static struct view
check_text(enum data_type type, struct view text, struct place place, struct lang *english, struct arena *a,
    struct diags *d)
{
	struct arena_mark mark = arena_mark(a);
	struct view out;

	if (type == DATA_COUNTRY && !lang_country(english, a, text, &out))
		diag(d, data_country, place, text);
	else if (type == DATA_DATE && !lang_date(english, a, text, &out))
		diag(d, data_date, place, text);
	else if (type == DATA_NUMBER && !is_number(text))
		diag(d, data_number, place, text);
	arena_rewind(a, mark);
	if (type == DATA_URL && html_url_kind(text) != URL_REMOTE) {
		diag(d, data_url, place, text);
		return VIEW_NONE;
	}
	return text;
}

static void
check_cell(const struct data_field *f, struct data_cell *cell, struct lang *english, struct arena *a, struct diags *d)
{
	if (f->type == DATA_BOOL) {
		if ((cell->text.n && !bool_of(cell->text, &cell->truth)) || cell->texts.n)
			diag(d, yaml_type, cell->place, f->name, VIEW("true or false"));
		return;
	}
	if (cell->text.n)
		cell->text = check_text(f->type, cell->text, cell->place, english, a, d);
	for (size_t i = 0; i < cell->texts.n; i++) {
		struct view *text = LIST_AT(&cell->texts, struct view, i);

		if (text->n)
			*text = check_text(f->type, *text, cell->places[i], english, a, d);
	}
}

/* ICU's English data has a name for every country; the language is the site's own where it has English. */
void
data_check(struct data *t, struct arena *a, const struct site *site, struct diags *d)
{
	struct language *own = site_language(site, VIEW("en"));
	struct lang *english = own ? own->lang : NULL;

	for (size_t i = 0; i < t->nitems * t->nfields; i++) {
		const struct data_field *f = &t->fields[i % t->nfields];

		if (!english && (f->type == DATA_COUNTRY || f->type == DATA_DATE))
			english = lang_open(a, VIEW("en"));
		check_cell(f, &t->cells[i], english, a, d);
	}
	if (english && !own)
		lang_close(english);
}
