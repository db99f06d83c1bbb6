"""The kinds of records that can be imported. What is true of one only stands in its own file here."""

from .base import Kind
from .contacts import CONTACTS
from .customers import CUSTOMERS
from .deals import DEALS

KINDS: dict[str, Kind] = {kind.name: kind for kind in (CUSTOMERS, CONTACTS, DEALS)}
MATCH_KEYS = tuple(dict.fromkeys(key for kind in KINDS.values() for key in kind.keys))

__all__ = ["CONTACTS", "CUSTOMERS", "DEALS", "KINDS", "MATCH_KEYS", "Kind"]
