"""Asking for an approval, saying something of a request, and the steps that settle it without moving money."""

import json
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from fundtracker.domain.approvals import (
    COMMENTS,
    ApprovalKind,
    ApprovalRefusedError,
    Approver,
    SettledAlreadyError,
    StepKind,
    Subject,
    may_decide,
)
from fundtracker.domain.money import pounds
from fundtracker.domain.refusals import NotFoundRefusal, ReasonMissingError
from fundtracker.domain.roles import Actor
from fundtracker.domain.text import clean, one_line
from fundtracker.domain.years import now, today
from fundtracker.services.approvals.figures import measure
from fundtracker.services.approvals.limits import limits_of, limits_row
from fundtracker.services.approvals.proposals import Proposal, packed, proposal_of
from fundtracker.services.interests import check_free
from fundtracker.services.posting import take_book
from fundtracker.store.approvals import ApprovalRequest, ApprovalStep

LARGEST_NUMBER = 2**63 - 1
_SETTLING = {StepKind.DECLINED: "declined", StepKind.SENT_BACK: "sent back"}


@dataclass(frozen=True, kw_only=True)
class Page:
    """The page that asked: its address, and its answers as they were typed, so that they can be changed there."""

    address: str = ""
    answers: list[tuple[str, str]] = field(default_factory=list)


def ask(
    session: Session, *, proposal: Proposal, page: Page | None = None, follows: ApprovalRequest | None = None
) -> ApprovalRequest:
    """
    Ask for an approval; nothing moves. One that was sent back is asked again by naming it in `follows`.

    Raises ApprovalRefusedError for what no person asks, SettledAlreadyError where the same thing waits already.
    """
    take_book(session)
    by = proposal.particulars.by
    if by.person_id is None:
        raise ApprovalRefusedError("Money is moved by two people who sign in. This was not asked by one of them.")
    check_no_interest(session, proposal, by)
    _check_waits_once(session, proposal)
    _check_follows(follows, by)
    shown = page or Page()
    request = ApprovalRequest(
        kind=proposal.kind, verb=proposal.verb, title=proposal.title, amount=proposal.amount,
        figure=measure(session, proposal).figure, fund=proposal.fund, award=proposal.award,
        application_id=proposal.application.id if proposal.application else None,
        follows_id=follows.id if follows else None, reason=clean(proposal.reason), details=packed(proposal),
        told=json.dumps([list(pair) for pair in proposal.told]), address=shown.address,
        answers=json.dumps(shown.answers), made_at=now(), made_by=by.name, made_by_id=by.person_id,
    )  # fmt: skip
    session.add(request)
    session.flush()
    return request


def _check_waits_once(session: Session, proposal: Proposal) -> None:
    """Refuse a second award of an application, or the same change of an award, while the first waits."""
    if proposal.application is not None:
        same = ApprovalRequest.application_id == proposal.application.id
        what = f"An award to {proposal.application.reference}"
    elif proposal.award is not None and proposal.kind is not ApprovalKind.PAYMENT:
        same = (ApprovalRequest.award_id == proposal.award.id) & (ApprovalRequest.kind == proposal.kind)
        what = f"A {proposal.kind.value} of {proposal.award.reference}"
    else:
        return
    first = session.scalars(select(ApprovalRequest).where(same, unsettled())).first()
    if first is not None:
        raise SettledAlreadyError(
            f"{what} waits for approval already: {pounds(first.amount)}, asked by {first.made_by}. It is withdrawn or "
            "decided first."
        )


def unsettled() -> ColumnElement[bool]:
    """Say of requests, in SQL, that nobody has settled them."""
    settles = select(ApprovalStep.id).where(
        ApprovalStep.request_id == ApprovalRequest.id, ApprovalStep.kind != StepKind.COMMENTED
    )
    return ~settles.exists()


def _check_follows(follows: ApprovalRequest | None, by: Actor) -> None:
    if follows is None:
        return
    settled = follows.settled
    if follows.made_by_id != by.person_id or settled is None or settled.kind is not StepKind.SENT_BACK:
        raise ApprovalRefusedError("Only what was sent back is asked again, by the person who asked for it.")


