"""Awards: deciding that part of a fund goes to someone, from an application or directly."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from fundtracker.domain.kinds import EventKind, Kind
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import (
    DateRefusedError,
    NotFoundRefusal,
    NothingToDoError,
    ReasonMissingError,
    WrongStateError,
)
from fundtracker.domain.statuses import AwardStatus, AwardType, Basis
from fundtracker.domain.text import clean, one_line
from fundtracker.domain.years import long_date
from fundtracker.services import applications, references
from fundtracker.services.allocations import not_below_zero, positive
from fundtracker.services.drafts import Draft
from fundtracker.services.events import note_event
from fundtracker.services.funds import check_takes_new
from fundtracker.services.organisations import root_of
from fundtracker.services.posting import Particulars, check_date, post
from fundtracker.services.reversals import answer_again, standing
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.office import Area, Objective
from fundtracker.store.organisations import Organisation

# What every page about an award shows, read with it however many lines it has.
_WITH_IT = (
    joinedload(Award.organisation),
    joinedload(Award.fund),
    joinedload(Award.application),
    selectinload(Award.lines).joinedload(AwardLine.budget_line).joinedload(BudgetLine.fund).selectinload(Fund.lines),
)


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one budget line gives to an award, in pence; None is a value not stated."""

    line: BudgetLine
    amount: Pence | None
    subject_to_funding: bool = False

    @property
    def basis(self) -> Basis:
        """Say how the award line is opened."""
        if self.subject_to_funding:
            return Basis.SUBJECT_TO_FUNDING
        return Basis.NOT_STATED if self.amount is None else Basis.FIRM


@dataclass(frozen=True, kw_only=True)
class AwardDetails:
    """What is awarded, to whom and why; without a reference of the office's own it is given one."""

    recipient: Organisation
    shares: tuple[Share, ...]
    type: AwardType = AwardType.GRANT
    application: Application | None = None
    reference: str = ""
    benefits: str = ""
    purpose: str = ""
    reasons: str = ""
    conditions: str = ""
    legal_power: str = ""
    notes: str = ""
    source_note: str = ""
    objective: Objective | None = None
    area: Area | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    asked_for: Pence | None = None
    follows: Award | None = field(default=None, repr=False)

    @property
    def amount(self) -> Pence:
        """Give the sum of the shares that count now, in pence."""
        return Pence(sum(share.amount or 0 for share in self.shares if share.basis is Basis.FIRM))


def record_award(session: Session, *, details: AwardDetails, particulars: Particulars) -> Award:
    """
    Award to one organisation from one budget line or several, and decide the application it answers.

    Raises NotEnoughLeftError where a line has less left than its share, FundNotOpenError, ReasonMissingError for
    an award without an application and without a reason; the caller's transaction then records nothing.
    """
    _check(session, details, particulars)
    award = make_award(session, details=details, particulars=particulars)
    firm = [(line, share) for line, share in zip(award.lines, details.shares, strict=True) if share.basis is Basis.FIRM]
    drafts = [
        Draft(kind=Kind.AWARD, line=share.line, amount=share.amount, award_line=line)
        for line, share in firm
        if share.amount
    ]
    if drafts:
        post(session, particulars, *drafts)
    else:
        note_event(session, EventKind.AWARD_RECORDED, award, particulars)
    if details.application is not None:
        _decide(details.application, details, particulars)
    return award


def _check(session: Session, details: AwardDetails, particulars: Particulars) -> None:
    check_date(session, particulars.on)
    if details.type not in (AwardType.GRANT, AwardType.CONTRACT):
        raise WrongStateError("Money is awarded as a grant or a contract. Choose one of them.", field="type")
    if not details.shares:
        raise NothingToDoError("Enter an amount for at least one budget line", field="amount")
    for share in details.shares:
        if particulars.batch is None:
            check_takes_new(share.line.fund, "award")
        if share.amount is not None:
            positive(share.amount)
    _check_reasons(details, particulars)


def _check_reasons(details: AwardDetails, particulars: Particulars) -> None:
    if particulars.batch is not None or clean(details.reasons):
        return
    application = details.application
    if application is None:
        raise ReasonMissingError("Enter the reasons: there is no application to read them from", field="reasons")
    if application.asked_for is not None and details.amount > application.asked_for:
        raise ReasonMissingError(
            f"{pounds(details.amount)} is more than the {pounds(application.asked_for)} asked for. Enter the reasons "
            "for awarding more, or enter less.",
            field="reasons",
        )


def make_award(session: Session, *, details: AwardDetails, particulars: Particulars) -> Award:
    """Write an award and its lines with nothing on them, for the verb that then posts to them."""
    award = draft_award(details=details, particulars=particulars, reference=_reference(session, details))
    session.add(award)
    session.flush()
    return award


