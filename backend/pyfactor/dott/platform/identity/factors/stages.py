"""The second step of signing in, and signing in by a passkey alone, fitted into allauth's stages.

allauth keeps who is on her way and what is still missing; the proofs themselves are checked by codes.py and
passkeys.py.
"""

from typing import Any, cast

from allauth.account.models import Login
from allauth.headless.base.response import AuthenticationResponse
from allauth.headless.base.views import APIView, AuthenticationStageAPIView
from allauth.headless.internal.restkit import inputs
from allauth.headless.internal.restkit.response import APIResponse
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from dott.platform.identity import attempts
from dott.platform.identity.actions.factors import tell
from dott.platform.identity.factors import passkeys
from dott.platform.identity.factors.codes import spend_code, unspent
from dott.platform.identity.models import User
from dott.platform.identity.sessions import SessionStore


class CodeInput(inputs.Input):
    """A code of the app, or a recovery code."""

    code = inputs.CharField()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_code(self) -> Authenticator:
        """The factor whose code it is, the code spent."""
        factor = spend_code(self.user, self.cleaned_data["code"])
        if factor is None:
            raise ValidationError("This code is not right, or was used before.", "incorrect_code")
        return factor


class CredentialInput(inputs.Input):
    """What the passkey answered, as the browser wrote it down."""

    credential = forms.JSONField()


class _StageView(AuthenticationStageAPIView):
    stage_class = AuthenticateStage

    @property
    def user(self) -> User:
        """Who has given her password."""
        return cast(User, self.stage.login.user)

    def passed(self, factor: Authenticator) -> HttpResponse:
        """Note the proof and go on with the sign-in."""
        factor.user = self.user
        post_authentication(self.request, factor)
        attempts.forgive_proof(self.request, self.user.pk)
        response: HttpResponse = self.respond_next_stage()
        return response


class CodeStageView(_StageView):
    """Her code."""

    input_class = CodeInput

    def get_input_kwargs(self) -> dict[str, Any]:
        """allauth's hook."""
        return {"user": self.user}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Signed in, if the input found the factor."""
        factor = self.input.cleaned_data["code"]
        response = self.passed(factor)
        if factor.type == Authenticator.Type.RECOVERY_CODES:
            tell(self.user, "recovery_code_used", left=unspent(factor))
        return response


class BeginPasskeyStageView(_StageView):
    """A challenge for one of her passkeys."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The options for navigator.credentials.get()."""
        options = passkeys.begin_authentication(cast(SessionStore, request.session), self.user)
        return cast(HttpResponse, APIResponse(request, data=options))


class PasskeyStageView(_StageView):
    """The answer of one of her passkeys."""

    input_class = CredentialInput

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Signed in."""
        session = cast(SessionStore, request.session)
        factor = passkeys.authenticate(session, self.user, self.input.cleaned_data["credential"])
        return self.passed(factor)


class BeginPasskeyLoginView(APIView):
    """A challenge for whoever has a passkey here."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The options for navigator.credentials.get()."""
        options = passkeys.begin_authentication(cast(SessionStore, request.session), None)
        return cast(HttpResponse, APIResponse(request, data=options))


class PasskeyLoginView(APIView):
    """Signing in by a passkey alone."""

    input_class = CredentialInput

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Signed in as whom the passkey names."""
        session = cast(SessionStore, request.session)
        factor = passkeys.authenticate(session, None, self.input.cleaned_data["credential"])
        perform_passwordless_login(request, factor, Login(user=factor.user, redirect_url=None))
        return cast(HttpResponse, AuthenticationResponse(request))
