"""
The answer to a file: every row accounted for, for a person and for a program.

Its JSON object: "kind", "file", "dry_run"; "sheet" and "header_row" that were taken; "rows_read" = "taken" +
"already_there" + "left_out", and the same of "amount_read", "amount_taken", "amount_already_there" and
"amount_left_out" (pounds as text); "columns" [{"column", "title", "field"}]; "new_organisations",
"matched_organisations" [{"name", "spelled"}] and "questions" [{"name", "like"}]; "left_out_for" [{"says", "rows",
"amount"}]; "notes" on the table, in sentences; "problems" [{"sheet", "row", "column", "says"}]; "batch", null where
nothing was taken. A refused file takes nothing, and has "refused": the sentence. On a dry run "taken" is what would be
taken.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from fundtracker.domain.money import Pence, plain
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import BatchKind, Fate
from fundtracker.services.bringing.lines import Short
from fundtracker.services.bringing.stated import Problem, TableFound

MOST_PROBLEMS = 5_000
_MOST_REASONS = 200
_OTHER_REASONS = "for other reasons, each said beside its row"
REFUSED = "nothing of a refused file is taken"


@dataclass(frozen=True)
class Matched:
    """An organisation of the books that rows name, with the other spellings that they have of it."""

    id: int
    name: str
    spelled: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class Question:
    """A new organisation's name that is like others: whether it is one of them is for a person to say."""

    name: str
    rows: int
    like: tuple[tuple[int | None, str], ...]


@dataclass(frozen=True)
class PlannedRow:
    """One source row and what becomes of it; the amount is in pence, `words` say what it is recorded as."""

    sheet: str
    row: int
    fate: Fate
    says: str
    amount: Pence | None
    problems: tuple[Problem, ...]
    cells: tuple[str, ...]
    words: str = ""


@dataclass
class Count:
    """How many rows, and how many pence of those that state an amount."""

    rows: int = 0
    amount: int = 0

    def add(self, amount: int | None) -> None:
        """Count one row."""
        self.rows += 1
        self.amount += amount or 0


@dataclass
class Tally:
    """The rows of a file by what became of them, and why; it holds no rows."""

    fates: dict[Fate, Count] = field(default_factory=lambda: {fate: Count() for fate in Fate})
    reasons: dict[tuple[Fate, str], Count] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    problems_more: int = 0

    def count(self, fate: Fate, says: str, amount: int | None) -> None:
        """Count one row by its fate, and by why."""
        self.fates[fate].add(amount)
        why = says if fate is Fate.LEFT_OUT else ""
        if (fate, why) not in self.reasons and len(self.reasons) >= _MOST_REASONS:
            why = _OTHER_REASONS
        self.reasons.setdefault((fate, why), Count()).add(amount)

    def note(self, problems: Iterable[Problem]) -> None:
        """Keep what a person should look at: the first thousands of it, and how many more there are."""
        for problem in problems:
            if len(self.problems) < MOST_PROBLEMS:
                self.problems.append(problem)
            else:
                self.problems_more += 1

    def refuse(self) -> None:
        """Count what would have been taken as left out, since a refused file takes nothing."""
        taken, left = self.fates[Fate.TAKEN], self.fates[Fate.LEFT_OUT]
        self.fates[Fate.LEFT_OUT] = Count(taken.rows + left.rows, taken.amount + left.amount)
        self.fates[Fate.TAKEN] = Count()
        if taken.rows:
            self.reasons.pop((Fate.TAKEN, ""), None)
            self.reasons[Fate.LEFT_OUT, REFUSED] = taken

    def to_json(self) -> dict[str, object]:
        """Give the counts; the three parts add up to what was read."""
        counts = {fate.value.replace(" ", "_"): count for fate, count in self.fates.items()}
        return {
            "rows_read": sum(count.rows for count in counts.values()),
            **{name: count.rows for name, count in counts.items()},
            "amount_read": plain(sum(count.amount for count in counts.values())),
            **{f"amount_{name}": plain(count.amount) for name, count in counts.items()},
        }


@dataclass
class Answer:
    """What bringing a file in did, or would do, or why it was refused."""

    kind: BatchKind
    file_name: str
    table: TableFound | None = None
    tally: Tally = field(default_factory=Tally)
    new_organisations: list[tuple[str, int]] = field(default_factory=list)
    matched: list[Matched] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    shortfall: list[Short] = field(default_factory=list)
    allocated: list[tuple[int, Pence]] = field(default_factory=list)
    refused: str = ""
    batch_number: int | None = None
    dry_run: bool = False
    planned: Iterable[PlannedRow] = ()

    def rows(self) -> Iterator[PlannedRow]:
        """Give every row and what becomes of it, as long as the source is open."""
        return iter(self.planned)

    def to_json(self) -> dict[str, object]:
        """Give the answer as the module's first lines describe it."""
        table = self.table
        return {
            **({"refused": self.refused} if self.refused else {}),
            "kind": self.kind.value,
            "file": self.file_name,
            "dry_run": self.dry_run,
            "sheet": table.sheet if table else None,
            "header_row": table.header_row if table else None,
            **self.tally.to_json(),
            "columns": [
                {"column": column.letter, "title": column.title, "field": column.field}
                for column in (table.columns if table else ())
            ],
            "new_organisations": [name for name, _ in self.new_organisations],
            "matched_organisations": [{"name": one.name, "spelled": list(one.spelled)} for one in self.matched],
            "questions": [{"name": one.name, "like": [name for _, name in one.like]} for one in self.questions],
            "left_out_for": [
                {"says": says, "rows": count.rows, "amount": plain(count.amount)}
                for (fate, says), count in self.tally.reasons.items()
                if fate is Fate.LEFT_OUT
            ],
            "notes": list(table.notes) if table else [],
            "problems": [_problem(problem) for problem in self.problems],
            "batch": self.batch_number,
        }

    @property
    def problems(self) -> list[Problem]:
        """Give what a person should look at: of the table, then of rows; of very many, the first and how many more."""
        more, sheet = self.tally.problems_more, self.table.sheet if self.table else ""
        last = [Problem(sheet, None, "", f"{more:,} more rows have something to look at.")] if more else []
        return [*(self.table.problems if self.table else ()), *self.tally.problems, *last]


class BringRefusedError(Refusal):
    """A file that cannot come in, and so does not come in at all."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.refused)
        self.answer = answer


def _problem(problem: Problem) -> dict[str, object]:
    return {"sheet": problem.sheet, "row": problem.row, "column": problem.column or None, "says": problem.says}
