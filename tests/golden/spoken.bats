# SPDX-License-Identifier: GPL-3.0-or-later
# Every command in French and in Arabic: what usually comes of it, and what is said when it is called wrongly. No English is left: see `leaks`.

bats_require_minimum_version 1.5.0

setup() {
	: "${WAYPOST:=$BATS_TEST_DIRNAME/../../build/waypost}"
	export WAYPOST NO_COLOR=1 WAYPOST_THEMES="$BATS_TEST_DIRNAME/../../themes" WAYPOST_FONTS="$BATS_TEST_DIRNAME/fonts"
	export SOURCE_DATE_EPOCH=1700000000
	unset LANG LANGUAGE LC_ALL LC_MESSAGES
	top=$BATS_TEST_DIRNAME/../..
	cd "$BATS_TEST_TMPDIR"
}

# One command; its exit code does not matter here.
say() {
	"$WAYPOST" "$@" 2>&1 || true
}

# The same tour for every language. What it says is kept in ../said.
tour() {
	mkdir "$1"
	(
		cd "$1"
		"tour_$2"
	) > "said.$1.$2"
}

tour_new() {
	say new site it
	say new site it
	say new site ''
	say new site -C x y
	say new site it/content/index.md/x
	say new paige x
	say new xyzzyxyzzy x
	say new
	cd it
	say new page --fallback es x
	say new page a/b.md
	say new page a/b.md
	say new page 'Bad Name.md'
	say new page data/x.md
	say new language fr
	say new language FR
	say new language xx
	say new language en
	say new language '?'
	say new language de --fallback de
	say new language de --fallback it
	printf 'languages: [en, es, fr, xx]\n' >> content/site.yaml
	say new language de
}

tour_catalogs() {
	"$WAYPOST" new site -q it
	cd it
	say status es
	say sync
	say sync es
	"$WAYPOST" new page -q more
	"$WAYPOST" new language -q fr
	say sync
	say sync
	say status
	say status es
	say status fr
	say status fr --next
	say status fr --page about.md
	say status fr --page abut.md
	say status fr --page xyzzyxyzzy
	say status en
	say status es,fr
	say status de
	say status --next
	say status --next es --page about
	sed -i 's/This site is yours/This site is now all yours/; s/## What to do first/## Nothing of the kind/' content/index.md
	sed -i 's/^publish-from.*//' translations/fr/language.yaml
	echo 'publish-from: 99' >> translations/fr/language.yaml
	sed -i '0,/state: machine/s//state: reviewed/' translations/es/about.yaml
	printf '\nA new text of some length.\n' >> content/languages.md
	sed -i 's/people can reach you/all people can reach you/' content/about.md
	rm content/translate.md
	say sync --dry-run
	say sync --dry-run --minor
	say sync -v
	say sync en
	say sync de
	git -C .. init -q . 2> /dev/null || true
	sed -i 's/This site is now all yours/This site is yours/' content/index.md
	say sync -v
	mv content/languages.md content/tongues.md
	say sync -v
	say status
	printf '<<<<<<< ours\n' > translations/es/about.yaml
	say status
	printf '<<<<<<< ours\n' > translations/fr/about.yaml
	say status
	say sync
	say sync -n
	rm -r translations/es translations/fr
	say status
}

tour_exchange() {
	"$WAYPOST" new site -q it
	cd it
	say export es
	say export es --format po
	echo x >> es.po
	say export es --format po
	say export es --format csv
	say export es --format kit
	say export en --format po
	say export en,es --format po
	say export es,es --format xliff
	say import es.csv
	say import gone.po
	say import es.csv --language en
	say import es.csv --language xx
	say import es.csv --language fr
	sed -i '0,/Bienvenida\|bienvenida/s//buenvenida/' translations/es/index.yaml
	sed 's/bienvenida/hola/' es.csv > theirs.csv
	say import theirs.csv
	printf 'na\xefve\n' > odd.txt
	say convert odd.txt
	say convert odd.txt --from utf-8
	say convert odd.txt --from nonsense
	printf '\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0. \xdd\xf2\xee \xef\xf0\xee\xf1\xf2\xee\xe9 \xf2\xe5\xea\xf1\xf2.\n' > cyrillic.txt
	say convert cyrillic.txt
	say convert cyrillic.txt --from utf-8
}

