# SPDX-License-Identifier: GPL-3.0-or-later
mkdir translations/fr/attack.yaml
