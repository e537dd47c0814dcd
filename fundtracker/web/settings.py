"""Settings: the office's names, the objectives of its plan and the areas it serves; for the administrator only."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.services.office import find_office, list_names, set_up_office
from fundtracker.store.office import Area, Objective
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, LongTextField, TextField
from fundtracker.web.once import Recorded
from fundtracker.web.steps import record_form

pages = Blueprint("settings", __name__)


class SettingsForm(Form):
    """What the office calls itself, its Panel, its objectives and its areas."""

    name = TextField("Name of the office", required="Enter the office’s name")
    panel_name = TextField("Name of the Panel", required="Enter the Panel’s name")
    objectives = LongTextField("Objectives of the plan", hint="One a line, in your plan’s words.")
    areas = LongTextField("Areas", hint="One a line. Organisations and awards are put in them.")


@pages.route("/settings", methods=["GET", "POST"])
def edit() -> ResponseReturnValue:
    """Show the settings and change them."""
    session, office = reading(), find_office(reading())
    form = SettingsForm(
        name=office.name,
        panel_name=office.panel_name,
        objectives="\n".join(list_names(session, Objective)),
        areas="\n".join(list_names(session, Area)),
    )

    def record(session: Session) -> Recorded:
        set_up_office(
            session,
            name=form.name.data,
            panel_name=form.panel_name.data,
            objectives=form.objectives.data.splitlines(),
            areas=form.areas.data.splitlines(),
        )
        return Recorded(url_for("settings.edit"), "The settings are changed.")

    return record_form(form, page="settings/edit.html", record=record)
