"""What identity and its packages hold of members (privacy/held.py). No module reads these tables."""

from dott.platform.privacy.held import (
    ACCESS,
    FOREVER,
    MAIL,
    MEMBER,
    OPERATION,
    SECURITY,
    SESSION,
    TAKEN,
    holds,
)

holds(
    "identity.user",
    called="Accounts",
    why=ACCESS,
    kept=MEMBER,
    goes=(MAIL, TAKEN),
    name="name",
    email="email",
    secret="password",  # noqa: S106  (a column's name)
    about="language timezone last_login",
    none="id is_active created_at",
)
holds(
    "identity.membership",
    called="Members",
    why=ACCESS,
    kept=MEMBER,
    goes=(TAKEN,),
    name="display_name",
    staff="user role status",
)
holds(
    "identity.session",
    called="Sessions",
    why=SECURITY,
    kept=SESSION,
    device="ip user_agent last_seen_at",
    secret="token_hash session_data",  # noqa: S106
    staff="user active_tenant confined_to created_at auth_time second_factor_at",
    none="id expires_at revoked_at",
)
holds(
    "identity.apikey",
    called="API keys",
    why=ACCESS,
    kept=MEMBER,
    secret="key_hash",  # noqa: S106
    staff="user last_used_at",
    none="id business name prefix scopes has_second_factor by_single_sign_on created_at expires_at"
    " revoked_at",
)
holds(
    "identity.invitation",
    called="Invitations",
    why=ACCESS,
    kept=MEMBER,
    goes=(MAIL,),
    email="email",
    secret="token_hash",  # noqa: S106
    staff="invited_by",
    none="id business role created_at expires_at accepted_at revoked_at",
)
holds(
    "identity.tenant",
    called="Businesses",
    why=OPERATION,
    kept=FOREVER,
    goes=(TAKEN,),
    none="id name slug currency country language timezone week_start status second_factor"
    " member_scope viewer_scope needs_single_sign_on onboarded_at created_at version",
)
holds("identity.team", called="Teams", why=ACCESS, kept=FOREVER, none="name name_key")
holds("identity.teammember", called="Places in teams", why=ACCESS, kept=MEMBER, staff="team membership")
holds(
    "account.emailaddress",
    called="E-mail addresses of accounts",
    why=ACCESS,
    kept=MEMBER,
    goes=(MAIL,),
    email="email",
    staff="user",
    none="id verified primary",
)
holds(
    "account.emailconfirmation",
    called="Confirmations of e-mail addresses",
    why=ACCESS,
    kept=MEMBER,
    secret="key",  # noqa: S106
    staff="email_address",
    none="id created sent",
)
holds(
    "mfa.authenticator",
    called="Second factors and passkeys",
    why=SECURITY,
    kept=MEMBER,
    secret="data",  # noqa: S106
    staff="user created_at last_used_at",
    none="id type",
)
for _label, _called in (
    ("auth.group", "Groups of the framework, not used"),
    ("auth.group_permissions", "Permissions of the framework's groups, not used"),
    ("auth.permission", "Permissions of the framework, not used"),
    ("contenttypes.contenttype", "Names of the tables"),
):
    holds(_label, called=_called, why=OPERATION, kept=FOREVER, none="*")
