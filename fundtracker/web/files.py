"""Files attached to a record: a page of them, attaching one, sending one out again, and removing one."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import GovFileInput
from sqlalchemy.orm import Session

from fundtracker.domain.files import FileKind
from fundtracker.services import files
from fundtracker.services.files import OWNERS, Owner
from fundtracker.sheets.attached.looking import Looked, look_at
from fundtracker.store.files import Attachment
from fundtracker.web.db import reading
from fundtracker.web.forms import Form, LongTextField
from fundtracker.web.lists.sending import send_file
from fundtracker.web.once import Recorded
from fundtracker.web.records import RECORDS, Find, open_record, place_of
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

pages = Blueprint("files", __name__)
# Where a browser shows a file in spite of everything, nothing in it runs, loads or asks.
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


class AttachForm(Form):
    """One file."""

    file = FileField("File", widget=GovFileInput(), validators=[FileRequired("Choose a file")])

    content = b""
    looked: Looked

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at the file before any book is taken; raises FileRefusedError."""
        if not super().validate(extra_validators):
            return False
        self.content = self.file.data.read()
        self.looked = look_at(self.file.data.filename or "", self.content)
        return True


class RemoveForm(Form):
    """Why a file is removed."""

    why = LongTextField("Reason", required="Enter why it is removed", longest=400)


def _index(find: Find) -> Callable[[Any], str]:
    def view(key: Any) -> str:
        owner = find(reading(), key)
        return render_template("files/index.html", place=place_of(owner), files=files.files_of(reading(), owner))

    return view


def _attach(find: Find) -> Callable[[Any], ResponseReturnValue]:
    def view(key: Any) -> ResponseReturnValue:
        form = AttachForm()

        def record(session: Session) -> Recorded:
            owner, looked = find(session, key), form.looked
            attached = files.attach(session, owner=owner, name=looked.name, kind=looked.kind, content=form.content,
                                    by=this_person().actor)  # fmt: skip
            return Recorded(_href(owner), f"{attached.name} is attached.")

        def context() -> dict[str, Any]:
            owner = find(reading(), key)
            return {"place": place_of(owner), "back_to": _href(owner), "kinds": list(FileKind)}

        return record_form(form, page="files/attach.html", record=record, context=context)

    return view


for _name in (kind.__tablename__ for kind in OWNERS):
    _address, _find = RECORDS[_name]
    pages.add_url_rule(f"{_address}/files", _name, _index(_find))
    pages.add_url_rule(f"{_address}/files/attach", f"attach_{_name}", _attach(_find), methods=["GET", "POST"])


@pages.get("/files/<int:number>")
def send(number: int) -> Response:
    """Send a file to be kept, never to be shown in a page of ours."""
    attached = _open(reading(), number)
    content = files.content_of(attached)
    reading().rollback()
    response = send_file(content, attached.kind.sent_as, attached.name)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


@pages.route("/files/<int:number>/remove", methods=["GET", "POST"])
def remove(number: int) -> ResponseReturnValue:
    """Remove a file, with the reason."""
    form = RemoveForm()

    def record(session: Session) -> Recorded:
        attached = _open(session, number)
        files.remove(session, attached=attached, why=form.why.data, by=this_person().actor)
        return Recorded(_href(files.attached_to(session, attached)), f"{attached.name} is removed.")

    def context() -> dict[str, Any]:
        attached = _open(reading(), number)
        return {"file": attached, "back_to": _href(files.attached_to(reading(), attached))}

    return record_form(form, page="files/remove.html", record=record, context=context)


def _open(session: Session, number: int) -> Attachment:
    """Give a file whose record this person may see."""
    attached = files.find_file(session, number)
    open_record(session, files.attached_to(session, attached))
    return attached


def _href(owner: Owner) -> str:
    place = place_of(owner)
    return url_for(f"files.{place.kind}", key=place.key)
