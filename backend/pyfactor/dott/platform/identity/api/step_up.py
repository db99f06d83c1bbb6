"""Proving again who one is, before an act that asks for it (fresh.py)."""

from typing import Any

from allauth.mfa.models import Authenticator
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from dott.platform.api.errors import Conflict
from dott.platform.identity import attempts
from dott.platform.identity.actions.factors import tell
from dott.platform.identity.api.factor_serializers import (
    ConfirmPasswordSerializer,
    CredentialSerializer,
    FactorCodeSerializer,
    OptionsSerializer,
    StepUpSerializer,
)
from dott.platform.identity.api.views import IdentityView
from dott.platform.identity.factors import passkeys
from dott.platform.identity.factors.codes import spend_code, unspent
from dott.platform.identity.fresh import PASSWORD, is_fresh, methods_of, ways_of


class _ProofView(IdentityView):
    """On success the session is fresh and goes on under a new token. Attempts are counted before any view."""

    def proved(self, *, second_factor: bool) -> Response:
        """The answer to a right proof."""
        attempts.forgive_proof(self.request._request, self.person.pk)
        self.session.prove(second_factor=second_factor)
        self.session.cycle_key()
        return Response(status=204)

    def checked(self, serializer_class: Any) -> Any:
        """The validated body."""
        serializer = serializer_class(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data


class StepUpView(IdentityView):
    """How it stands."""

    @extend_schema(responses=StepUpSerializer)
    def get(self, request: Request) -> Response:
        """Whether the session was proved in the last ten minutes, and what would prove it."""
        body = {"is_fresh": is_fresh(self.session), "methods": ways_of(self.session, self.person)}
        return Response(StepUpSerializer(body).data)


class StepUpByPasswordView(_ProofView):
    """By the password, for whoever has nothing stronger."""

    @extend_schema(request=ConfirmPasswordSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """409 for whoever has a second factor: a stolen password must not do."""
        password = self.checked(ConfirmPasswordSerializer)["password"]
        if methods_of(self.person) != [PASSWORD]:
            raise Conflict("Confirm with your second factor.", "second_factor_exists")
        if not self.person.check_password(password):
            raise ValidationError({"password": "This is not your password."}, "incorrect_password")
        return self.proved(second_factor=False)


class StepUpByCodeView(_ProofView):
    """By a code of the authenticator app, or a recovery code."""

    @extend_schema(request=FactorCodeSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """Each code is worth one use."""
        factor = spend_code(self.person, self.checked(FactorCodeSerializer)["code"])
        if factor is None:
            message = "This code is not right, or was used before."
            raise ValidationError({"code": message}, "incorrect_code")
        factor.record_usage()
        if factor.type == Authenticator.Type.RECOVERY_CODES:
            tell(self.person, "recovery_code_used", left=unspent(factor))
        return self.proved(second_factor=True)


class BeginStepUpByPasskeyView(IdentityView):
    """A challenge for one of her passkeys."""

    @extend_schema(request=None, responses=OptionsSerializer)
    def post(self, request: Request) -> Response:
        """The options for navigator.credentials.get()."""
        return Response(passkeys.begin_authentication(self.session, self.person))


class StepUpByPasskeyView(_ProofView):
    """By the answer of one of her passkeys."""

    @extend_schema(request=CredentialSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """The challenge is worth one answer."""
        credential = self.checked(CredentialSerializer)["credential"]
        passkeys.authenticate(self.session, self.person, credential).record_usage()
        return self.proved(second_factor=True)
