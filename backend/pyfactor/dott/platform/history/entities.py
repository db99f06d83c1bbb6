"""Which model stands behind an entity's name, and what a module says about its models' histories.

Every TrackedModel of the app registry is known by its label; nobody registers it. A module may add, in
the model's class body:

    history_is_personal = True    only whoever made a change sees it in the log (a private view)

and, in AppConfig.ready, what has to follow when an undo wrote records behind its actions' back:

    follow_undo("crm.activity", refresh_next_activity)
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import CASCADE, Field, Model, UniqueConstraint

from dott.platform.tenancy.models import TrackedModel

# Fields that a record is called by, best first.
_NAMES = ("display_name", "name", "label", "subject", "title")

FollowUp = Callable[[UUID], None]
_follow_ups: dict[str, list[FollowUp]] = {}


def model_of(entity: str) -> type[TrackedModel] | None:
    """The model of a name such as crm.customer; None for one that is gone or keeps no history."""
    try:
        model = apps.get_model(entity)
    except (LookupError, ValueError):
        return None
    return model if issubclass(model, TrackedModel) else None


def tracked_models() -> list[type[TrackedModel]]:
    """Every model that may have a history."""
    return [model for model in apps.get_models() if issubclass(model, TrackedModel)]


def is_trashable(model: type[Model]) -> bool:
    """Whether a deleted record is kept in the trash."""
    return any(field.name == "deleted_at" for field in model._meta.concrete_fields)


def name_field(model: type[Model]) -> "Field[Any, Any] | None":
    """The field that people call a record by."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    return next((fields[name] for name in _NAMES if name in fields), None)


def personal_entities() -> list[str]:
    """The names of models whose changes only their maker sees."""
    return [
        model._meta.label_lower for model in tracked_models() if getattr(model, "history_is_personal", False)
    ]


def untold_parts(model: type[Model]) -> list[tuple[str, str]]:
    """(table, column) of the rows that go with a record and of which history keeps nothing."""
    return [
        (relation.related_model._meta.db_table, str(relation.field.column))
        for relation in model._meta.related_objects
        if getattr(relation, "on_delete", None) is CASCADE
        and not issubclass(relation.related_model, TrackedModel)
    ]


def is_unique(model: type[Model], fields: Iterable[str]) -> bool:
    """Whether a unique constraint looks at one of the fields."""
    looked_at: set[str] = set()
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            looked_at |= {*constraint.fields, *_named_in(constraint.condition)}
    return not looked_at.isdisjoint(fields)


def _named_in(condition: Any) -> Iterator[str]:
    for child in getattr(condition, "children", ()):
        if isinstance(child, tuple):
            yield child[0].partition("__")[0]
        else:
            yield from _named_in(child)


def parents_first(models: Iterable[type[TrackedModel]]) -> list[type[TrackedModel]]:
    """In an order in which rows can be inserted: what is referred to before what refers to it."""
    left = dict.fromkeys(models)
    ordered: list[type[TrackedModel]] = []
    while left:
        free = [model for model in left if not _parents(model) & (left.keys() - {model})]
        # A circle of references has no order; its constraints decide.
        for model in free or list(left):
            ordered.append(model)
            del left[model]
    return ordered


def _parents(model: type[Model]) -> set[Any]:
    return {field.related_model for field in model._meta.concrete_fields if field.is_relation}


def follow_undo(entity: str, body: FollowUp) -> None:
    """Have `body(change_set_id)` called when an undo has written records of the entity, in its
    transaction: for columns that actions keep up to date. The set's changes say which records."""
    _follow_ups.setdefault(entity, []).append(body)


def run_follow_ups(entities: Sequence[str], change_set_id: UUID) -> None:
    """What the modules asked for, once each."""
    for body in dict.fromkeys(body for entity in entities for body in _follow_ups.get(entity, ())):
        body(change_set_id)
