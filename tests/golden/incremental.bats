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
