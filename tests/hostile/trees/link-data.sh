# SPDX-License-Identifier: GPL-3.0-or-later
rm content/data/things.yaml; ln -s ../../../outside/precious.txt content/data/things.yaml
