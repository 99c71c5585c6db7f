/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost status: how far each translation is. For command/main. */
#pragma once
#include "command/options.h"

extern const struct command status_command;
