"""What single sign-on holds of members (privacy/held.py)."""

from dott.platform.privacy.held import ACCESS, FOREVER, MEMBER, holds

holds(
    "sso.provider",
    called="Providers of single sign-on",
    why=ACCESS,
    kept=FOREVER,
    secret="client_secret",  # noqa: S106  (a column's name)
    none="business is_enabled issuer client_id newcomers authorization_endpoint token_endpoint jwks_uri"
    " names_itself secret_in_body keys keys_read_at created_at",
)
holds(
    "sso.domain",
    called="Mail domains of businesses",
    why=ACCESS,
    kept=FOREVER,
    none="id business name proof verified_at created_at",
)
holds(
    "sso.link",
    called="Accounts at providers of single sign-on",
    why=ACCESS,
    kept=MEMBER,
    staff="user issuer subject created_at last_used_at",
    none="id business",
)
