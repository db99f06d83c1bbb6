"""`manage.py import_business FILE SLUG`: a business that was exported, into an empty one."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dott.platform.identity.acting import acting_as, first_owner
from dott.platform.identity.models import Tenant
from dott.platform.portability.archive import ArchiveError
from dott.platform.portability.take_in import take_in


class Command(BaseCommand):
    """Acts as the owner of the business."""

    help = "Fill an empty business from a zip file that export_business has written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE SLUG"""
        parser.add_argument("file", type=Path, help="the zip file")
        parser.add_argument("slug", help="the business, which must be empty")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError for an unknown business, and for a file or business that will not do."""
        try:
            owner = first_owner(options["slug"])
        except Tenant.DoesNotExist as error:
            raise CommandError(f"There is no business with the slug {options['slug']!r}.") from error
        try:
            with acting_as(owner), options["file"].open("rb") as stream:
                taken = take_in(stream)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except ArchiveError as error:
            raise CommandError(f"Nothing was taken in. {error}") from error
        for label, count in taken.counts.items():
            if count:
                self.stdout.write(f"{count:>9,} {label}")
        if taken.missing:
            self.stdout.write(f"Not members here, so their records are nobody's: {', '.join(taken.missing)}")
