"""Particulars: when, why and on what authority, as a form says it, by the person signed in; and what comes late."""

from datetime import date
from typing import Any

from flask import request

from fundtracker.domain.years import long_date, today
from fundtracker.services.posting import Particulars
from fundtracker.services.reconciling.scope import closed_to
from fundtracker.web.db import reading
from fundtracker.web.forms import Form
from fundtracker.web.forms.fields import LATE
from fundtracker.web.signed_in import this_person


def particulars_of(form: Form, **more: Any) -> Particulars:
    """
    Give the date of a form, and the decision and the narrative where it asks for them; `more` is said as well.

    A date in a closed period is noted as the original date of what is dated today, where the person ticked so.
    """
    said = {name: form[name].data for name in ("decision", "narrative") if name in form}
    return Particulars(**_dated(form.on.data), by=this_person().actor, **said | more)


def late_note() -> str:
    """Say on a page to check answers that what comes late is dated today; nothing where it does not."""
    closed = closed_to(reading()) if LATE in request.form else None
    if closed is None:
        return ""
    return (
        f"The books are closed to {long_date(closed)}: this is dated today, {long_date(today())}, with the date above "
        "noted as its original date."
    )


def _dated(on: date) -> dict[str, Any]:
    if LATE in request.form:
        closed = closed_to(reading())
        if closed is not None and on <= closed:
            return {"on": today(), "original_date": on}
    return {"on": on}
