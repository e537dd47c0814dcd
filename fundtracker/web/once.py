"""Sent twice, recorded once: each form carries a key, kept with what it recorded."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from http import HTTPStatus

from flask import flash, redirect, request
from sqlalchemy import delete
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.years import now
from fundtracker.services.approvals.alone import check_not_alone
from fundtracker.store.office import SentForm
from fundtracker.web.db import reading, transaction
from fundtracker.web.events import log_event
from fundtracker.web.seen import SEEN, last_entry
from fundtracker.web.signed_in import signed_in, this_person

KEY = "once"
_KEPT = timedelta(days=7)  # no session, and so no form of one, lasts a day
_NOT_ANSWERS = frozenset({KEY, SEEN, "csrf_token", "step"})


@dataclass(frozen=True)
class Recorded:
    """Where to go after recording, and what to say there (with the reference of what was recorded)."""

    url: str
    says: str = ""


Record = Callable[[Session], Recorded]


@dataclass(frozen=True)
class Sending:
    """The form in hand: its once-only key, and a digest of its answers."""

    key: str
    digest: str


def sending() -> Sending:
    """Give the form in hand, for a record that is made outside this request; raises KeyMissingError without its key."""
    key = _key()
    if not key:
        raise KeyMissingError("This form was not sent whole, and nothing was recorded. Open it again and fill it in.")
    return Sending(key, _digest())


class SentBeforeError(Refusal):
    """A form sent a second time with other answers."""

    status = HTTPStatus.CONFLICT


class KeyMissingError(Refusal):
    """A form sent without the key that it was shown with."""

    status = HTTPStatus.BAD_REQUEST


def record_once(record: Record) -> Response:
    """
    Record the form in hand in one transaction and go on; the same form sent again goes to the same place.

    Raises SentBeforeError where the form was recorded with other answers, and the refusals of `record`.
    """
    form, person = sending(), this_person()
    with transaction() as session:
        sent = session.get(SentForm, form.key)
        if sent is None:
            since = last_entry(session)
            recorded = record(session)
            check_not_alone(session, since)
            answer = json.dumps(asdict(recorded))
            session.execute(delete(SentForm).where(SentForm.sent_at < now() - _KEPT))
            session.add(_sent(form, answer, person.person_id))
        elif (sent.digest, sent.person_id) != (form.digest, person.person_id):
            raise SentBeforeError(
                "This form was recorded before with other answers, and the new ones were not recorded. Look at what "
                "was recorded, then open a new form for anything more."
            )
        else:
            recorded = Recorded(**json.loads(sent.answer))
    return _go_on(recorded, again=sent is not None)


def answer_again() -> Response | None:
    """Answer a form that was recorded before as it was answered then, whatever its page would refuse by now."""
    if request.method != "POST" or request.form.get("step", "record") != "record":
        return None
    key, person = _key(), signed_in()
    sent = reading().get(SentForm, key) if key and person else None
    if sent is None or person is None or (sent.digest, sent.person_id) != (_digest(), person.person_id):
        return None  # never recorded, or with other answers: the page says which
    return _go_on(Recorded(**json.loads(sent.answer)), again=True)


def _sent(form: Sending, answer: str, person_id: int) -> SentForm:
    return SentForm(key=form.key, digest=form.digest, answer=answer, person_id=person_id, sent_at=now())


def _go_on(recorded: Recorded, *, again: bool) -> Response:
    log_event("recorded", page=request.endpoint, again=again)
    if recorded.says:
        flash(recorded.says, "recorded")
    return redirect(recorded.url, 303)


def _key() -> str:
    key = request.form.get(KEY, "")
    return key if len(key) <= SentForm.key.type.length and key.isprintable() else ""


def _digest() -> str:
    answers = sorted((name, values) for name, values in request.form.lists() if name not in _NOT_ANSWERS)
    body = json.dumps([request.endpoint, request.view_args, answers], sort_keys=True, default=str)
    return hashlib.sha256(body.encode()).hexdigest()
