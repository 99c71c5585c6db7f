# SPDX-License-Identifier: GPL-3.0-or-later
mv translations/fr ../outside/fr; ln -s ../../outside/fr translations/fr
