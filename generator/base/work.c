/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units of work spread over forked processes: shared counters in an anonymous mapping, results as frames on pipes. */
#include "base/work.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"

enum { JOBS_MAX = WORK_JOBS_MAX, TICK_MS = 250, ALL_DELIVERED = -2 };

struct work {
	const struct work_plan *plan;
	int64_t *current;	/* shared: the item this worker is at, WORK_NO_ITEM, or ALL_DELIVERED */
	int64_t *unit;		/* shared: the unit this worker is at, or WORK_NO_ITEM */
	uint8_t *lost;		/* shared: one byte an item, 1 when it was lost */
	size_t *begun;		/* shared: items begun by all */
	unsigned number;
};

struct worker {
	pid_t pid;
	int fd;			/* reading end, -1 when the worker is gone */
	struct buf in;
};

/* What parent and workers share. */
struct shared {
	size_t *next;		/* next unit nobody has taken */
	size_t *begun;		/* items begun */
	int64_t *current;	/* JOBS_MAX of them */
	int64_t *unit;		/* JOBS_MAX of them */
	uint8_t *lost;
	void *base;
	size_t size;
};

unsigned
work_processors(void)
{
	cpu_set_t set;
	int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;

	return n < 1 ? 1 : n > JOBS_MAX ? JOBS_MAX : (unsigned)n;
}

unsigned
work_number(const struct work *w)
{
	return w->number;
}

bool
work_item(struct work *w, size_t item)
{
	struct itimerval t = { .it_value.tv_sec = (time_t)w->plan->cpu_seconds };

	if (item >= w->plan->items)
		bug("a unit of work began an item that is not in the plan");
	if (w->lost[item])
		return false;
	*w->current = (int64_t)item;
	__atomic_fetch_add(w->begun, 1, __ATOMIC_RELAXED);
	if (w->plan->cpu_seconds)
		setitimer(ITIMER_VIRTUAL, &t, NULL);
	return true;
}

