/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where something stands in a file. Can be used by all code. */
#pragma once
#include "base/text.h"

/* Lines and columns count from 1, columns in code points; 0 means "not known". */
struct place {
	struct view file;	/* path as the user knows it, relative to the project */
	unsigned line;
	unsigned col;
	unsigned len;		/* length in code points, 0 when not known */
};

#define PLACE_NONE ((struct place){ { NULL, 0 }, 0, 0, 0 })

static inline struct place
place_file(struct view file)
{
	return (struct place){ file, 0, 0, 0 };
}

static inline struct place
place_at(struct view file, unsigned line, unsigned col, unsigned len)
{
	return (struct place){ file, line, col, len };
}
