"""Move the seeds of second factors to the first of DOTT_FACTOR_KEYS, so that an older key may go."""

from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from dott.platform.identity.factors.keys import reseal
from dott.platform.tenancy.router import AUTH

# Where a kind of factor keeps what is sealed; a passkey's public key is no secret.
SEALED = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


class Command(BaseCommand):
    """Rotate the key of second factors, as role dott_auth."""

    help = "Seal every second factor with the first of DOTT_FACTOR_KEYS. Run it before you drop an older key."

    def handle(self, *args: Any, **options: Any) -> None:
        """Each row in a transaction of its own, so nobody's sign-in waits for the others'."""
        lost = 0
        ids = list(Authenticator.objects.filter(type__in=SEALED).order_by("id").values_list("id", flat=True))
        for id_ in ids:
            with transaction.atomic(using=AUTH):
                row = Authenticator.objects.select_for_update().filter(id=id_).first()
                if row is None:
                    continue
                name = SEALED[Authenticator.Type(row.type)]
                try:
                    row.data[name] = reseal(row.data[name])
                except InvalidToken:
                    lost += 1
                    continue
                row.save(update_fields=["data"])
        self.stdout.write(f"{len(ids) - lost} sealed with the first key.")
        if lost:
            raise CommandError(f"{lost} cannot be opened with any of the keys.")
