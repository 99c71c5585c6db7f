# SPDX-License-Identifier: GPL-3.0-or-later
mkfifo translations/fr/interface.yaml
