/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses in pages: to what they lead, and the editor's own per-language addresses. For jobs. */
#pragma once
#include "model/asset.h"
#include "model/page.h"

/* content/links.yaml: lines "address:", below them "fr: address to use in French". */
struct links {
	struct map by_key;	/* "<tag> <url>" to struct view * */
};

/* Reads content/links.yaml; an empty table when it is not there. Reported: wrong types, unknown languages, unsafe addresses. */
void links_load(struct links *l, struct arena *a, const struct site *site, struct diags *d);
/* The address for a language: its own, else the first of its fallback chain, else the given one. */
struct view links_for(const struct links *l, const struct language *lang, struct view url);
/*
 * Resolves the addresses of all pages, or of `one` of them if that is not NULL. pages: list of struct page *; by_path: "reporting/sessions.md" to struct page *. Reported, and the link left
 * out: no such page, no such anchor, no such file or image, an address outside the site, a scheme that is not allowed.
 */
void links_resolve(const struct list *pages, struct page *one, const struct map *by_path, const struct list *assets, struct arena *a,
    struct diags *d);
/* The way from one output path to another, both below the same folder: "../fr/index.html". An empty `to` is that folder:
 * "../../", or "" from a file at its top. */
struct view links_relative(struct arena *a, struct view from, struct view to);
