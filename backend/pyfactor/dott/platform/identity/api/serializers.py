"""What identity shows of users, sessions, businesses and members. Every field is named."""

from typing import Any

from rest_framework import serializers

from dott.platform.api.serializers import StrictModelSerializer, StrictSerializer
from dott.platform.identity.models import Invitation, Membership, Session, Tenant, User
from dott.platform.identity.validators import validate_country, validate_currency


class UserSerializer(StrictModelSerializer):
    """The person who is signed in."""

    class Meta:
        model = User
        fields = ("id", "email", "name", "language", "timezone")
        read_only_fields = ("id", "email")


class TenantSerializer(StrictModelSerializer):
    """A business, to its members."""

    class Meta:
        model = Tenant
        fields = (
            "id",
            "slug",
            "name",
            "currency",
            "country",
            "language",
            "timezone",
            "week_start",
            "onboarded_at",
            "version",
        )
        read_only_fields = ("id", "onboarded_at", "version")
        extra_kwargs = {
            "week_start": {"min_value": 0, "max_value": 6},
            # Empty before onboarding, and never again.
            "currency": {"allow_blank": False},
            "country": {"allow_blank": False},
        }


class MembershipRoleSerializer(StrictModelSerializer):
    """One's own place in the business."""

    class Meta:
        model = Membership
        fields = ("id", "role")


class MeSerializer(serializers.Serializer[Any]):
    """Who is signed in, and where she is. Without a business both others are null."""

    user = UserSerializer()
    membership = MembershipRoleSerializer(allow_null=True)
    tenant = TenantSerializer(allow_null=True)
    lacks_second_factor = serializers.BooleanField(
        help_text="Whether the business asks her for one, and lets her see nothing else until she has it."
    )
    lacks_single_sign_on = serializers.BooleanField(
        help_text="Whether the business lets her in by its own single sign-on only, and she came another way."
    )
    is_confined = serializers.BooleanField(
        help_text="Whether she came by the business's single sign-on: her account is not hers to change here."
    )


class SessionSerializer(StrictModelSerializer):
    """One of the person's sessions. ip: the network it was started from."""

    is_current = serializers.SerializerMethodField()

    class Meta:
        model = Session
        fields = ("id", "created_at", "last_seen_at", "ip", "user_agent", "is_current")

    def get_is_current(self, session: Session) -> bool:
        """Whether it is the session that asks."""
        return bool(session.id == self.context["current_id"])


class SessionsSerializer(serializers.Serializer[Any]):
    """All of them; there are never more than 20."""

    results = SessionSerializer(many=True)


class TenantChoiceSerializer(serializers.Serializer[Any]):
    """A business that the person may enter."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=Membership.Role.choices)
    is_active = serializers.BooleanField(help_text="Whether the session is in it.")


class TenantChoicesSerializer(serializers.Serializer[Any]):
    """All of them, by name."""

    results = TenantChoiceSerializer(many=True)


class NewTenantSerializer(StrictSerializer):
    """What a further business needs to exist."""

    name = serializers.CharField(max_length=120)
    currency = serializers.CharField(max_length=3, validators=[validate_currency])
    country = serializers.CharField(max_length=2, validators=[validate_country])


class SwitchSerializer(StrictSerializer):
    """Where to go, by slug."""

    tenant = serializers.CharField(max_length=40)


class MemberSerializer(StrictModelSerializer):
    """A colleague."""

    class Meta:
        model = Membership
        fields = ("id", "display_name", "role", "status")


class MembersSerializer(serializers.Serializer[Any]):
    """Everybody in the business, disabled members included, by name."""

    results = MemberSerializer(many=True)


class ChangeMemberSerializer(StrictSerializer):
    """What a colleague's place may become."""

    role = serializers.ChoiceField(choices=Membership.Role.choices, required=False)
    status = serializers.ChoiceField(choices=Membership.Status.choices, required=False)


class InvitationSerializer(StrictModelSerializer):
    """An invitation that has not been answered yet. Its link is only in the mail."""

    class Meta:
        model = Invitation
        fields = ("id", "email", "role", "created_at", "expires_at")


class InvitationsSerializer(serializers.Serializer[Any]):
    """All that are pending, newest first."""

    results = InvitationSerializer(many=True)


class NewInvitationSerializer(StrictSerializer):
    """Whom to invite, and as what."""

    email = serializers.EmailField(max_length=254)
    role = serializers.ChoiceField(choices=Membership.Role.choices)


class TokenSerializer(StrictSerializer):
    """The token of an invitation's link."""

    token = serializers.CharField(max_length=64)


class OfferSerializer(serializers.Serializer[Any]):
    """What an invitation offers. is_for_me: whether the session's person has that address; signed_in_as:
    hers, "" when nobody is signed in."""

    business = serializers.CharField()
    email = serializers.CharField()
    role = serializers.ChoiceField(choices=Membership.Role.choices)
    invited_by = serializers.CharField()
    expires_at = serializers.DateTimeField()
    is_for_me = serializers.BooleanField()
    signed_in_as = serializers.CharField()


class CsrfSerializer(serializers.Serializer[Any]):
    """The value for X-CSRFToken."""

    csrf_token = serializers.CharField()


class RevokedSerializer(serializers.Serializer[Any]):
    """How many sessions ended."""

    revoked = serializers.IntegerField()
