"""Records that notes and files hang on: how each is found by its address, and where it is shown."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import abort, url_for
from sqlalchemy.orm import Session

from fundtracker.domain.roles import Power
from fundtracker.services.applications import find_application
from fundtracker.services.awards import find_award
from fundtracker.services.claims import find_claim
from fundtracker.services.decisions.records import find_decision
from fundtracker.services.files import Owner
from fundtracker.services.funds import find_fund
from fundtracker.services.hanging import beside
from fundtracker.services.moves import find_term
from fundtracker.services.notes import NOTED
from fundtracker.services.organisations import find_organisation
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award
from fundtracker.store.decisions import DecisionRecord
from fundtracker.store.funds import Fund
from fundtracker.store.organisations import Organisation
from fundtracker.store.returns import MonitoringReturn
from fundtracker.web.access import may_open
from fundtracker.web.signed_in import this_person

Find = Callable[[Session, Any], Any]


class Kind(NamedTuple):
    """One kind of record: the address under which all of it stands, and how one is found by the end of that."""

    address: str
    find: Find


def _return(session: Session, number: int) -> MonitoringReturn:
    return find_term(session, MonitoringReturn, number)


RECORDS = {
    "fund": Kind("/funds/<path:key>", find_fund),
    "organisation": Kind("/organisations/<int:key>", find_organisation),
    "application": Kind("/applications/<path:key>", find_application),
    "award": Kind("/awards/<path:key>", find_award),
    "claim": Kind("/claims/<path:key>", find_claim),
    "decision_record": Kind("/decisions/<path:key>", find_decision),
    "monitoring_return": Kind("/returns/<int:key>", _return),
}


class Place(NamedTuple):
    """Where a record is shown, what it is called, and what its address ends in."""

    href: str
    name: str
    kind: str
    key: str | int


def place_of(record: Owner) -> Place:
    """Give the place of a record."""
    kind = record.__tablename__
    if isinstance(record, Organisation):
        return Place(url_for("organisations.show", number=record.id), record.name, kind, record.id)
    if isinstance(record, MonitoringReturn):
        name = f"{record.about}, award {record.award.reference}"
        return Place(url_for("returns.show", number=record.id), name, kind, record.id)
    if isinstance(record, DecisionRecord):
        href = url_for("decisions.show", ref=record.reference)
        return Place(href, f"Decision {record.reference} {record.title}", kind, record.reference)
    named = f" {record.name}" if isinstance(record, Fund) else ""
    href = url_for(f"{kind}s.show", ref=record.reference)
    return Place(href, f"{kind.capitalize()} {record.reference}{named}", kind, record.reference)


def open_record(session: Session, record: Owner) -> Any:
    """Give a record as its own page would; a person who may not see it is refused."""
    if isinstance(record, DecisionRecord) and not this_person().may(Power.READ_PRIVATE):
        abort(403)  # what is attached to it may belong to its second part
    place = place_of(record)
    return RECORDS[place.kind].find(session, place.key)


class Link(NamedTuple):
    """Words and where they lead."""

    text: str
    href: str


def links_beside(session: Session, record: Owner) -> list[Link]:
    """Give the links from a record to what hangs on it, with how many notes and files there are."""
    place, (notes, files) = place_of(record), beside(session, record)
    found = [Link(f"Files ({files})", url_for(f"files.{place.kind}", key=place.key))]
    if isinstance(record, NOTED):
        found.insert(0, Link(f"Notes and contacts ({notes})", url_for(f"notes.{place.kind}", key=place.key)))
    if isinstance(record, Fund):
        found.append(Link("Ranking of applications", url_for("assessing.ranking", ref=record.reference)))
    if isinstance(record, Application):
        found.insert(0, Link("Assessment", url_for("assessing.application", ref=record.reference)))
    if isinstance(record, Application | Award) and may_open("decisions.draft"):
        case: dict[str, Any] = {place.kind: place.key}
        found.append(Link("Draft a decision record", url_for("decisions.draft", **case)))
    if isinstance(record, Application | Organisation):
        found.append(Link("Declare an interest", url_for(f"interests.declare_{place.kind}", key=place.key)))
    return found
