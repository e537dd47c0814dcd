"""Where the pages of terms are: each return, condition, agreement, note and file in a state of its own."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.store.applications import Application
from fundtracker.store.awards import Award
from fundtracker.store.files import Attachment
from fundtracker.store.funds import Fund
from fundtracker.store.notes import Note
from fundtracker.store.organisations import Organisation
from fundtracker.store.returns import MonitoringReturn
from fundtracker.store.schedules import Claim
from fundtracker.store.terms import Agreement, AwardCondition

Finder = Callable[[Session], list[str]]


def _each(kind: Any, *by: Any) -> Finder:
    """Find the first row of each state, or kind, standing and taken back."""
    chosen = select(func.min(kind.id)).group_by(kind.undone_at.is_(None), *by)
    return lambda session: sorted(str(number) for number in session.scalars(chosen))


HANG = ("agreements.", "conditions.", "returns.", "notes.", "files.", "letters.")
"""The pages of what hangs on a record, which are asked of a few records: they show no more of it than its name."""


def _awards(session: Session) -> list[str]:
    mine = select(Award.reference).outerjoin(Award.fund).where(Fund.reference == "TERM20")
    others = select(func.min(Award.reference)).group_by(Award.type, Award.status)
    return [*session.scalars(mine.order_by(Award.id)), *session.scalars(others)]


def _first(column: Any) -> Finder:
    return lambda session: [str(value) for value in session.scalars(select(column).order_by(column).limit(2))]


HANGING: dict[str, Finder] = {
    "awards": _awards,
    "funds": lambda _session: ["TERM20", "NIL20"],
    "applications": _first(Application.reference),
    "organisations": _first(Organisation.id),
    "claims": _first(Claim.reference),
}
TERMS: dict[str, Finder] = {
    "returns": _each(MonitoringReturn, MonitoringReturn.status, MonitoringReturn.accepted_first),
    "conditions": _each(AwardCondition, AwardCondition.status),
    "agreements": _each(Agreement, Agreement.status),
    "notes": _each(Note),
    "files": _each(Attachment),
    "letter-templates": lambda _session: ["offer-letter", "agreement"],
}
