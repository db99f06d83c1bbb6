"""What is compiled, and whether it is. The launcher and the image read this, outside of Dott."""

import hashlib
from pathlib import Path

SOURCE = Path(__file__).with_name("rows.c")
BUILT = SOURCE.with_suffix(".so")
FLAGS = (
    "-std=c11", "-O3", "-Wall", "-Wextra", "-Wconversion", "-fPIC", "-shared",
    "-fstack-protector-strong", "-D_FORTIFY_SOURCE=2", "-Wl,-z,relro,-z,now",
)  # fmt: skip


def fingerprint() -> str:
    """Of the source and of this file; what is built holds it."""
    return hashlib.sha256(SOURCE.read_bytes() + Path(__file__).read_bytes()).hexdigest()


def is_built(built: Path = BUILT) -> bool:
    """Whether it is there, and from these sources."""
    return built.exists() and fingerprint().encode() in built.read_bytes()