static bool
send_all(int fd, const void *p, size_t n)
{
	while (n) {
		ssize_t put = write(fd, p, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		p = (const char *)p + put;
		n -= (size_t)put;
	}
	return true;
}

static _Noreturn void
worker_main(struct work *w, const struct shared *s, int fd, size_t first)
{
	const struct work_plan *plan = w->plan;
	struct buf result;
	size_t unit = first;

	buf_init(&result);
	signal(SIGVTALRM, SIG_DFL);
	for (;;) {
		uint64_t head[2];

		if (unit == SIZE_MAX)
			unit = __atomic_fetch_add(s->next, 1, __ATOMIC_SEQ_CST);
		if (unit >= plan->units)
			break;
		*w->unit = (int64_t)unit;
		buf_clear(&result);
		plan->unit(plan->self, w, unit, &result);
		setitimer(ITIMER_VIRTUAL, &(struct itimerval){ .it_value.tv_sec = 0 }, NULL);
		*w->current = WORK_NO_ITEM;
		head[0] = unit;
		head[1] = result.n;
		if (!send_all(fd, head, sizeof head) || !send_all(fd, result.p, result.n))
			_exit(3);
		*w->unit = WORK_NO_ITEM;
		unit = SIZE_MAX;
	}
	buf_release(&result);
	fflush(NULL);
	*w->current = ALL_DELIVERED;
	close(fd);	/* the parent goes on before the memory is given back */
	exit(0);
}

/* Starts worker k; first is a unit to run again, or SIZE_MAX. */
static bool
start(const struct work_plan *plan, const struct shared *s, struct worker *all, unsigned k, size_t first)
{
	const pid_t parent = getpid();
	int ends[2];
	pid_t pid;

	if (pipe(ends) != 0)
		return false;
	fflush(NULL);
	s->current[k] = s->unit[k] = WORK_NO_ITEM;
	if (first != SIZE_MAX)
		s->unit[k] = (int64_t)first;
	pid = fork();
	if (pid < 0) {
		int saved = errno;

		close(ends[0]);
		close(ends[1]);
		errno = saved;
		return false;
	}
	if (pid == 0) {
		struct work w = { plan, &s->current[k], &s->unit[k], s->lost, s->begun, k };

		/* A worker does not outlive its parent: what it writes then would be nobody's. */
		if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
			_exit(3);
		close(ends[0]);
		for (unsigned i = 0; i < plan->jobs; i++)
			if (all[i].fd >= 0)
				close(all[i].fd);
		worker_main(&w, s, ends[1], first);
	}
	close(ends[1]);
	all[k].pid = pid;
	all[k].fd = ends[0];
	buf_clear(&all[k].in);
	return true;
}

/* Hands over all whole frames that have come. */
static void
deliver(const struct work_plan *plan, struct worker *w)
{
	size_t at = 0;
	uint64_t head[2];

	while (w->in.n - at >= sizeof head) {
		memcpy(head, w->in.p + at, sizeof head);
		if (w->in.n - at - sizeof head < head[1])
			break;
		plan->done(plan->self, (size_t)head[0], view_of(w->in.p + at + sizeof head, (size_t)head[1]));
		at += sizeof head + (size_t)head[1];
	}
	if (at) {
		memmove(w->in.p, w->in.p + at, w->in.n - at);
		buf_truncate(&w->in, w->in.n - at);
	}
}

static const char *
death(int status)
{
	if (WIFEXITED(status))
		return WEXITSTATUS(status) == 3 ? "memory" : "exit";
	return WTERMSIG(status) == SIGVTALRM ? "time" : "crash";
}

static int
wait_for(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

void
work_wait(struct work_late *late)
{
	while (late->n) {
		int status = wait_for(late->pids[--late->n]);

		if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
			bug("a worker failed when its work was done");
	}
}

/* A worker's pipe ended: it is done, or it died and its unit runs again without the item it was at. */
static bool
reap(const struct work_plan *plan, const struct shared *s, struct worker *all, unsigned k)
{
	struct worker *w = &all[k];
	int64_t unit = s->unit[k], item = s->current[k];
	int status;

	close(w->fd);
	w->fd = -1;
	if (item == ALL_DELIVERED && plan->late && plan->late->n < sizeof plan->late->pids / sizeof *plan->late->pids) {
		plan->late->pids[plan->late->n++] = w->pid;
		return true;
	}
	status = wait_for(w->pid);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	if (unit == WORK_NO_ITEM || item < 0) {
		plan->lost(plan->self, unit < 0 ? 0 : (size_t)unit, (size_t)WORK_NO_ITEM, death(status));
		return *s->next >= plan->units || start(plan, s, all, k, SIZE_MAX);
	}
	s->lost[item] = 1;
	plan->lost(plan->self, (size_t)unit, (size_t)item, death(status));
	return start(plan, s, all, k, (size_t)unit);
}

static bool
share(struct shared *s, size_t items)
{
	s->size = sizeof *s->next + (size_t)2 * JOBS_MAX * sizeof(int64_t) + items;
	s->base = mmap(NULL, s->size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (s->base == MAP_FAILED)
		return false;
	s->next = s->base;
	s->begun = s->next + 1;
	s->current = (int64_t *)(s->next + 2);
	s->unit = s->current + JOBS_MAX;
	s->lost = (uint8_t *)(s->unit + JOBS_MAX);
	return true;
}

/* Waits for workers until all are done. */
static bool
collect(const struct work_plan *plan, const struct shared *s, struct worker *all, unsigned jobs)
{
	struct pollfd p[JOBS_MAX];
	bool ok = true;

	for (;;) {
		unsigned open = 0;

		for (unsigned k = 0; k < jobs; k++) {
			p[k] = (struct pollfd){ .fd = all[k].fd, .events = POLLIN };
			open += all[k].fd >= 0;
		}
		if (!open)
			return ok;
		if (poll(p, jobs, plan->tick ? TICK_MS : -1) < 0)
			continue;
		if (plan->tick)
			plan->tick(plan->self, *s->begun, plan->items);
		for (unsigned k = 0; k < jobs; k++) {
			ssize_t got;

			if (all[k].fd < 0 || !p[k].revents)
				continue;
			got = read(all[k].fd, buf_reserve(&all[k].in, 65536), 65536);
			if (got > 0) {
				all[k].in.n += (size_t)got;
				all[k].in.p[all[k].in.n] = '\0';
				deliver(plan, &all[k]);
			} else if (got == 0 || errno != EINTR) {
				ok &= reap(plan, s, all, k);
			}
		}
	}
}

bool
work_run(const struct work_plan *given)
{
	struct work_plan plan = *given;
	struct worker all[JOBS_MAX];
	struct shared s;
	unsigned started = 0;
	bool ok;
	int saved;

	if (plan.jobs < 1)
		plan.jobs = 1;
	if (plan.jobs > JOBS_MAX)
		plan.jobs = JOBS_MAX;
	if (plan.jobs > plan.units)
		plan.jobs = plan.units ? (unsigned)plan.units : 1;
	if (!share(&s, plan.items))
		return false;
	for (unsigned k = 0; k < JOBS_MAX; k++) {
		all[k].fd = -1;
		buf_init(&all[k].in);
	}
	while (started < plan.jobs && start(&plan, &s, all, started, SIZE_MAX))
		started++;
	if (started && plan.meanwhile)
		plan.meanwhile(plan.self);
	/* Fewer workers than asked for do the same work. */
	ok = started && collect(&plan, &s, all, started);
	saved = errno;
	for (unsigned k = 0; k < JOBS_MAX; k++)
		buf_release(&all[k].in);
	munmap(s.base, s.size);
	errno = saved;
	return ok;
}
