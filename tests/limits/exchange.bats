#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# Ten thousand messages come back: under two seconds with the program as it is used, and no slower by order, repetition or foreign forms.

# A site of N pages with 20 texts each: site N
site() {
	python3 - "$1" <<-'PYTHON'
		import os, sys
		def put(path, text):
		    os.makedirs(os.path.dirname(path), exist_ok=True)
		    open(path, "w").write(text)
		put("content/site.yaml", "title: T\nlanguages: [en, fr]\n")
		put("translations/fr/language.yaml", "name: F\n")
		put("themes/default/page.html", "x\n")
		for p in range(int(sys.argv[1])):
		    texts = ["Text %d of page %d, *with* [a link](p%d.md)." % (i, p, p) for i in range(18)] + ["The same on all pages."]
		    put("content/p%d.md" % p, "---\ntitle: Page %d\n---\n\n" % p + "\n\n".join(texts) + "\n")
	PYTHON
}

# Seconds that a command may take; the builds for tests are up to ten times slower than the one that is installed.
within() {
	local limit=$1 start=$EPOCHREALTIME
	shift
	case $WAYPOST in
	*/san/* | */cov/*) limit=$((limit * 10)) ;;
	*/valgrind/*) limit=$((limit * 1000)) ;;
	esac
	"$@" > log 2>&1 || true
	python3 -c "import sys; sys.exit(not $EPOCHREALTIME - $start < $limit)" || { echo "took from $start to $EPOCHREALTIME: $*"; false; }
}

@test "an import of 10,000 messages takes less than two seconds: all new, all changed, none of ours" {
	cd "$BATS_TEST_TMPDIR"
	site 500
	"$WAYPOST" export fr -q --format po
	[ "$(grep -c '^msgctxt' fr.po)" -ge 10000 ]
	python3 - <<-'PYTHON'
		import re
		s = open("fr.po").read()
		def fill(word):
		    return re.sub(r'msgid (".*")\nmsgstr ""', lambda m: "msgid %s\nmsgstr %s" % (m[1], m[1].replace('"', '"' + word, 1)), s)
		def put(name, text):
		    open(name, "w").write(text)
		put("new.po", fill("un "))
		put("changed.po", re.sub(r'^#\. waypost:.*\n', "", fill("deux "), flags=re.M))
		head = s.split("\n\n", 1)[0]
		put("foreign.po", head + "".join('\n\nmsgid "Text %d of page %d, _with_ [a link](p%d.md)."\nmsgstr "x _y_ [z](p%d.md)"' %
		    (i, p, p, p) for p in range(500) for i in range(18)) + "\n")
		put("none.po", head + "".join('\n\nmsgid "No text *%d* [x](y%d)"\nmsgstr "a"' % (i, i) for i in range(10000)) + "\n")
	PYTHON
	within 2 "$WAYPOST" import new.po
	grep -qE ": [0-9]{5} added, 0 changed, " log
	within 2 "$WAYPOST" import fr.po
	within 2 "$WAYPOST" import --dry-run changed.po
	grep -qE " [0-9]{4,5} conflicting" log
	within 2 "$WAYPOST" import --dry-run foreign.po
	grep -qE " [0-9]{4} conflicting" log
	within 2 "$WAYPOST" import none.po
	grep -q "10000 refused" log
	"$WAYPOST" export fr -q --format csv
	within 2 "$WAYPOST" import fr.csv
	grep -qE ": 0 added, 0 changed, [0-9]{5} unchanged" log
}
