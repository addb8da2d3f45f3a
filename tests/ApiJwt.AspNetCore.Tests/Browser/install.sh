#!/usr/bin/env bash
# Installs Chromium from Debian, unless it is installed, and prints its version. The tests run it headless.
set -euo pipefail

if ! command -v chromium > /dev/null; then
  as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
  install() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-dejavu-core; }
  # A new container has no package lists, and those of an old machine are outdated.
  install < /dev/null || { as_root apt-get update; install < /dev/null; }
fi

chromium --version
