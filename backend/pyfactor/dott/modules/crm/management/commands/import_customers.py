"""`manage.py import_customers FILE --tenant SLUG`: the import page's engine, from the command line."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dott.modules.crm.actions import imports as actions
from dott.modules.crm.imports.errors import ImportFileError
from dott.modules.crm.imports.kinds import MATCH_KEYS
from dott.modules.crm.models import ImportJob, ImportRow
from dott.platform.identity.acting import acting_as, first_owner
from dott.platform.identity.models import Membership, Tenant
from dott.platform.jobs import runner

CHUNK_BYTES = 1024 * 1024
ROWS_NAMED = 20


class Command(BaseCommand):
    """Acts as the owner of the business. Rows in error are named and left out."""

    help = "Import customers, contacts or deals from a CSV or XLSX file into a business."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE, --tenant SLUG, and the choices that the import page offers."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--tenant", required=True, metavar="SLUG", help="the business")
        parser.add_argument(
            "--entity",
            choices=ImportJob.Entity.values,
            help="what the rows are; told from the headers if not given",
        )
        parser.add_argument("--mode", choices=ImportJob.Mode.values, default=ImportJob.Mode.UPSERT)
        parser.add_argument("--match-key", choices=MATCH_KEYS, action="append", dest="match_keys")
        parser.add_argument("--default-country", metavar="CC", help="for local phone numbers")
        parser.add_argument("--dry-run", action="store_true", help="show what would happen and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Upload, dry run, apply. Raises CommandError for a file or a business that will not do."""
        self.member = self._owner_of(options["tenant"])
        try:
            job = self._uploaded(options)
        except ImportFileError as error:
            raise CommandError(error.detail) from error
        for column in job.columns:
            self.stdout.write(f"  {column['header']} → {column['field'] or 'left out'}")
        job = self._run(job, actions.validate_import)
        self._say_counts(job)
        self._say_errors(job)
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was written.")
            return
        job = self._run(job, actions.apply_import)
        self.stdout.write(f"Applied: {job.counts['create']} created, {job.counts['update']} updated.")

    def _owner_of(self, slug: str) -> Membership:
        try:
            return first_owner(slug)
        except Tenant.DoesNotExist as error:
            raise CommandError(f"There is no business with the slug {slug!r}.") from error

    def _uploaded(self, options: dict[str, Any]) -> ImportJob:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        changes: dict[str, Any] = {"mode": options["mode"]}
        changes |= {name: options[name] for name in ("match_keys", "default_country") if options[name]}
        with acting_as(self.member) as actor, path.open("rb") as stream:
            job = actions.create_import(
                actor=actor,
                file_name=path.name,
                chunks=iter(lambda: stream.read(CHUNK_BYTES), b""),
                default_country=actions.country_of_business(),
                entity=options["entity"],
            )
            self.stdout.write(f"{path.name}: {job.entity}s")
            return actions.change_import(actor=actor, job=job, changes=changes)

    def _run(self, job: ImportJob, start: Any) -> ImportJob:
        """Queue the step and run it here; a worker that takes it at the same time does no harm."""
        with acting_as(self.member) as actor:
            locked = ImportJob.objects.select_for_update(of=("self",)).select_related("job").get(pk=job.pk)
            background = start(actor=actor, job=locked).job
        runner.run(background.pk)
        with acting_as(self.member):
            job = ImportJob.objects.select_related("job").get(pk=job.pk)
        if job.error:
            raise CommandError(job.error["detail"])
        return job

    def _say_counts(self, job: ImportJob) -> None:
        named = (*ImportRow.Action.values, "warning")
        counts = ", ".join(f"{job.counts[name]} {name}" for name in named if job.counts[name])
        self.stdout.write(f"{job.row_count} rows: {counts}")

    def _say_errors(self, job: ImportJob) -> None:
        with acting_as(self.member):
            failed = ImportRow.objects.filter(import_job=job, action=ImportRow.Action.ERROR).order_by("line")
            for row in failed[:ROWS_NAMED]:
                reasons = " ".join(issue["detail"] for issue in [*row.errors, *row.conflicts])
                self.stderr.write(f"line {row.line}: {reasons}")
        if job.counts["error"] > ROWS_NAMED:
            self.stderr.write(f"and {job.counts['error'] - ROWS_NAMED} more rows in error")
