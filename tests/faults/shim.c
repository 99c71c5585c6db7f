/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Preloaded into the program by the tests of faults and of equal bytes. What it does is asked for in the environment:
 *	SHIM_SHORT=n	read and write move at most n bytes, and each other call is interrupted (EINTR)
 *	SHIM_CLOSE=k	close k closes and fails, with the error SHIM_ERRNO
 *	SHIM_FAIL=name:k	call k of that name fails, with the error SHIM_ERRNO: open read write flush rename mkdir unlink stat
 *	SHIM_OOM=k	allocation k of a process fails, and SHIM_OOM_FROM=1 all after it; SHIM_COUNT=file gathers how many there were
 *	SHIM_BOOT=file	the computer was started anew: its boot id is what the file says
 *	SHIM_SHUFFLE=n	folders are listed in an order that depends on n
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);

static long oom = -2, calls;
static int from, off;

static long
number(const char *name)
{
	const char *s = getenv(name);

	return s ? atol(s) : 0;
}

static void
tell(void)
{
	const char *path = getenv("SHIM_COUNT");
	char line[32];
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_APPEND, 0666) : -1;

	if (fd < 0)
		return;
	if (write(fd, line, (size_t)snprintf(line, sizeof line, "%ld\n", calls)) < 0)
		_exit(99);
	close(fd);
}

/* The program, not what ran before its main. */
__attribute__((constructor)) static void
start(void)
{
	oom = number("SHIM_OOM");
	from = number("SHIM_OOM_FROM") != 0;
	calls = 0;
	if (getenv("SHIM_COUNT"))
		atexit(tell);
}

/* The counters of coverage are written without faults (tests/tools/counters.c). */
void
shim_off(void)
{
	oom = -2;
	off = 1;
}

static int
fails(void)
{
	if (oom < 0)
		return 0;
	calls++;
	if (oom == 0 || (from ? calls < oom : calls != oom))
		return 0;
	errno = ENOMEM;
	return 1;
}

void *
malloc(size_t n)
{
	return fails() ? NULL : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	return fails() ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	return fails() ? NULL : __libc_realloc(p, n);
}

static int
struck(const char *name)
{
	const char *s = getenv("SHIM_FAIL");
	const size_t len = strlen(name);
	static long n;

	if (off || !s || strncmp(s, name, len) != 0 || s[len] != ':' || ++n != atol(s + len + 1))
		return 0;
	errno = (int)number("SHIM_ERRNO");
	return 1;
}

static long
limit(size_t n)
{
	static long most = -1;
	static unsigned turn;

	if (most < 0)
		most = number("SHIM_SHORT");
	if (most && ++turn % 2) {
		errno = EINTR;
		return -1;
	}
	return most && n > (size_t)most ? most : (long)n;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t
read(int fd, void *p, size_t n)
{
	long some = limit(n);

	return some < 0 || struck("read") ? -1 : NEXT(read)(fd, p, (size_t)some);
}

ssize_t
write(int fd, const void *p, size_t n)
{
	long some = limit(n);

	return some < 0 || struck("write") ? -1 : NEXT(write)(fd, p, (size_t)some);
}

/* openat2 has no function of its own. */
long
syscall(long call, ...)
{
	long a, b, c, d, e, f;
	va_list list;

	va_start(list, call);
	a = va_arg(list, long);
	b = va_arg(list, long);
	c = va_arg(list, long);
	d = va_arg(list, long);
	e = va_arg(list, long);
	f = va_arg(list, long);
	va_end(list);
	return call == SYS_openat2 && struck("open") ? -1 : NEXT(syscall)(call, a, b, c, d, e, f);
}

int
fsync(int fd)
{
	return struck("flush") ? -1 : NEXT(fsync)(fd);
}

int
syncfs(int fd)
{
	return struck("flush") ? -1 : NEXT(syncfs)(fd);
}

int
renameat(int from_dir, const char *old, int to_dir, const char *name)
{
	return struck("rename") ? -1 : NEXT(renameat)(from_dir, old, to_dir, name);
}

int
mkdirat(int dir, const char *name, mode_t mode)
{
	return struck("mkdir") ? -1 : NEXT(mkdirat)(dir, name, mode);
}

int
unlinkat(int dir, const char *name, int flags)
{
	return struck("unlink") ? -1 : NEXT(unlinkat)(dir, name, flags);
}

int
fstat(int fd, struct stat *st)
{
	return struck("stat") ? -1 : NEXT(fstat)(fd, st);
}

int
close(int fd)
{
	static long n;
	int bad = NEXT(close)(fd);

	if (number("SHIM_CLOSE") == 0 || ++n != number("SHIM_CLOSE"))
		return bad;
	errno = (int)number("SHIM_ERRNO");
	return -1;
}

FILE *
fopen(const char *path, const char *mode)
{
	const char *boot = getenv("SHIM_BOOT");

	return NEXT(fopen)(boot && strcmp(path, "/proc/sys/kernel/random/boot_id") == 0 ? boot : path, mode);
}

/* A folder's entries are gathered and handed out in another order. */
static struct {
	DIR *dir;
	struct dirent *entries[4096];
	size_t n;
} shuffled;

static int
order(const void *x, const void *y)
{
	const struct dirent *a = *(struct dirent *const *)x, *b = *(struct dirent *const *)y;
	uint64_t seed = (uint64_t)number("SHIM_SHUFFLE"), h = seed, g = seed;

	for (const char *s = a->d_name; *s; s++)
		h = (h ^ (unsigned char)*s) * 0x100000001B3U + seed;
	for (const char *s = b->d_name; *s; s++)
		g = (g ^ (unsigned char)*s) * 0x100000001B3U + seed;
	return h < g ? -1 : h > g;
}

struct dirent *
readdir(DIR *dir)
{
	struct dirent *e;

	if (!number("SHIM_SHUFFLE"))
		return NEXT(readdir)(dir);
	if (shuffled.dir != dir || telldir(dir) == 0) {
		shuffled.dir = dir;
		shuffled.n = 0;
		while (shuffled.n < 4096 && (e = NEXT(readdir)(dir)) != NULL) {
			struct dirent *copy = malloc(sizeof *copy);

			if (!copy)
				return NULL;
			memcpy(copy, e, e->d_reclen < sizeof *copy ? e->d_reclen : sizeof *copy);
			shuffled.entries[shuffled.n++] = copy;
		}
		qsort(shuffled.entries, shuffled.n, sizeof *shuffled.entries, order);
	}
	if (shuffled.n == 0) {
		shuffled.dir = NULL;
		return NULL;
	}
	return shuffled.entries[--shuffled.n];
}
