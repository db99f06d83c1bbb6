"""Django app of the identity room."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Its tables are served by the login role `dott_auth`; no other role reads users or sessions."""

    name = "dott.platform.identity"
    label = "identity"

    def ready(self) -> None:
        from dott.platform.identity import checks, schema  # noqa: F401  (both register themselves)
        from dott.platform.tenancy import visibility

        # Everybody knows who her colleagues are.
        visibility.register(
            dict.fromkeys(
                ("identity.membership", "identity.team", "identity.teammember"), visibility.EVERYONES
            )
        )
