/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The project as its owner set it up: content/site.yaml. The languages are in site_languages.c. */
#include "model/site.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "format/charset.h"
#include "format/html.h"
#include "format/yaml.h"
#include "model/site_languages.h"

static const char *const state_names[STATE_COUNT] = { "machine", "draft", "translated", "reviewed" };

const char *
state_name(enum state s)
{
	return state_names[s];
}

bool
state_parse(struct view text, enum state *s)
{
	for (int i = 0; i < STATE_COUNT; i++) {
		/* no two begin with the same letter */
		if (text.n && text.p[0] == state_names[i][0] && view_is(text, state_names[i])) {
			*s = (enum state)i;
			return true;
		}
	}
	return false;
}

static bool
has_content(struct file_root *r)
{
	enum file_kind kind;

	return file_kind(r, VIEW("content"), &kind) && kind == FILE_FOLDER;
}

/* Whether the folder `path` has a folder content/. */
static bool
is_root(struct arena *a, struct view path)
{
	struct file_root r;
	bool yes;

	if (!file_root_open(&r, a, path))
		return false;
	yes = has_content(&r);
	file_root_close(&r);
	return yes;
}

struct view
site_find_root(struct arena *a, struct view start)
{
	char full[PATH_MAX];
	struct view at = start.n ? start : VIEW(".");

	if (is_root(a, at))
		return view_copy(a, at);
	if (!realpath(view_copy(a, at).p, full))
		return VIEW_NONE;
	for (at = view_str(full); at.n > 1;) {
		while (at.n > 1 && at.p[at.n - 1] != '/')
			at.n--;
		if (at.n > 1)
			at.n--;
		if (is_root(a, at))
			return view_copy(a, at);
	}
	return VIEW_NONE;
}

const struct yaml *
site_yaml_of(struct arena *a, struct view bytes, struct view path, struct view charset, struct view *text, struct diags *d)
{
	const struct yaml *root;

	*text = VIEW_NONE;
	if (!charset_text(a, bytes, charset, path, text, d))
		return NULL;
	root = yaml_read(a, *text, path, 1, d);
	if (root && root->kind != YAML_MAP) {
		diag(d, yaml_type, yaml_place(root, path), path, VIEW("lines of the form 'key: value'"));
		return NULL;
	}
	return root;
}

const struct yaml *
site_yaml(const struct site *s, struct arena *a, struct view path, struct view charset, bool must,
    struct view *text, struct diags *d)
{
	struct view bytes;

	*text = VIEW_NONE;
	if (!(must ? file_read(&s->root, a, path, YAML_MAX_BYTES, &bytes, d) :
	    file_read_if(&s->root, a, path, YAML_MAX_BYTES, &bytes, d)))
		return NULL;
	return site_yaml_of(a, bytes, path, charset, text, d);
}

struct list
site_scalars(const struct yaml *map, const char *key, struct arena *a, struct view file, struct diags *d)
{
	struct list out = LIST_OF(const struct yaml *);
	const struct yaml *y = yaml_get(map, key);

	if (!y)
		return out;
	if (y->kind == YAML_MAP) {
		diag(d, yaml_type, yaml_place(y, file), view_str(key), VIEW("a list of texts"));
		return out;
	}
	if (y->kind == YAML_SCALAR) {
		if (y->text.n)
			*(const struct yaml **)list_push(&out, a) = y;
		return out;
	}
	for (y = y->child; y; y = y->next) {
		if (y->kind == YAML_SCALAR)
			*(const struct yaml **)list_push(&out, a) = y;
		else
			diag(d, yaml_type, yaml_place(y, file), view_str(key), VIEW("a list of texts"));
	}
	return out;
}

/* A text of site.yaml, trimmed and in NFC. */
static struct view
text_of(struct site *s, const struct yaml *map, const char *key, struct diags *d)
{
	return lang_nfc(s->arena, view_trim(yaml_text(map, key, s->file, d)));
}

static struct place
place_of(const struct site *s, const struct yaml *map, const char *key)
{
	const struct yaml *y = yaml_get(map, key);

	return y ? yaml_place(y, s->file) : s->place;
}

static void
read_base_url(struct site *s, const struct yaml *map, struct diags *d)
{
	struct view url = text_of(s, map, "base-url", d);

	if (url.n == 0)
		return;
	if (html_url_kind(url) != URL_REMOTE || !(view_starts(url, "https://") || view_starts(url, "http://")) ||
	    view_find(url, '?') < url.n || view_find(url, '#') < url.n) {
		diag(d, yaml_type, place_of(s, map, "base-url"), VIEW("base-url"),
		    VIEW("an address that begins with https:// or http://"));
		return;
	}
	s->base_url = view_ends(url, "/") ? url : view_printf(s->arena, "%.*s/", VIEW_ARG(url));
}

