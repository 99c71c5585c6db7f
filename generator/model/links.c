/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses in pages: to what they lead. The editor's own per-language addresses and ways are in links_table.c. */
#include "model/links.h"

#include "base/arena.h"
#include "format/html.h"
#include "format/lang.h"

/* Work that "did you mean" may cost in a run: pages looked at. */
enum { SUGGEST_BUDGET = 500000, SUGGEST_DISTANCE = 3 };

/* State of resolving. */
struct resolving {
	struct arena *arena;
	struct arena scratch;
	const struct list *pages;
	const struct map *by_path;
	struct map versions;		/* "x.md" to the first page x.<tag>.md */
	const struct list *assets;
	struct diags *d;
	size_t budget;
	const struct page *page;	/* whose addresses are under way */
};

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 :
	    c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Percent-decoding; a '%' without two digits stays. */
static struct view
decode(struct arena *a, struct view text)
{
	char *out;
	size_t n = 0;

	if (view_find(text, '%') == text.n)
		return text;
	out = arena_alloc(a, text.n + 1);
	for (size_t i = 0; i < text.n; i++) {
		int high = text.p[i] == '%' && i + 2 < text.n ? hex(text.p[i + 1]) : -1;
		int low = high >= 0 ? hex(text.p[i + 2]) : -1;

		out[n++] = (char)(low >= 0 ? high << 4 | low : text.p[i]);
		i += low >= 0 ? 2 : 0;
	}
	return view_of(out, n);
}

/* Appends the way to *at, a path below content/ in out. False when it leads out of it. */
static bool
walk(struct view way, char *out, size_t *at)
{
	struct view name;

	while (view_cut(&way, '/', &name)) {
		if (name.n == 0 || view_is(name, "."))
			continue;
		if (view_is(name, "..")) {
			if (*at == 0)
				return false;
			while (*at > 0 && out[*at - 1] != '/')
				--*at;
			*at -= *at > 0;
			continue;
		}
		if (*at)
			out[(*at)++] = '/';
		memcpy(out + *at, name.p, name.n);
		*at += name.n;
	}
	return true;
}

/* The page of a path, or the version that stands in for it where there is only that. */
static const struct page *
page_of(const struct resolving *r, struct view path)
{
	const struct page *page = map_get(r->by_path, path);

	return page ? page : map_get(&r->versions, path);
}

static struct view
base_name(struct view path)
{
	size_t at = path.n;

	while (at > 0 && path.p[at - 1] != '/')
		at--;
	return view_slice(path, at, path.n);
}

/* A note with the page that is spelled most like `path`, as a way from the page under way. */
static void
suggest(struct resolving *r, struct view path)
{
	unsigned best = (path.n / 4 < SUGGEST_DISTANCE ? (unsigned)(path.n / 4) : SUGGEST_DISTANCE) + 1;
	const struct page *found = NULL;

	if (r->budget < r->pages->n)
		return;
	r->budget -= r->pages->n;
	for (size_t i = 0; i < r->pages->n && best > 0; i++) {
		const struct page *p = *LIST_AT(r->pages, struct page *, i);
		unsigned far = view_eq(base_name(p->path), base_name(path)) ? 1 :
		    view_distance(p->path, path, best - 1);

		if (far < best) {
			best = far;
			found = p;
		}
	}
	if (found)
		diag_note(r->d, "did you mean '%.*s'?",
		    VIEW_ARG(links_relative(&r->scratch, r->page->path, found->path)));
}

/* What an address without page, file and picture is told. */
static void
report_missing(struct resolving *r, const struct page_dest *dest, struct view written, struct view path)
{
	struct view page = path;

	if (dest->image) {
		diag(r->d, image_missing, dest->place, written);
		return;
	}
	if (view_ends(path, ".html") || view_ends(path, ".htm"))
		page = view_printf(&r->scratch, "%.*smd",
		    VIEW_ARG(view_slice(path, 0, path.n - (view_ends(path, "l") ? 4 : 3))));
	else if (view_find(base_name(path), '.') == base_name(path).n)
		page = view_printf(&r->scratch, "%.*s.md", VIEW_ARG(path));
	if (view_ends(page, ".md"))
		diag(r->d, link_missing, dest->place, written);
	else
		diag(r->d, file_dead, dest->place, written);
	if (view_ends(page, ".md"))
		suggest(r, page);
}

static void
check_anchor(struct resolving *r, struct page_dest *dest)
{
	const struct page *page = dest->page;
	struct view id = dest->fragment, decoded = decode(&r->scratch, id);

	if (id.n == 0 || view_is(id, "top"))
		return;
	if (!map_get(&page->ids, id) && !map_get(&page->ids, decoded)) {
		diag(r->d, anchor_missing, dest->place, page->path, id);
		dest->dead = true;
		return;
	}
	for (size_t i = 0; i < page->nversions; i++) {
		const struct page *v = page->versions[i];

		if (!map_get(&v->ids, id) && !map_get(&v->ids, decoded))
			diag(r->d, anchor_version, dest->place, v->path, id);
	}
}

/* A picture must be one; a link to a file has nothing more to check. */
static void
take_asset(struct resolving *r, struct page_dest *dest, const struct asset *asset, struct view written)
{
	dest->asset = asset;
	if (!dest->image || asset->image.kind != IMAGE_NONE)
		return;
	diag(r->d, image_kind, dest->place, written);
	dest->dead = true;
}

