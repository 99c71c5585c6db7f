# SPDX-License-Identifier: GPL-3.0-or-later
echo 'theme: ../../outside' >> content/site.yaml
