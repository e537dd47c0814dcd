"""The reconciliation workbook: downloaded, handed round, and brought back with explanations typed in."""

import json
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import GovFileInput
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import NothingToDoError
from fundtracker.services.history.heads import printed_head
from fundtracker.services.office import find_office
from fundtracker.services.reconciling.proposals import propose
from fundtracker.services.reconciling.standing import stand
from fundtracker.services.reconciling.typed import TypedRow, take, understand
from fundtracker.sheets.reconciliation.back import read_reconciliation
from fundtracker.sheets.reconciliation.out import write_reconciliation
from fundtracker.web.blueprints import reconcile as pages
from fundtracker.web.db import reading
from fundtracker.web.forms import Form
from fundtracker.web.lists.sending import send
from fundtracker.web.once import Recorded, record_once
from fundtracker.web.reconcile.asked import read_asked
from fundtracker.web.signed_in import this_person


class SendForm(Form):
    """The workbook with explanations typed in."""

    file = FileField("Workbook", widget=GovFileInput(), validators=[FileRequired("Choose the workbook")])


class TakeForm(Form):
    """The changes that were shown, to be taken as they were."""


@pages.get("/reconcile/workbook.xlsx")
def download() -> Response:
    """Send the workbook of a scope."""
    session = reading()
    asked = read_asked(session)
    standing = stand(session, asked.scope)
    proposals = propose(session, standing)
    hints = {(row.side, row.id): hint for side in (proposals.lines, proposals.ours) for row, hint in side}
    made = write_reconciliation(
        standing, hints, office=find_office(session).name, made_by=this_person().name, funds=asked.title,
        head=printed_head(session),
    )  # fmt: skip
    for matching in standing.matchings.values():
        session.expunge(matching)  # it is written while it is sent, and nothing is read then
    session.rollback()
    return send(made)


@pages.route("/reconcile/workbook", methods=["GET", "POST"])
def upload() -> ResponseReturnValue:
    """Take the workbook back, show each change, and record them all once they are confirmed."""
    if request.form.get("step") == "record":
        return _take()
    form = SendForm()
    if request.method == "POST":
        with form.showing_refusals():
            if form.validate():
                content = form.file.data.read()
                reading().rollback()
                typed = read_reconciliation(content)
                if not typed:
                    raise NothingToDoError("Nothing is typed in the sheet Unexplained: type a reason, a note and an "
                                           "owner beside a row, and save it.")  # fmt: skip
                return _show(typed, TakeForm(formdata=None))
        return render_template("reconcile/upload.html", form=form, asked=read_asked(reading())), form.status
    return render_template("reconcile/upload.html", form=form, asked=read_asked(reading()))


def _show(typed: list[TypedRow], form: TakeForm) -> str:
    session = reading()
    asked = read_asked(session)
    standing = stand(session, asked.scope)
    changes, refused = understand(standing, typed)
    effect = sum(c.about.amount if c.typed.ref.startswith("L") else -c.about.amount for c in changes)
    return render_template(
        "reconcile/changes.html", asked=asked, form=form, changes=changes, refused=refused, standing=standing,
        after=Pence(standing.difference - effect), carried=[_carry(change.typed) for change in changes],
    )  # fmt: skip


def _take() -> ResponseReturnValue:
    form, typed = TakeForm(), _carried()

    def record(session: Session) -> Recorded:
        if not typed:
            raise NothingToDoError("Nothing came back with this page. Bring the workbook back again.")
        asked = read_asked(session)
        count = take(session, stand(session, asked.scope), typed, by=this_person().actor)
        rows = "1 row is" if count == 1 else f"{count:,} rows are"
        return Recorded(asked.address("reconcile.index", anchor="explained"), f"{rows} explained from the workbook.")

    with form.showing_refusals():
        if form.validate():
            return record_once(record)
    return _show(typed, form), form.status


def _carry(row: TypedRow) -> str:
    return json.dumps([row.row, row.ref, row.payee, row.amount, row.reason, row.note, row.owner])


def _carried() -> list[TypedRow]:
    return [row for sent in request.form.getlist("change") if (row := _read(sent))]


def _read(sent: str) -> TypedRow | None:
    try:
        told: Any = json.loads(sent)
    except ValueError:
        return None
    match told:
        case [int(row), str(ref), str(payee), int() | None as amount, str(reason), str(note), str(owner)]:
            return TypedRow(row, ref, payee, None if amount is None else Pence(amount), reason, note, owner)
    return None
