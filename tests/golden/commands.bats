# SPDX-License-Identifier: GPL-3.0-or-later
# The commands as people type them: usage errors, help, exit codes, a site from `new site` to `status`.

bats_require_minimum_version 1.5.0

setup() {
	: "${WAYPOST:=$BATS_TEST_DIRNAME/../../build/waypost}"
	export WAYPOST_THEMES="$BATS_TEST_DIRNAME/../../themes"
	export NO_COLOR=1 LC_ALL=C.UTF-8
	cd "$BATS_TEST_TMPDIR"
}

# Reads the output of the last `run` as JSON and prints a Python expression over it, called d.
json() {
	printf '%s' "$output" | python3 -c "import json, sys; d = json.load(sys.stdin); print(($1))"
}

site() {
	"$WAYPOST" new site -q my-site
	cd my-site
}

@test "without a command: the overview, exit code 2" {
	run "$WAYPOST"
	[ "$status" -eq 2 ]
	[[ "$output" == *"usage: waypost COMMAND"* ]]
	run "$WAYPOST" -q
	[ "$status" -eq 2 ]
}

@test "help and version" {
	for line in --help -h help "help build" "build --help" "check -h" "status --help" "new --help" --version "build --version"; do
		run "$WAYPOST" $line
		[ "$status" -eq 0 ]
		[ -n "$output" ]
		run grep -E '^.{81,}' <<< "$output"
		[ -z "$output" ]
	done
}

@test "wrong use names what is near, and exits with 2" {
	run "$WAYPOST" biuld
	[ "$status" -eq 2 ]
	[[ "$output" == *"no command 'biuld'; did you mean 'build'?"* ]]
	run "$WAYPOST" help chek
	[ "$status" -eq 2 ]
	[[ "$output" == *"did you mean 'check'?"* ]]
	run "$WAYPOST" build --formt json
	[ "$status" -eq 2 ]
	[[ "$output" == *"did you mean '--format'?"* ]]
	run "$WAYPOST" --hlep
	[ "$status" -eq 2 ]
	[[ "$output" == *"did you mean '--help'?"* ]]
	run "$WAYPOST" new sit x
	[ "$status" -eq 2 ]
	[[ "$output" == *"did you mean 'waypost new site'?"* ]]
	run "$WAYPOST" new poster x
	[ "$status" -eq 2 ]
}

@test "a place without a project" {
	run "$WAYPOST" build
	[ "$status" -eq 1 ]
	[[ "$output" == *"[project-missing]"* ]]
	for command in build check status "new page x" "new language fr"; do
		run "$WAYPOST" -C nowhere $command
		[ "$status" -eq 1 ]
		[[ "$output" == *"'nowhere' has no folder 'content'"* ]]
	done
}

@test "new site builds without a message, is complete, and a second build writes nothing" {
	run "$WAYPOST" new site my-site
	[ "$status" -eq 0 ]
	[[ "$output" == *"cd my-site"* ]]
	cd my-site
	run "$WAYPOST" build
	[ "$status" -eq 0 ]
	[[ "$output" =~ ^"4 pages in 2 languages: "[0-9]+" written, 0 unchanged, 0 removed in "[0-9.]+" s"$ ]]
	[ -f out/site/index.html ]
	[ -f out/site/es/about.html ]
	grep -q 'data-overview="desk/overview.js"' out/site/es/translate.html
	grep -q '"Choose a page.*t.*Elija una' out/site/es/desk/pages/translate.js
	run "$WAYPOST" check --strict
	[ "$status" -eq 0 ]
	[ "$output" = "4 pages in 2 languages: nothing is wrong" ]
	run "$WAYPOST" build
	[ "$status" -eq 0 ]
	[[ "$output" == *": 0 written, "* ]]
	run "$WAYPOST" status --format json
	[ "$status" -eq 0 ]
	[ "$(json 'd[0]["language"], d[0]["states"]["missing"]["words"], d[0]["published"]')" = "('es', 0, True)" ]
	run "$WAYPOST" status --next
	[ "$output" = "everything is translated and up to date" ]
}

