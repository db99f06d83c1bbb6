"""Tags over HTTP."""

from typing import Any, ClassVar, cast

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request
from rest_framework.response import Response

from dott.modules.crm.actions.tagging import MAX_TAGS, TooManyTags
from dott.modules.crm.actions.tags import delete_tag, merge_tags, tag_uses
from dott.modules.crm.api.texts import ComposedTextSerializer
from dott.modules.crm.models import Tag
from dott.platform.api.conditional import check_if_match, versioned_response
from dott.platform.api.errors import Conflict, ProblemError
from dott.platform.api.idempotency import idempotent
from dott.platform.api.serializers import StrictSerializer, TenantRelatedListField
from dott.platform.api.viewsets import TenantModelViewSet
from dott.platform.tenancy.context import current

MAX_MERGED = 20


class TagSerializer(ComposedTextSerializer):
    """One tag. Names that differ only in case or accents are the same name."""

    class Meta:
        model = Tag
        fields = (
            "id", "name", "colour", "created_at", "updated_at", "created_by", "updated_by", "version"
        )  # fmt: skip


class MergeTagsSerializer(StrictSerializer):
    """The tags that become the one in the address."""

    tags = TenantRelatedListField(queryset=Tag.objects.all(), max_items=MAX_MERGED)


class TagUseSerializer(StrictSerializer):
    """On how many records a tag is, the trash not counted."""

    tag = serializers.UUIDField()
    customers = serializers.IntegerField()
    contacts = serializers.IntegerField()
    deals = serializers.IntegerField()


class TagViewSet(TenantModelViewSet):
    """The business's tags."""

    queryset = Tag.objects.all()
    serializer_class = TagSerializer
    orderings = {"name": "name_key", "created_at": "id"}
    default_ordering = "name"
    body_serializers: ClassVar = {"merge": MergeTagsSerializer}

    def delete_record(self, record: Tag) -> None:
        _refuse_unseen()
        delete_tag(actor=self.actor, tag=record)

    @extend_schema(responses=TagUseSerializer(many=True))
    @action(detail=False, methods=["get"], pagination_class=None)
    def uses(self, request: Request) -> Response:
        """On how many records each tag is; one that is on none is left out."""
        return Response(TagUseSerializer(tag_uses(), many=True).data)

    @extend_schema(request=MergeTagsSerializer, responses=TagSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def merge(self, request: Request, **_path: Any) -> Response:
        """Make other tags into this one: on every record it takes their place. If-Match is honoured."""
        survivor = self.get_object()
        _refuse_unseen()
        body = MergeTagsSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        ids = cast("list[Any]", body.validated_data["tags"])
        if survivor.pk in ids:
            text = "A tag cannot be merged into itself."
            raise serializers.ValidationError({"tags": [ErrorDetail(text, code="same_tag")]})
        tags = Tag.objects.filter(pk__in=[survivor.pk, *ids]).select_for_update().order_by("pk")
        locked = {tag.pk: tag for tag in tags}
        survivor = locked.pop(survivor.pk, None)
        if survivor is None:
            raise Http404
        check_if_match(request, survivor, required=False)
        try:
            merge_tags(actor=self.actor, survivor=survivor, losers=list(locked.values()))
        except TooManyTags:
            raise Conflict(f"A record can carry {MAX_TAGS} tags at most.", "too_many_tags") from None
        return versioned_response(survivor, self.get_serializer(survivor).data)


def _refuse_unseen() -> None:
    """Tags are the whole business's: who takes one away changes records of everybody's."""
    if current().sees is not None:
        text = "Only members who see all records can delete or merge tags."
        raise ProblemError(403, "sees_not_everything", text)
