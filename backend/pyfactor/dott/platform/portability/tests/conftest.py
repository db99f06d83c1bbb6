"""Two businesses between which one can move, and a place for their files."""

from pathlib import Path
from typing import Any

import pytest

from dott.platform.identity.memberships import all_memberships
from dott.platform.identity.models import Membership


@pytest.fixture
def same_members(world: Any) -> None:
    """Alice and Bob work in both businesses, as people do who move from one to the other."""
    for name, tenant in (("alice", world.bikes), ("bob", world.bakery)):
        all_memberships().bulk_create(
            [
                Membership(
                    tenant_id=tenant, user_id=world[name].user_id, role="owner", display_name=name.title()
                )
            ]
        )
    # Who works in one of them alone would be missing in the other.
    kept = [world["alice"].user_id, world["bob"].user_id]
    here = all_memberships().filter(tenant_id__in=[world.bakery, world.bikes])
    here.exclude(user_id__in=kept)._raw_delete("auth")


@pytest.fixture
def files(settings: Any, tmp_path: Path) -> Path:
    """Where uploaded files lie."""
    settings.FILES_DIR = tmp_path
    return tmp_path
