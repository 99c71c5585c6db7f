/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the halves of charset.c share. Private to format/charset. */
#pragma once
#include "format/charset.h"

/* The allowed charsets by number; utf-8 is 0. */
size_t charset_count(void);
const char *charset_name(size_t i);
/* Whether bytes are text in a charset: no impossible byte, none that no text may hold. *text is in the arena. */
bool charset_decodes(struct arena *a, struct view bytes, size_t i, struct view *text);
