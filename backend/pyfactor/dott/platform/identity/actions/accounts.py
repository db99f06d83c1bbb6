"""Accounts made by us and not by a visitor: demo data, tests, commands."""

from allauth.account.models import EmailAddress

from dott.platform.identity.models import User
from dott.platform.tenancy.router import AUTH


def create_account(*, email: str, password: str, name: str) -> User:
    """A user who may sign in at once: her address counts as verified."""
    user = User.objects.db_manager(AUTH).create_user(email, password, name=name)
    EmailAddress.objects.using(AUTH).create(user=user, email=user.email, verified=True, primary=True)
    return user
