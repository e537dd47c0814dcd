"""The queue of a fund: the applications that wait for a decision, and the one to decide next."""

from typing import Any

from sqlalchemy.orm import Session

from fundtracker.services import histories
from fundtracker.store.applications import Application


def queue(session: Session, application: Application) -> dict[str, Any]:
    """Give the applications of the same fund that wait, this one's place among them and the next one."""
    waiting = histories.waiting(session, application.fund)
    others = [other for other in waiting if other.id != application.id]
    later = [other for other in others if (other.received_on, other.id) > (application.received_on, application.id)]
    place = waiting.index(application) + 1 if application in waiting else 0
    return {"waiting": waiting, "others": others, "place": place, "following": next(iter([*later, *others]), None)}
