"""The two postal addresses of a customer, as columns: they are read and edited with it, always."""

from django.db import models

from dott.modules.crm.models import columns
from dott.modules.crm.models.shapes import E164
from dott.modules.crm.validators import known_country


def _country() -> "models.CharField[str, str]":
    return columns.text(2, validators=[known_country])


class BillingAddress(models.Model):
    """Where invoices go. country: ISO 3166-1 alpha-2."""

    billing_line1 = columns.text(255)
    billing_line2 = columns.text(255)
    billing_city = columns.text(120)
    billing_county = columns.text(120)
    billing_region = columns.text(120)
    billing_postal_code = columns.text(20)
    billing_country = _country()

    class Meta:
        abstract = True


class ShippingAddress(models.Model):
    """Where goods go. phone: E.164, for the driver."""

    shipping_recipient = columns.text(120)
    shipping_phone = columns.text(16, validators=[E164])
    shipping_line1 = columns.text(255)
    shipping_line2 = columns.text(255)
    shipping_city = columns.text(120)
    shipping_county = columns.text(120)
    shipping_region = columns.text(120)
    shipping_postal_code = columns.text(20)
    shipping_country = _country()
    delivery_instructions = columns.text(1_000)

    class Meta:
        abstract = True
