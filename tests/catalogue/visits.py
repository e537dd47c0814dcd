"""Visits to the office in every state: a visitor for each post's own person, and what a page looks like."""

import re
from html import unescape
from html.parser import HTMLParser

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from fundtracker.domain.roles import Power, Role, may
from fundtracker.services import sign_ins
from fundtracker.store.people import Person
from fundtracker.web.access import ACCESS
from fundtracker.web.db import transaction
from tests.catalogue.addresses import Address
from tests.catalogue.office import email_of
from tests.web.visitor import Visitor

VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


def enter(app: Flask, role: Role | None) -> Visitor:
    """Sign in as the office's own person in a post; nobody, for None."""
    visitor = Visitor(app)
    if role is not None:
        with app.app_context(), transaction() as session:
            person = session.scalars(select(Person).where(Person.email == email_of(role))).one()
            token = sign_ins.open_session(session, person)
        with visitor.client.session_transaction() as cookie:
            cookie["_user_id"] = token
    return visitor


def opens(endpoint: str, role: Role | None) -> bool:
    """Say whether a post may open an endpoint."""
    power: Power | None = ACCESS[endpoint]
    return power is None or (role is not None and may({role}, power))


def is_page(answer: TestResponse) -> bool:
    """Say whether an answer is a page to look at."""
    return answer.mimetype == "text/html" and not 300 <= answer.status_code < 400


# What was seen to send files: made again for each post they take long, and are no pages.
_FILES = set[str]()


def ask_page(visitor: Visitor, place: Address) -> TestResponse | None:
    """Ask for a page; None where its endpoint was seen to send files, or sends one now."""
    if place.endpoint in _FILES:
        return None
    answer = visitor.get(place.path)
    if answer.status_code == 200 and answer.mimetype != "text/html":
        _FILES.add(place.endpoint)
        return None
    return answer


class Tags(HTMLParser):
    """The tags of a page: each with its attributes, in order, and the words of its headings and titles."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []
        self.left_open: list[str] = []
        self.badly_closed: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag; a drawing's title is not the page's."""
        name = "svg title" if tag == "title" and "svg" in self.left_open else tag
        self.found.append((name, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.left_open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag that closes itself, as those of drawings do."""
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Note a tag that closes another than the last one open."""
        if not self.left_open or self.left_open.pop() != tag:
            self.badly_closed.append(tag)

    def values(self, attribute: str, *tags: str) -> list[str]:
        """Give the values of an attribute, of some tags or of all."""
        return [given[attribute] for tag, given in self.found if attribute in given and (not tags or tag in tags)]

    def count(self, tag: str) -> int:
        """Count the tags of one kind."""
        return sum(found == tag for found, _ in self.found)

    @property
    def shape(self) -> frozenset[tuple[str, str, str]]:
        """Give what the page is built of, whatever its words: its tags with their classes and types."""
        return frozenset((tag, given.get("class", ""), given.get("type", "")) for tag, given in self.found)


def says(page: TestResponse) -> str:
    """Give the words of a page as a person reads them, without its tags and scripts."""
    text = re.sub(r"(?s)<(script|template)\b.*?</\1>", " ", page.text)
    return " ".join(unescape(re.sub(r"(?s)<[^>]*>", " ", text)).split())
