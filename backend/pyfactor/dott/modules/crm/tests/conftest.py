"""What several tests of the CRM start from."""

from typing import Any

import pytest

from dott.modules.crm.models import Stage


@pytest.fixture
def stages(api_as: Any, in_tenant: Any) -> dict[str, Stage]:
    """The stages of the bakery's first pipeline by name, in their order."""
    api_as("alice").get("/api/crm/pipelines/")
    with in_tenant("alice"):
        in_order = Stage.objects.select_related("pipeline").order_by("position")
        return {stage.name: stage for stage in in_order}