tour_pack() {
	"$WAYPOST" new site -q it
	cd it
	say pack usb
	say build
	say build
	say build --explain --all
	echo more >> content/about.md
	sed -i 's/^title: Welcome/title: Hello/' content/index.md
	say build --explain
	rm out/site/es/about.html
	echo x > themes/default/extra.html
	sed -i 's/A small site/The small site/' content/site.yaml
	say build --explain
	say build -l xx
	say check
	say pack usb
	say pack usb --since out/usb
	say pack usb --max 10
	say pack zip
	say pack epub
	say pack single
	say pack single --max 9K
	say pack host
	say pack paper
	say pack zip --since out/usb
	say pack usbb
	say pack xyzzyxyzzy
	PATH=/nowhere "$WAYPOST" pack pdf 2>&1 || true
	PATH=/nowhere "$WAYPOST" pack zim 2>&1 || true
	say verify out/usb
	say verify gone
	echo x >> out/usb/index.html
	echo x > out/usb/added.txt
	rm out/usb/"$(sed -n 's/SHA256 (\(.*about.html\)) .*/\1/p' out/usb/SHA256SUMS | head -1)"
	say verify out/usb
	say completion bsah
	say completion xyzzyxyzzy
	say doctor -v
	say biuld
	say build --formt
	mkdir ../linked
	rm -r out
	ln -s ../linked out
	say build
}

# What is English in a text in Arabic: words of small Latin letters, but for what stands in quotes, names of files, source texts (behind "was", "now",
# or below a line of --next) and what the Arabic catalog itself has (Waypost, bytes of formats).
leaks_ar() {
	python3 - "$top/generator/messages/ar.yaml" "$1" <<-'END'
		import re, sys
		catalog = open(sys.argv[1], encoding="utf-8").read()
		targets = "\n".join(re.findall(r"  target: \|\n    (.*)", catalog))
		known = set(re.findall(r"[a-z]+", re.sub(r"\{\d\}", "", targets)))
		# tags, names of charsets and of programs, what is to be typed
		known |= set("es fr en de xx it cd macintosh viscii tcvn tscii chromium epubcheck parallel zimwriterfs git man themes".split())
		ours = r"    (يصبح|يبقى|عاد|لم|للترجمة|النص|تُستعمل|تُحفظ|تتبع)|      = "
		bad = 0
		for line in open(sys.argv[2], encoding="utf-8"):
		    line = re.sub("[\u2066-\u2069]", "", line.rstrip("\n"))
		    if re.match(r"    |\s+\d* \| |([0-9a-f]{4} )+", line) and not re.match(ours, line):
		        continue
		    text = re.sub(r"'[^']*'", " ", re.sub(r"\[[a-z-]+\]$", "", line))
		    # files and addresses, options, what has a digit in it
		    text = re.sub(r"(?<![^\s(])(-\S*|\S*[a-z0-9_-][./:_-]+[a-z0-9]\S*|\S*\d\S*|[a-z]+:)(?![^\s،؛)])", " ", text)
		    left = [w for w in re.findall(r"[^\W\d_]+", text) if "a" <= w[0] <= "z" and w not in known]
		    if left:
		        print("English is left:", left, "in:", line)
		        bad = 1
		sys.exit(bad)
	END
}

