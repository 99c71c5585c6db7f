/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost build: writes the site. For command/main. */
#pragma once
#include "command/options.h"

extern const struct command build_command;
