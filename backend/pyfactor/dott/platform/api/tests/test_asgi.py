"""A request of an ASGI server as the environ of WSGI: its path and its headers."""

from typing import Any

import pytest

from dott.platform.api import asgi
from dott.platform.api.asgi import environ_of
from dott.platform.api.tests.test_threads import Client


def made(**scope: Any) -> dict[str, Any]:
    return environ_of(Client(**scope).scope)


def test_the_path_is_what_was_sent_byte_by_byte() -> None:
    assert made(path="/\ufffd/é", raw_path=b"/%ff/%C3%A9")["PATH_INFO"] == "/\xff/\xc3\xa9"
    assert made(path="/a/", raw_path=b"/a/")["PATH_INFO"] == "/a/"
    assert made(path="/é", raw_path=None)["PATH_INFO"] == "/\xc3\xa9"
    assert made(query_string=b"q=%ff&x=\xc3\xa9")["QUERY_STRING"] == "q=%ff&x=\xc3\xa9"


def test_headers_are_named_as_wsgi_names_them() -> None:
    environ = made(
        headers=[(b"host", b"dott"), (b"content-type", b"a/b"), (b"content-length", b"7"), (b"x-a", b"\xe9")],
        length=0,
    )
    assert environ["HTTP_HOST"] == "dott"
    assert (environ["CONTENT_TYPE"], environ["CONTENT_LENGTH"]) == ("a/b", "7")
    assert environ["HTTP_X_A"] == "\xe9"
    assert (environ["REMOTE_ADDR"], environ["SERVER_NAME"], environ["SERVER_PORT"]) == (
        "1.2.3.4",
        "dott",
        "80",
    )
    assert (environ["REQUEST_METHOD"], environ["SERVER_PROTOCOL"]) == ("GET", "HTTP/1.1")


@pytest.mark.asvs("4.1.3")
def test_a_header_with_an_underscore_passes_for_no_other() -> None:
    """A proxy sets X-Forwarded-Host, and lets X_Forwarded_Host through."""
    environ = made(headers=[(b"x_forwarded_host", b"evil"), (b"x-forwarded_proto", b"https")])
    assert [name for name in environ if name.startswith("HTTP_")] == []


def test_a_header_sent_twice_is_one_with_both_values() -> None:
    environ = made(headers=[(b"cookie", b"a=1"), (b"x-a", b"1"), (b"cookie", b"b=2"), (b"x-a", b"2")])
    assert (environ["HTTP_COOKIE"], environ["HTTP_X_A"]) == ("a=1; b=2", "1,2")


def test_made_up_header_names_fill_no_memory() -> None:
    for number in range(2_000):
        assert made(headers=[(b"x-made-up-%d" % number, b"1")])[f"HTTP_X_MADE_UP_{number}"] == "1"
    assert len(asgi._NAMES) <= asgi._MOST_NAMES
