"""Imports: one page to send a file from, whatever it holds, and the list of what came in before."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import GovFileInput
from werkzeug.datastructures import FileStorage

from fundtracker.domain.roles import Power
from fundtracker.domain.statuses import BatchKind
from fundtracker.services.bringing.choices import Choices
from fundtracker.services.funds import open_funds
from fundtracker.services.imports.waiting import keep_file
from fundtracker.sheets.files.turns import one_at_a_time
from fundtracker.sheets.files.whole import read_workbook
from fundtracker.sheets.office import MOST_ROWS
from fundtracker.web.blueprints import imports as pages
from fundtracker.web.db import reading, transaction
from fundtracker.web.forms import ChoiceField, DateField, Form, RadioField, YearField
from fundtracker.web.imports.batches import KINDS, list_page
from fundtracker.web.imports.states import sent_file
from fundtracker.web.imports.workers import folder
from fundtracker.web.signed_in import this_person

_OF_A_FUND = frozenset({BatchKind.AWARDS, BatchKind.PAYMENTS, BatchKind.APPLICATIONS})

_FILES = "Excel (.xlsx, .xls), OpenDocument (.ods), text (.csv) or 360Giving (.json)."


class SendForm(Form):
    """A file, and what it holds."""

    kind = RadioField("What does the file hold?", required="Choose what the file holds")
    fund = ChoiceField("Fund", default="", hint="Awards, payments and applications in one file belong to one fund.")
    file = FileField("File", description=_FILES, widget=GovFileInput(), validators=[FileRequired("Choose a file")])
    year = YearField("Financial year of the workbook",
                     hint="Like 2020/21. Leave it empty where the workbook’s titles name it.")  # fmt: skip
    undated = DateField("Date of rows that have none", past=True,
                        hint="Leave it empty for the first day of the workbook’s financial year.")  # fmt: skip

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the fund where the rows need one."""
        valid = bool(super().validate(extra_validators))
        if self.kind.data in _OF_A_FUND and not self.fund.data:
            self.fund.errors = ["Choose the fund that these rows belong to"]
            return False
        return valid


@pages.get("/imports")
def index() -> str:
    """Ask for a file, and list what came in before."""
    return render_template("imports/index.html", form=_form(), **list_page())


@pages.route("/imports/send", methods=["GET", "POST"])
def send() -> ResponseReturnValue:
    """Keep a file, and go on to look at it."""
    if request.method != "POST":
        return redirect(url_for("imports.index"), 303)
    form = _form()
    with form.showing_refusals():
        if form.validate():
            kind = BatchKind(form.kind.data)
            key = _keep_office(form) if kind is BatchKind.OFFICE else _keep(form, kind)
            return redirect(url_for("imports.look" if kind is BatchKind.OFFICE else "imports.columns", key=key), 303)
    return render_template("imports/index.html", form=form, **list_page()), form.status


def _form() -> SendForm:
    form = SendForm()
    may_pay = this_person().may(Power.PAY)
    form.kind.choices = {kind.value: words for kind, words in KINDS.items() if may_pay or kind is not BatchKind.FINANCE}
    form.fund.flags.required = True  # where the rows need one: the hint says which
    form.fund.choices = {
        "": "Choose a fund",
        **{fund.reference: f"{fund.reference} {fund.name}" for fund in open_funds(reading())},
    }
    return form


def _keep_office(form: SendForm) -> str:
    content = form.file.data.read()
    with one_at_a_time(folder().parent, this_person().person_id):
        read_workbook(content, most_rows=MOST_ROWS)
    with transaction() as session:
        waiting = keep_file(
            session, person_id=this_person().person_id, file_name=form.file.data.filename or "workbook.xlsx",
            content=content, undated=form.undated.data, year=form.year.data,
        )  # fmt: skip
        return waiting.key


def _keep(form: SendForm, kind: BatchKind) -> str:
    """Leave the file where the worker finds it, never whole in the server's memory."""
    sent: FileStorage = form.file.data
    fund = form.fund.data if form.kind.data in _OF_A_FUND else ""
    choices = Choices(kind=kind, fund=fund)
    with transaction() as session:
        waiting = keep_file(
            session, person_id=this_person().person_id, file_name=sent.filename or "file", content=b"", undated=None,
            year=None, kind=kind, answers=choices.to_json(),
        )  # fmt: skip
        sent.save(sent_file(folder(), waiting.key))
        return waiting.key
