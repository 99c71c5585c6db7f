/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzzes format/po: a refusal always has a message; what was read is written and read back the same. */
#include <stdint.h>
#include <stdlib.h>

#include "format/charset.h"
#include "format/po.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct view text, header, again_header;
	struct list messages, again;
	struct arena a;
	struct diags d;

	if (n > 8000)
		return 0;
	arena_init(&a);
	diags_init(&d);
	if (charset_text(&a, view_of((const char *)data, n), VIEW_NONE, VIEW("f"), &text, &d)) {
		po_charset(text);
		text = po_recharset(&a, text);
		if (!po_read(&a, text, VIEW("f"), &messages, &header, &d)) {
			if (d.list.n == 0)
				abort();
		} else {
			struct buf b;

			po_field(header, "Language");
			buf_init(&b);
			po_write(&b, VIEW_NONE, header.n ? header : VIEW("Language: fr\n"), &messages);
			if (!po_read(&a, view_copy(&a, view_buf(&b)), VIEW("g"), &again, &again_header, &d) || again.n != messages.n)
				abort();
			for (size_t i = 0; i < messages.n; i++) {
				const struct po_message *x = LIST_AT(&messages, struct po_message, i);
				const struct po_message *y = LIST_AT(&again, struct po_message, i);

				if (!view_eq(x->id, y->id) || !view_eq(x->context, y->context) || !view_eq(x->str, y->str))
					abort();
			}
			buf_release(&b);
		}
	}
	diags_release(&d);
	arena_release(&a);
	return 0;
}
