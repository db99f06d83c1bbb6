"""A real OpenID Connect provider on the loopback address, strict where a provider has to be, and a liar on
demand."""

import base64
import hashlib
import json
import secrets
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote_plus, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

CLIENT_ID, CLIENT_SECRET = "dott client", "s3cret: with % and +"

Token = dict[str, Any]


class Key:
    """One signing key. algorithm: of JWS."""

    def __init__(self, algorithm: str = "RS256", kid: str = "", bits: int = 2048) -> None:
        self.algorithm, self.kid = algorithm, kid or secrets.token_hex(4)
        self.private: Any
        if algorithm.startswith("ES"):
            self.private, maker = ec.generate_private_key(ec.SECP256R1()), ECAlgorithm
        elif algorithm == "EdDSA":
            self.private, maker = ed25519.Ed25519PrivateKey.generate(), OKPAlgorithm
        else:
            self.private, maker = rsa.generate_private_key(65537, bits), RSAAlgorithm
        shown = json.loads(maker.to_jwk(self.private.public_key()))  # type: ignore[attr-defined]
        self.public = shown | {"kid": self.kid, "use": "sig", "alg": algorithm}

    def sign(self, claims: Token, **header: Any) -> str:
        with warnings.catch_warnings():
            # A key that is too short is one of the attacks.
            warnings.simplefilter("ignore")
            return jwt.encode(
                claims, self.private, algorithm=self.algorithm, headers={"kid": self.kid} | header
            )


class Provider:
    """What it knows, and how often it was asked for what. `sign` makes the ID token; a test may put in its
    own."""

    def __init__(self) -> None:
        self.keys = [Key()]
        self.shown: list[Any] | None = None
        self.codes: dict[str, Token] = {}
        self.asked: list[str] = []
        self.metadata: Token = {}
        self.sign: Callable[[Token], str] = self.sign_well
        self.claims: Token = {}
        self.person: Token = {"sub": "ann", "email": "ann@corp.test", "email_verified": True, "name": "Ann"}
        self.port = 0

    def sign_well(self, claims: Token) -> str:
        """With the newest key."""
        return self.keys[-1].sign(claims)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def host(self) -> str:
        """As EGRESS_EXCEPTIONS names it."""
        return f"127.0.0.1:{self.port}"

    def described(self) -> Token:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": [key.algorithm for key in self.keys],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "authorization_response_iss_parameter_supported": True,
        } | self.metadata

    def authorize(self, url: str, person: Token | None = None) -> dict[str, str]:
        """What the browser comes back with after the person has signed in at the address."""
        query = dict(parse_qsl(urlsplit(url).query, strict_parsing=True))
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT_ID
        assert query["code_challenge_method"] == "S256"
        assert "openid" in query["scope"].split()
        code = secrets.token_urlsafe(16)
        self.codes[code] = query | {"person": self.person if person is None else person}
        return {"code": code, "state": query["state"], "iss": self.issuer}

    def redeem(self, form: dict[str, str], authorization: str) -> tuple[int, Token]:
        """The token endpoint: each code once, for its own client, address and verifier."""
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        given = [unquote_plus(part) for part in pair.split(":", 1)]
        if given != [CLIENT_ID, CLIENT_SECRET]:
            return 401, {"error": "invalid_client"}
        begun = self.codes.pop(form.get("code", ""), None)
        challenge = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if (
            begun is None
            or begun["redirect_uri"] != form.get("redirect_uri")
            or begun["code_challenge"] != base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
        ):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "nonce": begun["nonce"],
        }
        claims |= begun["person"] | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        return 200, {"access_token": "unused", "token_type": "Bearer", "id_token": self.sign(claims)}

    def answer(self, method: str, path: str, body: bytes, authorization: str) -> tuple[int, Any]:
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            return 200, self.described()
        if path == "/keys":
            return 200, {"keys": self.shown or [key.public for key in self.keys]}
        if path == "/token" and method == "POST":
            form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
            return self.redeem(form, authorization)
        return 404, {}


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that listens until the end of the block."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            status, found = provider.answer(
                self.command, self.path, body, self.headers.get("Authorization", "")
            )
            data = json.dumps(found).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
