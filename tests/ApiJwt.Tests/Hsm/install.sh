#!/usr/bin/env bash
# Installs SoftHSM 2, which stands for a hardware module in the tests, on Debian and its kin. Does nothing where it is there.
set -euo pipefail

if [ ! -e /usr/lib/softhsm/libsofthsm2.so ]; then
  as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
  install() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libsofthsm2; }
  # A fresh container has no package lists, and an old machine has stale ones.
  install < /dev/null || { as_root apt-get update; install < /dev/null; }
fi

dpkg-query -W -f '${Package} ${Version}\n' libsofthsm2
