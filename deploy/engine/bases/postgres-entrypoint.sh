#!/usr/bin/env bash
# What the official image's entry point does, as far as Dott relies on it: first start as root, the
# server as postgres; POSTGRES_USER, POSTGRES_DB, POSTGRES_PASSWORD (or _FILE), and initdb.d once.
set -euo pipefail
if [[ ${1:-} != postgres ]]; then exec "$@"; fi
if [[ $(id -u) == 0 ]]; then
  install -d -o postgres -g postgres -m 700 "$PGDATA"
  chown postgres:postgres /run/postgresql
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$BASH_SOURCE" "$@"
fi
if [[ ! -s $PGDATA/PG_VERSION ]]; then
  user=${POSTGRES_USER:-postgres} database=${POSTGRES_DB:-${POSTGRES_USER:-postgres}}
  password=${POSTGRES_PASSWORD:-$(cat "${POSTGRES_PASSWORD_FILE:?set POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE}")}
  read -ra options <<<"${POSTGRES_INITDB_ARGS:-}"
  initdb --username="$user" --pwfile=<(printf '%s\n' "$password") --auth-host=scram-sha-256 "${options[@]}"
  echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
  # The real server never sees a half-made database: until then nobody reaches this one over the network.
  pg_ctl -D "$PGDATA" -w -o "-c listen_addresses=''" start
  query() { psql -v ON_ERROR_STOP=1 --no-psqlrc --username="$user" "$@"; }
  [[ $database == postgres ]] || query -d postgres -v name="$database" <<<'CREATE DATABASE :"name"'
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh) if [[ -x $file ]]; then "$file"; else source "$file"; fi ;;
      *.sql) query -d "$database" -f "$file" ;;
    esac
  done
  pg_ctl -D "$PGDATA" -w -m fast stop
fi
# As the official image does it: reachable from other containers, settings on the command line win.
shift
exec postgres -c listen_addresses='*' "$@"
