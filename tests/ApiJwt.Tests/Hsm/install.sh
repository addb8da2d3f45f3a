#!/usr/bin/env bash
# Installs SoftHSM 2 on Debian and its derivatives, unless it is installed, and prints its version. The tests use it as a hardware module.
set -euo pipefail

if [ ! -e /usr/lib/softhsm/libsofthsm2.so ]; then
  as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
  install() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libsofthsm2; }
  # A new container has no package lists, and those of an old machine are outdated.
  install < /dev/null || { as_root apt-get update; install < /dev/null; }
fi

dpkg-query -W -f '${Package} ${Version}\n' libsofthsm2
