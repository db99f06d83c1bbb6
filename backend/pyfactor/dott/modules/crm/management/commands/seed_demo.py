"""`manage.py seed_demo`: an account and a business to try Dott with."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from dott.modules.crm.actions.demo import DemoDataAlreadyLoaded, load_demo_data
from dott.platform.identity.acting import acting_as
from dott.platform.identity.actions.accounts import create_account
from dott.platform.identity.actions.tenants import create_tenant
from dott.platform.identity.memberships import memberships_of
from dott.platform.identity.models import Membership, User
from dott.platform.tenancy.router import AUTH

EMAIL = "demo@dott.example"
BUSINESS = "Corner Shop Demo"


class Command(BaseCommand):
    """Safe to repeat: what is there already stays as it is, the password too."""

    help = f"Create {EMAIL} with the business “{BUSINESS}” and its demo data, where they are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints one line of JSON: email, business, and how many customers were loaded."""
        with transaction.atomic(using=AUTH):
            member = self._member()
        try:
            with acting_as(member) as actor:
                loaded = load_demo_data(actor=actor)
        except DemoDataAlreadyLoaded:
            loaded = 0
        self.stdout.write(json.dumps({"email": EMAIL, "business": BUSINESS, "customers": loaded}))

    def _member(self) -> Membership:
        user = User.objects.filter(email=EMAIL).first() or self._account()
        member = memberships_of(user.pk).first()
        if member is None:
            create_tenant(
                owner=user,
                name=BUSINESS,
                currency="EUR",
                country="DE",
                timezone="Europe/Berlin",
                onboarded_at=timezone.now(),
            )
            member = memberships_of(user.pk)[0]
        return member

    def _account(self) -> User:
        if not settings.DEMO_PASSWORD:
            raise CommandError("Set DOTT_DEMO_PASSWORD: the demo account has no default password.")
        return create_account(email=EMAIL, password=settings.DEMO_PASSWORD, name="Demo")
