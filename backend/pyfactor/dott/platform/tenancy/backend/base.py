"""The connection: enters a tenant in the same round trip as BEGIN."""

from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.utils import debug_transaction
from psycopg.pq import TransactionStatus

from dott.platform.tenancy.backend.cursor import SingleStatementCursor
from dott.platform.tenancy.backend.entry import Entry
from dott.platform.tenancy.backend.features import DatabaseFeatures
from dott.platform.tenancy.backend.operations import DatabaseOperations
from dott.platform.tenancy.backend.schema import DatabaseSchemaEditor
from dott.platform.tenancy.direct import Query, commit_with, show, statement
from dott.platform.tenancy.router import MIGRATOR
from dott.platform.tenancy.wire import Statement, loaded, send


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL connection with a pending tenant entry."""

    SchemaEditorClass = DatabaseSchemaEditor
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations

    entry: Entry | None = None
    left_to_commit: Query | None = None

    def get_connection_params(self) -> dict[str, Any]:
        """As Django's, but only the migrator may send several statements at once (DDL does)."""
        params: dict[str, Any] = super().get_connection_params()
        if self.alias != MIGRATOR:
            params["cursor_factory"] = SingleStatementCursor
        return params

    def _start_transaction_under_autocommit(self) -> None:
        """Called by the outermost atomic() instead of clearing autocommit.

        A pooled connection may have died since its last use. This is the first trip of the
        transaction, nothing is lost yet, so another connection is tried instead of a health check
        before every request (which would cost each of them a round trip).
        """
        attempts = self._pool_size() + 1
        with self.wrap_database_errors:
            while True:
                attempts -= 1
                try:
                    with debug_transaction(self, "BEGIN"):
                        self._begin()
                except psycopg.OperationalError:
                    if attempts <= 0 or not self.connection.closed:
                        raise
                    self.close()
                    self.connect()
                else:
                    return

    def _begin(self) -> None:
        entry, self.entry = self.entry, None
        if entry is None:
            with self.connection.cursor() as cursor:
                cursor.execute("BEGIN")
            return
        try:
            begin = Statement(entry.begin, is_prepared=False)
            asked = [Query(entry.sql, entry.params), *entry.ahead]
            for one in asked[1:]:
                show(self, one)
            statements = [begin, *(statement(one, self.connection) for one in asked)]
            answers = send(self.connection, statements, writes=True)
            _, (row,), *entry.found = [loaded(self.connection, answer) for answer in answers]
            entry.resolve(row)
        except psycopg.Error:
            self.entry = entry
            self._leave_what_failed()
            raise

    def _commit(self) -> None:
        query, self.left_to_commit = self.left_to_commit, None
        if query is None:
            super()._commit()
            return
        with debug_transaction(self, "COMMIT"), self.wrap_database_errors:
            commit_with(self, query)

    def _leave_what_failed(self) -> None:
        """BEGIN was answered and what came behind it was not, such as what is asked ahead for somebody who is
        refused: Django knows of no transaction that it could roll back."""
        if self.connection.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
            self.connection.execute("ROLLBACK")

    def _pool_size(self) -> int:
        pool = self.settings_dict["OPTIONS"].get("pool") or {}
        return int(pool.get("max_size", 1))
