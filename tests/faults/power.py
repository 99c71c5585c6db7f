# SPDX-License-Identifier: GPL-3.0-or-later
"""What a loss of power leaves, for tests/faults/run: the calls that change files are recorded with strace and replayed up to each of
them on a model of a disk that keeps only what it was told to keep.

The model is stricter than most file systems: the bytes of a file are there after fsync of the file or syncfs, names (created, renamed, removed)
after syncfs or fsync of their folder. What was not flushed is lost, or not, in any combination: none of it, the names without the
bytes, all, all but what was removed, and some by chance. The computer has been started anew: its boot id is another one.

Then each flush is taken out of the record, one at a time, and the replay must find damage; one that no damage needs should not be in the
program. Damage is also a stick that is read back from memory because nothing has gone to it yet, and one that is not finished for good when
the command has ended.
"""
import codecs
import os
import random
import re
import shutil
import tempfile

TRACE = "openat,openat2,write,pwrite64,ftruncate,fsync,fdatasync,syncfs,rename,renameat,renameat2,mkdir,mkdirat,unlink,unlinkat,rmdir,fadvise64"
SEEDS = 2


def unescape(text):
    return codecs.escape_decode(text.encode("latin-1"))[0]


class File:
    """Bytes as written, and as they are on the disk."""

    def __init__(self, data=b"", kept=None):
        self.data, self.kept = data, data if kept is None else kept


def record(command, run, fresh, shim):
    """The changes a command makes: (kind, path, ...), in order."""
    project = fresh(command)
    log = project + ".power"
    run(project, command.arguments, ["strace", "-E", "LD_PRELOAD=" + shim, "-f", "-y", "-qq", "-s", "1000000", "-o", log, "-e", "trace=" + TRACE])
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
        elif what == "fadvise64":
            path = inside(re.match(r"\d+<([^>]*)>", arguments)[1])
            if path and "DONTNEED" in arguments:
                ops.append(("readback", path))
        elif what == "syncfs":
            ops.append(("syncfs",))
        elif what.startswith("rename"):
            old, new = name(arguments)[:2]
            if old and new:
                there.discard(old)
                there.add(new)
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
            self.now[op[1]].data += op[2]
        elif op[0] == "readback":
            return self.now[op[1]].kept == self.now[op[1]].data
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
        return True

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


def look(command, names, env, Wrong):
    """Whether what is there after a loss of power is whole, and the next run mends it; else what is wrong."""
    top = tempfile.mkdtemp(dir=os.path.dirname(command.project))
    try:
        for what in (command.state, lambda p: command.again(p, env), lambda p: command.then(p, env)):
            project = os.path.join(top, "p")
            put(project, names)
            what(project)
            shutil.rmtree(project)
        return None
    except Wrong as error:
        return error
    finally:
        shutil.rmtree(top, ignore_errors=True)


def crashes(command, ops, step, left_out, env, Wrong):
    """Messages of what went wrong, over all points and ways of losing power; left_out: the flush that is not done."""
    wrong, tried, seen = [], 0, set()
    disk = Disk(command.project)
    for i, op in enumerate([("write", None, b""), *ops]):
        if i and not disk.do(op, flush=i - 1 != left_out):
            wrong.append(f"{command.name}: '{op[1]}' is read back before it was flushed")
            return wrong, tried
        if (i % step and i < len(ops)) or (left_out is not None and i <= left_out):
            continue
        for how in ["none", "names", "all", "kept"] + ["some"] * (SEEDS if left_out is None else 8 * SEEDS):
            names = disk.crash(how, random.Random(f"{i} {tried}"))
            key = hash(frozenset(names.items()))
            if key in seen:
                continue
            seen.add(key)
            tried += 1
            error = look(command, names, env, Wrong)
            if not error and i == len(ops) and "pack" in command.name and any(".unfinished" in name for name in names):
                error = "it had ended, and the copy says that it had not"
            if error:
                wrong.append(f"{command.name}: power lost after call {i} of {len(ops)} ({op[0]} {op[1] if len(op) > 1 else ''}), {how} of what was "
                             f"not flushed: {error}")
                if left_out is not None:
                    return wrong, tried
    return wrong, tried


def remembers(command, run, fresh, env):
    """What the last build remembers is used while the computer runs, and not when it was started anew. What is wrong, or None."""
    project = fresh(command)
    same = [pair for pair in env if pair[0] != "SHIM_BOOT"]
    run(project, command.arguments, env=same)
    said = [run(project, [*command.arguments, "--explain"], env=e)[1] for e in (same, env)]
    shutil.rmtree(project)
    if "started anew" in said[0] or "started anew" not in said[1]:
        return f"a build after the same start, and after another: {said}"
    return None


def replay_all(commands, run, fresh, Wrong, full, shim):
    results, all_tried, all_flushes = [], 0, 0
    boot = os.path.join(os.path.dirname(shim), "boot")
    with open(boot, "w", encoding="ascii") as f:
        f.write("00000000-0000-0000-0000-000000000000\n")
    env = {"LD_PRELOAD": shim, "SHIM_BOOT": boot}.items()
    results.append(remembers(next(c for c in commands if c.name == "second"), run, fresh, env))
    for command in commands:
        ops = record(command, run, fresh, shim)
        flushes = [i for i, op in enumerate(ops) if op[0] in ("fsync", "syncfs")]
        wrong, tried = crashes(command, ops, 1 if full else 9, None, env, Wrong)
        all_tried += tried
        results += wrong + [None] * (tried - len(wrong))
        if not flushes:
            results.append(f"{command.name}: nothing was flushed")
        # a first copy, and the log of a first build, are written by the same calls as a second one, which can do more harm
        for i in [i for i in flushes if not (command.name == "pack" or (command.name == "first" and ".state." in str(ops[i])))]:
            wrong, _ = crashes(command, ops, 1, i, env, Wrong)
            what = f"{command.name}: call {i}, {' '.join(map(str, ops[i]))}"
            results.append(None if wrong else f"{what}: no test fails without it")
            if full:
                print(f"without {what}: {wrong[0][:200] if wrong else 'nothing'}")
        all_flushes += len(flushes)
    print(f"note: faults: {all_tried} losses of power, {all_flushes} flushes left out" + ("" if full else "; FULL=1 tries all"), flush=True)
    return results
