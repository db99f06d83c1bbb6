"""What a person may change of herself."""

from typing import Any

from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import User
from dott.platform.tenancy.router import AUTH


def change_profile(*, user: User, changes: dict[str, Any]) -> User:
    """Change columns of a user. A new name is copied to her memberships, where colleagues read it."""
    for field, value in changes.items():
        setattr(user, field, value)
    user.save(using=AUTH, update_fields=list(changes))
    if "name" in changes:
        all_memberships().filter(user_id=user.pk).update(display_name=user.name)
    return user
