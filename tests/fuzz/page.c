/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzzes model/page: front matter and Markdown of a source page, with every segment read back. */
#include <stdint.h>
#include <stdlib.h>

#include "format/charset.h"
#include "model/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct language en = { .source = true }, *all[] = { &en };
	struct arena a;
	struct diags d;
	struct page *p;
	struct view text;

	if (n > 8000)
		return 0;
	arena_init(&a);
	diags_init(&d);
	en.lang = lang_open(&a, VIEW("en"));
	struct site site = { .arena = &a, .source = &en, .languages = all, .nlanguages = 1 };

	if (charset_text(&a, view_of((const char *)data, n), VIEW_NONE, VIEW("f"), &text, &d)) {
		p = page_read(&a, &site, NULL, VIEW("x.md"), text, &d);
		for (size_t i = 0; p && i < p->nsegments; i++) {
			struct segment_shape shape = page_shape(p, &p->segments[i], &a);

			if (!p->segments[i].plain && !segment_read(&a, p->segments[i].source, &shape))
				abort();
		}
	}
	lang_close(en.lang);
	diags_release(&d);
	arena_release(&a);
	return 0;
}
