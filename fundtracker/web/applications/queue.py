"""The queue of a fund: the applications that wait for a decision, and the one to decide next."""

from typing import Any

from sqlalchemy.orm import Session, joinedload

from fundtracker.services import histories
from fundtracker.store.applications import Application


def queue(session: Session, application: Application) -> dict[str, Any]:
    """Give the applications of the same fund that wait, this one's place among them and the next one."""
    waiting = histories.waiting(session, application.fund)
    others = [other for other in waiting if other.id != application.id]
    later = [other for other in others if other[:2] > (application.received_on, application.id)]
    place = next((place for place, one in enumerate(waiting, start=1) if one.id == application.id), 0)
    following = next((other.id for other in [*later, *others]), None)
    return {"waiting": len(waiting), "others": others, "place": place, "following": _next(session, following)}


def _next(session: Session, number: int | None) -> Application | None:
    named = [joinedload(Application.organisation)]
    return None if number is None else session.get_one(Application, number, options=named)
