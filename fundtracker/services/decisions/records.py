"""Decision records: drafted, edited until they are signed, and found by their reference."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from fundtracker.domain.refusals import NameMissingError, NotFoundRefusal, ReasonMissingError, WrongStateError
from fundtracker.domain.roles import Actor
from fundtracker.domain.text import clean, name_line, one_line
from fundtracker.domain.years import long_moment, now, today
from fundtracker.services.decisions.numbering import next_reference
from fundtracker.services.words import WordsChangedError, fingerprint
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award
from fundtracker.store.books import Entry
from fundtracker.store.decisions import DecisionRecord, DecisionSignature

Answers = Mapping[str, str | bool]
LINES = ("title", "approval_of", "decision_maker")
# The parts of a record, in the order in which offices publish them.
TEXTS = (
    *("summary", "proposal", "interests", "part_one", "finance", "legal", "risk", "equality", "consultation"),
    *("exempt_reason", "part_two"),
)


def draft_decision(
    session: Session, *, words: Answers, by: Actor, application: Application | None = None, award: Award | None = None
) -> DecisionRecord:
    """Draft a decision record under the next number of the office's pattern; raises NameMissingError."""
    record = DecisionRecord(
        reference=next_reference(session, today().year), application=application, award=award,
        made_at=now(), made_by=by.name, made_by_id=by.person_id, **_tidy(words),
    )  # fmt: skip
    session.add(record)
    session.flush()
    return record


def edit_decision(session: Session, *, record: DecisionRecord, words: Answers, as_read: str) -> None:
    """
    Say something else in a draft; `as_read` is the fingerprint of what the editor saw.

    Raises WrongStateError where it is signed, WordsChangedError where somebody else changed it meanwhile.
    """
    check_draft(record)
    if fingerprint(said_by(record)) != as_read:
        raise WordsChangedError("Somebody changed this draft after you opened it. Nothing was recorded.")
    for name, value in _tidy(words).items():
        setattr(record, name, value)
    session.flush()


def sign_decision(session: Session, *, record: DecisionRecord, by: Actor, words: str = "") -> DecisionSignature:
    """Sign a decision record, today (Europe/London); raises WrongStateError for who drafted it, or a second time."""
    check_draft(record)
    if by.person_id is not None and by.person_id == record.made_by_id:
        raise WrongStateError(f"You drafted {record.reference}, so somebody else signs it.")
    if not record.summary or not record.proposal:
        raise ReasonMissingError("Say in summary what it is, and what is proposed, before it is signed.")
    signature = DecisionSignature(
        record=record, signed_on=today(), words=clean(words), made_at=now(), made_by=by.name, made_by_id=by.person_id
    )
    session.add(signature)
    session.flush()
    return signature


def check_draft(record: DecisionRecord) -> None:
    """Refuse to change a record that is signed; raises WrongStateError."""
    if signed := record.signature:
        raise WrongStateError(
            f"{record.reference} was signed by {signed.made_by} on {long_moment(signed.made_at)}, and stays as it was."
        )


def said_by(record: DecisionRecord) -> dict[str, str | bool]:
    """Give what a record says, by the names of its parts."""
    return {name: getattr(record, name) for name in (*LINES, *TEXTS, "exempt")}


def find_decision(session: Session, reference: str) -> DecisionRecord:
    """Give the decision record with a reference, in any case; raises NotFoundRefusal."""
    wanted = func.lower(DecisionRecord.reference) == reference.strip().lower()
    record = session.scalar(select(DecisionRecord).where(wanted))
    if record is None:
        raise NotFoundRefusal(f"There is no decision record with the reference {one_line(reference)}.")
    return record


def list_decisions(session: Session) -> Sequence[DecisionRecord]:
    """Give every decision record with its signature, drafts first, then the newest."""
    rows = select(DecisionRecord).outerjoin(DecisionRecord.signature).options(joinedload(DecisionRecord.signature))
    order = (DecisionSignature.id.is_not(None), DecisionRecord.id.desc())
    return session.scalars(rows.order_by(*order)).all()


def moved_on(session: Session, record: DecisionRecord) -> Sequence[Entry]:
    """Give the entries that name a decision record, in the order of the book."""
    named = func.lower(Entry.decision_reference) == record.reference.lower()
    return session.scalars(select(Entry).where(named).order_by(Entry.number)).all()


def signed_on(record: DecisionRecord) -> date | None:
    """Give the day on which a record was signed, where it was."""
    return record.signature.signed_on if record.signature else None


def _tidy(words: Answers) -> dict[str, str | bool]:
    tidy: dict[str, str | bool] = {name: name_line(str(words.get(name, ""))) for name in LINES}
    tidy |= {name: clean(str(words.get(name, ""))) for name in TEXTS}
    tidy["exempt"] = bool(words.get("exempt"))
    if not tidy["title"]:
        raise NameMissingError("Enter the title", field="title")
    if tidy["exempt"] and not tidy["exempt_reason"]:
        raise ReasonMissingError("Enter why it is not published", field="exempt_reason")
    return tidy
