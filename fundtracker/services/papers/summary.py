"""The summary paper: how much, how much is left and last year beside it, fund by fund, and what stands beside it."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from fundtracker.domain.papers import Block, Cell, CellType, Column, Content, Row, Table, Words
from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.years import FinancialYear, long_date, year_label
from fundtracker.services.concerns import Concern, flag, list_concerns
from fundtracker.services.cuts import By, cut_beside
from fundtracker.services.papers.summary_beside import bid_tables, gift_table, owed_table
from fundtracker.services.papers.summary_cells import EXAMPLE
from fundtracker.services.papers.summary_cuts import cut_table
from fundtracker.services.papers.summary_funds import fund_table
from fundtracker.services.summaries import summarise
from fundtracker.services.years_beside import YearsBeside, years_beside

MOST_CONCERNS = 5


def summary_paper(
    session: Session, day: date | None = None, year: FinancialYear | None = None, cuts: Iterable[By] = ()
) -> Content:
    """
    Sum a financial year up as at a day: the one in hand today where neither is given, cut as asked.

    Raises DateRefusedError for a day that has not come.
    """
    beside = years_beside(session, summarise(session, day), year)
    concerns = list_concerns(session, beside.books)
    tables = [fund_table(beside, flags_of(concerns))]
    tables += [cut_table(beside, by, cut_beside(session, beside, by)) for by in cuts]
    tables += [owed_table(session, beside.books.when), *bid_tables(session), gift_table(session, beside)]
    label = year_label(beside.year) if beside.year else ""
    when = beside.books.when
    return Content(
        kind=PaperKind.SUMMARY, title=f"Summary {label}".strip(), as_at=when.day, last_entry=when.last_entry,
        subject=label, blocks=(says(beside), *_that_say(tables), _concerns(concerns)),
    )  # fmt: skip


def flags_of(concerns: Iterable[Concern]) -> dict[int, str]:
    """Say what is wrong with each fund in words, most money first, by the fund's id."""
    flags: dict[int, str] = {}
    for one in concerns:
        flags[one.fund.id] = ". ".join(filter(None, (flags.get(one.fund.id), flag(one))))
    return flags


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


def _concerns(concerns: list[Concern]) -> Table:
    columns = (Column("fund", "Fund"), Column("what", "What"), Column("amount", "Amount", CellType.MONEY))
    rows = tuple(
        Row(f"{one.why}:{one.fund.reference}", (Cell(one.fund.name), Cell(flag(one)), Cell(one.amount)))
        for one in concerns[:MOST_CONCERNS]
    )
    note = f"The {len(rows)} of {len(concerns)} with most money." if len(concerns) > len(rows) else ""
    return Table(
        "exceptions", "Late or at risk", columns, rows, note or ("" if rows else "Nothing is late or at risk.")
    )
