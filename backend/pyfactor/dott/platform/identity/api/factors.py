"""A person's second factors: seeing, adding and taking them away."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api.errors import Conflict
from dott.platform.identity import attempts
from dott.platform.identity.actions import factors as actions
from dott.platform.identity.api.factor_serializers import (
    AddedPasskeySerializer,
    FactorCodeSerializer,
    FactorsSerializer,
    NewPasskeySerializer,
    NewTotpSerializer,
    OptionsSerializer,
    PasskeyNameSerializer,
    PasskeySerializer,
    ShownOnceSerializer,
)
from dott.platform.identity.api.views import IdentityView
from dott.platform.identity.factors import passkeys
from dott.platform.identity.factors.adapter import MFAAdapter
from dott.platform.identity.factors.codes import matching_step, normalized, unspent

# The seed on its way into an app, sealed with the session; it has to be confirmed within ten minutes.
PENDING_TOTP = "dott.totp"
PENDING_S = 600
MAX_PASSKEYS = 20

Type = Authenticator.Type


class FactorListView(IdentityView):
    """What there is."""

    @extend_schema(responses=FactorsSerializer)
    def get(self, request: Request) -> Response:
        """No secret among it."""
        rows = actions.factors_of(self.person)
        app = next((row for row in rows if row.type == Type.TOTP), None)
        codes = next((row for row in rows if row.type == Type.RECOVERY_CODES), None)
        found = {
            "totp": app,
            "passkeys": [described(row) for row in rows if row.type == Type.WEBAUTHN],
            "recovery_codes": None
            if codes is None
            else {"total": len(codes.wrap().generate_codes()), "unused": unspent(codes)},
        }
        return Response(FactorsSerializer(found).data)


class BeginTotpView(IdentityView):
    """The first half of adding an authenticator app."""

    @extend_schema(request=None, responses=NewTotpSerializer)
    def post(self, request: Request) -> Response:
        """A new seed. It counts for nothing until a code of it was entered. 409 when there is an app."""
        if any(row.type == Type.TOTP for row in actions.factors_of(self.person)):
            raise Conflict("There is an authenticator app already. Remove it first.", "totp_exists")
        secret = generate_totp_secret()
        self.session[PENDING_TOTP] = {"secret": secret, "at": time.time()}
        uri = MFAAdapter().build_totp_url(self.person, secret)
        return Response(NewTotpSerializer({"secret": secret, "uri": uri}).data)


class TotpView(IdentityView):
    """The authenticator app."""

    @extend_schema(request=FactorCodeSerializer, responses={201: ShownOnceSerializer})
    def post(self, request: Request) -> Response:
        """Add it, by a code of the seed that was handed out. Other sessions end."""
        serializer = FactorCodeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        pending = self.session.get(PENDING_TOTP) or {"secret": "", "at": 0.0}
        if time.time() - pending["at"] > PENDING_S:
            raise Conflict("Begin again: this took too long.", "no_pending_totp")
        step = matching_step(pending["secret"], normalized(serializer.validated_data["code"]))
        if step is None:
            raise ValidationError({"code": "This code is not right."}, "incorrect_code")
        attempts.forgive_proof(request._request, self.person.pk)
        del self.session[PENDING_TOTP]
        codes = actions.add_totp(user=self.person, session=self.session, secret=pending["secret"], step=step)
        return Response(ShownOnceSerializer({"recovery_codes": codes}).data, status=201)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Take it away. Other sessions end."""
        row = Authenticator.objects.filter(user_id=self.person.pk, type=Type.TOTP).first()
        if row is None:
            raise NotFound
        actions.remove_factor(user=self.person, session=self.session, factor=row)
        return Response(status=204)


class RecoveryCodesView(IdentityView):
    """Codes for the day on which everything else is lost."""

    @extend_schema(request=None, responses={201: ShownOnceSerializer})
    def post(self, request: Request) -> Response:
        """New ones, shown this once; those of before are worth nothing any more."""
        codes = actions.new_recovery_codes(user=self.person, session=self.session)
        return Response(ShownOnceSerializer({"recovery_codes": codes}).data, status=201)


class BeginPasskeyView(IdentityView):
    """The first half of adding a passkey."""

    @extend_schema(request=None, responses=OptionsSerializer)
    def post(self, request: Request) -> Response:
        """The options for navigator.credentials.create(). 409 for more than twenty."""
        rows = actions.factors_of(self.person)
        if sum(row.type == Type.WEBAUTHN for row in rows) >= MAX_PASSKEYS:
            raise Conflict("There are twenty passkeys. Remove one first.", "too_many_passkeys")
        return Response(passkeys.begin_registration(self.session, self.person))


class PasskeyListView(IdentityView):
    """Her passkeys."""

    @extend_schema(request=NewPasskeySerializer, responses={201: AddedPasskeySerializer})
    def post(self, request: Request) -> Response:
        """Add the one that was just made. Other sessions end."""
        serializer = NewPasskeySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        passkey = passkeys.register(self.session, self.person, **serializer.validated_data)
        codes = actions.added_passkey(user=self.person, session=self.session, passkey=passkey)
        body = {"passkey": described(passkey), "recovery_codes": codes}
        return Response(AddedPasskeySerializer(body).data, status=201)


class PasskeyDetailView(IdentityView):
    """One passkey."""

    @extend_schema(request=PasskeyNameSerializer, responses=PasskeySerializer)
    def patch(self, request: Request, passkey_id: int) -> Response:
        """Call it something else."""
        serializer = PasskeyNameSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        row = self._hers(passkey_id)
        row.data["name"] = serializer.validated_data["name"]
        row.save(update_fields=["data"])
        return Response(PasskeySerializer(described(row)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, passkey_id: int) -> Response:
        """Take it away. Other sessions end."""
        actions.remove_factor(user=self.person, session=self.session, factor=self._hers(passkey_id))
        return Response(status=204)

    def _hers(self, passkey_id: int) -> Authenticator:
        rows = Authenticator.objects.select_for_update().filter(user_id=self.person.pk, type=Type.WEBAUTHN)
        row = rows.filter(pk=passkey_id).first()
        if row is None:
            raise NotFound
        return row


def described(row: Authenticator) -> dict[str, object]:
    """A passkey as PasskeySerializer takes it."""
    return {
        "id": row.pk,
        "name": row.data["name"],
        "created_at": row.created_at,
        "last_used_at": row.last_used_at,
    }
