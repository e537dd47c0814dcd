"""Reading a whole column of cells at once, to exact values; the same cell is read only once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fundtracker.domain.dates import EARLIEST, LATEST
from fundtracker.domain.dates_in_files import day_in_file
from fundtracker.domain.money import LARGEST
from fundtracker.domain.money_in_files import amount_in_file
from fundtracker.domain.refusals import Refusal
from fundtracker.services.bringing.fields import Field, Holds
from fundtracker.sheets.reading import Cell
from fundtracker.sheets.tabular.texts import are_plain, is_tidied, reader_of

Read = Callable[[Cell], Any]

_FIRST, _LAST = date(EARLIEST, 1, 1), date(LATEST, 12, 31)
_REMEMBERED = 50_000
_PENCE = len(".00")


@dataclass(frozen=True)
class Unreadable:
    """What stands in the place of a value that could not be read: why, in words that can follow the column's name."""

    says: str


@dataclass
class Values:
    """What the cells of a column state: None where it is not stated; why not, by place, where it cannot be read."""

    values: list[Any]
    faults: dict[int, str] = field(default_factory=dict)


class _Known(dict[Cell, Any]):
    """The values of cells that were met before."""

    def __init__(self, read: Read) -> None:
        super().__init__()
        self.read = read
        self.found_fault = False

    def __missing__(self, cell: Cell) -> object:
        if len(self) > _REMEMBERED:
            self.clear()
        try:
            value = self.read(cell)
        except Refusal as refusal:
            value, self.found_fault = Unreadable(refusal.sentence), True
        self[cell] = value
        return value


class ColumnReader:
    """Reads the cells of one field, block by block."""

    def __init__(self, field_: Field) -> None:
        self._field, self._holds = field_, field_.holds
        self._text = field_.holds not in (Holds.AMOUNT, Holds.DAY) and not is_tidied(field_)
        match field_.holds:
            case Holds.AMOUNT:
                self._read: Read = _amount
            case Holds.DAY:
                self._read = day_in_file
            case _:
                self._read = reader_of(field_)
        # What is equal is not always the same: 1.0 is True, and a day at midnight is a day.
        self._known: dict[type, _Known] = {}
        self._plain: set[str] = set()  # texts that are known to state just what is written

    def read(self, cells: Sequence[Cell]) -> Values:
        """Read a block of cells."""
        if self._text and (plain := self._plainly(cells)) is not None:
            return Values(plain)
        kinds = set(map(type, cells))
        if len(kinds) == 1 and (quick := self._quickly(kinds.copy().pop(), cells)) is not None:
            return Values(quick)
        for kind in kinds - self._known.keys():
            self._known[kind] = _Known(self._read)
        if len(kinds) == 1:
            values = list(map(self._known[kinds.pop()].__getitem__, cells))
        else:
            known = self._known
            values = [known[type(cell)][cell] for cell in cells]
        return _without_faults(values) if any(known.found_fault for known in self._known.values()) else Values(values)

    def _quickly(self, kind: type, cells: Sequence[Any]) -> list[Any] | None:
        """Read cells that are all of one sort and in order; None where one of them has to be looked at by itself."""
        if self._holds is Holds.AMOUNT and kind is float:
            return _whole_pence(cells)
        if self._holds is Holds.DAY and kind is date and min(cells) >= _FIRST and max(cells) <= _LAST:
            return list(cells)
        return None

    def _plainly(self, cells: Sequence[Any]) -> list[Any] | None:
        """Read cells that are all plain text, each different one looked at once; None where one of them is not."""
        different = set(cells)
        new = different - self._plain - {""}
        repeated = len(different) < len(cells)
        if new and not are_plain(self._field, new if repeated else cells):
            return None
        if len(self._plain) > _REMEMBERED:
            self._plain.clear()
        if repeated:
            self._plain |= new
        return [cell or None for cell in cells] if "" in different else list(cells)


def _without_faults(values: list[Any]) -> Values:
    faults = {place: value.says for place, value in enumerate(values) if isinstance(value, Unreadable)}
    for place in faults:
        values[place] = None
    return Values(values, faults)


def _whole_pence(cells: Sequence[float]) -> list[int] | None:
    """Give numbers of pounds as pence where each is the nearest number to some pounds and pence, else None."""
    try:
        pence = [round(cell * 100) for cell in cells]
    except (ValueError, OverflowError):
        return None
    exact = [amount / 100 for amount in pence] == list(cells)
    return pence if exact and max(pence) <= LARGEST and min(pence) >= -LARGEST else None


def _amount(cell: Cell) -> int | None:
    """Read an amount, the plainest forms (1064.50, -810) without a detour."""
    if isinstance(cell, str) and cell.isascii():
        bare = cell[1:] if cell[:1] == "-" else cell
        pounds, pence = (bare[:-_PENCE], bare[1 - _PENCE :]) if bare[-_PENCE : 1 - _PENCE] == "." else (bare, "00")
        if pounds.isdigit() and pence.isdigit() and len(pounds) <= len("999999999"):
            amount = int(pounds + pence)
            return -amount if bare is not cell else amount
    return amount_in_file(cell)
