# SPDX-License-Identifier: GPL-3.0-or-later
# waypost sync as an editor uses it: what an edit makes outdated is said before it is published, then written.

bats_require_minimum_version 1.5.0

setup() {
	: "${WAYPOST:=$BATS_TEST_DIRNAME/../../build/waypost}"
	export WAYPOST NO_COLOR=1 LC_ALL=C.UTF-8
	cd "$BATS_TEST_TMPDIR"
	mkdir -p content translations/fr translations/ar themes/default
	printf 'title: Tiny\nlanguages: [en, fr, ar]\n' > content/site.yaml
	printf '{{{content}}}\n' > themes/default/page.html
	printf 'name: Français\n' > translations/fr/language.yaml
	printf 'name: العربية\n' > translations/ar/language.yaml
	page index.md 'Keep the report to 12 pages.\n\nAsk the secretariat of the Committee.'
	for tag in fr ar; do
		catalog $tag index 'Keep the report to 12 pages.' 'TWELVE' reviewed
		catalog $tag index 'Ask the secretariat of the Committee.' 'ASK' translated
		catalog $tag index Page PAGE translated
		catalog $tag interface Tiny TINY translated
	done
	"$WAYPOST" sync -q
	find translations -type f -exec sha256sum {} + | sort > current
}

page() {
	mkdir -p "$(dirname "content/$1")"
	printf -- "---\ntitle: Page\n---\n\n$2\n" > "content/$1"
}

# catalog LANGUAGE NAME SOURCE TARGET STATE: one more entry
catalog() {
	local file=translations/$1/$2.yaml

	[ -f "$file" ] || printf '# kept\nsegments:\n' > "$file"
	printf -- '- source: |\n    %s\n  target: |\n    %s %s\n  state: %s\n' "$3" "$1" "$4" "$5" >> "$file"
}

unchanged() {
	find translations -type f -exec sha256sum {} + | sort | diff current -
}

@test "nothing has changed: nothing is written" {
	touch -d 2020-01-01 translations/fr/index.yaml
	run "$WAYPOST" sync
	[ "$status" -eq 0 ]
	[ "$output" = "2 languages: all catalogs are as they should be; nothing was written" ]
	[ "$(stat -c %Y translations/fr/index.yaml)" = "$(date -d 2020-01-01 +%s)" ]
	unchanged
}

@test "--dry-run says in words what becomes outdated, and writes nothing" {
	page index.md 'Keep the report to 10 pages.\n\nAsk the secretariat of the Committee.\n\nA new one.'
	run "$WAYPOST" sync --dry-run
	[ "$status" -eq 0 ]
	diff - <(printf '%s\n' "$output") <<-'END'
	content/index.md
	  line 5, changed
	    was: Keep the report to 12 pages.
	    now: Keep the report to 10 pages.
	    becomes outdated: French (reviewed), Arabic (reviewed)
	  line 9, new
	    now: A new one.
	    to translate: French, Arabic

	French (fr): 1 translation becomes outdated (6 words), 1 new text to translate (3 words)
	Arabic (ar): 1 translation becomes outdated (6 words), 1 new text to translate (3 words)
	nothing was written; 'waypost sync' would change 2 files
	if only spelling or punctuation changed, 'waypost sync --minor' keeps the translations current
	END
	unchanged
	run "$WAYPOST" sync --dry-run --minor fr
	[[ "$output" == *"stays current: French"* ]]
	[[ "$output" != *Arabic* ]]
	unchanged
}

