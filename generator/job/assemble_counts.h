/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `counts:` of data files as templates see them: numbers for charts. Private to job/assemble. */
#pragma once
#include "job/locale.h"
#include "model/value.h"

/* All counts of all files by name, each a list, with has-<name> beside it. In the locale's arena. */
struct value counts_make(struct locale *l);
