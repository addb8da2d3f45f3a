#!/usr/bin/env bash
# Installs the gateways that the tests run, unless they are installed, and prints their versions: HAProxy, Apache httpd with
# mod_auth_openidc, and nginx with njs.
set -euo pipefail

missing=()
for package in haproxy libapache2-mod-auth-openidc nginx libnginx-mod-http-js; do
  dpkg-query -W -f '${Status}' $package 2> /dev/null | grep -q 'ok installed' || missing+=($package)
done

if [ ${#missing[@]} -gt 0 ]; then
  as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
  # Debian starts a service when it is installed, unless this file forbids it. The tests start their own services.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e $policy ]; then
    trap 'as_root rm -f $policy' EXIT
    printf '#!/bin/sh\nexit 101\n' | as_root tee $policy > /dev/null
    as_root chmod 755 $policy
  fi
  install() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; }
  # A new container has no package lists, and those of an old machine are outdated.
  install < /dev/null || { as_root apt-get update; install < /dev/null; }
fi

dpkg-query -W -f '${Package} ${Version}\n' haproxy apache2-bin libapache2-mod-auth-openidc nginx libnginx-mod-http-js
