"""Settings: the office's names, its plan and areas, and what its year end says; for the administrator only."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.certificates import DEFAULT_CERTIFICATE
from fundtracker.services.decisions.numbering import set_pattern
from fundtracker.services.office import CONTROL_ACCOUNTS, find_office, list_names, set_statement, set_up_office
from fundtracker.store.office import Area, Objective
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, LongTextField, TextField
from fundtracker.web.once import Recorded
from fundtracker.web.steps import record_form

pages = Blueprint("settings", __name__)


class SettingsForm(Form):
    """What the office calls itself, its Panel, its objectives and its areas, and what its year end is written with."""

    name = TextField("Name of the office", required="Enter the office’s name")
    panel_name = TextField("Name of the Panel", required="Enter the Panel’s name")
    objectives = LongTextField("Objectives of the plan", hint="One a line, in your plan’s words.")
    areas = LongTextField("Areas", hint="One a line. Organisations and awards are put in them.")
    decision_pattern = TextField(
        "Numbers of decision records",
        required="Enter how decision records are numbered",
        hint="{year} and {number} are filled in, like PCC/D/{year}/{number}.",
        longest=40,
    )
    certificate = LongTextField(
        "Certificate of a year-end grant statement",
        hint="{fund}, {reference}, {funder}, {year}, {amount}, {as_at} and {office} are filled in. "
        "Leave it empty for the words that come with the tracker.",
        longest=4_000,
    )
    accrual_account = TextField("Account for accruals", longest=40)
    prepayment_account = TextField("Account for prepayments", longest=40)
    debtor_account = TextField("Account for debtors", longest=40)
    advance_account = TextField("Account for receipts in advance", longest=40)


@pages.route("/settings", methods=["GET", "POST"])
def edit() -> ResponseReturnValue:
    """Show the settings and change them."""
    session, office = reading(), find_office(reading())
    form = SettingsForm(
        name=office.name,
        panel_name=office.panel_name,
        objectives="\n".join(list_names(session, Objective)),
        areas="\n".join(list_names(session, Area)),
        decision_pattern=office.decision_pattern,
        certificate=office.certificate or DEFAULT_CERTIFICATE,
        **{name: getattr(office, name) for name in CONTROL_ACCOUNTS.values()},
    )

    def record(session: Session) -> Recorded:
        set_up_office(
            session,
            name=form.name.data,
            panel_name=form.panel_name.data,
            objectives=form.objectives.data.splitlines(),
            areas=form.areas.data.splitlines(),
        )
        set_statement(
            session,
            certificate="" if form.certificate.data == DEFAULT_CERTIFICATE else form.certificate.data,
            accounts={kind: form[name].data for kind, name in CONTROL_ACCOUNTS.items()},
        )
        set_pattern(session, office=find_office(session), pattern=form.decision_pattern.data)
        return Recorded(url_for("settings.edit"), "The settings are changed.")

    return record_form(form, page="settings/edit.html", record=record)
