"""A fund's criteria: what its applications are scored on, written one a line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.text import name_line
from fundtracker.store.assessments import Criterion
from fundtracker.store.funds import Fund

MOST_CRITERIA, HIGHEST = 20, 100
_LINE = re.compile(r"(?P<name>.+?)\s*:\s*(?P<most>[0-9]{1,3})(?:\s*[x×]\s*(?P<weight>[0-9]{1,3}))?")


class CriterionNotUnderstoodError(Refusal):
    """A line that does not say a criterion and its highest score."""


@dataclass(frozen=True)
class Wanted:
    """One criterion as it is typed: its highest score, and how often it counts."""

    name: str
    most: int
    weight: int = 1

    @property
    def line(self) -> str:
        """Write it as it is typed."""
        return f"{self.name}: {self.most}{f' x {self.weight}' if self.weight > 1 else ''}"


def read_criteria(lines: Sequence[str]) -> list[Wanted]:
    """Read criteria, one a line, like `Fits the plan: 5` or `Need: 5 x 2`; raises CriterionNotUnderstoodError."""
    wanted = [_read(line.strip()) for line in lines if line.strip()]
    if len({one.name.casefold() for one in wanted}) < len(wanted):
        raise CriterionNotUnderstoodError("Two criteria have the same name. Give each its own.", field="criteria")
    if len(wanted) > MOST_CRITERIA:
        raise CriterionNotUnderstoodError(f"Enter {MOST_CRITERIA} criteria or fewer", field="criteria")
    return wanted


def _read(line: str) -> Wanted:
    found = _LINE.fullmatch(line)
    most, weight = (int(found["most"]), int(found["weight"] or 1)) if found else (0, 0)
    if not found or not 1 <= most <= HIGHEST or not 1 <= weight <= HIGHEST:
        raise CriterionNotUnderstoodError(
            f"“{line[:60]}” does not end in its highest score. Write it like: Fits the plan: 5. Where it counts twice, "
            "write: Fits the plan: 5 x 2.",
            field="criteria",
        )
    return Wanted(name_line(found["name"]), most, weight)


def set_criteria(session: Session, *, fund: Fund, wanted: Sequence[Wanted]) -> None:
    """Score a fund's applications on these from now on; what was scored on others stays with what it said."""
    live = {(one.name, one.most, one.weight): one for one in criteria_of(session, fund)}
    keys = [(one.name, one.most, one.weight) for one in wanted]
    for key, criterion in live.items():
        criterion.live = key in keys
    for position, key in enumerate(keys, start=1):
        criterion = live.get(key) or Criterion(fund_id=fund.id, name=key[0], most=key[1], weight=key[2], live=True)
        criterion.position = position
        session.add(criterion)
    session.flush()


def criteria_of(session: Session, fund: Fund) -> Sequence[Criterion]:
    """Give what a fund's applications are scored on now, in order."""
    live = select(Criterion).where(Criterion.fund_id == fund.id, Criterion.live.is_(True))
    return session.scalars(live.order_by(Criterion.position, Criterion.id)).all()
