# SPDX-License-Identifier: GPL-3.0-or-later
# A build of what changed is a clean build: same tree, same messages, whatever was edited. And it makes only what changed, and says why.

bats_require_minimum_version 1.5.0

setup() {
	: "${WAYPOST:=$BATS_TEST_DIRNAME/../../build/waypost}"
	: "${CHECK_BUILD:=$BATS_TEST_DIRNAME/../../build}"
	export WAYPOST NO_COLOR=1
	cd "$BATS_TEST_TMPDIR"
	cp -r "$BATS_TEST_DIRNAME/site" site
}

# A build that lists what it makes and why; the golden site has errors on purpose. Before it the files come to rest: what has changed
# a moment ago is looked at again.
build() {
	local code=0
	sleep 0.1
	"$WAYPOST" build -C site -o out --explain "$@" > said 2> errors || code=$?
	[ "$code" -le 1 ] || { cat errors; return "$code"; }
	grep -v ' languages: ' said > why || true
}

@test "random edits: each build is a clean build" {
	# FULL=1: 1,000 of them. The bulk with the program as it is installed, some with the one that is tested here
	local half=$((${WAYPOST_EDITS:-$([ "${FULL:-}" = 1 ] && echo 1000 || echo 400)} / 2)) seed=${WAYPOST_SEED:-1} run=$BATS_TEST_DIRNAME/incremental
	if [[ $WAYPOST == */san/* && -x $CHECK_BUILD/waypost ]]; then
		WAYPOST=$CHECK_BUILD/waypost "$run" "$half" "$seed" > one 3>&- &
		WAYPOST=$CHECK_BUILD/waypost "$run" "$half" "$((seed + 1))" > two || { cat two; false; }
		wait $! || { cat one; false; }
	fi
	[[ $WAYPOST == */valgrind/* ]] && half=20 || half=100
	"$run" "$half" "$((seed + 2))"
}

@test "random edits of texts: each build is a clean build" {
	local n=$([ "${FULL:-}" = 1 ] && echo 400 || echo 60) seed=${WAYPOST_SEED:-1}
	[[ $WAYPOST == */valgrind/* ]] && n=10
	"$BATS_TEST_DIRNAME/incremental" "$n" "$((seed + 10))" calm
}

@test "texts alone: only their products are looked at, and each says why" {
	rm -r site
	"$BATS_TEST_DIRNAME/../bench/make-corpus" --pages 8 --languages 3 --flavour waypost --out site
	build
	build
	[ ! -s why ]
	"$BATS_TEST_DIRNAME/../bench/edit" catalog site
	build
	[ "$(cat why)" = "de/s000/p00000.html: translations/de/s000/p00000.yaml changed" ]
	"$BATS_TEST_DIRNAME/../bench/edit" sentence site
	build
	diff why - <<-END
	de/s000/p00000.html: content/s000/p00000.md changed
	en/s000/p00000.html: content/s000/p00000.md changed
	fr/s000/p00000.html: content/s000/p00000.md changed
	index.html: how much of the site is translated changed
	END
	# and what is remembered of them is right: of another page, of its own again, and when all is judged
	sed -i '$s/$/ And more./' site/content/s001/p00001.md
	build
	run cut -d: -f1 why
	[ "$output" = "de/s001/p00001.html
en/s001/p00001.html
fr/s001/p00001.html
index.html" ]
	"$BATS_TEST_DIRNAME/../bench/edit" catalog site
	build
	[ "$(cat why)" = "de/s000/p00000.html: translations/de/s000/p00000.yaml changed" ]
	sed -i '6s/$/ zu/' site/translations/de/s002/p00002.yaml
	build
	[ "$(grep -c ^de/ why)" -gt 12 ]
	[ "$(grep -c '^\(en\|fr\)/' why)" = 0 ]
	# a page that cannot be made without saying something: said again by each build
	printf '\n[a](p00001.md#nowhere)\n' >> site/content/s000/p00000.md
	build
	cp errors first
	[ -s first ]
	build
	diff first errors
	sed -i '$d' site/content/s000/p00000.md
	build
	[ ! -s errors ]
	build
	[ ! -s why ]
	rm -rf clean
	"$WAYPOST" build -q -C site -o clean
	diff -r clean/site out/site
}

@test "nothing changed: nothing is made, and the messages are the same" {
	build
	[ "$(cat why)" = "everything: the first build here" ]
	cp errors first
	build
	[ ! -s why ]
	diff first errors
	build -q
	diff first errors
	build --format json
	grep -q '"id"' said
}

@test "what is made, and why" {
	build
	sed -i 's/Read it again\./Read it once more./' site/content/guide/steps.md
	build
	grep -qx 'en/guide/steps.html: content/guide/steps.md changed' why
	run grep -c 'notes.html\|table.html\|pictures.html' why
	[ "$output" = 0 ]
	sed -i 's/^\( *note: \)Largest.*/\1Greatest/' site/content/data/countries.yaml
	build
	grep -q ': content/data/countries.yaml changed$' why
	run grep -c 'steps.html\|notes.html' why
	[ "$output" = 0 ]
	echo '<i></i>' >> site/themes/default/section.html
	build
	grep -qx 'es/guide/index.html: themes/default/section.html changed' why
	run grep -c 'steps.html' why
	[ "$output" = 0 ]
	echo '.x { }' >> site/themes/default/style.css
	build
	[ "$(cat why)" = "assets/style.css: themes/default/style.css changed" ]
	echo x >> out/site/en/guide/notes.html
	rm out/site/ar/guide/notes.html
	build
	diff why - <<-END
	ar/guide/notes.html: somebody changed or removed it
	en/guide/notes.html: somebody changed or removed it
	END
	build --all
	[ "$(cat why)" = "everything: asked for" ]
	grep -q ' 0 written, ' said
	build -l es,ar
	[ "$(cat why)" = "everything: other options" ]
}

@test "the same size and the same time are no proof" {
	build
	stamp=$(stat -c %y site/content/guide/steps.md)
	sed -i 's/Read it again\./Read it aGain./' site/content/guide/steps.md
	touch -d "$stamp" site/content/guide/steps.md
	"$WAYPOST" build -q -C site -o out || true
	grep -q 'Read it aGain' out/site/en/guide/steps.html
	sed -i 's/Read it aGain\./Read it agAin./' site/content/guide/steps.md
	touch -d "$stamp" site/content/guide/steps.md
	"$WAYPOST" build -q -C site -o out || true
	grep -q 'Read it agAin' out/site/en/guide/steps.html
}

@test "what is known of the last build is worth nothing when it is damaged" {
	build
	for at in 3 20 40 200 900; do
		printf '\377' | dd of=out/.depend bs=1 seek=$at conv=notrunc status=none
		build
		[ "$(cat why)" = "everything: what is known of the last build is damaged" ]
	done
	truncate -s -1 out/.depend
	build
	[ "$(cat why)" = "everything: what is known of the last build is damaged" ]
	echo x >> out/.state
	build
	[ "$(cat why)" = "everything: what is known of the last build is damaged" ]
	build
	[ ! -s why ]
}
