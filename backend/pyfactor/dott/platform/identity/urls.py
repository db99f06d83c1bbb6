"""Routes of identity. Names are the keys of the role table."""

from django.urls import path

from dott.platform.identity.api import accounts, invitations, me, tenants

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
    path("tenants/current/leave/", tenants.LeaveView.as_view(), name="membership-leave"),
    path("tenants/current/invitations/", invitations.InvitationListView.as_view(), name="invitation-list"),
    path(
        "tenants/current/invitations/<uuid:invitation_id>/",
        invitations.InvitationDetailView.as_view(),
        name="invitation-detail",
    ),
]
