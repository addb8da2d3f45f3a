#!/usr/bin/env bash
# Installs what the interop tests talk to: PyJWT and openssl from Debian, jose from npm. Does nothing where all of it is there.
set -euo pipefail
cd "$(dirname "$0")"

missing=()
/usr/bin/python3 -c 'import jwt, cryptography' 2> /dev/null || missing+=(python3-jwt python3-cryptography)
command -v openssl > /dev/null || missing+=(openssl)
command -v node > /dev/null || missing+=(nodejs)
command -v npm > /dev/null || missing+=(npm)

if [ ${#missing[@]} -gt 0 ]; then
  as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
  install() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; }
  # A fresh container has no package lists, and an old machine has stale ones.
  install < /dev/null || { as_root apt-get update; install < /dev/null; }
fi

version_in() { node -p "require('$1').$2" 2> /dev/null || true; }
wanted=$(version_in ./package.json dependencies.jose)
[ "$(version_in ./node_modules/jose/package.json version)" = "$wanted" ] || npm ci --ignore-scripts --no-audit --no-fund
echo "PyJWT $(/usr/bin/python3 -c 'import jwt; print(jwt.__version__)'), jose $wanted, node $(node --version)"
