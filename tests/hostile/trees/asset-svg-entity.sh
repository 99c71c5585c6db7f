# SPDX-License-Identifier: GPL-3.0-or-later
echo '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>' > content/other.svg; echo 'A ![x](other.svg).' >> content/attack.md
