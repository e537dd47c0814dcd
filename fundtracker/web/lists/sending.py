"""Downloads: a list as it is filtered, all pages of it, sent as a workbook."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from flask import Response

from fundtracker.services.history.heads import printed_head
from fundtracker.services.office import find_office
from fundtracker.sheets.lists import write_list
from fundtracker.sheets.skeleton import Column
from fundtracker.sheets.stream import XLSX, Download
from fundtracker.sheets.writing import Type
from fundtracker.web.db import reading
from fundtracker.web.signed_in import this_person

Shown = tuple[Column, Callable[[Any], object]]


def text(title: str, give: Callable[[Any], object], width: int = 0) -> Shown:
    """Give a column of text; nothing stated is blank."""
    return Column(title, Type.TEXT, width), lambda row: give(row) or ""


def money(title: str, give: Callable[[Any], object], *, total: bool = True) -> Shown:
    """Give a column of pence, blank where not stated."""
    return Column(title, Type.MONEY, total=total), give


def day(title: str, give: Callable[[Any], object]) -> Shown:
    """Give a column of dates."""
    return Column(title, Type.DATE), give


def whole(title: str, give: Callable[[Any], object], *, total: bool = False) -> Shown:
    """Give a column of whole numbers."""
    return Column(title, Type.WHOLE, total=total), give


BENEFITS = text("For the benefit of", lambda row: row.benefits, 26)
FUND = (text("Fund", lambda row: row.fund_reference), text("Fund name", lambda row: row.fund, 28))


def send_list(
    title: str, shown: Sequence[Shown], rows: Iterable[Any], *, as_at: date, filters: Sequence[tuple[str, str]]
) -> Response:
    """Send rows as a workbook with their totals and their filters in words."""
    session = reading()
    office, head = find_office(session).name, printed_head(session)
    taken = [[give(row) for _, give in shown] for row in rows]
    session.rollback()  # nothing is read while it is sent
    download = write_list(
        title=title,
        columns=[column for column, _ in shown],
        rows=taken,
        made_by=this_person().name,
        office=office,
        as_at=as_at,
        filters=filters,
        head=head,
    )
    return send(download)


def send(download: Download) -> Response:
    """Send a workbook while it is being written."""
    return send_file(download.chunks, XLSX, download.file_name)


def send_file(content: bytes | Iterable[bytes], kind: str, name: str) -> Response:
    """Send a file of a kind, to be kept under a name."""
    response = Response(content, content_type=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
