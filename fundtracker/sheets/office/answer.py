"""The answer to an import of an office's workbook: every row accounted for, for a person and for a program."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from fundtracker.domain.money import Pence, plain, pounds
from fundtracker.domain.statuses import Fate
from fundtracker.domain.years import long_date
from fundtracker.services.imports.outcome import Outcome
from fundtracker.services.imports.understood import Problem, RowRead, SheetRead, Understood
from fundtracker.sheets.office.understanding import own_totals

REFUSED = "nothing of a refused import is taken"
_NAMED = 10


@dataclass
class Count:
    """How many rows, and how many pence in their amount columns, met each fate."""

    rows: dict[Fate, int] = field(default_factory=lambda: dict.fromkeys(Fate, 0))
    amounts: dict[Fate, int] = field(default_factory=lambda: dict.fromkeys(Fate, 0))

    def add(self, fate: Fate, amount: int | None, rows: int = 1) -> None:
        """Count a row, or several; an amount that is not stated adds nothing."""
        self.rows[fate] += rows
        self.amounts[fate] += amount or 0

    def to_json(self) -> dict[str, object]:
        """Give the counts under the names that every import uses; the three parts add up to what was read."""
        rows = {"rows_read": sum(self.rows.values()), **{_key(fate): self.rows[fate] for fate in Fate}}
        read = plain(sum(self.amounts.values()))
        return {**rows, "amount_read": read, **{f"amount_{_key(fate)}": plain(self.amounts[fate]) for fate in Fate}}


@dataclass
class Answer:
    """What an import did, or would do, or why it was refused."""

    file_name: str
    understood: Understood | None = None
    outcome: Outcome = field(default_factory=Outcome)
    refused: str = ""
    dry_run: bool = False

    @property
    def sheets(self) -> tuple[SheetRead, ...]:
        """Give the workbook's sheets in its own order."""
        return self.understood.sheets if self.understood else ()

    @property
    def organisations_added(self) -> str:
        """Name the organisations that awards alone name, the first ten of many."""
        names = self.outcome.new_organisations
        more = f" and {len(names) - _NAMED:,} more" if names[_NAMED:] else ""
        return f"{', '.join(names[:_NAMED])}{more}"

    def fate(self, sheet: SheetRead, row: RowRead) -> tuple[Fate, str]:
        """Say what became of a row, and why where it was left out."""
        if row.stated is None:
            return Fate.LEFT_OUT, row.left_out
        at = (sheet.name, row.number)
        fate = self.outcome.fates.get(at, Fate.LEFT_OUT)
        if self.refused and fate is Fate.TAKEN:
            return Fate.LEFT_OUT, REFUSED
        return fate, self.outcome.left_out.get(at, REFUSED) if fate is Fate.LEFT_OUT else ""

    def count(self, *sheets: SheetRead) -> Count:
        """Count the rows of some sheets by what became of them."""
        count = Count()
        for sheet in sheets:
            for row in sheet.rows:
                count.add(self.fate(sheet, row)[0], row.amount)
        return count

    def problems(self, sheet: str | None = None) -> list[Problem]:
        """Give the problems of one sheet or of all, those that refuse the import first."""
        found = [problem for problem in self.outcome.problems if sheet in (None, problem.sheet)]
        return sorted(found, key=lambda problem: not problem.refuses)

    def to_json(self) -> dict[str, object]:
        """Give the documented object for programs."""
        undated = self.outcome.undated
        answer: dict[str, object] = {
            "file": self.file_name,
            "dry_run": self.dry_run,
            "sheet": None,
            "header_row": None,
            **self.count(*self.sheets).to_json(),
            "undated": {"date": undated.isoformat() if undated else None, "rows": self.outcome.undated_rows},
            "funds": [
                {
                    "sheet": fund.at[0],
                    "row": fund.at[1],
                    "name": fund.name,
                    "reference": fund.reference,
                    "new": fund.new,
                }
                for fund in self.outcome.funds
            ],
            "new_organisations": list(self.outcome.new_organisations),
            "problems": [_problem(problem) for problem in self.problems()],
            "sheets": [self._sheet(sheet) for sheet in self.sheets],
        }
        return {**answer, "refused": self.refused} if self.refused else answer

    def lines(self) -> list[str]:
        """Say it in lines, for a person at a terminal."""
        return list(self._lines())

    def _sheet(self, sheet: SheetRead) -> dict[str, object]:
        return {
            "sheet": sheet.name,
            "header_row": sheet.header_row,
            **self.count(sheet).to_json(),
            "columns": sheet.columns,
            "columns_not_used": list(sheet.unused),
            "own_totals": [
                {"row": row, "says": plain(says), "rows_come_to": plain(come_to), "agrees": says == come_to}
                for row, says, come_to in own_totals(sheet)
            ],
            "left_out_rows": [{"row": row, "says": says} for row, says in self._left_out(sheet)],
            "problems": [_problem(problem) for problem in self.problems(sheet.name)],
        }

    def _left_out(self, sheet: SheetRead) -> Iterator[tuple[int, str]]:
        for row in sheet.rows:
            fate, why = self.fate(sheet, row)
            if fate is Fate.LEFT_OUT:
                yield row.number, why

    def _lines(self) -> Iterator[str]:
        if self.refused:
            yield self.refused
        if self.outcome.needs_a_year:
            yield "The year is given with --year 2020/21, the date of rows that have none with --undated 2020-04-01"
        for sheet in self.sheets:
            yield from self._lines_of(sheet)
        for fund in self.outcome.funds:
            yield f"{fund.name}: {fund.reference}{' (new)' if fund.new else ''}"
        if self.outcome.undated and self.outcome.undated_rows:
            take = "row without a date takes" if self.outcome.undated_rows == 1 else "rows without a date take"
            yield f"{self.outcome.undated_rows:,} {take} {long_date(self.outcome.undated)}"
        if self.outcome.new_organisations:
            yield f"Added, though no Organisations sheet names them: {self.organisations_added}"
        yield from (_said(problem) for problem in self.problems())

    def _lines_of(self, sheet: SheetRead) -> Iterator[str]:
        yield f"{sheet.name}: {_counted(self.count(sheet), self.dry_run)}"
        if sheet.left_out:
            yield f"  {sheet.left_out}"
        else:
            yield from (f"  row {row} left out: {why}" for row, why in self._left_out(sheet) if why != REFUSED)
        if sheet.unused and sheet.header_row:
            yield f"  columns not used: {', '.join(sheet.unused)}"


