"""
Measure the pages: the server's CPU time for a list of fifty rows beside that of an empty page, in one run.

Ratios count. The empty page is the accessibility statement: the same program, sign-in, navigation and foot, and no
list. The pages are asked for in turn, again and again, and the least time of each is taken, so that a busy machine
slows all of them alike.
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.domain.money import Pence
from fundtracker.domain.roles import Actor, Role
from fundtracker.domain.statuses import Source
from fundtracker.domain.years import FinancialYear, today, year_of
from fundtracker.services import people, sign_ins
from fundtracker.services.allocations import allocate
from fundtracker.services.applications import ApplicationDetails, log_application
from fundtracker.services.awards import AwardDetails, Share, record_award
from fundtracker.services.bids import BidDetails, record_bid
from fundtracker.services.funds import FundDetails, open_fund
from fundtracker.services.organisations import OrganisationDetails, add_organisation
from fundtracker.services.payments import pay
from fundtracker.services.posting import Particulars
from fundtracker.store.engine import open_engine
from fundtracker.store.funds import BudgetLine
from fundtracker.store.transactions import transaction
from fundtracker.web.db import db

ROWS = 50
EMPTY = "/accessibility"
LISTS = ("/funds", "/applications", "/awards", "/payments", "/payments/due", "/organisations", "/bids")
FILTERED = ("/applications?fund=F0", "/awards?fund=F0&sort=-awarded", "/payments?fund=F0", "/organisations?text=parish")
PAGES = (*LISTS, *FILTERED, "/", "/funds/F0", "/organisations/1", "/search?q=parish")
ROUNDS, AT_A_TIME = 60, 2


def main(rows: int = ROWS, rounds: int = ROUNDS) -> None:
    """Measure, and print the table."""
    with tempfile.TemporaryDirectory() as name:
        client = _office(Path(name), rows)
        took = measure(client, (EMPTY, *PAGES), rounds)
    print(f"{rows} rows of every kind, the least of {rounds} rounds\n")
    print("| page | CPU ms | against an empty page |")
    print("|---|---|---|")
    for page, seconds in took.items():
        print(f"| {page} | {seconds * 1000:.1f} | {seconds / took[EMPTY]:.1f}x |")


def measure(client: FlaskClient, pages: tuple[str, ...], rounds: int) -> dict[str, float]:
    """Give the CPU seconds that each page takes, the least of all rounds; raises SystemExit for one that fails."""
    least = dict.fromkeys(pages, float("inf"))
    for page in pages * 2:  # as warm as a server is
        if client.get(page).status_code != 200:  # noqa: PLR2004 - the status of a page that is there
            raise SystemExit(f"{page} was not given")
    for _ in range(rounds):
        for page in pages:
            begun = time.process_time()
            for _ in range(AT_A_TIME):
                client.get(page)
            least[page] = min(least[page], (time.process_time() - begun) / AT_A_TIME)
    return least


def _office(folder: Path, rows: int) -> FlaskClient:
    """Make an office of so many rows of every kind, and give a browser in which somebody has signed in."""
    url = f"sqlite:///{folder / 'fundtracker.sqlite'}"
    app = create_app(Settings(folder, url))
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()
    engine = open_engine(url)
    with Session(engine) as session, transaction(session):
        for line, number in zip(_lines(session, rows), range(rows), strict=True):
            _one_of_each(session, line, number)
        person = people.add_person(session, email="finance@example.org", name="Benchmark", role=Role.FINANCE)
        token = sign_ins.open_session(session, person)
    engine.dispose()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    return client


def _said() -> Particulars:
    return Particulars(on=today(), by=Actor("benchmark"), decision="PCC/D/1", narrative="As decided")


def _lines(session: Session, rows: int) -> Iterator[BudgetLine]:
    """Open so many funds, and give the first one's line for every row, so that its page is as long as may be."""
    first: BudgetLine | None = None
    for number in range(rows):
        details = FundDetails(name=f"Community safety fund {number}", funder="Home Office", source=Source.OWN,
                              year=FinancialYear(year_of(today())), reference=f"F{number}")  # fmt: skip
        line = open_fund(session, details=details, particulars=_said()).lines[0]
        allocate(session, line=line, amount=Pence(1_000_000_00), particulars=_said())
        first = first or line
        yield first


def _one_of_each(session: Session, line: BudgetLine, number: int) -> None:
    said = _said()
    named = OrganisationDetails(name=f"Parish council & group {number}", type="Council")
    recipient = add_organisation(session, details=named, particulars=said)
    asked = ApplicationDetails(
        fund=line.fund, organisation=recipient, asked_for=Pence(500_00), purpose="Signs and masks"
    )
    log_application(session, details=asked, particulars=said)
    share = Share(line=line, amount=Pence(400_00))
    details = AwardDetails(recipient=recipient, shares=(share,), reasons="To measure with", purpose="Signs and masks")
    award = record_award(session, details=details, particulars=said)
    pay(session, line=award.lines[0], amount=Pence(150_00), particulars=said, voucher="BACS 000123")
    bid = BidDetails(title=f"Bid {number}", funder="Home Office", sought=Pence(5_000_00))
    record_bid(session, details=bid, particulars=said)


if __name__ == "__main__":
    main()
