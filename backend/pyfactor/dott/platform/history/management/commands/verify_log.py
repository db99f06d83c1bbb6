"""`manage.py verify_log`: is the log of every business still what was sealed?"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dott.platform.history.chain import digest_at, seal, verify
from dott.platform.identity.acting import acting_as, first_owner
from dott.platform.identity.models import Tenant


class Command(BaseCommand):
    """Goes into each business as its owner, one transaction each."""

    help = (
        "Verify the chain of each business's log and print its head. Heads that are kept elsewhere show that"
        " nothing was cut off since: --heads keeps them in a file and compares."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which business, which heads, and whether to seal what is waiting first."""
        parser.add_argument("--business", metavar="SLUG", help="only this one")
        parser.add_argument(
            "--head", metavar="POSITION:DIGEST", help="a head of an earlier run; needs --business"
        )
        parser.add_argument(
            "--heads",
            metavar="FILE",
            help="heads of the last run that found nothing: compared, and then renewed. To be kept where"
            " whoever can write to the database cannot",
        )
        parser.add_argument("--seal", action="store_true", help="seal what is not sealed yet before")

    def handle(
        self, *args: Any, business: str | None, head: str | None, heads: str | None, **options: Any
    ) -> None:
        """One line for each business; exit code 1 when anything was found."""
        if head and not business:
            raise CommandError("--head is of one --business.")
        tenants = Tenant.objects.filter(status=Tenant.Status.ACTIVE).order_by("id")
        if business:
            tenants = tenants.filter(slug=business)
            if not tenants:
                raise CommandError(f"No active business is called {business}.")
        kept = _read(Path(heads)) if heads else {}
        broken = 0
        # By id: a business may call itself otherwise between two runs.
        for id_, slug in tenants.values_list("id", "slug"):
            expected = [one for one in (head, kept.get(str(id_))) if one]
            found = self._verify(slug, expected, do_seal=options["seal"])
            broken += found is None
            if found:
                kept[str(id_)] = found
        if broken:
            raise CommandError(f"{broken} logs are not what was sealed.")
        if heads:
            Path(heads).write_text("".join(f"{id_} {one}\n" for id_, one in kept.items()), encoding="utf-8")

    def _verify(self, slug: str, heads: list[str], *, do_seal: bool) -> str | None:
        """The head now, "" of an empty chain; None when anything was found."""
        try:
            owner = first_owner(slug)
        except IndexError:
            self.stderr.write(f"{slug}: has no active owner and cannot be entered.")
            return ""
        with acting_as(owner, snapshot=not do_seal):
            if do_seal:
                seal()
            verdict = verify()
            findings = [
                *verdict.findings,
                *(f"the log does not lead to {one} any more" for one in heads if not _leads_to(one)),
            ]
        for finding in findings:
            self.stderr.write(f"{slug}: {finding}")
        head = f"{verdict.sealed}:{verdict.head}" if verdict.sealed else ""
        self.stdout.write(
            f"{slug}: {verdict.sealed} sealed, {verdict.waiting} waiting, head {head or 'none'}"
        )
        return None if findings else head


def _leads_to(head: str) -> bool:
    position, _, digest = head.partition(":")
    return position.isdigit() and digest_at(int(position)) == digest


def _read(path: Path) -> dict[str, str]:
    """Business → head; empty before the first run."""
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return {id_: head for id_, _, head in (line.partition(" ") for line in lines)}
