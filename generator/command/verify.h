/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost verify. For main. */
#pragma once
#include "command/options.h"

extern const struct command verify_command;
