"""Signing in: no address is given away, wrong passwords are counted, and a session is a row that can be deleted."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select

from fundtracker.domain.roles import Role
from fundtracker.services import passwords, people, sign_ins
from fundtracker.store.people import Person, SignIn
from fundtracker.web.db import reading, transaction
from tests.web.visitor import Visitor, words

WORDS = "correct horse battery staple"
WRONG = "not the words"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def ann(app: Flask) -> int:
    """Add Ann, with a password."""
    password_hash = passwords.hash_password(WORDS)
    with app.app_context(), transaction() as session:
        person = people.add_person(session, email="ann@example.org", name="Ann", role=Role.FINANCE)
        people.set_password(session, person, password_hash)
        return person.id


def sign_in(visitor: Visitor, typed: str = WORDS, email: str = "ann@example.org", path: str = "/sign-in") -> int:
    return visitor.post(path, email=email, password=typed).status_code


def sessions(app: Flask) -> list[SignIn]:
    with app.app_context():
        return list(reading().scalars(select(SignIn)))


@pytest.mark.usefixtures("ann")
def test_the_right_password_opens_a_session_under_a_new_token(app: Flask, visitor: Visitor) -> None:
    before = visitor.token()
    assert sign_in(visitor, email=" Ann@Example.org ") == 303
    assert "Finance officer" in visitor.get("/accessibility").text
    assert visitor.token() != before
    cookie = visitor.client.get_cookie("ft_session")
    assert cookie is not None
    assert cookie.http_only
    assert (cookie.same_site, cookie.secure, cookie.path) == ("Lax", False, "/")
    assert sessions(app)[0].token_hash not in cookie.value


@pytest.mark.usefixtures("ann")
def test_a_session_cookie_of_before_signing_in_or_out_opens_nothing(visitor: Visitor) -> None:
    sign_in(visitor)
    cookie = visitor.client.get_cookie("ft_session")
    assert cookie is not None
    assert visitor.post("/sign-out").status_code == 303
    visitor.client.set_cookie("ft_session", cookie.value)
    assert visitor.get("/").location == "/sign-in?next=/"


@pytest.mark.usefixtures("ann")
def test_an_unknown_address_is_answered_as_a_wrong_password_is(app: Flask) -> None:
    wrong = Visitor(app).post("/sign-in", email="ann@example.org", password=WRONG)
    unknown = Visitor(app).post("/sign-in", email="bob@example.org", password=WRONG)
    assert words(wrong) == words(unknown)
    assert (wrong.status_code, unknown.status_code) == (422, 422)


def test_an_unknown_address_costs_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []

    class Counting:
        hash = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1).hash

        def verify(self, known: str, _typed: str) -> bool:
            verified.append(known)
            return True

    monkeypatch.setattr(passwords, "_HASHER", Counting())
    assert not passwords.verify_password("anything at all", None)
    assert len(verified) == 1
    assert verified[0].startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_ten_failures_are_free_and_then_the_wait_grows_to_fifteen_minutes(app: Flask, ann: int) -> None:
    waits = []
    with app.app_context():
        for _ in range(18):
            with transaction() as session:
                account = sign_ins.find_account(session, "ann@example.org")
                assert sign_ins.answer(session, account, right=False) is None
                person = session.get_one(Person, ann)
                if person.held_until:
                    waits.append((person.held_until - datetime.now(UTC)).total_seconds())
                    person.held_until = None
    assert [round(wait, -1) for wait in waits] == [30, 60, 120, 240, 480, 900, 900, 900, 900]


def test_a_held_account_refuses_the_right_password_and_holds_nobody_else(app: Flask, ann: int) -> None:
    password_hash = passwords.hash_password(WORDS)
    with app.app_context(), transaction() as session:
        held = session.get_one(Person, ann)
        held.failures, held.held_until = 10, datetime.now(UTC) + timedelta(seconds=30)
        bob = people.add_person(session, email="bob@example.org", name="Bob", role=Role.FINANCE)
        people.set_password(session, bob, password_hash)
    visitor = Visitor(app)
    assert sign_in(visitor) == 422
    assert sign_in(Visitor(app), email="bob@example.org") == 303
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=31)):
        assert sign_in(visitor) == 303
    with app.app_context():
        assert reading().get_one(Person, ann).failures == 0


def test_a_disabled_person_is_out_at_once_and_stays_out(app: Flask, visitor: Visitor, ann: int) -> None:
    sign_in(visitor)
    with app.app_context(), transaction() as session:
        people.disable_person(session, people.find_person(session, ann))
    assert visitor.get("/").location == "/sign-in?next=/"
    assert sign_in(Visitor(app)) == 422


@pytest.mark.parametrize(
    ("pauses", "still_in"),
    [([29], True), ([31], False), ([25] * 28, True), ([25] * 29, False)],
    ids=["29 minutes idle", "31 minutes idle", "11 hours 40 minutes in use", "12 hours 5 minutes in use"],
)
@pytest.mark.usefixtures("ann")
def test_a_session_ends_when_idle_or_old(visitor: Visitor, pauses: list[int], still_in: bool) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in(visitor)
        for minutes in pauses:
            clock.shift(timedelta(minutes=minutes))
            answer = visitor.get("/accessibility")
    assert ("Finance officer" in answer.text) is still_in


@pytest.mark.usefixtures("ann")
def test_a_session_is_marked_at_most_once_a_minute(app: Flask, visitor: Visitor) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in(visitor)
        seen = []
        for _ in range(4):
            clock.shift(timedelta(seconds=40))
            visitor.get("/accessibility")
            seen.append((sessions(app)[0].seen_at - NOON).total_seconds())
    assert seen == [0, 80, 80, 160]


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
        "https:evil",
        "javascript:alert(1)", "/\t/evil.example", "\t//evil.example", " //evil.example", "/\n/evil.example", "evil",
        "http:///evil.example", "data:text/html,x", "//evil.example@localhost", "/\r\nLocation: //evil.example",
    ],
)  # fmt: skip
@pytest.mark.usefixtures("ann")
def test_nobody_is_sent_elsewhere_after_signing_in(visitor: Visitor, wanted: str) -> None:
    data = {"csrf_token": visitor.token(), "email": "ann@example.org", "password": WORDS}
    answer = visitor.client.post("/sign-in", query_string={"next": wanted}, data=data)
    assert (answer.status_code, answer.location) == (303, "/")


@pytest.mark.usefixtures("ann")
def test_the_page_asked_for_opens_after_signing_in(visitor: Visitor) -> None:
    asked = visitor.get("/settings?a=1").location
    data = {"csrf_token": visitor.token(), "email": "ann@example.org", "password": WORDS}
    assert visitor.client.post(asked, data=data).location == "/settings?a=1"


def test_what_was_sent_after_the_session_ended_is_said_not_to_be_recorded(visitor: Visitor) -> None:
    answer = visitor.post("/settings", name="A")
    assert "it was not recorded" in words(visitor.get(answer.location))


@pytest.mark.usefixtures("ann")
def test_security_events_are_logged_without_secrets(visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="fundtracker.security")
    sign_in(visitor, "wrong\r\nsigned-in person=1")
    sign_in(visitor)
    visitor.get("/people")
    events = [record.getMessage() for record in caplog.records if record.name == "fundtracker.security"]
    assert [event.split()[0] for event in events] == ["sign-in-failed", "signed-in", "denied"]
    assert all(secret not in caplog.text for secret in (WORDS, "wrong", "ann@", "\r"))
