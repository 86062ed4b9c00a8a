#!/bin/sh
# Brings Temporal's tables to the version of the admin-tools image; safe to run at every start.
set -eu

for database in temporal temporal_visibility; do
  case "$database" in
    temporal) folder=temporal ;;
    *) folder=visibility ;;
  esac
  run() {
    temporal-sql-tool --plugin postgres12 --ep "$POSTGRES_SEEDS" -p "$DB_PORT" -u "$POSTGRES_USER" --db "$database" "$@"
  }
  run setup-schema -v 0.0
  run update-schema -d "/etc/temporal/schema/postgresql/v12/$folder/versioned"
done
