"""Check your answers: a form is filled, its answers are checked on a page of their own, then they are recorded."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.web.db import transaction
from fundtracker.web.forms.base import Form
from fundtracker.web.once import Record, record_once

Context = Callable[[], Mapping[str, Any]]


class _Rehearsed(Exception):  # noqa: N818 - nothing went wrong
    """Leave a transaction without keeping it."""


def rehearse(record: Callable[[Session], object]) -> None:
    """Do what would be recorded and keep none of it, so that every refusal is met before the answers are checked."""
    try:
        with transaction() as session:
            record(session)
            raise _Rehearsed
    except _Rehearsed:
        pass


def check_then_record(
    form: Form,
    *,
    page: str,
    check_page: str,
    record: Record,
    context: Context = dict,
    rehearsed: Callable[[Session], object] | None = None,
) -> ResponseReturnValue:
    """
    Show a form, then its answers to check, then record them once.

    The button's `step` says which: `check`, `change` (back to the form, filled in) or `record`. A refusal comes back
    to the form with everything that was typed. `record` must do nothing outside the session it is given. What is not
    done now, but asked for, is `rehearsed` in its place.
    """
    step = request.form.get("step", "check")
    if request.method != "POST" or step == "change":
        return render_template(page, form=form, **context())
    with form.showing_refusals():
        if form.validate():
            if step != "record" or rehearsed:
                rehearse(rehearsed or record)
            if step == "record":
                return record_once(record)
            return render_template(check_page, form=form, **context())
    return render_template(page, form=form, **context()), form.status


def record_form(form: Form, *, page: str, record: Record, context: Context = dict) -> ResponseReturnValue:
    """Show a form and record it once, with no page to check: for what moves no money."""
    if request.method == "POST":
        with form.showing_refusals():
            if form.validate():
                return record_once(record)
        return render_template(page, form=form, **context()), form.status
    return render_template(page, form=form, **context())
