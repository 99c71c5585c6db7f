/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Processes of the preview server. They are forked and not run anew: that saves 20 ms a build, and no option of a build need be on a command line. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command/serve_parts.h"

enum { PIPE_FD = 3 };

/* In the child: a process like any other, with no way to what the server has open. */
static FILE *
settle(int pipe_end)
{
	sigset_t none;

	sigemptyset(&none);
	setpgid(0, 0);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGTTOU, SIG_IGN);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (pipe_end != PIPE_FD && dup2(pipe_end, PIPE_FD) < 0)
		return NULL;
	close_range(PIPE_FD + 1, ~0U, 0);
	(void)fcntl(PIPE_FD, F_SETFD, FD_CLOEXEC);
	return fdopen(PIPE_FD, "w");
}

bool
child_start(struct server *s, struct child *c, int (*work)(const struct server *s, void *what, FILE *out), void *what)
{
	const pid_t parent = getpid();
	int ends[2], saved;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return false;
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		FILE *out;
		int code;

		if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent || !(out = settle(ends[1])))
			_exit(EXIT_SYSTEM);
		code = work(s, what, out);
		exit(fclose(out) == 0 ? code : EXIT_SYSTEM);
	}
	saved = errno;
	close(ends[1]);
	if (pid < 0) {
		close(ends[0]);
		errno = saved;
		return false;
	}
	setpgid(pid, pid);	/* whoever comes first */
	(void)fcntl(ends[0], F_SETFL, O_NONBLOCK);
	(void)epoll_ctl(s->epoll, EPOLL_CTL_ADD, ends[0], &(struct epoll_event){ .events = EPOLLIN });
	*c = (struct child){ .pid = pid, .fd = ends[0] };
	buf_init(&c->said);
	return true;
}

bool
child_read(struct child *c)
{
	while (c->fd >= 0) {
		ssize_t n = read(c->fd, buf_reserve(&c->said, 65536), 65536);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			break;
		if (n > 0) {
			c->said.n += (size_t)n;
			c->said.p[c->said.n] = '\0';
			continue;
		}
		close(c->fd);
		c->fd = -1;
	}
	if (!c->ended)
		c->ended = waitpid(c->pid, &c->status, WNOHANG) == c->pid;
	return c->ended && c->fd < 0;
}

void
child_stop(const struct child *c)
{
	if (c->pid > 0 && kill(-c->pid, SIGKILL) != 0 && !c->ended)
		(void)kill(c->pid, SIGKILL);
}

void
child_release(struct child *c)
{
	if (c->pid == 0)
		return;
	if (c->fd >= 0)
		close(c->fd);
	buf_release(&c->said);
	*c = (struct child){ .fd = -1 };
}