def find_request(session: Session, number: int) -> ApprovalRequest:
    """Give the request of a number; raises NotFoundRefusal."""
    request = session.get(ApprovalRequest, number) if number <= LARGEST_NUMBER else None
    if request is None:
        raise NotFoundRefusal(f"There is no request number {number}.")
    return request


def check_no_interest(session: Session, proposal: Proposal, by: Actor) -> None:
    """Refuse whoever declared an interest in whom the money is for; raises InterestDeclaredError."""
    if proposal.payee is not None:
        check_free(session, by.person_id, organisation=proposal.payee, application=proposal.application)


def check_unsettled(session: Session, request: ApprovalRequest, by: Actor) -> None:
    """
    Take the book, then refuse a request that somebody has settled, and whoever declared an interest in it.

    Raises SettledAlreadyError and InterestDeclaredError.
    """
    take_book(session)
    session.refresh(request, ["steps"])
    settled = request.settled
    if settled is not None:
        raise SettledAlreadyError(f"This was {settled.kind.value} by {settled.made_by} already. Nothing was done.")
    check_no_interest(session, proposal_of(session, request), by)


def comment(session: Session, *, request: ApprovalRequest, approver: Approver, words: str, subject: Subject) -> None:
    """Say something of a request; a financial or legal comment is its own post's, and never of whoever asked."""
    check_unsettled(session, request, approver.actor)
    post = None
    if subject in COMMENTS:
        hands = frozenset({request.made_by_id or 0})
        post = approver.post_in(frozenset({COMMENTS[subject]}), but_for=hands)
        if post is None or approver.actor.person_id in hands:
            raise ApprovalRefusedError(
                f"A {subject.value} comment is made by the {COMMENTS[subject]}, who did not ask."
            )
    step = new_step(request, StepKind.COMMENTED, approver.actor, _said(words, "Enter the comment"))
    step.subject = subject
    if post is not None:
        step.post, step.acting_for = post.role.value, post.acting_for.name if post.acting_for else ""
    keep_step(session, request, step)


def turn_down(
    session: Session, *, request: ApprovalRequest, approver: Approver, words: str, kind: StepKind
) -> ApprovalStep:
    """Decline a request or send it back with words; raises ApprovalRefusedError for whoever asked for it."""
    check_unsettled(session, request, approver.actor)
    if approver.actor.person_id in (None, request.made_by_id):
        raise ApprovalRefusedError("You asked for this, so another person decides it. You may withdraw it.")
    if not may_decide(request.kind, approver, limits_of(limits_row(session, today()))):
        raise ApprovalRefusedError(f"None of your posts decides on a {request.kind.value}.")
    said = _said(words, f"Enter why it is {_SETTLING[kind]}: the person who asked reads it")
    step = new_step(request, kind, approver.actor, said)
    return keep_step(session, request, step)


def withdraw(session: Session, *, request: ApprovalRequest, by: Actor, words: str) -> None:
    """Take a request back before anybody has decided it; raises ApprovalRefusedError for anybody else's."""
    check_unsettled(session, request, by)
    if by.person_id is None or by.person_id != request.made_by_id:
        raise ApprovalRefusedError(f"{request.made_by} asked for this, and withdraws it.")
    keep_step(session, request, new_step(request, StepKind.WITHDRAWN, by, one_line(words)))


def new_step(request: ApprovalRequest, kind: StepKind, by: Actor, words: str) -> ApprovalStep:
    """Make a step with a request that is not in the books yet."""
    return ApprovalStep(
        request_id=request.id, kind=kind, words=clean(words), made_at=now(), made_by=by.name, made_by_id=by.person_id
    )


def keep_step(session: Session, request: ApprovalRequest, step: ApprovalStep) -> ApprovalStep:
    """Put a step in the books, where the request's steps are read anew."""
    session.add(step)
    session.flush()
    session.expire(request, ["steps"])
    return step


def _said(words: str, missing: str) -> str:
    if not one_line(words):
        raise ReasonMissingError(missing, field="words")
    return words
