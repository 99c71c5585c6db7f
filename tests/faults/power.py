# SPDX-License-Identifier: GPL-3.0-or-later
"""What a loss of power leaves, for tests/faults/run: the calls that change files are recorded with strace and replayed up to each of
them on a model of a disk that keeps only what it was told to keep.

The model is stricter than most file systems: the bytes of a file are there after fsync of the file or syncfs, names (created, renamed, removed)
after syncfs or fsync of their folder. What was not flushed is lost, or not, in any combination: none of it, the names without the
bytes, all, all but what was removed, and some by chance.
"""
import codecs
import os
import random
import re
import shutil
import tempfile

TRACE = "openat,openat2,write,pwrite64,ftruncate,fsync,fdatasync,syncfs,rename,renameat,renameat2,mkdir,mkdirat,unlink,unlinkat,rmdir"
SEEDS = 2


def unescape(text):
    return codecs.escape_decode(text.encode("latin-1"))[0]


class File:
    """Bytes as written, and as they are on the disk."""

    def __init__(self, data=b"", kept=None):
        self.data, self.kept = data, data if kept is None else kept


def record(command, run, fresh):
    """The changes a command makes: (kind, path, ...), in order."""
    project = fresh(command)
    log = project + ".power"
    run(project, command.arguments, ["strace", "-f", "-y", "-qq", "-s", "1000000", "-o", log, "-e", "trace=" + TRACE])
    with open(log, encoding="latin-1") as f:
        lines = f.read().split("\n")
    os.remove(log)
    shutil.rmtree(project)
    ops, waiting, there = [], {}, set()

    def inside(path):
        path = os.path.normpath(path)
        return os.path.relpath(path, project) if path.startswith(project + "/") else None

    def name(arguments):
        """Paths of "fd</folder>, "name"" pairs."""
        return [inside(os.path.join(m[0] or project, unescape(m[1]).decode("utf-8", "replace")))
                for m in re.findall(r'(?:(?:\d+|AT_FDCWD)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"', arguments)]

    for line in lines:
        if not line:
            continue
        pid, call = line.split(None, 1)
        if call.endswith("<unfinished ...>"):
            waiting[pid] = call[:-len("<unfinished ...>")].rstrip()
            continue
        resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", call)
        if resumed:
            call = waiting.pop(pid) + resumed[1]
        m = re.match(r"(\w+)\((.*)\)\s+= (-?\d+)(?:<(.*)>)?", call)
        if not m or int(m[3]) < 0:
            continue
        what, arguments, count, given = m[1], m[2], int(m[3]), m[4]
        if what.startswith("open"):
            path = inside(given or "")
            if path and "O_CREAT" in arguments and path not in there:
                there.add(path)
                ops.append(("create", path))
        elif what in ("write", "pwrite64"):
            w = re.match(r'\d+<([^>]*)>, "((?:[^"\\]|\\.)*)"', arguments)
            if w and inside(w[1]):
                ops.append(("write", inside(w[1]), unescape(w[2])[:count]))
        elif what in ("fsync", "fdatasync"):
            path = re.match(r"\d+<([^>]*)>", arguments)[1]
            if inside(path):
                ops.append(("fsync", inside(path)))
        elif what == "syncfs":
            ops.append(("syncfs",))
        elif what.startswith("rename"):
            old, new = name(arguments)[:2]
            if old and new:
                ops.append(("rename", old, new))
        elif what.startswith("mkdir"):
            path = name(arguments)[0]
            if path:
                ops.append(("mkdir", path))
        elif what in ("unlink", "unlinkat", "rmdir"):
            path = name(arguments)[0]
            if path:
                there.discard(path)
                ops.append(("remove", path))
    return ops


