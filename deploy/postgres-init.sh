#!/bin/sh
# Runs once, on an empty database folder: the databases and who may use them. The owner migrates; the application reads and adds, and may not change
# or delete what stands in cycle_event.
set -eu

psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  -v owner_password="$OCOP_OWNER_PASSWORD" \
  -v application_password="$OCOP_APPLICATION_PASSWORD" \
  -v temporal_password="$TEMPORAL_DB_PASSWORD" <<'SQL'
create role ocop_app nologin;
create role ocop_owner login password :'owner_password';
create role ocop_application login password :'application_password' in role ocop_app;
create role temporal login password :'temporal_password';
create database ocop owner ocop_owner;
create database temporal owner temporal;
create database temporal_visibility owner temporal;
revoke connect on database ocop, temporal, temporal_visibility from public;
grant connect on database ocop to ocop_app;
SQL
