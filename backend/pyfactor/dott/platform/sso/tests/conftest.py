"""Fixtures of the single sign-on tests."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from dott.platform.sso.models import Domain
from dott.platform.sso.tests.provider import Provider, running
from dott.platform.sso.tests.support import configure


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    """The bakery's, and the only address that may be called."""
    with running() as found:
        settings.EGRESS_EXCEPTIONS = frozenset({found.host})
        yield found


@pytest.fixture
def other_provider(provider: Provider, settings: Any) -> Iterator[Provider]:
    """A hostile one, of another business."""
    with running() as found:
        settings.EGRESS_EXCEPTIONS |= {found.host}
        yield found


@pytest.fixture
def bakery_sso(world: Any, api_as: Any, provider: Provider) -> Provider:
    """Alice has set it up, and corp.test is the bakery's."""
    answer = configure(api_as("alice"), provider)
    assert answer.status_code == 200, answer.content
    Domain.objects.create(
        business_id=world.bakery, name="corp.test", proof="shown", verified_at=timezone.now()
    )
    return provider
