# SPDX-License-Identifier: GPL-3.0-or-later
# build --shard: the parts of the golden site, copied together, are the site that one build makes; with a font that all languages share.

bats_require_minimum_version 1.5.0

setup() {
	: "${WAYPOST:=$BATS_TEST_DIRNAME/../../build/waypost}"
	export WAYPOST NO_COLOR=1 LC_ALL=C.UTF-8 WAYPOST_FONTS=$BATS_TEST_DIRNAME/fonts
	cd "$BATS_TEST_TMPDIR"
	cp -r "$BATS_TEST_DIRNAME/site" site
	rm site/translations/km/language.yaml
	sed -i 's|<link rel="stylesheet"|{{#fonts}}<link rel="stylesheet" href="{{root}}assets/fonts.css" />{{/fonts}}&|' site/themes/default/base.html
	mkdir none
}

# A quiet build without woff2_compress; the golden site has errors on purpose.
build() {
	local code=0
	PATH=$PWD/none "$WAYPOST" build -q -C site "$@" > said 2>&1 || code=$?
	[ "$code" -le 1 ] || { cat said; return "$code"; }
}

@test "1/1, and 1/7 to 7/7 copied together: the bytes of one build" {
	build -o whole
	[ -s whole/site/assets/fonts/khmr.ttf ]
	build -o one --shard 1/1
	diff -r whole/site one/site
	for k in 1 2 3 4 5 6 7; do
		build -o "part$k" --shard "$k/7"
	done
	mkdir all
	for k in 7 3 1 5 2 4 6; do
		cp -a "part$k/." all/
	done
	diff -r whole/site all/site
	# no file is made twice
	[ "$(find part?/site -type f | wc -l)" -eq "$(find whole/site -type f | wc -l)" ]
	# what languages share is in the first part alone
	[ -f part1/site/index.html ] && [ -f part1/site/assets/fonts.css ]
	[ ! -e part2/site/assets ]
	# together they are a finished site: a build has nothing to write or to remove
	build -o all
	cat all/.state | sed 1d | sort > planned
	(cd whole/site && find . -type f | sed 's|^\./||' | sort) | diff planned -
	[ -z "$(ls -A all | grep state-)" ]
}

@test "parts that are built into one folder leave each other alone" {
	build -o whole
	for k in 2 1 3; do
		build -o here --shard "$k/3"
	done
	diff -r whole/site here/site
	rm site/content/table.md
	build -o whole
	build -o here --shard 1/3
	[ -e here/site/es/table.html ] || [ -e here/site/ar/table.html ]
	build -o here --shard 2/3
	build -o here --shard 3/3
	diff -r whole/site here/site
}

@test "parts by GNU parallel, as docs/publishing.md says" {
	command -v parallel > /dev/null || skip "parallel is not installed"
	build -o whole
	export PARALLEL_HOME=$PWD
	parallel --will-cite -j2 "PATH=$PWD/none $WAYPOST build -q -C site --shard {}/3 -o part{} > said{} 2>&1 || [ \$? = 1 ]" ::: 1 2 3
	mkdir all
	for k in 1 2 3; do cp -a "part$k/." all/; done
	diff -r whole/site all/site
}

@test "what is no part" {
	for part in 0/2 3/2 2 /2 2/ a/b 1/2x -1/2 1/1001 ''; do
		run "$WAYPOST" build -C site --shard "$part"
		[ "$status" -eq 2 ]
	done
}
