/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Landlock and seccomp by their system calls: the C library has no functions for them. */
#include "base/confine.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#else
#define ARCH 0
#endif

/* Rights of later kernels than the headers may know. */
enum { REFER = 1 << 13, TRUNCATE = 1 << 14, REFER_SINCE = 2, TRUNCATE_SINCE = 3 };

static bool
allow(int rules, int folder, uint64_t rights)
{
	const struct landlock_path_beneath_attr beneath = { .allowed_access = rights, .parent_fd = folder };

	return syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0;
}

/* Before REFER no file could be moved between folders, and a build does that. */
static bool
confine_writes(const int *folders, size_t n)
{
	const long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	const uint64_t rights = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
	    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
	    LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM | REFER |
	    (version >= TRUNCATE_SINCE ? (uint64_t)TRUNCATE : 0);
	const struct landlock_ruleset_attr attr = { .handled_access_fs = rights };
	bool ok = version >= REFER_SINCE;
	int rules;

	if (!ok)
		return false;
	rules = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
	ok = rules >= 0;
	for (size_t i = 0; ok && i < n; i++)
		ok = allow(rules, folders[i], rights);
	ok = ok && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	if (rules >= 0)
		close(rules);
	return ok;
}

static bool
confine_network(void)
{
	struct sock_filter lines[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1 /* EPERM */),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog program = { sizeof lines / sizeof *lines, lines };

	return ARCH != 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

struct confined
confine(const int *folders, size_t n)
{
	struct confined c = { false, false };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return c;
	c.writes = confine_writes(folders, n);
	c.network = confine_network();
	return c;
}
