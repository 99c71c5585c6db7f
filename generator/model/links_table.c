/* SPDX-License-Identifier: GPL-3.0-or-later */
/* content/links.yaml: the editor's own addresses for a language; and the way from one file to another. */
#include "base/arena.h"
#include "format/html.h"
#include "format/yaml.h"
#include "model/links.h"

/* Whether people may be sent there; reported if not. */
static bool
is_safe(struct view url, struct place place, struct diags *d)
{
	if (html_url_kind(url) == URL_REMOTE)
		return true;
	diag(d, link_scheme, place, url);
	return false;
}

/* The lines "fr: address" of one address. */
static void
load_address(struct links *l, struct arena *a, const struct site *site, const struct yaml *y, struct view file,
    struct diags *d)
{
	struct place key_place = place_at(file, y->key_line, y->key_col, (unsigned)y->key.n);

	if (y->kind != YAML_MAP) {
		diag(d, yaml_type, yaml_place(y, file), y->key, VIEW("lines of the form 'fr: address'"));
		return;
	}
	if (!is_safe(y->key, key_place, d))
		return;
	for (const struct yaml *line = y->child; line; line = line->next) {
		struct place place = place_at(file, line->key_line, line->key_col, (unsigned)line->key.n);
		struct view tag, *to;

		if (line->kind != YAML_SCALAR) {
			diag(d, yaml_type, yaml_place(line, file), line->key, VIEW("an address"));
		} else if (!lang_canonical(a, line->key, &tag)) {
			diag(d, lang_unknown, place, line->key);
		} else if (!site_language(site, tag)) {
			diag(d, link_language, place, tag);
		} else if (is_safe(line->text, yaml_place(line, file), d)) {
			to = arena_new(a, struct view);
			*to = view_trim(line->text);
			map_set(&l->by_key, view_printf(a, "%.*s %.*s", VIEW_ARG(tag), VIEW_ARG(y->key)), to);
		}
	}
}

void
links_load(struct links *l, struct arena *a, const struct site *site, struct diags *d)
{
	struct view file = VIEW("content/links.yaml"), text;
	const struct yaml *root = site_yaml(site, a, file, VIEW_NONE, false, &text, d);

	map_init(&l->by_key, a);
	for (const struct yaml *y = root ? root->child : NULL; y; y = y->next)
		load_address(l, a, site, y, file, d);
}

static const struct view *
address_in(const struct links *l, const struct language *lang, struct view url)
{
	const struct view *to;
	struct buf key;

	buf_init(&key);
	buf_addv(&key, lang->lang->tag);
	buf_addc(&key, ' ');
	buf_addv(&key, url);
	to = map_get(&l->by_key, view_buf(&key));
	buf_release(&key);
	return to;
}

struct view
links_for(const struct links *l, const struct language *lang, struct view url)
{
	const struct view *to;

	if (l->by_key.n == 0)
		return url;
	to = address_in(l, lang, url);
	for (size_t i = 0; !to && i < lang->nfallback; i++)
		to = address_in(l, lang->fallback[i], url);
	return to ? *to : url;
}

struct view
links_relative(struct arena *a, struct view from, struct view to)
{
	size_t common = 0, up = 0, i, n = from.n < to.n ? from.n : to.n;
	char *out, *p;

	for (i = 0; i < n && from.p[i] == to.p[i]; i++) {
		if (from.p[i] == '/')
			common = i + 1;
	}
	for (i = common; i < from.n; i++)
		up += from.p[i] == '/';
	out = p = arena_room(a, 3 * up + to.n - common + 1);
	for (i = 0; i < up; i++, p += 3)
		memcpy(p, "../", 3);
	if (to.n > common)
		memcpy(p, to.p + common, to.n - common);
	p[to.n - common] = '\0';
	return view_of(out, 3 * up + to.n - common);
}
