"""The Word template of the Panel's report: the tracker's own, or one of the office's; for the administrator."""

from typing import Any

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import GovFileInput
from sqlalchemy.orm import Session

from fundtracker.domain.statuses import PaperKind
from fundtracker.services.papers.templates import replace_template, template_in_use
from fundtracker.sheets.files.turns import one_at_a_time
from fundtracker.sheets.word.checking import check_template
from fundtracker.sheets.word.context import NAMES
from fundtracker.sheets.word.making import DEFAULT
from fundtracker.sheets.word.writing import DOCX
from fundtracker.web.db import reading
from fundtracker.web.forms import Form
from fundtracker.web.imports.workers import folder
from fundtracker.web.lists.sending import send_file
from fundtracker.web.once import Recorded
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

pages = Blueprint("templates", __name__)


class TemplateForm(Form):
    """A Word file."""

    file = FileField("Word template (.docx)", widget=GovFileInput(), validators=[FileRequired("Choose a Word file")])

    content = b""

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at the file before any book is taken; raises TemplateRefusedError."""
        if not super().validate(extra_validators):
            return False
        self.content = self.file.data.read()
        with one_at_a_time(folder().parent, this_person().person_id):
            check_template(self.content)
        return True


class OwnForm(Form):
    """Nothing but the button that goes back to the tracker's own template."""


@pages.route("/settings/word-template", methods=["GET", "POST"])
def edit() -> ResponseReturnValue:
    """Show which template is in use, and put another in its place."""
    form = TemplateForm()

    def record(session: Session) -> Recorded:
        name, by = form.file.data.filename or "template.docx", this_person().actor
        replace_template(session, kind=PaperKind.PANEL, name=name, content=form.content, by=by)
        return Recorded(url_for("templates.edit"), f"{name} is in use from now on.")

    def context() -> dict[str, Any]:
        return {"used": template_in_use(reading(), PaperKind.PANEL), "names": sorted(NAMES)}

    return record_form(form, page="reports/template.html", record=record, context=context)


@pages.route("/settings/word-template/own", methods=["GET", "POST"])
def own() -> ResponseReturnValue:
    """Go back to the template that comes with the tracker."""

    def record(session: Session) -> Recorded:
        replace_template(session, kind=PaperKind.PANEL, name="", content=b"", by=this_person().actor)
        return Recorded(url_for("templates.edit"), "The tracker’s own template is in use from now on.")

    return record_form(OwnForm(), page="reports/template_own.html", record=record)


@pages.get("/settings/word-template/file")
def file() -> Response:
    """Send the template in use, to begin one's own from."""
    used = template_in_use(reading(), PaperKind.PANEL)
    name, content = (used.name, used.content) if used else ("panel-template.docx", DEFAULT.read_bytes())
    return send_file(content, DOCX, name)
