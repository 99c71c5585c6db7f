/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command `waypost help`, and what others say about commands. For command/table and command/main. */
#pragma once
#include "command/options.h"

extern const struct command help_command;

/* The command of that name, or NULL. */
const struct command *help_find(const struct options *o, const char *name);
/* Says that there is none, and which is near. Returns EXIT_USAGE. */
int help_unknown(const struct options *o, const char *name);
/* Prints the list of commands. */
void help_overview(const struct options *o, FILE *out);
/* Prints what a command takes (--help). */
void help_usage(const struct options *o, const struct command *c);
