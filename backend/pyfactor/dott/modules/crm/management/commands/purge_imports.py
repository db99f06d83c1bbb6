"""`manage.py purge_imports`: the worker's upkeep of old imports, for every business, at once."""

from typing import Any

from django.core.management.base import BaseCommand

from dott.modules.crm.actions.purge_imports import purge_due_imports
from dott.platform.identity.acting import acting_as, first_owner
from dott.platform.identity.models import Tenant


class Command(BaseCommand):
    """Goes into each business as its owner, one transaction each; also finds imports whose job was lost."""

    help = "Remove files and staged rows of imports that are past their time (crm/imports/limits.py)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Name each business in which something was purged, and those that nobody can enter."""
        total = 0
        for slug in (
            Tenant.objects.filter(status=Tenant.Status.ACTIVE).order_by("id").values_list("slug", flat=True)
        ):
            try:
                owner = first_owner(slug)
            except IndexError:
                self.stderr.write(f"{slug}: has no active owner and is left alone.")
                continue
            with acting_as(owner):
                purged = purge_due_imports()
            if purged:
                self.stdout.write(f"{slug}: {purged} imports")
            total += purged
        self.stdout.write(f"{total} imports purged.")
