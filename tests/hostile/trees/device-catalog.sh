# SPDX-License-Identifier: GPL-3.0-or-later
mknod translations/fr/attack.yaml c 1 9 2> /dev/null || mkfifo translations/fr/attack.yaml
