#!/usr/bin/env bash
# HAProxy in the foreground, with the haproxy.cfg of folder $1, until standard input is closed. 127: it is not installed.
set -euo pipefail
PATH=$PATH:/usr/sbin
{ cat; kill $$; } <&0 > /dev/null 2>&1 &
exec haproxy -db -f "$1/haproxy.cfg"
