"""Every route, every post, every method: requests are really sent, and the table says what must come back."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from fundtracker.domain.roles import Power, Role
from fundtracker.web import access
from tests.harness.figures import Measured
from tests.web.visitor import Visitor, words

# Traced, it takes half as long again, and covers no line that no other test covers.
pytestmark = pytest.mark.no_cover

# Nobody here waits for a code, and no provider is set.
LEADING_THERE = {"sign_in.code", "sign_in.set_up_code", "sign_in.single", "sign_in.single_back"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Give every rule with a path that fits it."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        numbers: dict[str, int | str] = dict.fromkeys(rule.arguments, 999)
        if rule.endpoint == "static":
            numbers = {"filename": "app.css"}
        yield rule, adapter.build(rule.endpoint, numbers)


def allowed(endpoint: str, role: Role | None) -> bool:
    power = access.ACCESS[endpoint]
    officers = {Role.COMMISSIONING, Role.MANAGER, Role.FINANCE, Role.CHIEF_FINANCE}
    holders = {
        Power.ENTER: set(Role),
        Power.READ_FROZEN: set(Role),
        Power.READ: set(Role) - {Role.PANEL},
        Power.READ_PRIVATE: officers | {Role.CHIEF_EXECUTIVE, Role.COMMISSIONER, Role.DEPUTY},
        Power.RECORD: officers,
        Power.RELEASE: {Role.MANAGER},
        Power.CONFIRM: {Role.MANAGER, Role.FINANCE},
        Power.PAY: {Role.FINANCE, Role.CHIEF_FINANCE},
        Power.CERTIFY: {Role.CHIEF_FINANCE},
        Power.APPROVE: {
            Role.MANAGER,
            Role.CHIEF_FINANCE,
            Role.CHIEF_EXECUTIVE,
            Role.COMMISSIONER,
            Role.DEPUTY,
        },
        Power.LIMIT: {Role.ADMINISTRATOR, Role.CHIEF_EXECUTIVE},
        Power.REPORT: officers | {Role.CHIEF_EXECUTIVE},
        Power.SIGN: {Role.CHIEF_EXECUTIVE, Role.COMMISSIONER, Role.DEPUTY},
        Power.ADMINISTER: {Role.ADMINISTRATOR},
    }
    return power is access.PUBLIC or (role is not None and role in holders[power])


@pytest.mark.parametrize("role", [None, *Role])
def test_every_route_answers_each_post_as_the_table_says(app: Flask, role: Role | None, figure: Measured) -> None:
    sent, visitor = 0, Visitor(app)
    if role is not None:
        visitor.sign_in(role)  # once: no form here has its token, so that none signs anybody out
    for rule, path in routes(app):
        for method in METHODS if role in (None, Role.FINANCE) else ("GET", "POST"):
            answer = visitor.client.open(path, method=method, buffered=True)
            asked_to_sign_in = answer.status_code == 303 and answer.location.startswith("/sign-in")
            case = f"{method} {path} as {role}: {answer.status_code}"
            if method not in (rule.methods or ()):
                assert answer.status_code == 405, case
            elif role is None and not allowed(rule.endpoint, role):
                assert asked_to_sign_in, case
            elif not allowed(rule.endpoint, role):
                assert answer.status_code == 403, case
            elif method == "POST":
                assert answer.status_code == 400, case  # it may, but the form had no token
                assert "This page had been open too long" in answer.text, case
            else:
                assert not asked_to_sign_in or rule.endpoint in LEADING_THERE, case
                assert answer.status_code in (200, 302, 303, 404, 422), (
                    case
                )  # 422: a file that says of what is asked for
            sent += 1
    figure(11, cells=sent, right=sent)  # one that is wrong ends the test
    assert sent >= 2 * len(access.ACCESS)


def test_the_table_lists_exactly_the_routes(app: Flask, figure: Measured) -> None:
    apart = {rule.endpoint for rule in app.url_map.iter_rules()} ^ set(access.ACCESS)
    figure(11, unlisted=len(apart))
    assert apart == set()


def test_an_application_with_an_unlisted_page_does_not_start(app: Flask) -> None:
    app.add_url_rule("/back-door", "back_door", lambda: "open")
    with pytest.raises(LookupError, match="back_door"):
        access.guard_pages(app)


def test_an_unlisted_page_added_later_is_not_shown(app: Flask, administrator: Visitor) -> None:
    app.add_url_rule("/back-door", "back_door", lambda: "open")
    answer = administrator.get("/back-door")
    assert (answer.status_code, "open" in words(answer)) == (500, False)


@pytest.mark.parametrize("role", Role)
def test_reading_pages_changes_nothing(
    app: Flask, signed_in: Callable[[Role], Visitor], role: Role, tmp_path: Path
) -> None:
    visitor = signed_in(role)
    before = dump(tmp_path)
    for rule, path in routes(app):
        if "GET" in (rule.methods or ()):
            visitor.get(path).close()
    assert dump(tmp_path) == before


def dump(folder: Path) -> list[str]:
    connection = sqlite3.connect(folder / "fundtracker.sqlite")
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_the_links_shown_are_those_that_open(app: Flask, signed_in: Callable[[Role], Visitor]) -> None:
    for role in Role:
        visitor = signed_in(role)
        page = visitor.get("/accessibility").text
        assert ("People" in page) == (role is Role.ADMINISTRATOR)
    assert 'href="/people"' not in Visitor(app).get("/accessibility").text
