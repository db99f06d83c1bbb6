"""Prints whether the database would keep tenants apart; exit code 1 on any finding."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dott.platform.tenancy.audit import Report, audit
from dott.platform.tenancy.router import APP, WORKER


class Command(BaseCommand):
    """One line per table and per rule, for each serving role."""

    help = "Audit tenant isolation as the roles that serve. Exit code 1 on a finding."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """--database limits the run to one alias, --json prints the machine form."""
        parser.add_argument("--database", choices=[APP, WORKER], action="append")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the audit. Exits with 1 when a rule or a table has a finding."""
        reports = {alias: audit(alias) for alias in options["database"] or [APP, WORKER]}
        if options["json"]:
            content = {alias: report.as_dict() for alias, report in reports.items()}
            self.stdout.write(json.dumps(content, indent=2))
        else:
            for alias, report in reports.items():
                self._print(alias, report)
        if not all(report.passed for report in reports.values()):
            raise SystemExit(1)

    def _print(self, alias: str, report: Report) -> None:
        self.stdout.write(f"{alias}: role {report.role} on PostgreSQL {report.server_version}")
        for table in report.tables:
            state = "ok  " if not table.findings else "FAIL"
            self.stdout.write(f"  {state} table {table.table} ({table.kind})")
            for finding in table.findings:
                self.stdout.write(f"         {finding}")
        for rule in report.rules:
            self.stdout.write(f"  {'ok  ' if rule.passed else 'FAIL'} rule  {rule.id}: {rule.title}")
            for finding in rule.findings:
                self.stdout.write(f"         {finding}")
        verdict = "isolated" if report.passed else "NOT ISOLATED"
        self.stdout.write(f"  {verdict}: {len(report.tables)} tables, {len(report.rules)} rules")