class Disk:
    """Names and files as the program sees them, and as they are kept."""

    def __init__(self, top):
        self.now, self.kept, self.pending = {}, {}, []
        for folder, folders, files in os.walk(top):
            for n in folders:
                self.kept[os.path.relpath(os.path.join(folder, n), top)] = None
            for n in files:
                with open(os.path.join(folder, n), "rb") as f:
                    self.kept[os.path.relpath(os.path.join(folder, n), top)] = File(f.read())
        self.now = dict(self.kept)

    @staticmethod
    def apply(names, op, file=None):
        """A change of names; what cannot be done any more is not done."""
        if op[0] == "create":
            names[op[1]] = file
        elif op[0] == "mkdir":
            names.setdefault(op[1], None)
        elif op[0] == "remove":
            names.pop(op[1], None)
        elif op[1] in names:
            moved = {p: f for p, f in names.items() if p == op[1] or p.startswith(op[1] + "/")}
            for p, f in moved.items():
                del names[p]
                names[op[2] + p[len(op[1]):]] = f

    def do(self, op, flush=True):
        if op[0] == "write":
            file = self.now.get(op[1])
            if file:
                file.data += op[2]
        elif op[0] == "fsync":
            file = self.now.get(op[1])
            if flush and file:
                file.kept = file.data
        elif op[0] == "syncfs":
            if flush:
                for file in self.now.values():
                    if file:
                        file.kept = file.data
                self.kept, self.pending = dict(self.now), []
        else:
            file = File(b"", b"") if op[0] == "create" else None
            self.apply(self.now, op, file)
            self.pending.append((op, file))

    def crash(self, how, chance):
        """What is there when the power is back: names to bytes."""
        names = dict(self.kept)
        for op, file in self.pending:
            if how == "kept" and op[0] == "remove":
                continue
            if how != "none" and (how != "some" or chance.random() < 0.5):
                self.apply(names, op, file)
        return {p: None if f is None else f.data if how in ("all", "kept") or (how == "some" and chance.random() < 0.3) else f.kept for p, f in names.items()}


def put(project, names):
    os.makedirs(project)
    for path, data in sorted(names.items()):
        full = os.path.join(project, path)
        # a name whose folder is not there is not there either
        if os.path.isdir(os.path.dirname(full)):
            if data is None:
                os.makedirs(full, exist_ok=True)
            elif not os.path.isdir(full):
                with open(full, "wb") as f:
                    f.write(data)


def crashes(command, ops, step, left_out, Wrong):
    """Messages of what went wrong, over all points and ways of losing power; left_out: the flush that is not done."""
    wrong, tried, seen = [], 0, set()
    disk = Disk(command.project)
    for i, op in enumerate([("write", "", b""), *ops]):
        disk.do(op, flush=i - 1 != left_out)
        if i % step and left_out is None:
            continue
        for how in ["none", "names", "all", "kept"] + ["some"] * SEEDS:
            names = disk.crash(how, random.Random(f"{i} {tried}"))
            key = hash(frozenset(names.items()))
            if key in seen:
                continue
            seen.add(key)
            tried += 1
            top = tempfile.mkdtemp(dir=os.path.dirname(command.project))
            project = os.path.join(top, "p")
            put(project, names)
            try:
                command.state(project)
                command.again(project)
            except Wrong as error:
                wrong.append(f"{command.name}: power lost after call {i} of {len(ops)} ({op[0]} {op[1] if len(op) > 1 else ''}), {how} of what was "
                             f"not flushed: {error}")
                if left_out is not None:
                    return wrong, tried
            finally:
                shutil.rmtree(top, ignore_errors=True)
    return wrong, tried


def replay_all(commands, run, fresh, Wrong, full):
    results, all_tried = [], 0
    for command in commands:
        ops = record(command, run, fresh)
        # of the mark of an unfinished copy the name counts; the last flush is so that it is there when the command says so
        flushes = [i for i, op in enumerate(ops) if op[0] in ("fsync", "syncfs") and ".unfinished" not in str(op) and i + 1 < len(ops)]
        # the last log may be lost: what it forgets is gone for good before it is written, and a site without a log is looked at
        logs = [i for i in flushes if ".state." in str(ops[i])]
        flushes = [i for i in flushes if i not in logs[-1:]]
        wrong, tried = crashes(command, ops, 1 if full else 9, None, Wrong)
        all_tried += tried
        results += wrong + [None] * (tried - len(wrong))
        if not flushes:
            results.append(f"{command.name}: nothing was flushed")
        # the flush before files get their names is needed: without it, some loss of power does harm
        for i in flushes[:1] if command.name in ("second", "sync", "import") else []:
            wrong, _ = crashes(command, ops, 1, i, Wrong)
            what = f"{command.name}: call {i}, {' '.join(map(str, ops[i]))}"
            results.append(None if wrong else f"{what}: no test fails without it")
            if full:
                print(f"without {what}: {wrong[0][:200] if wrong else 'nothing'}")
    print(f"note: faults: {all_tried} losses of power" + ("" if full else "; FULL=1 tries all"), flush=True)
    return results
