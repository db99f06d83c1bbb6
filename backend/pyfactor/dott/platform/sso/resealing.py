"""Providers' client secrets, sealed anew when the keys of sealing change (identity/factors/resealing.py)."""

from dott.platform.identity.factors.keys import reseal
from dott.platform.identity.factors.resealing import Resealed, each_of, register
from dott.platform.sso.models import Provider
from dott.platform.tenancy.router import AUTH


def reseal_providers() -> Resealed:
    """Every business's."""

    def change(provider: Provider) -> str:
        provider.client_secret = reseal(provider.client_secret)
        return "client_secret"

    return each_of(Provider.objects.using(AUTH).all(), change)


register("client secrets of single sign-on", reseal_providers)
