"""Two people at once on one fund, each having checked the same figures: one is recorded, the other sees what moved."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.domain.roles import Role
from fundtracker.services.recount import recount
from fundtracker.store.awards import AwardLine
from fundtracker.store.engine import open_engine
from fundtracker.web.db import db
from tests.books.builder import Books
from tests.web.asking import send
from tests.web.visitor import Visitor, hidden, words

WHY = {"on": "1 July 2020", "narrative": "Typed wrongly"}
UNDO = "/entries/3/reverse", WHY
PAY_RUN = "/payments/due", {"on": "1 July 2020", "tick": "1", "amount-1": "300", "sure": "y"}
TRANSFER = "/funds/SRF20/transfer", {"target": "2", "amount": "400", "decision": "D1", **WHY}
AWARD = "/awards/SRF20-001/vary", {"values-0": "1,000", **WHY}
CORRECT = "/entries/3/correct", {"amount": "100", **WHY}
REFUND = "/payments/SRF20-001/1/refund", {"amount": "300", "lowers": "yes", **WHY}
ASKED = (PAY_RUN[0], TRANSFER[0], AWARD[0])
Sent = tuple[str, dict[str, str]]


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """Give an application on each engine in turn."""
    app = create_app(Settings(tmp_path, database_url))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def books(database_url: str) -> Iterator[Books]:
    """Allocate £1,000.00 (entry 1), award £600.00 of it (2), pay £300.00 (3), and open a second fund."""
    engine = open_engine(database_url)
    with Session(engine) as session:
        books = Books(session)
        fund = books.fund("1,000", reference="SRF20")
        books.pay(books.award(fund, "600", to=books.organisation()), "300")
        books.fund(name="Covid-19 response fund", reference="CRF20")
        session.rollback()
        yield books
    engine.dispose()


def approving(visitor: Visitor, path: str, answers: dict[str, str]) -> tuple[Visitor, str, dict[str, str]]:
    """Ask for what waits for an approval, and give the approval of it in its place; anything else as it is."""
    if path not in ASKED:
        return visitor, path, answers
    asked = str(visitor.client.post(path, data=answers).location)
    approver = Visitor(visitor.app)
    approver.sign_in(Role.FINANCE if path == PAY_RUN[0] else Role.COMMISSIONER)
    page = approver.get(f"{asked}/decide")
    more = {"once": hidden(page, "once"), "seen": hidden(page, "seen"), "csrf_token": approver.token()}
    return approver, f"{asked}/decide", {"answer": "approve", **more}


@pytest.mark.parametrize(
    ("one", "other"),
    [(PAY_RUN, UNDO), (UNDO, UNDO), (TRANSFER, AWARD), (CORRECT, UNDO), (REFUND, UNDO), (REFUND, REFUND),
     (AWARD, AWARD)],
    ids=["a run and a reversal", "two reversals", "a transfer and an award", "a correction and a reversal",
         "a refund and a reversal", "two refunds", "two rises"],
)  # fmt: skip
def test_one_is_recorded_and_the_other_refused_in_words(app: Flask, books: Books, one: Sent, other: Sent) -> None:
    together, checked = Barrier(2), []
    for path, answers in (one, other):
        visitor = Visitor(app)
        visitor.sign_in(Role.FINANCE)
        page = send(visitor, path, "check", **answers)
        assert page.status_code == 200, words(page)
        more = {"once": hidden(page, "once"), "seen": hidden(page, "seen"), "csrf_token": visitor.token()}
        checked.append((visitor, path, {**answers, **more, "step": "record"}))
    if one is not other:  # two of one thing are asked for at once; of others, the approvals race
        checked = [approving(*each) for each in checked]

    def record(who: tuple[Visitor, str, dict[str, str]]) -> TestResponse:
        visitor, path, answers = who
        together.wait()
        return visitor.client.post(path, data=answers)

    with ThreadPoolExecutor(2) as people:
        said = list(people.map(record, checked))

    assert sorted(answer.status_code for answer in said) == [303, 422]
    refused = words(next(answer for answer in said if answer.status_code == 422))
    assert any(
        word in refused for word in ("since you checked", "left", "reversed already", "waits for approval already")
    )
    assert recount(books.session).differences == []
    line = books.session.get_one(AwardLine, 1)
    assert line.budget_line.allocated >= line.budget_line.awarded
    assert 0 <= line.recovered <= line.paid
