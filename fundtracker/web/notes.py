"""Notes and contacts on an organisation, an application or an award: reading, writing and taking them back."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.terms import ContactKind
from fundtracker.domain.years import today
from fundtracker.services import notes
from fundtracker.services.notes import NOTED, Noted
from fundtracker.store.notes import Note
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, Form, LongTextField, RadioField
from fundtracker.web.once import Recorded
from fundtracker.web.particulars import particulars_of
from fundtracker.web.records import RECORDS, Find, open_record, place_of
from fundtracker.web.signed_in import this_person
from fundtracker.web.steps import record_form

pages = Blueprint("notes", __name__)
KINDS = {kind.value: kind.value.capitalize() for kind in ContactKind}


class NoteForm(Form):
    """A note, or a contact, as it is written down."""

    kind = RadioField("What it was", choices=KINDS, required="Choose what it was")
    on = DateField("Date", required="Enter the date", past=True)
    narrative = LongTextField("In words", required="Enter what is to be remembered")


class BackForm(Form):
    """Why a note is taken back."""

    why = LongTextField("Reason", required="Enter why it is taken back", longest=400)


def _index(find: Find) -> Callable[[Any], str]:
    def view(key: Any) -> str:
        about = find(reading(), key)
        return render_template("notes/index.html", place=place_of(about), notes=notes.notes_of(reading(), about))

    return view


def _write(find: Find) -> Callable[[Any], ResponseReturnValue]:
    def view(key: Any) -> ResponseReturnValue:
        form = NoteForm(kind=ContactKind.NOTE.value, on=today())

        def record(session: Session) -> Recorded:
            about = find(session, key)
            notes.write_note(session, about=about, kind=ContactKind(form.kind.data), particulars=particulars_of(form))
            return Recorded(_href(about), "It is written down.")

        def context() -> dict[str, Any]:
            about = find(reading(), key)
            return {"place": place_of(about), "back_to": _href(about)}

        return record_form(form, page="notes/write.html", record=record, context=context)

    return view


for _name in (kind.__tablename__ for kind in NOTED):
    _address, _find = RECORDS[_name]
    pages.add_url_rule(f"{_address}/notes", _name, _index(_find))
    pages.add_url_rule(f"{_address}/notes/write", f"write_{_name}", _write(_find), methods=["GET", "POST"])


@pages.route("/notes/<int:number>/take-back", methods=["GET", "POST"])
def take_back(number: int) -> ResponseReturnValue:
    """Take a note back, with the reason."""
    form = BackForm()

    def record(session: Session) -> Recorded:
        note = _open(session, number)
        notes.take_back_note(session, note=note, why=form.why.data, by=this_person().actor)
        return Recorded(_href(notes.noted(session, note)), "The note is taken back.")

    def context() -> dict[str, Any]:
        note = _open(reading(), number)
        return {"note": note, "back_to": _href(notes.noted(reading(), note))}

    return record_form(form, page="notes/take_back.html", record=record, context=context)


def _open(session: Session, number: int) -> Note:
    """Give a note on a record that this person may see."""
    note = notes.find_note(session, number)
    open_record(session, notes.noted(session, note))
    return note


def _href(about: Noted) -> str:
    place = place_of(about)
    return url_for(f"notes.{place.kind}", key=place.key)
