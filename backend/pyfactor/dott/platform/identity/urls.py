"""Routes of identity. Names are the keys of the role table."""

from django.urls import path

from dott.platform.identity.api import (
    accounts,
    api_keys,
    factors,
    invitations,
    me,
    passes,
    second_step,
    step_up,
    tenant_security,
    tenants,
    visibility,
)

# The addresses of allauth's headless API for browsers.
ACCOUNTS = "auth/browser/v1"

urlpatterns = [
    path(f"{ACCOUNTS}/auth/signup", accounts.SignUpView.as_view(), name="sign-up"),
    path(f"{ACCOUNTS}/auth/login", accounts.SignInView.as_view(), name="sign-in"),
    path(f"{ACCOUNTS}/auth/session", accounts.AuthSessionView.as_view(), name="auth-session"),
    path(f"{ACCOUNTS}/auth/email/verify", accounts.VerifyEmailView.as_view(), name="verify-email"),
    path(
        f"{ACCOUNTS}/auth/email/verify/resend",
        accounts.ResendVerificationView.as_view(),
        name="resend-verification",
    ),
    path(
        f"{ACCOUNTS}/auth/password/request",
        accounts.RequestPasswordResetView.as_view(),
        name="request-password-reset",
    ),
    path(f"{ACCOUNTS}/auth/password/reset", accounts.ResetPasswordView.as_view(), name="reset-password"),
    path(
        f"{ACCOUNTS}/account/password/change", accounts.ChangePasswordView.as_view(), name="change-password"
    ),
    path(
        f"{ACCOUNTS}/auth/2fa/authenticate",
        second_step.SecondStepByCodeView.as_view(),
        name="second-step-code",
    ),
    path(
        f"{ACCOUNTS}/auth/webauthn/authenticate/begin",
        second_step.BeginSecondStepByPasskeyView.as_view(),
        name="second-step-passkey-begin",
    ),
    path(
        f"{ACCOUNTS}/auth/webauthn/authenticate",
        second_step.SecondStepByPasskeyView.as_view(),
        name="second-step-passkey",
    ),
    path(
        f"{ACCOUNTS}/auth/webauthn/login/begin",
        second_step.BeginPasskeySignInView.as_view(),
        name="passkey-sign-in-begin",
    ),
    path(f"{ACCOUNTS}/auth/webauthn/login", second_step.PasskeySignInView.as_view(), name="passkey-sign-in"),
    path("auth/factors/", factors.FactorListView.as_view(), name="factor-list"),
    path("auth/factors/totp/begin/", factors.BeginTotpView.as_view(), name="factor-totp-begin"),
    path("auth/factors/totp/", factors.TotpView.as_view(), name="factor-totp"),
    path("auth/factors/recovery-codes/", factors.RecoveryCodesView.as_view(), name="factor-recovery-codes"),
    path("auth/factors/passkeys/begin/", factors.BeginPasskeyView.as_view(), name="factor-passkey-begin"),
    path("auth/factors/passkeys/", factors.PasskeyListView.as_view(), name="factor-passkey-list"),
    path(
        "auth/factors/passkeys/<int:passkey_id>/",
        factors.PasskeyDetailView.as_view(),
        name="factor-passkey-detail",
    ),
    path("auth/step-up/", step_up.StepUpView.as_view(), name="step-up"),
    path("auth/step-up/password/", step_up.StepUpByPasswordView.as_view(), name="step-up-password"),
    path("auth/step-up/code/", step_up.StepUpByCodeView.as_view(), name="step-up-code"),
    path(
        "auth/step-up/passkey/begin/",
        step_up.BeginStepUpByPasskeyView.as_view(),
        name="step-up-passkey-begin",
    ),
    path("auth/step-up/passkey/", step_up.StepUpByPasskeyView.as_view(), name="step-up-passkey"),
    path("auth/csrf/", me.CsrfView.as_view(), name="csrf"),
    path("auth/me/", me.MeView.as_view(), name="me"),
    path("auth/sessions/", me.SessionListView.as_view(), name="session-list"),
    path("auth/sessions/revoke-others/", me.RevokeOthersView.as_view(), name="session-revoke-others"),
    path("auth/sessions/<uuid:session_id>/", me.SessionDetailView.as_view(), name="session-detail"),
    path("auth/invitations/look/", invitations.LookView.as_view(), name="invitation-look"),
    path("auth/invitations/accept/", invitations.AcceptView.as_view(), name="invitation-accept"),
    path("tenants/", tenants.TenantListView.as_view(), name="tenant-list"),
    path("tenants/switch/", tenants.SwitchView.as_view(), name="tenant-switch"),
    path("tenants/current/", tenants.CurrentTenantView.as_view(), name="tenant-current"),
    path("tenants/current/members/", tenants.MemberListView.as_view(), name="member-list"),
    path(
        "tenants/current/members/<uuid:membership_id>/",
        tenants.MemberDetailView.as_view(),
        name="member-detail",
    ),
    path("tenants/current/scopes/", visibility.ScopesView.as_view(), name="tenant-scopes"),
    path("tenants/current/teams/", visibility.TeamListView.as_view(), name="team-list"),
    path("tenants/current/teams/<uuid:team_id>/", visibility.TeamDetailView.as_view(), name="team-detail"),
    path("tenants/current/security/", tenant_security.TenantSecurityView.as_view(), name="tenant-security"),
    path("tenants/current/privacy-pass/", passes.PrivacyPassView.as_view(), name="privacy-pass"),
    path("tenants/current/leave/", tenants.LeaveView.as_view(), name="membership-leave"),
    path("tenants/current/api-keys/", api_keys.ApiKeyListView.as_view(), name="api-key-list"),
    path(
        "tenants/current/api-keys/<uuid:apikey_id>/",
        api_keys.ApiKeyDetailView.as_view(),
        name="api-key-detail",
    ),
    path("tenants/current/invitations/", invitations.InvitationListView.as_view(), name="invitation-list"),
    path(
        "tenants/current/invitations/<uuid:invitation_id>/",
        invitations.InvitationDetailView.as_view(),
        name="invitation-detail",
    ),
]
