/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What writing and reading archives share. For format/zip.c and format/zip_read.c only. */
#pragma once
#include "format/zip.h"

/* Whether a name unpacks below the folder it is unpacked in, on every system. */
bool zip_safe(struct view name);
