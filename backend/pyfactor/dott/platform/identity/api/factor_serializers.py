"""Bodies of the endpoints for second factors and for proving again who one is."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from dott.platform.api.serializers import StrictSerializer
from dott.platform.identity.api.account_serializers import PasswordField
from dott.platform.identity.fresh import METHODS, PASSWORD, SINGLE_SIGN_ON
from dott.platform.identity.models import Tenant

METHOD_NAMES = (PASSWORD, *METHODS.values(), SINGLE_SIGN_ON)


@extend_schema_field({"type": "object", "additionalProperties": True})
class CredentialField(serializers.JSONField):
    """A PublicKeyCredential as its toJSON() writes it."""

    def to_internal_value(self, data: Any) -> Any:
        """The mapping. Raises ValidationError for anything else."""
        if not isinstance(data, dict):
            raise serializers.ValidationError("This is not a passkey's answer.", "invalid")
        return data


class FactorCodeSerializer(StrictSerializer):
    """A code of the authenticator app, or a recovery code; gaps do not matter."""

    code = serializers.CharField(max_length=32, write_only=True)


class CredentialSerializer(StrictSerializer):
    """What a passkey answered."""

    credential = CredentialField(write_only=True)


class NewPasskeySerializer(CredentialSerializer):
    """What a new passkey answered, and what its owner calls it."""

    name = serializers.CharField(max_length=60, write_only=True)


class PasskeyNameSerializer(StrictSerializer):
    """What its owner calls it."""

    name = serializers.CharField(max_length=60)


class ConfirmPasswordSerializer(StrictSerializer):
    """The password of now."""

    password = PasswordField()


class TotpSerializer(serializers.Serializer[Any]):
    """The authenticator app."""

    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)


class PasskeySerializer(TotpSerializer):
    """One passkey."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class RecoveryCodesSerializer(serializers.Serializer[Any]):
    """How many recovery codes there were, and how many are left."""

    total = serializers.IntegerField()
    unused = serializers.IntegerField()


class FactorsSerializer(serializers.Serializer[Any]):
    """Everything by which the person proves herself beyond her password."""

    totp = TotpSerializer(allow_null=True)
    passkeys = PasskeySerializer(many=True)
    recovery_codes = RecoveryCodesSerializer(allow_null=True)


class NewTotpSerializer(serializers.Serializer[Any]):
    """What the app has to know: the seed in base 32, and as the address that a QR code holds."""

    secret = serializers.CharField()
    uri = serializers.CharField()


class ShownOnceSerializer(serializers.Serializer[Any]):
    """New recovery codes, never shown again; empty when those of before go on."""

    recovery_codes = serializers.ListField(child=serializers.CharField())


class AddedPasskeySerializer(ShownOnceSerializer):
    """The passkey that was added."""

    passkey = PasskeySerializer()


@extend_schema_field({"type": "object", "additionalProperties": True})
class OptionsField(serializers.JSONField):
    """What the browser's WebAuthn functions take, with binary values in base64url."""


class OptionsSerializer(serializers.Serializer[Any]):
    """Options of a ceremony."""

    publicKey = OptionsField()  # noqa: N815  (WebAuthn's name)


class OptionsAnswerSerializer(serializers.Serializer[Any]):
    """allauth's envelope around them."""

    status = serializers.IntegerField()
    data = OptionsSerializer()  # type: ignore[assignment]  # allauth's name; declared fields are moved away


class StepUpSerializer(serializers.Serializer[Any]):
    """Whether the session was proved lately, and how its person may prove it again."""

    is_fresh = serializers.BooleanField()
    methods = serializers.ListField(child=serializers.ChoiceField(choices=METHOD_NAMES))


class WithoutFactorSerializer(serializers.Serializer[Any]):
    """A member who has no second factor yet."""

    id = serializers.UUIDField()
    display_name = serializers.CharField()


class TenantSecuritySerializer(serializers.Serializer[Any]):
    """Whom the business asks for a second factor, and which of all its members have none."""

    second_factor = serializers.ChoiceField(choices=Tenant.SecondFactor.choices)
    without_factor = WithoutFactorSerializer(many=True)


class ChangeSecuritySerializer(StrictSerializer):
    """Whom to ask."""

    second_factor = serializers.ChoiceField(choices=Tenant.SecondFactor.choices)
