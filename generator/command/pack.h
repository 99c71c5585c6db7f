/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost pack. For main. */
#pragma once
#include "command/options.h"

extern const struct command pack_command;
