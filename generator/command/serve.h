/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost serve: a live preview. For command/main. */
#pragma once
#include "command/options.h"

extern const struct command serve_command;
