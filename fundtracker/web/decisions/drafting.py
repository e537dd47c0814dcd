"""Drafting a decision record from an application, an award or nothing, and editing the draft."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import HiddenField

from fundtracker.services.applications import find_application
from fundtracker.services.awards import find_award
from fundtracker.services.decisions.drafting import from_application, from_award
from fundtracker.services.decisions.records import (
    LINES,
    TEXTS,
    check_draft,
    draft_decision,
    edit_decision,
    find_decision,
    said_by,
)
from fundtracker.services.words import WordsChangedError, fingerprint
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award
from fundtracker.web.blueprints import decisions as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, LongTextField, TextField, TickField
from fundtracker.web.once import Recorded
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

NAMES = (*LINES, *TEXTS, "exempt")


class DecisionForm(Form):
    """The parts of a decision record, as offices lay them out."""

    title = TextField("Title", required="Enter the title")
    approval_of = TextField("Approval of", hint="What is decided, like an application or an award.")
    decision_maker = TextField("Decision maker", hint="The post that decides.")
    summary = LongTextField("Executive summary")
    proposal = LongTextField("Proposal")
    interests = LongTextField("Interests declared")
    part_one = LongTextField("Supporting report (Part 1)", hint="Published. Leave out names and addresses of people.")
    finance = LongTextField("Financial comments")
    legal = LongTextField("Legal comments")
    risk = LongTextField("Risk")
    equality = LongTextField("Equality")
    consultation = LongTextField("Consultation")
    exempt = TickField("It is not published")
    exempt_reason = LongTextField("Why it is not published")
    part_two = LongTextField("Part 2", hint="For the office alone, whether or not the rest is published.")
    as_read = HiddenField()

    def words(self) -> dict[str, Any]:
        """Give what the form says, part by part."""
        return {name: self[name].data for name in NAMES}


@pages.route("/decisions/draft", methods=["GET", "POST"])
def draft() -> ResponseReturnValue:
    """Draft a decision record, filled in from the application or the award of the address."""
    form = DecisionForm(**_drafted(reading()))

    def record(session: Session) -> Recorded:
        application, award = _case(session)
        by = this_person().actor
        made = draft_decision(session, words=form.words(), by=by, application=application, award=award)
        return Recorded(url_for("decisions.show", ref=made.reference), f"{made.reference} is drafted.")

    return record_form(form, page="decisions/edit.html", record=record, context=lambda: {"record": None})


@pages.route("/decisions/<path:ref>/edit", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    """Edit a draft."""
    found = find_decision(reading(), ref)
    said = said_by(found)
    form = DecisionForm(**said, as_read=fingerprint(said))

    def record(session: Session) -> Recorded:
        mine = find_decision(session, ref)
        try:
            edit_decision(session, record=mine, words=form.words(), as_read=form.as_read.data or "")
        except WordsChangedError as refusal:
            form.as_read.data, form.as_read.raw_data = fingerprint(said_by(mine)), None
            refusal.sentence += " What was saved is on its page. Save again to keep what you typed here."
            raise
        return Recorded(url_for("decisions.show", ref=mine.reference), "The draft is saved.")

    if request.method == "GET":
        check_draft(found)
    return record_form(form, page="decisions/edit.html", record=record, context=lambda: {"record": found})


def _case(session: Session) -> tuple[Application | None, Award | None]:
    application, award = request.args.get("application"), request.args.get("award")
    return (
        find_application(session, application) if application else None,
        find_award(session, award) if award and not application else None,
    )


def _drafted(session: Session) -> dict[str, str]:
    application, award = _case(session)
    if application is not None:
        return from_application(session, application)
    return from_award(session, award) if award is not None else {}
