"""Claims: all of them, one of them, logging one, and deciding what of it is certified."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.years import today
from fundtracker.services import claims, reopening_claims
from fundtracker.services.claims import ClaimDetails
from fundtracker.services.schedules import check_plannable
from fundtracker.web.awards.rows import line_names
from fundtracker.web.blueprints import claims as pages
from fundtracker.web.claims.forms import BLANK_ROWS, ClaimForm, DecideForm, ReopenForm
from fundtracker.web.db import reading
from fundtracker.web.once import Recorded
from fundtracker.web.particulars import particulars_of
from fundtracker.web.records import links_beside
from fundtracker.web.schedules.planning import line_of
from fundtracker.web.steps import record_form

LOG, DECIDE = "claims/log.html", "claims/decide.html"


@pages.get("/claims")
def index() -> str:
    """List every claim, those that wait for a decision first."""
    found = claims.list_claims(reading())
    rows = [(claim, claims.claimed(claim), claims.certified(claim)) for claim in found]
    return render_template("claims/index.html", rows=rows)


@pages.get("/claims/<path:ref>")
def show(ref: str) -> str:
    """Show one claim, with what was certified of each cost."""
    about = _about(reading(), ref)
    return render_template("claims/show.html", beside=links_beside(reading(), about["claim"]), **about)


def _about(session: Session, ref: str) -> dict[str, Any]:
    claim = claims.find_claim(session, ref)
    award = claim.award_line.award
    return {
        "claim": claim,
        "award": award,
        "claimed": claims.claimed(claim),
        "certified": claims.certified(claim),
        "in_the_way": reopening_claims.in_the_way(session, claim),
    }


@pages.route("/awards/<path:ref>/claim", methods=["GET", "POST"])
def log(ref: str) -> ResponseReturnValue:
    """Log a claim on an award, cost by cost."""
    check_plannable(line_of(reading(), ref))
    form, step = ClaimForm(on=today()), request.form.get("step", "")

    def record(session: Session) -> Recorded:
        details = ClaimDetails(
            line=line_of(session, ref), costs=form.given(), period_from=form.period_from.data,
            period_to=form.period_to.data, notes=form.notes.data,
        )  # fmt: skip
        claim = claims.log_claim(session, details=details, particulars=particulars_of(form))
        return Recorded(url_for("claims.show", ref=claim.reference), f"{claim.reference} is logged.")

    def context() -> dict[str, Any]:
        line = line_of(reading(), ref)
        return {"award": line.award, "line": line, "name": line_names(line.award)[line.id]}

    if step in ("work-out", "more"):
        for _ in range(BLANK_ROWS if step == "more" else 0):
            form.costs.append_entry()
        return render_template(LOG, form=form, **context())
    return record_form(form, page=LOG, record=record, context=context)


@pages.route("/claims/<path:ref>/decide", methods=["GET", "POST"])
def decide(ref: str) -> ResponseReturnValue:
    """Certify a claim in whole or part, or reject it."""
    form = DecideForm(on=today())

    def record(session: Session) -> Recorded:
        claim = claims.find_claim(session, ref)
        claims.decide_claim(session, claim=claim, decisions=form.decisions(claim), particulars=particulars_of(form))
        return Recorded(url_for("claims.show", ref=claim.reference), f"{claim.reference} is {claim.status.value}.")

    def context() -> dict[str, Any]:
        about = _about(reading(), ref)
        return {**about, "typed": sum(form.read(item) for item in about["claim"].items)}

    if request.form.get("step") == "work-out":
        return render_template(DECIDE, form=form, **context())
    return record_form(form, page=DECIDE, record=record, context=context)


@pages.route("/claims/<path:ref>/reopen", methods=["GET", "POST"])
def reopen(ref: str) -> ResponseReturnValue:
    """Take the decision on a claim back, so that it waits again."""
    form = ReopenForm(on=today())

    def record(session: Session) -> Recorded:
        claim = claims.find_claim(session, ref)
        reopening_claims.reopen_claim(session, claim=claim, particulars=particulars_of(form))
        return Recorded(url_for("claims.show", ref=claim.reference), f"{claim.reference} waits for a decision again.")

    return record_form(form, page="claims/reopen.html", record=record, context=lambda: _about(reading(), ref))
