"""Books of many entries in a file of their own, to measure exports with."""

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import flask_migrate
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.domain.money import Pence
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import Source
from fundtracker.domain.years import FinancialYear
from fundtracker.services.allocations import allocate
from fundtracker.services.awards import AwardDetails, Share, record_award
from fundtracker.services.funds import FundDetails, open_fund
from fundtracker.services.organisations import OrganisationDetails, add_organisation
from fundtracker.services.payments import pay
from fundtracker.services.posting import Particulars
from fundtracker.store.engine import open_engine
from fundtracker.store.transactions import transaction
from fundtracker.web.db import db

_FUNDS = 20
_FIRST_DAY = date(2020, 4, 1)
_PENNY = Pence(1)


def make_books(folder: Path, entries: int) -> Engine:
    """Make an SQLite database whose ledger has this many entries, most of them payments, over twenty funds."""
    path = folder / f"books-{entries}.sqlite"
    if path.exists():
        return open_engine(f"sqlite:///{path}")
    engine = make_empty_books(path)
    with Session(engine) as session, transaction(session):
        for number in range(_FUNDS):
            _one_fund(session, number)
    _fill(path, entries)
    return engine


def make_empty_books(path: Path) -> Engine:
    """Make an SQLite database with every table and nothing in them."""
    app = create_app(Settings(path.parent, f"sqlite:///{path}"))
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()
    return open_engine(f"sqlite:///{path}")


def _one_fund(session: Session, number: int) -> None:
    said = Particulars(
        on=_FIRST_DAY, by=Actor("benchmark"), decision=f"PCC/D/2020/{number}", narrative="As the Commissioner decided"
    )
    details = FundDetails(
        name=f"Community safety fund {number}", funder="Home Office", source=Source.OWN, year=FinancialYear(2020)
    )
    line = open_fund(session, details=details, particulars=said).lines[0]
    allocate(session, line=line, amount=Pence(100_000_000_00), particulars=said)
    body = OrganisationDetails(name=f"Parish council & group {number}")
    recipient = add_organisation(session, details=body, particulars=said)
    given = AwardDetails(
        recipient=recipient, shares=(Share(line=line, amount=Pence(90_000_000_00)),), reasons="To measure with"
    )
    award = record_award(session, details=given, particulars=said)
    pay(session, line=award.lines[0], amount=_PENNY, particulars=said, invoice_number="INV-1", voucher="BACS 000123")


def _fill(path: Path, entries: int) -> None:
    """Repeat the payments until there are enough, without the triggers: no rule is measured here."""
    database = sqlite3.connect(path)
    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        database.execute(f'DROP TRIGGER "{name}"')
    found = database.execute("SELECT * FROM entry WHERE kind = 'payment'")
    names = [column[0] for column in found.description]
    payments = [dict(zip(names, row, strict=True)) for row in found]
    (first,) = database.execute("SELECT max(number) + 1 FROM entry").fetchone()
    rows = ({**payments[n % len(payments)], **_changed(n)} for n in range(first, entries + 1))
    marks = ", ".join(f":{name}" for name in names)
    database.executemany(f"INSERT INTO entry ({', '.join(names)}) VALUES ({marks})", rows)  # noqa: S608 - our own names
    database.execute("UPDATE book SET last_entry = max(last_entry, ?)", (entries,))
    for table, key in (("budget_line", "budget_line_id"), ("award_line", "award_line_id")):
        paid = f"SELECT sum(amount) FROM entry WHERE kind = 'payment' AND {key} = {table}.id"  # noqa: S608 - our own names
        database.execute(f"UPDATE {table} SET paid = ({paid}), last_entry = ?", (entries,))  # noqa: S608 - our own names
    database.commit()
    database.close()


def _changed(number: int) -> dict[str, object]:
    day = _FIRST_DAY + timedelta(days=number % 2_000)
    return {"number": number, "posting": number, "amount": 1 + number % 5_000, "on_date": day.isoformat()}
