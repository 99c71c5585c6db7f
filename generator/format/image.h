/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Size of a picture from its header. For models; no library: PNG, JPEG, GIF, WebP, SVG headers are short. */
#pragma once
#include <stdbool.h>

#include "base/text.h"

enum image_kind { IMAGE_NONE, IMAGE_PNG, IMAGE_JPEG, IMAGE_GIF, IMAGE_WEBP, IMAGE_SVG };

struct image {
	enum image_kind kind;
	unsigned width, height;	/* CSS pixels; 0 when the header does not say (SVG without size and viewBox) */
};

/* Looks at the bytes, not at the name. False (kind IMAGE_NONE) when it is none of these, truncated or larger than 65,535
 * pixels a side. */
bool image_read(struct view bytes, struct image *out);
/* Whether an SVG is safe to hand out: no script, event attribute, foreignObject, DOCTYPE, entity, processing
 * instruction or address outside the file. *why names the first thing found, in static memory. */
bool image_svg_safe(struct view bytes, const char **why);
