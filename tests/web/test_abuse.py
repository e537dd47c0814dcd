"""Every address asked for what is not there, and every page failing: words, and nothing of the inside."""

import re
import sqlite3
from pathlib import Path
from typing import Never

import pytest
from flask import Flask
from sqlalchemy import text

from fundtracker.domain.roles import Power, Role, may
from fundtracker.web.access import ACCESS, PUBLIC
from fundtracker.web.db import transaction
from tests.web.visitor import Visitor, words

# Traced, it takes half as long again, and covers no line that no other test covers.
pytestmark = pytest.mark.no_cover

NUMBERS = ("0", "-1", "999999", str(2**31), str(2**63), "1.5", "0x1", "%00", "null")
INSIDE = ("Traceback", "SELECT", "sqlite", "/srv", "secret", "INSERT")


@pytest.fixture
def visitors(app: Flask) -> dict[Power | None, Visitor]:
    """Give somebody who holds each power."""
    who = {power: next(role for role in Role if may({role}, power)) for power in Power}
    roles = {role: Visitor(app) for role in set(who.values())}
    for role, visitor in roles.items():
        visitor.sign_in(role)
    return {PUBLIC: Visitor(app)} | {power: roles[role] for power, role in who.items()}


def test_what_is_not_there_is_not_found_whatever_it_is_called(
    app: Flask, visitors: dict[Power | None, Visitor]
) -> None:
    adapter, asked = app.url_map.bind("localhost"), 0
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or not rule.arguments or rule.endpoint == "static":
            continue
        place, said = adapter.build(rule.endpoint, dict.fromkeys(rule.arguments, 7777)), set()
        for number in NUMBERS:
            answer = visitors[ACCESS[rule.endpoint]].get(place.replace("7777", number))
            assert answer.status_code < 500, (place, number)
            if answer.status_code == 404:
                said.add(
                    re.sub(
                        r"“?\S*?\d\S*|“[^”]*”",
                        "",
                        words(answer).partition("Go to the first page")[0].replace(number, "0"),
                    )
                )
            asked += 1
        assert len(said) <= 3, (place, said)  # what is not there by its name, and no more than that
    assert asked > 50 * len(NUMBERS)


def test_every_page_that_fails_says_so_in_words_and_keeps_nothing(
    app: Flask, visitors: dict[Power | None, Visitor], tmp_path: Path
) -> None:
    def fail(*_given: object, **_more: object) -> Never:
        with transaction() as session:
            session.execute(text("INSERT INTO area (name) VALUES ('Half done')"))
            raise ValueError("SELECT /srv secret")

    adapter = app.url_map.bind("localhost")
    for rule in list(app.url_map.iter_rules()):
        visitor = visitors[ACCESS[rule.endpoint]]
        app.view_functions[rule.endpoint] = fail
        if "GET" in (rule.methods or ()):
            place = adapter.build(rule.endpoint, dict.fromkeys(rule.arguments, 7777))
            answer = visitor.get(place)
            assert answer.status_code == 500, place
            assert "Something went wrong here" in words(answer)
            assert re.search(r"Answer 500, request [0-9a-f]{12}", words(answer)), place
            assert not any(inside in answer.text for inside in INSIDE), place
    with sqlite3.connect(tmp_path / "fundtracker.sqlite") as books:
        assert books.execute("SELECT count(*) FROM area WHERE name = 'Half done'").fetchone() == (0,)
    books.close()
