/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost export. For main. */
#pragma once
#include "command/options.h"

extern const struct command export_command;
