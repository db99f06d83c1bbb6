"""Rows of portability, as tests want them."""

from uuid import uuid4

import factory

from dott.platform.portability.models import BusinessExport
from tests.factories import JobFactory


class BusinessExportFactory(factory.django.DjangoModelFactory[BusinessExport]):
    """One that failed, or was lost: there may be any number of those."""

    class Meta:
        model = BusinessExport

    job = factory.SubFactory(JobFactory)
    is_open = False
    file_key = factory.LazyFunction(uuid4)
