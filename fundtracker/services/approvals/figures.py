"""The figure that decides who approves: what an award is worth in all, with what else its recipient has of the fund."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.approvals import ApprovalKind, Band, band_for
from fundtracker.domain.money import ZERO, Pence, pounds
from fundtracker.domain.statuses import AwardType
from fundtracker.domain.years import first_day, last_day, today, year_of
from fundtracker.services.approvals.limits import limits_of, limits_row, name_of
from fundtracker.services.approvals.proposals import Proposal
from fundtracker.services.organisations import root_of, roots
from fundtracker.store.approvals import ApprovalLimits
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import BudgetLine
from fundtracker.store.organisations import Organisation

_BY_WORTH = (ApprovalKind.AWARD, ApprovalKind.VARIATION)


@dataclass(frozen=True)
class Measured:
    """What a proposal comes to for its approval, in pence: itself, and what is added so that splitting is no way."""

    own: Pence
    others: Pence
    band: Band
    limits: ApprovalLimits | None

    @property
    def figure(self) -> Pence:
        """Give the figure that decides, in pence."""
        return Pence(self.own + self.others)

    @property
    def rule(self) -> str:
        """Say the rule that was used, with its limits."""
        added = f", with {pounds(self.others)} awarded to it before" if self.others else ""
        return f"{self.band.says(self.figure)}{added} ({name_of(self.limits)})"


def measure(session: Session, proposal: Proposal) -> Measured:
    """Work out, as the books stand now, what decides who approves a proposal."""
    own, others = own_worth(proposal), ZERO
    recipient = proposal.payee
    if recipient is not None and proposal.kind in _BY_WORTH:
        day = proposal.award.awarded_on if proposal.award else proposal.particulars.on
        funds = [fund.id for fund in proposal.funds]
        others = worth_of_others(session, recipient, funds, day, but=proposal.award)
    row = limits_row(session, today())
    band = band_for(proposal.kind, Pence(own + others), limits_of(row))
    return Measured(own, others, band, row)


def own_worth(proposal: Proposal) -> Pence:
    """Give what the award is worth in all, before or after, whichever is more; else what the movement comes to."""
    if proposal.award is None:
        return Pence(proposal.worth or proposal.amount)
    if not proposal.worth:
        return proposal.amount
    before = worth(proposal.award.lines)
    return Pence(max(before, before + proposal.worth))


def worth(lines: Iterable[AwardLine]) -> int:
    """Give what award lines are worth in all, in pence, what still waits for its funding included."""
    return sum(line.awarded if line.last_entry else line.proposed or 0 for line in lines)


def worth_of_others(
    session: Session, recipient: Organisation, funds: Iterable[int], day: date, *, but: Award | None
) -> Pence:
    """Add up what one organisation, with what was merged into it, was awarded from some funds in a day's year."""
    root, year = root_of(recipient).id, year_of(day)
    same = [root, *(child for child, parent in roots(session).items() if parent == root)]
    awards = (
        select(AwardLine)
        .join(AwardLine.award)
        .join(AwardLine.budget_line)
        .where(
            Award.organisation_id.in_(same), BudgetLine.fund_id.in_(list(funds)),
            Award.type.in_((AwardType.GRANT, AwardType.CONTRACT)),
            Award.awarded_on.between(first_day(year), last_day(year)), Award.id != (but.id if but else 0),
        )
    )  # fmt: skip
    return Pence(worth(session.scalars(awards)))
