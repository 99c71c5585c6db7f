# SPDX-License-Identifier: GPL-3.0-or-later
sed -i 's,fr,FR,' content/site.yaml
