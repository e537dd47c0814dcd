"""Who reads the second part of a decision record, and what is attached to it."""

from flask import abort
from sqlalchemy.orm import Session

from fundtracker.domain.roles import Power
from fundtracker.services.decisions.records import find_decision
from fundtracker.store.decisions import DecisionRecord
from fundtracker.web.signed_in import this_person


def sees_part_two() -> bool:
    """Say whether the person signed in may read what is not published."""
    person = this_person()
    return any(person.may(power) for power in (Power.RECORD, Power.SIGN, Power.APPROVE))


def find_whole(session: Session, reference: str) -> DecisionRecord:
    """Give a decision record to whoever may read all of it; its files may belong to its second part."""
    if not sees_part_two():
        abort(403)
    return find_decision(session, reference)
