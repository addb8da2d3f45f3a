#!/usr/bin/env bash
# Fuzzes one target (token, payload or keys) for a number of seconds: run.sh TARGET SECONDS
# Requires AFL++ (Debian: apt-get install afl++) and openssl. Crashes are in artifacts/fuzz/TARGET/findings/default/crashes.
set -euo pipefail
[ $# -eq 2 ] || { echo "usage: $0 token|payload|keys SECONDS" >&2; exit 2; }
target=$1 seconds=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$here/../../artifacts/fuzz/$target
[ -d "$here/seeds/$target" ] || { echo "There is no target '$target'." >&2; exit 2; }
rm -rf "$work" && mkdir -p "$work/seeds"

cd "$here/../.."
dotnet tool restore
dotnet build "$here" -c Release -o "$work/bin"
dotnet sharpfuzz "$work/bin/ApiJwt.dll"

cp "$here/seeds/$target"/* "$work/seeds"
if [ "$target" = keys ]; then
    # Private keys are never committed, so the fuzzer starts with new ones.
    (
        cd "$work/seeds"
        openssl genrsa -out pkcs8.key 2048
        openssl rsa -in pkcs8.key -traditional -out pkcs1.key
        openssl pkey -in pkcs8.key -outform DER -out pkcs8.key.der
        openssl rsa -in pkcs8.key -traditional -outform DER -out pkcs1.key.der
        openssl pkcs8 -topk8 -in pkcs8.key -passout pass:a -out encrypted.key
        openssl ecparam -name prime256v1 -genkey -noout -out ec.key
        openssl genrsa -out small.key 1024
        base64 -w0 pkcs8.key > base64.key
    ) 2> "$work/openssl.log"
fi

# AFL++ checks the instrumentation of the program that it starts, which is dotnet itself, and checks settings of the machine (core
# pattern, CPU governor) that a container does not have.
export AFL_SKIP_BIN_CHECK=1 AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_AFFINITY=1
# Tiered compilation would make the code slow at first and faster later. The time limit must have the same meaning throughout.
export DOTNET_TieredCompilation=0
nice -n 10 afl-fuzz -i "$work/seeds" -o "$work/findings" -x "$here/seeds/$target.dict" -G 16384 -t 2000 -m none -V "$seconds" \
    -- dotnet "$work/bin/ApiJwt.Fuzz.dll" "$target" > "$work/afl.log" 2>&1 || { tail -n 20 "$work/afl.log" >&2; exit 1; }
grep -E '^(run_time|execs_done|execs_per_sec|corpus_count|edges_found|stability|saved_crashes|saved_hangs)' "$work/findings/default/fuzzer_stats"
