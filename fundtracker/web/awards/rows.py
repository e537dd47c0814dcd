"""The rows of an award's form: the budget lines of its fund, and those of other funds that were added to it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from fundtracker.services.funds import open_funds
from fundtracker.store.awards import Award
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.web.addresses import whole_number

MOST_ROWS = 100


def shown_lines(session: Session, fund: Fund, ids: str) -> list[BudgetLine]:
    """Give the lines that a form showed, in the order in which it showed them, and what its fund has besides."""
    numbers = [number for number in map(whole_number, ids.split()) if number is not None]
    wanted = (
        select(BudgetLine)
        .where(BudgetLine.id.in_(numbers[:MOST_ROWS]))
        .options(joinedload(BudgetLine.fund).selectinload(Fund.lines))
    )
    found = {line.id: line for line in session.scalars(wanted)}
    before = [found[number] for number in dict.fromkeys(numbers) if number in found]
    return before + [line for line in fund.lines if line.id not in found]


def other_funds(session: Session, rows: Sequence[BudgetLine]) -> dict[str, Fund]:
    """Give the open funds that have no row yet, by reference, in the order of their names."""
    shown = {line.fund_id for line in rows}
    return {fund.reference: fund for fund in open_funds(session) if fund.id not in shown}


def funds_of(rows: Sequence[BudgetLine]) -> list[Fund]:
    """Give the funds of some lines, each once, in their order."""
    return list(dict.fromkeys(line.fund for line in rows))


def row_words(line: BudgetLine, rows: Sequence[BudgetLine]) -> str:
    """Name a budget line among others: by its fund where that has one line, by its line where all are one fund's."""
    if len(line.fund.lines) == 1:
        return line.fund.name
    return line.label if len(funds_of(rows)) == 1 else line.long_label


def line_names(award: Award) -> dict[int, str]:
    """Name each line of an award, by its id, as far as tells it from the others."""
    rows = [line.budget_line for line in award.lines]
    return {line.id: row_words(line.budget_line, rows) for line in award.lines}