# docs/translating.md, its last part, word for word.
@test "from an empty folder to a published language" {
	"$WAYPOST" new site my-site
	cd my-site
	run "$WAYPOST" new language rw
	[ "$status" -eq 0 ]
	echo 'publish-from: 30' >> translations/rw/language.yaml
	run "$WAYPOST" export rw --format kit
	[ "$status" -eq 0 ]
	[[ "$output" == "rw-kit.zip: "*" 0 translated, 0 fuzzy, "* ]]
	"$WAYPOST" build -q
	[ ! -e out/site/rw ]
	# the volunteer, who has only the kit
	mkdir ../volunteer
	python3 -m zipfile -e rw-kit.zip ../volunteer
	python3 - <<-'END'
		import re
		name = "../volunteer/translation-rw.po"
		s = open(name, encoding="utf-8").read()
		s = re.sub(r'^(msgctxt "[a-z]+\.md"\nmsgid "(.+)"\nmsgstr ")"$', r'\1Kwa \2"', s, flags=re.M)
		open(name, "w", encoding="utf-8").write(s)
	END
	cp ../volunteer/translation-rw.po .
	run "$WAYPOST" import --dry-run translation-rw.po
	[[ "$output" =~ "translation-rw.po (rw): "[0-9]+" added, 0 changed, "[0-9]+" unchanged, 0 conflicting, 0 refused" ]]
	run ! grep -q Kwa -r translations/rw
	run "$WAYPOST" import translation-rw.po
	[ "$status" -eq 0 ]
	run "$WAYPOST" check
	[ "$status" -eq 0 ]
	run "$WAYPOST" build
	[ "$status" -eq 0 ]
	[ ! -e out/site/rw ]
	[[ "$(run "$WAYPOST" status; echo "$output")" == *"'rw' is not published yet: language.yaml asks for 30 % of the words"* ]]
	sed -i '/publish-from/d' translations/rw/language.yaml
	run "$WAYPOST" build
	[ "$status" -eq 0 ]
	grep -q '<h1>Kwa Welcome</h1>' out/site/rw/index.html
	grep -q 'hreflang="rw"' out/site/en/about.html
	[ -f out/site/rw/translate.html ]
	run "$WAYPOST" status rw
	[ "$status" -eq 0 ]
	[[ "$output" == *"index.md"*"100 %"* ]]
}

@test "new site leaves a folder that is not empty alone" {
	mkdir full
	echo mine > full/file
	run "$WAYPOST" new site full
	[ "$status" -eq 2 ]
	[ "$(ls full)" = file ]
	mkdir .hidden hidden
	mkdir hidden/.git
	run "$WAYPOST" new site hidden
	[ "$status" -eq 0 ]
	run "$WAYPOST" new site -q deep/er/../site
	[ "$status" -eq 0 ]
	[ -f deep/site/content/index.md ]
	run "$WAYPOST" new site full/file
	[ "$status" -eq 3 ]
	WAYPOST_THEMES=nowhere run "$WAYPOST" new site other
	[ "$status" -eq 3 ]
	[ ! -e other ]
	run "$WAYPOST" -C x new site other
	[ "$status" -eq 2 ]
}

@test "from a folder of the project" {
	site
	cd content
	run "$WAYPOST" build -q
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	[ -f ../out/site/index.html ]
}

@test "build -o, -l, --base-url" {
	site
	run "$WAYPOST" build -q -o ../here --base-url https://example.org/x/
	[ "$status" -eq 0 ]
	grep -q 'href="https://example.org/x/es/about.html"' ../here/site/en/about.html
	run "$WAYPOST" build -o ../here -l es
	[ "$status" -eq 0 ]
	[[ "$output" == *"in 1 language:"* ]]
	run "$WAYPOST" build -l es,xx
	[ "$status" -eq 2 ]
	[[ "$output" == *"no language 'xx'; it has en, es"* ]]
}

@test "messages in three forms" {
	site
	printf -- '---\ntitle: Oops\n---\n\n[a](gone.md)\n' > content/oops.md
	for command in build check; do
		run "$WAYPOST" $command
		[ "$status" -eq 1 ]
		[[ "$output" == *"content/oops.md:5:"*"error: there is no page 'gone.md' [link-missing]"* ]]
		[[ "$output" == *"    5 | [a](gone.md)"* ]]
		[[ "$output" == *"1 error"* ]]
		run bash -c "'$WAYPOST' $command --format json 2> summary"
		[ "$status" -eq 1 ]
		[ "$(json 'len(d), d[0]["file"], d[0]["line"], d[0]["id"], d[0]["level"]')" = \
			"(1, 'content/oops.md', 5, 'link-missing', 'error')" ]
		grep -q "1 error" summary
		run "$WAYPOST" -C ../my-site $command --format github
		[ "$status" -eq 1 ]
		[[ "$output" == *"::error file=../my-site/content/oops.md,line=5,"*"title=link-missing::there is no page"* ]]
	done
	[ -f out/site/en/oops.html ]
}

