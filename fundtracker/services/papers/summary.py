"""The summary paper: how much, how much is left and last year beside it, fund by fund, and what stands beside it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from fundtracker.domain.money import pounds
from fundtracker.domain.papers import Block, Cell, CellType, Column, Content, Row, Table, Words
from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.years import FinancialYear, long_date, year_label
from fundtracker.services.cuts import By, cut_beside
from fundtracker.services.exceptions.listing import ExceptionRow, list_exceptions
from fundtracker.services.exceptions.rules import WATCHED_AT_HOME
from fundtracker.services.forecasts import forecasts
from fundtracker.services.papers.summary_beside import bid_tables, gift_table, owed_table
from fundtracker.services.papers.summary_cells import EXAMPLE
from fundtracker.services.papers.summary_cuts import cut_table
from fundtracker.services.papers.summary_funds import fund_table
from fundtracker.services.summaries import summarise
from fundtracker.services.years_beside import YearsBeside, years_beside

MOST = 5  # exceptions under the summary; their own report lists all


def summary_paper(
    session: Session, day: date | None = None, year: FinancialYear | None = None, cuts: Iterable[By] = ()
) -> Content:
    """
    Sum a financial year up as at a day: the one in hand today where neither is given, cut as asked.

    Raises DateRefusedError for a day that has not come.
    """
    return paper_of(session, years_beside(session, summarise(session, day), year), cuts)


def paper_of(session: Session, beside: YearsBeside, cuts: Iterable[By] = ()) -> Content:
    """Sum up a year that is read already, cut as asked."""
    found = list_exceptions(session, beside.books.when)
    expected = None if beside.year is None else forecasts(session, beside.books.when, beside.year)
    tables = [fund_table(beside, flags_of(found), expected)]
    tables += [cut_table(beside, by, cut_beside(session, beside, by)) for by in cuts]
    tables += [owed_table(session, beside.books.when), *bid_tables(session), gift_table(session, beside)]
    label = year_label(beside.year) if beside.year else ""
    when = beside.books.when
    return Content(
        kind=PaperKind.SUMMARY, title=f"Summary {label}".strip(), as_at=when.day, last_entry=when.last_entry,
        subject=label, blocks=(says(beside), *_that_say(tables), _exceptions(found)),
    )  # fmt: skip


def flags_of(exceptions: Iterable[ExceptionRow]) -> dict[str, str]:
    """Say in words what is wrong with each fund, with the pence of each, by the fund's reference."""
    sums: dict[str, dict[str, int]] = defaultdict(dict)
    for one in exceptions:
        if one.rule in WATCHED_AT_HOME and one.found.fund_reference:
            mine = sums[one.found.fund_reference]
            mine[one.rule.words] = mine.get(one.rule.words, 0) + (one.value or 0)
    return {
        fund: ". ".join(f"{words}: {pounds(amount)}" for words, amount in mine.items()) for fund, mine in sums.items()
    }


def says(beside: YearsBeside) -> Words:
    """Say which lines the figures are of, and what stands beside them."""
    when, said = beside.books.when, []
    lines = "every budget line" if beside.year is None else f"the budget lines of {year_label(beside.year)}"
    said.append(f"Figures of {lines}, as at {long_date(when.day)}, up to entry #{when.last_entry:,}.")
    if beside.year is not None and beside.this_day and beside.in_full and beside.last:
        label, mark = year_label(beside.year - 1), f" {EXAMPLE}" if beside.last.example else ""
        this_day, in_full = long_date(beside.this_day.day), long_date(beside.in_full.day)
        said.append(f"Last year is {label}{mark}: as at {this_day}, and in full as at {in_full}.")
    return Words("as-at", " ".join(said))


def _that_say(tables: Iterable[Table]) -> list[Block]:
    """Leave out what has no rows, but for the funds."""
    return [table for table in tables if table.rows or table.key == "funds"]


def _exceptions(exceptions: list[ExceptionRow]) -> Table:
    columns = (
        Column("what", "What"), Column("fund", "Fund"), Column("value", "Value", CellType.MONEY),
        Column("owner", "Owner"), Column("action", "Action"), Column("due", "Due", CellType.DAY),
    )  # fmt: skip
    rows = tuple(Row(one.key, _exception(one)) for one in exceptions[:MOST])
    note = f"The {MOST} of {len(exceptions)} with most money." if len(exceptions) > MOST else ""
    return Table(
        "exceptions", "Late or at risk", columns, rows, note or ("" if rows else "Nothing is late or at risk.")
    )


def _exception(one: ExceptionRow) -> tuple[Cell, ...]:
    value = Cell(one.value, "" if one.value is not None else "Not stated")
    return Cell(one.found.what), Cell(one.found.fund), value, Cell(one.owner), Cell(one.action), Cell(one.due)
