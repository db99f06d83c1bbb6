"""allauth's headless endpoints for browsers: sign-up, sign-in, verification, reset, change, sign-out.

Only what Dott uses is mounted, each behind our parser, our limits and our errors. allauth answers 401
both to strangers and to people on their way (a code is pending); `flows` says which.
"""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar

from allauth.headless.account import views as allauth_views
from allauth.headless.constants import Client
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from dott.platform.api.errors import InputError, pointer, problem_response
from dott.platform.identity import attempts
from dott.platform.identity.api.account_serializers import (
    AccountAnswerSerializer,
    AddressSerializer,
    ChangePasswordSerializer,
    CodeSerializer,
    EmptySerializer,
    ResetPasswordSerializer,
    SentSerializer,
    SignInSerializer,
    SignUpSerializer,
)
from dott.platform.identity.api.views import IdentityView
from dott.platform.identity.authentication import CHALLENGE
from dott.platform.identity.outcome import keep_changes
from dott.platform.tenancy.router import AUTH


def as_browser_view(view: Any) -> Callable[[HttpRequest], HttpResponse]:
    return staticmethod(view.as_api_view(client=Client.BROWSER))


class AccountView(IdentityView):
    """One allauth view. `conflict`: code and sentence for its 409."""

    allauth_view: ClassVar[Callable[[HttpRequest], HttpResponse]]
    serializer_class: type[Serializer[Any]] = EmptySerializer
    conflict: ClassVar[tuple[str, str]] = ("already_signed_in", "You are signed in. Sign out first.")

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        """Keep the body: allauth reads it again after our parser."""
        request.body  # noqa: B018  (reading it is what keeps it)
        return super().initialize_request(request, *args, **kwargs)

    def delegate(self, request: Request) -> HttpResponse:
        """Check the body against the declaration, let allauth act, put its answer into our form."""
        self.serializer_class(data=request.data).is_valid(raise_exception=True)
        answer = self.act(request._request)
        if answer.status_code >= HTTPStatus.BAD_REQUEST:
            answer = self._problem(request._request, answer)
        # A wrong code must stay counted and a begun sign-up must stay begun, though both answer 4xx.
        if answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
            keep_changes(answer)
        return answer

    def act(self, request: HttpRequest) -> HttpResponse:
        """Call allauth."""
        return type(self).allauth_view(request)

    def refine(self, errors: list[dict[str, str]]) -> list[dict[str, str]]:
        """Which of allauth's errors are told."""
        return errors

    def signed_out(self, pending: str | None) -> tuple[str, str]:
        """Code and sentence for allauth's 401; pending: the flow that waits for its code."""
        return {
            "verify_email": ("verification_required", "Enter the code from the mail we have sent you."),
            "mfa_authenticate": ("second_factor_pending", "Prove that it is you by your second factor."),
            "password_reset_by_code": (
                "password_reset_pending",
                "Enter the code from the mail we have sent you.",
            ),
        }.get(pending or "", ("not_authenticated", "Sign in to continue."))

    def _problem(self, request: HttpRequest, answer: HttpResponse) -> HttpResponse:
        body = json.loads(answer.content)
        status = answer.status_code
        if status == HTTPStatus.UNAUTHORIZED:
            flows = body.get("data", {}).get("flows", [])
            pending = next((flow["id"] for flow in flows if flow.get("is_pending")), None)
            return problem_response(
                request,
                status,
                *self.signed_out(pending),
                headers={"WWW-Authenticate": CHALLENGE},
                flows=flows,
            )
        if status == HTTPStatus.CONFLICT:
            return problem_response(request, status, *self.conflict)
        errors: list[InputError] = [
            {
                "pointer": pointer(*filter(None, [error.get("param")])),
                "code": error["code"],
                "detail": error["message"],
            }
            for error in self.refine(body.get("errors", []))
        ]
        return problem_response(
            request, status, "invalid_input", "Some values cannot be accepted.", errors=errors
        )


class SignUpView(AccountView):
    """Make an account. Known and unknown addresses get the same answer: a code is on its way."""

    allauth_view = as_browser_view(allauth_views.SignupView)
    serializer_class = SignUpSerializer

    @extend_schema(request=SignUpSerializer, responses={200: AccountAnswerSerializer})
    def post(self, request: Request) -> HttpResponse:
        """401 `verification_required`: enter the code that was mailed."""
        return self.delegate(request)

    def act(self, request: HttpRequest) -> HttpResponse:
        """Of two simultaneous sign-ups with one address the second finds it known, a moment late."""
        try:
            with transaction.atomic(using=AUTH):
                return super().act(request)
        except IntegrityError:
            return super().act(request)


