# SPDX-License-Identifier: GPL-3.0-or-later
# make install and make deb: what is installed works anywhere, and the package is as Debian wants it.

bats_require_minimum_version 1.5.0

setup() {
	top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	export B="${CHECK_BUILD:-$top/build}" LC_ALL=C.UTF-8
	unset WAYPOST_THEMES
	cd "$BATS_TEST_TMPDIR"
}

@test "make install with PREFIX and DESTDIR: a site from an empty folder" {
	make -s -C "$top" B="$B" install DESTDIR="$PWD/root" PREFIX=/opt/w
	installed=$PWD/root/opt/w
	[ "$(ls root)" = opt ]
	[ -z "$(find root -type f ! -path '*/bin/*' -perm /111)" ]
	for file in share/man/man1/waypost.1 share/man/man1/waypost-build.1 share/man/man5/waypost-theme.5 \
		share/bash-completion/completions/waypost share/zsh/vendor-completions/_waypost share/fish/vendor_completions.d/waypost.fish \
		share/waypost/themes/default/base.html share/waypost/translations/fr/interface.yaml share/waypost/messages/ar.yaml; do
		[ -s "$installed/$file" ] || { echo "$file"; false; }
	done
	# every page of the manual and every catalog of messages
	(cd "$top/generator/man" && ls) | sort > wanted
	(cd "$installed/share/man" && ls man1 man5 | grep waypost | sort) | diff wanted -
	mkdir somewhere
	cd somewhere
	export PATH=$installed/bin:$PATH
	waypost new site x
	cd x
	waypost new language fr
	grep -q 'Aller au texte' translations/fr/interface.yaml
	waypost build
	waypost check --strict
	[ -f out/site/es/index.html ]
	LC_ALL=fr_FR.UTF-8 run waypost biuld
	[[ "$output" == *"il n’y a pas de commande"* ]]
	mkdir bin
	printf '#!/bin/sh\necho "man $*"\n' > bin/man
	chmod +x bin/man
	PATH=$PWD/bin:$PATH run waypost help pack
	[[ "$output" == "man "*"/share/waypost/../man/man1/waypost-pack.1" ]]
	make -s -C "$top" B="$B" uninstall DESTDIR="${installed%/opt/w}" PREFIX=/opt/w
	[ -z "$(find "$installed" -type f)" ]
}

@test "make deb: lintian says nothing, the same bytes twice" {
	command -v dpkg-shlibdeps > /dev/null || skip "dpkg-dev is not installed"
	make -s -C "$top" B="$B" deb MAINTAINER='Some One <some.one@example.org>' > said
	package=$(tail -1 said)
	[[ "$package" == /* ]] || package=$top/$package
	sha256sum < "$package" > once
	dpkg-deb -f "$package" Depends | grep -q 'libicu.*libyaml'
	if dpkg-deb -f "$package" Depends | grep -qE -- '-dev|python|perl|nodejs'; then false; fi
	dpkg-deb -x "$package" root
	(cd root && ./usr/bin/waypost new site -q ../site)
	./root/usr/bin/waypost -C site build
	if command -v lintian > /dev/null; then
		run lintian --allow-root --fail-on error,warning "$package"
		[ "$status" -eq 0 ]
		[ -z "$output" ]
	fi
	make -s -C "$top" B="$B" deb MAINTAINER='Some One <some.one@example.org>' > said
	sha256sum < "$package" | diff once -
}

@test "make docs: the site about Waypost, nothing is said, nothing is missing in French" {
	make -s -C "$top" B="$B" docs > said 2>&1
	[ "$(grep -c . said)" -eq 1 ]
	[[ "$(cat said)" == "5 pages in 2 languages: "*" s" ]]
	"$B/waypost" status -C "$B/docs" --format json fr > status
	[ "$(python3 -c 'import json; print(sum(p["states"]["missing"]["words"] + p["states"]["outdated"]["words"] for p in json.load(open("status")) if p["page"].endswith(".md")))')" = 0 ]
	"$B/waypost" help > /dev/null
	# what the pages tell people to type is there
	for command in $(grep -ohE '`waypost [a-z]+' "$top"/docs/site/content/*.md | sort -u | sed 's/.* //'); do
		"$B/waypost" "$command" --help > /dev/null
	done
}
