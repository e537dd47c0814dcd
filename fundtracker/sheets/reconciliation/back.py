"""Reading the reconciliation workbook back: what was typed beside each row, and nothing else."""

from collections.abc import Mapping
from pathlib import Path

from fundtracker.domain.money import Pence
from fundtracker.domain.money_in_files import amount_in_file
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.text import clean, match_key, one_line
from fundtracker.services.reconciling.items import Side
from fundtracker.services.reconciling.typed import LETTERS, TypedRow
from fundtracker.sheets.cells import written
from fundtracker.sheets.files.whole import read_workbook
from fundtracker.sheets.reading import Cell, Sheet
from fundtracker.sheets.reconciliation.columns import LEFT, MINE, NOTE, OWNER, PAYEE, REASON, REF, THEIRS
from fundtracker.sheets.unsafe import WorkbookRefusedError

_MOST_ROWS = 100_000
_NEEDED = (REF, PAYEE, MINE, THEIRS, REASON, NOTE, OWNER)


def read_reconciliation(content: bytes | Path) -> list[TypedRow]:
    """
    Give the rows of the sheet Unexplained in which a reason, a note or an owner was typed.

    Raises WorkbookRefusedError for a file that cannot be read, or is no reconciliation workbook.
    """
    sheets = read_workbook(content, most_rows=_MOST_ROWS)
    sheet = next((each for each in sheets if match_key(each.name) == match_key(LEFT)), None)
    if sheet is None:
        raise WorkbookRefusedError(f"This workbook has no sheet called {LEFT}. Download the workbook again, and type "
                                   "in that one.")  # fmt: skip
    header, columns = _header(sheet)
    found = [_typed(number, cells, columns) for number, cells in sheet.numbered() if number > header]
    return [row for row in found if row.reason or row.note or row.owner]


def _header(sheet: Sheet) -> tuple[int, dict[str, int]]:
    for number, cells in sheet.numbered():
        titles = {match_key(str(cell)): place for place, cell in enumerate(cells)}
        if all(match_key(title) in titles for title in _NEEDED):
            return number, {title: titles[match_key(title)] for title in _NEEDED}
    needed = ", ".join(_NEEDED)
    raise WorkbookRefusedError(f"The sheet {LEFT} has lost its headings. Each of these is needed: {needed}.")


def _typed(number: int, cells: tuple[Cell, ...], columns: Mapping[str, int]) -> TypedRow:
    def cell(title: str) -> Cell:
        return cells[columns[title]] if columns[title] < len(cells) else ""

    ref = one_line(written(cell(REF))).upper()
    amount = cell(THEIRS if ref.startswith(LETTERS[Side.LINE]) else MINE)
    words = [clean(written(cell(title))) for title in (REASON, NOTE, OWNER)]
    reason, owner = one_line(words[0]).casefold(), one_line(words[2])
    return TypedRow(number, ref, one_line(written(cell(PAYEE))), _amount(amount), reason, words[1], owner)


def _amount(cell: Cell) -> Pence | None:
    try:
        return amount_in_file(cell)
    except Refusal:
        return None
