"""Any paper as a workbook: what it is, its words, and a sheet a table; the same bytes for the same paper and moment."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from fundtracker.domain.papers import Content, Table
from fundtracker.domain.text import slug
from fundtracker.domain.years import long_date
from fundtracker.sheets.about import Row, made_rows, write_about
from fundtracker.sheets.papers.described import described
from fundtracker.sheets.papers.tables import Sheet
from fundtracker.sheets.papers.words import WORDS_COLUMNS, says_anything, words_rows
from fundtracker.sheets.same_bytes import same_bytes
from fundtracker.sheets.skeleton import Column, add_sheet, sheet_name, start_workbook, styles_of
from fundtracker.sheets.stream import stream_workbook
from fundtracker.sheets.writing import Cell, Styles, Type

ABOUT, WORDS = "About", "Words"
_ABOUT_COLUMNS = (Column(ABOUT, width=34), Column("This paper", width=90))


@dataclass
class Book:
    """A workbook laid out and not yet written: its skeleton, its tables, the rows of every sheet, its charts."""

    workbook: Workbook
    heading: str
    sheets: dict[str, Sheet]
    styles: Styles
    rows: dict[str, Iterable[str]] = field(default_factory=dict)
    charts: list[tuple[str, str]] = field(default_factory=list)

    def add(self, name: str, columns: Iterable[Column], rows: Iterable[str], *, last_row: int = 0) -> None:
        """Add a sheet with its headings, to be filled with rows when the workbook is written."""
        add_sheet(self.workbook, name, tuple(columns), last_row=last_row, heading=self.heading)
        self.rows[name] = rows


def write_paper(content: Content, *, made_at: datetime, made_by: str, office: str = "", head: str = "") -> bytes:
    """Write a paper as a workbook; amounts are in pounds, exact to the penny, and text is never a formula."""
    return finish(lay_out(content, made_at=made_at, made_by=made_by, office=office, head=head), made_at)


def paper_name(content: Content, ending: str = "xlsx") -> str:
    """Name a paper's file, like `year-in-numbers-2020-21-as-at-2020-09-21.xlsx`."""
    return f"{slug(content.title)}-as-at-{content.as_at.isoformat()}.{ending}"


def lay_out(content: Content, *, made_at: datetime, made_by: str, office: str = "", head: str = "") -> Book:
    """Lay out a paper: what it is, its words where it has any, and a sheet a table."""
    workbook = start_workbook(content.title, office or made_by)
    sheets = _sheets(content)
    book = Book(workbook, f"{content.title}, as at {content.as_at:%d/%m/%Y}", sheets, styles_of(workbook))
    about = _about(content, made_at=made_at, made_by=made_by, office=office, head=head)
    book.add(ABOUT, _ABOUT_COLUMNS, write_about(about, book.styles))
    if says_anything(content):
        names = {key: sheet.name for key, sheet in sheets.items()}
        book.add(WORDS, WORDS_COLUMNS, words_rows(content, names, book.styles))
    for sheet in sheets.values():
        book.add(sheet.name, sheet.columns, sheet.write(book.styles), last_row=sheet.last_row)
        if sheet.too_wide:
            _spread(book.workbook[sheet.name])
    return book


def finish(book: Book, made_at: datetime) -> bytes:
    """Write the workbook, the same to the byte whenever it is written of the same rows and moment."""
    return same_bytes(described(b"".join(stream_workbook(book.workbook, book.rows)), book.charts), made_at)


def _spread(sheet: Worksheet) -> None:
    """Let a wide sheet print on two pages across, and keep its rows' names in sight."""
    sheet.page_setup.fitToWidth = 2
    sheet.print_title_cols = "A:B"
    sheet.freeze_panes = "C2"


def _sheets(content: Content) -> dict[str, Sheet]:
    taken = {ABOUT.casefold(), WORDS.casefold(), "control", "charts"}
    found = {}
    for table in content.tables.values():
        name = next(name for name in _names(table) if name.casefold() not in taken)
        taken.add(name.casefold())
        found[table.key] = Sheet(name, table)
    return found


def _names(table: Table) -> Iterator[str]:
    yield sheet_name(table.title)
    yield from (f"{sheet_name(table.title)[:27].strip()} {number}" for number in count(2))


def _about(content: Content, *, made_at: datetime, made_by: str, office: str, head: str) -> list[Row]:
    facts = [("About", content.subject)] if content.subject else []
    facts += [("For the meeting of", long_date(content.meeting_on))] if content.meeting_on else []
    facts += [("Amounts", "in pounds; what is not stated is left out of every sum and is not nought")]
    rows = made_rows(content.title, office, content.as_at, made_by, facts, made_at=made_at, head=head)
    rows = [row for row in rows if row[-1] is not None and not row[-1].empty]
    rows.append([Cell("Last entry number"), Cell(content.last_entry, Type.WHOLE)])
    noted = [table for table in content.tables.values() if table.note]
    return [*rows, *([Cell(f"On {table.title}"), Cell(table.note, Type.PROSE)] for table in noted)]
