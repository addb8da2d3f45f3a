#!/usr/bin/env bash
# Calls the two demo services with curl, a client without .NET. Build the solution first. Takes a few seconds.
# An optional argument is the path of a published API, which is called instead of the built one.
set -euo pipefail
cd "$(dirname "$0")/bin/Debug/net10.0"
work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT

start() { # name command...; the address is in $address afterwards
  local name=$1
  shift
  # The loop below may look for the file before the new process has created it.
  : >"$work/$name"
  "$@" --urls=http://127.0.0.1:0 >"$work/$name" 2>&1 &
  pids+=($!)
  for _ in $(seq 200); do
    address=$(sed -n 's/.*Now listening on: //p' "$work/$name")
    [ -n "$address" ] && return
    sleep 0.1
  done
  cat "$work/$name" >&2
  exit 1
}

expect() { # status, text in the answer or its headers, curl arguments...
  local status=$1 text=$2 url=${*: -1} got
  shift 2
  got=$(curl -sS -i "$@" | tr -d '\r')
  grep -q "^HTTP/1.1 $status" <<<"$got" && grep -qF -- "$text" <<<"$got" ||
    { printf 'expected %s and %s of: curl %s\n%s\n' "$status" "$text" "${url%%\?*}" "$got" >&2; exit 1; }
  echo "ok $status ${url%%\?*} $text"
}

# Like expect, but tries for up to five seconds, because an API fetches the list of revoked tokens every second.
expect_soon() {
  for _ in $(seq 50); do
    curl -sS -o "$work/answer" -w '%{http_code}' "${@:3}" | grep -q "^$1" && break
    sleep 0.1
  done
  expect "$@"
}

token_of() { sed -n 's/.*"token":"\([^"]*\)".*/\1/p'; }

start auth dotnet ApiJwt.Demo.Auth.dll
auth=$address
if [ $# -gt 0 ]; then
  run=("$1")
else
  run=(dotnet ApiJwt.Demo.Api.dll)
fi
start api "${run[@]}" "--Jwt:JwksUri=$auth/.well-known/jwks.json" "--Jwt:RevocationsUri=$auth/.well-known/revocations" --Jwt:RevocationsRefreshInterval=00:00:01
api=$address
json='Content-Type: application/json'

expect 200 '"kty":"RSA"' "$auth/.well-known/jwks.json"
etag=$(curl -sSI "$auth/.well-known/jwks.json" | tr -d '\r' | sed -n 's/^ETag: //p')
expect 304 "$etag" -H "If-None-Match: $etag" "$auth/.well-known/jwks.json"
expect 401 '' -H "$json" -d '{"user":"ann","password":"wrong"}' "$auth/login"
token=$(curl -sS -H "$json" -d '{"user":"ann","password":"correct horse"}' "$auth/login" | token_of)

expect 200 'Anybody' "$api/"
expect 401 'WWW-Authenticate: Bearer' "$api/me"
expect 401 'error="invalid_token"' -H "Authorization: Bearer ${token}x" "$api/me"
expect 401 'WWW-Authenticate: Bearer' "$api/me?access_token=$token"
expect 200 'ann' -H "Authorization: Bearer $token" "$api/me"
expect 200 'All mobile contracts.' -H "Authorization: Bearer $token" "$api/contracts"
expect 403 'scope="support:insurance"' -H "Authorization: Bearer $token" "$api/policies"
expect 403 'error="insufficient_scope"' -H "Authorization: Bearer $token" "$api/admin"
expect 401 'acr_values="3.1"' -X POST -H "Authorization: Bearer $token" "$api/payout"
strong=$(curl -sS -H "$json" -H "Authorization: Bearer $token" -d '{"code":"123456"}' "$auth/step-up" | token_of)
expect 200 'Paid.' -X POST -H "Authorization: Bearer $strong" "$api/payout"
admin=$(curl -sS -H "$json" -d '{"user":"root","password":"battery staple"}' "$auth/login" | token_of)
expect 200 'keyId' -X POST -H "Authorization: Bearer $admin" "$auth/rotate"
rotated=$(curl -sS -H "$json" -d '{"user":"ann","password":"correct horse"}' "$auth/login" | token_of)
expect 200 'ann' -H "Authorization: Bearer $rotated" "$api/me"

etag=$(curl -sSI "$auth/.well-known/revocations" | tr -d '\r' | sed -n 's/^ETag: //p')
expect 304 "$etag" -H "If-None-Match: $etag" "$auth/.well-known/revocations"
phone=$(curl -sS -H "$json" -d '{"user":"ann","password":"correct horse"}' "$auth/login" | token_of)
laptop=$(curl -sS -H "$json" -d '{"user":"ann","password":"correct horse"}' "$auth/login" | token_of)
expect 401 'WWW-Authenticate: Bearer' -X POST "$auth/logout"
expect 400 'unauthorized_client' -H "Authorization: Bearer $phone" -d "token=$laptop" "$auth/logout"
expect 200 '' -X POST -H "Authorization: Bearer $phone" "$auth/logout"
expect_soon 401 'error="invalid_token"' -H "Authorization: Bearer $phone" "$api/me"
expect 200 'ann' -H "Authorization: Bearer $laptop" "$api/me"
expect 200 '' -X POST -H "Authorization: Bearer $laptop" "$auth/logout-everywhere"
again=$(curl -sS -H "$json" -d '{"user":"ann","password":"correct horse"}' "$auth/login" | token_of)
expect_soon 401 'error="invalid_token"' -H "Authorization: Bearer $laptop" "$api/me"
expect 200 'ann' -H "Authorization: Bearer $again" "$api/me"
kill "${pids[0]}"
expect 401 'error="invalid_token"' -H "Authorization: Bearer $laptop" "$api/me"
expect 200 'ann' -H "Authorization: Bearer $again" "$api/me"