def add_own_totals(answer: Answer) -> None:
    """Note each of the workbook's own totals that is not what its rows come to."""
    for sheet in answer.sheets:
        for row, says, come_to in own_totals(sheet):
            if says != come_to:
                sentence = f"The sheet’s own total is {pounds(says)}, and its rows come to {pounds(come_to)}."
                answer.outcome.problems.append(Problem(sheet.name, row, "", sentence, refuses=False))


def _key(fate: Fate) -> str:
    return fate.value.replace(" ", "_")


def _problem(problem: Problem) -> dict[str, object]:
    return {"sheet": problem.sheet, "row": problem.row, "column": problem.column or None, "says": problem.says}


def _said(problem: Problem) -> str:
    where = ", row ".join(str(part) for part in (problem.sheet, problem.row) if part)
    return ": ".join(filter(None, ("Put right" if problem.refuses else "Look at", where, problem.says)))


def _counted(count: Count, dry_run: bool) -> str:
    would = "would be " if dry_run else ""
    parts: Iterable[str] = (
        f"{count.rows[fate]} {would if fate is Fate.TAKEN else ''}{fate.value} ({pounds(Pence(count.amounts[fate]))})"
        for fate in Fate
    )
    read = sum(count.rows.values())
    return f"{read} {'row' if read == 1 else 'rows'} read: {', '.join(parts)}"
