# SPDX-License-Identifier: GPL-3.0-or-later
echo '<svg xmlns="http://www.w3.org/2000/svg"><use href="https://evil.example/x#y"/></svg>' > content/other.svg; echo 'A ![x](other.svg).' >> content/attack.md