class SignInView(AccountView):
    """Sign in with address and password."""

    allauth_view = as_browser_view(allauth_views.LoginView)
    serializer_class = SignInSerializer

    @extend_schema(request=SignInSerializer, responses={200: AccountAnswerSerializer})
    def post(self, request: Request) -> HttpResponse:
        """200 signed in; 401 `second_factor_pending` with its types in `flows` when a second step is due, and
        `verification_required` while the address is not verified."""
        return self.delegate(request)

    def act(self, request: HttpRequest) -> HttpResponse:
        """The right password ends the count of wrong ones."""
        answer = super().act(request)
        if answer.status_code in {HTTPStatus.OK, HTTPStatus.UNAUTHORIZED}:
            attempts.forgive(request)
        return answer


class VerifyEmailView(AccountView):
    """Enter the code that proves the address."""

    allauth_view = as_browser_view(allauth_views.VerifyEmailView)
    serializer_class = CodeSerializer
    conflict = ("no_pending_verification", "No code is pending here. Sign in to be sent a new one.")

    @extend_schema(request=CodeSerializer, responses={200: AccountAnswerSerializer})
    def post(self, request: Request) -> HttpResponse:
        """200 signed in; 409 after too many wrong codes."""
        return self.delegate(request)


class ResendVerificationView(AccountView):
    """Have the code sent again."""

    allauth_view = as_browser_view(allauth_views.ResendEmailVerificationCodeView)
    conflict = ("cannot_resend", "No further code can be sent. Sign in to be sent a new one.")

    @extend_schema(request=EmptySerializer, responses={200: SentSerializer})
    def post(self, request: Request) -> HttpResponse:
        """200 sent; 409 when no code is pending or it was resent too often."""
        return self.delegate(request)


class RequestPasswordResetView(AccountView):
    """Have a code sent that allows a new password."""

    allauth_view = as_browser_view(allauth_views.RequestPasswordResetView)
    serializer_class = AddressSerializer

    @extend_schema(request=AddressSerializer, responses={200: AccountAnswerSerializer})
    def post(self, request: Request) -> HttpResponse:
        """401 `password_reset_pending`, whether or not the address has an account."""
        return self.delegate(request)


class ResetPasswordView(AccountView):
    """Set a new password with the code. Ends all sessions of the account."""

    allauth_view = as_browser_view(allauth_views.ResetPasswordView)
    serializer_class = ResetPasswordSerializer
    conflict = ("no_pending_reset", "No code is pending here. Ask for a new one.")

    @extend_schema(request=ResetPasswordSerializer, responses={200: AccountAnswerSerializer})
    def post(self, request: Request) -> HttpResponse:
        """401 `sign_in_required`: the password is changed, sign in with it."""
        return self.delegate(request)

    def refine(self, errors: list[dict[str, str]]) -> list[dict[str, str]]:
        """With a wrong code nothing is said of the password: allauth judges it only for real accounts."""
        return [error for error in errors if error.get("param") == "key"] or errors

    def signed_out(self, pending: str | None) -> tuple[str, str]:
        """What allauth's 401 means here: done."""
        return "sign_in_required", "Your password is changed. Sign in with the new one."


class ChangePasswordView(AccountView):
    """Change the password. Other sessions end, this one goes on under a new token."""

    allauth_view = as_browser_view(allauth_views.ChangePasswordView)
    serializer_class = ChangePasswordSerializer

    @extend_schema(request=ChangePasswordSerializer, responses={200: AccountAnswerSerializer})
    def post(self, request: Request) -> HttpResponse:
        """200 changed."""
        return self.delegate(request)


class AuthSessionView(AccountView):
    """Whether somebody is signed in here, and signing out."""

    allauth_view = as_browser_view(allauth_views.SessionView)

    @extend_schema(request=None, responses={200: AccountAnswerSerializer})
    def get(self, request: Request) -> HttpResponse:
        """200 with the user, or 401 with the ways to sign in."""
        return self.delegate(request)

    @extend_schema(request=None, responses={200: AccountAnswerSerializer})
    def delete(self, request: Request) -> HttpResponse:
        """Sign out. As in allauth the success is a 401: nobody is signed in any more."""
        return self.delegate(request)
