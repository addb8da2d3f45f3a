#!/usr/bin/env bash
# Runs HAProxy in the foreground with haproxy.cfg in the folder $1, until standard input is closed.
# Exit code 127: HAProxy is not installed.
set -euo pipefail
PATH=$PATH:/usr/sbin
{ cat; kill $$; } <&0 > /dev/null 2>&1 &
exec haproxy -db -f "$1/haproxy.cfg"
