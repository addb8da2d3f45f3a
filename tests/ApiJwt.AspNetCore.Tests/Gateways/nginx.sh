#!/usr/bin/env bash
# Runs nginx in the foreground with nginx.conf in the folder $1, until standard input is closed.
# Exit code 127: nginx or its module is not installed.
set -euo pipefail
PATH=$PATH:/usr/sbin
module=/usr/lib/nginx/modules/ngx_http_js_module.so
[ -f $module ] || exit 127
{
  printf '%s;\n' "load_module $module" "daemon off" "master_process off" "pid $1/pid" "error_log stderr"
  echo "events {} http { access_log off;"
  for folder in client_body proxy fastcgi uwsgi scgi; do
    echo "${folder}_temp_path $1/$folder;"
  done
  echo "include $1/nginx.conf; }"
} > "$1/main.conf"
{ cat; kill $$; } <&0 > /dev/null 2>&1 &
exec nginx -c "$1/main.conf"
