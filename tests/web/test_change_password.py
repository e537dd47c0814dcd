"""Changing one's own password: the old one is asked for, wrong ones are counted, and other browsers are signed out."""

import pytest
from flask import Flask

from fundtracker.domain.roles import Role
from fundtracker.services import passwords, people
from fundtracker.store.people import Person
from fundtracker.web.db import reading, transaction
from tests.web.visitor import Visitor, words

OLD, NEW = "violet ladder tuesday", "harbour pencil mosaic"


@pytest.fixture
def ann(app: Flask) -> Visitor:
    """Give Ann's visitor, with a password."""
    visitor = Visitor(app)
    number = visitor.sign_in(Role.FINANCE, "ann@example.org")
    password_hash = passwords.hash_password(OLD)
    with app.app_context(), transaction() as session:
        people.find_person(session, number).password_hash = password_hash
    return visitor


def signs_in(app: Flask, password: str) -> bool:
    return Visitor(app).post("/sign-in", email="ann@example.org", password=password).status_code == 303


def test_it_is_changed_and_only_this_browser_stays_signed_in(app: Flask, ann: Visitor) -> None:
    other = Visitor(app)
    other.post("/sign-in", email="ann@example.org", password=OLD)
    assert other.get("/").status_code == 200
    answer = ann.post("/password", current=OLD, password=NEW)
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Your password is changed." in words(ann.get("/"))
    assert other.get("/").location == "/sign-in?next=/"
    assert (signs_in(app, OLD), signs_in(app, NEW)) == (False, True)


@pytest.mark.parametrize(
    ("current", "password", "said"),
    [
        ("", NEW, "Enter the password that you sign in with now"),
        (OLD, "", "Enter a password"),
        (OLD, "short", "Password must be 12 characters or more"),
        (OLD, "ann@example.org", "This password is one that others would guess"),
        ("not the words", NEW, "The current password is not right"),
    ],
)
def test_what_is_refused_changes_nothing(app: Flask, ann: Visitor, current: str, password: str, said: str) -> None:
    answer = ann.post("/password", current=current, password=password)
    assert answer.status_code == 422
    assert said in words(answer)
    assert NEW not in answer.text
    assert signs_in(app, OLD)


def test_wrong_passwords_are_counted_as_at_signing_in(app: Flask, ann: Visitor) -> None:
    for _ in range(10):
        ann.post("/password", current="not the words", password=NEW)
    with app.app_context():
        held = reading().query(Person).filter_by(email="ann@example.org").one()
        assert held.failures == 10
        assert held.held_until is not None
    assert ann.post("/password", current=OLD, password=NEW).status_code == 422
    assert not signs_in(app, OLD)
