/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All commands there are. For command/main and tests. */
#pragma once
#include "command/options.h"

/* In the order in which they are shown; NULL is the last. */
extern const struct command *const table[];
