"""Events: noting what was decided or done without an entry, with its date, who did it and why."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.text import one_line
from fundtracker.domain.years import now
from fundtracker.services.days import check_day
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award
from fundtracker.store.bids import Bid
from fundtracker.store.events import Event
from fundtracker.store.funds import Fund
from fundtracker.store.organisations import Organisation

if TYPE_CHECKING:  # posting notes events, and so cannot be imported here
    from fundtracker.services.posting import Particulars

Told = Fund | Organisation | Application | Award | Bid


def note_event(
    session: Session, kind: EventKind, told_of: Told, particulars: "Particulars", *, says: str = ""
) -> Event:
    """
    Note what was done to a record, in the caller's transaction; `says` goes before the narrative.

    Raises DateRefusedError for a date after today (Europe/London).
    """
    check_day(particulars.on)
    session.flush()
    event = Event(
        kind=kind,
        on_date=particulars.on,
        narrative=one_line(f"{says} {particulars.narrative}"),
        decision_reference=one_line(particulars.decision),
        batch_id=particulars.batch.id if particulars.batch else None,
        recorded_at=now(),
        recorded_by=particulars.by.name,
        recorded_by_id=particulars.by.person_id,
        **{f"{told_of.__tablename__}_id": told_of.id},
    )
    session.add(event)
    session.flush()
    return event


def events_of(session: Session, told_of: Told) -> Sequence[Event]:
    """Give what was done to a record without an entry, in the order in which it was recorded."""
    mine: ColumnElement[bool] = getattr(Event, f"{told_of.__tablename__}_id") == told_of.id
    return session.scalars(select(Event).where(mine).order_by(Event.id)).all()
