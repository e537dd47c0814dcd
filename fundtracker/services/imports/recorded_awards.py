"""Recording a workbook's awards, the payments made on them, and its bids."""

from dataclasses import replace

from fundtracker.domain.statuses import AwardType, Doubt
from fundtracker.domain.text import match_key
from fundtracker.services.awards import AwardDetails, Share, record_award
from fundtracker.services.bids import BidDetails, record_bid
from fundtracker.services.gifts import record_gift
from fundtracker.services.imports.outcome import At
from fundtracker.services.imports.planned_awards import AwardPart, AwardPlan
from fundtracker.services.imports.understood import BidStated
from fundtracker.services.imports.work import Work
from fundtracker.services.organisations import OrganisationDetails, add_organisation
from fundtracker.services.payments import pay
from fundtracker.services.posting import Particulars
from fundtracker.store.awards import AwardLine
from fundtracker.store.organisations import Organisation


def record_planned_award(work: Work, plan: AwardPlan) -> None:
    """Record an award or a gift in kind, and what was paid on it."""
    if plan.on is None:
        return
    stated = plan.stated
    particulars = Particulars(
        on=plan.on, by=work.by, narrative=stated.purpose, decision=stated.decision, batch=work.batch,
        date_doubt=plan.date_doubt, amount_doubt=_amount_doubt(plan),
    )  # fmt: skip
    details = _details(work, plan)
    if stated.type is AwardType.IN_KIND:
        fund = plan.parts[0].fund.fund if plan.parts[0].fund else None
        record_gift(
            work.session, details=details, particulars=particulars, fund=fund, estimated_value=stated.amount or None
        )
        return
    award = record_award(work.session, details=details, particulars=particulars)
    for part, line in zip(plan.parts, award.lines, strict=True):
        _pay(work, part, line, particulars)


def _amount_doubt(plan: AwardPlan) -> Doubt:
    """Carry the doubt of any row of an award, for its amount is all of them."""
    return next((part.stated.amount_doubt for part in plan.parts if part.stated.amount_doubt), Doubt.NONE)


def record_planned_bid(work: Work, at: At, stated: BidStated) -> None:
    """Record a bid; one that awaits its outcome and states no date takes the date of rows without one."""
    undated = stated.submitted_on is None and stated.status.awaiting
    details = BidDetails(
        title=stated.title, funder=stated.funder, status=stated.status, sought=stated.sought,
        national_pot=stated.national_pot, submitted_on=work.outcome.undated if undated else stated.submitted_on,
        date_doubt=Doubt.NOT_STATED if undated else Doubt.NONE, outcome_expected=stated.outcome_expected,
        partners=stated.partners, notes=stated.notes, source_note=stated.source_note,
    )  # fmt: skip
    record_bid(work.session, details=details, particulars=work.today())


def _details(work: Work, plan: AwardPlan) -> AwardDetails:
    stated = plan.stated
    lines = [(part.line.line, part.stated.amount) for part in plan.parts if part.line]
    shares = tuple(Share(line=line, amount=amount) for line, amount in lines if line is not None)
    return AwardDetails(
        recipient=_recipient(work, plan), type=stated.type, reference=stated.reference,
        shares=shares if stated.type is not AwardType.IN_KIND else (),
        benefits=stated.benefits, purpose=stated.purpose, reasons=stated.reasons, conditions=stated.conditions,
        legal_power=stated.legal_power, notes=stated.notes, source_note=stated.source_note,
        objective=work.objective(stated.objective), area=work.area(stated.area), starts_on=stated.starts_on,
        ends_on=stated.ends_on, asked_for=stated.asked_for,
    )  # fmt: skip


def _recipient(work: Work, plan: AwardPlan) -> Organisation:
    """Give the organisation that an award names, added and reported where no sheet and no book has it."""
    key = match_key(plan.stated.organisation)
    if key not in work.organisations:
        details = OrganisationDetails(name=plan.stated.organisation, stands_for_several=plan.stated.stands_for_several)
        work.organisations[key] = add_organisation(work.session, details=details, particulars=work.today())
        work.outcome.new_organisations.append(plan.stated.organisation)
    return work.organisations[key]


def _pay(work: Work, part: AwardPart, line: AwardLine, particulars: Particulars) -> None:
    paid = part.stated.paid
    amount = (paid.amount or part.stated.amount) if paid else None
    if paid is None or amount is None:
        return
    particulars = replace(
        particulars, on=paid.on or particulars.on, decision="",
        date_doubt=Doubt.NONE if paid.on else particulars.date_doubt,
        amount_doubt=Doubt.NONE if paid.amount else part.stated.amount_doubt,
    )  # fmt: skip
    pay(work.session, line=line, amount=amount, particulars=particulars)
