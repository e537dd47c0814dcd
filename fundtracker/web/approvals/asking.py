"""Asking another person: a form whose answers are checked, and then sent for approval in place of being recorded."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.money import pounds
from fundtracker.services.approvals.asking import Page, ask
from fundtracker.services.approvals.figures import measure
from fundtracker.services.approvals.proposals import Proposal
from fundtracker.services.approvals.verbs import carry_out
from fundtracker.web.approvals.again import followed
from fundtracker.web.forms.base import Form
from fundtracker.web.once import KEY, Recorded
from fundtracker.web.seen import SEEN
from fundtracker.web.steps import Context, check_then_record

_NOT_ANSWERS = frozenset({KEY, SEEN, "csrf_token", "step"})
Propose = Callable[[Session], Proposal]


@dataclass(frozen=True)
class Note:
    """What a page to check answers says of the approval that they wait for, and the words of its button."""

    says: str
    button: str


def check_then_ask(
    form: Form,
    *,
    page: str,
    check_page: str,
    propose: Propose,
    context: Context = dict,
    after: Callable[[Session], object] | None = None,
) -> ResponseReturnValue:
    """
    Show a form, then its answers with who has to approve them, then send them for approval once.

    What is proposed is carried out and taken back each time, so that every refusal of the books is met by the person
    who asks; `after` reads the figures as they then are. It is guarded again when it is approved.
    """

    def rehearsed(session: Session) -> None:
        g.approval_note = _rehearse(session, propose(session))
        if after is not None:
            after(session)

    def record(session: Session) -> Recorded:
        return sent(session, propose(session))

    return check_then_record(
        form, page=page, check_page=check_page, record=record, context=context, rehearsed=rehearsed
    )


def _rehearse(session: Session, proposal: Proposal) -> Note:
    measured = measure(session, proposal)
    carry_out(session, proposal)
    return Note(
        f"It waits for another person. {measured.band.says(measured.figure)}. Nothing moves before that.",
        f"Send {pounds(proposal.amount)} for approval" if proposal.amount else "Send it for approval",
    )


def sent(session: Session, proposal: Proposal) -> Recorded:
    """Ask for the approval of a proposal, and go on to the request."""
    answers = [(name, value) for name, values in request.form.lists() if name not in _NOT_ANSWERS for value in values]
    shown = Page(address=request.path, answers=answers)
    asked = ask(session, proposal=proposal, page=shown, follows=followed(session))
    return Recorded(url_for("approvals.show", number=asked.id), f"Sent for approval: {asked.title}. Nothing has moved.")


def approval_note() -> Note | None:
    """Give what the page to check answers in hand says of an approval, where its answers wait for one."""
    note: Note | None = g.get("approval_note")
    return note
