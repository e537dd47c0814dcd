"""Cells as text: as a person sees them, as one tidy line, and as identifiers that no program has taken for numbers."""

import math
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time
from typing import TypeGuard

from fundtracker.domain.money_in_files import NOT_STATED
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.text import LONGEST_NAME, one_line
from fundtracker.services.bringing.fields import Field, Holds
from fundtracker.sheets.reading import Cell

_POINT_NOUGHT = re.compile(r"[0-9]+\.0+")
_SHORTENED = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{1,3}")
_COMPANY = len("01234567")
_LEAST_COMPANY = 4  # fewer figures than this are no company's number that has lost its noughts
_LONGEST_NOT_STATED = max(map(len, NOT_STATED))

Read = Callable[[Cell], object]


class FileTextError(Refusal):
    """Text in a file that the books cannot keep."""


def shown(cell: Cell) -> str:
    """Write a cell as a person sees it: a whole number without its point, a date with the day first."""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float):
        return str(int(cell)) if math.isfinite(cell) and cell.is_integer() else repr(cell)
    if isinstance(cell, datetime) and cell.time() != time():
        return f"{cell:%d/%m/%Y %H:%M}"
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)


def are_text(cells: Collection[Cell]) -> TypeGuard[Collection[str]]:
    """Say whether cells are all text."""
    try:
        "".join(cells)  # type: ignore[arg-type]  # that is what is asked, and this takes a third of the time
    except TypeError:
        return False
    return True


def are_plain(field: Field, cells: Collection[Cell]) -> bool:
    """Say whether cells are all text, and state just what is written; where not, each has to be read by itself."""
    if not are_text(cells):
        return False
    together = "".join(cells)
    if not (together.isascii() and together.isprintable()):
        return False
    apart = "\n".join(("", *cells, ""))
    if "  " in together or "\n " in apart or " \n" in apart or max(map(len, cells)) > LONGEST_NAME:
        return False
    if field.holds is Holds.NUMBER and ("E+" in together or ".0" in together):
        return False
    return NOT_STATED.isdisjoint(apart[1:-1].casefold().split("\n"))


def is_tidied(field: Field) -> bool:
    """Say whether a field has a form of its own, so that what is written may not be what is meant."""
    return field.name in _READERS


def reader_of(field: Field) -> Read:
    """Give what reads the cells of a field of words: None where it is not stated; raises FileTextError."""
    by_sort = {Holds.NUMBER: _number, Holds.NAME: _name}.get(field.holds, _words)
    return _READERS.get(field.name, by_sort)


def _words(cell: Cell) -> str | None:
    text = cell if isinstance(cell, str) else shown(cell)
    if not (text.isascii() and text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]):
        try:
            text = one_line(text)
        except Refusal as refusal:
            raise FileTextError(refusal.sentence) from refusal
    return None if len(text) <= _LONGEST_NOT_STATED and text.casefold() in NOT_STATED else text


def _name(cell: Cell) -> str | None:
    text = _words(cell)
    if text is not None and len(text) > LONGEST_NAME:
        raise FileTextError(f"is {len(text):,} characters long. Make it {LONGEST_NAME} or fewer")
    return text


def _number(cell: Cell) -> str | None:
    """Read an identifier: `12345.0` is 12345, and one that Excel has shortened is refused, for its figures are lost."""
    text = _name(cell)
    if text is None:
        return None
    if "E+" in text and _SHORTENED.fullmatch(text):
        raise FileTextError(f"“{text}” was shortened by Excel, so its figures are lost")
    return text.split(".", 1)[0] if ".0" in text and _POINT_NOUGHT.fullmatch(text) else text


def _charity_number(cell: Cell) -> str | None:
    text = _number(cell)
    return text.replace(" ", "").upper() if text and any(c.isdigit() for c in text) else text


def _company_number(cell: Cell) -> str | None:
    """Read a company's number: eight characters, with the noughts before it that a number loses."""
    text = _charity_number(cell)
    return text.zfill(_COMPANY) if text and text.isdecimal() and _LEAST_COMPANY <= len(text) < _COMPANY else text


_READERS: Mapping[str, Read] = {"company_number": _company_number, "charity_number": _charity_number}
