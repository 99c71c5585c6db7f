/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All commands there are: a new one is added here, to COMMAND in the Makefile, and gets a page in man/. */
#include "command/table.h"

#include <stddef.h>

#include "command/build.h"
#include "command/check.h"
#include "command/completion.h"
#include "command/convert.h"
#include "command/doctor.h"
#include "command/export.h"
#include "command/help.h"
#include "command/import.h"
#include "command/new.h"
#include "command/pack.h"
#include "command/serve.h"
#include "command/status.h"
#include "command/sync.h"
#include "command/verify.h"

const struct command *const table[] = {
	&new_command,
	&build_command,
	&serve_command,
	&check_command,
	&status_command,
	&sync_command,
	&export_command,
	&import_command,
	&convert_command,
	&pack_command,
	&verify_command,
	&doctor_command,
	&completion_command,
	&help_command,
	NULL,
};
