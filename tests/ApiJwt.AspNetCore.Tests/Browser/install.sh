#!/usr/bin/env bash
# Installs the Chromium that the tests drive without a screen, from Debian, and says which version it is. Does nothing where it is there.
set -euo pipefail

if ! command -v chromium > /dev/null; then
  as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
  install() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-dejavu-core; }
  # A fresh container has no package lists, and an old machine has stale ones.
  install < /dev/null || { as_root apt-get update; install < /dev/null; }
fi

chromium --version
