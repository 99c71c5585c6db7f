/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost import. For main. */
#pragma once
#include "command/options.h"

extern const struct command import_command;
