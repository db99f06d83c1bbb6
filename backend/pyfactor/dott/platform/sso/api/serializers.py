"""Bodies of the single sign-on endpoints."""

import re
from typing import Any, ClassVar

from rest_framework import serializers

from dott.platform.api.serializers import StrictModelSerializer, StrictSerializer
from dott.platform.sso.actions.domains import LABEL
from dott.platform.sso.models import Domain, Link, Provider

_DOMAIN = re.compile(r"(?=.{4,247}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\Z")


class StartSerializer(StrictSerializer):
    """Whose single sign-on is wanted: by the business's address, or by one's own e-mail address."""

    business = serializers.CharField(max_length=40, required=False)
    email = serializers.EmailField(max_length=254, required=False)
    again = serializers.BooleanField(
        default=False, help_text="Whether the provider is to ask for a proof, although it knows the person."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly one of both."""
        if ("business" in attrs) == ("email" in attrs):
            message = "Send the business's address or your e-mail address."
            raise serializers.ValidationError({"business": message}, "one_of_two")
        return attrs


class StartedSerializer(serializers.Serializer[Any]):
    """Where to send the browser."""

    url = serializers.CharField()


class FinishSerializer(StrictSerializer):
    """What the provider sent the browser back with, and to which business's page."""

    business = serializers.UUIDField()
    state = serializers.CharField(max_length=128)
    code = serializers.CharField(max_length=4096, required=False)
    iss = serializers.CharField(max_length=255, required=False, allow_blank=True)
    error = serializers.CharField(max_length=255, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A code, or the reason why there is none."""
        if ("code" in attrs) == ("error" in attrs):
            raise serializers.ValidationError({"code": "Send the code, or the error."}, "one_of_two")
        return attrs


class ArrivedSerializer(serializers.Serializer[Any]):
    """The business that the session is in now."""

    tenant = serializers.CharField()


class DomainSerializer(StrictModelSerializer):
    """A mail domain. record: where its TXT record has to stand."""

    record = serializers.SerializerMethodField()

    class Meta:
        model = Domain
        fields = ("id", "name", "record", "proof", "verified_at")
        read_only_fields = ("id", "proof", "verified_at")
        extra_kwargs: ClassVar[dict[str, Any]] = {"name": {"validators": []}}

    def get_record(self, domain: Domain) -> str:
        """The name below the domain."""
        return f"{LABEL}.{domain.name}"


class NewDomainSerializer(StrictSerializer):
    """The domain behind the @ of people's addresses."""

    name = serializers.CharField(max_length=247)

    def validate_name(self, value: str) -> str:
        """In lower case and ASCII, as name servers have it."""
        try:
            name = value.strip().lower().rstrip(".").encode("idna").decode("ascii")
        except UnicodeError:
            name = ""
        if not _DOMAIN.match(name):
            raise serializers.ValidationError("Use a domain such as example.com.", "invalid")
        return name


class ProviderSerializer(StrictModelSerializer):
    """The provider, without its secret."""

    class Meta:
        model = Provider
        fields = ("issuer", "client_id", "newcomers", "is_enabled")


class NewProviderSerializer(StrictSerializer):
    """All of it at once. client_secret may be left out when it stays as it is."""

    issuer = serializers.CharField(max_length=255)
    client_id = serializers.CharField(max_length=255)
    client_secret = serializers.CharField(max_length=512, required=False, write_only=True)
    newcomers = serializers.ChoiceField(choices=Provider.Newcomers.choices, allow_blank=True, default="")
    is_enabled = serializers.BooleanField(default=True)
    is_required = serializers.BooleanField(default=False)


class SingleSignOnSerializer(serializers.Serializer[Any]):
    """How a business does it. redirect_uri: what the provider has to be told. has_been_used: by anybody, with
    this provider; before that, not everybody can be held to it."""

    provider = ProviderSerializer(allow_null=True)
    is_required = serializers.BooleanField()
    redirect_uri = serializers.CharField()
    has_been_used = serializers.BooleanField()
    domains = DomainSerializer(many=True)


class LinkSerializer(StrictModelSerializer):
    """A business whose provider may sign the person in there."""

    business = serializers.CharField(source="business.name")

    class Meta:
        model = Link
        fields = ("id", "business", "issuer", "created_at", "last_used_at")


class LinksSerializer(serializers.Serializer[Any]):
    """All of them, by business."""

    results = LinkSerializer(many=True)
