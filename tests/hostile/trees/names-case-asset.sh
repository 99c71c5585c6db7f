# SPDX-License-Identifier: GPL-3.0-or-later
echo x > content/Map.PNG
