# SPDX-License-Identifier: GPL-3.0-or-later
mv content/site.yaml ../outside/site.yaml; ln -s ../../outside/site.yaml content/site.yaml
