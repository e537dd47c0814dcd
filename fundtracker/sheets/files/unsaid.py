"""What calamine leaves unsaid about a sheet: formulas without a stored value, error cells, cells too far out."""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from fundtracker.sheets.reading import FURTHEST_COLUMN, FURTHEST_ROW, LARGEST_AREA, Place, column_number
from fundtracker.sheets.unsafe import damaged, too_far_out

NO_RESULT = "holds a formula with no stored result"

_ENOUGH = 20  # letters, to know an error such as #VALUE! by
_REFERENCE = re.compile(r"([A-Za-z]{1,9})([0-9]{1,18})")


@dataclass
class Unsaid:
    """What calamine leaves unsaid of one sheet: what is the matter with cells, what is hidden, what is merged."""

    faults: dict[Place, str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    merged: list[tuple[Place, Place]] = field(default_factory=list)


def holds_error(error: str) -> str:
    """Say that a cell holds an error in place of a value."""
    return f"holds the error {error[:_ENOUGH]}"


def check_room(rows: int, columns: int) -> None:
    """Raise WorkbookRefusedError for a sheet larger than there is room for."""
    if rows > FURTHEST_ROW or columns > FURTHEST_COLUMN or rows * columns > LARGEST_AREA:
        raise too_far_out(FURTHEST_ROW, FURTHEST_COLUMN, LARGEST_AREA)


def listen(content: bytes | bytearray, scan: "Scan") -> None:
    """Go through a sheet tag by tag; raises WorkbookRefusedError where it is no XML."""
    parser = expat.ParserCreate()
    parser.ordered_attributes = parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = scan.start, scan.end
    parser.CharacterDataHandler = scan.text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as error:
        raise damaged() from error


@dataclass
class Scan:
    """Goes through a sheet's cells, and stops at one that stands too far out to make room for."""

    found: Unsaid = field(default_factory=Unsaid)
    rows: int = 0
    columns: int = 0
    _row: int = 0
    _column: int = 0
    _kind: str = ""
    _children: set[str] = field(default_factory=set)
    _within: str = ""
    _value: str = ""

    def start(self, tag: str, attributes: list[str]) -> None:
        """Meet a row, a cell, or what a cell holds."""
        match tag.rpartition(":")[2]:
            case "c":
                self._meet_cell(dict(zip(attributes[::2], attributes[1::2], strict=True)))
            case "row":
                self._row, self._column = self._row + 1, 0
                self._meet_row(dict(zip(attributes[::2], attributes[1::2], strict=True)))
            case "v" | "f" | "is" as child if self._column:
                self._within = child
                self._children.add(child)
                self._make_room()

    def text(self, text: str) -> None:
        """Meet text: the value of a cell, or nothing of interest."""
        if self._within == "v" and len(self._value) < _ENOUGH:
            self._value += text

    def end(self, tag: str) -> None:
        """Leave a cell, and say what is the matter with it."""
        name = tag.rpartition(":")[2]
        if name == self._within:
            self._within = ""
        elif name == "c":
            self._leave_cell(self._value.strip())

    def _leave_cell(self, value: str) -> None:
        if self._kind == "e":
            self.found.faults[self._row, self._column] = holds_error(value)
        elif self._kind == "s" and value and not value.isdecimal():
            raise damaged()  # calamine would take the first of the shared texts
        elif "f" in self._children and self._kind != "str" and not value:
            # A formula that gives empty text (t="str") has a value: the empty text.
            self.found.faults[self._row, self._column] = NO_RESULT

    def _meet_row(self, attributes: dict[str, str]) -> None:
        stated = attributes.get("r", "")
        self._row = max(self._row, int(stated) if stated.isdecimal() else 0)
        if attributes.get("hidden") in ("1", "true"):
            self.found.hidden.add(self._row)

    def _meet_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        if stated := attributes.get("r"):
            place = _REFERENCE.fullmatch(stated)
            if place is None:  # calamine would make of it what it can
                raise damaged()
            self._row, self._column = int(place[2]), column_number(place[1])
        self._kind, self._value = attributes.get("t", ""), ""
        self._children = set()

    def _make_room(self) -> None:
        self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)
        check_room(self.rows, self.columns)
