"""The pages of an award ask the database as often for many lines, funds and payments as for one."""

import pytest
from flask import Flask
from sqlalchemy import event

from fundtracker.services.awards import Share
from fundtracker.web.db import db
from tests.books.builder import Books, pence
from tests.web.visitor import Visitor, words

MOST = 24


def asked(app: Flask, visitor: Visitor, path: str, **answers: str) -> int:
    """Count the statements that a page, or a form sent to it, makes."""
    with app.app_context():
        engine = db.engine
    made: list[str] = []

    def note(*given: object) -> None:
        made.append(str(given[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        answer = visitor.client.post(path, data=answers) if answers else visitor.get(path)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert answer.status_code == 200, words(answer)
    return len(made)


@pytest.fixture
def ids(books: Books) -> str:
    """Award from one fund and from five, pay the first once and the second often; give the ids of all lines."""
    funds = [books.fund("1,000", reference=f"F{n}", name=f"Fund {n}") for n in range(5)]
    for fund in funds:
        books.line(fund, "10", year=2021)
    for lines in (1, 5):
        award = books.award_shares(*(Share(line=fund.lines[0], amount=pence("100")) for fund in funds[:lines]))
        for _ in range(lines):
            books.pay(award, "10")
    return " ".join(str(line.id) for fund in funds for line in fund.lines)


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize("page", ["", "/recorded", "/vary", "/withdraw"])
def test_a_page_asks_as_often_for_five_funds_as_for_one(app: Flask, officer: Visitor, page: str) -> None:
    officer.get("/awards/F0-001")  # the first page of an application recounts the balances for its foot
    few, many = (asked(app, officer, f"/awards/{reference}{page}") for reference in ("F0-001", "F0-002"))
    assert many <= few <= MOST


def test_working_out_an_award_from_several_funds_asks_as_often_as_from_one(
    app: Flask, officer: Visitor, ids: str
) -> None:
    sent = {"csrf_token": officer.token(), "step": "work-out", "amounts-0": "1"}
    few = asked(app, officer, "/awards/direct/F0", **sent, lines=" ".join(ids.split()[:2]))
    many = asked(app, officer, "/awards/direct/F0", **sent, lines=ids)
    assert many <= few
