"""Files attached to the office's records: kept with what tells that they are the same, and removed with a reason."""

import hashlib
from collections.abc import Sequence
from typing import cast

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from fundtracker.domain.files import MOST_FILES, FileKind
from fundtracker.domain.kinds import EventKind
from fundtracker.domain.refusals import NotFoundRefusal, NothingToDoError, ReasonMissingError, Refusal, WrongStateError
from fundtracker.domain.roles import Actor
from fundtracker.domain.text import one_line
from fundtracker.domain.years import now, today
from fundtracker.services.events import Told, note_event
from fundtracker.services.posting import Particulars
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award
from fundtracker.store.decisions import DecisionRecord
from fundtracker.store.files import Attachment
from fundtracker.store.funds import Fund
from fundtracker.store.organisations import Organisation
from fundtracker.store.returns import MonitoringReturn
from fundtracker.store.schedules import Claim

Owner = Fund | Organisation | Application | Award | Claim | MonitoringReturn | DecisionRecord
OWNERS: tuple[type[Owner], ...] = (Fund, Organisation, Application, Award, Claim, MonitoringReturn, DecisionRecord)
LARGEST_ID = 2**63 - 1


class TooManyFilesError(Refusal):
    """One file more than a record may have."""


def attach(session: Session, *, owner: Owner, name: str, kind: FileKind, content: bytes, by: Actor) -> Attachment:
    """
    Attach a file that was looked at before to a record.

    Raises NothingToDoError where the same file is attached to it, and TooManyFilesError beyond a hundred.
    """
    digest = hashlib.sha256(content).hexdigest()
    there = files_of(session, owner)
    same = next((one for one in there if one.digest == digest and one.undone_at is None), None)
    if same is not None:
        raise NothingToDoError(f"This file is attached already, as {same.name}.", field="file")
    if len(there) >= MOST_FILES:
        raise TooManyFilesError(f"{MOST_FILES} files are attached to this already, and no more are kept.", field="file")
    attached = Attachment(
        name=name, kind=kind, size=len(content), digest=digest, content=content, made_at=now(), made_by=by.name,
        made_by_id=by.person_id, **{_column(owner): owner.id},
    )  # fmt: skip
    session.add(attached)
    session.flush()
    _note(session, attached, by, f"{name} attached.")
    return attached


def remove(session: Session, *, attached: Attachment, why: str, by: Actor) -> None:
    """
    Remove a file for a reason: what it held goes, and its name, size and digest stay.

    Raises ReasonMissingError, and WrongStateError where it is removed already.
    """
    if attached.undone_at is not None:
        raise WrongStateError(f"{attached.name} is removed already.")
    if not one_line(why):
        raise ReasonMissingError("Enter why it is removed", field="why")
    attached.content = None
    attached.undone_at, attached.undone_by, attached.undone_by_id = now(), by.name, by.person_id
    attached.undone_why = one_line(why)
    _note(session, attached, by, f"{attached.name} removed: {attached.undone_why}")


def files_of(session: Session, owner: Owner) -> Sequence[Attachment]:
    """Give the files of a record, the newest first, those removed among them."""
    mine: ColumnElement[bool] = getattr(Attachment, _column(owner)) == owner.id
    return session.scalars(select(Attachment).where(mine).order_by(Attachment.id.desc())).all()


def count_files(session: Session, owner: Owner) -> int:
    """Count the files of a record that were not removed."""
    mine: ColumnElement[bool] = getattr(Attachment, _column(owner)) == owner.id
    return session.scalar(select(func.count(Attachment.id)).where(mine, Attachment.undone_at.is_(None))) or 0


def find_file(session: Session, number: int) -> Attachment:
    """Give the file of a number; raises NotFoundRefusal."""
    found = session.get(Attachment, number) if 0 < number <= LARGEST_ID else None
    if found is None:
        raise NotFoundRefusal("This file is not in the books.")
    return found


def content_of(attached: Attachment) -> bytes:
    """Give what a file holds; raises NotFoundRefusal for one that was removed."""
    if attached.content is None:
        raise NotFoundRefusal(f"{attached.name} was removed: {attached.undone_why}.")
    return attached.content


def attached_to(session: Session, attached: Attachment) -> Owner:
    """Give the record that a file is attached to."""
    for kind in OWNERS:
        number = getattr(attached, f"{kind.__tablename__}_id")
        if number is not None:
            return cast("Owner", session.get_one(kind, number))
    raise LookupError(f"file {attached.id} is attached to nothing")


def told_of(owner: Owner) -> Told | None:
    """Give the record whose history tells of a file: its award's for a return or claim; a decision may have none."""
    if isinstance(owner, MonitoringReturn):
        return owner.award
    if isinstance(owner, DecisionRecord):
        return owner.award or owner.application
    return owner.award_line.award if isinstance(owner, Claim) else owner


def _column(owner: Owner) -> str:
    return f"{owner.__tablename__}_id"


def _note(session: Session, attached: Attachment, by: Actor, says: str) -> None:
    record = told_of(attached_to(session, attached))
    if record is not None:
        note_event(session, EventKind.FILE, record, Particulars(on=today(), by=by), says=says)
