#!/usr/bin/env bash
# Installs the Redis server that the tests start from Debian, unless it is installed, and prints its version.
set -euo pipefail

if ! command -v redis-server > /dev/null; then
  as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
  # Debian starts a service when it is installed, unless this file forbids it. The tests start their own services.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e $policy ]; then
    trap 'as_root rm -f $policy' EXIT
    printf '#!/bin/sh\nexit 101\n' | as_root tee $policy > /dev/null
    as_root chmod 755 $policy
  fi
  install() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends redis-server; }
  # A new container has no package lists, and those of an old machine are outdated.
  install < /dev/null || { as_root apt-get update; install < /dev/null; }
fi

redis-server --version
