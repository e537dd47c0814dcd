"""Imports in every state: one with rows of each fate, one that something depends on, one undone, one of many rows."""

from datetime import date

from sqlalchemy import select

from fundtracker.services.bringing.undoing import undo_batch
from fundtracker.services.imports.waiting import find_batch
from fundtracker.store.awards import Award
from tests.books.builder import LATER, Books
from tests.services.spreadsheets import Values, bring

LONG = "Weobley " + "W" * 120
MAY = date(2020, 5, 1)
ROWS_SHOWN = 50


def keep_imports(books: Books) -> None:
    """Keep awards of two imports of one fund, organisations of one that is undone, and lines of the finance system."""
    books.fund("5,000.00", name="Imported Fund", reference="IMP20")
    first: list[Values] = [
        {"organisation": LONG, "amount": 106_400, "awarded_on": MAY, "reference": LONG[:60]},
        {"organisation": "Wellington Town Council", "amount": 168_000},
        {"organisation": "Wellington Town Council", "amount": 100, "awarded_on": MAY},
        {"organisation": "Wellington Town Council", "amount": 100, "awarded_on": MAY},
    ]
    many: list[Values] = [
        {"organisation": f"Brought in {number}", "amount": 9_999_999_900, "awarded_on": MAY}
        for number in range(ROWS_SHOWN + 2)
    ]
    bring(books.session, "awards", first, fund="IMP20")
    bring(books.session, "awards", [*many, *first[2:]], fund="IMP20", with_allocation=True)
    imported = books.session.scalars(select(Award).where(Award.batch_id.is_not(None)).order_by(Award.id.desc()))
    books.pay(imported.all()[0], "1.00")
    gone = bring(books.session, "organisations", [{"organisation": f"Gone with its import {LONG}"}])
    assert gone.batch_number is not None
    books.do(undo_batch, LATER, batch=find_batch(books.session, gone.batch_number))
    bring(books.session, "finance", [{"payee": LONG, "amount": -1, "on_date": MAY}])
