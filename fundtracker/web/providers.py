"""The office's identity provider (OpenID Connect): what is asked of it, and what its answer must prove."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from werkzeug.wrappers import Response

from fundtracker.config import Provider
from fundtracker.domain.roles import Role
from fundtracker.services.outside import Identity, ProviderRefusedError
from fundtracker.web.events import log_event

_KEPT = "fundtracker_provider"
_LONGEST_SUBJECT = 255  # OpenID Connect Core 1.0, section 2
_SECONDS = 10  # that the provider may take to answer


@dataclass(frozen=True)
class Asked:
    """The provider of this office, and the client that speaks to it."""

    settings: Provider
    client: Any  # Authlib carries no types


def set_up_provider(app: Flask, settings: Provider | None) -> None:
    """Join the provider, where one is set; raises ValueError for a post that there is not."""
    if settings is None:
        return
    from authlib.integrations.flask_client import OAuth  # noqa: PLC0415 - an extra that most offices do without

    for post in settings.roles.values():
        Role(post)
    client = OAuth(app).register(
        "provider",
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        server_metadata_url=f"{settings.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile", "code_challenge_method": "S256", "default_timeout": _SECONDS,
        },
    )  # fmt: skip
    app.extensions[_KEPT] = Asked(settings, client)


def find_provider() -> Asked | None:
    """Give the provider of this office, where one is set."""
    found: Asked | None = current_app.extensions.get(_KEPT)
    return found


def ask_to_sign_in(provider: Asked, back: str) -> Response:
    """Send a browser to the provider, with a state, a nonce and a proof key of its own; raises ProviderRefusedError."""
    with _told_plainly():
        answer: Response = provider.client.authorize_redirect(back)
    return answer


def read_answer(provider: Asked) -> Identity:
    """Read whom the provider sent back, from an ID token that it signed for us; raises ProviderRefusedError."""
    settings = provider.settings
    with _told_plainly():
        provider.client.load_server_metadata()["id_token_signing_alg_values_supported"] = ["RS256"]
        token = provider.client.authorize_access_token(claims_options={
            "iss": {"essential": True, "value": settings.issuer},
            # Authlib takes a token that is for another client too, where its `azp` is ours.
            "aud": {"essential": True, "value": settings.client_id},
        })  # fmt: skip
        claims = token["userinfo"]
        if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= _LONGEST_SUBJECT:
            raise ValueError("a subject that is none")
    return Identity(
        issuer=claims["iss"], subject=claims["sub"], email=str(claims.get("email") or ""),
        name=str(claims.get("name") or ""), roles=_roles(settings, claims.get(settings.roles_claim)),
    )  # fmt: skip


def sign_out_address(provider: Asked, back: str) -> str | None:
    """Give the provider's page that signs out there too and then comes back, where it has one."""
    try:
        with _told_plainly():
            made = provider.client.create_logout_url(
                post_logout_redirect_uri=back, client_id=provider.settings.client_id
            )
    except ProviderRefusedError:
        return None
    return str(made["url"])


def _roles(settings: Provider, given: object) -> frozenset[Role] | None:
    if not settings.roles:
        return None
    held = [given] if isinstance(given, str) else given if isinstance(given, list) else []
    return frozenset(Role(post) for claim, post in settings.roles.items() if claim in held)


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Say in a sentence what went wrong with the provider; which it was goes into the log, without what was sent."""
    from authlib.common.errors import AuthlibBaseError  # noqa: PLC0415 - as above
    from joserfc.errors import JoseError  # noqa: PLC0415
    from requests import RequestException  # noqa: PLC0415

    try:
        yield
    except (AuthlibBaseError, JoseError, RequestException, RuntimeError, KeyError, ValueError, TypeError) as error:
        log_event("single-sign-on-failed", why=type(error).__name__)
        raise ProviderRefusedError(
            "Single sign-on did not work this time. Try again; if it happens again, tell an administrator."
        ) from error
