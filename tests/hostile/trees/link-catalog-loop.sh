# SPDX-License-Identifier: GPL-3.0-or-later
ln -s attack.yaml translations/fr/attack.yaml
