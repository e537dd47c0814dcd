"""The Word templates of the Panel's report and of letters: the tracker's own, or one of the office's."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import GovFileInput
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import NotFoundRefusal
from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.terms import LetterKind
from fundtracker.domain.text import slug
from fundtracker.services.papers.templates import replace_template, template_in_use
from fundtracker.sheets.files.turns import one_at_a_time
from fundtracker.sheets.word.checking import check_template
from fundtracker.sheets.word.context import NAMES
from fundtracker.sheets.word.letters import check_letter_template, context_of, own_template, sample
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
PANEL = "panel"


class Written(NamedTuple):
    """What is written from a template: its kind, its words, the names that it fills, the check and the own template."""

    kind: PaperKind | LetterKind
    words: str
    names: list[str]
    check: Callable[[bytes], None]
    own: Callable[[], bytes]


def _letter(kind: LetterKind) -> Written:
    names = sorted(context_of(sample(kind)))
    return Written(kind, kind.value.capitalize(), names, lambda content: check_letter_template(content, kind),
                   lambda: own_template(kind))  # fmt: skip


LETTERS = {slug(kind.value): _letter(kind) for kind in LetterKind}
WRITTEN = {
    PANEL: Written(PaperKind.PANEL, "Police and Crime Panel", sorted(NAMES), check_template, DEFAULT.read_bytes),
    **LETTERS,
}


class TemplateForm(Form):
    """A Word file."""

    file = FileField("Word template (.docx)", widget=GovFileInput(), validators=[FileRequired("Choose a Word file")])

    content = b""
    check: Callable[[bytes], None]

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at the file before any book is taken; raises TemplateRefusedError."""
        if not super().validate(extra_validators):
            return False
        self.content = self.file.data.read()
        with one_at_a_time(folder().parent, this_person().person_id):
            self.check(self.content)
        return True


class OwnForm(Form):
    """Nothing but the button that goes back to the tracker's own template."""


@pages.route("/settings/word-template", methods=["GET", "POST"])
def edit() -> ResponseReturnValue:
    """Show which template the Panel's report is written from, and put another in its place."""
    return _edit(PANEL)


@pages.route("/letter-templates/<kind>", methods=["GET", "POST"])
def letter(kind: str) -> ResponseReturnValue:
    """Show which template a letter is written from, and put another in its place."""
    return _edit(kind)


@pages.route("/settings/word-template/own", methods=["GET", "POST"])
def own() -> ResponseReturnValue:
    """Go back to the Panel's template that comes with the tracker."""
    return _own(PANEL)


@pages.route("/letter-templates/<kind>/own", methods=["GET", "POST"])
def letter_own(kind: str) -> ResponseReturnValue:
    """Go back to a letter's template that comes with the tracker."""
    return _own(kind)


@pages.get("/settings/word-template/file")
def file() -> Response:
    """Send the Panel's template in use, to begin one's own from."""
    return _file(PANEL)


@pages.get("/letter-templates/<kind>/file")
def letter_file(kind: str) -> Response:
    """Send a letter's template in use, to begin one's own from."""
    return _file(kind)


def _written(kind: str) -> Written:
    if kind not in WRITTEN:
        raise NotFoundRefusal("There is no such template.")
    return WRITTEN[kind]


def _here(kind: str, what: str = "") -> str:
    if kind == PANEL:
        return url_for(f"templates.{what or 'edit'}")
    return url_for(f"templates.letter{'_' if what else ''}{what}", kind=kind)


def _edit(kind: str) -> ResponseReturnValue:
    written, form = _written(kind), TemplateForm()
    form.check = written.check

    def record(session: Session) -> Recorded:
        name, by = form.file.data.filename or "template.docx", this_person().actor
        replace_template(session, kind=written.kind, name=name, content=form.content, by=by)
        return Recorded(_here(kind), f"{name} is in use from now on.")

    def context() -> dict[str, Any]:
        places = {"own": _here(kind, "own"), "file": _here(kind, "file")}
        return {"used": template_in_use(reading(), written.kind), "written": written, "places": places}

    return record_form(form, page="reports/template.html", record=record, context=context)


def _own(kind: str) -> ResponseReturnValue:
    written = _written(kind)

    def record(session: Session) -> Recorded:
        replace_template(session, kind=written.kind, name="", content=b"", by=this_person().actor)
        return Recorded(_here(kind), "The tracker’s own template is in use from now on.")

    return record_form(OwnForm(), page="reports/template_own.html", record=record, context=lambda: {"to": _here(kind)})


def _file(kind: str) -> Response:
    written = _written(kind)
    used = template_in_use(reading(), written.kind)
    name, content = (used.name, used.content) if used else (f"{kind}-template.docx", written.own())
    return send_file(content, DOCX, name)
