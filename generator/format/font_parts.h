/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of format/font share. Nobody else may include it. */
#pragma once
#include <hb.h>

#include "format/font.h"

struct font {
	hb_face_t *face;
	hb_font_t *font;
};
