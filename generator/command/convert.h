/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost convert. For main. */
#pragma once
#include "command/options.h"

extern const struct command convert_command;
