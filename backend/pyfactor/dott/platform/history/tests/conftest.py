"""The clock of history is nobody's but the owner's of its tables."""

from dott.platform.privacy.tests.conftest import age_history

__all__ = ["age_history"]
