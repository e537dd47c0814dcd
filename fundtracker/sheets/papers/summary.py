"""The summary workbook: the summary's tables and pictures, charts that Excel draws, and a check against the books."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from openpyxl.worksheet.pagebreak import Break, RowBreak
from sqlalchemy.orm import Session

from fundtracker.domain.papers import Content
from fundtracker.domain.years import FinancialYear, now
from fundtracker.services.cuts import By
from fundtracker.services.history.heads import printed_head
from fundtracker.services.office import find_office
from fundtracker.services.papers.summary import paper_of
from fundtracker.services.pictures.gallery import gallery
from fundtracker.services.pictures.picture import Picture
from fundtracker.services.summaries import summarise
from fundtracker.services.years_beside import YearsBeside, years_beside
from fundtracker.sheets.about import ABOUT_COLUMNS, control_rows
from fundtracker.sheets.papers.charts import Chart, Drawn, bars, line_over
from fundtracker.sheets.papers.controls import controls_of
from fundtracker.sheets.papers.tables import Sheet
from fundtracker.sheets.papers.workbook import Book, finish, lay_out, paper_name
from fundtracker.sheets.skeleton import Column
from fundtracker.sheets.stream import Download
from fundtracker.sheets.writing import Cell, Type, write_cells

CHARTS, CONTROL = "Charts", "Control"
_CHART_COLUMNS = (Column("Chart", width=34), Column("What it says", Type.PROSE, 90))
_CONTROL_COLUMNS = (
    Column(CONTROL, width=60),
    *ABOUT_COLUMNS[1:2],
    Column("Must be (£)", Type.MONEY),
    *ABOUT_COLUMNS[3:],
)
_WIDTH, _HEIGHT, _A_BAR, _ROW = 30, 14, 1, 0.53  # centimetres: of a chart, for each bar, and a row of the sheet
_PAID, _TO_PAY = Drawn("net_paid", "Paid", "solid"), Drawn("to_pay", "Awarded, still to pay", "hatch")
_LEFT = Drawn("remaining", "Left to award", "outline")
_FUNDS, _LONGEST = "spend", 70  # letters of a name beside a bar
_NAMES = {_FUNDS: "name", "areas": "area", "recipients": "organisation"}


def write_summary(
    session: Session,
    *,
    day: date | None = None,
    year: FinancialYear | None = None,
    made_by: str,
    made_at: datetime | None = None,
) -> Download:
    """
    Write the summary of a year as at a day, the year in hand today where neither is given.

    Raises DateRefusedError for a day that has not come.
    """
    beside = years_beside(session, summarise(session, day), year)
    pictures = gallery(session, beside)
    paper = paper_of(session, beside, tuple(By))
    content = replace(paper, blocks=(*paper.blocks, *(one.table for one in pictures)))
    office = find_office(session).name
    made = write_content(content, beside, pictures, made_by=made_by, office=office, made_at=made_at or now(),
                         head=printed_head(session))  # fmt: skip
    return Download(paper_name(content), iter([made]))


def write_content(
    content: Content,
    beside: YearsBeside,
    pictures: Sequence[Picture],
    *,
    made_by: str,
    office: str,
    made_at: datetime,
    head: str = "",
) -> bytes:
    """Write a summary's content, with the charts of its pictures and its check against the books."""
    book = lay_out(content, made_at=made_at, made_by=made_by, office=office, head=head)
    if pictures:
        _add_charts(book, pictures)
    rows = control_rows(controls_of(book.sheets, beside), first=2)
    lines = (write_cells(number, book.styles, row) for number, row in enumerate(rows, start=2))
    book.add(CONTROL, _CONTROL_COLUMNS, lines)
    return finish(book, made_at)


def _add_charts(book: Book, pictures: Sequence[Picture]) -> None:
    """Add the sheet of charts before the tables, each under what it says, and open the workbook there."""
    rows, breaks, row = [], RowBreak(), 2
    charts = [(one, _chart(book.sheets[one.table.key], _title(one))) for one in pictures]
    for one, chart in charts:
        chart.anchor, chart.width = f"A{row + 1}", _WIDTH
        bars_across = len(one.table.rows) if one.table.key in _NAMES else 0
        chart.height = max(_HEIGHT, _A_BAR * bars_across + 3)
        words = [Cell(_title(one), Type.PROSE), Cell(one.says, Type.PROSE)]
        rows.append(write_cells(row, book.styles, words, 30))
        book.charts.append((_title(one), one.says))
        row += int(chart.height / _ROW) + 4
        breaks.append(Break(row - 1))  # so that each stands on a page of its own
    first = len(book.workbook.worksheets) - len(book.sheets)
    book.add(CHARTS, _CHART_COLUMNS, rows)
    sheet = book.workbook[CHARTS]
    sheet.row_breaks = breaks
    for _, chart in charts:
        sheet.add_chart(chart)
    book.workbook.move_sheet(sheet, first - len(book.workbook.worksheets) + 1)
    book.workbook.active = first


def _title(picture: Picture) -> str:
    """Give a chart's title; of the funds it shows the money alone, for no chart of Excel marks the time on each bar."""
    return "Paid, to pay and left to award" if picture.table.key == _FUNDS else picture.title


def _chart(sheet: Sheet, title: str) -> Chart:
    table = sheet.table
    if table.key in _NAMES:
        drawn = (_PAID, _TO_PAY, _LEFT) if table.key == _FUNDS else (_PAID, _TO_PAY)
        return bars(sheet, title, _names(sheet), drawn)
    years = list(_years(sheet))
    chart = bars(sheet, title, "month", years[:1], across=False)
    for one in years[1:]:
        line_over(chart, sheet, "month", one)
    return chart


def _names(sheet: Sheet) -> str:
    """Say which column names the bars: the funds' references where a name is too long to stand beside its bar."""
    key = _NAMES[sheet.table.key]
    places = range(len(sheet.table.rows))
    too_long = any(len(str(sheet.cell(place, key).value)) > _LONGEST for place in places)
    return "fund" if too_long and sheet.table.key == _FUNDS else key


def _years(sheet: Sheet) -> Iterator[Drawn]:
    for column, fill in zip(sheet.table.columns[1:], ("solid", "line"), strict=False):
        yield Drawn(column.key, column.title.removesuffix("£").strip(), fill)
