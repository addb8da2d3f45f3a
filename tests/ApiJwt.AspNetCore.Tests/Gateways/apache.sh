#!/usr/bin/env bash
# Runs Apache httpd in the foreground with apache.conf in the folder $1, until standard input is closed.
# Exit code 127: Apache httpd or its module is not installed.
set -euo pipefail
PATH=$PATH:/usr/sbin
modules=/usr/lib/apache2/modules
[ -f $modules/mod_auth_openidc.so ] || exit 127
# Apache switches to another user, which must read this folder.
chmod 755 "$1"
{
  for module in mpm_event authn_core authz_core proxy proxy_http auth_openidc; do
    echo "LoadModule ${module}_module $modules/mod_$module.so"
  done
  printf '%s\n' "ServerRoot $1" "ServerName localhost" "PidFile $1/pid" "ErrorLog /dev/stderr" "User daemon" "Group daemon" "OIDCCABundlePath $1/auth-service.pem" "Include $1/apache.conf"
} > "$1/httpd.conf"
{ cat; kill $$; } <&0 > /dev/null 2>&1 &
exec apache2 -X -f "$1/httpd.conf"
