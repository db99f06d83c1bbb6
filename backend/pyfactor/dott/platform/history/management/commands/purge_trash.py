"""`manage.py purge_trash`: remove what has been in the trash for 30 days, in every business, at once."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from dott.platform.history.purge import purge_trash
from dott.platform.identity.acting import acting_as, first_owner
from dott.platform.identity.models import Tenant


class Command(BaseCommand):
    """Goes into each business as its owner, one transaction each; also finds trash whose job was lost."""

    help = "Remove for good what was trashed 30 days ago or earlier (history/trash.py)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Name each business in which something was purged, and those that nobody can enter."""
        total = 0
        active = Tenant.objects.filter(status=Tenant.Status.ACTIVE).order_by("id")
        for slug in active.values_list("slug", flat=True):
            try:
                owner = first_owner(slug)
            except IndexError:
                self.stderr.write(f"{slug}: has no active owner and is left alone.")
                continue
            with acting_as(owner):
                purged = purge_trash(now=timezone.now())
            if purged:
                self.stdout.write(f"{slug}: {purged} records")
            total += purged
        self.stdout.write(f"{total} records purged.")
