/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzzes model/template: any text compiles and runs, with messages or without. */
#include <stdint.h>

#include "model/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool
load(void *self, struct view name, struct view *text, struct view *file)
{
	*text = *(struct view *)self;
	*file = name;
	return name.n && name.p[0] == 'p';
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct view text = view_of((const char *)data, n);
	struct value top = value_map(), list = value_list();
	struct prog_host host = { .lang = VIEW("en") };
	struct prog_run r = { .host = &host, .depth = 1, .limit = 1 << 20 };
	struct template_set set;
	struct arena a;
	struct diags d;
	struct buf out;

	if (n > 4000)
		return 0;
	arena_init(&a);
	diags_init(&d);
	buf_init(&out);
	value_push(&list, &a, value_text(VIEW("x<")));
	value_push(&list, &a, value_text_in(VIEW("y"), VIEW_NONE, VIEW("ar"), true));
	value_set(&top, &a, "a", list);
	value_set(&top, &a, "b", value_bool(true));
	template_set_init(&set, &a, &d, load, &text);
	r.out = &out;
	r.stack[0] = &top;
	prog_run(template_compile(&set, text, VIEW("f")), &r);
	buf_release(&out);
	diags_release(&d);
	arena_release(&a);
	return 0;
}
