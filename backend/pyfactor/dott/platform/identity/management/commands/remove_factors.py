"""Take all second factors from a person who has lost them, and her recovery codes, too."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from dott.platform.identity.actions.factors import remove_all_factors
from dott.platform.identity.models import User
from dott.platform.tenancy.router import AUTH


class Command(BaseCommand):
    """The operator's answer to "I have lost my phone", as role dott_auth."""

    help = (
        "Remove all second factors of an address. Make sure first, by another way, that it is her who asks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """email: whose they are."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """All her sessions end, and she is told by mail."""
        with transaction.atomic(using=AUTH):
            user = User.objects.filter(email=options["email"].strip().lower()).first()
            if user is None:
                raise CommandError("Nobody has this address.")
            count = remove_all_factors(user=user)
        self.stdout.write(f"{count} removed.")
