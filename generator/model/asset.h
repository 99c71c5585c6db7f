/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are published as they are: beside pages, and of the theme. For jobs. */
#pragma once
#include <stdbool.h>

#include "format/image.h"
#include "model/site.h"

struct asset {
	struct view path;	/* where it is read: "content/convention/parts.svg", "themes/default/style.css" */
	struct view out;	/* where it goes, below the output: "files/convention/parts.svg", "assets/style.css" */
	struct image image;	/* kind IMAGE_NONE for other files */
	struct asset *first;	/* of a picture with versions by language: the one without a tag */
	struct language *only;	/* name.<tag>.png: the language it is for, or NULL */
	struct asset *versions;	/* without a tag: its versions, linked by next */
	struct asset *next;
};

enum { ASSET_MAX_BYTES = 32 << 20 };

/* All assets of content/ (everything but .md, .yaml) and of the theme (but templates and strings.yaml); list of struct asset *,
 * by path. Reported: unfit names, links, special files, pictures that are not what their name says, SVG with active
 * content (left out). */
struct list asset_load(struct arena *a, const struct site *site, struct diags *d);
/* The asset read at this path ("content/..."), or NULL. */
const struct asset *asset_find(const struct list *all, struct view path);
/* The version of a picture for a language and its fallbacks: name.fr.png, else along the chain, else the picture itself. */
const struct asset *asset_for(const struct list *all, const struct asset *a, const struct language *l);
