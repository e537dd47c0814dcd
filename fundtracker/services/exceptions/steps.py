"""What a person says is done about one exception: whose it is, what they do, a note and by when; the newest stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import NotFoundRefusal, NothingToDoError, Refusal
from fundtracker.domain.roles import Actor
from fundtracker.domain.text import clean, one_line
from fundtracker.domain.years import now
from fundtracker.services.exceptions.listing import ExceptionRow, list_exceptions
from fundtracker.services.figures import as_at
from fundtracker.store.forecasts import ExceptionStep


class SaidMeanwhileError(Refusal):
    """Something that somebody else said of an exception after it was read."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is said of an exception; an empty owner or action leaves the rule's."""

    owner: str = ""
    action: str = ""
    note: str = ""
    due_on: date | None = None


def say(session: Session, *, key: str, said: Said, as_read: int, by: Actor) -> ExceptionStep:
    """
    Say what is done about an exception; `as_read` is the id of the step that was read, 0 where there was none.

    Raises SaidMeanwhileError where somebody said something since, and NothingToDoError where nothing is different.
    """
    last = last_step(session, key)
    if (last.id if last else 0) != as_read and last is not None:
        raise SaidMeanwhileError(
            f"{last.made_by} said something of this after you opened the page. Nothing was recorded."
        )
    step = ExceptionStep(
        key=key, owner=one_line(said.owner), action=one_line(said.action), note=clean(said.note), due_on=said.due_on,
        made_at=now(), made_by=by.name, made_by_id=by.person_id,
    )  # fmt: skip
    if _same(step, last):
        raise NothingToDoError("Nothing is different from what was said before.")
    session.add(step)
    session.flush()
    return step


def find_exception(session: Session, key: str) -> ExceptionRow:
    """Give the exception of a key as it stands today; raises NotFoundRefusal."""
    found = next((row for row in list_exceptions(session, as_at(session)) if row.key == key), None)
    if found is None:
        raise NotFoundRefusal("This is no exception any more: it was put right, or its rule was changed.")
    return found


def last_step(session: Session, key: str) -> ExceptionStep | None:
    """Give what was said last of an exception."""
    newest = select(func.max(ExceptionStep.id)).where(ExceptionStep.key == key).scalar_subquery()
    return session.scalar(select(ExceptionStep).where(ExceptionStep.id == newest))


def steps_of(session: Session, key: str) -> Sequence[ExceptionStep]:
    """Give all that was said of an exception, the newest first."""
    mine = select(ExceptionStep).where(ExceptionStep.key == key)
    return session.scalars(mine.order_by(ExceptionStep.id.desc())).all()


def _same(step: ExceptionStep, last: ExceptionStep | None) -> bool:
    before = (last.owner, last.action, last.note, last.due_on) if last else ("", "", "", None)
    return (step.owner, step.action, step.note, step.due_on) == before
