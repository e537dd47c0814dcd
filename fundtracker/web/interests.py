"""Declared interests: the register, declaring one on an application or an organisation, and recording its end."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.services.interests import declare_interest, find_interest, list_interests, take_back_interest
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, LongTextField
from fundtracker.web.once import Recorded
from fundtracker.web.records import RECORDS, Find, place_of
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

pages = Blueprint("interests", __name__)
TOUCHED = ("application", "organisation")


class InterestForm(Form):
    """What a person's interest is."""

    words = LongTextField(
        "What your interest is",
        required="Enter what your interest is",
        hint="Like: I am a trustee. It is kept in the register, and decision records repeat it.",
    )


class EndForm(Form):
    """Why an interest has ended."""

    why = LongTextField("Why it has ended", required="Enter why it has ended", longest=400)


@pages.get("/interests")
def index() -> str:
    """List the interests declared, those that stand first."""
    return render_template("interests/index.html", interests=list_interests(reading()))


def _declare(find: Find) -> Callable[[Any], ResponseReturnValue]:
    def declare(key: Any) -> ResponseReturnValue:
        form = InterestForm()

        def record(session: Session) -> Recorded:
            touching = find(session, key)
            declare_interest(session, touching=touching, words=form.words.data, by=this_person().actor)
            return Recorded(url_for("interests.index"), f"Your interest in {place_of(touching).name} is declared.")

        def context() -> dict[str, Any]:
            return {"place": place_of(find(reading(), key))}

        return record_form(form, page="interests/declare.html", record=record, context=context)

    return declare


for _name in TOUCHED:
    _kind = RECORDS[_name]
    pages.add_url_rule(f"{_kind.address}/interest", f"declare_{_name}", _declare(_kind.find), methods=["GET", "POST"])


@pages.route("/interests/<int:number>/end", methods=["GET", "POST"])
def end(number: int) -> ResponseReturnValue:
    """Record that somebody else's interest has ended."""
    form = EndForm()

    def record(session: Session) -> Recorded:
        interest = find_interest(session, number)
        take_back_interest(session, interest=interest, why=form.why.data, by=this_person().actor)
        return Recorded(url_for("interests.index"), "The interest has ended. It stays in the register.")

    def context() -> dict[str, Any]:
        return {"interest": find_interest(reading(), number)}

    return record_form(form, page="interests/end.html", record=record, context=context)
