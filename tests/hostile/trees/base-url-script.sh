# SPDX-License-Identifier: GPL-3.0-or-later
echo 'base-url: javascript:alert(1)' >> content/site.yaml
