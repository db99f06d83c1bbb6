"""Keeping views: of each kind one is the default, and taking its place is part of the same change set."""

from collections.abc import Mapping
from typing import Any

from dott.modules.crm.models import SavedView
from dott.modules.crm.models.views import Visibility
from dott.platform.history.actor import Actor
from dott.platform.history.bulk import write_many
from dott.platform.history.record import Entry, record
from dott.platform.history.tracked import creation_of
from dott.platform.tenancy.context import current


def create_view(*, actor: Actor, values: Mapping[str, Any]) -> SavedView:
    """Keep a view as the actor's. As the default it takes the place of the one before."""
    view = SavedView(**values)
    view.created_by_id = view.updated_by_id = actor.membership_id
    yielded = _default_yields(view, actor)
    view.save(force_insert=True, using=current().alias)
    record(changes=[creation_of(view), *yielded], actor_id=actor.membership_id)
    return view


def update_view(*, actor: Actor, view: SavedView, values: Mapping[str, Any]) -> SavedView:
    """Change a locked view. As the default it takes the place of the one before.

    Two that become the default at the same moment: the later one gets IntegrityError (409).
    """
    wanted = SavedView(
        id=view.pk,
        created_by_id=view.created_by_id,
        **{name: values.get(name, getattr(view, name)) for name in ("entity", "visibility", "is_default")},
    )
    yielded = _default_yields(wanted, actor)
    entries = [*write_many([(view, values)], actor=actor), *yielded]
    if entries:
        record(changes=entries, actor_id=actor.membership_id)
        view.refresh_from_db(using=current().alias)
    return view


def _default_yields(view: SavedView, actor: Actor) -> list[Entry]:
    if not view.is_default:
        return []
    before = SavedView.objects.filter(entity=view.entity, visibility=view.visibility, is_default=True)
    if view.visibility == Visibility.PRIVATE:
        before = before.filter(created_by_id=view.created_by_id)
    others = before.exclude(pk=view.pk).select_for_update(of=("self",)).order_by("id")
    return write_many([(other, {"is_default": False}) for other in others], actor=actor)
