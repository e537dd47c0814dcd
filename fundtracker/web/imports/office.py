"""The office's own workbook: looked at sheet by sheet and row by row, then brought in whole or not at all."""

import hashlib
import json
from collections.abc import Sequence
from http import HTTPStatus

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import HiddenField

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import Fate
from fundtracker.domain.years import FinancialYear
from fundtracker.services.imports.outcome import Outcome
from fundtracker.services.imports.recording import record as record_workbook
from fundtracker.services.imports.understood import AwardStated, Understood
from fundtracker.services.imports.understood import Problem as RowProblem
from fundtracker.services.imports.waiting import drop_waiting, find_waiting
from fundtracker.sheets.office import Answer, bring_in, own_totals, understand
from fundtracker.store.imports import WaitingFile
from fundtracker.web.blueprints import imports as pages
from fundtracker.web.db import reading, transaction
from fundtracker.web.forms import DateField, Form, Problem, YearField
from fundtracker.web.once import Record, Recorded, record_once
from fundtracker.web.signed_in import SignedIn, this_person

MOST_SHOWN = 50
_UNDATED = "Date of rows that have none"
_UNDATED_HINT = "Leave it empty for the first day of the workbook’s financial year."
_YEAR = "Financial year of the workbook"
_YEAR_HINT = "Like 2020/21. Leave it empty where the workbook’s titles name it."


class BooksChangedError(Refusal):
    """A workbook confirmed after the books had changed what it would do."""


class DateForm(Form):
    """Another year, or another date for the rows that have none."""

    year = YearField(_YEAR, hint=_YEAR_HINT)
    undated = DateField(_UNDATED, hint=_UNDATED_HINT, past=True)


class ConfirmForm(Form):
    """The word to bring a workbook in as it was shown."""

    shown = HiddenField()
    looks: Sequence[RowProblem] = ()

    @property
    def problems(self) -> list[Problem]:
        """List what must be put right in the workbook, each with a link to its row of the page."""
        rows = [
            Problem(f"{problem.sheet}, row {problem.row}: {problem.says}" if problem.row else problem.says, f"look-{i}")
            for i, problem in enumerate(self.looks, start=1)
        ]
        return [*super().problems, *rows]


def look(key: str) -> ResponseReturnValue:
    """Show what a workbook would do, row by row; nothing is in the books yet."""
    return _look(key, ConfirmForm(formdata=None))


@pages.post("/imports/waiting/<key>/date")
def date_rows(key: str) -> ResponseReturnValue:
    """Take another year, or another date for the rows that have none, and look again."""
    form, person = DateForm(), this_person()
    if not form.validate():
        return _look(key, ConfirmForm(formdata=None), form)
    with transaction() as session:
        waiting = find_waiting(session, key=key, person_id=person.person_id)
        waiting.undated, waiting.year = form.undated.data, form.year.data
    return redirect(url_for("imports.look", key=key), 303)


def record(key: str) -> ResponseReturnValue:
    """Bring a workbook in, once, as it was shown."""
    form = ConfirmForm()
    with form.showing_refusals():
        if form.validate():
            return record_once(_bringing(key, form.shown.data or "", this_person()))
    return _look(key, form)


def _bringing(key: str, shown: str, person: SignedIn) -> Record:
    """Understand the workbook before the transaction, and give what is done within it."""
    waiting = reading().scalar(select(WaitingFile).where(WaitingFile.key == key))
    understood = _understand(waiting) if waiting else None

    def bring(session: Session) -> Recorded:
        find_waiting(session, key=key, person_id=person.person_id)
        if understood is None:
            raise BooksChangedError("This file had only just arrived. Look at it again.")
        outcome = record_workbook(session, understood=understood, by=person.actor)
        if _fingerprint(outcome) != shown:
            raise BooksChangedError("The books have changed since this was shown. Look at it again, then confirm.")
        drop_waiting(session, key=key, person_id=person.person_id)
        if outcome.batch_number is None:
            return Recorded(
                url_for("imports.index"), f"{understood.file_name} added nothing: it was all there already."
            )
        return Recorded(
            url_for("imports.show", number=outcome.batch_number), f"{understood.file_name} is in the books."
        )

    return bring


def _understand(waiting: WaitingFile) -> Understood:
    content, name, undated, year = waiting.content, waiting.file_name, waiting.undated, _year(waiting)
    reading().rollback()
    return understand(content, file_name=name, undated=undated, year=year)


def _year(waiting: WaitingFile) -> FinancialYear | None:
    return FinancialYear(waiting.year) if waiting.year is not None else None


def _look(key: str, form: ConfirmForm, date_form: DateForm | None = None) -> ResponseReturnValue:
    person = this_person()
    waiting = find_waiting(reading(), key=key, person_id=person.person_id)
    content, name, undated, year = waiting.content, waiting.file_name, waiting.undated, _year(waiting)
    answer = bring_in(reading(), content, file_name=name, by=person.actor, undated=undated, year=year, dry_run=True)
    form.shown.data = _fingerprint(answer.outcome)
    form.looks = [problem for problem in answer.problems() if problem.refuses][:MOST_SHOWN]
    status = form.status if form.form_errors or date_form else HTTPStatus.OK
    dates = date_form or DateForm(formdata=None, undated=undated, year=year)
    page = render_template(
        "imports/office.html", key=key, form=form, dates=dates, answer=answer, most=MOST_SHOWN, fates=list(Fate),
        totals=[(sheet, total) for sheet in answer.sheets for total in own_totals(sheet)], awards=_awards(answer),
    )  # fmt: skip
    return page, status


def _awards(answer: Answer) -> list[tuple[int, AwardStated]]:
    """Give the awards that would be taken, with their rows."""
    rows = [(sheet, row) for sheet in answer.sheets for row in sheet.rows if answer.fate(sheet, row)[0] is Fate.TAKEN]
    return [(row.number, row.stated) for _, row in rows if isinstance(row.stated, AwardStated)]


def _fingerprint(outcome: Outcome) -> str:
    """Reduce what a workbook would do to a few letters, so that what is confirmed is what was shown."""
    fates = sorted((*at, fate.value) for at, fate in outcome.fates.items())
    funds = [(fund.name, fund.reference, fund.new) for fund in outcome.funds]
    return hashlib.sha256(json.dumps([fates, funds]).encode()).hexdigest()
