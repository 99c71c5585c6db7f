/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the names in a copy tell. */
#include "format/lang.h"
#include "job/verify_parts.h"

static struct view
last_of(struct view path)
{
	size_t at = path.n;

	while (at > 0 && path.p[at - 1] != '/')
		at--;
	return view_slice(path, at, path.n);
}

/* Whether the lower-case form of text is one of the words. */
static bool
one_of(struct view text, const char *words)
{
	struct view rest = view_str(words), word;

	while (view_cut(&rest, '|', &word)) {
		bool same = word.n == text.n;

		for (size_t i = 0; same && i < word.n; i++) {
			char c = text.p[i];

			same = (c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c) == word.p[i];
		}
		if (same)
			return true;
	}
	return false;
}

bool
verify_can_start(struct view path)
{
	struct view name = last_of(path);
	size_t dot = name.n;

	while (dot > 0 && name.p[dot - 1] != '.')
		dot--;
	return one_of(name, "autorun.inf|desktop.ini|autorun.sh|autorun|.autorun|autostart|.autostart|.directory") ||
	    (dot > 0 && one_of(view_slice(name, dot, name.n), "apk|app|appref-ms|bat|chm|cmd|com|command|cpl|desktop|dll|dmg|"
	    "docm|exe|gadget|hta|inf|ins|iso|jar|jse|lnk|msc|msi|msp|pif|pkg|ps1|reg|scf|scr|sct|settingcontent-ms|sh|sys|url|"
	    "vb|vbe|vbs|vhd|webloc|ws|wsc|wsf|wsh|xlsm"));
}

/* What systems leave on a stick by themselves. */
static bool
is_systems(struct view path)
{
	struct view top = view_slice(path, 0, view_find(path, '/')), name = last_of(path);

	if (top.n < path.n && one_of(top, "system volume information|$recycle.bin|.trashes|.spotlight-v100|.fseventsd|"
	    ".temporaryitems|lost.dir|.trash-1000|.android_secure"))
		return true;
	return one_of(name, ".ds_store|thumbs.db") || view_starts(name, "._");
}

/* A browser or a reader would show it. */
static bool
is_shown(struct view path)
{
	return view_ends(path, "ml") || view_ends(path, "htm") || view_ends(path, ".js") || view_ends(path, ".pdf") ||
	    view_ends(path, ".svg") || view_ends(path, "ML") || view_ends(path, "HTM");
}

/* A signature stands beside its list, and cannot be in it. */
static bool
is_signature(const struct verifying *v, struct view path)
{
	size_t suffix = view_ends(path, ".sig") ? 4 : view_ends(path, ".minisig") ? 8 : 0;
	struct view list = view_slice(path, 0, path.n - suffix);

	return suffix && (view_is(list, MANIFEST_NAME) || (view_is(last_of(list), MANIFEST_NAME) && manifest_find(&v->manifest, list).n));
}

void
verify_foreign(struct verifying *v, const struct verify_item *item, bool listed)
{
	struct place at = place_file(item->path);

	if (!listed && is_signature(v, item->path))
		return;
	if (!listed && (view_is(item->path, MANIFEST_NAME) || verify_is_mark(item->path)))
		return;
	if (verify_can_start(item->path))
		diag(v->diags, verify_autorun, at, item->path);
	else if (is_systems(item->path) && !is_shown(item->path)) {
		diag(v->diags, verify_system, at, item->path);
		return;
	} else {
		diag(v->diags, verify_extra, at, item->path);
	}
	v->result->extra++;
}

/* Says that two names are one; once a pair. */
static void
say(struct verifying *v, struct view one, struct view other)
{
	diag(v->diags, verify_twin, place_file(other), one, other);
	v->result->other++;
}

void
verify_twins(struct verifying *v)
{
	struct map folded;	/* to the struct view * of the spelling */
	struct map files;

	map_init(&folded, v->arena);
	map_init(&files, v->arena);
	for (size_t i = 0; i < v->items.n; i++) {
		struct verify_item *item = LIST_AT(&v->items, struct verify_item, i);

		/* each folder above it, and the path itself */
		for (size_t n = 1; n <= item->path.n; n++) {
			struct view *part, *other;

			if (n < item->path.n && item->path.p[n] != '/')
				continue;
			part = arena_new(v->arena, struct view);
			*part = view_slice(item->path, 0, n);
			other = map_add(&folded, lang_fold(v->arena, lang_nfc(v->arena, *part)), part);
			if (!view_eq(*other, *part) && !map_get(&files, *part)) {
				say(v, *other, *part);
				map_add(&files, *part, part);
			}
		}
		if (item->kind != FILE_FOLDER && map_get(&v->seen, item->path) != item)
			say(v, item->path, item->path);
	}
}
