#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tries `waypost serve` on a small site of its own: try.py NAME. Says what is wrong, one thing a line, and exits with 1.

WAYPOST is the program. The site is made by tests/bench/make-corpus in a temporary folder; requests are bytes on a socket, since a client library
would mend what they are to have wrong. WAYPOST_SERVE_EDITS is the number of edits of `edits` (default 100).
"""
import json
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
WAYPOST = os.environ.get("WAYPOST", os.path.join(HERE, "../../build/waypost"))
PATIENCE = 60  # seconds for anything: machines may be slow
wrong = []


def check(truth, what):
    if not truth:
        wrong.append(what)
    return truth


class Answer:
    """What came back: status, headers in lower case, body."""

    def __init__(self, data):
        head, _, self.body = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        found = re.match(r"HTTP/1\.[01] (\d+)", lines[0])
        self.status = int(found.group(1)) if found else 0
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            self.headers[name.lower()] = value.strip()

    def get(self, name):
        return self.headers.get(name, "")


class Stream:
    """A page that listens: events as dictionaries."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.sendall(b"GET /.waypost/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        self.text = b""

    def event(self):
        """The next state, or None after PATIENCE."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            # chunks are cut out by their sizes, which stand on lines of their own
            plain = re.sub(rb"\r\n[0-9A-F]+\r\n|\r\n", b"\n", self.text, flags=re.I)
            found = re.search(rb"event: state\n+((?:data: [^\n]*\n)+)\n", plain)
            if found:
                self.text = plain[found.end():]
                return json.loads(b"\n".join(line[6:] for line in found.group(1).splitlines()))
            if select.select([self.socket], [], [], 1)[0]:
                more = self.socket.recv(65536)
                if not more:
                    return None
                self.text += more
        return None

    def close(self):
        self.socket.close()


class Server:
    """A site and the server that shows it."""

    def __init__(self, pages=10, languages=2, arguments=()):
        self.folder = tempfile.mkdtemp(prefix="waypost-serve-")
        self.site = os.path.join(self.folder, "project")
        subprocess.run([os.path.join(HERE, "../bench/make-corpus"), "--pages", str(pages), "--languages", str(languages),
                        "--flavour", "waypost", "--out", self.site], check=True, stdout=subprocess.DEVNULL)
        self.log = open(os.path.join(self.folder, "log"), "w+b")
        self.start(arguments)

    def start(self, arguments=()):
        # freed memory is given back at once, or the sanitizer's stock of it would look like growth
        env = dict(os.environ, ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1:thread_local_quarantine_size_kb=64")
        self.process = subprocess.Popen([WAYPOST, "serve", "-C", self.site, "-p", "0", *arguments], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=self.log, env=env)
        self.line = self.process.stdout.readline().decode()
        self.port = int(re.search(r"http://127\.0\.0\.1:(\d+)/", self.line).group(1))
        self.drain = subprocess.Popen(["cat"], stdin=self.process.stdout, stdout=self.log)
        self.process.stdout.close()

    def wait_built(self):
        page = Stream(self.port)
        state = page.event()
        while state and "report" not in state:
            state = page.event()
        page.close()
        if not state or self.get("/en/index.html").status != 200:
            raise TimeoutError("there is no site")

    def send(self, data, patience=PATIENCE):
        with socket.create_connection(("127.0.0.1", self.port), timeout=patience) as s:
            got = b""
            try:
                s.sendall(data)
                while True:
                    more = s.recv(65536)
                    if not more:
                        break
                    got += more
            except (ConnectionResetError, BrokenPipeError):
                pass
            except TimeoutError:
                if patience == PATIENCE:
                    raise
            return got

    def get(self, path, method="GET", **headers):
        lines = [f"{method} {path} HTTP/1.1", "Connection: close"]
        headers.setdefault("Host", "localhost")
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        return Answer(self.send(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")))

    def edit(self, words, path="content/s000/p00000.md"):
        """A paragraph more at the end of a page, written as careful editors do: beside it, then renamed."""
        path = os.path.join(self.site, path)
        with open(path, encoding="utf-8") as file:
            text = file.read().split("\nEdited: ")[0].rstrip("\n")
        with open(path + "~", "w", encoding="utf-8") as file:
            file.write(f"{text}\n\nEdited: {words}\n")
        os.replace(path + "~", path)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        status = self.process.wait(PATIENCE)
        self.drain.wait(PATIENCE)
        self.log.flush()
        self.log.seek(0)
        said = self.log.read().decode("utf-8", "replace")
        self.log.close()
        shutil.rmtree(self.folder)
        check(status == 0, f"ended with {status}")
        check("Sanitizer" not in said and "runtime error" not in said, said)
        return said


def children(pid):
    """Processes below one, as (pid, parent)."""
    found = []
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat", encoding="latin-1") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(name))
    return found


def requests(s):
    """Every kind of request: the right answer, and nothing from outside the tree."""
    secret = "nobody may read this"
    with open(os.path.join(s.site, "out", "secret.txt"), "w", encoding="utf-8") as file:
        file.write(secret)
    site = os.path.join(s.site, "out", ".preview", "site")
    with open(os.path.join(site, "assets", "digits.txt"), "w", encoding="utf-8") as file:
        file.write("0123456789")
    os.symlink("../../../secret.txt", os.path.join(site, "link.txt"))
    os.symlink("../../..", os.path.join(site, "up"))
    with open(os.path.join(site, ".hidden"), "w", encoding="utf-8") as file:
        file.write(secret)
    os.mkfifo(os.path.join(site, "pipe.txt"))
    os.mkdir(os.path.join(site, "empty"))

    def expect(path, status, method="GET", **headers):
        a = s.get(path, method, **headers)
        check(a.status == status, f"{method} {path!r} {headers}: {a.status}, not {status}")
        check(secret.encode() not in a.body, f"{method} {path!r} shows what is outside")
        check(a.status == 0 or a.get("x-content-type-options") == "nosniff" or a.status in (400, 414), f"{path!r}: no nosniff")
        return a

    # pages, and what is put into them
    a = expect("/en/index.html", 200)
    check(a.get("content-type") == "text/html; charset=utf-8", a.get("content-type"))
    check(b'src="/.waypost/live.js"' in a.body, "our script is not in the page")
    with open(os.path.join(site, "en", "index.html"), "rb") as file:
        published = file.read()
    check(b"waypost" not in published, "our script is in a file")
    check(re.sub(rb"<script[^>]*live\.js[^>]*></script>\n", b"", a.body) == published, "more than our script was put into the page")
    check(expect("/assets/style.css", 200).get("content-type") == "text/css; charset=utf-8", "type of a style sheet")
    check(expect("/.waypost/live.js", 200).get("content-type") == "text/javascript; charset=utf-8", "type of a script")
    # folders
    check(expect("/", 302).get("location") == "/index.html", "the first page")
    check(expect("/en", 302).get("location") == "/en/index.html", "a folder")
    check(expect("/en/", 302).get("location") == "/en/index.html", "a folder with a slash")
    check(expect("/en/?translate", 302).get("location") == "/en/index.html?translate", "a folder with a query")
    check(b"style.css" not in expect("/assets/", 404).body, "a folder is listed")
    expect("/empty", 404)
    check(b"live.js" in expect("/not/there.html", 404).body, "a page for wrong addresses follows changes, too")
    # HEAD
    a, b = expect("/en/index.html", 200, "HEAD"), expect("/en/index.html", 200)
    check(a.body == b"" and a.get("content-length") == str(len(b.body)), "HEAD is not as GET without a body")
    a = expect("/assets/digits.txt", 200, "HEAD")
    check(a.body == b"" and a.get("content-length") == "10", "HEAD of a file")
    check(expect("/.waypost/events", 200, "HEAD").body == b"", "HEAD of the events")
    expect("/nothing", 404, "HEAD")
    # conditions
    for path in ("/assets/digits.txt", "/en/index.html"):
        a = expect(path, 200)
        check(expect(path, 304, If_None_Match=a.get("etag")).body == b"", "304 with a body")
        expect(path, 304, If_None_Match=f'"x", W/{a.get("etag")}')
        expect(path, 200, If_None_Match='"x"')
    a = expect("/assets/digits.txt", 200)
    expect("/assets/digits.txt", 304, If_Modified_Since=a.get("last-modified"))
    expect("/assets/digits.txt", 200, If_Modified_Since="Sat, 01 Jan 2000 00:00:00 GMT")
    expect("/assets/digits.txt", 200, If_Modified_Since="nonsense")
    check(a.get("cache-control") == "no-cache", "a copy is kept without asking")
    # ranges
    for spec, body, where in (("0-0", b"0", "0-0"), ("3-5", b"345", "3-5"), ("7-", b"789", "7-9"), ("-2", b"89", "8-9"),
                              ("5-99", b"56789", "5-9"), ("-99", b"0123456789", "0-9")):
        a = expect("/assets/digits.txt", 206, Range=f"bytes={spec}")
        check(a.body == body and a.get("content-range") == f"bytes {where}/10", f"range {spec}: {a.body} {a.headers}")
    a = expect("/assets/digits.txt", 206, "HEAD", Range="bytes=3-5")
    check(a.body == b"" and a.get("content-length") == "3", "HEAD of a range")
    check(expect("/assets/digits.txt", 416, Range="bytes=10-").get("content-range") == "bytes */10", "a range beyond the end")
    for spec in ("5-3", "x", "-", "0-1,3-4", "-0x"):
        check(expect("/assets/digits.txt", 200, Range=f"bytes={spec}").body == b"0123456789", f"range {spec}")
    expect("/assets/digits.txt", 200, Range="bytes=0-0", If_Range='"other"')
    expect("/assets/digits.txt", 206, Range="bytes=0-0", If_Range=expect("/assets/digits.txt", 200).get("etag"))
    page = expect("/en/index.html", 200).body
    check(expect("/en/index.html", 206, Range="bytes=5-14").body == page[5:15], "a range of a page")
    # ways out of the tree
    for path in ("/../secret.txt", "/en/../../secret.txt", "/%2e%2e/secret.txt", "/%2E%2E/%2e%2e/secret.txt", "/..%2fsecret.txt",
                 "/en/..%2f..%2fsecret.txt", "/..%5csecret.txt", "/..\\secret.txt", "/%252e%252e/secret.txt".replace("%25", "%"),
                 "/%c0%ae%c0%ae/secret.txt", "/a%00.html", "/en/index.html%00.txt", "//etc/passwd", "/en//index.html", "/./en/index.html",
                 "/.hidden", "/.preview/", "/%2ehidden", "/a%0d%0aX-Evil:%201", "/%", "/%4", "/%zz", "http://localhost/en/index.html",
                 "/.waypost/", "/.waypost/live.js/", "/.waypost/../.hidden", "/%ff%fe"):
        a = expect(path, 400)
        check("x-evil" not in a.headers, "a header was smuggled in")
    for path in ("/link.txt", "/up/secret.txt", "/up/", "/pipe.txt", "/en/index.html/", "/en/index.html/x", "/%252e%252e/secret.txt"):
        expect(path, 404)
    expect("/" + "a" * 3000, 414)
    expect("/" + "a/" * 1000, 404)
    a = Answer(s.send(b"GET /" + b"a" * 100000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", patience=5))
    check(a.status in (0, 414, 431, 400), f"a very long address: {a.status}")
    a = Answer(s.send(b"GET /en/index.html\0.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
    # libmicrohttpd ends the address there: no more than a page of the site comes of it
    check(a.status in (0, 400) or a.body == page, f"a bare NUL in the address: {a.status}")
    # hosts: a page elsewhere whose name was pointed at us
    for host in ("example.org", "127.0.0.1.example.org:8000", "0.0.0.0", ""):
        a = s.get("/en/index.html", Host=host)
        check(a.status in (400, 403) and b"<html" not in a.body, f"host {host!r}: {a.status}")
    for host in ("127.0.0.1", f"localhost:{s.port}", "LOCALHOST", "[::1]:1"):
        expect("/en/index.html", 200, Host=host)
    check(Answer(s.send(b"GET /en/index.html HTTP/1.1\r\nConnection: close\r\n\r\n")).status == 400, "no host was taken")
    check(Answer(s.send(b"GET /en/index.html HTTP/1.0\r\n\r\n")).status == 200, "HTTP/1.0 needs no host")
    # other methods, and what is no request
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get", "X"):
        a = s.get("/en/index.html", method)
        check(a.status in (405, 501, 400) and b"<html" not in a.body, f"{method}: {a.status}")
    check("GET" in s.get("/", "POST").get("allow"), "405 says what is allowed")
    check(b"405" in s.send(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nabc", patience=5)[:20], "POST with a body")
    for raw in (b"\r\n\r\n", b"GET\r\n\r\n", b"GET /\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 100000 + b"\r\n\r\n", b"GET / HTTP/1.1\nHost\r\n\r\n",
                b"GET  /en/index.html  HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n", bytes(range(256)) * 20):
        s.send(raw, patience=1)  # what is no whole request is waited for
    # several on one connection, and a body that goes with GET
    twice = b"GET /assets/digits.txt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc" * 2
    check(s.send(twice + b"GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").count(b"0123456789") == 2,
          "two requests on one connection")
    check(expect("/en/index.html", 200).body == page, "the page is not as it was")
    # what a site may hold besides: another name for pages, one too large to be shown with our script, a page of its own for wrong addresses
    check(expect("/.waypost/live.css", 200).get("content-type") == "text/css; charset=utf-8", "type of our style")
    check(expect("/en/index.html?x=1&y&translated", 200).body == page, "a query that says nothing to us")
    with open(os.path.join(site, "en", "old.htm"), "w", encoding="utf-8") as file:
        file.write("<html><body><!-- Waypost --></body></html>")
    check(expect("/en/old.htm", 200).get("content-type").startswith("text/html"), "type of a page called .htm")
    with open(os.path.join(site, "en", "large.html"), "w", encoding="utf-8") as file:
        file.truncate(65 << 20)
    check(len(expect("/en/large.html", 500).body) < 10000, "a page that is too large")
    with open(os.path.join(site, "404.html"), "w", encoding="utf-8") as file:
        file.write("<html><head></head><body>our own way</body></html>")
    a = expect("/nothing", 404)
    check(b"our own way" in a.body and b"live.js" in a.body, f"the site's own page for wrong addresses: {a.body}")
    expect("/en/index.html", 304, If_None_Match=expect("/en/index.html", 200).get("etag"))


def parallel(s):
    """1,000 connections at once, by wrk where it is there and by sockets that all wait."""
    if shutil.which("wrk"):
        done = subprocess.run(["wrk", "-t2", "-c1000", "-d3s", "--timeout", "30s", f"http://127.0.0.1:{s.port}/en/index.html"],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False).stdout
        rate = re.search(r"Requests/sec:\s+([\d.]+)", done)
        check(rate and float(rate.group(1)) > 0 and "Non-2xx" not in done, done)
        errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+)", done)
        check(not errors or errors.groups() == ("0", "0", "0"), done)
        if rate:
            print(f"note: serve: {float(rate.group(1)):.0f} pages a second over 1,000 connections")
    request = b"GET /en/index.html HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    length = len(s.get("/en/index.html").body)
    sockets = [socket.create_connection(("127.0.0.1", s.port), timeout=PATIENCE) for _ in range(1000)]
    for one in sockets:
        one.sendall(request)
    short = 0
    for one in sockets:
        got = b""
        while True:
            more = one.recv(65536)
            if not more:
                break
            got += more
        short += len(Answer(got).body) != length or Answer(got).status != 200
        one.close()
    check(short == 0, f"{short} of 1,000 got something else")


def descriptors(s):
    return len(os.listdir(f"/proc/{s.process.pid}/fd"))


def memory(s):
    with open(f"/proc/{s.process.pid}/status", encoding="ascii") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1))


def edits(s):
    """Many edits in a row: each is told to pages, and the server neither grows nor keeps anything open."""
    count, page = int(os.environ.get("WAYPOST_SERVE_EDITS", "100")), Stream(s.port)
    page.event()
    before = None
    for i in range(count):
        s.edit(f"number {i}.")
        state = page.event()
        while state and "changed" not in state:
            state = page.event()
        if not check(state, f"edit {i} was not told"):
            break
        if i % 10 == 0:
            body = s.get("/en/s000/p00000.html").body
            check(f"number {i}.".encode() in body, f"edit {i} is not on the page")
        if i == count // 5:
            before = (memory(s), descriptors(s))
    grown = memory(s) - before[0]
    print(f"note: serve: {count} edits, {grown:+d} KiB and {descriptors(s) - before[1]:+d} descriptors")
    check(grown < 512 + before[0] // 20, f"{grown} KiB more")
    check(descriptors(s) <= before[1], f"{descriptors(s) - before[1]} more descriptors")
    page.close()
    for _ in range(50):
        Stream(s.port).close()
    end = time.monotonic() + PATIENCE
    while descriptors(s) >= before[1] and time.monotonic() < end:
        time.sleep(0.05)
    check(descriptors(s) < before[1], "streams stay open when their pages are gone")


def burst(s):
    """A change while a build is under way: the last words are shown in the end, whatever came between."""
    page = Stream(s.port)
    page.event()
    for i in range(40):
        s.edit(f"burst {i}.")
        time.sleep(0.013 * (i % 7))
    end = time.monotonic() + PATIENCE
    while b"burst 39." not in s.get("/en/s000/p00000.html").body and time.monotonic() < end:
        page.event()
    check(b"burst 39." in s.get("/en/s000/p00000.html").body, "the last edit is not on the page")
    page.close()


def killed(s):
    """kill -9 of the builder, and of a worker of it: the server stays, says so, and the next change builds."""
    page = Stream(s.port)
    page.event()
    for attempt in range(3):
        told = None
        for i in range(200):
            s.edit(f"kill {attempt} {i}.")
            end = time.monotonic() + 1
            below = []
            while not below and time.monotonic() < end:
                below = children(s.process.pid)
            victims = below
            for pid in victims:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            told = page.event()
            if told and told["report"]["errors"] and "signal 9" in told["report"]["messages"][0]["text"]:
                break
        check(told and told["report"]["errors"] == 1 and "signal 9" in told["report"]["messages"][0]["text"],
              f"the end of the builder was not told: {told}")
        check(s.get("/en/index.html").status == 200, "the server is gone")
    s.edit("alive again.")
    state = page.event()
    while state and ("changed" not in state or state["report"]["errors"]):
        state = page.event()
    check(state and b"alive again." in s.get("/en/s000/p00000.html").body, "it does not build again")
    page.close()


def failed(s):
    """Errors are told with place and caret, the last good site stays, and they go away."""
    page = Stream(s.port)
    page.event()
    s.edit("see [that](nowhere.md).")
    state = page.event()
    if check(state and state["report"]["errors"] == 1, f"no error: {state}"):
        message = state["report"]["messages"][0]
        check(re.match(r"content/s000/p00000\.md:\d+:\d+$", message["place"]), message["place"])
        check("nowhere.md" in message["snippet"] and "^~~" in message["snippet"], message["snippet"])
        check(state["report"]["held"] is True and state["changed"] == [], "the last good site did not stay")
        check(b"Edited" not in s.get("/en/s000/p00000.html").body, "the page is not the last good one")
    # who comes later hears it, too
    other = Stream(s.port)
    check((other.event() or {}).get("report", {}).get("errors") == 1, "a new page is not told")
    other.close()
    s.edit("all is well.")
    state = page.event()
    check(state and state["report"]["errors"] == 0 and "en/s000/p00000.html" in state["changed"], f"the error stays: {state}")
    check(b"all is well." in s.get("/en/s000/p00000.html").body, "the mended page is not shown")
    # only what changed is named: a style sheet
    with open(os.path.join(s.site, "themes/corpus/style.css"), "a", encoding="ascii") as file:
        file.write("\np { color: red }\n")
    state = page.event()
    check(state and state["changed"] == ["assets/style.css"], f"a style sheet: {state}")
    page.close()


def folders(s):
    """New folders, moved ones, removed ones."""
    page = Stream(s.port)
    page.event()
    os.makedirs(os.path.join(s.site, "content/new/deep"))
    with open(os.path.join(s.site, "content/new/deep/x.md"), "w", encoding="utf-8") as file:
        file.write("---\ntitle: Deep\n---\nText.\n")

    def until(path, status):
        end = time.monotonic() + PATIENCE
        while s.get(path).status != status and time.monotonic() < end:
            time.sleep(0.05)
        check(s.get(path).status == status, f"{path} is not {status}")
    until("/en/new/deep/x.html", 200)
    os.rename(os.path.join(s.site, "content/new"), os.path.join(s.site, "content/other"))
    until("/en/other/deep/x.html", 200)
    until("/en/new/deep/x.html", 404)
    shutil.rmtree(os.path.join(s.site, "content/other"))
    until("/en/other/deep/x.html", 404)
    # the whole preview is taken away under the server
    os.rename(os.path.join(s.site, "out"), os.path.join(s.folder, "gone"))
    s.edit("after all was removed.")
    until("/en/index.html", 200)
    state = page.event()
    while state and state.get("changed") is not True:
        state = page.event()
    check(state, "that all changed is not told")
    s.edit("told again.")
    state = page.event()
    while state and (state.get("changed") is True or "en/s000/p00000.html" not in state.get("changed", [])):
        state = page.event()
    check(state, "changes are not told after the folder was made anew")
    page.close()


def broken(s):
    """A project that cannot be built, and no preview yet: that is said, and the site comes when it is mended."""
    page = Stream(s.port)
    page.event()
    settings = os.path.join(s.site, "content/site.yaml")
    with open(settings, encoding="utf-8") as file:
        good = file.read()
    with open(settings, "w", encoding="utf-8") as file:
        file.write("title: [\n")
    os.rename(os.path.join(s.site, "out"), os.path.join(s.folder, "gone"))
    state = page.event()
    check(state and state["report"]["errors"] > 0 and "site.yaml" in state["report"]["messages"][0]["place"], f"not told: {state}")
    a = s.get("/en/index.html")
    check(a.status == 503 and b"live.js" in a.body and a.get("retry-after") == "1", f"without a site: {a.status}")
    with open(settings, "w", encoding="utf-8") as file:
        file.write(good)
    state = page.event()
    while state and state["report"]["errors"]:
        state = page.event()
    check(state and s.get("/en/index.html").status == 200, "the mended site is not shown")
    page.close()


def browser(s):
    """-O opens the first page with xdg-open, and says what is missing when there is none."""
    tools, opened = os.path.join(s.folder, "bin"), os.path.join(s.folder, "opened")
    os.mkdir(tools)
    with open(os.path.join(tools, "xdg-open"), "w", encoding="ascii") as file:
        file.write(f"#!/bin/sh\necho \"$1\" > {opened}.part && mv {opened}.part {opened}\n")
    os.chmod(os.path.join(tools, "xdg-open"), 0o755)
    for path, there in ((f"{tools}:/usr/bin:/bin", True), (os.path.join(s.folder, "nothing"), False)):
        other = subprocess.Popen([os.path.abspath(WAYPOST), "serve", "-O", "-p", "0", "-C", s.site], env=dict(os.environ, PATH=path),
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        address = re.search(r"http://\S+", other.stdout.readline().decode()).group()
        end = time.monotonic() + PATIENCE
        while there and not os.path.exists(opened) and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(0 if there else 1)
        other.send_signal(signal.SIGINT)
        said = other.communicate(timeout=PATIENCE)[1].decode()
        if there:
            with open(opened, encoding="ascii") as file:
                check(file.read().strip() == address, "another address was opened")
        else:
            check("xdg-utils" in said, f"no word about xdg-open: {said}")


def translate(s):
    """?translate: each text marked, with what is known of it; nothing of that in any file."""
    a = s.get("/fr/s000/p00000.html?translate")
    check(a.status == 200, f"{a.status}")
    found = re.search(rb'<script type="application/json" id="waypost-texts">\n(.*?)</script>', a.body, re.S)
    if check(found, "no texts"):
        data = json.loads(found.group(1))
        check(data["language"] == "fr" and len(data["texts"]) > 10, f"{len(data['texts'])} texts")
        check(all(t["source"] and t["file"] and t["state"] for t in data["texts"]), "a text without its place")
        numbers = {int(n) for n in re.findall(rb'data-waypost="(\d+)"', a.body)}
        check(len(numbers) > 10 and max(numbers) < len(data["texts"]), "marks and texts differ")
        one = next(t for t in data["texts"] if t["key"] == "s000/p00000" and t.get("target"))
        with open(os.path.join(s.site, one["file"]), encoding="utf-8") as file:
            lines = file.read().split("\n")
        near = " ".join(line.strip() for line in lines[one["line"] - 1:one["line"] + 2])
        check(one["target"].split()[0] in near, f"{one['file']}:{one['line']} is not where the translation stands")
    check(b"data-waypost=" not in s.get("/fr/s000/p00000.html").body, "marks without ?translate")
    check(s.get("/index.html?translate").status in (200, 500), "the chooser")
    subprocess.run([WAYPOST, "build", "-q", "-C", s.site, "--base-url", f"http://127.0.0.1:{s.port}/"], check=True, stdout=subprocess.DEVNULL)
    marked = subprocess.run(["grep", "-rlE", "data-waypost|waypost-texts|/.waypost/", os.path.join(s.site, "out")],
                            stdout=subprocess.PIPE, text=True, check=False).stdout
    check(not marked, f"marks in {marked}")
    # the preview and the site are two folders, and the same
    differ = subprocess.run(["diff", "-rq", os.path.join(s.site, "out/site"), os.path.join(s.site, "out/.preview/site")],
                            stdout=subprocess.PIPE, text=True, check=False).stdout
    check(not differ, differ)


def ends(s):
    """Ctrl-C in the middle of work: everything ends, and soon."""
    streams = [Stream(s.port) for _ in range(5)]
    half = socket.create_connection(("127.0.0.1", s.port))
    half.sendall(b"GET /en/index.html HTTP/1.1\r\nHo")
    waiting = socket.create_connection(("127.0.0.1", s.port))
    waiting.sendall(b"GET /fr/s000/p00000.html?translate HTTP/1.1\r\nHost: localhost\r\n\r\n")
    s.edit("the end.")
    time.sleep(0.1)
    start = time.monotonic()
    s.process.send_signal(signal.SIGINT)
    s.process.wait(PATIENCE)
    check(time.monotonic() - start < 20, "it takes long to end")
    time.sleep(0.2)
    left = subprocess.run(["grep", "-l", s.site, *[f"/proc/{p}/cmdline" for p in os.listdir("/proc") if p.isdigit()]],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False).stdout.split()
    check(not left, f"processes are left: {left}")
    for one in streams:
        one.close()
    half.close()
    waiting.close()


def ports(s):
    """A port that is taken: the next one, and that is said."""
    other = subprocess.Popen([WAYPOST, "serve", "-C", s.site, "-p", str(s.port)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    line = other.stdout.readline().decode()
    port = int(re.search(r":(\d+)/", line).group(1))
    check(s.port < port <= s.port + 100, line)
    other.send_signal(signal.SIGTERM)
    said = other.communicate(timeout=PATIENCE)[1].decode()
    check(f"port {s.port} is taken; using {port}" in said, said)
    check(other.returncode == 0, f"SIGTERM: {other.returncode}")
    listening = subprocess.run(["grep", "-i", f":{s.port:04X} 00000000:0000 0A", "/proc/net/tcp"], stdout=subprocess.PIPE, text=True, check=False)
    check("0100007F:" in listening.stdout, "it does not listen on the loopback address alone")


def main():
    name = sys.argv[1]
    server = Server()
    try:
        server.wait_built()
        globals()[name](server)
    finally:
        said = server.stop()
    for line in wrong:
        print(f"wrong: {line}")
    if wrong:
        print(said[-3000:])
    sys.exit(1 if wrong else 0)


main()
