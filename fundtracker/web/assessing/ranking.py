"""The ranking of a fund's applications that wait, and the criteria that they are scored on."""

from typing import Any

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.years import today
from fundtracker.services.assessing.criteria import Wanted, criteria_of, read_criteria, set_criteria
from fundtracker.services.assessing.ranking import Ranked, rank, reaches
from fundtracker.services.funds import find_fund
from fundtracker.web.blueprints import assessing as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, LongTextField
from fundtracker.web.lists.sending import money, send_list, text
from fundtracker.web.once import Recorded
from fundtracker.web.steps import record_form


def score_words(one: Ranked) -> str:
    """Write a score in per cent, or that there is none."""
    return "" if one.score is None else f"{one.score // 10}.{one.score % 10}"


COLUMNS = (
    text("Place", lambda one: str(one.place), 8),
    text("Application", lambda one: one.case.reference),
    text("Organisation", lambda one: one.case.organisation, 34),
    text("Score %", score_words, 10),
    text("Assessors", lambda one: str(one.assessors), 10),
    money("Asked for", lambda one: one.case.asked_for),
    money("Recommended", lambda one: one.case.recommended),
    money("Left after it", lambda one: one.left, total=False),
)


class CriteriaForm(Form):
    """The criteria of a fund, one a line."""

    criteria = LongTextField(
        "Criteria",
        hint="One a line, with the highest score, like “Fits the plan: 5”. Where one counts twice: “Need: 5 x 2”.",
    )


@pages.get("/funds/<path:ref>/ranking", endpoint="ranking")
def show(ref: str) -> str:
    """Rank a fund's applications that wait, with the line to which its money reaches."""
    session = reading()
    fund = find_fund(session, ref)
    ranked = rank(session, fund)
    return render_template(
        "assessing/ranking.html", fund=fund, ranked=ranked, reaches=reaches(ranked),
        criteria=criteria_of(session, fund), left=sum(line.remaining for line in fund.lines), score_words=score_words,
    )  # fmt: skip


@pages.get("/funds/<path:ref>/ranking.xlsx")
def download(ref: str) -> Response:
    """Send the ranking as a workbook."""
    fund = find_fund(reading(), ref)
    return send_list("Ranking", COLUMNS, rank(reading(), fund), as_at=today(), filters=[("Fund", fund.name)])


@pages.route("/funds/<path:ref>/criteria", methods=["GET", "POST"])
def criteria(ref: str) -> ResponseReturnValue:
    """Set what a fund's applications are scored on."""
    now = [Wanted(one.name, one.most, one.weight).line for one in criteria_of(reading(), find_fund(reading(), ref))]
    form = CriteriaForm(criteria="\n".join(now))

    def record(session: Session) -> Recorded:
        set_criteria(session, fund=find_fund(session, ref), wanted=read_criteria(form.criteria.data.splitlines()))
        return Recorded(url_for("assessing.ranking", ref=ref), "The criteria are set.")

    def context() -> dict[str, Any]:
        return {"fund": find_fund(reading(), ref)}

    return record_form(form, page="assessing/criteria.html", record=record, context=context)
