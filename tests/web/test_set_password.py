"""One-time links: a person sets a password once, and everything open before is closed."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from fundtracker.domain.roles import Role
from fundtracker.services import people
from fundtracker.services.sign_ins import find_session, open_session
from fundtracker.store.people import Person
from fundtracker.web.db import reading, transaction
from tests.web.visitor import Visitor, words

SPACED = "  spaces  count too "
NEW = "violet ladder tuesday"


@pytest.fixture
def link(app: Flask) -> str:
    """Give the path of Ann's link."""
    with app.app_context(), transaction() as session:
        ann = people.add_person(session, email="ann@example.org", name="Ann", role=Role.FINANCE)
        return f"/set-password/{people.make_link(session, ann)}"


def test_a_link_sets_a_password_once(visitor: Visitor, link: str) -> None:
    assert "ann@example.org" in words(visitor.get(link))
    assert visitor.post(link, password=NEW).location == "/sign-in"
    assert visitor.post("/sign-in", email="ann@example.org", password=NEW).status_code == 303
    spent = visitor.get(link)
    assert (spent.status_code, "has been used or has run out" in words(spent)) == (404, True)
    assert visitor.post(link, password=NEW).status_code == 404


def test_a_link_runs_out_after_seven_days(visitor: Visitor, link: str) -> None:
    with time_machine.travel(datetime.now(UTC) + timedelta(days=7, minutes=1)):
        assert visitor.get(link).status_code == 404


def test_a_new_link_replaces_the_old_one(app: Flask, visitor: Visitor, link: str) -> None:
    with app.app_context(), transaction() as session:
        people.make_link(session, people.person_of_link(session, link.rsplit("/", maxsplit=1)[-1]))
    assert visitor.get(link).status_code == 404


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("", "Enter a password"),
        ("short words", "12 characters or more"),
        ("x" * 129, "128 characters or fewer"),
        ("Fundtracker2026!", "others would guess"),
        ("ann@example.org1", "others would guess"),
    ],
)
def test_a_poor_password_is_refused_in_words_and_the_link_still_works(
    visitor: Visitor, link: str, password: str, says: str
) -> None:
    answer = visitor.post(link, password=password)
    assert answer.status_code == 422
    assert says in words(answer)
    assert password == "" or password not in answer.text
    assert visitor.get(link).status_code == 200


def test_a_password_is_kept_exactly_as_typed(visitor: Visitor, link: str) -> None:
    visitor.post(link, password=SPACED)
    assert visitor.post("/sign-in", email="ann@example.org", password=" ".join(SPACED.split())).status_code == 422
    assert visitor.post("/sign-in", email="ann@example.org", password=SPACED).status_code == 303


def test_setting_a_password_ends_open_sessions_and_lifts_a_hold(app: Flask, link: str) -> None:
    with app.app_context():
        ann = people.person_of_link(reading(), link.rsplit("/", maxsplit=1)[-1]).id
        with transaction() as session:
            held = session.get_one(Person, ann)
            token = open_session(session, held)
            held.failures, held.held_until = 10, datetime.now(UTC) + timedelta(minutes=15)
    Visitor(app).post(link, password=NEW)
    with app.app_context():
        assert find_session(reading(), token) is None
        assert reading().get_one(Person, ann).held_until is None
    assert Visitor(app).post("/sign-in", email="ann@example.org", password=NEW).status_code == 303
