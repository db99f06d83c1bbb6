"""How passwords are hashed, and which are refused."""

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from dott.platform.api.errors import ProblemError

MAXIMUM_LENGTH = 128

# Each hash takes 46 MiB and a whole core for a tenth of a second. Without a gate a burst of sign-ins
# would take all memory and all cores from everybody who is already working.
_gate = threading.BoundedSemaphore(2 * (os.cpu_count() or 1))
GATE_WAIT_S = 3.0


@contextmanager
def hashing_slot() -> Iterator[None]:
    """Wait for a place at the gate. Raises ProblemError 503 with Retry-After when there is none."""
    if not _gate.acquire(timeout=GATE_WAIT_S):
        raise ProblemError(
            503, "overloaded", "Too many people are signing in at this moment. Try again shortly.",
            headers={"Retry-After": "2"},
        )  # fmt: skip
    try:
        yield
    finally:
        _gate.release()


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id with OWASP's stronger parameters; Django's own would take 100 MiB on 8 lanes per hash."""

    time_cost = 2
    memory_cost = 47_104  # KiB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """The hash, from inside the gate."""
        with hashing_slot():
            return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        """Whether the password fits, from inside the gate."""
        with hashing_slot():
            return bool(super().verify(password, encoded))


class MaximumLengthValidator:
    """Refuses what is longer than a pass phrase needs; the length is checked before anything is hashed."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError for more than 128 characters."""
        if len(password) > MAXIMUM_LENGTH:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        """The rule in one sentence."""
        return f"Use at most {MAXIMUM_LENGTH} characters."


class DisguisedCommonPasswordValidator(CommonPasswordValidator):
    """Refuses common passwords also when they are made longer by the usual means.

    Of Django's 20,000 common passwords only 190 reach 12 characters, so its validator alone refuses
    almost nothing here. People lengthen them by digits and signs at the ends, by repetition and by
    look-alike characters; this undoes all three before it looks them up.
    """

    LOOK_ALIKES = str.maketrans("013457@$!", "oleastasi")
    PRODUCT_WORDS = frozenset({"dott", "customer", "customers", "business"})

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError when a common password is all that the password consists of."""
        plain = password.strip().lower()
        for text in (plain, plain.translate(self.LOOK_ALIKES)):
            core = _unrepeated(re.sub(r"^[\d\W_]+|[\d\W_]+$", "", text))
            if not core or core in self.passwords or core in self.PRODUCT_WORDS or len(set(text)) < 4:
                raise ValidationError(
                    "This password is a common one in disguise.", code="password_too_common"
                )

    def get_help_text(self) -> str:
        """The rule in one sentence."""
        return "Do not build the password from a common one by adding digits, signs or repetitions."


def _unrepeated(text: str) -> str:
    """The shortest text that, repeated, gives this one."""
    for size in range(1, len(text) // 2 + 1):
        if len(text) % size == 0 and text[:size] * (len(text) // size) == text:
            return text[:size]
    return text
