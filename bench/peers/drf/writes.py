"""What a write does besides the row itself: the running number and the history."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.forms import model_to_dict

from drf.models import AuditLog, NumberCounter


def next_number():
    """The business's next account number; the row stays locked until the request ends."""
    counter = NumberCounter.objects.select_for_update().get(series="customer")
    counter.last_number += 1
    counter.save(update_fields=["last_number"])
    return counter.last_number


def snapshot(customer):
    """The customer's values as JSON."""
    return json.loads(json.dumps(model_to_dict(customer), cls=DjangoJSONEncoder))


def log(request, customer, operation, before, after):
    """One row of history: what was, what is."""
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    AuditLog.objects.create(
        business_id=request.business_id,
        membership_id=request.membership.id,
        record_id=customer.id,
        operation=operation,
        before={name: before[name] for name in changed if name in before},
        after={name: after[name] for name in changed if name in after},
    )
