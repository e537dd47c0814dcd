"""A report as a workbook, sent to whoever asks for it; and the year that an address asks a report for."""

from flask import Response, request

from fundtracker.domain.papers import Content
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.years import FinancialYear, now, parse_year
from fundtracker.services.office import find_office
from fundtracker.sheets.papers.workbook import paper_name, write_paper
from fundtracker.sheets.stream import XLSX
from fundtracker.web.db import reading
from fundtracker.web.signed_in import this_person


def send_paper(content: Content) -> Response:
    """Send a report as a workbook."""
    session = reading()
    office = find_office(session).name
    session.rollback()  # nothing is read while it is written
    made = write_paper(content, made_at=now(), made_by=this_person().name, office=office)
    response = Response(made, mimetype=XLSX)
    response.headers.set("Content-Disposition", "attachment", filename=paper_name(content))
    return response


def asked_year() -> tuple[FinancialYear | None, str]:
    """Read the financial year that the address asks for, and say what is wrong with one that is no year."""
    typed = request.args.get("year", "").strip()
    if not typed:
        return None, ""
    try:
        return parse_year(typed), ""
    except Refusal as refusal:
        return None, f"{refusal.sentence.rstrip('.')}. This is the year in hand."
