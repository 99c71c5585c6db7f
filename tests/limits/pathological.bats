#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Inputs that make Markdown parsers slow, each as a page, as a translation and as a title: the build ends, the other pages are there.

bats_require_minimum_version 1.5.0

# Writes one site with all recipes: pathological SITE
pathological() {
	python3 - "$WAYPOST_TESTDATA/pathological/cases.json" "$1" <<'PYTHON'
import json, os, sys
cases, site = json.load(open(sys.argv[1]))["cases"], sys.argv[2]

def text(case):
    out = []
    for what, times in case["parts"]:
        if what == "@growing-backticks":
            out += ["e" + "`" * i for i in range(1, times + 1)]
        elif what == "@growing-list":
            out += ["  " * i + "* a\n" for i in range(times)]
        else:
            out.append(what * times)
    return "".join(out).replace("\0", "?")

def put(path, what):
    path = os.path.join(site, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    open(path, "w", newline="").write(what)

put("content/site.yaml", "title: T\nlanguages: [en, fr]\n")
put("content/index.md", "---\ntitle: Home\n---\nAll is well.\n")
put("translations/fr/language.yaml", "name: Français\n")
put("themes/default/page.html", "<title>{{page.title}}</title><main>{{{content}}}</main>\n")
put("themes/default/chooser.html", "{{#languages}}{{name}}{{/languages}}\n")
for case in cases:
    name, body = case["name"].replace("_", "-").lower(), text(case)
    line = " ".join(body.split("\n"))
    put(f"content/b-{name}.md", f"---\ntitle: Body\n---\n{body}\n")
    for cut in (15000, 3000):
        put(f"content/t{cut}-{name}.md", "---\ntitle: Target\n---\nA source with [a link](index.md) and *marks*.\n")
        put(f"translations/fr/t{cut}-{name}.yaml",
            "segments:\n- source: |\n    A source with [a link][1] and *marks*.\n  target: |\n    " + line[:cut] + "\n")
    put(f"content/h-{name}.md", "---\ntitle: " + json.dumps(line[:15000], ensure_ascii=False) + "\n---\n# " + line[:15000] + "\n")
print(len(cases))
PYTHON
}

@test "every pathological recipe ends in time, within its budget, and harms no other page" {
	[ -r "${WAYPOST_TESTDATA:-}/pathological/cases.json" ] || skip "the recipes are not there (WAYPOST_TESTDATA)"
	pathological "$BATS_TEST_TMPDIR/site"
	# 5 s and 256 MB a page; sanitizers take up to ten times as much
	[[ "$WAYPOST" == */san/* || "$WAYPOST" == */cov/* || "$WAYPOST" == */valgrind/* ]] || ulimit -v 1500000
	run timeout 900 "$WAYPOST" build -C "$BATS_TEST_TMPDIR/site" -o "$BATS_TEST_TMPDIR/out"
	[ "$status" -le 1 ] || { echo "$output" | tail -n 20; false; }
	# valgrind takes up to fifty times as long: a page that is left out for its time is no finding there
	said=$output
	[[ "$WAYPOST" != */valgrind/* ]] || said=$(grep -v page-timeout <<<"$output")
	run ! grep -E 'page-timeout|work-died|memory' <<<"$said"
	grep -q 'All is well' "$BATS_TEST_TMPDIR/out/site/fr/index.html"
	# no page is larger than 16 times its source and 64 KiB
	python3 - "$BATS_TEST_TMPDIR" <<'PYTHON'
import os, sys
top = sys.argv[1]
for tag in ("en", "fr"):
    for name in os.listdir(f"{top}/out/site/{tag}"):
        size = os.path.getsize(f"{top}/out/site/{tag}/{name}")
        source = os.path.getsize(f"{top}/site/content/{name[:-5]}.md")
        catalog = f"{top}/site/translations/fr/{name[:-5]}.yaml"
        source += os.path.getsize(catalog) if tag == "fr" and os.path.exists(catalog) else 0
        assert size <= 16 * source + (64 << 10), (name, size, source)
PYTHON
}
