# SPDX-License-Identifier: GPL-3.0-or-later
import hashlib, zipfile
files = {"START.html": b"start", "en/a.html": b"page", "RELEASE": b"release: 20251231\ndate: 2025-12-31\n"}
def put(z, extra=()):
    for name, data in files.items():
        z.writestr(name, data)
    z.writestr("SHA256SUMS", "".join("SHA256 (%s) = %s\n" % (n, hashlib.sha256(d).hexdigest()) for n, d in [*files.items(), *extra]))
z = zipfile.ZipFile("copy.zip", "w", zipfile.ZIP_DEFLATED)
put(z)
z.writestr('en/\x1b[31mred.html', 'x')
z.close()
