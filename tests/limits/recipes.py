# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts that make parsers slow, and what a build with one of them costs; for tests/limits/budgets and tests/bench/doubling.

A recipe is a list of (text, times). Our own ones are here; those of WAYPOST_TESTDATA/pathological come along where that folder is there.
"""
import json
import os
import re
import resource
import shutil
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
WAYPOST = os.path.join(os.environ.get("CHECK_BUILD") or os.path.join(ROOT, "build"), "waypost")  # the program as it is used
# "lines" is a page, too, with its long lines broken: a line of more than 16 KiB is refused
USES = ("page", "lines", "target", "title")
# bytes of what a build still takes, less what stands around it
MOST = {"page": 1000000, "lines": 1000000, "target": 15900, "title": 60000}
HARMLESS = "All is well."
SOURCE, TARGET = "A source with [a link](index.md) and *marks*.", "Un texte avec [un lien][1] et *marques*. "

OWN = {
    "emphasis-open": [("*w ", 50000)], "emphasis-close": [("w* ", 50000)], "emphasis-mixed": [("*w_ ", 40000)], "emphasis-within": [("*w **w ", 15000), (" w** w*", 15000)],
    "emphasis-of-three": [("w**w", 1), ("v* ", 40000)], "emphasis-deep": [("_", 30000), ("w", 1), ("_", 30000)], "strike": [("~w ~~w ", 30000)],
    "brackets-open": [("[w", 50000)], "brackets-close": [("w]", 50000)], "brackets-deep": [("[", 40000), ("w", 1), ("]", 40000)], "link-open": [("[w](v", 30000)],
    "link-angle": [("[w](<v", 30000)], "image-open": [("![[]()", 60000)], "parentheses": [("[w](", 1), ("(", 60000)],
    "quote-deep": [("> ", 40000), ("w", 1)], "quote-deep-short": [(">", 60000), ("w*", 30000)], "quote-lazy": [("> w\n", 1), ("w\n", 50000)],
    "list-deep-then-empty": [("- ", 30000), ("w", 1), ("\n", 30000)], "list-flat": [("* w\n", 60000)], "list-two-levels": [("* w\n  * v\n", 40000)],
    "list-growing": [("@growing-list", 800)], "numbers-deep": [("1. ", 30000), ("w", 1)],
    "table-rows": [("w | v\n--- | ---\n", 1), ("w | v\n", 50000)], "table-columns": [("|w", 20000), ("|\n", 1), ("|-", 20000), ("|\n", 1), ("|w|\n", 2000)],
    "table-columns-few": [("|w", 100), ("|\n", 1), ("|-", 100), ("|\n", 1), ("|w|\n", 20000)],
    "table-heads": [("w\rv\n-\v\n", 20000)], "address-bare": [("http:", 50000)], "address-mail": [("w@", 50000)], "address-www": [("www.", 1), ("_", 50000), ("www.", 20000)],
    "address-brackets": [("https://w.v/", 1), (")", 60000)], "address-entities": [("https://w.v/", 1), ("&w;", 30000)],
    "note-references": [("[^n]", 40000), ("\n\n[^n]: w\n", 1)], "note-definitions": [("[^n", 1), ("]: w\n\n[^n", 20000)], "definitions": [("[w]: v\n", 40000), ("[w] ", 40000)],
    "definition-large": [('[w]: v "', 1), ("t", 60000), ('"\n\n', 1), ("[w]", 30000)], "entities": [("&#x77;", 60000)], "entities-open": [("&w", 100000)],
    "tags-open": [("<", 100000)], "tags-attributes": [("<w v=", 40000)], "comments-open": [("</", 1), ("<!--", 80000)], "instructions-open": [("<?", 100000)],
    "tags-deep": [("<b>", 30000), ("w", 1), ("</b>", 30000)], "tags-unclosed": [("<kbd>w ", 30000)], "details": [("<details>\n\n", 10000)],
    "code-growing": [("@growing-backticks", 1000)], "fences": [("```w\n", 40000)], "backslashes": [("\\", 100000)], "breaks": [("w  \n", 60000)], "headings": [("# w\n", 40000)],
    "headings-same": [("## w {#v}\n\n", 20000)], "partials": [("{{> w}}\n\n", 20000)], "templates": [("{{w}} ", 40000)], "notes-foreign": [("@foreign-notes", 8000)],
    "rules": [("***\n", 60000)],
    "line": [("w ", 400000)], "word": [("w", 800000)], "word-wide": [("字", 200000)], "marks": [("w", 1), ("\u0301", 200000)], "joiners": [("\u0627\u200d", 60000)],
    "digits": [("12345 ", 60000)], "links": [("[w](index.md) ", 30000)], "pictures": [("![w](v.png)\n\n", 10000)], "paragraphs": [("w\n\n", 60000)],
}


def text(parts, use="page", factor=1.0):
    """The text of a recipe; factor makes what repeats longer or shorter."""
    out = []
    for what, times in parts:
        if use == "lines" and "\n" not in what and len(what) * times > 500 and not what.startswith("@"):
            once = max(1, 500 // len(what))
            what, times = "w " + what * once + "\n", max(1, round(times * factor / once))
            out.append(what * times)
            continue
        times = max(1, round(times * factor)) if times >= 1000 or what.startswith("@") else times
        if what == "@growing-backticks":
            times = round(times * factor ** 0.5)  # its length grows with the square
            out += ["e" + "`" * i for i in range(1, times + 1)]
        elif what == "@growing-list":
            times = round(times * factor ** 0.5)
            out += ["  " * i + "* a\n" for i in range(times)]
        elif what == "@foreign-notes":  # names without a letter for an id
            names = [chr(0x4e00 + i % 20000) + chr(0x4e00 + i // 20000) for i in range(times)]
            out += [f"[^{name}]\n" for name in names] + [f"\n\n[^{name}]: w\n" for name in names]
        else:
            out.append(what * times)
    return "".join(out).replace("\0", "?")


def all_recipes():
    """Name to parts: our own ones and, where they are, the others. And whether they are."""
    found = {"own-" + name: parts for name, parts in OWN.items()}
    path = os.path.join(os.environ.get("WAYPOST_TESTDATA", ""), "pathological/cases.json")
    if not os.path.isfile(path):
        return found, False
    with open(path, encoding="utf-8") as file:
        found.update((case["name"], case["parts"]) for case in json.load(file)["cases"])
    return found, True


class Cost:
    """What a build took and left: seconds, kilobytes, bytes of each file, messages, exit code."""

    def __init__(self, seconds, memory, sizes, said, code):
        self.seconds, self.memory, self.sizes, self.said, self.code = seconds, memory, sizes, said, code

    @property
    def refused(self):
        """Whether the text was left out, and so its cost is no matter."""
        return "attack.html" not in " ".join(self.sizes) or re.search(
            r"\[(file-large|line-long|markers-deep|marks-many|table-wide|withheld-\w+|yaml-\w+|page-\w+|text-\w+|front-missing|title-missing|po-syntax)\]", self.said)


def write_site(top, use, what):
    """A site of two pages in two languages, with `what` as body, target or title of the second one."""
    body, title, target = HARMLESS, HARMLESS, HARMLESS
    if use in ("page", "lines"):
        body = what
    elif use == "title":
        title = " ".join(what.split())
    else:
        target = "\n    ".join(re.split(r"[\r\n\v]+", what.rstrip()))
    files = {
        "content/site.yaml": "title: T\nlanguages: [en, fr]\n",
        "content/index.md": "---\ntitle: Home\n---\n\nAll is well.\n",
        "content/attack.md": f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n{SOURCE}\n\n{body}\n",
        "translations/fr/language.yaml": "name: F\n",
        "translations/fr/attack.yaml": "page: attack.md\nsegments:\n- source: |\n    "
        + SOURCE.replace("(index.md)", "[1]") + "\n  target: |\n    " + TARGET + target + "\n",
        "themes/default/page.html": "<html><title>{{page.title}}</title><nav>{{#nav}}<a href=\"{{href}}\">{{title}}</a>{{/nav}}</nav><main>{{{content}}}</main></html>\n",
        "themes/default/chooser.html": "{{#languages}}{{name}}{{/languages}}\n",
    }
    for name, data in files.items():
        path = os.path.join(top, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(data)


def cut(what, use):
    """As much of a text as a build takes of it."""
    return what.encode()[:MOST[use]].decode("utf-8", "ignore")


def build(use, what, prefix=()):
    """Builds the site with the text once, in a folder of its own: its Cost. What takes more than 20 seconds is ended."""
    top = tempfile.mkdtemp(prefix="waypost-budget-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
    try:
        write_site(top, use, what)
        with open(os.path.join(top, "said"), "w+b") as said:
            child = subprocess.Popen([*prefix, WAYPOST, "build", "-j1", "-C", top, "-o", os.path.join(top, "out")], stdin=subprocess.DEVNULL, stdout=said,
                                     stderr=subprocess.STDOUT, env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "NO_COLOR": "1"},
                                     preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (20, 20)))
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            words = said.read().decode("utf-8", "replace")
        sizes = {}
        for folder, _, names in os.walk(os.path.join(top, "out/site")):
            for name in names:
                path = os.path.join(folder, name)
                sizes[os.path.relpath(path, os.path.join(top, "out/site"))] = os.path.getsize(path)
        return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss, sizes, words, child.returncode)
    finally:
        shutil.rmtree(top, ignore_errors=True)


def growth(parts, use):
    """
    What the largest text that a build takes costs, and one of half its size. Returns (bytes, seconds, text) of both, the small one first,
    without the seconds a build takes anyway; None when even a thousand bytes are refused.
    """
    factor = MOST[use] / len(text(parts, use).encode())
    while True:
        what = cut(text(parts, use, factor), use)
        if len(what) < 1000:
            return None
        cost = build(use, what)
        if not cost.refused or cost.seconds > 5:
            break
        factor /= 2
    half = cut(text(parts, use, factor / 2), use)
    base = build(use, HARMLESS).seconds
    return [(len(t.encode()), max(seconds - base, 0.001), t) for t, seconds in ((half, build(use, half).seconds), (what, cost.seconds))]
