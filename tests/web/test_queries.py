"""The number of queries of every page: the same for a few rows as for many, and no more than is stated here."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.domain.kinds import Kind
from fundtracker.domain.roles import Role
from fundtracker.domain.statuses import Explanation
from fundtracker.domain.years import today
from fundtracker.services.bids import BidDetails, record_bid
from fundtracker.services.claims import ClaimDetails, Cost, log_claim
from fundtracker.services.dues import Due
from fundtracker.services.organisations import merge
from fundtracker.services.reconciling.explaining import explain
from fundtracker.services.reconciling.items import Side
from fundtracker.services.replanning import instalments_of
from fundtracker.services.runs import authorise, draw_up, send
from fundtracker.services.schedules import Planned, set_schedule
from fundtracker.store.books import Entry
from fundtracker.store.engine import open_engine
from fundtracker.web.db import db
from tests.books.builder import DAY, Books, particulars, pence
from tests.catalogue.addresses import addresses
from tests.catalogue.terms import keep_many_terms
from tests.catalogue.visits import opens
from tests.services.paying import two_officers
from tests.services.reconciling.builder import ANN, finance_lines, matched
from tests.web.asking import ask
from tests.web.visitor import Visitor

# Traced, it takes half as long again, and covers no line that no other test covers.
pytestmark = pytest.mark.no_cover

FEW, MANY = 3, 30  # of each organisation: twice as many awards, applications and payments, more than a page
MOST = 24
"""The most queries that a page may make, unless it is named below."""
MOST_OF = {
    **dict.fromkeys(("reports.exceptions", "reports.exceptions_workbook", "reports.exception"), 30),  # of 18 rules
    # A quarter's section: each fund with its examples, gifts, bids, what is doubted, and what people wrote.
    **dict.fromkeys(("reports.quarter", "reports.words", "reports.panel_file", "reports.keep"), 30),
    "search.index": 30,  # two or three for each kind of thing that can be found
    "funds.show": 40,  # four lists, a ledger, a history and the sums of each
    "organisations.show": 40,  # three lists, and the sums by fund and by year
    "home.index": 40,
    "reports.year": 40,  # the year by a day, the year before by the same day and in full, five queries each
    "reports.year_workbook": 40,
    "reports.briefing": 48,  # every exception, this year and last year, six lists and both sides
    "reports.briefing_workbook": 48,
    "awards.dossier": 110,  # every table that can say something of an award, once to show and once to keep
    "summary.index": 40,  # the year, last year twice, what is forecast and what is wrong with each fund
    "summary.download": 140,  # six cuts of three days each, what is owed, and every exception
}
POSTS = (Role.FINANCE, Role.ADMINISTRATOR, Role.CHIEF_EXECUTIVE, Role.MANAGER, Role.CHIEF_FINANCE)
# The first ask no more than whether the database answers; the last is read a thousand changes at a time.
LEFT_OUT = ("static", "home.live", "home.ready", "history.download")


def test_no_page_asks_more_of_many_rows_than_of_a_few(sqlite_template: Path, tmp_path: Path) -> None:
    few, many = (_count(sqlite_template, tmp_path / str(rows), rows) for rows in (FEW, MANY))

    assert few.keys() == many.keys()
    assert len(few) > len(("funds.index", "funds.show", "awards.index", "awards.show", "search.index"))
    grown = {page: (few[page], many[page]) for page in few if many[page] > few[page]}
    assert grown == {}
    assert {page: made for page, made in many.items() if made > MOST_OF.get(page, MOST)} == {}


def _count(template: Path, folder: Path, rows: int) -> dict[str, int]:
    """Give the queries that each page makes in books of so many rows of every kind."""
    folder.mkdir()
    url = f"sqlite:///{shutil.copy(template, folder / 'fundtracker.sqlite')}"
    engine = open_engine(url)
    with Session(engine) as session:
        _keep(Books(session), rows)
    app = create_app(Settings(folder, url))
    with Session(engine) as session:
        first = {place.endpoint: place.path for place in reversed(list(addresses(app, session)))}
    engine.dispose()
    with app.app_context():
        pool = db.engine
    pages = {page: path for page, path in first.items() if page not in LEFT_OUT}
    made = dict(_each(app, pool, pages))
    pool.dispose()
    return made


def _each(app: Flask, engine: Engine, pages: dict[str, str]) -> Iterator[tuple[str, int]]:
    visitors = {role: Visitor(app) for role in POSTS}
    for role, visitor in visitors.items():
        visitor.sign_in(role)
        visitor.get("/accessibility")  # the first page of an application recounts the balances for its foot
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    for page, path in pages.items():
        visitor = next(visitor for role, visitor in visitors.items() if opens(page, role))
        statements.clear()
        answer = visitor.get(path)
        # What has nothing to show here is not found, and asks no less for it: a payment that was not moved.
        assert answer.status_code in (200, 302, 303, 404), (page, path, answer.status)
        yield page, len(statements)


def _keep(books: Books, rows: int) -> None:
    fund = books.fund("5,000,000", reference="SSF20")
    riders = books.organisation("Telford Riders")
    for number in range(rows):
        books.fund("100", name=f"Fund {number}", reference=f"F{number}")
        other = books.organisation(f"Organisation {number}")
        books.do(merge, organisation=books.organisation(f"Riders {number}"), into=riders)
        books.do(record_bid, details=BidDetails(title=f"Bid {number}", funder="Home Office"))
        for recipient in (riders, other):
            asked = ask(books, fund, "500", by=recipient)
            ask(books, fund, "200", by=recipient)
            award = books.award(fund, "400", to=recipient, application=asked)
            books.pay(award, "150")
            books.pay(award, "100")
            books.reverse(len(books.entries()))
    _deal_with_some(books, rows)
    _pay_some(books, rows)
    keep_many_terms(books, rows)


def _pay_some(books: Books, rows: int) -> None:
    """Plan and claim on an award of each organisation, and send a run of what is to pay on them."""
    one, other = two_officers(books)
    lines = books.award_lines()[: 2 * rows]
    for line in lines:
        plan = [Planned(due_on=DAY, amount=line.to_pay)]
        books.do(set_schedule, line=line, planned=plan)
        cost = Cost(description="Hall", amount=pence("5"))
        books.do(log_claim, details=ClaimDetails(line=line, costs=[cost] * rows))
    dues = [Due(line=line, instalment=instalments_of(books.session, line)[-1], amount=pence("5")) for line in lines]
    run = books.change(draw_up, run=dues, pay_on=today(), by=one, sure=True)
    books.change(authorise, run=run, by=other)
    books.change(send, run=run, particulars=particulars())


def _deal_with_some(books: Books, rows: int) -> None:
    """Bring in a line for half of the payments: match a third of them, explain a third, and leave the rest."""
    paid = select(Entry.number).where(Entry.kind == Kind.PAYMENT, Entry.amount == 15_000).order_by(Entry.number)
    entries = books.session.scalars(paid.limit(rows)).all()
    lines = finance_lines(books.session, *({"amount": "150", "payee": "Telford Riders"} for _ in entries))
    for place, (line, entry) in enumerate(zip(lines, entries, strict=True)):
        if place % 3 == 0:
            matched(books.session, [line], [entry])
        elif place % 3 == 1:
            said = {"reason": Explanation.QUERY, "note": "Why", "owner": "Ann", "by": ANN}
            books.change(explain, side=Side.LINE, number=line, **said)
            books.change(explain, side=Side.OURS, number=entry, **said)
