"""Running numbers for many records at once."""

from collections.abc import Sequence

from django.db import connections

from dott.platform.tenancy.context import current

CUSTOMER_SERIES = "customer"


def reserve_numbers(count: int, *, series: str = CUSTOMER_SERIES) -> Sequence[int]:
    """Take the next `count` numbers of a series, in order, in one round trip.

    The series is locked for every other writer of this business until the transaction ends, so a long
    import reserves in a short transaction of its own; numbers that are then not used leave a gap,
    which is allowed. Numbers of a rolled-back transaction are given out again.
    """
    if count < 1:
        return range(0)
    with connections[current().alias].cursor() as cursor:
        cursor.execute("SELECT app.next_number(%s, %s)", [series, count])
        (first,) = cursor.fetchone()
    return range(first, first + count)
