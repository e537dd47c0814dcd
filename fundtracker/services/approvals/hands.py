"""Hands: who had one in an award or in what is asked, by person, whatever post they held then or hold now."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.approvals import ApprovalKind, StepKind
from fundtracker.services.approvals.proposals import Proposal
from fundtracker.services.assessing.scores import assessments_of
from fundtracker.store.approvals import ApprovalRequest, ApprovalStep


def hands_in(session: Session, request: ApprovalRequest, proposal: Proposal) -> frozenset[int]:
    """
    Give the people who had a hand in what is asked: who asked, who assessed the application, who decided what is paid.

    Nobody approves an award that they assessed, or pays one that they decided.
    """
    hands = {request.made_by_id}
    if proposal.application is not None:
        hands |= {one.made_by_id for one in assessments_of(session, proposal.application)}
    if proposal.kind is ApprovalKind.PAYMENT:
        awards = (draft.award_line.award_id for draft in proposal.drafts if draft.award_line)
        hands |= who_decided(session, awards)
    return frozenset(key for key in hands if key is not None)


def who_decided(session: Session, awards: Iterable[int]) -> frozenset[int]:
    """Give the people who asked for awards, or for changes to what they are worth, and who approved them."""
    rows = (
        select(ApprovalRequest.made_by_id, ApprovalStep.made_by_id)
        .join(ApprovalStep.request)
        .where(
            ApprovalStep.award_id.in_(list(awards)),
            ApprovalStep.kind == StepKind.APPROVED,
            ApprovalRequest.kind != ApprovalKind.PAYMENT,
        )
    )
    return frozenset(key for pair in session.execute(rows) for key in pair if key is not None)
