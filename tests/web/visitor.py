"""A visitor to the pages: it keeps its cookie, finds the token and key of a form, and reads what a page says."""

import re
import uuid
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fundtracker.domain.roles import Role
from fundtracker.services import people, sign_ins
from fundtracker.store.people import Person
from fundtracker.web.db import transaction


class Visitor:
    """One person at one browser."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()

    def sign_in(self, role: Role, email: str = "") -> int:
        """Sign in as a new person in a post, and give the person's number; nobody waits for a password."""
        with self.app.app_context(), transaction() as session:
            address = email or f"{role.value.replace(' ', '.')}.{uuid.uuid4().hex}@example.org"
            person = people.add_person(session, email=address, name=role.value.title(), role=role)
            token = sign_ins.open_session(session, person)
            number = person.id
        with self.client.session_transaction() as cookie:
            cookie.clear()
            cookie["_user_id"] = token
        return number

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path, buffered=True)

    def post(self, path: str, **answers: str | list[str]) -> TestResponse:
        """Send a form with this visitor's token."""
        return self.client.post(path, data={"csrf_token": self.token(), **answers})

    def token(self) -> str:
        """Find the token that this visitor's forms carry."""
        signed_in = hidden(self.get("/accessibility"), "csrf_token")
        return signed_in or hidden(self.get("/sign-in"), "csrf_token")

    def key(self, path: str) -> str:
        """Open a form and give its once-only key."""
        return hidden(self.get(path), "once")


def hidden(page: TestResponse, name: str) -> str:
    """Find a hidden field's value on a page, or nothing."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page.text)
    return unescape(found[1]) if found else ""


def words(page: TestResponse) -> str:
    """Give the words of a page's main part, without its tags and without the meanings folded away under words."""
    main = page.text.split("<main", 1)[-1].split("</main>")[0]
    main = re.sub(r"(<details class=\"ft-term\".*?</summary>).*?</details>", r"\1", main)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main.split(">", 1)[-1])).split())


def add_person(app: Flask, email: str = "ann@example.org", role: Role = Role.FINANCE) -> Person:
    """Add a person without a password."""
    with app.app_context(), transaction() as session:
        person = people.add_person(session, email=email, name="Ann", role=role)
        session.flush()
        session.expunge(person)
    return person
