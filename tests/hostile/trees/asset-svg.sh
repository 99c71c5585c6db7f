# SPDX-License-Identifier: GPL-3.0-or-later
echo '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>x</script></svg>' > content/other.svg; echo 'A ![x](other.svg).' >> content/attack.md