# What is English in a text in French: a line that is the same in English and has words; and each row of words.def that French says otherwise.
leaks_fr() {
	python3 - "$top/generator" "$1" "$2" <<-'END'
		import re, sys
		folder, french, english = sys.argv[1:]
		catalog = open(folder + "/messages/fr.yaml", encoding="utf-8").read()
		target = dict(re.findall(r"- source: \|\n    (.*)\n  target: \|\n    (.*)\n", catalog))
		rows = [r.replace("\\n     ", "\n     ") for r in re.findall(r'^WORD\(\w+, "(.*)"\)$', open(folder + "/command/words.def", encoding="utf-8").read(), re.M)]
		said, same = open(french, encoding="utf-8").read(), set(open(english, encoding="utf-8").read().split("\n"))
		bad = 0
		for row in rows:
		    whole = " ".join(row.split())
		    if target[whole] == whole or len(re.findall("[A-Za-z]{2,}", re.sub(r"'[^']*'", "", whole))) < 2:
		        continue
		    pattern = r"[^\n]+".join(re.escape(p) for p in re.split(r"\{\d\}", row))
		    found = re.search(pattern, said)
		    if found:
		        print("English is left:", found[0])
		        bad = 1
		for line in said.split("\n"):
		    words = re.findall(r"(?<![\w/.-])[A-Za-z]{2,}(?![\w/.-])", re.sub(r"'[^']*'", "", line))
		    if line in same and len(words) > 1 and not re.match(r"    |\s+\d+ \| |\s*\| |\w+-?\w* +[A-ZÀ-Ý]\w+ ", line) and line not in ("  1. cd it", "  2. waypost build"):
		        print("the same as in English:", line)
		        bad = 1
		sys.exit(bad)
	END
}

# The tour in English, French and Arabic; nothing of the first is in the others.
compare() {
	tour en "$1"
	LC_ALL=fr_FR.UTF-8 tour fr "$1"
	LC_ALL=ar tour ar "$1"
	[ "$(wc -l < "said.fr.$1")" -gt 20 ]
	leaks_fr "said.fr.$1" "said.en.$1"
	leaks_ar "said.ar.$1"
}

@test "new: in the language of the person" {
	compare new
}

@test "status and sync: in the language of the person" {
	compare catalogs
}

@test "export, import and convert: in the language of the person" {
	compare exchange
}

@test "build, check, pack, verify, completion, doctor: in the language of the person" {
	compare pack
}

@test "the comparison finds English" {
	printf 'هذا is English\n' > said
	run ! leaks_ar said
	printf '2 files written\n' > said
	run ! leaks_fr said /dev/null
	printf 'a line of words\n' > said
	run ! leaks_fr said said
}

@test "a line that is put below a message has its row in words.def" {
	python3 - "$top/generator" <<-'END'
		import glob, re, sys
		rows = set(re.findall(r'^WORD\(\w+, "(.*)"\)$', open(sys.argv[1] + "/command/words.def", encoding="utf-8").read(), re.M))
		found = set()
		for file in set(glob.glob(sys.argv[1] + "/*/*.c")) - {sys.argv[1] + "/base/diag.c"}:
		    for part in re.findall(r'\bdiag_note\([^"]*((?:"[^"]*"\s*)+)', open(file, encoding="utf-8").read()):
		        count = iter(range(1, 10))
		        text = re.sub(r"%(?:\.\*)?z?[su]", lambda m: "{%d}" % next(count), "".join(re.findall(r'"([^"]*)"', part)))
		        found.add(text.split("\\n")[0])
		# only arguments, and what libyaml says
		found -= {t for t in found if not re.search("[a-z]", re.sub(r"\{\d\}", "", t))}
		found -= {"YAML: {1}", "{1} that begins at line {2}, column {3}{4}"}
		assert len(found) > 10, found
		assert found <= rows, found - rows
	END
}

@test "a reason of build --explain that job/depend says has its row in words.def" {
	python3 - "$top/generator" <<-'END'
		import glob, re, sys
		rows = set(re.findall(r'^WORD\(\w+, "(.*)"\)$', open(sys.argv[1] + "/command/words.def", encoding="utf-8").read(), re.M))
		found = set()
		for file in glob.glob(sys.argv[1] + "/job/depend*.c"):
		    text = open(file, encoding="utf-8").read()
		    for part in re.findall(r'\bwhy = ([^;]*);|\bput\(out, w?(?:in)?, ([^;]*)\);|return ("[^"]*");', text):
		        found |= set(re.findall(r'"([^"]+)"', "".join(part)))
		assert len(found) > 15, found
		assert found <= rows, found - rows
	END
}