/* An absolute address, with the way that would be right as a note. */
static void
report_absolute(struct resolving *r, const struct page_dest *dest, struct view decoded)
{
	char *path = arena_alloc(&r->scratch, decoded.n + 1);
	size_t n = 0;

	diag(r->d, link_outside, dest->place, dest->url);
	if (walk(decoded, path, &n))
		diag_note(r->d, "write '%.*s'",
		    VIEW_ARG(links_relative(&r->scratch, r->page->path, view_of(path, n))));
}

static void
resolve_relative(struct resolving *r, struct page_dest *dest)
{
	size_t hash = view_find(dest->url, '#'), query = view_find(dest->url, '?');
	struct view written = view_slice(dest->url, 0, query < hash ? query : hash);
	struct view way = decode(&r->scratch, written), path;
	struct view dir = r->page->dir;
	char *out = arena_room(&r->scratch, dir.n + way.n + 2);
	size_t n = dir.n;
	const struct asset *asset;
	bool is_page;

	dest->fragment = view_slice(dest->url, hash + 1, dest->url.n);
	dest->dead = true;
	if (n)
		memcpy(out, dir.p, n);
	if (view_starts(way, "/")) {
		report_absolute(r, dest, way);
		return;
	}
	if (!walk(way, out, &n)) {
		diag(r->d, link_outside, dest->place, dest->url);
		return;
	}
	path = view_of(out, n);
	is_page = view_ends(path, ".md");	/* no asset has such a name */
	asset = is_page ? NULL : asset_find(r->assets, view_join(&r->scratch, VIEW("content"), path));
	dest->dead = false;
	if (!dest->image && is_page)
		dest->page = page_of(r, path);
	else if (!dest->image && !asset && way.n)
		dest->page = page_of(r, view_join(&r->scratch, path, VIEW("index.md")));
	if (dest->page) {
		check_anchor(r, dest);
	} else if (asset) {
		take_asset(r, dest, asset, written);
	} else {
		report_missing(r, dest, written, path);
		dest->dead = true;
	}
}

/* The host of http://host/..., or nothing. */
static struct view
host_of(struct view url)
{
	size_t at = view_search(url, VIEW("//")), end;

	if (at == url.n)
		return VIEW_NONE;
	for (end = at += 2; end < url.n && !strchr("/?#", url.p[end]);)
		end++;
	for (size_t i = at; i < end; i++) {
		if (url.p[i] == '@')
			at = i + 1;
	}
	return view_slice(url, at, at + view_find(view_slice(url, at, end), ':'));
}

static bool
is_ascii(struct view v)
{
	for (size_t i = 0; i < v.n; i++) {
		if ((unsigned char)v.p[i] >= 0x80)
			return false;
	}
	return true;
}

static void
resolve_remote(struct resolving *r, struct page_dest *dest)
{
	struct view host = host_of(dest->url);

	if (dest->image) {
		diag(r->d, image_remote, dest->place, dest->url);
		dest->dead = true;
	} else if (!is_ascii(host) && lang_suspicious_host(host)) {
		diag(r->d, link_host, dest->place, dest->url);
	}
}

static void
resolve(struct resolving *r, struct page_dest *dest)
{
	dest->kind = html_url_kind(dest->url);
	dest->page = NULL;
	dest->asset = NULL;
	dest->fragment = VIEW_NONE;
	dest->dead = false;
	switch (dest->kind) {
	case URL_BAD:
		diag(r->d, link_scheme, dest->place, dest->url);
		dest->dead = true;
		break;
	case URL_EMPTY:
		diag(r->d, link_empty, dest->place);
		dest->dead = true;
		break;
	case URL_FRAGMENT:
		dest->fragment = view_slice(dest->url, view_find(dest->url, '#') + 1, dest->url.n);
		dest->page = r->page;
		if (dest->image)
			diag(r->d, image_missing, dest->place, dest->url);
		else
			check_anchor(r, dest);
		dest->dead = dest->dead || dest->image;
		break;
	case URL_RELATIVE:
		resolve_relative(r, dest);
		break;
	case URL_REMOTE:
		resolve_remote(r, dest);
		break;
	}
}

/* Pages for one language, by the path of the general page, which may not be there. */
static void
index_versions(struct resolving *r)
{
	map_init(&r->versions, r->arena);
	for (size_t i = 0; i < r->pages->n; i++) {
		struct page *p = *LIST_AT(r->pages, struct page *, i);

		if (p->only)
			map_add(&r->versions, view_printf(r->arena, "%.*s.md", VIEW_ARG(p->key)), p);
	}
}

static void
resolve_page(struct resolving *r, struct page *page)
{
	struct arena_mark mark = arena_mark(&r->scratch);

	r->page = page;
	for (size_t k = 0; k < page->ndests; k++)
		resolve(r, &page->dests[k]);
	arena_rewind(&r->scratch, mark);
}

void
links_resolve(const struct list *pages, struct page *one, const struct map *by_path, const struct list *assets, struct arena *a,
    struct diags *d)
{
	struct resolving r = { .arena = a, .pages = pages, .by_path = by_path, .assets = assets, .d = d,
		.budget = SUGGEST_BUDGET };

	arena_init(&r.scratch);
	index_versions(&r);
	for (size_t i = 0; i < pages->n && !one; i++)
		resolve_page(&r, *LIST_AT(pages, struct page *, i));
	if (one)
		resolve_page(&r, one);
	arena_release(&r.scratch);
}
