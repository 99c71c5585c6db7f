/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text of pages without characters that hide. Private to format/markdown. */
#pragma once
#include "base/text.h"

/*
 * A copy in the arena. Controls and bidi controls of a page, which can only come of "&#1;", become U+FFFD; those of a
 * translation are found by its locks.
 */
struct view markdown_clean(struct arena *a, struct view v);
