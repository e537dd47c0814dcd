"""Books of many entries in a file of their own, to measure exports with."""

import sqlite3
from datetime import date
from pathlib import Path

import flask_migrate
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.domain.money import Pence
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import Source
from fundtracker.domain.years import today, year_of
from fundtracker.services.allocations import allocate
from fundtracker.services.awards import AwardDetails, Share, record_award
from fundtracker.services.funds import FundDetails, open_fund
from fundtracker.services.organisations import OrganisationDetails, add_organisation
from fundtracker.services.payments import pay
from fundtracker.services.posting import Particulars
from fundtracker.store.awards import Award
from fundtracker.store.engine import open_engine
from fundtracker.store.funds import BudgetLine
from fundtracker.store.transactions import transaction
from fundtracker.web.db import db

_FUNDS = 20
_FIRST_DAY = date(2020, 4, 1)
_DAYS = 2_000
_PENNY = Pence(1)
# What differs between one repeated payment and the next, by its number.
_CHANGED = {
    "number": "n",
    "posting": "n",
    "amount": "1 + n % 5000",
    "on_date": "date(:since, (n % :days) || ' days')",
}


def make_books(folder: Path, entries: int, *, funds: int = _FUNDS, awards: int = 1, since: date = _FIRST_DAY) -> Engine:
    """Make an SQLite database whose ledger has this many entries, most of them payments of so many awards a fund."""
    path = folder / f"books-{entries}.sqlite"
    if path.exists():
        return open_engine(f"sqlite:///{path}")
    engine = make_empty_books(path)
    with Session(engine) as session, transaction(session):
        for number in range(funds):
            _one_fund(session, number, awards, since)
    _fill(path, entries, since)
    return engine


def make_empty_books(path: Path) -> Engine:
    """Make an SQLite database with every table and nothing in them."""
    app = create_app(Settings(path.parent, f"sqlite:///{path}"))
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()
    return open_engine(f"sqlite:///{path}")


def _one_fund(session: Session, number: int, awards: int, since: date) -> None:
    said = Particulars(
        on=since, by=Actor("benchmark"), decision=f"PCC/D/2020/{number}", narrative="As the Commissioner decided"
    )
    details = FundDetails(
        name=f"Community safety fund {number}", funder="Home Office", source=Source.OWN, year=year_of(since)
    )
    line = open_fund(session, details=details, particulars=said).lines[0]
    allocate(session, line=line, amount=Pence(100_000_000_00), particulars=said)
    given = [
        _award(session, line, f"{number}-{place}", Pence(90_000_000_00 // awards), said) for place in range(awards)
    ]
    for award in given:
        pay(
            session, line=award.lines[0], amount=_PENNY, particulars=said, invoice_number="INV-1", voucher="BACS 000123"
        )


def _award(session: Session, line: BudgetLine, name: str, amount: Pence, said: Particulars) -> Award:
    recipient = add_organisation(
        session, details=OrganisationDetails(name=f"Parish council & group {name}"), particulars=said
    )
    given = AwardDetails(recipient=recipient, shares=(Share(line=line, amount=amount),), reasons="To measure with")
    return record_award(session, details=given, particulars=said)


def _fill(path: Path, entries: int, since: date) -> None:
    """Repeat the payments until there are enough, without triggers or indexes: neither is measured here."""
    database = sqlite3.connect(path)
    _drop_all(database, "trigger")
    indexes = _drop_all(database, "index")
    database.execute(
        "CREATE TEMP TABLE paid AS SELECT row_number() OVER (ORDER BY number) - 1 AS place, * FROM entry"
        " WHERE kind = 'payment'"
    )
    names = [column[1] for column in database.execute("PRAGMA table_info(entry)")]
    values = [_CHANGED.get(name, f'paid."{name}"') for name in names]
    days = min(_DAYS, (today() - since).days + 1)
    database.execute(
        f"WITH RECURSIVE numbers(n) AS (SELECT max(number) + 1 FROM entry UNION ALL SELECT n + 1 FROM numbers"  # noqa: S608 - our own names
        f" WHERE n < :entries) INSERT INTO entry ({', '.join(names)}) SELECT {', '.join(values)} FROM numbers"
        " JOIN paid ON paid.place = n % (SELECT count(*) FROM paid) WHERE n <= :entries",
        {"entries": entries, "since": since.isoformat(), "days": days},
    )
    database.execute("UPDATE book SET last_entry = max(last_entry, ?)", (entries,))
    for index in indexes:
        database.execute(index)
    for table, key in (("budget_line", "budget_line_id"), ("award_line", "award_line_id")):
        _keep(database, table, key)
    database.commit()
    database.close()


def _drop_all(database: sqlite3.Connection, what: str) -> list[str]:
    """Drop every trigger, or every index that no constraint makes, and give what would make them again."""
    asked = "SELECT name, sql FROM sqlite_master WHERE type = ? AND sql IS NOT NULL"
    found = database.execute(asked, (what,)).fetchall()
    for name, _ in found:
        database.execute(f'DROP {what} "{name}"')
    return [made for _, made in found]


def _keep(database: sqlite3.Connection, table: str, key: str) -> None:
    """Put into the kept rows what the entries make, as the triggers would have."""
    sums = f"SELECT sum(CASE WHEN kind = 'payment' THEN amount END), max(number), {key} FROM entry GROUP BY {key}"  # noqa: S608 - our own names
    kept = f"UPDATE {table} SET paid = ?, last_entry = ? WHERE id = ?"  # noqa: S608 - our own names
    database.executemany(kept, database.execute(sums).fetchall())
