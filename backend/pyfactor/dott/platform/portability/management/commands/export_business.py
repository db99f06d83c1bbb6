"""`manage.py export_business SLUG FILE`: everything of a business, into one zip."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dott.platform.identity.acting import acting_as, first_owner
from dott.platform.identity.models import Tenant
from dott.platform.portability.take_out import take_out


class Command(BaseCommand):
    """Acts as the owner of the business."""

    help = "Write a whole business into a zip file (NDJSON, files, JSON Schema)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """SLUG FILE"""
        parser.add_argument("slug", help="the business")
        parser.add_argument("file", type=Path, help="the zip file to write; must not exist yet")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError for an unknown business and for a file that is there already."""
        path: Path = options["file"]
        try:
            owner = first_owner(options["slug"])
        except Tenant.DoesNotExist as error:
            raise CommandError(f"There is no business with the slug {options['slug']!r}.") from error
        partial = path.with_name(f"{path.name}.part")
        if path.exists():
            raise CommandError(f"{path} is there already.")
        try:
            with acting_as(owner, snapshot=True), partial.open("xb") as stream:
                counts = take_out(stream)
            partial.rename(path)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        finally:
            partial.unlink(missing_ok=True)
        for label, count in counts.items():
            if count:
                self.stdout.write(f"{count:>9,} {label}")
        with path.open("rb") as stream:
            self.stdout.write(f"{path}  SHA-256 {hashlib.file_digest(stream, 'sha256').hexdigest()}")
