"""Finding the table in a sheet: the row of headings, wherever it stands, and which column is which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fundtracker.sheets.headings import Headings, Keys, one_row, two_rows
from fundtracker.sheets.reading import Cell, Sheet, column_letter


def any_of(words: str) -> frozenset[str]:
    """Give the words of a list that is written with spaces between them."""
    return frozenset(words.split())


_DEEPEST_HEADER = 60
# Figures worked out from others are never an amount of their own, however their heading begins.
_WORKED_OUT = any_of("outstanding remaining balance left variance percent percentage unspent difference")
# Words that say something else as soon as another stands beside them: `From`, but `From date`.
_ALONE = any_of("from open live active approved agreed granted pounds gbp grant")

Titles = Mapping[str, tuple[str, ...]]
"""The headings that each field goes by, in the form that match_key gives."""


@dataclass(frozen=True)
class Table:
    """A table in a sheet: its heading row, and the column (from 1) of each field that was found."""

    sheet: Sheet
    header_row: int
    columns: dict[str, int]
    titles: dict[int, str]
    unused: tuple[int, ...]
    cells: tuple[Cell, ...]

    def rows(self) -> Iterable[tuple[int, tuple[Cell, ...]]]:
        """Give every row below the headings with its own number."""
        return ((number, cells) for number, cells in self.sheet.numbered() if number > self.header_row)

    def above(self) -> list[str]:
        """Give the titles that stand above the headings."""
        rows = (cells for number, cells in self.sheet.numbered() if number < self.header_row)
        return [cell for cells in rows for cell in cells if isinstance(cell, str) and cell]

    def heading(self, field: str) -> str:
        """Name a field's column as a person finds it: its heading and its letter."""
        column = self.columns[field]
        return f"{' '.join(self.titles[column].split())} (column {column_letter(column)})"


def find_table(sheet: Sheet, titles: Titles, needed: Iterable[frozenset[str]]) -> Table | None:
    """Find the row that names most fields, and all of one of the sets that are needed; the first of equals."""
    best: tuple[tuple[int, ...], Headings, dict[str, int]] | None = None
    for number, cells in sheet.numbered():
        if number - sheet.first_row >= _DEEPEST_HEADER:
            break
        headings = one_row(number, cells)
        columns, exact = _match(headings, titles)
        score = (len(columns), exact, sum(cell != "" for cell in cells))
        if not any(fields <= columns.keys() for fields in needed):
            continue
        # Of a title like `Outcomes` and a heading like `Outcome` below it, the lower one is the heading.
        lower = best is not None and score == best[0] and len(columns) == 1 and str(cells) != str(best[1].cells)
        if best is None or score > best[0] or lower:
            best = (score, headings, columns)
    found = (best[1], best[2]) if best else None
    known = frozenset(name for names in titles.values() for name in names)
    for headings in two_rows(sheet, _DEEPEST_HEADER, known):
        columns, _ = _match(headings, titles)
        if any(fields <= columns.keys() for fields in needed) and (found is None or len(columns) > len(found[1])):
            found = (headings, columns)
    return _table(sheet, *found) if found else None


def _table(sheet: Sheet, headings: Headings, columns: dict[str, int]) -> Table:
    below = [row for at, row in sheet.numbered() if at > headings.last_row]
    filled = {column for row in below for column, cell in enumerate(row, start=1) if cell != ""}
    unused = sorted((filled | headings.titles.keys()) - set(columns.values()))
    return Table(sheet, headings.last_row, columns, headings.titles, tuple(unused), headings.cells)


def _match(headings: Headings, titles: Titles) -> tuple[dict[str, int], int]:
    """Give each field its column, exact headings first, then the longest that a heading begins or ends with."""
    columns: dict[str, int] = {}
    for keys in headings.tiers:
        _match_exactly(keys, titles, columns)
    exact = len(columns)
    _match_loosely(headings.tiers[0], titles, columns)
    return columns, exact


def _match_exactly(headings: Keys, titles: Titles, columns: dict[str, int]) -> None:
    for field, names in titles.items():
        ranked = [(names.index(key), column) for column, keys in headings.items() for key in keys if key in names]
        for _, column in sorted(ranked) if field not in columns else ():
            if column not in columns.values():
                columns[field] = column
                break


def _match_loosely(headings: Keys, titles: Titles, columns: dict[str, int]) -> None:
    likely = [
        (-len(name), column, field)
        for column, keys in headings.items()
        for field, names in titles.items()
        for name in names
        if len(name) > len("no") and name not in _ALONE and any(f"{key} ".startswith(f"{name} ") for key in keys)
        if not _WORKED_OUT & set(keys[0].split()) and not keys[0].endswith(" by")
    ]
    for _, column, field in sorted(likely):
        if field not in columns and column not in columns.values():
            columns[field] = column
