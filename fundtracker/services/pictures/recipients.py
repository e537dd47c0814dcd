"""Who receives most: the ten organisations with most awarded of a year, and all the others together."""

from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select, type_coerce
from sqlalchemy.orm import Session

from fundtracker.domain.asks import Figure, ask
from fundtracker.domain.balances import Balance
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.papers import Cell, Column, Table
from fundtracker.domain.years import FinancialYear
from fundtracker.services.behind.cutting import to_payees
from fundtracker.services.figures import AsAt, award_figures, outstanding
from fundtracker.services.listings.payees import Payee, merged
from fundtracker.services.pictures.picture import AWARDED_COLUMNS, Picture, as_at_of, awarded_rows
from fundtracker.services.years_beside import YearsBeside
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.base import PenceColumn
from fundtracker.store.funds import BudgetLine

MOST = 10
_SUMS = ("awarded", "paid", "recovered", "to_pay", "to_recover")


def top_recipients(session: Session, beside: YearsBeside) -> Picture:
    """Show who was awarded most of a year's money, merged organisations as one, in one query."""
    when = beside.books.when
    found = session.execute(_rows(when, beside.year)).all()
    named = [
        (str(row.id), Cell(row.name, says="stands for several" if row.stands_for_several else ""), _balance(row[3:8]),
         ask(Figure.AWARDED, organisation=row.id, year=beside.year, as_at=as_at_of(when)))
        for row in found
    ]  # fmt: skip
    whole = _balance(found[0][8:13]) if found else Balance()
    if others := (found[0].organisations if found else 0) - len(found):
        rest = whole - sum((balance for _, _, balance, _ in named), Balance())
        named.append(("others", Cell(f"{others:,} other{'s' if others > 1 else ''}"), rest, ""))
    columns = (Column("organisation", "Organisation"), *AWARDED_COLUMNS)
    table = Table("recipients", "Who receives most", columns, awarded_rows(named))
    return Picture("recipients", table.title, _says(named, whole, others), table)


def _rows(when: AsAt, year: FinancialYear | None) -> Select[Any]:
    figures, tree = award_figures(when, year), merged()
    gap = outstanding(figures)
    amounts = [figures.c.awarded, figures.c.paid, figures.c.recovered, case((gap > 0, gap), else_=0),
               case((gap < 0, -gap), else_=0)]  # fmt: skip
    sums = [_pence(func.sum(amount)) for amount in amounts]
    wholes = [_pence(func.sum(func.sum(amount)).over()) for amount in amounts]
    counted = func.count().over().label("organisations")
    rows = select(Payee.id, Payee.name, Payee.stands_for_several, *sums, *wholes, counted)
    rows = rows.select_from(AwardLine).join(figures, figures.c.award_line_id == AwardLine.id)
    rows = to_payees(rows.join(Award, Award.id == AwardLine.award_id), tree)
    if year is not None:
        rows = rows.join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id).where(BudgetLine.year == year)
    rows = rows.group_by(Payee.id, Payee.name, Payee.stands_for_several)
    return rows.order_by(func.sum(figures.c.awarded).desc(), Payee.name, Payee.id).limit(MOST)


def _pence(amount: ColumnElement[Any]) -> ColumnElement[Any]:
    return type_coerce(amount, PenceColumn)


def _balance(sums: Any) -> Balance:
    return Balance(**{name: Pence(int(amount)) for name, amount in zip(_SUMS, sums, strict=True)})


def _says(named: list[tuple[str, Cell, Balance, str]], whole: Balance, others: int) -> str:
    if not whole.awarded:
        return "Nothing is awarded yet."
    _, name, balance, _ = next((one for one in named if not one[1].says), named[0])  # one that is one organisation
    who = f"{name.value} was awarded most, {pounds(balance.awarded)} of {pounds(whole.awarded)}."
    rest = f" The {MOST} shown hold {pounds(whole.awarded - named[-1][2].awarded)} of it."
    return f"{who}{rest if others else ''}"
