"""A cursor that sends one statement at a time.

With parameters Django binds on the client, and PostgreSQL's simple protocol then accepts
`SELECT 1; DROP …`. The extended protocol refuses a second statement in the server.
"""

from typing import Any

from django.db.backends.postgresql.base import Cursor


class SingleStatementCursor(Cursor):
    """Django's cursor over the extended protocol: a stacked statement is error 42601."""

    def _execute_send(self, query: Any, *, force_extended: bool = False, binary: bool | None = None) -> None:
        super()._execute_send(query, force_extended=True, binary=binary)
