"""The serializer base: it accepts exactly what it declares.

Stock REST framework ignores unknown keys, keeps old values on PUT, asks the database about unique
values before the database decides it anyway, and repeats a refused id in its message. Here an
unknown or read-only key is an error with its pointer, PUT replaces, and the constraint is the judge.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, ClassVar, cast
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.fields import empty
from rest_framework.utils.serializer_helpers import BindingDict
from rest_framework.validators import UniqueValidator

from dott.platform.api.database_errors import NO_SUCH_RECORD
from dott.platform.api.errors import invalid_parameter
from dott.platform.api.left_out import left_out

UNKNOWN_FIELD = "There is no such field."
READ_ONLY_FIELD = "This field cannot be set."


class TenantRelatedField(serializers.PrimaryKeyRelatedField[Any]):
    """A reference by id. Another tenant's id and a random one are refused in the same words."""

    default_error_messages = {"does_not_exist": NO_SUCH_RECORD, "incorrect_type": "This is not an id."}

    def __init__(self, **kwargs: Any) -> None:
        # Without it a malformed id reaches the model field, whose ValidationError is Django's: a 500.
        super().__init__(pk_field=serializers.UUIDField(), **kwargs)


@extend_schema_field({"type": "string"})
class RunningNumberField(serializers.Field[Any, Any, Any, Any]):
    """A number of the business's own as people see it: with the prefix C- and 6 digits, 42 is C-000042."""

    def __init__(self, *, prefix: str, digits: int, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)
        self.prefix, self.digits = prefix, digits

    def to_representation(self, value: int) -> str:
        """A longer number has more digits."""
        return f"{self.prefix}{value:0{self.digits}d}"


@extend_schema_field({"type": "object", "additionalProperties": True})
class ConditionsField(serializers.JSONField):
    """A compound filter in a body (filtering/), null for none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_null=True, **kwargs)


@extend_schema_field({"type": "array", "items": {"type": "string", "format": "uuid"}})
class TenantRelatedListField(serializers.Field[Any, Any, Any, Any]):
    """References by id that the record holds as a list. Each is looked for, in one query for all.

    queryset: where they have to be. max_items: how many there may be. Ids are kept in their order, each once.
    """

    default_error_messages: ClassVar = {
        "not_a_list": "This is a list of ids.",
        "too_many": "At most {max_items} can be given.",
        "invalid": "This is not an id.",
        "does_not_exist": NO_SUCH_RECORD,
    }

    def __init__(self, *, queryset: Any, max_items: int, **kwargs: Any) -> None:
        self.queryset, self.max_items = queryset, max_items
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> list[UUID]:
        """The ids. Raises ValidationError with the position of each that is none or is nobody's."""
        if not isinstance(data, list):
            self.fail("not_a_list")
        if len(data) > self.max_items:
            self.fail("too_many", max_items=self.max_items)
        ids = [_uuid(item) for item in data]
        refused = {place: "invalid" for place, one in enumerate(ids) if one is None}
        if ids and not refused:
            known = set(self.queryset.filter(pk__in=ids).values_list("pk", flat=True))
            refused = {place: "does_not_exist" for place, one in enumerate(ids) if one not in known}
        if refused:
            texts = self.error_messages
            raise ValidationError(
                {str(place): [ErrorDetail(str(texts[code]), code)] for place, code in refused.items()}
            )
        return list(dict.fromkeys(cast("list[UUID]", ids)))

    def to_representation(self, value: Any) -> list[str]:
        """The ids as text."""
        return [str(one) for one in value]


# What checking and showing a value leaves no trace in.
_KEEPS_NOTHING = frozenset(
    {
        serializers.BooleanField,
        serializers.CharField,
        serializers.ChoiceField,
        serializers.DateField,
        serializers.DateTimeField,
        serializers.DecimalField,
        serializers.EmailField,
        serializers.IntegerField,
        serializers.URLField,
        serializers.UUIDField,
        TenantRelatedField,
        TenantRelatedListField,
    }
)


class StrictSerializer(serializers.Serializer[Any]):
    """A plain serializer that refuses unknown and read-only keys."""

    def to_internal_value(self, data: Any) -> Any:
        """The validated values. Raises ValidationError with every refused key at once."""
        return _strictly(self, data, super().to_internal_value)


