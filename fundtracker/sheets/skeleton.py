"""A workbook's skeleton, made by openpyxl: its sheets with headings, widths, filters, print set-up and formats."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from textwrap import wrap

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from fundtracker.sheets.writing import WRITERS, Plan, Styles, Type, letter_of

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f']")
_LONGEST_NAME = 31
_LONGEST_HEADER = 200  # Excel takes 255 for a header's three parts and their codes together
_A4 = 9
USUAL_WIDTHS = {
    Type.TEXT: 16,
    Type.MONEY: 15,
    Type.WHOLE: 9,
    Type.DATE: 12,
    Type.MOMENT: 17,
    Type.SHARE: 10,
    Type.PROSE: 90,
}
_WORDS = (Type.TEXT, Type.PROSE)
_LINE = 15  # points
_PLAIN, _BOLD = Font(name="Calibri", size=11), Font(name="Calibri", size=11, bold=True)
_LEFT = Alignment(horizontal="left", vertical="top", indent=1)
_WRAPPED = Alignment(horizontal="left", vertical="top", indent=1, wrap_text=True)
_ALIGNMENTS, _TOP = {Type.TEXT: _LEFT, Type.PROSE: _WRAPPED}, Alignment(vertical="top")  # beside words of several lines
_HEADING = PatternFill("solid", fgColor="E7ECF2")
_UNDERLINE = Border(bottom=Side("medium", color="44546A"))
_OVERLINE = Border(top=Side("thin", color="44546A"))


@dataclass(frozen=True)
class Column:
    """One column: its title, what it holds, its width in characters, and whether it is added up."""

    title: str
    type: Type = Type.TEXT
    width: int = 0
    total: bool = False


def start_workbook(title: str, author: str) -> Workbook:
    """Begin a workbook without sheets that knows its title and whose it is."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title = title
    workbook.properties.creator = author
    return workbook


def add_sheet(workbook: Workbook, name: str, columns: Sequence[Column], *, last_row: int, heading: str) -> Worksheet:
    """Add a sheet with its headings in the first row, frozen, to be filled to a last row that the filter covers."""
    sheet: Worksheet = workbook.create_sheet(sheet_name(name))
    for place, column in enumerate(columns, start=1):
        cell = sheet.cell(1, place, column.title)
        cell.font, cell.fill, cell.border = _BOLD, _HEADING, _UNDERLINE
        left = column.type in _WORDS
        cell.alignment = Alignment(
            wrap_text=True, vertical="top", horizontal="left" if left else "right", indent=int(left)
        )
        sheet.column_dimensions[letter_of(place)].width = _width(column)
    sheet.row_dimensions[1].height = _LINE * max(map(_lines, columns), default=1)
    sheet.freeze_panes = "A2"
    if last_row:
        sheet.auto_filter.ref = f"A1:{letter_of(len(columns))}{last_row}"
    _set_up_print(sheet, heading)
    return sheet


def _width(column: Column) -> int:
    return column.width or USUAL_WIDTHS[column.type]


def _lines(column: Column) -> int:
    """Count the lines that a heading may take, so that none is cut: programs do not fit the height by themselves."""
    return len(wrap(column.title, max(_width(column) - 3, 1)))  # less the filter's arrow


def _set_up_print(sheet: Worksheet, heading: str) -> None:
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.6, bottom=0.6, header=0.3, footer=0.3)
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    header, footer = HeaderFooterItem(), HeaderFooterItem()
    header.left.text = heading[:_LONGEST_HEADER].replace("&", "&&")
    footer.left.text = sheet.title.replace("&", "&&")
    footer.right.text = "Page &P of &N"
    sheet.oddHeader, sheet.oddFooter = header, footer


def styles_of(workbook: Workbook) -> Styles:
    """Give openpyxl's number for the style of each type of cell, plain and strong."""
    scratch = workbook.create_sheet("scratch")
    styles = {}
    for row, (type_, strong) in enumerate(product(Type, (False, True)), start=1):
        cell = Cell(scratch, row=row, column=1)
        cell.number_format = type_.value
        cell.quotePrefix = type_ in _WORDS  # so that it stays text where a person edits the cell
        cell.font = _BOLD if strong else _PLAIN
        cell.alignment = _ALIGNMENTS.get(type_, _TOP)
        if strong:
            cell.border = _OVERLINE
        styles[type_, strong] = cell.style_id
    workbook.remove(scratch)
    return styles


def plan_of(columns: Sequence[Column], styles: Styles, *, strong: bool = False) -> Plan:
    """Plan how each column's cells are written."""
    return [
        (letter_of(place), styles[column.type, strong], WRITERS[column.type])
        for place, column in enumerate(columns, start=1)
    ]


def sheet_name(title: str) -> str:
    """Reduce a title to what Excel takes as the name of a sheet."""
    return _FORBIDDEN.sub(" ", title).strip()[:_LONGEST_NAME].strip() or "Sheet"
