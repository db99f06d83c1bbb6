"""TCP ports on this machine: which are free, and what to say when one is not."""

import errno
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass

from launcher.errors import LauncherError

SEARCHED = 100  # ports tried above the usual one


def is_taken(port: int) -> bool:
    """Whether something answers on or holds the port, on IPv4 or IPv6 loopback.

    Both are asked, because `localhost` may lead a browser to ::1 where another program
    listens; by connecting as well as by binding, because macOS lets a second program
    bind over the first.
    """
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family) as probe:
                probe.settimeout(0.3)
                if probe.connect_ex((host, port)) == 0:
                    return True
            with socket.socket(family) as probe:
                # Connections of an earlier run in TIME_WAIT do not hold the port.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except OSError as error:
            # Without IPv6 there is no such address, and nothing can hold the port on it.
            if family == socket.AF_INET or error.errno == errno.EADDRINUSE:
                return True
    return False


@dataclass(frozen=True)
class NamedPort:
    """A port people know by name; usual: the one taken when nothing is asked for."""

    name: str
    usual: int

    @property
    def flag(self) -> str:
        return f"--{self.name.lower()}-port"

    @property
    def variable(self) -> str:
        return f"DOTT_{self.name.upper()}_PORT"


WEB = NamedPort("web", 3000)
API = NamedPort("API", 8000)


def any_free() -> int:
    """A port that nobody needs to know by name; the system chooses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def choose(wanted: NamedPort, option: int | None, say: Callable[[str], None], avoid: int = 0) -> int:
    """A free port. Asked for by option or variable it must be free: raises LauncherError.

    Otherwise it is the usual one or the next free above it, and the latter is said.
    avoid: a port already given away.
    """
    name, flag, variable = wanted.name, wanted.flag, wanted.variable
    given = option if option is not None else from_variable(variable)
    if given is not None:
        if is_taken(given) or given == avoid:
            raise LauncherError(
                f"The {name} port {given} is taken by another program.",
                f"stop that program, or choose another port: {flag} {given + 1} or {variable}={given + 1}",
            )
        return given
    for port in range(wanted.usual, wanted.usual + SEARCHED):
        if port != avoid and not is_taken(port):
            if port != wanted.usual:
                say(
                    f"  The {name} port {wanted.usual} is taken; using {port} ({flag} or {variable} chooses)."
                )
            return port
    raise LauncherError(
        f"No free {name} port between {wanted.usual} and {wanted.usual + SEARCHED}.",
        f"choose one with {flag} or {variable}",
    )


def from_variable(variable: str) -> int | None:
    text = os.environ.get(variable, "").strip()
    if not text:
        return None
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise LauncherError(f"{variable}={text} is not a port.", "give a number from 1 to 65535")
    return int(text)