class StrictModelSerializer(serializers.ModelSerializer[Any]):
    """Base of every resource's serializer. `Meta.fields` names each field; "__all__" is refused.

    A `fields` entry in the context (a set of names) limits what is rendered, never what is accepted.
    """

    serializer_related_field = TenantRelatedField
    _made: ClassVar[dict[str, Any] | None]
    _rules: ClassVar[list[Any]]
    _shared: ClassVar[dict[bool, dict[str, Any]]]
    _always: ClassVar[frozenset[str]]
    _blank: ClassVar[dict[str, Any]]
    _named: Collection[str] | None = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        meta = getattr(cls, "Meta", None)
        if meta is not None and not isinstance(getattr(meta, "fields", None), list | tuple):
            raise ImproperlyConfigured(f"{cls.__name__}.Meta.fields must list every field by name.")

    def __init__(self, instance: Any = None, data: Any = empty, **kwargs: Any) -> None:
        if "context" not in kwargs or kwargs.keys() - {"context", "partial"}:
            super().__init__(instance, data, **kwargs)
            return
        # One for a request. What Field.__init__ finds out is the same for each of a class.
        cls = self.__class__
        if "_blank" not in cls.__dict__:
            own = {*self.__dict__, "instance", "partial", "_context"}
            super().__init__()
            cls._blank = {name: value for name, value in self.__dict__.items() if name not in own}
        self.__dict__.update(cls._blank)
        self.instance, self.partial = instance, kwargs.get("partial", False)
        self._context = kwargs["context"]
        if data is not empty:
            self.initial_data = data

    def get_fields(self) -> dict[str, Any]:
        """As declared. Made from the model once for each class and copied for each serializer: to look at the
        model's fifty columns anew was a third of a write."""
        made = self._made_once()
        return super().get_fields() if made is None else {name: _copy(field) for name, field in made.items()}

    def _made_once(self) -> dict[str, Any] | None:
        """None where a field would have to be copied with others."""
        kept = self.__class__.__dict__
        if "_made" not in kept:
            made = super().get_fields()
            self.__class__._made = None if any(_has_children(field) for field in made.values()) else made
        return self.__class__._made

    @cached_property
    def fields(self) -> BindingDict:
        """The fields, each bound to a serializer: those that keep nothing of a request to one that all share,
        because to bind fifty was a third of checking a change."""
        made = self._made_once() if self._is_usual() else None
        if made is None:
            return super().fields
        fields, shared = BindingDict(self), self._shared_fields()
        # All in their order; those that are not shared are put into their places.
        fields.fields = {**made, **shared}
        for name in made.keys() - shared.keys():
            fields[name] = _copy(made[name])
        return fields

    def _is_usual(self) -> bool:
        """Whether each of the class has the same fields."""
        return self.__class__.get_fields is StrictModelSerializer.get_fields

    def _shared_fields(self) -> dict[str, Any]:
        """Of this class, for whole or for partial values. None where a serializer around this one may say
        which of both it is."""
        parent = self.parent
        if parent is not None and not (isinstance(parent, serializers.ListSerializer) and not parent.parent):
            return {}
        kept = self.__class__.__dict__.get("_shared")
        if kept is None:
            kept = self.__class__._shared = {}
        if self.partial not in kept:
            owner = self.__class__(partial=self.partial)
            bound = BindingDict(owner)
            for name, field in self.get_fields().items():
                if type(field) in _KEEPS_NOTHING:
                    bound[name] = field
            kept[self.partial] = bound.fields
        return cast("dict[str, Any]", kept[self.partial])

    def to_internal_value(self, data: Any) -> Any:
        """The validated values; on PUT also the defaults of the fields that were left out."""
        self._named = self._looked_at(data)
        try:
            values = _strictly(self, data, super().to_internal_value)
        finally:
            self._named = None
        if self.instance is not None and not self.partial:
            for name, value in left_out(self, data):
                values.setdefault(name, value)
        return values

    def _looked_at(self, data: Any) -> Collection[str] | None:
        """The names of the fields that are to be asked about a body; None for all."""
        if self.parent is not None or not isinstance(data, Mapping):
            return None
        if self.partial:
            return data.keys()
        # A form may mean something by what it leaves out.
        if hasattr(data, "getlist") or not self._is_usual():
            return None
        return data.keys() | self._always_asked()

    def _always_asked(self) -> frozenset[str]:
        """The fields that do something when they are left out of a whole record."""
        kept = self.__class__.__dict__.get("_always")
        if kept is None:
            kept = self.__class__._always = frozenset(
                name
                for name, field in self.fields.items()
                if field.required or field.default is not empty or type(field) not in _KEEPS_NOTHING
            )
        return cast("frozenset[str]", kept)

    @property
    def _writable_fields(self) -> Iterator[Any]:  # type: ignore[override]  # a generator there too
        """While a body is read, those that it is about: asking all fifty whether they are meant costs
        more than reading those that are."""
        for field in super()._writable_fields:
            if self._named is None or field.field_name in self._named:
                yield field

    @property
    def _readable_fields(self) -> Iterator[Any]:  # type: ignore[override]  # a generator there too
        wanted = self.context.get("fields") if self.parent is None or self.parent.parent is None else None
        for field in super()._readable_fields:
            if wanted is None or field.field_name in wanted:
                yield field

    def get_validators(self) -> list[Any]:
        """As declared, looked for once for each class."""
        kept = self.__class__.__dict__.get("_rules")
        if kept is None:
            kept = self.__class__._rules = super().get_validators()
        return [*kept]

    # Unique values are judged by their constraint (409 with its name), not asked for beforehand:
    # asking costs a round trip and is out of date by the time the row is written.
    def get_unique_together_validators(self) -> list[Any]:
        """None."""
        return []

    def get_uniqueness_extra_kwargs(self, field_names: Any, declared_fields: Any, extra_kwargs: Any) -> Any:
        """Nothing becomes required because it is part of a unique key."""
        return extra_kwargs, {}

    def build_standard_field(self, field_name: str, model_field: Any) -> Any:
        """The stock field without its query for uniqueness."""
        field_class, kwargs = super().build_standard_field(field_name, model_field)
        if "validators" in kwargs:
            kwargs["validators"] = [
                rule for rule in kwargs["validators"] if not isinstance(rule, UniqueValidator)
            ]
        return field_class, kwargs


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(value)
    except (AttributeError, TypeError, ValueError):
        return None


