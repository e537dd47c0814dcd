"""Look: what every row of a file would do, shown before anything is in the books; then it is recorded, once."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import BusyRefusal, NotFoundRefusal
from fundtracker.domain.roles import Power
from fundtracker.domain.statuses import BatchKind, Fate
from fundtracker.services.bringing.choices import Choices
from fundtracker.services.funds import find_fund
from fundtracker.services.imports.waiting import drop_waiting
from fundtracker.store.imports import WaitingFile
from fundtracker.web.blueprints import imports as pages
from fundtracker.web.db import reading, transaction
from fundtracker.web.forms import ChoiceField, Form, TickField
from fundtracker.web.imports import office
from fundtracker.web.imports.found import Found, Which
from fundtracker.web.imports.looking import order, own_waiting, show_found
from fundtracker.web.imports.rows import shown_rows
from fundtracker.web.imports.states import Task
from fundtracker.web.imports.workers import drop, is_recording, wait_a_moment, workers
from fundtracker.web.once import sending
from fundtracker.web.signed_in import this_person

_SAME = "same-"
_NEW = "0"
_FIRST = 5


class SettleForm(Form):
    """What a person has to say before a file can come in."""

    with_allocation = TickField(
        "Allocate what is missing first", hint="On the date of each year’s first award, marked as brought in."
    )

    @property
    def asked(self) -> list[Any]:
        """Give the fields that ask about a name each."""
        return [field for name, field in self._fields.items() if name.startswith(_SAME)]


class ConfirmForm(Form):
    """The word to bring a file in as it was shown."""

    shown = HiddenField()


@pages.get("/imports/waiting/<key>")
def look(key: str) -> ResponseReturnValue:
    """Show what a file would do; nothing is in the books yet."""
    with suppress(NotFoundRefusal):  # one that has just come in is said by its worker
        if own_waiting(key).kind is BatchKind.OFFICE:
            return office.look(key)
    return show_found(key, _look)


@pages.post("/imports/waiting/<key>/settle")
def settle(key: str) -> ResponseReturnValue:
    """Take what a person says to the questions about a file, and look again."""
    return show_found(key, _settle)


@pages.post("/imports/waiting/<key>/record")
def record(key: str) -> ResponseReturnValue:
    """Bring a file in, once, as it was shown."""
    waiting = own_waiting(key)
    if waiting.kind is BatchKind.OFFICE:
        return office.record(key)
    if waiting.kind is BatchKind.FINANCE and not this_person().may(Power.PAY):
        abort(403)
    form = ConfirmForm()
    if form.validate():
        sent = sending()
        asked = replace(
            order(waiting, Task.RECORD), shown=form.shown.data or "", form=sent.key, form_digest=sent.digest
        )
        if not workers().start(asked):
            raise BusyRefusal("Other files are being read. Nothing of this one was recorded. Try again in a moment.")
        reading().rollback()
        wait_a_moment(key)
    return redirect(url_for("imports.look", key=key), 303)


@pages.post("/imports/waiting/<key>/stop")
def stop(key: str) -> ResponseReturnValue:
    """Let go of a file and take nothing of it."""
    if is_recording(key):
        raise BusyRefusal("This file is being recorded. Wait until it is in the books, then undo it.")
    with transaction() as session:
        was_own = drop_waiting(session, key=key, person_id=this_person().person_id)
    if was_own:
        drop(key)
    flash("Nothing was taken. The file is not kept.", "note")
    return redirect(url_for("imports.index"), 303)


def _look(waiting: WaitingFile, found: Found, refused: str) -> ResponseReturnValue:
    return _page(waiting, found, refused, settle_form(waiting, found.answer, sent=False))


def _settle(waiting: WaitingFile, found: Found, _refused: str) -> ResponseReturnValue:
    form = settle_form(waiting, found.answer, sent=True)
    if not form.validate():
        return _page(waiting, found, "", form), form.status
    said = {question["name"]: form[f"{_SAME}{place}"].data for place, question in _asked(found.answer)}
    same = {name: int(number) for name, number in said.items() if number}
    with transaction() as session:
        kept = own_waiting(waiting.key, session)
        choices = Choices.from_json(kept.answers)
        ticked = form.with_allocation.data if "with_allocation" in form else choices.with_allocation
        kept.answers = replace(choices, same={**choices.same, **same}, with_allocation=ticked).to_json()
    return redirect(url_for("imports.look", key=waiting.key), 303)


def _page(waiting: WaitingFile, found: Found, refused: str, settling: SettleForm) -> str:
    confirm = ConfirmForm(formdata=None, shown=found.answer["shown"])
    if refused:
        confirm.form_errors.append(refused)
    choices = Choices.from_json(waiting.answers)
    fund = find_fund(reading(), choices.fund) if choices.fund else None
    return render_template(
        "imports/look.html", waiting=waiting, answer=found.answer, form=confirm, settling=settling, choices=choices,
        fund=fund, refused=refused, reasons=found.reasons(), rows=shown_rows(found),
        answered=all(question["name"] in choices.same for _, question in _asked(found.answer)),
        first=found.rows(Which(Fate.TAKEN.value), most=_FIRST),
    )  # fmt: skip


def settle_form(waiting: WaitingFile, answer: Mapping[str, Any], *, sent: bool) -> SettleForm:
    """Make the form for what is asked: about each new name that is like another, and about money that is missing."""
    asked = list(_asked(answer))
    fields = {f"{_SAME}{place}": _question(question) for place, question in asked}
    choices = Choices.from_json(waiting.answers)
    said = {f"{_SAME}{place}": str(choices.same.get(question["name"], _NEW)) for place, question in asked}
    form: SettleForm = type("SettleForm", (SettleForm,), fields)(
        **({} if sent else {"formdata": None}), with_allocation=choices.with_allocation, data=said
    )
    missing = sum(short["short"] for short in answer["shortfall"])
    form.with_allocation.label.text = f"Allocate the {pounds(Pence(missing))} that is missing first"
    if not missing:
        del form.with_allocation
    return form


def _asked(answer: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Give the questions that can be answered with an organisation of the books, by their places."""
    for place, question in enumerate(answer["questions"]):
        if any(number for number, _ in question["like"]):
            yield place, question


def _question(question: Mapping[str, Any]) -> ChoiceField:
    like = {str(number): f"The same as {name}" for number, name in question["like"] if number}
    choices = {_NEW: "A new organisation", **like}
    return ChoiceField(question["name"], required="Say whether it is the same", choices=choices)
