"""`manage.py export_openapi`: write openapi.yaml from the code; `--check` fails when it differs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

from dott.platform.api.documentation import OPENAPI_FILE


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
        generated = generate()
        if not check:
            OPENAPI_FILE.write_bytes(generated)
            self.stdout.write(f"{OPENAPI_FILE.name} written")
        elif not OPENAPI_FILE.exists() or OPENAPI_FILE.read_bytes() != generated:
            raise CommandError("openapi.yaml is out of date. Run `manage.py export_openapi` and commit it.")
        else:
            self.stdout.write("openapi.yaml is up to date")
