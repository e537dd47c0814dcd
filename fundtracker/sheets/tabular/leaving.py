"""Saying which rows of a block are left out, and why: no record at all, or one whose amount or date cannot be read."""

import re
from collections.abc import Iterable, Mapping, Sequence

from fundtracker.domain.money_in_files import other_currency
from fundtracker.domain.statuses import BatchKind
from fundtracker.domain.text import match_key
from fundtracker.services.bringing.stated import Problem
from fundtracker.sheets.reading import Cell
from fundtracker.sheets.sorts import BLANK, HEADINGS, NOTE, TOTAL, UNITS, UNUSED
from fundtracker.sheets.tabular.basis import AmountPlan
from fundtracker.sheets.tabular.blocks import Block
from fundtracker.sheets.tabular.found import Found, problem_at
from fundtracker.sheets.tabular.matching import KEY_DAY
from fundtracker.sheets.tabular.merged import MERGED
from fundtracker.sheets.tabular.rows import SECOND, RowSorter
from fundtracker.sheets.tabular.values import Values

_UNREADABLE, _NOT_STATED = "its amount cannot be read", "its amount is not stated"
DITTO = "it says “ditto”, and not whose it is"
_NO_DAY, _NO_NAME = "its date cannot be read", "it names no organisation"
_NO_PAYEE = "it names neither an organisation nor an award"
_CURRENCY = "its amount is in another currency ({currency})"
_MERGED = "its amount is merged with that of another row"

_POUNDS = frozenset({"gbp", "pounds", "pound", "sterling", "pounds sterling", "uk pounds", "ukp", "gb pounds", ""})
_NO_RECORD = frozenset({BLANK, HEADINGS, NOTE, UNITS, UNUSED, SECOND, TOTAL})
_NAMES = ("organisation", "payee", "award_reference", "description", "reference")
_DITTO = frozenset({"ditto", "do", "do.", "-do-", "as above", "same as above", '"', "''", "”", "〃"})
_TOTALLED = ("total", "balance", "forward", "b/f", "c/f", "b/d", "c/d")
_PAGE = re.compile(r"\s*(?:page|sheet|continued|cont)\b", re.IGNORECASE)
_NEED_AMOUNT = frozenset({BatchKind.PAYMENTS, BatchKind.FINANCE})


