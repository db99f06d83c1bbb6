"""`manage.py export_openapi`: write openapi.yaml and the generated pages of docs/; `--check` fails when
one of them differs from the code."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

from dott.platform.api.documentation import OPENAPI_FILE
from dott.platform.api.reference import pages


def generate() -> bytes:
    """The OpenAPI file as the code is now. Raises CommandError when a view cannot be described."""
    GENERATOR_STATS.reset()
    schema = SchemaGenerator().get_schema(request=None, public=True)
    if GENERATOR_STATS:
        GENERATOR_STATS.emit_summary()
        raise CommandError("Some views cannot be described; see the warnings above.")
    validate_schema(schema)
    return bytes(OpenApiYamlRenderer().render(schema, renderer_context={}))


class Command(BaseCommand):
    """The committed file is what clients are generated from, so a change of it is a change to review."""

    help = "Write openapi.yaml, or with --check fail when it is out of date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """--check."""
        parser.add_argument("--check", action="store_true", help="Write nothing; exit 1 on a difference.")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Generate and write or compare."""
        for path, generated in {OPENAPI_FILE: generate(), **_pages()}.items():
            if not check:
                path.write_bytes(generated)
                self.stdout.write(f"{path.name} written")
            elif not path.exists() or path.read_bytes() != generated:
                raise CommandError(
                    f"{path.name} is out of date. Run `manage.py export_openapi` and commit it."
                )
            else:
                self.stdout.write(f"{path.name} is up to date")


def _pages() -> dict[Path, bytes]:
    # Where the server is installed without its documentation there are none to write.
    return {path: text.encode() for path, text in pages().items() if path.parent.is_dir()}
