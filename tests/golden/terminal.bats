# SPDX-License-Identifier: GPL-3.0-or-later
# What is different on a terminal: colours, progress, what to do next. script(1) makes one.

bats_require_minimum_version 1.5.0

setup() {
	: "${WAYPOST:=$BATS_TEST_DIRNAME/../../build/waypost}"
	export WAYPOST LC_ALL=C.UTF-8 TERM=xterm WAYPOST_THEMES="$BATS_TEST_DIRNAME/../../themes"
	unset NO_COLOR LANGUAGE
	cd "$BATS_TEST_TMPDIR"
	"$WAYPOST" new site -q site
	cd site
	escape=$'\e'
}

# A place without pseudo-terminals cannot show this.
needs_terminal() {
	script -qec true /dev/null < /dev/null > /dev/null 2>&1 || skip "there are no pseudo-terminals here"
}

# A command on a terminal of its own; prints what is shown.
shown() {
	script -qec "$*" /dev/null < /dev/null | tr -d '\r'
}

@test "colours on a terminal, none elsewhere, none with NO_COLOR or a dumb one" {
	needs_terminal
	printf -- '---\ntitle: Oops\n---\n\n[a](gone.md)\n' > content/oops.md
	[[ "$(shown "$WAYPOST" check)" == *"$escape[31merror: "* ]]
	[[ "$("$WAYPOST" check 2>&1 || true)" != *"$escape"* ]]
	# on a slow computer progress is shown, which is no colour
	[[ ! "$(NO_COLOR=1 shown "$WAYPOST" check)" =~ $escape\[[0-9\;]*m ]]
	[[ "$(NO_COLOR= shown "$WAYPOST" check)" == *"$escape[31m"* ]]
	[[ "$(TERM=dumb shown "$WAYPOST" check)" != *"$escape["* ]]
}

@test "what to do next: on a terminal only, and not with -q" {
	needs_terminal
	[[ "$(shown "$WAYPOST" build)" == *"next: open out/site/index.html in a browser"* ]]
	[[ "$("$WAYPOST" build)" != *next:* ]]
	[ -z "$(shown "$WAYPOST" build -q)" ]
	[[ "$(shown "$WAYPOST" build -o ../there)" == *"next: open ../there/site/index.html"* ]]
	[[ "$(shown "$WAYPOST" build --shard 1/2 -o ../part)" == *"next: when all 2 parts are there"* ]]
	[[ "$(shown "$WAYPOST" check)" == *"next: 'waypost build' writes the site"* ]]
	[[ "$(shown "$WAYPOST" pack usb)" == *"next: 'waypost verify out/usb' tells"* ]]
	[[ "$(shown "$WAYPOST" sync)" == *"next: 'waypost status' shows"* ]]
	[[ "$(shown env LC_ALL=fr_FR.UTF-8 "$WAYPOST" build)" == *"ensuite : ouvrez out/site/index.html"* ]]
	printf -- '---\ntitle: Oops\n---\n\n[a](gone.md)\n' > content/oops.md
	[[ "$(shown "$WAYPOST" build)" == *"next: mend what is said above, then type 'waypost build' again"* ]]
	[[ "$(shown "$WAYPOST" build --format json)" != *next:* ]]
}

@test "a preview tells its address, not what to do after a build" {
	needs_terminal
	output=$(shown timeout -s INT 5 "$WAYPOST" serve -p 0)
	[[ "$output" == *"http://127.0.0.1:"*" written, "* ]]
	[[ "$output" != *next:* ]]
}

@test "progress of long work: on a terminal only" {
	needs_terminal
	# pages that take a few seconds
	for page in {1..100}; do
		python3 -c "print('---\ntitle: Long $page\n---\n\n' + ''.join(f'word{i} $page *a{i}* [x](about.md)\n\n' for i in range(2500)))" > "content/long-$page.md"
	done
	shown "$WAYPOST" build -j1 > terminal
	"$WAYPOST" build -j1 -o ../plain > plain 2>&1
	run ! grep -q 'pages: ' plain
	if grep -qE ' in (0|1\.[0-4])[0-9.]* s' terminal; then skip "this computer is too fast"; fi
	grep -q 'pages: [0-9]* of [0-9]*' terminal
	TERM=dumb shown "$WAYPOST" build -j1 -o ../dumb > terminal
	run ! grep -q 'pages: ' terminal
}

@test "columns: wide and combining characters stand in line" {
	mkdir -p translations/zh-Hans translations/hi translations/km
	printf 'name: 简体中文\n' > translations/zh-Hans/language.yaml
	printf 'name: हिन्दी\n' > translations/hi/language.yaml
	printf 'name: ខ្មែរ\n' > translations/km/language.yaml
	"$WAYPOST" status > said
	python3 - <<-'END'
		import unicodedata
		def width(s):
		    return sum(0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in s)
		rows = [l.rstrip("\n") for l in open("said", encoding="utf-8") if "%" in l or l.startswith("language")]
		assert len(rows) == 5, rows
		ends = {width(r) for r in rows}
		assert len(ends) == 1, (ends, rows)
	END
	# a caret below text with both
	printf -- '---\ntitle: Wide\n---\n\n简体 हिन्दी [x](gone.md)\n' > content/wide.md
	"$WAYPOST" check > said 2>&1 || true
	python3 - <<-'END'
		import unicodedata
		def width(s):
		    return sum(0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in s)
		lines = open("said", encoding="utf-8").read().split("\n")
		at = next(i for i, l in enumerate(lines) if "简体" in l)
		assert width(lines[at][:lines[at].index("gone")]) == lines[at + 1].index("^"), lines[at:at + 2]
	END
}

@test "doctor: what is missing, what it gives, how to install it; anywhere" {
	cd ..
	mkdir -p bin none elsewhere
	cd elsewhere
	WAYPOST_FONTS=$PWD/../none PATH=$PWD/../none run "$WAYPOST" doctor
	[ "$status" -eq 1 ]
	[[ "$output" == *"missing  woff2_compress "*"packs the site's fonts"* ]]
	[[ "$output" == *"missing  Noto Sans Khmer "*"font for Khmer"* ]]
	[[ "$output" == *"missing packages of Debian: apt install "*"woff2"*"fonts-noto-core"* ]]
	[ "$(grep -o fonts-noto-core <<< "$output" | wc -l)" -eq 1 ]
	# each name that will do
	for tool in woff2_compress man git google-chrome zimwriterfs epubcheck minisign parallel; do
		printf '#!/bin/sh\n' > "../bin/$tool"
		chmod +x "../bin/$tool"
	done
	mkdir fonts
	for family in $(WAYPOST_FONTS=$PWD/../none PATH=$PWD/../none "$WAYPOST" doctor --format json | python3 -c 'import json, sys; print(*(f["name"].replace(" ", "") for f in json.load(sys.stdin) if f["name"].startswith("Noto ")))'); do
		: > "fonts/$family-Regular.ttf"
	done
	WAYPOST_FONTS=$PWD/fonts PATH=$PWD/../bin run "$WAYPOST" doctor
	[ "$status" -eq 0 ]
	[[ "$output" == *"found    google-chrome "* ]]
	[[ "$output" == *"nothing is missing" ]]
	WAYPOST_FONTS=$PWD/fonts PATH=$PWD/../bin run "$WAYPOST" doctor -q
	[ -z "$output" ]
	WAYPOST_THEMES=nowhere WAYPOST_FONTS=$PWD/fonts PATH=$PWD/../bin run "$WAYPOST" doctor -q
	[ "$status" -eq 1 ]
	[[ "$output" == "missing  themes "* ]]
}
