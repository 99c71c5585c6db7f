/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Switches for the ways that are only quicker. */
#include "base/fast.h"

#include "base/text.h"

/* The third variable of the program (docs/design.md): written once, before there is a second process. */
static unsigned off;

bool
fast(enum fast which)
{
	return !(off & 1u << which);
}

void
fast_without(const char *names)
{
	static const char *const known[FAST_COUNT] = { "lines", "inlines", "copy", "locks", "bytes", "load", "beside", "frame" };
	struct view rest = view_str(names ? names : ""), name;

	off = 0;
	while (view_cut(&rest, ' ', &name))
		for (unsigned i = 0; i < FAST_COUNT; i++)
			if (view_is(name, known[i]) || view_is(name, "all"))
				off |= 1u << i;
}
