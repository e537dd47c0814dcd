"""An identity provider on loopback, as an office's is: it checks the client, the proof key and the code, and signs."""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import WSGIRequestHandler, make_server

CLIENT, SECRET = "fundtracker", "a secret of the client"
KEY, OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one"}), RSAKey.generate_key(2048, {"kid": "one"})


class _Quiet(WSGIRequestHandler):
    def log(self, *_said: object) -> None:
        """Say nothing of each request."""


@dataclass
class Provider:
    """The provider: who signs in there next, what a test spoils of its answers, and what it was asked."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    spoil: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: KEY)
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def token(self, nonce: str) -> str:
        """Sign an ID token."""
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce, "sub": "s-1"}
        return jwt.encode({"alg": "RS256", "kid": "one"}, {**claims, **self.claims, **self.spoil}, self.key)


def pages_of(provider: Provider) -> Flask:
    """Give the provider's pages."""
    app = Flask("provider")

    @app.get("/.well-known/openid-configuration")
    def metadata() -> Response:
        at = provider.issuer
        return jsonify(
            issuer=at, authorization_endpoint=f"{at}/authorize", token_endpoint=f"{at}/token",
            jwks_uri=f"{at}/keys", end_session_endpoint=f"{at}/end",
            id_token_signing_alg_values_supported=["RS256", "HS256", "none"],
        )  # fmt: skip

    @app.get("/keys")
    def keys() -> Response:
        return jsonify(keys=[KEY.as_dict(private=False)])

    answer_codes(app, provider)
    return app


def answer_codes(app: Flask, provider: Provider) -> None:
    """Give codes, and an ID token for each, once."""

    @app.get("/authorize")
    def authorize() -> ResponseReturnValue:
        asked = request.args.to_dict()
        provider.asked.append(asked)
        code = secrets.token_urlsafe(16)
        provider.codes[code] = asked
        return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    @app.post("/token")
    def token() -> ResponseReturnValue:
        asked = provider.codes.pop(request.form["code"], None)  # a code works once
        known = request.authorization and (request.authorization.username, request.authorization.password)
        proof = hashlib.sha256(request.form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).decode().rstrip("=")
        if asked is None or known != (CLIENT, SECRET) or challenge != asked["code_challenge"]:
            return jsonify(error="invalid_grant"), 400
        signed = provider.token(asked["nonce"])
        return jsonify(access_token="a", token_type="Bearer", expires_in=60, id_token=signed)  # noqa: S106 - no secret


@contextmanager
def serving() -> Iterator[Provider]:
    """Serve a provider on loopback."""
    provider = Provider()
    server = make_server("127.0.0.1", 0, pages_of(provider), request_handler=_Quiet)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
