/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of command/options share. Nobody else may include it. */
#pragma once
#include "command/options.h"

/* Appends the names of the formats that the command takes: "text, json or github". */
void options_formats(struct buf *b, const struct command *c, const struct messages *m);
