"""Periods: what is closed and by whom, asking for one to be closed, closing it as another person, and reopening."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.years import long_date
from fundtracker.services.reconciling import closing
from fundtracker.services.reconciling.scope import closed_to, open_scope
from fundtracker.services.reconciling.standing import stand
from fundtracker.web.blueprints import periods as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, LongTextField
from fundtracker.web.once import Recorded
from fundtracker.web.reconcile.asked import read_asked
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

FIGURES = "figures"  # what the page showed, so that nobody closes what they have not seen


class FiguresMovedError(Refusal):
    """A period whose figures are no longer those that the person saw."""


class AskForm(Form):
    """The word to ask for a period to be closed."""


class CloseForm(Form):
    """The word to close a period, or why not yet."""

    why = LongTextField("Why not yet", longest=2_000, hint="Only where it is not to be closed.")


class ReopenForm(Form):
    """Why a closed period is opened again."""

    why = LongTextField("Reason", required="Enter the reason", longest=2_000)


@pages.get("/periods")
def index() -> str:
    """List every step of closing and reopening."""
    session = reading()
    return render_template(
        "periods/index.html", steps=closing.history(session), waits=closing.asked(session),
        closed_to=closed_to(session), last=closing.last_closed(session),
    )  # fmt: skip


@pages.route("/periods/ask", methods=["GET", "POST"])
def ask() -> ResponseReturnValue:
    """Ask for a period to be closed by another person."""
    form = AskForm()
    asked = read_asked(reading())

    def record(session: Session) -> Recorded:
        since = asked.scope.since if asked.closed_to is None else None
        closing.ask_to_close(session, until=asked.scope.until, since=since, by=this_person().actor)
        return Recorded(url_for("periods.index"), "Asked. Another person closes the period now.")

    def context() -> dict[str, Any]:
        whole = open_scope(reading(), until=asked.scope.until, since=asked.scope.since)
        return {"asked": asked, "standing": stand(reading(), whole)}

    return record_form(form, page="periods/ask.html", record=record, context=context)


@pages.route("/periods/close", methods=["GET", "POST"])
def close() -> ResponseReturnValue:
    """Close the period that another person asked for, or say why not yet."""
    form = CloseForm()

    def record(session: Session) -> Recorded:
        by = this_person().actor
        if request.form.get("step") == "turn-down":
            closing.turn_down(session, by=by, why=form.why.data)
            return Recorded(url_for("periods.index"), "Turned down. The period stays open.")
        _check_seen(session)
        step = closing.close_period(session, by=by)
        return Recorded(url_for("periods.index"), f"The books are closed to {long_date(step.to_date)}.")

    return record_form(form, page="periods/close.html", record=record, context=lambda: _waiting(reading()))


def _waiting(session: Session) -> dict[str, Any]:
    waits = closing.asked(session)
    if waits is None:
        return {"waits": None, "standing": None, "figures": ""}
    standing = stand(session, open_scope(session, until=waits.to_date, since=waits.from_date))
    whole = standing.everything
    figures = f"{waits.id} {whole.theirs} {whole.ours} {standing.explained} {standing.left}"
    mine = waits.made_by_id == this_person().person_id
    return {"waits": waits, "standing": standing, "figures": figures, "mine": mine}


def _check_seen(session: Session) -> None:
    seen = request.form.get(FIGURES, "")
    if seen and seen != _waiting(session)["figures"]:
        raise FiguresMovedError("The figures have moved since you saw them. Look at the new ones, then close it.")


@pages.route("/periods/reopen", methods=["GET", "POST"])
def reopen() -> ResponseReturnValue:
    """Reopen the period that was closed last, for a reason."""
    form = ReopenForm()

    def record(session: Session) -> Recorded:
        step = closing.reopen(session, by=this_person().actor, why=form.why.data)
        return Recorded(url_for("periods.index"), f"The period to {long_date(step.to_date)} is open again.")

    def context() -> dict[str, Any]:
        return {"last": closing.last_closed(reading())}

    return record_form(form, page="periods/reopen.html", record=record, context=context)
