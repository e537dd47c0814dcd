"""A report as a workbook, sent to whoever asks for it; and the year that an address asks a report for."""

from flask import Response, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.papers import Content
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.years import FinancialYear, now, parse_year, year_label
from fundtracker.services.history.heads import printed_head
from fundtracker.services.office import find_office
from fundtracker.sheets.papers.workbook import paper_name, write_paper
from fundtracker.sheets.stream import XLSX
from fundtracker.store.funds import BudgetLine
from fundtracker.web.db import reading
from fundtracker.web.lists.sending import send_file
from fundtracker.web.signed_in import this_person


def send_paper(content: Content) -> Response:
    """Send a report as a workbook."""
    session = reading()
    office, head = find_office(session).name, printed_head(session)
    session.rollback()  # nothing is read while it is written
    made = write_paper(content, made_at=now(), made_by=this_person().name, office=office, head=head)
    return send_file(made, XLSX, paper_name(content))


def offered_years(session: Session, chosen: FinancialYear | None = None) -> dict[str, str]:
    """Give the years that have budget lines, and the one that is shown, the newest first."""
    held = {*session.scalars(select(BudgetLine.year).distinct()), *([] if chosen is None else [chosen])}
    return {year_label(year): year_label(year) for year in sorted(held, reverse=True)}


def asked_year() -> tuple[FinancialYear | None, str]:
    """Read the financial year that the address asks for, and say what is wrong with one that is no year."""
    typed = request.args.get("year", "").strip()
    if not typed:
        return None, ""
    try:
        return parse_year(typed), ""
    except Refusal as refusal:
        return None, f"{refusal.sentence.rstrip('.')}. This is the year in hand."
