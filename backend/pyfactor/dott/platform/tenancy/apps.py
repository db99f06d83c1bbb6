"""The wall: everything about isolation between tenants, and only here."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    """Floor of the platform; imports no other room."""

    name = "dott.platform.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate, pre_migrate

        from dott.platform.tenancy import checks  # noqa: F401  (registers the system checks)
        from dott.platform.tenancy.install import grant_identity_access, install_functions

        pre_migrate.connect(install_functions, sender=self, dispatch_uid="tenancy.functions")
        post_migrate.connect(grant_identity_access, dispatch_uid="tenancy.identity_access")