def _has_children(field: Any) -> bool:
    """Whether other fields hang on this one, which would have to be copied with it."""
    return isinstance(field, serializers.BaseSerializer) or any(
        hasattr(field, name) for name in ("child", "child_relation")
    )


def _copy(field: Any) -> Any:
    """A field that can be bound to a serializer of its own. Nobody changes what it refers to."""
    copied = object.__new__(type(field))
    copied.__dict__.update(field.__dict__)
    return copied


def parse_fields(text: str, declared: Iterable[str]) -> set[str]:
    """The value of the query parameter `fields`. Raises a 400 problem for a name that is not declared."""
    names = text.split(",")
    unknown = set(names) - set(declared)
    if unknown:
        # !r would differ between quotes; the name is shown as it was sent.
        raise invalid_parameter("fields", "unknown_field", f"There is no field “{min(unknown)}”.")
    return set(names)


def _strictly(serializer: serializers.Serializer[Any], data: Any, convert: Any) -> Any:
    refused = _refused_keys(serializer, data) if isinstance(data, Mapping) else {}
    try:
        values = convert(data)
    except ValidationError as error:
        if isinstance(error.detail, dict):
            raise ValidationError({**error.detail, **refused}) from None
        raise
    if refused:
        raise ValidationError(refused)
    return values


def _refused_keys(
    serializer: serializers.Serializer[Any], data: Mapping[str, Any]
) -> dict[str, list[ErrorDetail]]:
    refused, fields = {}, serializer.fields.fields
    for key in data:
        field = fields.get(key)
        if field is None:
            refused[key] = [ErrorDetail(UNKNOWN_FIELD, code="unknown_field")]
        elif field.read_only:
            refused[key] = [ErrorDetail(READ_ONLY_FIELD, code="read_only")]
    return refused
