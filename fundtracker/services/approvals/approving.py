"""Approving: another person's yes, by the rule of the day, with which what was asked is posted in one transaction."""

from sqlalchemy.orm import Session

from fundtracker.domain.approvals import Approver, Post, StepKind, Subject, approving_post
from fundtracker.domain.money import Pence
from fundtracker.domain.roles import POWERS, Actor, Power
from fundtracker.domain.years import today
from fundtracker.services.absences import acting_for
from fundtracker.services.approvals.asking import check_unsettled, keep_step, new_step
from fundtracker.services.approvals.figures import measure
from fundtracker.services.approvals.hands import hands_in
from fundtracker.services.approvals.proposals import Proposal, proposal_of
from fundtracker.services.approvals.verbs import carry_out
from fundtracker.services.posting import take_book
from fundtracker.store.approvals import ApprovalRequest, ApprovalStep
from fundtracker.store.people import Person


def approve(
    session: Session, *, request: ApprovalRequest, approver: Approver, words: str = "", interests: str = ""
) -> ApprovalStep:
    """
    Approve a request and post what it asks for, guarded as the books stand now; its entries are its asker's.

    Keeps the figure, the balance seen and the rule used (domain rule: every approval does). Raises
    ApprovalRefusedError, SettledAlreadyError, and what the verb itself refuses; nothing is then recorded.
    """
    check_unsettled(session, request, approver.actor)
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
    return keep_step(session, request, step)


def left_in(proposal: Proposal) -> Pence:
    """Give what the funds of a proposal have left to award now, in pence."""
    return Pence(sum(line.remaining for fund in proposal.funds for line in fund.lines))


def comments_on(request: ApprovalRequest) -> frozenset[Subject]:
    """Give the subjects on which somebody has commented who did not ask."""
    others = (step for step in request.steps if step.kind is StepKind.COMMENTED)
    return frozenset(step.subject for step in others if step.made_by_id != request.made_by_id)


def approver_of(session: Session, person_id: int) -> Approver:
    """Give the posts in which somebody decides today: their own, and those of people they stand in for."""
    person = session.get_one(Person, person_id)
    own = [Post(role) for role in sorted(person.roles)]
    theirs = [
        Post(role, Actor(away.name, away.id))
        for away in acting_for(session, person_id, today())
        for role in sorted(away.roles & POWERS[Power.APPROVE])
    ]
    return Approver(Actor(person.name, person.id), tuple(own + theirs))
