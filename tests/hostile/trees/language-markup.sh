# SPDX-License-Identifier: GPL-3.0-or-later
sed -i "s,fr,'<script>'," content/site.yaml
