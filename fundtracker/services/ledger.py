"""The ledger: which entries it holds, how many, and the entries themselves in short reads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, Select, case, func, select
from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance
from fundtracker.domain.kinds import Measure
from fundtracker.services import figures
from fundtracker.services.figures import AsAt
from fundtracker.services.funds import find_fund
from fundtracker.services.history.heads import printed_head
from fundtracker.services.office import find_office
from fundtracker.services.organisations import roots
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.organisations import Organisation

_ROWS_A_READ = 1_000  # a read of some ten milliseconds, so that no writer waits for a slow download


@dataclass(frozen=True, kw_only=True)
class Line:
    """A budget line as the ledger names it."""

    fund: str
    fund_name: str
    year: int
    lot: str
    spend_type: str


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """
    What a ledger holds, settled before its first row is read: as entries never change, neither does what this says.

    `books` is the balance of each fund by the books' own figures, in pence, and `counts` the entries of each fund.
    """

    office: str
    head: str  # of the history
    when: AsAt
    year: int | None
    every_fund: bool
    funds: dict[int, tuple[str, str]]  # id: reference and name
    lines: dict[int, Line]
    counts: dict[int, int]
    books: dict[int, Balance]
    merged: dict[int, str]  # id of a merged organisation: the name of what it now is

    @property
    def entries(self) -> int:
        """Count the ledger's entries."""
        return sum(self.counts.values())


def open_ledger(
    session: Session,
    *,
    funds: Sequence[str] = (),
    year: int | None = None,
    day: date | None = None,
    up_to_entry: int | None = None,
) -> Ledger:
    """
    Settle what a ledger holds: funds by reference (all where none is named), the budget lines of a year, a day.

    Raises NotFoundRefusal for a fund that is not in the books, and DateRefusedError for a day that has not come.
    """
    when = figures.as_at(session, day, up_to_entry)
    chosen = [find_fund(session, reference).id for reference in funds]
    names = _funds(session, chosen, year)
    lines = _lines(session, names, year)
    counted = _counted(when, lines, not chosen and year is None)
    return Ledger(
        office=find_office(session).name,
        head=printed_head(session),
        when=when,
        year=year,
        every_fund=not chosen,
        funds=names,
        lines=lines,
        counts=_counts(session, counted),
        books=_books(session, when, year, names),
        merged=_merged(session),
    )


def read_entries(engine: Engine, ledger: Ledger) -> Iterator[Row[Any]]:
    """Give the ledger's entries by number, in short reads between which no transaction is open."""
    everything = ledger.every_fund and ledger.year is None
    rows = _rows().where(*_counted(ledger.when, ledger.lines, everything)).order_by(Entry.number).limit(_ROWS_A_READ)
    if len(ledger.funds) == 1:
        rows = rows.where(Entry.fund_id == next(iter(ledger.funds)))
    last = 0
    while True:
        with Session(engine) as session:
            some = session.execute(rows.where(Entry.number > last)).all()
            session.rollback()
        yield from some
        if len(some) < _ROWS_A_READ:
            return
        last = some[-1].number


def _counts(session: Session, counted: tuple[ColumnElement[bool], ...]) -> dict[int, int]:
    rows = select(Entry.fund_id, func.count()).where(*counted).group_by(Entry.fund_id)
    return {fund: int(count) for fund, count in session.execute(rows)}


def _rows() -> Select[*tuple[Any, ...]]:
    entry = (
        Entry.number, Entry.posted_at, Entry.on_date, Entry.original_date, Entry.kind, Entry.amount, Entry.fund_id,
        Entry.budget_line_id, Entry.award_line_id, Entry.payment_id, Entry.reverses, Entry.decision_reference,
        Entry.reference, Entry.narrative, Entry.date_doubt, Entry.amount_doubt, Entry.posted_by,
    )  # fmt: skip
    award = (Award.reference.label("award"), Award.organisation_id, Organisation.name.label("recipient"))
    return (
        select(*entry, *award, Payment.invoice_number, Payment.voucher)
        .outerjoin(AwardLine, AwardLine.id == Entry.award_line_id)
        .outerjoin(Award, Award.id == AwardLine.award_id)
        .outerjoin(Organisation, Organisation.id == Award.organisation_id)
        .outerjoin(Payment, Payment.id == Entry.payment_id)
    )


def _counted(when: AsAt, lines: dict[int, Line], everything: bool) -> tuple[ColumnElement[bool], ...]:
    # Nothing is dated after today, and without the date the count needs an index only.
    counted = (Entry.number <= when.last_entry,) if when.kept else figures.counted(when)
    return counted if everything else (*counted, Entry.budget_line_id.in_(lines))


def _funds(session: Session, chosen: list[int], year: int | None) -> dict[int, tuple[str, str]]:
    rows = select(Fund.id, Fund.reference, Fund.name).order_by(Fund.reference)
    if chosen:
        rows = rows.where(Fund.id.in_(chosen))
    elif year is not None:
        rows = rows.where(Fund.id.in_(select(BudgetLine.fund_id).where(BudgetLine.year == year)))
    return {key: (reference, name) for key, reference, name in session.execute(rows)}


def _lines(session: Session, funds: dict[int, tuple[str, str]], year: int | None) -> dict[int, Line]:
    rows = select(BudgetLine.id, BudgetLine.fund_id, BudgetLine.year, BudgetLine.lot, BudgetLine.spend_type)
    rows = rows.where(BudgetLine.fund_id.in_(funds))
    if year is not None:
        rows = rows.where(BudgetLine.year == year)
    return {
        key: Line(fund=funds[fund][0], fund_name=funds[fund][1], year=begins, lot=lot, spend_type=spend_type.value)
        for key, fund, begins, lot, spend_type in session.execute(rows)
    }


def _books(session: Session, when: AsAt, year: int | None, funds: dict[int, tuple[str, str]]) -> dict[int, Balance]:
    """Give each fund's balance on the lines of a year, by the same figures that the pages show."""
    if year is None:
        return figures.fund_balances(session, when, funds)
    sums, owed = figures.line_figures(when), figures.award_figures(when)
    gap = figures.outstanding(owed)
    debts = (case((gap > 0, gap), else_=0).label("to_pay"), case((gap < 0, -gap), else_=0).label("to_recover"))
    on_year = (BudgetLine.year == year, BudgetLine.fund_id.in_(funds))
    by_line = select(BudgetLine.fund_id, *(sums.c[m.value] for m in Measure)).where(*on_year)
    by_award = select(BudgetLine.fund_id, *debts).join_from(owed, AwardLine, AwardLine.id == owed.c.award_line_id)
    queries = (
        by_line.join(sums, sums.c.budget_line_id == BudgetLine.id),
        by_award.join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id).where(*on_year),
    )
    balances = dict.fromkeys(funds, Balance())
    for query in queries:
        for row in session.execute(query).mappings():
            amounts = {name: int(amount) for name, amount in row.items() if name != "fund_id"}
            balances[row["fund_id"]] += Balance(**amounts)  # type: ignore[arg-type]  # the names are Balance's own
    return balances


def _merged(session: Session) -> dict[int, str]:
    into = roots(session)
    named = select(Organisation.id, Organisation.name).where(Organisation.id.in_(set(into.values())))
    names = dict(session.execute(named).all())
    return {child: names[root] for child, root in into.items()}
