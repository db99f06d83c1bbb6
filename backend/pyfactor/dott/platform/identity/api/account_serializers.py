"""Bodies of the account endpoints: what allauth reads, declared, and what it answers."""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework import serializers
from rest_framework.fields import get_error_detail

from dott.platform.api.serializers import StrictSerializer
from dott.platform.identity.models import User
from dott.platform.identity.passwords import MAXIMUM_LENGTH


class PasswordField(serializers.CharField):
    """Never longer than what would be hashed, never shown."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs |= {"max_length": MAXIMUM_LENGTH, "write_only": True, "trim_whitespace": False}
        super().__init__(**kwargs)


def check_new_password(field: str, password: str, user: User | None = None) -> None:
    """Raise what is wrong with a new password under the field's name."""
    try:
        validate_password(password, user)
    except DjangoValidationError as error:
        raise serializers.ValidationError({field: get_error_detail(error)}) from error


class SignUpSerializer(StrictSerializer):
    """A new person, and with her a new business."""

    email = serializers.EmailField(max_length=254, write_only=True)
    password = PasswordField()
    name = serializers.CharField(max_length=120, write_only=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The password may not resemble the name or the address."""
        check_new_password("password", attrs["password"], User(email=attrs["email"], name=attrs["name"]))
        return attrs


class SignInSerializer(StrictSerializer):
    """Address and password."""

    email = serializers.EmailField(max_length=254, write_only=True)
    password = PasswordField()


class CodeSerializer(StrictSerializer):
    """The code from the mail; its hyphen and case do not matter."""

    key = serializers.CharField(max_length=32, write_only=True)


class AddressSerializer(StrictSerializer):
    """Whose password is to be reset."""

    email = serializers.EmailField(max_length=254, write_only=True)


class ResetPasswordSerializer(CodeSerializer):
    """The code from the mail, and the new password."""

    password = PasswordField()

    def validate_password(self, value: str) -> str:
        """Judged without its user: for an unknown address there is none, and the answers must not differ."""
        try:
            validate_password(value)
        except DjangoValidationError as error:
            raise serializers.ValidationError(get_error_detail(error)) from error
        return value


class ChangePasswordSerializer(StrictSerializer):
    """The password of now, and the next one."""

    current_password = PasswordField()
    new_password = PasswordField()


class EmptySerializer(StrictSerializer):
    """No body, or {}."""


class AccountUserSerializer(serializers.Serializer[Any]):
    """A user as allauth shows her."""

    id = serializers.UUIDField()
    display = serializers.CharField()
    email = serializers.EmailField()
    has_usable_password = serializers.BooleanField()


class AuthenticationMethodSerializer(serializers.Serializer[Any]):
    """How and when this session was authenticated. at: seconds since 1970."""

    method = serializers.CharField()
    at = serializers.FloatField()
    email = serializers.EmailField()


class AccountDataSerializer(serializers.Serializer[Any]):
    """Who is signed in."""

    user = AccountUserSerializer()
    methods = AuthenticationMethodSerializer(many=True)


class AccountMetaSerializer(serializers.Serializer[Any]):
    """Whether anybody is."""

    is_authenticated = serializers.BooleanField()


class AccountAnswerSerializer(serializers.Serializer[Any]):
    """allauth's envelope around a success."""

    status = serializers.IntegerField()
    data = AccountDataSerializer()  # type: ignore[assignment]  # allauth's name; declared fields are moved away
    meta = AccountMetaSerializer()


class SentSerializer(serializers.Serializer[Any]):
    """allauth's envelope around nothing: the mail is on its way."""

    status = serializers.IntegerField()
