"""Approving: another person's yes, by the rule of the day, with which what was asked is posted in one transaction."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.approvals import ApprovalKind, Approver, Post, StepKind, approving_post
from fundtracker.domain.money import Pence
from fundtracker.domain.roles import Actor
from fundtracker.domain.years import today
from fundtracker.services.approvals.asking import check_unsettled, new_step
from fundtracker.services.approvals.figures import measure
from fundtracker.services.approvals.proposals import Proposal, proposal_of
from fundtracker.services.approvals.verbs import carry_out
from fundtracker.services.posting import take_book
from fundtracker.store.approvals import ApprovalRequest, ApprovalStep
from fundtracker.store.people import Absence, Person


def approve(
    session: Session, *, request: ApprovalRequest, approver: Approver, words: str = "", interests: str = ""
) -> ApprovalStep:
    """
    Approve a request and post what it asks for, guarded as the books stand now; its entries are its asker's.

    Keeps the figure, the balance seen and the rule used (domain rule: every approval does). Raises
    ApprovalRefusedError, SettledAlreadyError, and what the verb itself refuses; nothing is then recorded.
    """
    check_unsettled(session, request)
    proposal = proposal_of(session, request)
    measured, said = measure(session, proposal), comments_on(request)
    post = approving_post(measured.band, approver, hands=hands_in(session, request, proposal), said=said)
    step = new_step(request, StepKind.APPROVED, approver.actor, words)
    step.post, step.acting_for = post.role.value, post.acting_for.name if post.acting_for else ""
    step.rule, step.figure, step.interests = measured.rule, measured.figure, interests
    step.limits_id = measured.limits.id if measured.limits else None
    step.balance = left_in(proposal)
    before = take_book(session)
    step.award = carry_out(session, proposal) or request.award
    last = take_book(session)
    if last > before:
        step.first_entry, step.last_entry = before + 1, last
    session.add(step)
    session.flush()
    return step


def left_in(proposal: Proposal) -> Pence:
    """Give what the funds of a proposal have left to award now, in pence."""
    return Pence(sum(line.remaining for fund in proposal.funds for line in fund.lines))


def comments_on(request: ApprovalRequest) -> frozenset[str]:
    """Give the subjects on which somebody has commented who did not ask."""
    others = (step for step in request.steps if step.kind is StepKind.COMMENTED)
    return frozenset(step.subject for step in others if step.made_by_id != request.made_by_id)


def hands_in(session: Session, request: ApprovalRequest, proposal: Proposal) -> frozenset[int]:
    """Give the people who had a hand in what is asked: its asker and, of a payment, those who decided its award."""
    hands = {request.made_by_id} - {None}
    if proposal.kind is ApprovalKind.PAYMENT:
        awards = (draft.award_line.award_id for draft in proposal.drafts if draft.award_line)
        hands |= who_decided(session, awards)
    return frozenset(key for key in hands if key is not None)


def who_decided(session: Session, awards: Iterable[int]) -> frozenset[int]:
    """Give the people who asked for awards, or for changes to what they are worth, and who approved them."""
    rows = (
        select(ApprovalRequest.made_by_id, ApprovalStep.made_by_id)
        .join(ApprovalStep.request)
        .where(ApprovalStep.award_id.in_(list(awards)), ApprovalStep.kind == StepKind.APPROVED, ApprovalRequest.kind != ApprovalKind.PAYMENT)
    )
    return frozenset(key for pair in session.execute(rows) for key in pair if key is not None)


def approver_of(session: Session, person_id: int) -> Approver:
    """Give the posts in which somebody may approve today: their own, and those of people they stand in for."""
    person = session.get_one(Person, person_id)
    day = today()
    away = (
        select(Absence)
        .where(Absence.deputy_id == person_id, Absence.undone_at.is_(None))
        .where(Absence.from_on <= day, Absence.until_on >= day)
        .order_by(Absence.id)
    )
    own = [Post(role) for role in sorted(person.roles)]
    theirs = [
        Post(role, Actor(absence.person.name, absence.person_id))
        for absence in session.scalars(away)
        for role in sorted(absence.person.roles)
    ]
    return Approver(Actor(person.name, person.id), tuple(own + theirs))
