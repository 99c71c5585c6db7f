/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that Waypost brings along. For commands. */
#include "command/shared.h"

#include <stdlib.h>
#include <unistd.h>

#ifndef WAYPOST_DATADIR
#define WAYPOST_DATADIR "/usr/local/share/waypost"
#endif

static bool
try(struct file_root *r, struct arena *a, struct view path)
{
	enum file_kind kind;

	if (!file_root_open(r, a, path))
		return false;
	if (file_kind(r, VIEW("themes/default/base.html"), &kind) && kind == FILE_REGULAR)
		return true;
	file_root_close(r);
	return false;
}

bool
shared_open(struct file_root *r, struct arena *a)
{
	static const char *const around[] = { "..", "../..", "../share/waypost" };
	const char *themes = getenv("WAYPOST_THEMES");
	char exe[4096];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe);

	if (themes && *themes)
		return try(r, a, view_join(a, view_str(themes), VIEW("..")));
	while (n > 0 && exe[n - 1] != '/')
		n--;
	for (size_t i = 0; i < sizeof around / sizeof *around && n > 0; i++)
		if (try(r, a, view_join(a, view_of(exe, (size_t)n - 1), view_str(around[i]))))
			return true;
	return try(r, a, VIEW(WAYPOST_DATADIR));
}

bool
shared_messages(struct messages *m, struct arena *a, struct view tag, struct diags *d)
{
	static const char *const folders[] = { "messages", "generator/messages" };
	struct file_root root;
	bool found = false;

	if (!shared_open(&root, a))
		return false;
	for (size_t i = 0; i < sizeof folders / sizeof *folders && !found; i++) {
		struct view file = view_printf(a, "%s/%.*s.yaml", folders[i], VIEW_ARG(tag));
		enum file_kind kind;

		found = file_kind(&root, file, &kind) && messages_open(m, a, &root, view_str(folders[i]), tag, d);
	}
	file_root_close(&root);
	return found;
}

static const char *
environment(const char *name)
{
	return getenv(name);
}

const struct messages *
shared_language(struct arena *a)
{
	struct list wanted = messages_wanted(a, environment);
	struct messages *m = arena_new(a, struct messages);
	const struct messages *found = NULL;
	struct diags quiet;

	diags_init(&quiet);	/* a catalog that is damaged must not hide what the person has asked for */
	for (size_t i = 0; i < wanted.n && !found; i++)
		if (shared_messages(m, a, *LIST_AT(&wanted, struct view, i), &quiet))
			found = m;
	diags_release(&quiet);
	return found;
}

bool
shared_manual(struct arena *a, struct view name, struct view *path)
{
	static const char *const folders[] = { "generator/man", "../man/man1" };
	static const char *const ends[] = { "1", "1.gz" };
	struct file_root root;
	bool found = false;

	if (!shared_open(&root, a))
		return false;
	for (size_t i = 0; i < 4 && !found; i++) {
		enum file_kind kind;
		struct view file = view_printf(a, "%.*s/%s/%.*s.%s", VIEW_ARG(root.path), folders[i / 2], VIEW_ARG(name), ends[i % 2]);
		struct file_root here;

		if (!file_root_open(&here, a, view_printf(a, "%.*s/%s", VIEW_ARG(root.path), folders[i / 2])))
			continue;
		found = file_kind(&here, view_printf(a, "%.*s.%s", VIEW_ARG(name), ends[i % 2]), &kind);
		*path = file;
		file_root_close(&here);
	}
	file_root_close(&root);
	return found;
}
