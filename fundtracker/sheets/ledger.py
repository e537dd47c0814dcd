"""The ledger as a workbook: one row an entry, a summary whose formulas check it, and what it is."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.text import slug
from fundtracker.domain.years import year_label
from fundtracker.services.ledger import Ledger, open_ledger
from fundtracker.sheets.about import ABOUT_COLUMNS, ledger_about
from fundtracker.sheets.ledger_rows import COLUMNS, Totals, last_row, ledger_rows
from fundtracker.sheets.skeleton import add_sheet, plan_of, start_workbook, styles_of
from fundtracker.sheets.stream import LAST_ROW, Download, stream_workbook
from fundtracker.sheets.summary import SUMMARY_COLUMNS, summary_rows


class TooManyRowsError(Refusal):
    """More rows than a sheet of Excel can hold."""


def write_ledger(
    engine: Engine,
    *,
    made_by: str,
    funds: Sequence[str] = (),
    year: int | None = None,
    as_at: date | None = None,
    up_to_entry: int | None = None,
) -> Download:
    """
    Write the ledger of the funds with these references, or of all, while it is being sent.

    `year` chooses the budget lines of the financial year that begins in it; `as_at` is today unless it is given.
    Raises NotFoundRefusal, DateRefusedError or TooManyRowsError before anything is sent.
    """
    with Session(engine) as session:
        ledger = open_ledger(session, funds=funds, year=year, day=as_at, up_to_entry=up_to_entry)
        session.rollback()
    if last_row(ledger) > LAST_ROW:
        raise TooManyRowsError(
            f"This ledger has {ledger.entries:,} entries, and a sheet of Excel holds {LAST_ROW - 1:,}. "
            "Choose a financial year, or fewer funds.",
            field="year",
        )
    return Download(ledger_name(ledger), _chunks(engine, ledger, made_by))


def ledger_name(ledger: Ledger) -> str:
    """Name a ledger's file, like `safer-roads-fund-2020-ledger-2020-21-as-at-2020-09-21.xlsx`."""
    year = "" if ledger.year is None else f"-{year_label(ledger.year).replace('/', '-')}"
    return f"{slug(_whose(ledger))}-ledger{year}-as-at-{ledger.when.day.isoformat()}.xlsx"


def _whose(ledger: Ledger) -> str:
    if ledger.every_fund:
        return "All funds"
    names = [name for _, name in ledger.funds.values()]
    return names[0] if len(names) == 1 else f"{len(names)} funds"


def _chunks(engine: Engine, ledger: Ledger, made_by: str) -> Iterator[bytes]:
    year = "" if ledger.year is None else f" for {year_label(ledger.year)}"
    what = f"Ledger: {_whose(ledger)}{year}"
    heading = f"{what}, as at {ledger.when.day:%d/%m/%Y}"
    workbook = start_workbook(heading, ledger.office)
    add_sheet(workbook, "Ledger", COLUMNS, last_row=last_row(ledger), heading=heading)
    add_sheet(workbook, "Summary", SUMMARY_COLUMNS, last_row=len(ledger.funds) + 1, heading=heading)
    add_sheet(workbook, "About", ABOUT_COLUMNS, last_row=0, heading=heading)
    styles = styles_of(workbook)
    totals: dict[int, Totals] = {}
    yield from stream_workbook(
        workbook,
        {
            "Ledger": ledger_rows(engine, ledger, plan_of(COLUMNS, styles), totals),
            "Summary": summary_rows(ledger, totals, styles),
            "About": ledger_about(ledger, what, made_by, totals, styles),
        },
    )
