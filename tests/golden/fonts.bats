# SPDX-License-Identifier: GPL-3.0-or-later
# Fonts of the golden site: a small font of this folder stands for those of the system, so every machine can run this. Bytes of subsets belong
# to the HarfBuzz that is installed: what is compared is one build with another.

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

# A quiet build without woff2_compress, or with the one in a folder; the golden site has errors on purpose.
build() {
	local code=0
	PATH=${packer:-$PWD/none} "$WAYPOST" build -q "$@" > said 2>&1 || code=$?
	[ "$code" -le 1 ] || { cat said; return "$code"; }
}

@test "a font, its licence, a style sheet that all pages ask for" {
	build -C site -o out
	cd out/site/assets
	[ -s fonts/khmr.ttf ]
	grep -q 'Copyright 2016 Google' fonts/licence.txt
	grep -q 'SIL OPEN FONT LICENSE' fonts/licence.txt
	grep -q '^@font-face{font-family:wp-khmr;src:url(fonts/khmr.ttf) format("truetype");font-display:swap;unicode-range:U+20,U+17' fonts.css
	[ -s fonts/khmr-name.ttf ]
	grep -q '^@font-face{font-family:wp-khmr-name;src:url(fonts/khmr-name.ttf) format("truetype")' fonts.css
	run ! grep -q 'data:' fonts.css
	grep -q '^@font-face{font-family:wp-khmr-list;src:url(data:font/ttf;base64,AAEAAAA' names.css
	grep -q ':lang(km)' fonts.css
	for page in ../*/index.html ../index.html; do
		grep -q 'assets/fonts.css' "$page" || { echo "$page"; false; }
	done
	[ "$(stat -c %s fonts/khmr.ttf)" -lt "$(stat -c %s "$WAYPOST_FONTS/NotoSansKhmer-Regular.ttf")" ]
}

@test "the same bytes with one worker and with eight, in any locale" {
	LC_ALL=C build -j1 -C site -o one
	LC_ALL=C.UTF-8 LANGUAGE=tr build -j8 -C site -o eight
	diff -r one/site eight/site
	diff one/.fonts eight/.fonts
}

@test "a font is made anew when its texts, the font or the product have changed, and only then" {
	mkdir bin
	printf '#!/bin/sh\necho made >> %s/made\n/bin/cp "$1" "${1%%.ttf}.woff2"\n' "$PWD" > bin/woff2_compress
	chmod +x bin/woff2_compress
	packer=$PWD/bin
	build -C site -o out
	[ -s made ] && rm made
	cp -r out/site before
	build -C site -o out
	[ ! -e made ]
	# other words of the same letters: they are shaped, but the font stays
	sed -i 's/យើងមាន/មានយើង/' site/translations/km/index.yaml
	inode=$(stat -c %i out/site/assets/fonts/khmr.woff2)
	build -C site -o out
	[ "$(stat -c %i out/site/assets/fonts/khmr.woff2)" = "$inode" ]
	cmp before/assets/fonts/khmr.woff2 out/site/assets/fonts/khmr.woff2
	# letters that are no longer there
	rm -r site/translations/km/guide
	build -C site -o out
	[ "$(stat -c %s out/site/assets/fonts/khmr.woff2)" -lt "$(stat -c %s before/assets/fonts/khmr.woff2)" ]
	build -C site -o fresh
	diff -r fresh/site out/site
	# the product was damaged, or is gone
	rm made
	echo x >> out/site/assets/fonts/khmr.woff2
	build -C site -o out
	diff -r fresh/site out/site
	for gone in fonts/khmr.woff2 fonts/khmr-name.woff2 fonts.css names.css; do
		rm out/site/assets/$gone
		build -C site -o out
		diff -r fresh/site out/site
	done
	# another font
	rm made
	cp -r "$WAYPOST_FONTS" other
	printf '\0\0\0\0' >> other/NotoSansKhmer-Regular.ttf
	WAYPOST_FONTS=$PWD/other build -C site -o out
	[ -s made ]
}

@test "a picture for shared links that other programs can read, only with an address" {
	sed -i 's|<link rel="stylesheet"|{{#card}}<meta property="og:image" content="{{card}}" />{{/card}}&|' site/themes/default/base.html
	sed -i '/^base-url/d' site/content/site.yaml
	build -C site -o out
	[ -z "$(find out/site -name card.png)" ]
	build -C site -o out --base-url https://x.example/
	[ "$(cd out/site; echo */card.png)" = km/card.png ]
	grep -q '<meta property="og:image" content="https://x.example/km/card.png" />' out/site/km/index.html
	run ! grep -q 'og:image' out/site/en/index.html
	python3 - out/site/km/card.png <<-'END'
		import struct, sys, zlib
		data, at, parts = open(sys.argv[1], "rb").read(), 8, {}
		while at < len(data):
		    size, name = struct.unpack(">I4s", data[at:at + 8])
		    assert zlib.crc32(data[at + 4:at + 8 + size]) == struct.unpack(">I", data[at + 8 + size:at + 12 + size])[0]
		    parts[name] = data[at + 8:at + 8 + size]
		    at += size + 12
		rows = zlib.decompress(parts[b"IDAT"])
		assert len(rows) == 630 * 1201 and all(rows[i] == 0 for i in range(0, len(rows), 1201))
		assert rows[1200 + 629 * 1201] == 2 * 16 + 15 and len(set(rows)) > 40 and len(parts[b"PLTE"]) == 768
	END
	inode=$(stat -c %i out/site/km/card.png)
	build -C site -o out --base-url https://x.example/
	[ "$(stat -c %i out/site/km/card.png)" = "$inode" ]
}

@test "no font, no trace; and what was there goes" {
	build -C site -o out
	echo 'font: none' > site/translations/km/language.yaml
	build -C site -o out
	[ ! -e out/site/assets/fonts ] && [ ! -e out/site/assets/fonts.css ] && [ ! -e out/site/assets/names.css ]
	run ! grep -rq 'fonts.css' out/site
}

@test "a file of the theme: cut down, and not published whole" {
	mkdir site/themes/default/fonts
	cp "$WAYPOST_FONTS/NotoSansKhmer-Regular.ttf" site/themes/default/fonts/Mine.ttf
	echo 'font: Mine.ttf' > site/translations/km/language.yaml
	WAYPOST_FONTS='' build -C site -o out
	[ -s out/site/assets/fonts/khmr.ttf ]
	[ "$(ls out/site/assets/fonts)" = "$(printf 'khmr-name.ttf\nkhmr.ttf\nlicence.txt')" ]
	# where devices draw the script themselves the page does not change while it is read
	grep -q 'font-family:wp-khmr;.*font-display:swap;' out/site/assets/fonts.css
	echo 'font: Mine.ttf' >> site/translations/ar/language.yaml
	WAYPOST_FONTS='' build -C site -o other
	grep -q 'font-family:wp-arab;.*font-display:optional;' other/site/assets/fonts.css
	sed -i '$d' site/translations/ar/language.yaml
	WAYPOST_FONTS='' build -C site -o again
	diff -r out/site again/site
}
