"""Whatever goes wrong, a person reads a page: what happened, what to do, and the request's number."""

import logging
import re
from collections.abc import Callable
from typing import Never

import pytest
from flask import Flask, abort
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from fundtracker.domain.refusals import BusyRefusal, NotFoundRefusal, Refusal
from fundtracker.web import access
from fundtracker.web.db import db, reading, transaction
from tests.web.visitor import Visitor, words

View = Callable[[], ResponseReturnValue]
Put = Callable[[View], None]
INSIDE = "SELECT /srv/books secret"


def fail(error: Exception) -> Callable[[], Never]:
    def view() -> Never:
        raise error

    return view


@pytest.fixture
def page_that(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Put:
    """Put a page at /page."""

    def put(view: View) -> None:
        app.add_url_rule("/page", "page", view)
        monkeypatch.setitem(access.ACCESS, "page", access.PUBLIC)

    return put


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (Refusal("There is £1.00 left. Enter less."), 422, "There is £1.00 left. Enter less."),
        (NotFoundRefusal("There is no fund XYZ."), 404, "There is no fund XYZ."),
        (BusyRefusal("The books are busy."), 503, "The books are busy."),
        (OperationalError(INSIDE, {}, Exception("database is locked")), 503, "nothing of yours was"),
        (OperationalError(INSIDE, {}, Exception("disk I/O error")), 500, "Nothing was recorded"),
        (ValueError(INSIDE), 500, "Nothing was recorded"),
    ],
)
def test_a_failing_page_says_so_in_words(
    visitor: Visitor, page_that: Put, error: Exception, status: int, says: str
) -> None:
    page_that(fail(error))
    answer = visitor.get("/page")
    assert answer.status_code == status
    assert says in words(answer)
    assert re.search(rf"Answer {status}, request [0-9a-f]{{12}}", words(answer))
    assert all(inside not in answer.text for inside in ("Traceback", "SELECT", "/srv", "secret", "sqlite"))


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 500, 503])
def test_each_status_has_words_of_its_own(visitor: Visitor, page_that: Put, status: int) -> None:
    page_that(lambda: abort(status))
    answer = visitor.get("/page")
    assert answer.status_code == status
    assert "Go to the first page" in words(answer)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_failure_is_logged_under_the_number_on_the_page_and_without_its_address(
    visitor: Visitor, page_that: Put, caplog: pytest.LogCaptureFixture
) -> None:
    page_that(fail(ValueError("broken")))
    answer = visitor.client.get("/page?token=sesame")
    number = re.search(r"request ([0-9a-f]{12})", words(answer))
    assert number is not None
    failures = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [number[1] in record.getMessage() for record in failures] == [True]
    assert "sesame" not in caplog.text


def test_what_a_failing_page_wrote_is_rolled_back(app: Flask, visitor: Visitor, page_that: Put) -> None:
    def view() -> Never:
        with transaction() as session:
            session.execute(text("INSERT INTO area (name) VALUES ('Half done')"))
            raise ValueError("broken")

    page_that(view)
    assert visitor.get("/page").status_code == 500
    with app.app_context():
        assert reading().scalar(text("SELECT count(*) FROM area")) == 0


def test_a_request_ends_without_an_open_transaction(app: Flask, administrator: Visitor) -> None:
    for path in ("/people", "/settings", "/nope", "/health/ready", "/sign-in"):
        administrator.get(path)
        with app.app_context():
            assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # a pool of connections counts them


def test_health_says_whether_the_database_answers_and_is_migrated(app: Flask, visitor: Visitor) -> None:
    assert visitor.get("/health/ready").json == {"ready": True}
    with app.app_context(), transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    answer = visitor.get("/health/ready")
    assert (answer.status_code, answer.json) == (503, {"ready": False, "why": "the database waits for its migrations"})
    assert visitor.get("/health/live").status_code == 200
