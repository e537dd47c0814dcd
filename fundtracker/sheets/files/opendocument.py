"""OpenDocument spreadsheets (.ods): what calamine leaves unsaid of them."""

from dataclasses import dataclass, field
from xml.parsers import expat

from fundtracker.sheets.files.unsaid import NO_RESULT, Unsaid, check_room, holds_error
from fundtracker.sheets.unsafe import damaged

_MOST_DIGITS = 9
_HIDDEN = ("collapse", "filter")
_VALUES = ("office:value", "office:date-value", "office:time-value", "office:boolean-value", "office:string-value")


def look_through(content: bytes | bytearray) -> dict[str, Unsaid]:
    """Go through every sheet; raises WorkbookRefusedError for one that is too large, or no XML."""
    scan = _Scan()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = scan.start, scan.end
    parser.CharacterDataHandler = scan.text
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as error:
        raise damaged() from error
    return scan.found


@dataclass
class _Scan:
    """Goes through the tables; a row or a cell may stand for several that are alike."""

    found: dict[str, Unsaid] = field(default_factory=dict)
    _sheet: Unsaid = field(default_factory=Unsaid)
    _last: tuple[int, int] = (0, 0)
    _row: int = 0
    _rows: int = 0
    _column: int = 0
    _cells: int = 0
    _attributes: dict[str, str] = field(default_factory=dict)
    _text: str = ""
    _shown: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Meet a sheet, a row or a cell."""
        if tag == "table:table":
            self._sheet = self.found[attributes.get("table:name", "")] = Unsaid()
            self._last, self._row, self._rows = (0, 0), 1, 0
        elif tag == "table:table-row":
            self._row += self._rows
            self._rows = _times(attributes, "table:number-rows-repeated")
            self._column, self._cells = 1, 0
            if attributes.get("table:visibility") in _HIDDEN and self._rows <= 1:
                self._sheet.hidden.add(self._row)
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._column += self._cells
            self._cells = _times(attributes, "table:number-columns-repeated")
            self._attributes, self._text, self._shown = attributes, "", False
        elif tag == "text:p":
            self._shown = True

    def text(self, text: str) -> None:
        """Meet what a cell shows."""
        self._text = (self._text + text)[:20]

    def end(self, tag: str) -> None:
        """Leave a cell, and say what is the matter with it."""
        if tag in ("table:table-cell", "table:covered-table-cell"):
            self._leave_cell(self._attributes)

    def _leave_cell(self, cell: dict[str, str]) -> None:
        formula = "table:formula" in cell
        if not (formula or self._text.strip() or any(value in cell for value in _VALUES)):
            return
        rows, columns = self._row + self._rows - 1, self._column + self._cells - 1
        self._last = (max(self._last[0], rows), max(self._last[1], columns))
        check_room(*self._last)
        self._note_merged(cell)
        if cell.get("calcext:value-type") == "error":
            self._sheet.faults[self._row, self._column] = holds_error(self._text.strip())
        elif formula and "office:value-type" not in cell and not self._shown:
            # One that gives empty text shows an empty paragraph, and has no kind of value.
            self._sheet.faults[self._row, self._column] = NO_RESULT

    def _note_merged(self, cell: dict[str, str]) -> None:
        down, right = (_times(cell, f"table:number-{what}-spanned") for what in ("rows", "columns"))
        if down > 1 or right > 1:
            last = self._row + down - 1, self._column + right - 1
            self._sheet.merged.append(((self._row, self._column), last))


def _times(attributes: dict[str, str], name: str) -> int:
    stated = attributes.get(name, "1")
    return int(stated) if stated.isdecimal() and len(stated) <= _MOST_DIGITS else 1
