#!/bin/bash
# Run once by the postgres image. The role of the application is no superuser: it could not be
# bound by row-level security, and it needs no more than its own database. The role it takes on for
# its own work passes the walls between tenants, which only a superuser can give.
set -eu
psql -v ON_ERROR_STOP=1 -v secret="$APP_PASSWORD" --username "$POSTGRES_USER" <<'SQL'
CREATE ROLE creditbank LOGIN CREATEROLE PASSWORD :'secret';
CREATE ROLE creditbank_app NOLOGIN BYPASSRLS;
GRANT creditbank_app TO creditbank;
CREATE DATABASE creditbank OWNER creditbank;
SQL