class Leaver:
    """Looks at the rows that stand out, block after block, and says why each of them is left out."""

    def __init__(self, found: Found, plan: AmountPlan) -> None:
        self.found, self.plan = found, plan
        self.sorter = RowSorter(found)
        self.name = next((name for name in _NAMES if name in found.places), "")
        # A line of the ledger is a fact, whatever its date.
        self.day = KEY_DAY.get(found.kind, "") if found.kind is not BatchKind.FINANCE else ""
        column = found.places.get(self.name, 0)
        self.odd = {"", "sum", *_DITTO, " ".join(found.headings.titles.get(column, ("",))[0].split()).casefold()}
        self.usual: set[str | None] = set()  # names that were looked at, and are not odd

    def leave_out(self, block: Block, read: Mapping[str, Values], start: int) -> None:
        """Say of each row of a block why it is left out, and take back problems of what is no record."""
        done = 0
        for place in self._standing_out(block, read, start):
            self.sorter.add(block.amounts[done:place])
            done = place + 1
            cells = tuple(column[start + place] for column in self.found.columns)
            merged = any(read[name].faults.get(place, "").startswith(MERGED) for name in self.plan.fields)
            why = _MERGED if merged else self.sorter.why_left_out(block.first_row + place, cells, block.amounts[place])
            if why := why or self._why(place, block, read, cells):
                block.left_out[place] = why
            if why in _NO_RECORD:
                self._take_back(block, place)
                self._say_title(block, place, why)
            elif "currency" in read and not _is_pounds(word := read["currency"].values[place]):
                problem = problem_at(self.found, "currency", block.first_row + place, f"“{word}” is not pounds")
                block.problems.setdefault(place, []).append(problem)
        self.sorter.add(block.amounts[done:])

    def _standing_out(self, block: Block, read: Mapping[str, Values], start: int) -> Iterable[int]:
        """Give the places of the rows that may be no records: to the end of the block once another table has begun."""
        places = self._odd_places(block, read) | ({0} if start == 0 else set())
        for place in sorted(places):
            if self.sorter.second_table:
                break
            yield place
        if self.sorter.second_table:
            first = max(self.sorter.second_table + 1 - block.first_row, 0)
            yield from range(first, len(block.amounts))

    def _odd_places(self, block: Block, read: Mapping[str, Values]) -> set[int]:
        size = len(block.amounts)
        if self.found.kind is BatchKind.ORGANISATIONS:
            return set(range(size))
        places = {place for values in read.values() for place in values.faults}
        if self.name:
            places |= self._oddly_named(read[self.name].values)
        if self.plan.fields and None in block.amounts:
            places |= {place for place, amount in enumerate(block.amounts) if amount is None}
        if "currency" in read:
            odd = {word for word in set(read["currency"].values) if not _is_pounds(word)}
            places |= {place for place, word in enumerate(read["currency"].values) if word in odd} if odd else set()
        return places

    def _oddly_named(self, names: Sequence[str | None]) -> set[int]:
        """Give the places of names that are missing, speak of a total or of another, or are their column's heading."""
        new = set(names) - self.usual
        folded = "\n".join(name or "" for name in new).casefold()
        if not any(hint in folded for hint in _TOTALLED) and self.odd.isdisjoint(folded.split("\n")):
            self.usual |= new
            return set()
        odd = {name for name in new if self._is_odd((name or "").casefold())}
        return {place for place, name in enumerate(names) if name in odd}

    def _is_odd(self, name: str) -> bool:
        return name in self.odd or any(hint in name for hint in _TOTALLED)

    def _why(self, place: int, block: Block, read: Mapping[str, Values], cells: tuple[Cell, ...]) -> str:
        if "currency" in read and not _is_pounds(word := read["currency"].values[place]):
            return _CURRENCY.format(currency=word)
        for name in self.plan.fields:
            if place in read[name].faults:
                return self._why_unread(cells[self.found.places[name] - 1])
        if self.found.kind in _NEED_AMOUNT and block.amounts[place] is None:
            return _NOT_STATED
        if self.day in read and place in read[self.day].faults:
            return _NO_DAY
        return self._why_nobody(place, read)

    def _why_unread(self, cell: Cell) -> str:
        if isinstance(cell, str) and (currency := other_currency(cell)):
            return _CURRENCY.format(currency=currency)
        return _UNREADABLE

    def _why_nobody(self, place: int, read: Mapping[str, Values]) -> str:
        named = [str(read[name].values[place] or "") for name in ("organisation", "award_reference") if name in read]
        ditto = {name for name in named if name.casefold() in _DITTO}
        if any(name and name not in ditto for name in named) or self.found.kind is BatchKind.FINANCE:
            return ""
        if ditto:
            return DITTO
        return _NO_PAYEE if self.found.kind is BatchKind.PAYMENTS else _NO_NAME

    def _say_title(self, block: Block, place: int, why: str) -> None:
        """Say where headings that stand again have a title of their own, since what follows may be another list."""
        if why == HEADINGS and self.sorter.title and not _PAGE.match(self.sorter.title):
            says = (
                f"The headings stand again under “{self.sorter.title[:60]}”, and the rows below are taken like those "
                "above. Leave them out of the file if they are something else."
            )
            block.problems[place] = [Problem(self.found.sheet.name, block.first_row + place, "", says)]

    def _take_back(self, block: Block, place: int) -> None:
        """Keep of the problems of a row that is no record only those of cells that no program could read."""
        row = block.first_row + place
        faulty = [
            problem
            for problem in block.problems.pop(place, [])
            if any((row, column) in self.found.sheet.faults for column in self.found.places.values())
        ]
        if faulty:
            block.problems[place] = faulty


def _is_pounds(word: str | None) -> bool:
    return word is None or match_key(word.replace("£", " pounds ")) in _POUNDS
