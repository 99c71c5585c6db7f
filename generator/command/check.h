/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost check: says what is wrong, writes nothing. For command/main. */
#pragma once
#include "command/options.h"

extern const struct command check_command;
