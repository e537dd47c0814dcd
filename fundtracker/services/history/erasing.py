"""Erasing a person's details: they go from the books and from the history, the money stays, and the chain holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, delete, func, or_, select, update
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import ReasonMissingError, Refusal
from fundtracker.domain.text import match_key, one_line
from fundtracker.services.history.details import ERASED
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.chain import say_why
from fundtracker.store.events import Event
from fundtracker.store.history import Change, Detail
from fundtracker.store.imports import BatchRow
from fundtracker.store.organisations import Organisation, OtherName
from fundtracker.store.papers import Paper
from fundtracker.store.reconciling import FinanceLine

INDIVIDUAL = "individual"


class NotAnIndividualError(Refusal):
    """An organisation on record as something other than a person."""


@dataclass(frozen=True)
class Erased:
    """What stands now in place of the name, and in how many changes and kept papers it was written and still stands."""

    name: str
    changes: int
    papers: int

    @property
    def sentence(self) -> str:
        """Say what was erased, and where somebody wrote the name in words that stay."""
        says = f"The details are erased, and {self.name} stands in their place."
        if self.changes or self.papers:
            where = f"{self.changes:,} changes and {self.papers:,} kept papers"
            says += f" Where somebody wrote the name in words of their own, it still stands: in {where}."
        return says


def erase_individual(session: Session, *, organisation: Organisation, why: str) -> Erased:
    """
    Erase the names, address, contact and notes of an individual, from the books and from their history.

    Raises ReasonMissingError, and NotAnIndividualError for an organisation that is not on record as an individual.
    """
    if not one_line(why):
        raise ReasonMissingError("Enter why the details are erased", field="why")
    if INDIVIDUAL not in organisation.type.casefold():
        raise NotAnIndividualError(
            f"{organisation.name} is on record as {organisation.type or 'of no type'}. Only an individual's details "
            "are erased: edit its type first, if it is one.",
            field="why",
        )
    session.flush()
    say_why(session.connection(), f"{ERASED}: {one_line(why)}")
    was, keys = organisation.name, _keys(session, organisation)
    rows = [*_rows(session, organisation, keys)]
    _empty(session, organisation, keys)
    _erase_details(session, rows, organisation)
    return Erased(organisation.name, *_still_standing(session, was))


def _keys(session: Session, organisation: Organisation) -> list[str]:
    others = session.scalars(select(OtherName.match_key).where(OtherName.organisation_id == organisation.id)).all()
    return [key for key in {organisation.match_key, *others} if key]


def _rows(session: Session, organisation: Organisation, keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give the rows, there or gone, whose details beside the history are this person's."""
    yield "organisation", str(organisation.id)
    mine = f'%"organisation_id":{organisation.id}}}%'  # the last of an other name's columns
    names = select(Change.row_id).where(
        Change.table_name == "other_name", or_(Change.after_json.like(mine), Change.before_json.like(mine))
    )
    yield from (("other_name", row) for row in session.scalars(names.distinct()))
    events = select(Event.id).where(Event.organisation_id == organisation.id)
    yield from (("event", str(row)) for row in session.scalars(events))
    lines = select(FinanceLine.id).where(FinanceLine.payee_key.in_(keys))
    yield from (("finance_line", str(row)) for row in session.scalars(lines))


def _empty(session: Session, organisation: Organisation, keys: Sequence[str]) -> None:
    organisation.name = f"Individual {organisation.id}"
    organisation.match_key = match_key(organisation.name)
    organisation.contact = organisation.address = organisation.notes = ""
    session.execute(delete(OtherName).where(OtherName.organisation_id == organisation.id))
    mine = (Event.organisation_id == organisation.id, Event.narrative != "")
    session.execute(update(Event).where(*mine).values(narrative=""))
    lines = update(FinanceLine).where(FinanceLine.payee_key.in_(keys))
    session.execute(lines.values(payee="", payee_key="", description=""))
    session.execute(update(BatchRow).where(_of_files(organisation)).values(cells="", says=""))
    session.flush()
    session.expire(organisation, ["other_names"])


def _of_files(organisation: Organisation) -> ColumnElement[bool]:
    awards = select(Award.id).where(Award.organisation_id == organisation.id)
    lines = select(AwardLine.id).where(AwardLine.award_id.in_(awards))
    return or_(
        BatchRow.organisation_id == organisation.id,
        BatchRow.award_id.in_(awards),
        BatchRow.payment_id.in_(select(Payment.id).where(Payment.award_line_id.in_(lines))),
        BatchRow.application_id.in_(select(Application.id).where(Application.organisation_id == organisation.id)),
    )


def _erase_details(session: Session, rows: Sequence[tuple[str, str]], organisation: Organisation) -> None:
    """Take the details beside every change of these rows away; what the last one left, with no name in it, stays."""
    number = session.scalar(select(func.max(Change.number)))
    for table in sorted({table for table, _ in rows}):
        mine = and_(Change.table_name == table, Change.row_id.in_([row for name, row in rows if name == table]))
        changes = select(Change.number).where(mine)
        last = select(func.max(Change.number)).where(mine).group_by(Change.row_id)
        kept = case((Detail.change.in_(last), Detail.after_json), else_=None)
        gone = update(Detail).where(Detail.change.in_(changes), Detail.erased.is_(None))
        session.execute(gone.values(before_json=None, after_json=kept, erased=number), {}, execution_options=_NO_SYNC)


_NO_SYNC = {"synchronize_session": False}


def _still_standing(session: Session, name: str) -> tuple[int, int]:
    """Count the changes and the kept papers in which somebody wrote the name in words of their own."""
    like = f"%{name.replace('/', '//').replace('%', '/%').replace('_', '/_')}%"
    said = or_(*(place.ilike(like, escape="/") for place in (Change.after_json, Change.before_json, Change.reason)))
    changes = session.scalar(select(func.count()).select_from(Change).where(said)) or 0
    papers = session.scalar(select(func.count()).select_from(Paper).where(Paper.content.ilike(like, escape="/"))) or 0
    return changes, papers
