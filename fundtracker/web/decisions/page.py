"""The register of decision records, and one of them, to read, print and sign."""

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.roles import Power
from fundtracker.domain.years import today
from fundtracker.services.decisions.gaps import list_undecided
from fundtracker.services.decisions.records import (
    find_decision,
    list_decisions,
    moved_on,
    sign_decision,
    signed_on,
)
from fundtracker.store.decisions import DecisionRecord
from fundtracker.web.blueprints import decisions as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, LongTextField
from fundtracker.web.lists.sending import day, send_list, text
from fundtracker.web.once import Recorded
from fundtracker.web.records import links_beside
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

PUBLIC, EXEMPT = "For publication", "Not published"
COLUMNS = (
    text("Reference", lambda one: one.reference),
    text("Title", lambda one: one.title, 40),
    text("Executive summary", lambda one: one.summary, 50),
    text("Proposal", lambda one: one.proposal, 40),
    text("Approval of", lambda one: one.approval_of, 26),
    text("Decision maker", lambda one: one.decision_maker, 26),
    text("Interests declared", lambda one: one.interests, 30),
    day("Date signed", signed_on),
    text("Signed by", lambda one: one.signature.made_by if one.signature else "", 22),
    text("Part 1 supporting report", lambda one: one.part_one, 50),
    text("Financial comments", lambda one: one.finance, 30),
    text("Legal comments", lambda one: one.legal, 30),
    text("Risk", lambda one: one.risk, 30),
    text("Equality", lambda one: one.equality, 30),
    text("Consultation", lambda one: one.consultation, 30),
    text("Publication status", lambda one: EXEMPT if one.exempt else PUBLIC, 18),
    text("Exempt reason (Part 2)", lambda one: one.exempt_reason, 30),
)


class SignForm(Form):
    """What is said in signing."""

    words = LongTextField("Words of the decision", hint="They stand beside your name.", longest=1_000)


@pages.get("/decisions", endpoint="index")
def index() -> str:
    """List the decision records, drafts first."""
    session = reading()
    missing, _ = list_undecided(session, most=1)
    return render_template("decisions/index.html", records=list_decisions(session), missing=missing)


@pages.get("/decisions.xlsx", endpoint="download")
def download() -> Response:
    """Send the register as a workbook, without what stands in Part 2."""
    return send_list("Decision records", COLUMNS, list_decisions(reading()), as_at=today(), filters=())


@pages.get("/decisions/<path:ref>")
def show(ref: str) -> str:
    """Show one decision record, its two parts, and the entries that name it."""
    session = reading()
    record = find_decision(session, ref)
    whole = this_person().may(Power.READ_PRIVATE)
    return render_template("decisions/show.html", record=record, entries=moved_on(session, record),
                           sees_part_two=whole, can_sign=_can_sign(record),
                           beside=links_beside(session, record) if whole else [])  # fmt: skip


@pages.route("/decisions/<path:ref>/sign", methods=["GET", "POST"])
def sign(ref: str) -> ResponseReturnValue:
    """Sign a decision record that somebody else drafted."""
    form = SignForm()

    def record(session: Session) -> Recorded:
        found = find_decision(session, ref)
        sign_decision(session, record=found, by=this_person().actor, words=form.words.data)
        return Recorded(url_for("decisions.show", ref=found.reference), f"{found.reference} is signed.")

    def context() -> dict[str, DecisionRecord]:
        return {"record": find_decision(reading(), ref)}

    return record_form(form, page="decisions/sign.html", record=record, context=context)


def _can_sign(record: DecisionRecord) -> bool:
    person = this_person()
    return record.signature is None and person.may(Power.SIGN) and person.person_id != record.made_by_id
