"""`migrate` runs as the owner unless told otherwise."""

from typing import Any

from django.core.management.commands import migrate

from dott.platform.tenancy.router import MIGRATOR


class Command(migrate.Command):
    """Django's migrate with the migrator alias as its default database."""

    def add_arguments(self, parser: Any) -> None:
        """As Django's, with another default."""
        super().add_arguments(parser)
        parser.set_defaults(database=MIGRATOR)
