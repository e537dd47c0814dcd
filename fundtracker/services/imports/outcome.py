"""What became of each row of a workbook, and the refusal of one that could not come in whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import Fate
from fundtracker.services.imports.understood import Problem, Stated, Understood

AnyStated = TypeVar("AnyStated", bound=Stated)
At = tuple[str, int]
"""Where a row stands: its sheet and its number."""


@dataclass(frozen=True)
class FundNamed:
    """A fund that a workbook names, with the reference that it has or is given."""

    at: At
    name: str
    reference: str
    new: bool


@dataclass
class Outcome:
    """What became of every row that states something; `left_out` says why for those left out."""

    fates: dict[At, Fate] = field(default_factory=dict)
    left_out: dict[At, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    funds: list[FundNamed] = field(default_factory=list)
    new_organisations: list[str] = field(default_factory=list)
    undated: date | None = None
    undated_rows: int = 0
    needs_a_year: bool = False
    batch_number: int | None = None

    def leave_out(self, at: At, why: str) -> None:
        """Leave a row out, and say so among what should be looked at."""
        self.fates[at] = Fate.LEFT_OUT
        self.left_out[at] = why
        self.note(at, f"{why[0].upper()}{why[1:]}.")

    def note(self, at: At, says: str) -> None:
        """Note something about a row that a person should look at, though it is no reason to refuse."""
        self.problems.append(Problem(at[0], at[1], "", says, refuses=False))

    def refuse(self, at: At, says: str) -> None:
        """Note a reason to refuse the import that stands in one row."""
        self.problems.append(Problem(at[0], at[1], "", says))

    def ask_for_a_year(self, says: str) -> None:
        """Note that the import is refused for want of a financial year, or of a date for the rows that have none."""
        self.needs_a_year = True
        self.problems.append(Problem("", None, "", says))

    @property
    def refusing(self) -> list[Problem]:
        """Give the problems for which the import is refused."""
        return [problem for problem in self.problems if problem.refuses]


class ImportRefusedError(Refusal):
    """A workbook that cannot come in whole, and so does not come in at all."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(_sentence(outcome.refusing))
        self.outcome = outcome


def row_of(at: At, seen_from: At) -> str:
    """Name a row as it is called in another: with its sheet where that is not the same."""
    return f"row {at[1]}" if at[0] == seen_from[0] else f"{at[0]}, row {at[1]}"


def stated_rows(understood: Understood, kind: type[AnyStated]) -> list[tuple[At, AnyStated]]:
    """Give the rows that state something of a kind, in the order of the workbook."""
    rows = (((sheet.name, row.number), row.stated) for sheet in understood.sheets for row in sheet.rows)
    return [(at, stated) for at, stated in rows if isinstance(stated, kind)]


def _sentence(problems: Sequence[Problem]) -> str:
    if not problems:
        return "Nothing was brought in."
    first = problems[0]
    where = f"{first.sheet}, row {first.row}: " if first.row else (f"{first.sheet}: " if first.sheet else "")
    others = len(problems) - 1
    more = f" {others} more {'thing' if others == 1 else 'things'} must be put right too." if others else ""
    return f"Nothing was brought in. {where}{first.says}{more}"
