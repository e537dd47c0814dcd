"""Items: a line of the finance system and a payment of ours, reduced to what they can be recognised by."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from fundtracker.domain.money import ZERO, Pence
from fundtracker.services.likely import spelt_out

_PARTS = re.compile(r"[\s,;:()]+")
_BEGINNING = 12  # characters
_SHORTEST = 4  # characters: an invoice numbered 11 is no reference to anything by itself


class Side(StrEnum):
    """Whose record an item is."""

    LINE = "line"
    OURS = "payment"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Item:
    """One line of theirs or one payment, refund or reversal of ours; pence, below zero for what came back."""

    side: Side
    id: int
    on: date | None
    amount: Pence
    names: tuple[str, ...]
    refers: frozenset[str] = frozenset()  # what it is known by, and for a line all that it says
    invoice: str = ""
    award: str = ""  # the award's reference, reduced
    vat: Pence = ZERO
    grant: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Lines and payments that may be the same money: why, how surely out of 100, and what a person should check."""

    lines: tuple[Item, ...]
    ours: tuple[Item, ...]
    score: int
    reasons: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    @property
    def difference(self) -> Pence:
        """Give the lines less the payments, in pence."""
        return total(self.lines, less=self.ours)

    @property
    def token(self) -> str:
        """Name the suggestion by what it is about, so that a page can send it back."""
        return f"{'.'.join(str(item.id) for item in self.lines)}-{'.'.join(str(item.id) for item in self.ours)}"

    @property
    def sure(self) -> bool:
        """Say whether it may be ticked for a person beforehand."""
        return self.score >= SURE and not self.doubts and not self.difference


SURE = 85


def total(items: Iterable[Item], *, less: Iterable[Item] = ()) -> Pence:
    """Add up items, less others, in pence."""
    return Pence(sum(item.amount for item in items) - sum(item.amount for item in less))


@lru_cache(maxsize=65_536)
def key_of(reference: str) -> str:
    """Reduce a reference to its letters and figures: `SRF20-001/1` becomes `srf200011`."""
    return "".join(sign for sign in reference.casefold() if sign.isalnum())


def keys_in(*texts: str) -> frozenset[str]:
    """Give every part of some texts that could be a reference: long enough, and with a figure in it."""
    parts = {key_of(part) for text in texts for part in (text, *_PARTS.split(text))}
    return frozenset(part for part in parts if len(part) >= _SHORTEST and any(sign.isdigit() for sign in part))


def names_of(names: Sequence[str]) -> tuple[str, ...]:
    """Give names in full words, the first of them the one in use now."""
    return tuple(dict.fromkeys(filter(None, map(_spelt, names))))


def beginnings(item: Item) -> set[str]:
    """Give the beginnings of an item's names, by which those that a finance system cut short are found."""
    return {name[:_BEGINNING] for name in item.names}


_spelt = lru_cache(maxsize=65_536)(spelt_out)
