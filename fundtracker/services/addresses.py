"""Addresses of the network: how often each may ask to sign in, counted in the database for all workers of a server."""

from datetime import timedelta
from http import HTTPStatus

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.years import now
from fundtracker.store.people import AddressCount

MOST = 30
_WITHIN = timedelta(minutes=1)
_KEPT = timedelta(hours=1)


class AskedTooOftenError(Refusal):
    """An address that asked to sign in too often within a minute."""

    status = HTTPStatus.TOO_MANY_REQUESTS


def check_address(session: Session, address: str) -> None:
    """Refuse an address that has asked 30 times within a minute; raises AskedTooOftenError."""
    counted = session.scalar(select(AddressCount).where(AddressCount.address == address))
    if counted is not None and counted.asked >= MOST and counted.since > now() - _WITHIN:
        raise AskedTooOftenError("Too many have tried to sign in from here. Wait a minute and try again.")


def count_address(session: Session, address: str) -> None:
    """Count that an address asked to sign in, and let go of counts that are an hour old."""
    at = now()
    session.execute(delete(AddressCount).where(AddressCount.since < at - _KEPT))
    counted = session.scalar(select(AddressCount).where(AddressCount.address == address))
    if counted is None:
        session.add(AddressCount(address=address, since=at, asked=1))
    elif counted.since <= at - _WITHIN:
        counted.since, counted.asked = at, 1
    else:
        counted.asked += 1
    session.flush()
