#!/usr/bin/env bash
# Installs the libraries of the interop tests from Debian and npm, unless they are installed, and prints their versions.
set -euo pipefail
cd "$(dirname "$0")"

missing=()
/usr/bin/python3 -c 'import jwt, cryptography' 2> /dev/null || missing+=(python3-jwt python3-cryptography)
command -v openssl > /dev/null || missing+=(openssl)
command -v node > /dev/null || missing+=(nodejs)
command -v npm > /dev/null || missing+=(npm)
command -v go > /dev/null || missing+=(golang-go)
[ -d /usr/share/gocode/src/github.com/golang-jwt/jwt ] || missing+=(golang-github-golang-jwt-jwt-dev)
/usr/bin/ruby -r jwt -e '' 2> /dev/null || missing+=(ruby ruby-jwt)
command -v php > /dev/null || missing+=(php-cli)
command -v javac > /dev/null || missing+=(default-jdk-headless)
[ -f /usr/share/java/google-http-client-gson.jar ] || missing+=(libgoogle-http-client-java)

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
# A new container has no package lists, and those of an old machine are outdated.
with_fresh_lists() { "$@" < /dev/null || { as_root apt-get update; "$@" < /dev/null; }; }

if [ ${#missing[@]} -gt 0 ]; then
  with_fresh_lists as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
fi

# Debian has firebase/php-jwt only in ZoneMinder, which requires a database server. The files of the library are extracted from that package.
if [ ! -d obj/php ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  with_fresh_lists env --chdir="$folder" apt-get -o APT::Sandbox::User=root download zoneminder
  mkdir -p obj "$folder/php"
  vendor=./usr/share/zoneminder/www/vendor
  dpkg-deb --fsys-tarfile "$folder"/zoneminder_*.deb | tar -x -C "$folder/php" --strip-components=5 $vendor/firebase/php-jwt $vendor/composer/installed.json
  mv "$folder/php" obj/php
fi

[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --ignore-scripts --no-audit --no-fund

versions="node $(node --version)"
# The first call of golang-jwt and of google-http-client builds the program.
ask() {
  local version
  version=$("${@:2}" ready <<< '{}' | sed 's/.*"version": *"\([^"]*\)".*/\1/')
  versions="$1 $version, $versions"
}
ask google-http-client bash google_jwt.sh
ask firebase/php-jwt php php_jwt.php
ask ruby-jwt /usr/bin/ruby ruby_jwt.rb
ask golang-jwt bash golang_jwt.sh
ask fast-jwt node npm.mjs fast-jwt
ask jsonwebtoken node npm.mjs jsonwebtoken
ask jose node npm.mjs jose
ask PyJWT /usr/bin/python3 pyjwt.py
echo "$versions"
