"""A server that gives no superuser is refused at the first step: nothing is half set up (docs/adr/0009)."""

import subprocess

from stack import Stack

PASSWORDS = [f"DOTT_{role}_PASSWORD=x" for role in ("OWNER", "APP", "AUTH", "WORKER", "BACKUP")]


def test_the_bootstrap_stops_where_there_is_no_superuser(stack: Stack) -> None:
    """As the owner of a database who may create roles, which is what managed servers give at most."""
    stack.psql("CREATE ROLE managed LOGIN CREATEROLE CREATEDB", "postgres")
    stack.psql("CREATE DATABASE managed OWNER managed", "postgres")
    try:
        given = [flag for password in PASSWORDS for flag in ("-e", password)]
        psql = ["psql", "-XU", "postgres", "-d", "managed", "-c", "SET SESSION AUTHORIZATION managed"]
        argv = ["docker", "exec", *given, stack.containers("db")[0], *psql]
        done = subprocess.run(
            [*argv, "-f", "/etc/dott/sql/database.sql"], env=stack.env, capture_output=True, text=True
        )

        assert done.returncode != 0
        assert "ERROR" in done.stderr
        assert stack.psql("SELECT count(*) FROM pg_namespace WHERE nspname = 'app'", "managed") == "0"
    finally:
        stack.psql("DROP DATABASE managed", "postgres")
        stack.psql("DROP ROLE managed", "postgres")
