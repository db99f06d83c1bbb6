"""Which port is taken, and what is said about it."""

import socket
from collections.abc import Iterator

import pytest

from launcher import ports
from launcher.errors import LauncherError


@pytest.fixture(params=[(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")], ids=["IPv4", "IPv6"])
def taken(request: pytest.FixtureRequest) -> Iterator[int]:
    family, host = request.param
    with socket.socket(family) as listener:
        listener.bind((host, 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_listener_on_either_loopback_takes_the_port(taken: int) -> None:
    assert ports.is_taken(taken)


def test_a_chosen_port_that_is_taken_is_named_with_a_way_out(taken: int) -> None:
    with pytest.raises(LauncherError) as caught:
        ports.choose(ports.WEB, taken, lambda _: None)

    assert str(caught.value) == f"The web port {taken} is taken by another program."
    assert f"--web-port {taken + 1}" in caught.value.mend
    assert f"DOTT_WEB_PORT={taken + 1}" in caught.value.mend


def test_the_variable_counts_like_the_option(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOTT_API_PORT", str(taken))
    with pytest.raises(LauncherError, match=f"The API port {taken} is taken"):
        ports.choose(ports.API, None, lambda _: None)


def test_the_usual_port_gives_way_to_the_next_and_says_so(taken: int) -> None:
    said: list[str] = []

    found = ports.choose(ports.NamedPort("web", taken), None, said.append)

    assert found > taken
    assert not ports.is_taken(found)
    assert len(said) == 1
    assert f"web port {taken} is taken; using {found}" in said[0]


def test_a_port_given_away_is_not_given_twice() -> None:
    first = ports.choose(ports.API, None, lambda _: None)
    assert ports.choose(ports.API, None, lambda _: None, avoid=first) != first


@pytest.mark.parametrize("value", ["x", "0", "70000", "-1"])
def test_nonsense_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOTT_WEB_PORT", value)
    with pytest.raises(LauncherError, match="is not a port"):
        ports.choose(ports.WEB, None, lambda _: None)
