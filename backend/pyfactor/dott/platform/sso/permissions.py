"""What each role may do here."""

from dott.platform.identity.roles import ADMIN, ANYONE, OWNER, SIGNED_IN, register

register(
    {
        # Whoever is not yet anybody.
        "sso-start": {"POST": ANYONE},
        "sso-finish": {"POST": ANYONE},
        # One's own connections, and not a business's to take away.
        "sso-link-list": {"GET": SIGNED_IN},
        "sso-link-detail": {"DELETE": SIGNED_IN},
        # Whoever names the provider names who is there.
        "sso-provider": {"GET": ADMIN, "PUT": OWNER, "DELETE": OWNER},
        "sso-domain-list": {"POST": OWNER},
        "sso-domain-verify": {"POST": OWNER},
        "sso-domain-detail": {"DELETE": OWNER},
    }
)
