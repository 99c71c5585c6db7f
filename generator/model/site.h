/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The project as its owner set it up: content/site.yaml and the languages. For models, jobs and commands. */
#pragma once
#include <stdbool.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/map.h"
#include "format/lang.h"

struct yaml;
struct exceptions;

/* What a person said of a translation (XLIFF: state). */
enum state { STATE_MACHINE, STATE_DRAFT, STATE_TRANSLATED, STATE_REVIEWED, STATE_COUNT };

/* The name as it stands in files ("machine"), static. */
const char *state_name(enum state s);
/* False when text is no state. */
bool state_parse(struct view text, enum state *s);

/* One language of the site: translations/<tag>/language.yaml and ICU's knowledge. */
struct language {
	struct lang *lang;
	struct view name;		/* in itself, for readers; from language.yaml or ICU */
	struct view dir;		/* folder of its catalogs: "translations/fr" */
	struct view folder;		/* of its pages in the output: the tag in lower case, "zh-hans" */
	struct view charset;		/* of its files; empty is UTF-8 */
	struct view font;		/* as language.yaml says: a family, a file of the theme, "none", "default"; or empty */
	struct place font_place;
	struct language **fallback;	/* nfallback of them, in order, source language last; without itself */
	size_t nfallback;
	double publish_from;		/* share of words (0-1) it needs before it is published; 0 when not said */
	bool source;
	size_t index;			/* in site->languages */
};

struct site {
	struct arena *arena;		/* the run's */
	struct file_root root;		/* the project folder */
	struct view title, description;	/* in the source language */
	struct view base_url;		/* empty, or absolute with a final '/' */
	struct view id, title_id;	/* short digests that tell sites apart: of base-url, or of the title where there is none; of the title */
	struct view licence;
	struct view public_key;		/* that signs its editions, one line of base64 as signify and minisign have it; or empty */
	struct view help;		/* path of the page on how to help, or empty */
	struct view theme;		/* name of a folder in themes/ */
	struct language **languages;	/* in the order of site.yaml; nlanguages of them */
	size_t nlanguages;
	struct language *source;
	bool publish[STATE_COUNT];
	struct place place;		/* of site.yaml */
	struct view file;		/* "content/site.yaml" */
	struct view text;		/* its text, for places */
	struct place title_place, description_place;
	struct exceptions *exceptions;	/* of model/exceptions, set by job/load; NULL: none */
};

/* The folder that holds content/, from `start` upward; empty when there is none. */
struct view site_find_root(struct arena *a, struct view start);
/*
 * Reads content/site.yaml and each language's language.yaml. Problems are reported and answered with the default; false only when
 * the project folder or its 'content' is not there (reported). Languages: those `languages:` lists, else every folder of
 * translations/; source language first if it is not listed. A fallback loop, an unknown tag, a missing folder are reported.
 * A chain is what `fallback:` lists, then what those languages fall back to, then the source language, which ends it.
 */
bool site_load(struct site *s, struct arena *a, struct view root, struct diags *d);
void site_close(struct site *s);
/*
 * Reads a YAML file of the project, for the other models: bytes in `charset` (empty is UTF-8) to a tree. *text is the file in UTF-8.
 * NULL when it is not there (reported only if it must be), cannot be read or is not a map (reported).
 */
const struct yaml *site_yaml(const struct site *s, struct arena *a, struct view path, struct view charset, bool must,
    struct view *text, struct diags *d);
/* The same from the bytes of the file. */
const struct yaml *site_yaml_of(struct arena *a, struct view bytes, struct view path, struct view charset, struct view *text, struct diags *d);
/* The scalars of an entry that is a list of texts or one text, for their places; list of const struct yaml *. Other
 * kinds are reported. An empty text is an empty list. */
struct list site_scalars(const struct yaml *map, const char *key, struct arena *a, struct view file, struct diags *d);
/* The language of a canonical tag, or NULL. */
struct language *site_language(const struct site *s, struct view tag);
