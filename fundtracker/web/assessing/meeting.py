"""A meeting: several applications to one fund decided on one page, each award then waiting for its approval."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import NothingToDoError, Refusal
from fundtracker.domain.years import today
from fundtracker.services.applications import decline, find_application
from fundtracker.services.approvals.asking import Page, ask
from fundtracker.services.approvals.awarding import propose_award
from fundtracker.services.approvals.proposals import Proposal
from fundtracker.services.approvals.verbs import carry_out
from fundtracker.services.assessing.ranking import Ranked, rank
from fundtracker.services.awards import AwardDetails, Share
from fundtracker.services.funds import find_fund
from fundtracker.store.applications import Application
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.web.assessing.ranking import score_words
from fundtracker.web.blueprints import assessing as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, Form, PenceField, RadioField, TextField
from fundtracker.web.once import Recorded
from fundtracker.web.particulars import particulars_of
from fundtracker.web.steps import check_then_record

AWARD, DECLINE, LEAVE = "award", "decline", "leave"
ANSWERS = {LEAVE: "Leave it", AWARD: "Award", DECLINE: "Decline"}


class MeetingForm(Form):
    """When the meeting was, and the decision that it made; each application adds its answer, amount and reasons."""

    on = DateField("Date of the meeting", required="Enter the date of the meeting", past=True)
    decision = TextField("Decision reference", longest=100)
    line = RadioField("Budget line", choices={}, required="Choose the budget line")


@dataclass(frozen=True)
class Answer:
    """What the meeting said of one application; the amount is in pence."""

    ranked: Ranked
    what: str
    amount: Pence | None
    reasons: str


@pages.route("/funds/<path:ref>/meeting", methods=["GET", "POST"])
def meeting(ref: str) -> ResponseReturnValue:
    """Decide several applications to a fund at once, as one meeting did."""
    fund = find_fund(reading(), ref)
    ranked = rank(reading(), fund)
    form = _form(fund, ranked)

    def record(session: Session) -> Recorded:
        return _record(session, *_decide(session, ref, form, ranked), ref)

    def rehearsed(session: Session) -> None:
        by_case = {one.ranked.case.reference: one for one in _answers(form, ranked)}
        for proposal in _decide(session, ref, form, ranked)[0]:
            with _named(by_case[cast(Application, proposal.application).reference]):
                carry_out(session, proposal)

    def context() -> dict[str, Any]:
        return _context(find_fund(reading(), ref), form, ranked)

    return check_then_record(
        form, page="assessing/meeting.html", check_page="assessing/meeting_check.html", record=record,
        context=context, rehearsed=rehearsed,
    )  # fmt: skip


def _record(session: Session, proposals: list[Proposal], declined: int, ref: str) -> Recorded:
    for proposal in proposals:
        decides = url_for("applications.decide", ref=cast(Application, proposal.application).reference)
        ask(session, proposal=proposal, page=Page(address=decides))
    where = url_for("approvals.index") if proposals else url_for("assessing.ranking", ref=ref)
    return Recorded(where, _says(len(proposals), declined))


def _context(fund: Fund, form: MeetingForm, ranked: list[Ranked]) -> dict[str, Any]:
    answers = _answers(form, ranked)
    return {
        "fund": fund, "ranked": ranked, "answers": answers, "score_words": score_words, "words": ANSWERS,
        "left": sum(line.remaining for line in fund.lines),
        "given": sum(one.amount or 0 for one in answers if one.what == AWARD),
    }  # fmt: skip


def _form(fund: Fund, ranked: list[Ranked]) -> MeetingForm:
    fields: dict[str, Any] = {}
    given: dict[str, Any] = {"on": today(), "line": str(fund.lines[0].id)}
    for one in ranked:
        key, name = one.case.id, one.case.organisation
        fields[f"answer-{key}"] = RadioField(f"Decision on {name}", choices=ANSWERS, required="Choose one")
        fields[f"amount-{key}"] = PenceField(f"Amount for {name}")
        fields[f"reasons-{key}"] = TextField(f"Reasons for {name}", longest=1_000)
        given |= {f"answer-{key}": LEAVE, f"amount-{key}": one.wanted or None}
    form = cast("type[MeetingForm]", type("MeetingForm", (MeetingForm,), fields))(data=given)
    form.line.choices = {str(line.id): f"{line.label}, left to award {pounds(line.remaining)}" for line in fund.lines}
    return form


def _answers(form: MeetingForm, ranked: list[Ranked]) -> list[Answer]:
    return [
        Answer(one, form[f"answer-{key}"].data or LEAVE, form[f"amount-{key}"].data, form[f"reasons-{key}"].data or "")
        for one in ranked
        for key in (one.case.id,)
    ]


def _decide(session: Session, ref: str, form: MeetingForm, ranked: list[Ranked]) -> tuple[list[Proposal], int]:
    """Decline what is declined, and give a proposal for each award; raises NothingToDoError where all are left."""
    fund, proposals, declined = find_fund(session, ref), list[Proposal](), 0
    line = next(line for line in fund.lines if str(line.id) == form.line.data)
    for answer in _answers(form, ranked):
        if answer.what == LEAVE:
            continue
        application = find_application(session, answer.ranked.case.reference)
        with _named(answer):
            if answer.what == DECLINE:
                decline(session, application=application, reasons=answer.reasons, particulars=particulars_of(form))
                declined += 1
            else:
                proposals.append(_propose(session, application, line, answer, form))
    if not proposals and not declined:
        raise NothingToDoError("Choose “Award” or “Decline” for at least one application")
    return proposals, declined


def _propose(session: Session, application: Application, line: BudgetLine, answer: Answer, form: Form) -> Proposal:
    if answer.amount is None:
        raise Refusal("Enter the amount", field="amount")
    details = AwardDetails(
        recipient=application.organisation, shares=(Share(line=line, amount=answer.amount),), application=application,
        benefits=application.benefits, purpose=application.purpose, reasons=answer.reasons,
    )  # fmt: skip
    return propose_award(session, details=details, particulars=particulars_of(form))


@contextmanager
def _named(answer: Answer) -> Iterator[None]:
    """Put a refusal at the field of its application, or say which application it is of."""
    try:
        yield
    except Refusal as refusal:
        if refusal.field in ("amount", "reasons"):
            refusal.field = f"{refusal.field}-{answer.ranked.case.id}"
        refusal.sentence = f"{answer.ranked.case.organisation}: {refusal.sentence}"
        raise


def _says(asked: int, declined: int) -> str:
    awards = f"{asked} award{'s' if asked != 1 else ''} sent for approval"
    return f"{awards}, {declined} application{'s' if declined != 1 else ''} declined."
