"""Customers for tests. They are inserted in the active tenant context, as the application role."""

from uuid import uuid4

import factory

from dott.modules.crm.imports.dialect import Dialect
from dott.modules.crm.models import Customer
from dott.modules.crm.models.imports import ImportJob, ImportRow
from dott.modules.crm.models.numbers import NumberCounter


class CustomerFactory(factory.django.DjangoModelFactory[Customer]):
    """A business with nothing but its name."""

    class Meta:
        model = Customer

    business_name = factory.Sequence(lambda n: f"Customer {n:05d}")


class PersonFactory(CustomerFactory):
    """A private person with nothing but a last name."""

    kind = Customer.Kind.PERSON
    business_name = ""
    last_name = factory.Sequence(lambda n: f"Person {n:05d}")


class NumberCounterFactory(factory.django.DjangoModelFactory[NumberCounter]):
    """A series that has given out no number yet."""

    class Meta:
        model = NumberCounter

    series = factory.Sequence(lambda n: f"series {n}")


class ImportJobFactory(factory.django.DjangoModelFactory[ImportJob]):
    """An uploaded file of which no column was matched yet."""

    class Meta:
        model = ImportJob

    file_name = "customers.csv"
    file_key = factory.LazyFunction(uuid4)
    size_bytes = 1
    dialect = factory.LazyFunction(Dialect(format="csv", encoding="utf-8", delimiter=",").as_json)


class ImportRowFactory(factory.django.DjangoModelFactory[ImportRow]):
    """A row of a file."""

    class Meta:
        model = ImportRow

    import_job = factory.SubFactory(ImportJobFactory)
    line = factory.Sequence(lambda n: n + 1)
