"""What day it is in the active business."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from dott.platform.identity.models import Tenant
from dott.platform.tenancy.context import current


@dataclass(frozen=True, slots=True)
class BusinessClock:
    """The present in a business's time zone."""

    zone: ZoneInfo
    now: datetime

    @property
    def today(self) -> date:
        """The business's day."""
        return self.now.astimezone(self.zone).date()

    def start_of(self, day: date) -> datetime:
        """The instant at which a day begins there, in UTC."""
        return datetime.combine(day, time.min, self.zone).astimezone(UTC)


def business_clock() -> BusinessClock:
    """The active business's clock. One query."""
    context = current()
    tenants = Tenant.objects.using(context.alias).filter(id=context.tenant_id)
    return BusinessClock(ZoneInfo(tenants.values_list("timezone", flat=True).get()), timezone.now())
