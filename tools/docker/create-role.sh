#!/bin/sh
# Runs once, in a fresh database container: the role of DATABASE_URL owns the database but is no superuser, since
# row-level security doesn't hold for one.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -v password="$POSTGRES_PASSWORD" <<'SQL'
CREATE ROLE threadline LOGIN CREATEROLE PASSWORD :'password';
CREATE DATABASE threadline OWNER threadline;
SQL
