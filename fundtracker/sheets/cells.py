"""One row of a table, read cell by cell: what cannot be understood becomes a problem in words, never a guess."""

import math
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from fundtracker.domain.dates import EARLIEST, LATEST, parse_day
from fundtracker.domain.money import Pence
from fundtracker.domain.money_in_files import NOT_STATED, amount_in_file
from fundtracker.domain.references import clean_reference
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.text import one_line
from fundtracker.domain.years import long_date, today
from fundtracker.services.imports.understood import Problem
from fundtracker.sheets.reading import FURTHEST_ROW, Cell, column_letter
from fundtracker.sheets.tables import Table

_LONGEST_NAME, _LONGEST_REFERENCE = 400, 40


@dataclass
class Row:
    """One row below the headings, with the problems that reading it found."""

    table: Table
    number: int
    cells: tuple[Cell, ...]
    problems: list[Problem] = field(default_factory=list)

    def raw(self, name: str) -> Cell:
        """Give what stands in a field's column; the empty text where there is no such column."""
        column = self.table.columns.get(name)
        return self.cells[column - 1] if column and column <= len(self.cells) else ""

    def text(self, name: str, *, longest: int | None = None) -> str:
        """Give a field as one line of text; a whole number loses its point, a merged cell speaks for its rows."""
        if self._faulty(name):
            return ""
        try:
            tidy = one_line(written(self._spread(name)))
        except Refusal as refusal:
            return self._problem(name, refusal.sentence)
        if tidy.casefold() in NOT_STATED:
            return ""
        if longest and len(tidy) > longest:
            return self._problem(name, f"is {len(tidy)} characters long. Make it {longest} or fewer.")
        return tidy

    def name(self, name: str) -> str:
        """Give a field that holds a name, which the books keep to 400 characters."""
        return self.text(name, longest=_LONGEST_NAME)

    def reference(self, name: str) -> str:
        """Give a field that holds a reference of the office's own, as it can stand in an address."""
        text = self.text(name, longest=_LONGEST_REFERENCE)
        try:
            return clean_reference(text) if text else ""
        except Refusal as refusal:
            return self._problem(name, refusal.sentence)

    def amount(self, name: str) -> Pence | None:
        """Give a field as pence, or None where it is not stated."""
        if self._faulty(name) or self._merged(name):
            return None
        try:
            return amount_in_file(self.raw(name))
        except Refusal as refusal:
            self._problem(name, f"{refusal.sentence}.")
            return None

    def day(self, name: str) -> date | None:
        """Give a field as a date, or None where it is not stated."""
        return self._day(name, self._spread(name)) if not self._faulty(name) else None

    def day_or_words(self, name: str) -> tuple[date | None, str]:
        """Give a field that may be a date or words, like `granted for a year`."""
        value = self._spread(name)
        if isinstance(value, str):
            try:
                return parse_day(value), ""
            except Refusal:
                return None, self.text(name)
        return self.day(name), ""

    def past_day(self, name: str) -> date | None:
        """Give a field as a date of something that has happened, or None where it is not stated."""
        return self.not_to_come(name, self.day(name))

    def not_to_come(self, name: str, day: date | None) -> date | None:
        """Note a date of a field that has not come yet, and give it."""
        if day is not None and day > today():
            self._problem(name, f"{long_date(day)} has not come yet. Write today’s date or an earlier one.")
        return day

    def lacks(self, name: str) -> bool:
        """Say whether a field states nothing, and nothing else is the matter with it."""
        return not self.text(name) and not any(
            problem.column and problem.column == self._letter(name) for problem in self.problems
        )

    def refuse(self, name: str, says: str) -> None:
        """Note a problem with a field, for which the import is refused."""
        self._problem(name, says)

    def note(self, says: str) -> None:
        """Note something about the row that a person should look at, though it is no reason to refuse."""
        self.problems.append(Problem(self.table.sheet.name, self.number, "", says, refuses=False))

    def _day(self, name: str, value: Cell) -> date | None:
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, str):
            if value.strip().casefold() in NOT_STATED:
                return None
            try:
                return parse_day(value)
            except Refusal as refusal:
                self._problem(name, refusal.sentence)
                return None
        if not isinstance(value, date) or not EARLIEST <= value.year <= LATEST:
            self._problem(name, f"{written(value)} is not a date. Write it like 12 October 2020.")
            return None
        return value

    def _spread(self, name: str) -> Cell:
        value, column = self.raw(name), self.table.columns.get(name, 0)
        if value == "" and (top := self._top_of_merged(column)) is not None:
            row = self.table.sheet.rows[top - self.table.sheet.first_row]
            return row[column - 1] if column <= len(row) else ""
        return value

    def _top_of_merged(self, column: int) -> int | None:
        spans = self.table.sheet.tall.get(column, [])
        at = bisect_right(spans, (self.number, FURTHEST_ROW)) - 1
        top, last = spans[at] if at >= 0 else (0, 0)
        return top if self.table.header_row < top <= self.number <= last else None

    def _merged(self, name: str) -> bool:
        merged = self._top_of_merged(self.table.columns.get(name, 0)) is not None
        if merged:
            self._problem(name, "is one amount merged over several rows. Give each row its own.")
        return merged

    def _faulty(self, name: str) -> bool:
        fault = self.table.sheet.faults.get((self.number, self.table.columns.get(name, 0)))
        if fault:
            self._problem(name, f"{fault}. Open the workbook in Excel, put it right and save it.")
        return fault is not None

    def _problem(self, name: str, says: str) -> str:
        about = f"{self.table.heading(name)}: " if name in self.table.columns else ""
        problem = Problem(self.table.sheet.name, self.number, self._letter(name), f"{about}{says}")
        if problem not in self.problems:
            self.problems.append(problem)
        return ""

    def _letter(self, name: str) -> str:
        column = self.table.columns.get(name)
        return column_letter(column) if column else ""


def written(value: Cell) -> str:
    """Write a cell as a person sees it."""
    match value:
        case bool():
            return "Yes" if value else "No"
        case float():
            return str(int(value)) if math.isfinite(value) and value == int(value) else repr(value)
        case datetime():
            return long_date(value.date())
        case date():
            return long_date(value)
        case time() | timedelta():
            return str(value)
        case _:
            return value
