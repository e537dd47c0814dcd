"""Widths of a table's columns by what stands in them: the loops of a template make them all alike."""

from typing import Any

from docx.document import Document as Doc
from docx.shared import Length

_LEAST, _MOST = 6, 26  # characters that a column is taken to hold
_OPEN = 3  # beside each text


def fit_tables(document: Doc) -> None:
    """Share the width of the page out among the columns of each table."""
    page = document.sections[0]
    room = Length((page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0))
    for table in document.tables:
        _fit(table, room)


def _fit(table: Any, room: Length) -> None:
    # One look at the cells of a row: python-docx finds them anew each time it is asked.
    rows = [row._tr.tc_lst for row in table.rows]  # noqa: SLF001 - a spanned cell is met once here, and as often as it spans there
    grid = table._tbl.tblGrid.gridCol_lst  # noqa: SLF001 - python-docx has no grid of its own
    whole = [cells for cells in rows if len(cells) == len(grid)]
    if not whole:
        return
    head, *body = whole
    wants = [max(_longest(head[place]), *(_wanted(cells[place]) for cells in body), 0) for place in range(len(grid))]
    widths = [Length(room * want // sum(wants)) for want in wants]
    table.autofit = False
    for column, width in zip(grid, widths, strict=True):
        column.w = width
    for cells in rows:
        for cell, width in zip(cells, widths if len(cells) == len(grid) else [room], strict=False):
            cell.width = width


def _wanted(cell: Any) -> int:
    return max(_longest(cell), _OPEN + min(_MOST, len(_text(cell)) * 2 // 3))


def _longest(cell: Any) -> int:
    return _OPEN + max([_LEAST, *map(len, _text(cell).split())])


def _text(cell: Any) -> str:
    return "".join(cell.xpath(".//w:t/text()")).strip()
