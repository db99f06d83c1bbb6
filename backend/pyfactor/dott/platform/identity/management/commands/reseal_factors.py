"""Move what is sealed to the first of DOTT_FACTOR_KEYS, so that an older key may go."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dott.platform.identity.factors.resealing import everything


class Command(BaseCommand):
    """Rotate the key of second factors and of other secrets of sign-in, as role dott_auth."""

    help = (
        "Seal every second factor and every secret of single sign-on with the first of DOTT_FACTOR_KEYS."
        " Run it before you drop an older key."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Whatever can be opened is moved, also when something else cannot. Raises CommandError then."""
        lost = []
        for what, (done, left) in everything():
            self.stdout.write(f"{what}: {done} sealed with the first key.")
            if left:
                lost.append(f"{what}: {left} cannot be opened with any of the keys.")
        if lost:
            raise CommandError(" ".join(lost))