@test "check --strict counts warnings" {
	site
	printf 'no front matter\n' >> content/plain.md
	printf -- '---\ntitle: Plain\nodd: 1\n---\n\ntext\n' > content/plain.md
	run "$WAYPOST" check
	[ "$status" -eq 0 ]
	[[ "$output" == *"1 warning"* ]]
	run "$WAYPOST" check --strict
	[ "$status" -eq 1 ]
	[ ! -e out ]
}

@test "a file that cannot be read is a failure of the system" {
	[ "$(id -u)" -ne 0 ] || skip "root reads everything"
	site
	chmod 0 content/about.md
	run "$WAYPOST" build
	[ "$status" -eq 3 ]
}

@test "output that cannot be written to is a failure of the system" {
	site
	[ -c /dev/full ] || skip "no /dev/full"
	run bash -c "'$WAYPOST' status > /dev/full"
	[ "$status" -eq 3 ]
}

@test "new language makes files to be filled in" {
	site
	run "$WAYPOST" new language ZH-hans --fallback es
	[ "$status" -eq 0 ]
	[[ "$output" == *"'ZH-hans' is written 'zh-Hans'"* ]]
	[[ "$output" == *"waypost status zh-Hans --next"* ]]
	grep -qx 'fallback: \[es\]' translations/zh-Hans/language.yaml
	for file in index languages about interface; do
		[ -f "translations/zh-Hans/$file.yaml" ]
	done
	# the canonical form, whole
	cat > expected <<-'END'
		page: about.md
		segments:
		#. about.md:2
		- source: |
		    About us
		  target: |
		#. about.md:3
		- source: |
		    Who makes this site, and how to reach them.
		  target: |
		#. about.md:7
		- source: |
		    Say here who you are, and how people can reach you **safely**.
		  target: |
		unused: []
	END
	diff expected translations/zh-Hans/about.yaml
	grep -q '^#. index.md:[0-9]*   \[1\] languages.md$' translations/zh-Hans/index.yaml
	run "$WAYPOST" build
	[ "$status" -eq 0 ]
	[ -f out/site/zh-hans/index.html ]
	run "$WAYPOST" check --strict
	[ "$status" -eq 0 ]
}

@test "new language never changes a file, and adds what is missing" {
	site
	"$WAYPOST" new language -q fr
	printf 'page: about.md\nsegments:\n- source: |\n    About us\n  target: |\n    Qui nous sommes\n' > translations/fr/about.yaml
	cp -r translations before
	rm translations/fr/index.yaml
	run "$WAYPOST" new language fr
	[ "$status" -eq 0 ]
	[[ "$output" == *"1 file written, 5 there already and left alone"* ]]
	diff -r before translations
	run "$WAYPOST" new language fr
	[ "$status" -eq 0 ]
	[[ "$output" == *"nothing was written"* ]]
	diff -r before translations
}

@test "new language refuses what is no new language" {
	site
	for line in "not_a_tag" "en" "fr --fallback fr" "fr --fallback de" ""; do
		run "$WAYPOST" new language $line
		[ "$status" -eq 2 ]
	done
	[ "$(ls translations | tr '\n' ' ')" = "en es " ]
	printf 'languages: [en, es]\n' >> content/site.yaml
	run "$WAYPOST" new language fr
	[ "$status" -eq 0 ]
	[[ "$output" == *"add 'fr' to the line 'languages' of content/site.yaml"* ]]
}

@test "a plural of the interface says which forms a language needs" {
	site
	"$WAYPOST" new language -q cy
	grep -q '^#\. where {[a-z]*} changes the sentence, write one text for each of: zero, one, two, few, many, other$' \
		translations/cy/interface.yaml
}

