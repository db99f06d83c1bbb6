"""Signatures as the standard has them."""

import base64

import pytest

from dott.platform.webhooks import signing

# Published with the standard's reference libraries.
SECRET = "whsec_plJ3nmyCDGBKInavdOK15jsl"
BODY = b'{"event_type":"ping","data":{"success":true}}'
SIGNATURE = "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="


@pytest.mark.asvs("4.1.5")
def test_the_published_vector() -> None:
    assert signing.signature(SECRET, "msg_loFOjxBNrRLzqYUf", 1731705121, BODY) == SIGNATURE


def test_every_part_is_signed() -> None:
    for id_, at, body in (
        ("msg_loFOjxBNrRLzqYUg", 1731705121, BODY),
        ("msg_loFOjxBNrRLzqYUf", 1731705122, BODY),
        ("msg_loFOjxBNrRLzqYUf", 1731705121, BODY + b" "),
    ):
        assert signing.signature(SECRET, id_, at, body) != SIGNATURE


def test_a_secret_is_32_random_bytes() -> None:
    secrets = {signing.new_secret() for _ in range(100)}
    assert len(secrets) == 100
    assert all(len(base64.b64decode(secret.removeprefix("whsec_"))) == 32 for secret in secrets)


def test_two_secrets_make_two_signatures() -> None:
    other = signing.new_secret()
    headers = signing.headers("msg_loFOjxBNrRLzqYUf", 1731705121, BODY, [other, SECRET])
    first, second = headers["webhook-signature"].split(" ")
    assert second == SIGNATURE
    assert first == signing.signature(other, "msg_loFOjxBNrRLzqYUf", 1731705121, BODY)
