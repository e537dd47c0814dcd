"""The journal of a period's accruals as a workbook, in the columns that finance systems take."""

from datetime import date

from sqlalchemy.orm import Session

from fundtracker.services.accrual_journal import journal, journal_period
from fundtracker.services.history.heads import printed_head
from fundtracker.services.office import find_office
from fundtracker.sheets.lists import write_list
from fundtracker.sheets.skeleton import Column
from fundtracker.sheets.stream import Download
from fundtracker.sheets.writing import Type

COLUMNS = (
    Column("Period", width=18),
    Column("Cost centre"),
    Column("Account", width=18),
    Column("Project"),
    Column("Debit", Type.MONEY, total=True),
    Column("Credit", Type.MONEY, total=True),
    Column("Narrative", width=60),
    Column("Reference", width=12),
    Column("Reversing (Y/N)", width=11),
    Column("Reverse period", width=18),
)


def write_accrual_journal(session: Session, *, period_end: date, made_by: str) -> Download:
    """Write the journal of the accruals of a period; its debits and its credits add up to the same."""
    rows = [
        (line.period, line.cost_centre, line.account, line.project, line.debit, line.credit, line.narrative,
         line.reference, line.reversing, line.reverse_period)
        for line in journal(session, period_end)
    ]  # fmt: skip
    return write_list(
        title="Accruals journal", columns=COLUMNS, rows=rows, made_by=made_by, office=find_office(session).name,
        as_at=period_end, filters=[("Period", journal_period(period_end))], head=printed_head(session),
    )  # fmt: skip
