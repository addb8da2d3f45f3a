#!/usr/bin/env bash
# Runs golang_jwt.go, and builds it first if the program is older than its source or the library.
set -euo pipefail
cd "$(dirname "$0")"

program=obj/golang_jwt
library=/usr/share/gocode/src/github.com/golang-jwt/jwt
if [ ! "$program" -nt golang_jwt.go ] || [ ! "$program" -nt "$library" ]; then
  mkdir -p obj
  version=$(dpkg-query -W -f '${source:Upstream-Version}' golang-github-golang-jwt-jwt-dev)
  # The Debian packages form a GOPATH. Without modules, go downloads nothing.
  GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS= go build -ldflags "-X main.version=$version" -o "$program" golang_jwt.go
fi
exec "$program" "$@"
