#!/usr/bin/env bash
# Measures the requests per second of four endpoints: open, guarded by ApiJwt, guarded by the stock bearer handler with the same checks, and
# guarded by a handler that reads no token. The guarded endpoints get one token repeatedly, and then more tokens than the cache holds. Takes
# about two minutes.
# Requires wrk and curl.
set -euo pipefail
cd "$(dirname "$0")/Load"
seconds=${1:-6}
rounds=${2:-2}
work=$(mktemp -d)
server=
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

dotnet build -c Release Server.cs -o "$work/server" >"$work/build" || { cat "$work/build"; exit 1; }
ASPNETCORE_URLS=http://127.0.0.1:0 dotnet "$work/server/Server.dll" >"$work/out" 2>&1 &
server=$!
for _ in $(seq 100); do
  port=$(ss -Hltnp 2>/dev/null | sed -n "s/.*127\.0\.0\.1:\([0-9]*\) .*pid=$server,.*/\1/p" | head -1)
  [ -n "$port" ] && break
  sleep 0.1
done
url=http://127.0.0.1:$port
curl -fsS "$url/tokens/1" >"$work/one"
echo >>"$work/one"
curl -fsS "$url/tokens/4000" >"$work/many"
echo >>"$work/many"

declare -A best
measure() { # name path tokens duration
  local out rate
  out=$(wrk -t1 -c16 -d"$4s" -s tokens.lua "$url/$2" -- "$3")
  if grep -q REFUSED <<<"$out"; then echo "$1: requests were refused" >&2; exit 1; fi
  rate=$(awk '/Requests\/sec/ { printf "%d", $2 }' <<<"$out")
  [ "$rate" -gt "${best[$1]:-0}" ] && best[$1]=$rate || true
}

for path in open constant ours stock; do measure warmup $path "$work/one" 2; done
for _ in $(seq "$rounds"); do
  measure "open" open "$work/one" "$seconds"
  measure "no token is read" constant "$work/one" "$seconds"
  measure "ours, one token" ours "$work/one" "$seconds"
  measure "stock, one token" stock "$work/one" "$seconds"
  measure "ours, 4000 tokens" ours "$work/many" "$seconds"
  measure "stock, 4000 tokens" stock "$work/many" "$seconds"
done

echo "requests per second, best of $rounds rounds of $seconds s"
for name in "open" "no token is read" "ours, one token" "stock, one token" "ours, 4000 tokens" "stock, 4000 tokens"; do
  printf '%-20s %7d  %4.2f of open\n' "$name" "${best[$name]}" "$(awk "BEGIN { print ${best[$name]} / ${best[open]} }")"
done
printf 'ours / stock         %4.2f with one token, %4.2f with 4000\n' \
  "$(awk "BEGIN { print ${best[ours, one token]} / ${best[stock, one token]} }")" \
  "$(awk "BEGIN { print ${best[ours, 4000 tokens]} / ${best[stock, 4000 tokens]} }")"