static struct view
short_digest(const struct site *s, struct view text)
{
	return view_printf(s->arena, "%08x", (unsigned)hash_bytes(text));
}

/* A folder name, not a way to somewhere else. */
static bool
is_plain_name(struct view name)
{
	return name.n > 0 && name.p[0] != '.' && view_find(name, '/') == name.n && view_find(name, '\\') == name.n;
}

static void
read_theme(struct site *s, const struct yaml *map, struct diags *d)
{
	struct view name = text_of(s, map, "theme", d);
	enum file_kind kind;

	s->theme = VIEW("default");
	if (name.n == 0 || view_eq(name, s->theme))
		return;
	if (is_plain_name(name) && file_kind(&s->root, view_join(s->arena, VIEW("themes"), name), &kind) &&
	    kind == FILE_FOLDER)
		s->theme = name;
	else
		diag(d, site_theme, place_of(s, map, "theme"), name);
}

/* Default: all but draft. */
static void
read_publish(struct site *s, const struct yaml *map, struct diags *d)
{
	struct list states = site_scalars(map, "publish", s->arena, s->file, d);
	enum state state;

	if (!yaml_get(map, "publish")) {
		for (int i = 0; i < STATE_COUNT; i++)
			s->publish[i] = i != STATE_DRAFT;
		return;
	}
	for (size_t i = 0; i < states.n; i++) {
		const struct yaml *y = *LIST_AT(&states, const struct yaml *, i);

		if (state_parse(y->text, &state))
			s->publish[state] = true;
		else
			diag(d, site_state, yaml_place(y, s->file), y->text);
	}
}

/* The line that signify and minisign show: 42 bytes in base64 that begin with "Ed". A secret key is longer. */
static void
read_key(struct site *s, const struct yaml *map, struct diags *d)
{
	const size_t length = 56;
	struct view key = text_of(s, map, "public-key", d);
	bool good = key.n == length && view_starts(key, "RW");

	for (size_t i = 0; good && i < key.n; i++)
		good = isalnum((unsigned char)key.p[i]) || key.p[i] == '+' || key.p[i] == '/';
	if (good)
		s->public_key = key;
	else if (key.n)		/* its line is not shown: it may be a secret one */
		diag(d, site_key, place_file(s->file));
}

static void
read_site(struct site *s, const struct yaml *map, struct diags *d)
{
	static const char *const known[] = { "title", "description", "source-language", "base-url", "languages",
		"publish", "theme", "licence", "help", "public-key", "translatable", NULL };

	if (map) {
		yaml_known(map, known, s->file, d);
		s->title = text_of(s, map, "title", d);
		if (s->title.n == 0)
			diag(d, site_title, place_of(s, map, "title"));
	}
	s->title_place = place_of(s, map, "title");
	s->description = text_of(s, map, "description", d);
	s->description_place = place_of(s, map, "description");
	s->licence = text_of(s, map, "licence", d);
	s->help = text_of(s, map, "help", d);
	read_key(s, map, d);
	site_scalars(map, "translatable", s->arena, s->file, d);
	read_base_url(s, map, d);
	s->title_id = short_digest(s, s->title);
	s->id = s->base_url.n ? short_digest(s, s->base_url) : s->title_id;
	read_theme(s, map, d);
	read_publish(s, map, d);
}

bool
site_load(struct site *s, struct arena *a, struct view root, struct diags *d)
{
	const struct yaml *map;
	bool opened;

	*s = (struct site){ .arena = a, .file = VIEW("content/site.yaml") };
	s->place = place_at(s->file, 1, 1, 0);
	opened = file_root_open(&s->root, a, root);
	if (!opened || !has_content(&s->root)) {
		diag(d, project_missing, PLACE_NONE, root);
		file_root_close(&s->root);
		return false;
	}
	map = site_yaml(s, a, s->file, VIEW_NONE, true, &s->text, d);
	read_site(s, map, d);
	site_languages_load(s, map, d);
	return true;
}

void
site_close(struct site *s)
{
	for (size_t i = 0; i < s->nlanguages; i++)
		lang_close(s->languages[i]->lang);
	s->nlanguages = 0;
	file_root_close(&s->root);
}

struct language *
site_language(const struct site *s, struct view tag)
{
	for (size_t i = 0; i < s->nlanguages; i++) {
		if (view_eq(s->languages[i]->lang->tag, tag))
			return s->languages[i];
	}
	return NULL;
}
