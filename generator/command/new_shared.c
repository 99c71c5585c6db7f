/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the files are that Waypost brings along. For command/new only. */
#include <stdlib.h>
#include <unistd.h>

#include "command/new_parts.h"

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
new_shared(struct file_root *r, struct arena *a)
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
