"""Customers for tests. They are inserted in the active tenant context, as the application role."""

import factory

from dott.modules.crm.models import Customer


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
