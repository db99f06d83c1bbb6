"""Base of the views below /api/auth/ and /api/tenants/."""

from typing import Any

from dott.platform.api.views import ApiView
from dott.platform.identity.authentication import UserAuthentication


class IdentityView(ApiView):
    """Runs as the session's user on the alias `auth`; `request.user` is Django's, possibly anonymous."""

    authentication_classes: tuple[Any, ...] = (UserAuthentication,)
