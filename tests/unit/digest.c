/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of format/digest: the examples of FIPS 180-4, and base64 of them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "format/digest.h"

static void
check(struct view text, const char *hex, const char *base64)
{
	struct buf b;

	buf_init(&b);
	digest_hex(&b, text);
	assert_string_equal(b.p, hex);
	buf_clear(&b);
	buf_puts(&b, "sha256-");
	digest_base64(&b, text);
	assert_string_equal(b.p + 7, base64);
	buf_release(&b);
}

static void
test_examples(void **state)
{
	(void)state;
	check(VIEW("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
	    "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
	check(VIEW_NONE, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
	check(VIEW("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
	    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
	    "JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE=");
}

/* RFC 1321, A.5. */
static void
test_md5(void **state)
{
	static const unsigned char abc[16] = { 0x90, 0x01, 0x50, 0x98, 0x3c, 0xd2, 0x4f, 0xb0, 0xd6, 0x96, 0x3f, 0x7d, 0x28, 0xe1, 0x7f, 0x72 };
	static const unsigned char none[16] = { 0xd4, 0x1d, 0x8c, 0xd9, 0x8f, 0x00, 0xb2, 0x04, 0xe9, 0x80, 0x09, 0x98, 0xec, 0xf8, 0x42, 0x7e };
	unsigned char sum[16];

	(void)state;
	digest_md5(sum, VIEW("abc"));
	assert_memory_equal(sum, abc, 16);
	digest_md5(sum, VIEW_NONE);
	assert_memory_equal(sum, none, 16);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_md5),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
