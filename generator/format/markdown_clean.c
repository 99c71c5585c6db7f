/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text of pages without characters that hide. Private to format/markdown. */
#include "format/markdown_clean.h"

#include "base/arena.h"
#include "base/block.h"
#include "base/utf8.h"

static bool
is_hidden(uint32_t c)
{
	return (utf8_is_control(c) && c != '\n' && c != '\t') || utf8_is_bidi_control(c);
}

/* Whether the text may hold such a character: by its first bytes. */
static bool
may_hide(struct view v)
{
	size_t i = 0;

	for (; v.n - i >= BLOCK_BYTES; i += BLOCK_BYTES) {
		block b = block_at(v.p + i);

		if (block_any(((b < ' ') & (b != '\n') & (b != '\t')) | (b == 0x7F) | (b == 0xC2) | (b == 0xE2)))
			return true;
	}
	for (; i < v.n; i++) {
		unsigned char c = (unsigned char)v.p[i];

		if ((c < ' ' && c != '\n' && c != '\t') || c == 0x7F || c == 0xC2 || c == 0xE2)
			return true;
	}
	return false;
}

struct view
markdown_clean(struct arena *a, struct view v)
{
	struct buf b;

	if (!may_hide(v))
		return view_copy(a, v);
	buf_init(&b);
	for (size_t at = 0; at < v.n;) {
		uint32_t c = utf8_next(v, &at);

		utf8_put(&b, is_hidden(c) ? 0xFFFD : c);
	}
	v = view_copy(a, view_buf(&b));
	buf_release(&b);
	return v;
}
