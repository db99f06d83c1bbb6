"""Django app of the single sign-on room."""

from django.apps import AppConfig


class SsoConfig(AppConfig):
    """Its tables are served by the login role `dott_auth`, as identity's are."""

    name = "dott.platform.sso"
    label = "sso"

    def ready(self) -> None:
        from dott.platform.sso import data_map, permissions, resealing  # noqa: F401  (register themselves)
