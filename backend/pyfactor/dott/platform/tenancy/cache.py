"""Cache keys that begin with the tenant: row-level security is never asked about a cached answer."""

from dott.platform.tenancy.context import current_or_none


def tenant_key(key: object, key_prefix: str, version: int) -> str:
    """`<prefix>:<version>:<tenant or "global">:<key>`, for CACHES["…"]["KEY_FUNCTION"]."""
    context = current_or_none()
    owner = context.tenant_id if context else "global"
    return f"{key_prefix}:{version}:{owner}:{key}"
