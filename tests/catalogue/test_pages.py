"""Every page that the routes lead to, in every state and post: it answers, it is whole, and its links may be opened."""

import re
from collections import defaultdict
from urllib.parse import unquote, urlsplit

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from fundtracker.domain.roles import Role
from fundtracker.web.db import reading
from tests.catalogue.addresses import Address, addresses
from tests.catalogue.visits import Tags, ask_page, enter, is_page, opens, says

# Traced, it takes half as long again, and covers no line that no other test covers.
pytestmark = pytest.mark.no_cover

# What the others open are the same pages with as many links, or fewer.
WALKED = (None, Role.COMMISSIONING, Role.FINANCE, Role.CHIEF_EXECUTIVE, Role.PANEL, Role.ADMINISTRATOR)


def all_addresses(app: Flask) -> list[Address]:
    with app.app_context():
        session = reading()
        assert isinstance(session, Session)
        return list(addresses(app, session))


def test_every_page_has_an_address_where_somebody_finds_it(office: Flask) -> None:
    visitors = {role: enter(office, role) for role in (None, *Role)}
    answered: dict[str, set[int]] = defaultdict(set)
    for address in all_addresses(office):
        for role, visitor in visitors.items():
            if opens(address.endpoint, role) and not answered[address.endpoint] & {200}:
                answered[address.endpoint].add(visitor.get(address.path).status_code)
    routes = {rule.endpoint for rule in office.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert answered.keys() == routes
    assert {endpoint for endpoint, found in answered.items() if not found & {200, 302, 303}} == set()


@pytest.mark.parametrize("role", WALKED)
def test_every_page_is_whole(office: Flask, role: Role | None) -> None:
    visitor, faults, seen = enter(office, role), [], 0
    for address in all_addresses(office):
        if opens(address.endpoint, role):
            answer = ask_page(visitor, address)
            if answer is None:
                continue
            if answer.status_code >= 500:
                faults.append(f"{address.path}: {answer.status_code}")
            elif is_page(answer):
                tags = Tags(answer.text)
                faults += [f"{address.path}: {fault}" for fault in _faults(tags, says(answer))]
                faults += [f"{address.path}: {fault}" for fault in _links(office, tags, role)]
                seen += 1
    assert not faults, "\n".join(faults)
    assert seen > 1


def _faults(tags: Tags, words: str) -> list[str]:
    ids = tags.values("id")
    labels, described = tags.values("for", "label"), " ".join(tags.values("aria-describedby")).split()
    wrong = {
        "headings": tags.count("h1") != 1,
        "title": tags.count("title") != 1,
        "ids twice": len(ids) != len(set(ids)),
        "labels of nothing": not set(labels) <= set(ids),
        "described by nothing": not set(described) <= set(ids),
        "style": bool(tags.values("style")) or tags.count("style") > 0,
        "handlers": any(name.startswith("on") for _, given in tags.found for name in given),
        "badly closed": bool(tags.badly_closed or tags.left_open),
        "words of the program": bool(re.search(r"\bNone\b(?![ .])|\{\{|\{%|Undefined|&\w+;|\bnan\b|£-|-£", words)),
    }
    return [fault for fault, found in wrong.items() if found]


def _links(app: Flask, tags: Tags, role: Role | None) -> list[str]:
    """Give what is wrong with a page's links and forms: each must lead to a page that this person may open."""
    adapter = app.url_map.bind("localhost")
    ids, faults = set(tags.values("id")), []
    sent = [(given["action"], given.get("method", "get").upper()) for tag, given in tags.found
            if tag == "form" and given.get("action")]  # fmt: skip
    for href, method in [*((href, "GET") for href in tags.values("href", "a")), *sent]:
        place = urlsplit(href)
        if place.scheme or place.netloc:
            continue
        if not place.path and place.fragment and place.fragment not in ids:
            faults.append(f"leads to nothing: {href}")
        if place.path:
            try:
                endpoint, _ = adapter.match(unquote(place.path), method)
            except RequestRedirect:
                continue
            except HTTPException:
                faults.append(f"leads to no page: {method} {href}")
                continue
            if not opens(endpoint, role) and endpoint != "home.index":  # which asks to sign in
                faults.append(f"may not be opened: {method} {href}")
    return faults
