/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linked into what counts lines: a process that ends with _exit, as children do, writes its counters, too; and no process without memory. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

void __gcov_dump(void);
_Noreturn void __real__exit(int code);
_Noreturn void __wrap__exit(int code);

/* tests/faults/shim.c, where it is preloaded */
static void
end_faults(void)
{
	void *off = dlsym(RTLD_DEFAULT, "shim_off");

	if (off)
		((void (*)(void))off)();
}

__attribute__((constructor)) static void
start(void)
{
	atexit(end_faults);
}

void
__wrap__exit(int code)
{
	end_faults();
	__gcov_dump();
	__real__exit(code);
}
