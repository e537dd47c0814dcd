"""What an award is made on: its conditions, and the agreement that its recipient is offered and accepts."""

from datetime import date

from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.refusals import DateRefusedError, NothingToDoError, WrongStateError
from fundtracker.domain.terms import AgreementStatus, Move
from fundtracker.domain.text import name_line
from fundtracker.domain.years import long_date, now
from fundtracker.services.days import check_day
from fundtracker.services.events import note_event
from fundtracker.services.moves import take_step, terms_of
from fundtracker.services.posting import Particulars
from fundtracker.services.returns import check_asks
from fundtracker.store.awards import Award
from fundtracker.store.terms import Agreement, AwardCondition


def set_condition(
    session: Session, *, award: Award, says: str, particulars: Particulars, due_on: date | None = None,
    before_payment: bool = False,
) -> AwardCondition:  # fmt: skip
    """Set a condition of an award; raises NothingToDoError without words or where it is set already."""
    check_asks(award)
    words = name_line(says)
    if not words:
        raise NothingToDoError("Enter what the recipient must do or show", field="says")
    if any(one.says.casefold() == words.casefold() for one in terms_of(session, AwardCondition, award.id)):
        raise NothingToDoError("That condition is set already.", field="says")
    by = particulars.by
    condition = AwardCondition(award_id=award.id, says=words, due_on=due_on, before_payment=before_payment,
                               made_at=now(), made_by=by.name, made_by_id=by.person_id)  # fmt: skip
    session.add(condition)
    holds = ", before anything is paid" if before_payment else ""
    note_event(session, EventKind.CONDITION, award, particulars, says=f"{words}: set{holds}.")
    return condition


def offer_agreement(
    session: Session, *, award: Award, particulars: Particulars, accept_by: date | None = None
) -> Agreement:
    """
    Note that a recipient was offered its agreement on the date of the particulars, to be accepted by a day.

    Raises WrongStateError while another offer stands, and DateRefusedError for a day before the offer or the award.
    """
    check_asks(award)
    check_day(particulars.on)
    for one in terms_of(session, Agreement, award.id):
        if one.status in (AgreementStatus.OFFERED, AgreementStatus.ACCEPTED):
            raise WrongStateError(f"{award.reference} has an agreement that is {one.status.value} already.")
    if particulars.on < award.awarded_on:
        raise DateRefusedError(
            f"{award.reference} was awarded on {long_date(award.awarded_on)}. Enter a later day.", field="on"
        )
    if accept_by is not None and accept_by < particulars.on:
        raise DateRefusedError("It would have to be accepted before it is offered. Enter a later day.",
                               field="accept_by")  # fmt: skip
    by = particulars.by
    offer = Agreement(award_id=award.id, offered_on=particulars.on, accept_by=accept_by,
                      made_at=now(), made_by=by.name, made_by_id=by.person_id)  # fmt: skip
    session.add(offer)
    until = f", to be accepted by {long_date(accept_by)}" if accept_by else ""
    note_event(session, EventKind.AGREEMENT, award, particulars, says=f"Offered{until}.")
    return offer


def accept_agreement(session: Session, *, agreement: Agreement, signed_by: str, particulars: Particulars) -> Move:
    """Note that an agreement was accepted, and who signed it; raises NothingToDoError without a name."""
    signed = name_line(signed_by)
    if not signed:
        raise NothingToDoError("Enter who signed it for the recipient", field="signed_by")
    move = take_step(session, term=agreement, step="accept", particulars=particulars)
    agreement.signed_by = signed
    return move
