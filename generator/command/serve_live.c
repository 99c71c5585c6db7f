/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The script and the style that pages get in the preview, as they stand in serve_live.js and serve_live.css. */
#include "command/serve_parts.h"

#define EMBED(name, file) \
	__asm__(".section .rodata\n\t.global " #name "\n" #name ":\n\t.incbin \"generator/command/" file "\"\n" \
	    "\t.global " #name "_end\n" #name "_end:\n\t.byte 0\n\t.previous\n")

EMBED(serve_live_js, "serve_live.js");
EMBED(serve_live_css, "serve_live.css");
