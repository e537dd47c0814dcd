"""Cells as a workbook's XML keeps them: text that stays text, exact pounds, real dates, formulas with their value."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any

from fundtracker.domain.money import plain
from fundtracker.domain.years import LONDON

LONGEST_TEXT = 32_767  # UTF-16 units in a cell of Excel

_DAY_NOUGHT = date(1899, 12, 30).toordinal()  # so that 1 March 1900, and every later day, has Excel's number
_SECONDS = 86_400
_SHORT = 100  # characters of a text that is worth remembering
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NEEDS_CARE = re.compile("[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]|_x|^ | $|  ")


class Type(Enum):
    """What a column holds, with the number format that shows it."""

    TEXT = "General"
    MONEY = "#,##0.00;[Red]-#,##0.00;0.00"
    WHOLE = "0"
    DATE = "dd/mm/yyyy"
    MOMENT = "dd/mm/yyyy hh:mm"
    SHARE = "0.0%"
    PROSE = "@"


@dataclass(frozen=True)
class Cell:
    """One cell outside the streamed rows: a value, the formula that gives it, and whether it stands out."""

    value: Any
    type: Type = Type.TEXT
    formula: str = ""
    strong: bool = False

    @property
    def empty(self) -> bool:
        """Say whether there is nothing to write."""
        return not self.formula and (self.value is None or self.value == "")


Styles = dict[tuple[Type, bool], int]
Writer = Callable[[str, int, Any], str]
Plan = Sequence[tuple[str, int, Writer]]


def write_text(at: str, style: int, text: str) -> str:
    """Write text that no program takes for a formula, whatever it begins with."""
    return f'<c r="{at}" s="{style}" t="inlineStr"><is>{_known(text) if len(text) < _SHORT else _inline(text)}</is></c>'


def write_pence(at: str, style: int, amount: int) -> str:
    """Write pence as a number of pounds, exact to the penny."""
    return f'<c r="{at}" s="{style}"><v>{plain(amount)}</v></c>'


def write_whole(at: str, style: int, number: int) -> str:
    """Write a whole number."""
    return f'<c r="{at}" s="{style}"><v>{number}</v></c>'


def write_date(at: str, style: int, day: date) -> str:
    """Write a day as the number by which Excel knows it."""
    return f'<c r="{at}" s="{style}"><v>{day.toordinal() - _DAY_NOUGHT}</v></c>'


def write_moment(at: str, style: int, moment: datetime) -> str:
    """Write a moment as the clock in Europe/London showed it, to the second."""
    local = moment.astimezone(LONDON)
    seconds = local.hour * 3600 + local.minute * 60 + local.second
    return f'<c r="{at}" s="{style}"><v>{local.toordinal() - _DAY_NOUGHT + seconds / _SECONDS:.10f}</v></c>'


def write_share(at: str, style: int, tenths: int) -> str:
    """Write tenths of a per cent as the part of one that Excel shows as per cent."""
    return f'<c r="{at}" s="{style}"><v>{Decimal(tenths).scaleb(-3)}</v></c>'


def write_cell(at: str, styles: Styles, cell: Cell) -> str:
    """Write a cell, with its formula before its value, so that nothing is blank before Excel has calculated."""
    style = styles[cell.type, cell.strong]
    if not cell.formula:
        return WRITERS[cell.type](at, style, cell.value)
    formula = _escape(cell.formula)
    if cell.type is Type.TEXT:
        # The style of text is marked as text, so that an edit of the formula would turn it into words.
        style = styles[Type.WHOLE, cell.strong]
        return f'<c r="{at}" s="{style}" t="str"><f>{formula}</f><v>{_careful(cell.value)}</v></c>'
    return WRITERS[cell.type](at, style, cell.value).replace("<v>", f"<f>{formula}</f><v>", 1)


def write_row(number: int, plan: Plan, values: Iterable[Any]) -> str:
    """Write one row by the plan of its columns, leaving out what is empty."""
    cells = [
        write(f"{letter}{number}", style, value)
        for (letter, style, write), value in zip(plan, values, strict=True)
        if value is not None and value != ""
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def write_cells(number: int, styles: Styles, cells: Sequence[Cell | None], height: int = 0) -> str:
    """Write one row of single cells, beginning in column A; a height is in points, for words over several lines."""
    written = [
        write_cell(f"{letter_of(place)}{number}", styles, cell)
        for place, cell in enumerate(cells, start=1)
        if cell is not None and not cell.empty
    ]
    high = f' ht="{height}" customHeight="1"' if height else ""
    return f'<row r="{number}"{high}>{"".join(written)}</row>'


def letter_of(place: int) -> str:
    """Give the letters of a column by its place: A for the first."""
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _inline(text: str) -> str:
    if _NEEDS_CARE.search(text) or len(text) > LONGEST_TEXT // 2:
        return f'<t xml:space="preserve">{_careful(text)}</t>'
    return f"<t>{text}</t>"


_known = lru_cache(maxsize=4096)(_inline)  # a ledger says the same few names on row after row


def _careful(text: str) -> str:
    """Keep text whole where a workbook can, and the workbook readable where it cannot."""
    legal = _LOOKS_ESCAPED.sub("_x005F_", _ILLEGAL.sub("\ufffd", text).replace("\r", "\n"))
    if len(legal) > LONGEST_TEXT // 2:
        legal = legal.encode("utf-16-le")[: 2 * LONGEST_TEXT].decode("utf-16-le", errors="ignore")
    return _escape(legal)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


WRITERS: dict[Type, Writer] = {
    Type.TEXT: write_text,
    Type.MONEY: write_pence,
    Type.WHOLE: write_whole,
    Type.DATE: write_date,
    Type.MOMENT: write_moment,
    Type.SHARE: write_share,
    Type.PROSE: write_text,
}