@test "an edit: the old source goes to 'was', the rest keeps its bytes, the second run writes nothing" {
	page index.md 'Keep the report to 10 pages.\n\nAsk the secretariat of the Committee.'
	cp translations/fr/index.yaml before.yaml
	run "$WAYPOST" sync
	[ "$output" = "French (fr): 1 translation is outdated now (6 words)
Arabic (ar): 1 translation is outdated now (6 words)
2 files written" ]
	run diff before.yaml translations/fr/index.yaml
	[ "$(grep -c '^>' <<< "$output")" -le 4 ]
	[ "$(grep -c '^<' <<< "$output")" -eq 0 ]
	grep -A1 'was: |' translations/fr/index.yaml | grep -q 'to 12 pages'
	grep -q '# kept' translations/fr/index.yaml
	run "$WAYPOST" sync
	[[ "$output" == *"nothing was written" ]]
	run "$WAYPOST" status
	[ "$status" -eq 0 ]
}

@test "--minor keeps the translations current" {
	page index.md 'Keep the report to 12 pages!\n\nAsk the secretariat of the Committee.'
	"$WAYPOST" sync --minor -q
	run ! grep -q was: translations/*/index.yaml
	grep -q '12 pages!' translations/fr/index.yaml
	run "$WAYPOST" sync
	[[ "$output" == *"nothing was written" ]]
}

@test "one language; wrong ones" {
	page index.md 'Keep the report to 10 pages.'
	"$WAYPOST" sync fr -q
	grep -q unused: translations/fr/index.yaml
	run ! grep -q 'to 10 pages' translations/ar/index.yaml
	run "$WAYPOST" sync de
	[ "$status" -eq 2 ]
	run "$WAYPOST" sync en
	[ "$status" -eq 2 ]
	run "$WAYPOST" sync fr ar
	[ "$status" -eq 2 ]
}

@test "a renamed page takes its catalogs along" {
	page a/old.md 'This page will have another name.\n\nIts text stays.'
	catalog fr a 'x' 'x' translated && mkdir -p translations/fr/a
	rm translations/fr/a.yaml
	"$WAYPOST" sync -q
	sed -i 's/^    Its text stays.$/&\n  note: mine/' translations/fr/a/old.yaml
	mkdir content/b
	mv content/a/old.md content/b/new.md
	run "$WAYPOST" sync --dry-run
	[[ "$output" == *"was: a/old.yaml"*"now: b/new.yaml"*"go along with their page: French, Arabic"* ]]
	run "$WAYPOST" sync
	[ "$status" -eq 0 ]
	[ ! -e translations/fr/a ]
	grep -q 'note: mine' translations/fr/b/new.yaml
	grep -q '^page: b/new.md$' translations/fr/b/new.yaml
	grep -q '^#. b/new.md:5$' translations/fr/b/new.yaml
	run "$WAYPOST" check
	[[ "$output" != *catalog-stray* ]]
}

@test "killed while writing: each catalog is the old or the new one, and the next run goes on" {
	for i in $(seq 60); do
		page "p$i.md" 'Keep the report to 12 pages.'
	done
	"$WAYPOST" sync -q
	for i in $(seq 60); do
		page "p$i.md" 'Keep the report to 10 pages.'
	done
	cp -r translations old
	cp -r . ../whole && "$WAYPOST" sync -q -C ../whole
	for after in 0.005 0.01 0.02 0.05; do
		timeout -s KILL $after "$WAYPOST" sync -q || true
		for file in $(cd translations && find . -name '*.yaml'); do
			cmp -s "translations/$file" "old/$file" || cmp "translations/$file" "../whole/translations/$file"
		done
	done
	"$WAYPOST" sync -q
	# an unfinished file goes as soon as the process that wrote it is gone for good
	diff -r -x '*.waypost-*' translations ../whole/translations
}

@test "a list of texts in a data file is kept text by text: catalog, sync, counts, checks, desk" {
	printf 'translatable: [points]\nitems:\n- points:\n  - Keep the whole report to 12 pages at most.\n  - Send it 3 weeks before.\n- points: Send it 3 weeks before.\n' > content/list.new
	mkdir content/data
	mv content/list.new content/data/list.yaml
	printf -- '---\ntitle: Desk\nlayout: desk\n---\n' > content/desk.md
	printf '{{desk.data}}\n' > themes/default/desk.html
	"$WAYPOST" sync -q
	[ "$(grep -c 'source:' translations/fr/data/list.yaml)" -eq 2 ]
	rm translations/fr/data/list.yaml
	catalog fr data/list 'Keep the whole report to 12 pages at most.' 'DOUZE 12' translated
	catalog fr data/list 'Send it 3 weeks before.' 'TROIS 33' reviewed
	"$WAYPOST" sync -q
	cp translations/fr/data/list.yaml before
	run "$WAYPOST" check --strict
	[[ "$output" == *"translations/fr/data/list.yaml"*"[audit-numbers]"* ]]
	sed -i 's/12 pages/14 pages/' content/data/list.yaml
	run "$WAYPOST" sync
	[[ "$output" == *"French (fr): 1 translation is outdated now (9 words)"* ]]
	[ "$(grep -c 'was:' translations/fr/data/list.yaml)" -eq 1 ]
	diff <(sed -n '/Send it/,$p' before) <(sed -n '/Send it/,$p' translations/fr/data/list.yaml)
	"$WAYPOST" status --format json > status.json
	python3 -c 'import json; fr = [l for l in json.load(open("status.json")) if l["language"] == "fr"][0]; assert fr["states"]["outdated"]["segments"] == 1, fr'
	"$WAYPOST" build -q || true
	grep -q 'Keep the whole report to 14 pages.*DOUZE 12.*Send it 3 weeks before.*TROIS 33' out/site/fr/desk/data/list.js
}
