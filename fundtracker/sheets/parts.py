"""What calamine leaves unsaid about a sheet: formulas without a stored value, error cells, cells too far out."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET
from xml.parsers import expat

from fundtracker.sheets.unsafe import Parts, WorkbookRefusedError, damaged

FURTHEST_ROW, FURTHEST_COLUMN = 250_000, 256
LARGEST_AREA = 8_000_000  # cells, empty ones among them: calamine keeps room for every one

Place = tuple[int, int]
"""A cell by its row and column, both counted from 1."""

_ENOUGH = 20  # letters, to know an error such as #VALUE! by
_REFERENCE = re.compile(r"([A-Za-z]{1,9})([0-9]{1,9})")


@dataclass
class Unsaid:
    """What calamine leaves unsaid of one sheet: what is the matter with cells, and the rows that are hidden."""

    faults: dict[Place, str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)


def unsaid(parts: Parts) -> dict[str, Unsaid]:
    """Go through each part that holds a sheet for what calamine leaves unsaid of it."""
    # Whichever part the workbook says a sheet is in, none may be read that was not looked through.
    return {path: _unsaid(part) for path, part in parts.items() if b"sheetData" in part or b"\0" in part[:8]}


def _unsaid(sheet: bytes) -> Unsaid:
    if not sheet.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<", b"\xfe\xff", b"\xff\xfe", b"\0<")):
        return Unsaid()  # a picture, or settings of a printer
    scan = _Scan()
    parser = expat.ParserCreate()
    parser.ordered_attributes = parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = scan.start, scan.end
    parser.CharacterDataHandler = scan.text
    try:
        parser.Parse(sheet, True)
    except (expat.ExpatError, ValueError) as error:
        raise damaged() from error
    return scan.found


@dataclass
class _Scan:
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
            if self._kind == "e":
                self.found.faults[self._row, self._column] = f"holds the error {self._value[:_ENOUGH]}"
            elif "f" in self._children and self._kind != "str" and not self._value.strip():
                # A formula that gives empty text (t="str") has a value: the empty text.
                self.found.faults[self._row, self._column] = "holds a formula with no stored result"

    def _meet_row(self, attributes: dict[str, str]) -> None:
        stated = attributes.get("r", "")
        self._row = max(self._row, int(stated) if stated.isdecimal() else 0)
        if attributes.get("hidden") in ("1", "true"):
            self.found.hidden.add(self._row)

    def _meet_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        if place := _REFERENCE.fullmatch(attributes.get("r", "")):
            self._row, self._column = int(place[2]), _number(place[1])
        self._kind, self._value = attributes.get("t", ""), ""
        self._children = set()

    def _make_room(self) -> None:
        self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)
        if self.rows > FURTHEST_ROW or self.columns > FURTHEST_COLUMN or self.rows * self.columns > LARGEST_AREA:
            raise WorkbookRefusedError(
                f"A sheet of this workbook goes beyond {FURTHEST_ROW:,} rows, {FURTHEST_COLUMN} columns or "
                f"{LARGEST_AREA:,} cells. Take out what stands far below or far to the right, and save it again."
            )


def sheet_paths(parts: Parts) -> dict[str, str]:
    """Give the part that holds each sheet, by the sheet's name."""
    targets = {link.get("Id"): link.get("Target", "") for link in _elements(parts, "xl/_rels/workbook.xml.rels")}
    paths = {}
    for element in _elements(parts, "xl/workbook.xml"):
        if element.tag.rpartition("}")[2] == "sheet":
            link = next((value for name, value in element.items() if name.endswith("}id")), "")
            paths[element.get("name", "")] = posixpath.normpath(posixpath.join("/xl", targets.get(link, "")))[1:]
    return paths


def _elements(parts: Parts, path: str) -> Iterator[ET.Element]:
    try:
        return ET.fromstring(parts.get(path, b"<none/>")).iter()  # noqa: S314 - entities were refused on the way in
    except (ET.ParseError, ValueError) as error:
        raise damaged() from error


def _number(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column
