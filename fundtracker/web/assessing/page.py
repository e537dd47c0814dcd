"""What was scored and recommended for one application; scoring it, and recommending an amount."""

from typing import Any, cast

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.services.applications import find_application
from fundtracker.services.assessing.criteria import criteria_of
from fundtracker.services.assessing.scores import Score, assess, assessments_of, recommend, recommendations_of
from fundtracker.services.effects import award_balance
from fundtracker.services.histories import answers_to
from fundtracker.store.applications import Application
from fundtracker.store.assessments import Criterion
from fundtracker.web.blueprints import assessing as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, LongTextField, PenceField, WholeField
from fundtracker.web.once import Recorded
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form


class AssessForm(Form):
    """What an assessor says of an application as a whole; each criterion adds its score and its reason."""

    words = LongTextField("Anything else")


class RecommendForm(Form):
    """What is recommended once the assessors have talked."""

    amount = PenceField("Amount recommended", hint="In pounds. Leave it empty where nothing is recommended yet.")
    score = WholeField("Score agreed on, in per cent", hint="Where the assessors agreed on another than their average.")
    reason = LongTextField("Why", required="Enter why this is recommended")


@pages.get("/applications/<path:ref>/assessments", endpoint="application")
def show(ref: str) -> str:
    """Show each assessor's scores side by side, and what was recommended."""
    session = reading()
    application = find_application(session, ref)
    awarded = [award_balance(award).awarded for award in answers_to(session, application)]
    return render_template(
        "assessing/application.html",
        application=application,
        awarded=sum(awarded) if awarded else None,
        assessments=assessments_of(session, application),
        recommendations=recommendations_of(session, application),
        criteria=criteria_of(session, application.fund),
    )


@pages.route("/applications/<path:ref>/assess", methods=["GET", "POST"])
def score(ref: str) -> ResponseReturnValue:
    """Score an application on each criterion of its fund, with a reason for each."""
    criteria = criteria_of(reading(), find_application(reading(), ref).fund)
    form = _form(criteria)(**_own(find_application(reading(), ref)))

    def record(session: Session) -> Recorded:
        scores = {one.id: Score(form[f"score-{one.id}"].data, form[f"reason-{one.id}"].data) for one in criteria}
        application = find_application(session, ref)
        assess(session, application=application, scores=scores, by=this_person().actor, words=form.words.data)
        return Recorded(url_for("assessing.application", ref=ref), f"Your scores for {application.reference} are kept.")

    def context() -> dict[str, Any]:
        application = find_application(reading(), ref)
        return {"application": application, "criteria": criteria_of(reading(), application.fund)}

    return record_form(form, page="assessing/score.html", record=record, context=context)


@pages.route("/applications/<path:ref>/recommend", endpoint="recommend", methods=["GET", "POST"])
def recommended(ref: str) -> ResponseReturnValue:
    """Recommend an amount for an application, with the reason."""
    form = RecommendForm(amount=find_application(reading(), ref).asked_for)

    def record(session: Session) -> Recorded:
        application = find_application(session, ref)
        by, said = this_person().actor, form.reason.data
        amount, agreed = form.amount.data, form.score.data
        recommend(session, application=application, amount=amount, score=agreed, reason=said, by=by)
        return Recorded(url_for("assessing.application", ref=ref), "What is recommended is kept.")

    def context() -> dict[str, Any]:
        return {"application": find_application(reading(), ref)}

    return record_form(form, page="assessing/recommend.html", record=record, context=context)


def _form(criteria: Any) -> type[AssessForm]:
    fields: dict[str, Any] = {}
    for one in cast("list[Criterion]", criteria):
        missing = f"Enter a score from 0 to {one.most}"
        fields[f"score-{one.id}"] = WholeField(f"Score, from 0 to {one.most}", required=missing)
        fields[f"reason-{one.id}"] = LongTextField("Why", required=f"Enter why “{one.name}” has this score")
    return cast("type[AssessForm]", type("AssessForm", (AssessForm,), fields))


def _own(application: Application) -> dict[str, Any]:
    """Give what the person signed in scored before, to be changed."""
    mine = [one for one in assessments_of(reading(), application) if one.made_by_id == this_person().person_id]
    if not mine:
        return {}
    given = {f"score-{one.criterion_id}": one.score for one in mine[0].scores}
    return {**given, **{f"reason-{one.criterion_id}": one.reason for one in mine[0].scores}, "words": mine[0].words}
