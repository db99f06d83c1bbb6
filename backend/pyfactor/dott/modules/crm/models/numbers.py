"""Running numbers of a business, such as the account number of a customer."""

from django.db import models
from django.db.models import Func, Q, Value

from dott.platform.tenancy.models import TenantModel

# What people see in front of a number, and how many digits it has at least.
CUSTOMER, DEAL = "C-", "D-"
DIGITS = 6


class NumberCounter(TenantModel):
    """The last number given out in one series of one business.

    A row and not a sequence: a sequence per business would be a hundred thousand catalogue objects.
    The row is locked until the transaction that took a number ends, so whoever takes many (an import)
    takes them in a short transaction of its own.
    """

    series = models.CharField(max_length=30)
    last_number = models.BigIntegerField(default=0, db_default=0)

    class Meta(TenantModel.Meta):
        db_table = "crm_number_counter"
        constraints = [
            models.UniqueConstraint(name="number_counter_one_per_series", fields=["series"]),
            models.CheckConstraint(name="number_counter_counts_up", condition=Q(last_number__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.series}: {self.last_number}"


class NextNumber(Func):
    """app.next_number(series): takes the next number within the INSERT itself, without a round trip."""

    function = "app.next_number"
    output_field = models.BigIntegerField()

    def __init__(self, series: str) -> None:
        self.series = series
        super().__init__(Value(series))

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        """For the migration: the series only."""
        return f"{type(self).__module__}.NextNumber", [self.series], {}


def account_number(number: int) -> str:
    """The number as people see it: 42 → C-000042."""
    return f"{CUSTOMER}{number:0{DIGITS}d}"


def deal_number(number: int) -> str:
    """The number as people see it: 42 → D-000042."""
    return f"{DEAL}{number:0{DIGITS}d}"
