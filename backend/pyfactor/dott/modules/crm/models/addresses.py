"""The two postal addresses of a customer, as columns: they are read and edited with it, always."""

from django.db import models

from dott.modules.crm.models.shapes import E164
from dott.modules.crm.validators import known_country


def _line(max_length: int) -> "models.CharField[str, str]":
    return models.CharField(max_length=max_length, blank=True, default="", db_default="")


def _country() -> "models.CharField[str, str]":
    return models.CharField(max_length=2, blank=True, default="", db_default="", validators=[known_country])


class BillingAddress(models.Model):
    """Where invoices go. country: ISO 3166-1 alpha-2."""

    billing_line1 = _line(255)
    billing_line2 = _line(255)
    billing_city = _line(120)
    billing_county = _line(120)
    billing_region = _line(120)
    billing_postal_code = _line(20)
    billing_country = _country()

    class Meta:
        abstract = True


class ShippingAddress(models.Model):
    """Where goods go. phone: E.164, for the driver."""

    shipping_recipient = _line(120)
    shipping_phone = models.CharField(max_length=16, blank=True, default="", db_default="", validators=[E164])
    shipping_line1 = _line(255)
    shipping_line2 = _line(255)
    shipping_city = _line(120)
    shipping_county = _line(120)
    shipping_region = _line(120)
    shipping_postal_code = _line(20)
    shipping_country = _country()
    delivery_instructions = _line(1_000)

    class Meta:
        abstract = True
