/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzzes model/segment: what is read can be written, and reads back the same; twice normal is once. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "format/lang.h"
#include "model/segment.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct segment_shape shape = { .ndests = 2 };
	struct view text = view_of((const char *)data, n), written, again;
	struct md_node *m;
	struct arena a;

	if (n > 2000 || utf8_invalid(text) < n || view_find(text, '\0') < n)
		return 0;
	arena_init(&a);
	text = segment_normal(&a, text);
	again = segment_normal(&a, text);
	if (!view_eq(text, again))
		abort();
	m = segment_read(&a, text, &shape);
	if (segment_write(&a, m, &shape, &written) && lang_is_nfc(written) &&
	    !segment_same(m, segment_read(&a, written, &shape)))
		abort();
	arena_release(&a);
	return 0;
}
