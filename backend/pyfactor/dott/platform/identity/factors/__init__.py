"""Second factors: codes of an authenticator app, passkeys, recovery codes. The rows are allauth's."""
