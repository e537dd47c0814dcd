"""Asking again: the form of a request that was sent back, filled in as it was, to be changed and sent once more."""

import json

from flask import request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from fundtracker.domain.approvals import StepKind
from fundtracker.store.approvals import ApprovalRequest
from fundtracker.web.addresses import whole_number
from fundtracker.web.db import reading
from fundtracker.web.signed_in import signed_in

AGAIN = "again"


def answers_again() -> MultiDict[str, str] | None:
    """Give the answers of a request that was sent back, for the person who asked to change them on their page."""
    if request.method != "GET" or AGAIN not in request.args:
        return None
    person, found = signed_in(), followed(reading())
    if found is None or person is None or found.made_by_id != person.person_id or found.address != request.path:
        return None
    return MultiDict([(name, value) for name, value in json.loads(found.answers)])


def followed(session: Session) -> ApprovalRequest | None:
    """Give the request that was sent back and that the page in hand asks again, as its address says."""
    number = whole_number(request.args.get(AGAIN, ""))
    found = session.get(ApprovalRequest, number) if number else None
    settled = found.settled if found else None
    return found if settled is not None and settled.kind is StepKind.SENT_BACK else None
