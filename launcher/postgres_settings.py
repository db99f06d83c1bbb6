"""How the embedded server is configured: settings, and who may connect how."""

import os
from pathlib import Path

from launcher.placement import PORT

SUPERUSER = "postgres"
MIB = 1024 * 1024


def settings(sockets: Path, *, durable: bool) -> dict[str, str]:
    """Server settings, passed as arguments: nothing to merge into postgresql.conf."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    shared_buffers = min(max(memory // 8, 64 * MIB), 1024 * MIB) // MIB
    chosen = {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": '"{}"'.format(str(sockets).replace('"', '""')),
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "shared_buffers": f"{shared_buffers}MB",
        "max_connections": "120",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "wal_compression": "pglz",
        "random_page_cost": "1.1",
        "jit": "off",
        "shared_preload_libraries": "pg_stat_statements",
        "idle_in_transaction_session_timeout": "5min",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] %q%u@%d ",
        "log_min_duration_statement": "500ms",
        # Failed and slow statements carry people's data: keep values out of the log.
        "log_min_error_statement": "panic",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
    }
    if not durable:
        # A test cluster is thrown away; it may lose everything with the machine's power.
        chosen |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
        chosen |= {"max_connections": "200", "log_min_duration_statement": "-1"}
    return chosen


HBA = f"""\
# Written by the launcher. The superuser comes in only as the account that runs the
# server; every other role shows its password.
local all {SUPERUSER} peer map=dott
local all all scram-sha-256
"""
