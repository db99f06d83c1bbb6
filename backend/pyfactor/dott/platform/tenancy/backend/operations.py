"""SQL dialect: foreign keys are checked at the statement."""

from django.db.backends.postgresql import operations


class DatabaseOperations(operations.DatabaseOperations):
    """PostgreSQL's, with immediate constraints."""

    def deferrable_sql(self) -> str:
        """Deferrable, but immediate by default.

        Django's default defers to COMMIT, which happens after the view has answered 201.
        """
        return " DEFERRABLE INITIALLY IMMEDIATE"
