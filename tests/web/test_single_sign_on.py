"""Single sign-on, against a provider that runs on loopback: whom it lets in, in which posts, and what it refuses."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from flask import Flask
from joserfc import jwt
from joserfc.jwk import OctKey
from sqlalchemy import select
from werkzeug.test import TestResponse

from fundtracker import config
from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.domain.roles import Role
from fundtracker.services import people
from fundtracker.store.people import OutsideIdentity, Person, SignIn
from fundtracker.web.db import db, reading, transaction
from tests.web.provider import CLIENT, OTHER_KEY, SECRET, Provider, serving
from tests.web.visitor import Visitor, words

POSTS = {
    "Grants.Officer": Role.COMMISSIONING.value,
    "Grants.Money": Role.FINANCE.value,
    "Grants.Chief": "chief executive",
}
ANN = {"sub": "s-1", "email": "Ann@Example.org", "name": "Ann", "roles": ["Grants.Officer", "Nothing.Here"]}


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    """Serve one provider for all tests here."""
    with serving() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider) -> Provider:
    """Give the provider, with Ann signing in there next."""
    running.claims, running.spoil, running.key = dict(ANN), {}, Provider().key
    running.asked.clear()
    return running


@pytest.fixture
def make(tmp_path: Path, sqlite_url: str, provider: Provider) -> Iterator[Callable[..., Flask]]:
    """Make applications that know the provider."""
    made = []

    def make_one(**more: Any) -> Flask:
        known = config.Provider(provider.issuer, CLIENT, SECRET, **more)
        made.append(create_app(Settings(tmp_path, sqlite_url, provider=known)))
        return made[-1]

    yield make_one
    for app in made:
        with app.app_context():
            db.engine.dispose()


class _Stay(HTTPRedirectHandler):
    def http_error_302(self, req: Any, fp: Any, code: int, msg: str, headers: Any) -> Any:
        return fp


def through(visitor: Visitor, path: str = "/sign-in/single?next=/funds") -> TestResponse:
    """Go to the provider and come back with what it gives."""
    there = visitor.get(path)
    assert there.status_code == 302, words(there)
    with build_opener(_Stay()).open(there.location) as answer:
        back = answer.headers["Location"]
    return visitor.get(back.removeprefix("http://localhost"))


def everybody(app: Flask) -> dict[str, tuple[str, set[Role]]]:
    with app.app_context():
        return {person.email: (person.name, set(person.roles)) for person in reading().scalars(select(Person))}


def test_somebody_new_comes_in_with_the_posts_that_the_claims_give(
    make: Callable[..., Flask], provider: Provider
) -> None:
    app = make(roles=POSTS)
    visitor = Visitor(app)
    assert "Sign in with your office account" in words(visitor.get("/sign-in"))
    assert through(visitor).location == "/funds"
    assert visitor.get("/funds").status_code == 200
    assert everybody(app) == {"ann@example.org": ("Ann", {Role.COMMISSIONING})}
    (asked,) = provider.asked
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["nonce"]) >= 20
    assert len(asked["state"]) >= 20
    assert set(asked["scope"].split()) == {"openid", "email", "profile"}
    with app.app_context():
        assert reading().scalars(select(OutsideIdentity.subject)).all() == ["s-1"]


def test_posts_follow_the_claims_and_end_what_was_open(make: Callable[..., Flask], provider: Provider) -> None:
    app = make(roles=POSTS)
    first, second = Visitor(app), Visitor(app)
    through(first)
    provider.claims = ANN | {"roles": ["Grants.Money", "Grants.Chief"], "email": "married@example.org"}
    through(second)
    assert everybody(app) == {"ann@example.org": ("Ann", {Role.FINANCE, Role.CHIEF_EXECUTIVE})}
    assert first.get("/funds").location == "/sign-in?next=/funds"
    provider.claims = ANN | {"roles": []}
    refused = through(Visitor(app))
    assert (refused.status_code, "gives you no post" in words(refused)) == (422, True)


def test_an_address_that_somebody_here_has_joins_nobody(make: Callable[..., Flask], provider: Provider) -> None:
    app = make(roles=POSTS)
    with app.app_context(), transaction() as session:
        people.add_person(session, email="ann@example.org", name="Another Ann", role=Role.ADMINISTRATOR)
    refused = through(Visitor(app))
    assert (refused.status_code, "is in the list of people already" in words(refused)) == (422, True)
    assert everybody(app) == {"ann@example.org": ("Another Ann", {Role.ADMINISTRATOR})}


def test_without_a_say_in_posts_a_link_joins_somebody_once(make: Callable[..., Flask], provider: Provider) -> None:
    app = make()
    stranger = through(Visitor(app))
    assert (stranger.status_code, "not among the people of this office" in words(stranger)) == (422, True)
    with app.app_context(), transaction() as session:
        bo = people.add_person(session, email="bo@example.org", name="Bo", role=Role.CHIEF_EXECUTIVE)
        link = people.make_link(session, bo)
    visitor = Visitor(app)
    assert "sign in with your office account" in words(visitor.get(f"/set-password/{link}"))
    assert through(visitor, f"/sign-in/single?link={link}").location == "/"
    assert visitor.get("/funds").status_code == 200  # what the provider asks stands for the second step
    assert Visitor(app).get(f"/set-password/{link}").status_code == 404
    assert through(Visitor(app)).location == "/funds"
    provider.claims = ANN | {"sub": "s-2"}
    assert through(Visitor(app), f"/sign-in/single?link={link}").status_code == 422
    with app.app_context(), transaction() as session:
        people.disable_person(session, session.scalars(select(Person)).one())
    provider.claims = ANN
    assert "may not sign in" in words(through(Visitor(app)))


@pytest.mark.parametrize(
    "spoil",
    [{"nonce": "another"}, {"aud": "another"}, {"aud": "another", "azp": CLIENT}, {"iss": "http://another.example"},
     {"exp": 1_000}, {"sub": ""}, {"key": OTHER_KEY}, {"alg": "HS256"}, {"alg": "none"}],
    ids="-".join,
)  # fmt: skip
def test_a_token_that_does_not_prove_it_opens_nothing(
    make: Callable[..., Flask], provider: Provider, spoil: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make(roles=POSTS)
    if "key" in spoil:
        provider.key = spoil["key"]
    elif "alg" in spoil:
        signed = provider.token

        def forge(nonce: str) -> str:
            head, body, seal = signed(nonce).split(".")
            if spoil["alg"] == "none":
                return f"eyJhbGciOiJub25lIn0.{body}."
            claims = jwt.decode(f"{head}.{body}.{seal}", provider.key).claims
            return jwt.encode({"alg": "HS256", "kid": "one"}, claims, OctKey.import_key("x" * 64))

        monkeypatch.setattr(provider, "token", forge)
    else:
        provider.spoil = spoil
    refused = through(Visitor(app))
    assert (refused.status_code, "Single sign-on did not work" in words(refused)) == (422, True)
    assert everybody(app) == {}
    with app.app_context():
        assert reading().scalars(select(SignIn)).all() == []


def test_an_answer_to_another_browser_or_an_old_one_opens_nothing(make: Callable[..., Flask]) -> None:
    app = make(roles=POSTS)
    mine, other = Visitor(app), Visitor(app)
    there = mine.get("/sign-in/single")
    with build_opener(_Stay()).open(there.location) as answer:
        back = answer.headers["Location"].removeprefix("http://localhost")
    assert other.get(back).status_code == 422
    assert mine.get(back).status_code == 303
    assert mine.get(back).status_code == 422
    assert Visitor(app).get("/sign-in/single/back?error=access_denied&state=x").status_code == 422


def test_nobody_is_sent_elsewhere(make: Callable[..., Flask]) -> None:
    assert through(Visitor(make(roles=POSTS)), "/sign-in/single?next=//evil.example").location == "/"


def test_signing_out_signs_out_there_too(make: Callable[..., Flask], provider: Provider) -> None:
    visitor = Visitor(make(roles=POSTS))
    through(visitor)
    page = visitor.post("/sign-out")
    assert page.status_code == 200
    there = page.text.split('href="' + provider.issuer, 1)[1].split('"')[0].replace("&amp;", "&")
    asked = parse_qs(urlsplit(there).query)
    assert urlsplit(there).path == "/end"
    assert (asked["client_id"], asked["post_logout_redirect_uri"]) == ([CLIENT], ["http://localhost/sign-in"])
    assert visitor.get("/funds").location == "/sign-in?next=/funds"


def test_a_provider_out_of_reach_is_said_plainly_and_passwords_still_work(tmp_path: Path, sqlite_url: str) -> None:
    known = config.Provider("http://127.0.0.1:9", CLIENT, SECRET)
    visitor = Visitor(create_app(Settings(tmp_path, sqlite_url, provider=known)))
    refused = visitor.get("/sign-in/single")
    assert (refused.status_code, "did not work" in words(refused)) == (422, True)
    assert visitor.get("/sign-in").status_code == 200


def test_without_a_provider_there_is_no_such_way_in(visitor: Visitor) -> None:
    assert "office account" not in words(visitor.get("/sign-in"))
    assert visitor.get("/sign-in/single").location == "/sign-in"
    assert visitor.get("/sign-in/single/back?code=a&state=b").location == "/sign-in"


def test_the_settings_are_read_whole_or_not_at_all(tmp_path: Path, sqlite_url: str) -> None:
    named = {"FUNDTRACKER_OIDC_ISSUER": "https://login.example/t/v2.0", "FUNDTRACKER_OIDC_CLIENT_ID": "c"}
    with pytest.raises(ValueError, match="CLIENT_SECRET"):
        config.Provider.read(named)
    named |= {
        "FUNDTRACKER_OIDC_CLIENT_SECRET": "s",
        "FUNDTRACKER_OIDC_ROLES": "Grants.Money = finance officer, B=viewer",
    }
    read = config.Provider.read(named)
    assert read is not None
    assert dict(read.roles) == {"Grants.Money": "finance officer", "B": "viewer"}
    assert "'s'" not in repr(read)
    assert config.Provider.read({}) is None
    with pytest.raises(ValueError, match="Treasurer"):
        create_app(Settings(tmp_path, sqlite_url, provider=config.Provider("i", "c", "s", roles={"A": "Treasurer"})))
