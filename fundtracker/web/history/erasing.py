"""Erasing an individual's details, where the law asks for it; for the administrator only."""

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.services.history.erasing import erase_individual
from fundtracker.services.organisations import find_organisation
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, TextField
from fundtracker.web.history.page import pages
from fundtracker.web.once import Recorded
from fundtracker.web.steps import check_then_record


class EraseForm(Form):
    """Why a person's details go."""

    why = TextField(
        "Why",
        required="Enter why the details are erased",
        hint="Like “asked for on 1 September 2020”. It stays in the history, so name nobody.",
    )


@pages.route("/organisations/<int:number>/erase", methods=["GET", "POST"])
def erase(number: int) -> ResponseReturnValue:
    """Erase the details of an individual, after checking the answers."""
    form = EraseForm()

    def record(session: Session) -> Recorded:
        found = find_organisation(session, number)
        erased = erase_individual(session, organisation=found, why=form.why.data)
        return Recorded(url_for("organisations.show", number=number), erased.sentence)

    def context() -> dict[str, object]:
        return {"organisation": find_organisation(reading(), number)}

    return check_then_record(form, page="history/erase.html", check_page="history/erase_check.html", record=record,
                             context=context)  # fmt: skip