def draft_award(*, details: AwardDetails, particulars: Particulars, reference: str, identifier: str = "") -> Award:
    """Make an award and its lines with nothing on them, under a reference that is free; it is not in the books yet."""
    asked = details.application.asked_for if details.application else details.asked_for
    not_below_zero(asked, "asked_for")
    award = Award(
        reference=reference, identifier=identifier, type=details.type, status=AwardStatus.AWARDED,
        fund=details.shares[0].line.fund if details.shares else None, organisation=root_of(details.recipient),
        application=details.application, follows_id=details.follows.id if details.follows else None,
        benefits=one_line(details.benefits), purpose=clean(details.purpose), reasons=clean(details.reasons),
        conditions=clean(details.conditions), legal_power=one_line(details.legal_power), notes=clean(details.notes),
        source_note=one_line(details.source_note), decision_reference=one_line(particulars.decision),
        objective=details.objective, area=details.area, awarded_on=particulars.on, starts_on=details.starts_on,
        ends_on=details.ends_on, asked_for=asked, date_doubt=particulars.date_doubt,
        amount_doubt=particulars.amount_doubt, batch_id=particulars.batch.id if particulars.batch else None,
    )  # fmt: skip
    for share in details.shares:
        waiting = share.amount if share.basis is Basis.SUBJECT_TO_FUNDING else None
        award.lines.append(AwardLine(budget_line=share.line, basis=share.basis, proposed=waiting))
    return award


def _reference(session: Session, details: AwardDetails) -> str:
    if details.reference:
        return references.free_award_reference(session, details.reference)
    if details.type is AwardType.IN_KIND:
        return references.next_gift(session)
    return references.next_award(session, details.shares[0].line.fund)


def _decide(application: Application, details: AwardDetails, particulars: Particulars) -> None:
    applications.check_waiting(application)
    application.reasons = clean(details.reasons)
    applications.record_decision(application, applications.how_answered(application, details.amount), particulars)


def settle(session: Session, *, line: AwardLine, amount: Pence, particulars: Particulars) -> Entry:
    """
    Give a line its money, in pence: one that waited for a year's funding, or whose value was not stated.

    Raises WrongStateError where it has its money, had it and was reversed, or the award is withdrawn,
    FundNotOpenError, DateRefusedError and NotEnoughLeftError.
    """
    check_not_undone(session, line)
    if line.last_entry:
        raise WrongStateError(f"{line.award.reference} has its money on this line already. Vary it instead.")
    if line.award.status is AwardStatus.WITHDRAWN:
        raise WrongStateError(f"{line.award.reference} is withdrawn, so nothing can be added to it.")
    check_takes_new(line.budget_line.fund, "award")
    check_not_before(line.award, particulars.on)
    positive(amount)
    draft = Draft(kind=Kind.AWARD, line=line.budget_line, amount=amount, award_line=line)
    (entry,) = post(session, particulars, draft)
    answer_again(session, line.award)
    return entry


def complete_award(session: Session, *, award: Award, particulars: Particulars) -> None:
    """Mark an award as seen to its end; raises WrongStateError while anything is to pay or to recover."""
    if award.status is not AwardStatus.AWARDED:
        raise WrongStateError(f"{award.reference} is {award.status.value} already.")
    open_lines = [line for line in award.lines if line.to_pay or line.to_recover or not line.last_entry]
    if open_lines and award.type is not AwardType.IN_KIND:
        raise WrongStateError(f"{award.reference} still has money to pay, to recover or to settle.")
    check_not_before(award, particulars.on)
    award.status = AwardStatus.COMPLETED
    note_event(session, EventKind.AWARD_COMPLETED, award, particulars)


def check_not_undone(session: Session, line: AwardLine) -> None:
    """Refuse to add to an award line whose award has been reversed: nothing of it stands that could be added to."""
    awarded = session.scalars(
        select(standing).where(Entry.award_line_id == line.id, Entry.kind == Kind.AWARD, Entry.reverses.is_(None))
    ).all()
    if awarded and not any(awarded):
        raise WrongStateError(
            f"What {line.award.reference} awarded has been reversed, so nothing can be added to it. Record a new "
            "award.",
            field="amount",
        )


def check_not_before(award: Award, on: date) -> None:
    """Refuse a step dated before the award that it belongs to."""
    if on < award.awarded_on:
        raise DateRefusedError(
            f"{award.reference} was awarded on {long_date(award.awarded_on)}. A change to it cannot be dated earlier.",
            field="on",
        )


def find_award(session: Session, reference: str) -> Award:
    """Give the award with a reference, in any case; raises NotFoundRefusal."""
    wanted = func.lower(Award.reference) == reference.strip().lower()
    award = session.scalar(select(Award).where(wanted).options(*_WITH_IT))
    if award is None:
        raise NotFoundRefusal(f"There is no award with the reference {one_line(reference)}.")
    return award
