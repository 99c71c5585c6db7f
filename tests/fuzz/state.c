/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzzes the state log: a damaged one is worth nothing or only names below the folder; what was read is written the same. */
#include "scratch.h"

#include "job/state.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct view piece, path;
	struct file_root root;
	struct map paths, again;
	struct arena a;
	struct diags d;

	if (n > 8000)
		return 0;
	arena_init(&a);
	diags_init(&d);
	if (!file_root_open(&root, &a, view_str(scratch())))
		abort();
	scratch_put(&root, ".state", view_of((const char *)data, n));
	if (!state_read(&paths, &a, &root, &d) && paths.n)
		abort();
	for (size_t i = 0; i < paths.n; i++) {
		path = paths.entries[i].key;
		if (path.n == 0 || path.p[0] == '/')
			abort();
		while (view_cut(&path, '/', &piece))
			if (view_is(piece, ".."))
				abort();
	}
	if (!state_write(&paths, &a, &root, 0, 0, NULL, &d) || !state_read(&again, &a, &root, &d) || again.n != paths.n)
		abort();
	file_root_close(&root);
	diags_release(&d);
	arena_release(&a);
	return 0;
}