@test "new page" {
	site
	export SOURCE_DATE_EPOCH=1765411200
	run "$WAYPOST" new page reporting/my-report
	[ "$status" -eq 0 ]
	[[ "$output" == *"waypost new page reporting/index.md"* ]]
	grep -qx 'title: "My report"' content/reporting/my-report.md
	grep -qx 'as-of: 2025-12-11' content/reporting/my-report.md
	run "$WAYPOST" new page content/reporting/
	[ "$status" -eq 0 ]
	grep -qx 'title: "Reporting"' content/reporting/index.md
	run "$WAYPOST" new page about.es.md
	[ "$status" -eq 0 ]
	run "$WAYPOST" check --strict
	[ "$status" -eq 0 ]
	cp content/about.md before
	run "$WAYPOST" new page about.md
	[ "$status" -eq 1 ]
	cmp before content/about.md
	for name in "My Page" ../x x/../y data/x about.xx.md "" a.b.c "é"; do
		run "$WAYPOST" new page "$name"
		[ "$status" -eq 2 ]
	done
	run "$WAYPOST" new page "My Folder/My Page"
	[[ "$output" == *"for example 'my-folder/my-page.md'"* ]]
}

@test "status: the language with most to do first, columns in line" {
	site
	"$WAYPOST" new language -q ja
	"$WAYPOST" new language -q ar
	run "$WAYPOST" status
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" =~ ^language\ +words\ +missing\ +machine$ ]]
	[[ "${lines[3]}" == "es "* ]]
	# wide letters take two columns, isolates none
	printf '%s\n' "${lines[@]:0:4}" | python3 -c '
import sys, unicodedata
def width(text):
    return sum(0 if unicodedata.category(c) in ("Cf", "Mn") else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
widths = [width(line.rstrip("\n")) for line in sys.stdin]
assert len(set(widths[1:])) == 1, widths'
	run "$WAYPOST" status ja
	[ "$status" -eq 0 ]
	[[ "$output" == *"index.md"* ]]
	run "$WAYPOST" status en
	[ "$status" -eq 2 ]
	run "$WAYPOST" status ja,ar
	[ "$status" -eq 2 ]
	run "$WAYPOST" status xx
	[ "$status" -eq 2 ]
}

@test "status in JSON and CSV" {
	site
	"$WAYPOST" new language -q qu
	run "$WAYPOST" status --format json
	[ "$(json '[r["language"] for r in d]')" = "['qu', 'es']" ]
	[ "$(json 'all(sum(s["words"] for s in r["states"].values()) == r["words"] for r in d)')" = True ]
	run "$WAYPOST" status qu --format json
	[ "$(json 'sorted(r["page"] for r in d)')" = "['(interface and data)', 'about.md', 'index.md', 'languages.md', 'translate.md']" ]
	[ "$(json 'd[0]["states"]["missing"]["percent"]')" = 100 ]
	run bash -c "'$WAYPOST' status --page about --format csv | python3 -c '
import csv, sys
rows = list(csv.DictReader(sys.stdin))
print([(r[\"language\"], r[\"page\"], r[\"missing\"] == r[\"words\"], r[\"machine-percent\"]) for r in rows])'"
	[ "$output" = "[('qu', 'about.md', True, '0'), ('es', 'about.md', False, '100')]" ]
	run "$WAYPOST" status --page abuot.md
	[ "$status" -eq 2 ]
	[[ "$output" == *"did you mean 'about.md'?"* ]]
}

@test "status --next: what most readers see comes first" {
	site
	"$WAYPOST" new language -q qu
	run "$WAYPOST" status --next
	[ "$status" -eq 2 ]
	run "$WAYPOST" status qu --next
	[ "$status" -eq 0 ]
	[[ "$output" == *"content/about.md:2: missing, seen on 4 pages; goes into translations/qu/about.yaml"* ]]
	run "$WAYPOST" status qu --next --page about.md --format json
	[ "$(json '[(r["file"], r["line"], r["state"]) for r in d]')" = \
		"[('content/about.md', 2, 'missing'), ('content/about.md', 3, 'missing'), ('content/about.md', 7, 'missing')]" ]
	sed -i 's/About us/About all of us here/' content/about.md
	printf 'page: about.md\nsegments:\n- source: |\n    About all of us\n  target: |\n    x y z\n' > translations/qu/about.yaml
	run bash -c "'$WAYPOST' status qu --next --page about.md --format csv"
	[[ "${lines[1]}" == '"content/about.md",2,outdated,4,"translations/qu/about.yaml","About all of us here"' ]]
}

@test "status says when its numbers may be wrong" {
	site
	printf 'segments: [\n' > translations/es/about.yaml
	run "$WAYPOST" status
	[ "$status" -eq 1 ]
	[[ "$output" == *"these numbers may be wrong, there is 1 error"* ]]
}
