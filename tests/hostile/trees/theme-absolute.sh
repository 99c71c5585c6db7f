# SPDX-License-Identifier: GPL-3.0-or-later
echo 'theme: /etc' >> content/site.yaml
