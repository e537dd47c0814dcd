"""Notes and contacts on organisations, applications and awards: written once, and taken back with a reason."""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import NotFoundRefusal, NothingToDoError, ReasonMissingError, WrongStateError
from fundtracker.domain.roles import Actor
from fundtracker.domain.terms import ContactKind
from fundtracker.domain.text import clean, one_line
from fundtracker.domain.years import now
from fundtracker.services.days import check_day
from fundtracker.services.posting import Particulars
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award
from fundtracker.store.notes import Note
from fundtracker.store.organisations import Organisation

Noted = Organisation | Application | Award
NOTED: tuple[type[Noted], ...] = (Organisation, Application, Award)
LARGEST_ID = 2**63 - 1


def write_note(session: Session, *, about: Noted, kind: ContactKind, particulars: Particulars) -> Note:
    """Write down a note or a contact, in the words of the narrative; raises NothingToDoError without any."""
    check_day(particulars.on)
    words = clean(particulars.narrative)
    if not words:
        raise NothingToDoError("Enter what is to be remembered", field="narrative")
    by = particulars.by
    note = Note(kind=kind, on_date=particulars.on, words=words, made_at=now(), made_by=by.name,
                made_by_id=by.person_id, **{_column(about): about.id})  # fmt: skip
    session.add(note)
    session.flush()
    return note


def take_back_note(session: Session, *, note: Note, why: str, by: Actor) -> None:
    """Take back a note that is wrong, with the reason; it stays to be read. Raises WrongStateError a second time."""
    if note.undone_at is not None:
        raise WrongStateError("This note is taken back already.")
    if not one_line(why):
        raise ReasonMissingError("Enter why it is taken back", field="why")
    note.undone_at, note.undone_by, note.undone_by_id = now(), by.name, by.person_id
    note.undone_why = one_line(why)


def notes_of(session: Session, about: Noted) -> Sequence[Note]:
    """Give the notes on a record, the newest first, those taken back among them."""
    mine = select(Note).where(_mine(about)).order_by(Note.on_date.desc(), Note.id.desc())
    return session.scalars(mine).all()


def count_notes(session: Session, about: Noted) -> int:
    """Count the notes on a record that were not taken back."""
    return session.scalar(select(func.count(Note.id)).where(_mine(about), Note.undone_at.is_(None))) or 0


def find_note(session: Session, number: int) -> Note:
    """Give the note of a number; raises NotFoundRefusal."""
    found = session.get(Note, number) if 0 < number <= LARGEST_ID else None
    if found is None:
        raise NotFoundRefusal("This note is not in the books.")
    return found


def noted(session: Session, note: Note) -> Noted:
    """Give the record that a note is about."""
    for kind in NOTED:
        number = getattr(note, f"{kind.__tablename__}_id")
        if number is not None:
            return cast("Noted", session.get_one(kind, number))
    raise LookupError(f"note {note.id} is about nothing")


def _column(about: Noted) -> str:
    return f"{about.__tablename__}_id"


def _mine(about: Noted) -> ColumnElement[bool]:
    column: ColumnElement[bool] = getattr(Note, _column(about)) == about.id
    return column
