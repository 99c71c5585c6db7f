/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzzes headers of images and the filter of SVG: no read past the end, sizes within bounds. */
#include <stdint.h>
#include <stdlib.h>

#include "format/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct view bytes;
	struct image image;
	const char *why = NULL;
	char *copy = malloc(n ? n : 1);	/* so that the sanitizer sees one byte too far */

	if (!copy)
		return 0;
	if (n)
		memcpy(copy, data, n);
	bytes = view_of(copy, n);
	if (image_read(bytes, &image) != (image.kind != IMAGE_NONE) || image.width > 65535 || image.height > 65535)
		abort();
	if (!image_svg_safe(bytes, &why) && !why)
		abort();
	free(copy);
	return 0;
}
