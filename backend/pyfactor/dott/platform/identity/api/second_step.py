"""Signing in by more than a password, or by a passkey instead of one."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from dott.platform.identity.api.account_serializers import AccountAnswerSerializer, EmptySerializer
from dott.platform.identity.api.accounts import AccountView, as_browser_view
from dott.platform.identity.api.factor_serializers import (
    CredentialSerializer,
    FactorCodeSerializer,
    OptionsAnswerSerializer,
)
from dott.platform.identity.factors import stages


class SecondStepByCodeView(AccountView):
    """The second step: a code of the authenticator app, or a recovery code."""

    allauth_view = as_browser_view(stages.CodeStageView)
    serializer_class = FactorCodeSerializer

    @extend_schema(request=FactorCodeSerializer, responses={200: AccountAnswerSerializer})
    def post(self, request: Request) -> HttpResponse:
        """200 signed in; 401 `not_authenticated` when no sign-in waits for it here."""
        return self.delegate(request)


class BeginSecondStepByPasskeyView(AccountView):
    """The second step by a passkey: the challenge."""

    allauth_view = as_browser_view(stages.BeginPasskeyStageView)

    @extend_schema(request=EmptySerializer, responses={200: OptionsAnswerSerializer})
    def post(self, request: Request) -> HttpResponse:
        """The options for navigator.credentials.get()."""
        return self.delegate(request)


class SecondStepByPasskeyView(AccountView):
    """The second step by a passkey: the answer."""

    allauth_view = as_browser_view(stages.PasskeyStageView)
    serializer_class = CredentialSerializer

    @extend_schema(request=CredentialSerializer, responses={200: AccountAnswerSerializer})
    def post(self, request: Request) -> HttpResponse:
        """200 signed in; 401 `not_authenticated` when no sign-in waits for it here."""
        return self.delegate(request)


class BeginPasskeySignInView(AccountView):
    """Signing in by a passkey alone: the challenge."""

    allauth_view = as_browser_view(stages.BeginPasskeyLoginView)

    @extend_schema(request=EmptySerializer, responses={200: OptionsAnswerSerializer})
    def post(self, request: Request) -> HttpResponse:
        """The options for navigator.credentials.get(); it names nobody."""
        return self.delegate(request)


class PasskeySignInView(AccountView):
    """Signing in by a passkey alone: the answer."""

    allauth_view = as_browser_view(stages.PasskeyLoginView)
    serializer_class = CredentialSerializer

    @extend_schema(request=CredentialSerializer, responses={200: AccountAnswerSerializer})
    def post(self, request: Request) -> HttpResponse:
        """200 signed in, whatever second factors there are: a passkey checks who holds it."""
        return self.delegate(request)
