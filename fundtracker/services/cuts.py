"""Cuts: a year's figures by objective, area, funder, programme, recipient type, or revenue and capital."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import case, literal, select
from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance, total
from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import SpendType
from fundtracker.domain.years import FinancialYear
from fundtracker.services.behind.cutting import AREA, OBJECTIVE, to_payees
from fundtracker.services.figures import AsAt, Rows, award_figures, line_figures, outstanding
from fundtracker.services.listings.owed import pence_sum
from fundtracker.services.listings.payees import Payee, merged
from fundtracker.services.office import list_names
from fundtracker.services.years_beside import LastYear, YearsBeside
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.office import Area, Objective

NOTHING = Balance()
_SUMMED = ("awarded", "paid", "recovered", "to_pay", "to_recover")


class By(StrEnum):
    """What figures are cut by, in the words of an ask."""

    OBJECTIVE = "objective"
    AREA = "area"
    FUNDER = "funder"
    PROGRAMME = "programme"
    RECIPIENT_TYPE = "recipient_type"
    SPEND_TYPE = "spend_type"

    @property
    def of_awards(self) -> bool:
        """Say whether it belongs to awards alone, so that what is not awarded is a row of its own."""
        return self in (By.AREA, By.RECIPIENT_TYPE)


@dataclass(frozen=True)
class CutRow:
    """
    One row of a cut: allocated, awarded, paid and owed in pence, with last year's beside it where there is one.

    `key` is what an ask calls it, empty where nothing is stated; None for what is not yet awarded.
    """

    key: str | None
    balance: Balance
    last: LastYear | None = None


# What belongs to lines cuts every figure; what belongs to awards cuts what was awarded of them.
_OF_LINES: dict[By, Any] = {
    By.OBJECTIVE: Fund.objective_id,
    By.FUNDER: Fund.funder,
    By.PROGRAMME: Fund.programme,
    By.SPEND_TYPE: BudgetLine.spend_type,
}
_OF_AWARDS = {**_OF_LINES, By.OBJECTIVE: OBJECTIVE, By.AREA: AREA, By.RECIPIENT_TYPE: Payee.type}
_NAMED: dict[By, type[Objective] | type[Area]] = {By.OBJECTIVE: Objective, By.AREA: Area}


def cut(session: Session, when: AsAt, year: FinancialYear | None, by: By) -> dict[str | None, Balance]:
    """
    Cut the figures of a year's lines, or of all lines, in two queries; the parts add up to the whole.

    In each of them allocated is awarded and left to award: what an award states of itself takes its money with it, and
    what is left stays with its fund, or under None where it belongs to no part.
    """
    left = _by_key(session, _left(when, year, by))
    if by.of_awards:
        left = {None: left[""]}
    sums = _by_key(session, _sums(when, year, by))
    keys = [key for key in dict.fromkeys((*sums, *left)) if key is not None or any(left[key])]
    return {key: _balance(*left.get(key, (0,)), *sums.get(key, (0,) * len(_SUMMED))) for key in keys}


def cut_beside(session: Session, beside: YearsBeside, by: By) -> list[CutRow]:
    """Cut a year's figures with last year's beside them, in a constant number of queries, in the order of names."""
    now = cut(session, beside.books.when, beside.year, by)
    listed = list_names(session, _NAMED[by]) if by in _NAMED else list(SpendType)
    if beside.year is None or beside.this_day is None or beside.in_full is None or beside.last is None:
        return [CutRow(key, now[key]) for key in _in_order(now, listed)]
    before, example = FinancialYear(beside.year - 1), beside.last.example
    then, full = cut(session, beside.this_day, before, by), cut(session, beside.in_full, before, by)
    return [
        CutRow(key, now.get(key, NOTHING), LastYear(then.get(key, NOTHING), full.get(key, NOTHING), example))
        for key in _in_order(now | then | full, listed)
    ]


def of_cut(balance: Balance) -> Balance:
    """Give the figures of a balance that a cut has, so that the two can be compared."""
    return Balance(
        allocated=balance.allocated, awarded=balance.awarded, paid=balance.paid, recovered=balance.recovered,
        to_pay=balance.to_pay, to_recover=balance.to_recover,
    )  # fmt: skip


def added(rows: list[CutRow]) -> Balance:
    """Add the rows of a cut up."""
    return total(row.balance for row in rows)


def _in_order(rows: Iterable[str | None], listed: Sequence[str]) -> list[str | None]:
    """Order as the office lists them, else by name; then what states nothing, then what is not yet awarded."""
    places = {name: place for place, name in enumerate(listed)}
    return sorted(rows, key=lambda key: (key is None, key == "", places.get(key or "", 0), (key or "").casefold()))


def _by_key(session: Session, rows: Rows) -> dict[str | None, tuple[int, ...]]:
    """Read sums of pence by their keys, those that state none under empty text."""
    found: dict[str | None, tuple[int, ...]] = {}
    for key, *sums in session.connection().execute(rows):
        found[str(key or "")] = tuple(map(int, sums))
    return found


def _balance(left: int, *sums: int) -> Balance:
    named = {name: Pence(amount) for name, amount in zip(_SUMMED, sums, strict=True)}
    return Balance(allocated=Pence(named["awarded"] + left), **named)


@lru_cache
def _left(when: AsAt, year: FinancialYear | None, by: By) -> Rows:
    lines = line_figures(when, year)
    rows: Rows = select().select_from(lines).join(BudgetLine, BudgetLine.id == lines.c.budget_line_id)
    rows = _of_year(rows.join(Fund, Fund.id == BudgetLine.fund_id), year)
    left = pence_sum(lines.c.allocated - lines.c.awarded)
    if by.of_awards:
        return rows.add_columns(literal(""), left)
    key, rows = _keyed(by, _OF_LINES[by], rows)
    return rows.add_columns(key, left).group_by(key)


@lru_cache
def _sums(when: AsAt, year: FinancialYear | None, by: By) -> Rows:
    figures, tree = award_figures(when, year), merged()
    gap = outstanding(figures)
    rows: Rows = select().select_from(figures).join(AwardLine, AwardLine.id == figures.c.award_line_id)
    rows = rows.join(Award, Award.id == AwardLine.award_id)
    rows = rows.join(BudgetLine, BudgetLine.id == AwardLine.budget_line_id).join(Fund, Fund.id == BudgetLine.fund_id)
    rows = to_payees(rows, tree) if by.of_awards else rows
    key, rows = _keyed(by, _OF_AWARDS[by], rows)
    sums = (figures.c.awarded, figures.c.paid, figures.c.recovered, case((gap > 0, gap), else_=0))
    rows = rows.add_columns(key, *map(pence_sum, (*sums, case((gap < 0, -gap), else_=0))))
    return _of_year(rows, year).group_by(key)


def _keyed(by: By, key: Any, rows: Rows) -> tuple[Any, Rows]:
    """Name a key: an objective and an area by their names, all else by itself."""
    table = _NAMED.get(by)
    return (key, rows) if table is None else (table.name, rows.outerjoin(table, table.id == key))


def _of_year(rows: Rows, year: FinancialYear | None) -> Rows:
    return rows if year is None else rows.where(BudgetLine.year == year)
