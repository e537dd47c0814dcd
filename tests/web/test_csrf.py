"""Every form carries a token of its own session: without it, or with another's, nothing is recorded."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, url_for
from werkzeug.test import TestResponse

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.domain.roles import Power, Role
from fundtracker.web import access
from fundtracker.web.db import db
from tests.web.test_access import dump, routes
from tests.web.visitor import Visitor, hidden, words


def posts(app: Flask, power: Power | None) -> Iterator[str]:
    """Give the path of every route that takes a form under a power."""
    for rule, path in routes(app):
        if "POST" in (rule.methods or ()) and access.ACCESS[rule.endpoint] is power:
            yield path


@pytest.mark.parametrize(
    ("power", "role"),
    [(access.PUBLIC, Role.FINANCE), (Power.READ, Role.CHIEF_EXECUTIVE), (Power.RECORD, Role.FINANCE),
     (Power.ADMINISTER, Role.ADMINISTRATOR)],
)  # fmt: skip
def test_no_form_is_taken_without_its_own_token(app: Flask, tmp_path: Path, power: Power | None, role: Role) -> None:
    visitor, other = Visitor(app), Visitor(app)
    stale = visitor.token()
    visitor.sign_in(role, "one@example.org")
    other.sign_in(role, "two@example.org")
    before = dump(tmp_path)
    sent = 0
    for path in posts(app, power):
        for token in ("", "nonsense", stale, other.token()):
            answer = visitor.client.post(path, data={"csrf_token": token, "once": "k", "step": "record", "name": "A"})
            assert answer.status_code == 400, path
            assert "This page had been open too long" in words(answer)
            sent += 1
    assert sent >= 4
    assert dump(tmp_path) == before


def test_over_https_a_form_from_another_site_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    app = create_app(Settings(tmp_path, sqlite_url, https=True))
    client = app.test_client()

    def send(referrer: str) -> TestResponse:
        page = client.get("/sign-in", base_url="https://localhost")
        form = {"csrf_token": hidden(page, "csrf_token"), "email": "a@example.org", "password": "x"}
        return client.post("/sign-in", data=form, base_url="https://localhost", headers={"Referer": referrer})

    assert send("https://evil.example/").status_code == 400
    assert send("https://localhost/sign-in").status_code == 422
    with app.app_context():
        db.engine.dispose()


def test_over_https_links_say_https_behind_a_server_that_takes_it_off(sqlite_url: str, tmp_path: Path) -> None:
    app = create_app(Settings(tmp_path, sqlite_url, https=True))
    with app.test_request_context("http://funds.example.org/"):
        assert url_for("home.index", _external=True) == "https://funds.example.org/"
