"""`manage.py data_map`: print the data map, keep docs/data-map.md, or check that it is current."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dott.platform.privacy import held, rendering

PAGE = Path(settings.BASE_DIR).parent.parent / "docs" / "data-map.md"


class Command(BaseCommand):
    """Reads the models; needs no database."""

    help = "Print what is held of whom, field by field (docs/data-map.md)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The form, and what is done with it."""
        parser.add_argument("--format", choices=["markdown", "json"], default="markdown")
        parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
        parser.add_argument("--check", action="store_true", help=f"fail when {PAGE.name} is not current")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print, write or compare. Fails for a field that nobody has declared."""
        if missing := held.missing():
            raise CommandError("Say what these hold, in the data_map.py of their app:\n" + "\n".join(missing))
        if options["check"]:
            if PAGE.read_text(encoding="utf-8") != rendering.as_markdown():
                raise CommandError("docs/data-map.md is not current: ./dott manage data_map --write")
        elif options["write"]:
            PAGE.write_text(rendering.as_markdown(), encoding="utf-8")
        elif options["format"] == "json":
            self.stdout.write(json.dumps(rendering.described(), indent=2))
        else:
            self.stdout.write(rendering.as_markdown())
