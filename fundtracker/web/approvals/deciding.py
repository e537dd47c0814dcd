"""Deciding on a request: approving it, declining it or sending it back; a comment on it; and taking it back."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.approvals import StepKind, Subject
from fundtracker.domain.money import pounds
from fundtracker.services.approvals import asking
from fundtracker.services.approvals.approving import approve, approver_of
from fundtracker.services.approvals.proposals import proposal_of
from fundtracker.services.interests import interests_said
from fundtracker.store.approvals import ApprovalRequest, ApprovalStep
from fundtracker.store.awards import Payment
from fundtracker.store.books import Entry
from fundtracker.web.approvals.page import about
from fundtracker.web.blueprints import approvals as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, LongTextField, RadioField, TextField
from fundtracker.web.once import Recorded
from fundtracker.web.seen import check_awards_stand, check_funds_stand
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

APPROVE = "approve"
_FUND_VERBS = frozenset({"allow", "transfer", "carry forward"})


class DecideForm(Form):
    """What is decided on a request, and why."""

    answer = RadioField(
        "What do you decide?",
        required="Choose what you decide",
        choices={
            APPROVE: "Approve it",
            StepKind.SENT_BACK.value: "Send it back, to be changed and sent again",
            StepKind.DECLINED.value: "Decline it",
        },
    )
    words = LongTextField("Words with it", hint="Needed where you send it back or decline it.")
    interests = TextField("Interests declared", longest=1_000)


class CommentForm(Form):
    """Something said of a request."""

    subject = RadioField(
        "What it is about",
        required="Choose what it is about",
        choices={
            Subject.FINANCIAL.value: "Finance: the chief finance officer’s comment",
            Subject.LEGAL.value: "Law: the chief executive’s comment, with the office’s advice",
            Subject.PLAIN.value: "Something else",
        },
    )
    words = LongTextField("Comment", required="Enter the comment")


class WithdrawForm(Form):
    """Why a request is taken back."""

    words = LongTextField("Reason")


@pages.route("/approvals/<int:number>/decide", methods=["GET", "POST"])
def decide(number: int) -> ResponseReturnValue:
    """Show a request with the decision beside it, and take the decision."""
    facts = about(reading(), number)
    if request.method == "GET" and not facts["may_decide"]:
        return redirect(url_for("approvals.show", number=number))
    payee, application = facts["proposal"].payee, facts["proposal"].application
    declared = interests_said(reading(), organisation=payee, application=application) if payee else "None declared."
    form = DecideForm(interests=declared)

    def record(session: Session) -> Recorded:
        asked = asking.find_request(session, number)
        approver = approver_of(session, this_person().person_id)
        if form.answer.data != APPROVE:
            kind = StepKind(form.answer.data)
            asking.turn_down(session, request=asked, approver=approver, words=form.words.data, kind=kind)
            return Recorded(url_for("approvals.index"), f"{kind.value.capitalize()}: {asked.title}. Nothing has moved.")
        if asked.settled is None:
            check_funds_stand(session, proposal_of(session, asked).funds)
            check_awards_stand(session, [asked.award] if asked.award else [])
        step = approve(session, request=asked, approver=approver, words=form.words.data, interests=form.interests.data)
        return Recorded(_confirmation(session, asked, step), f"Approved: {asked.title}, {pounds(asked.amount)}.")

    def context() -> dict[str, Any]:
        return about(reading(), number)

    return record_form(form, page="approvals/decide.html", record=record, context=context)


def _confirmation(session: Session, asked: ApprovalRequest, step: ApprovalStep) -> str:
    """Give the page that confirms what an approval posted."""
    if asked.verb == "award" and step.award is not None:
        return url_for("awards.recorded", ref=step.award.reference)
    if step.first_entry is None or step.last_entry is None:
        return url_for("approvals.show", number=asked.id)
    if asked.verb in _FUND_VERBS:
        return url_for("funds.recorded", ref=asked.fund.reference, entry=step.first_entry)
    posted = [session.get_one(Entry, number) for number in range(step.first_entry, step.last_entry + 1)]
    if asked.verb == "pay" and len(posted) == 1:
        return url_for("payments.recorded", ref=session.get_one(Payment, posted[0].payment_id).reference)
    if asked.verb == "pay":
        return url_for("payments.run_recorded", first=step.first_entry, last=step.last_entry)
    undone = proposal_of(session, asked).details.get("entry")
    own = [entry.number for entry in posted if undone and undone in (entry.reverses, entry.replaces)]
    return url_for("entries.recorded", number=own[-1] if own else step.last_entry)


@pages.route("/approvals/<int:number>/comment", methods=["GET", "POST"])
def comment(number: int) -> ResponseReturnValue:
    """Say something of a request: a financial or legal comment is asked for with large sums."""
    form = CommentForm()

    def record(session: Session) -> Recorded:
        asked = asking.find_request(session, number)
        approver, subject = approver_of(session, this_person().person_id), Subject(form.subject.data)
        asking.comment(session, request=asked, approver=approver, words=form.words.data, subject=subject)
        return Recorded(url_for("approvals.show", number=number), "Your comment stands beside the request.")

    return record_form(form, page="approvals/comment.html", record=record, context=lambda: about(reading(), number))


@pages.route("/approvals/<int:number>/withdraw", methods=["GET", "POST"])
def withdraw(number: int) -> ResponseReturnValue:
    """Take a request back before it is decided."""
    form = WithdrawForm()

    def record(session: Session) -> Recorded:
        asked = asking.find_request(session, number)
        asking.withdraw(session, request=asked, by=this_person().actor, words=form.words.data)
        return Recorded(url_for("approvals.index"), f"Withdrawn: {asked.title}. Nothing has moved.")

    return record_form(form, page="approvals/withdraw.html", record=record, context=lambda: about(reading(), number))
