"""Letters of an award: what its offer letter and its agreement say, read from the books as they are now."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import WrongStateError
from fundtracker.domain.statuses import AwardType
from fundtracker.domain.terms import LetterKind
from fundtracker.domain.years import today
from fundtracker.services.instalments import slots_of
from fundtracker.services.moves import terms_of
from fundtracker.services.office import find_office
from fundtracker.services.returns import check_asks
from fundtracker.store.awards import Award
from fundtracker.store.returns import MonitoringReturn
from fundtracker.store.terms import Agreement, AwardCondition


@dataclass(frozen=True, kw_only=True)
class Letter:
    """
    Everything that a letter of an award may say; days are None, and words empty, where the books do not state them.

    `amount` is in pence, None where the award has no value yet; `instalments` are days with their pence.
    """

    kind: LetterKind
    on: date
    office: str
    reference: str
    organisation: str
    address: str
    contact: str
    benefits: str
    purpose: str
    fund: str
    funder: str
    amount: Pence | None
    awarded_on: date
    starts_on: date | None
    ends_on: date | None
    accept_by: date | None
    decision: str
    power: str
    conditions: tuple[str, ...]
    returns: tuple[tuple[str, date], ...]
    instalments: tuple[tuple[date, Pence], ...]


def letter_of(session: Session, *, award: Award, kind: LetterKind) -> Letter:
    """Read what a letter of an award says; raises WrongStateError for one that has no letters."""
    check_asks(award)
    if award.type is AwardType.IN_KIND:
        raise WrongStateError(f"{award.reference} is a gift in kind: no money is offered, so it has no letters.")
    firm = [line for line in award.lines if line.last_entry]
    slots = slots_of(session, firm) if firm else []
    offers = terms_of(session, Agreement, award.id)
    returns = terms_of(session, MonitoringReturn, award.id)
    return Letter(
        kind=kind, on=today(), office=find_office(session).name, reference=award.reference,
        organisation=award.organisation.name, address=award.organisation.address,
        contact=award.organisation.contact, benefits=award.benefits, purpose=award.purpose,
        fund=award.fund.name if award.fund else "", funder=award.fund.funder if award.fund else "",
        amount=Pence(sum(line.awarded for line in firm)) if firm else None, awarded_on=award.awarded_on,
        starts_on=award.starts_on, ends_on=award.ends_on, accept_by=offers[-1].accept_by if offers else None,
        decision=award.decision_reference, power=award.legal_power, conditions=_conditions(session, award),
        returns=tuple((one.about, one.due_on) for one in returns),
        instalments=tuple((slot.due_on, slot.amount) for slot in slots if slot.amount),
    )  # fmt: skip


def _conditions(session: Session, award: Award) -> tuple[str, ...]:
    """Give the conditions in the award's own words, and those that are followed up one by one, each once."""
    said = [line.strip() for line in award.conditions.splitlines() if line.strip()]
    set_ = [one.says for one in terms_of(session, AwardCondition, award.id)]
    return tuple(dict.fromkeys([*said, *set_]))
