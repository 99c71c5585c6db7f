/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost sync. For command/main only. */
#pragma once
#include "command/options.h"

extern const struct command sync_command;
