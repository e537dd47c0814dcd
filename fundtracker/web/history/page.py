"""The history: every change, the newest first, by person, day, fund, kind, amount and record; and its download."""

from collections.abc import Iterator
from dataclasses import replace

from flask import Blueprint, Response, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.roles import COMMAND_LINE
from fundtracker.services.funds import find_fund
from fundtracker.services.history.heads import find_head
from fundtracker.services.history.reading import PER_PAGE, Wanted, read_changes
from fundtracker.services.history.telling import Line, noun, tell
from fundtracker.services.listings.paging import Order, Part
from fundtracker.store.base import Base
from fundtracker.store.catching_up import UPGRADE
from fundtracker.store.people import Person
from fundtracker.store.watched import UNWATCHED
from fundtracker.store.watching import OUTSIDE
from fundtracker.web.access import may_open
from fundtracker.web.addresses import whole_number
from fundtracker.web.db import NOBODY, reading
from fundtracker.web.history.records import address_of, find_record
from fundtracker.web.lists.asked import Asked, read_address
from fundtracker.web.lists.offers import Choice, Offer
from fundtracker.web.lists.sending import Shown, send_list, text, whole

pages = Blueprint("history", __name__)

OTHERS = (COMMAND_LINE.name, NOBODY.name, UPGRADE.name, OUTSIDE)  # who is no person of the office
KINDS = {name: noun(name).capitalize() for name in sorted(Base.metadata.tables.keys() - UNWATCHED.keys(), key=noun)}
OFFER = Offer(
    endpoint="history.index", sorts={"number": "Newest"}, usual=Part(order=Order("number", descending=True)), year="",
    searched="Words", amount="Amount", days="Day",
)  # fmt: skip
MOST_SHOWN = 6  # differences of one change; the download has them all
TOGETHER = 1_000  # changes read at once for a download


def _kept(name: str) -> Shown:
    return text(f"{name} (as kept)", lambda line: getattr(line.told, name.lower()), 20)


def _in_words(line: Line) -> str:
    return "\n".join(one.in_words for one in line.differences)


COLUMNS = (
    whole("Change", lambda line: line.told.number),
    text("When (UTC)", lambda line: f"{line.told.at:%Y-%m-%dT%H:%M:%S.%fZ}", 28),
    text("Who", lambda line: line.told.by, 24),
    text("What was done", lambda line: line.done, 14),
    text("Kind", lambda line: line.kind, 20),
    text("Record", lambda line: line.subject, 24),
    text("What changed", _in_words, 70),
    text("Why", lambda line: line.told.reason, 40),
    text("Request", lambda line: line.told.request),
    text("Person", lambda line: str(line.told.by_id or "")),
    text("Table", lambda line: line.told.table),
    text("Row", lambda line: line.told.row),
    _kept("Before"),
    _kept("After"),
    text("Hash", lambda line: line.told.hash, 20),
)


@pages.get("/history")
def index() -> str:
    """Show the history, a part at a time."""
    session, asked = reading(), _read_address()
    before = whole_number(request.args.get("before", ""))
    found = read_changes(session, _wanted(session, asked), before=before, size=PER_PAGE + 1)
    lines = tell(session, found[:PER_PAGE])
    older = asked.href(before=lines[-1].told.number) if len(found) > PER_PAGE else ""
    return render_template(
        "history/index.html", asked=asked, lines=lines, older=older, newest=asked.href() if before else "",
        head=find_head(session), address_of=address_of, most=MOST_SHOWN, person_to_erase=_person_to_erase(asked),
    )  # fmt: skip


def _person_to_erase(asked: Asked) -> str:
    """Give the way to erasing a person's details, for the administrator at the history of one."""
    record = asked.values.get("of")
    if record is None or record.table != "organisation" or not may_open("history.erase"):
        return ""
    return url_for("history.erase", number=record.row)


@pages.get("/history.xlsx")
def download() -> Response:
    """Send the changes as they are filtered, all of them."""
    session, asked = reading(), _read_address()
    lines = _all_lines(session, _wanted(session, asked))
    return send_list("History", COLUMNS, lines, as_at=asked.when.day, filters=asked.words)


def _all_lines(session: Session, wanted: Wanted) -> Iterator[Line]:
    """Read the changes in short reads: what is in the history stays as it is."""
    before: int | None = None
    while some := read_changes(session, wanted, before=before, size=TOGETHER):
        yield from tell(session, some)
        before = some[-1].number
        session.rollback()


def _read_address() -> Asked:
    session = reading()
    people = {
        str(number): name for number, name in session.execute(select(Person.id, Person.name).order_by(Person.name))
    }
    choices = (
        Choice("who", "Who", "Anybody", {**people, **{name: name.capitalize() for name in OTHERS}}),
        Choice("what", "Kind of record", "Any kind", KINDS),
    )
    asked = read_address(replace(OFFER, own=choices))
    if typed := request.args.get("of", "").strip():
        try:
            asked.values["of"] = find_record(session, typed)
        except Refusal as refusal:
            asked.problems.append(f"{refusal.sentence.rstrip('.')}. The history is not filtered by it.")
        else:
            asked.in_use["of"] = typed
            asked.words.append(("History of", asked.values["of"].says))
    return asked


def _wanted(session: Session, asked: Asked) -> Wanted:
    given, records = asked.values.get, []
    if fund := given("fund"):
        records.append(("fund", find_fund(session, fund).id))
    if organisation := given("organisation"):
        records.append(("organisation", organisation))
    if record := given("of"):
        records.append((record.table, record.row))
    who = given("who", "")
    return Wanted(
        person=whole_number(who), name="" if whole_number(who) else who, kind=given("what", ""), since=given("since"),
        until=given("until"), least=given("least"), most=given("most"), text=given("text", ""), records=tuple(records),
    )  # fmt: skip
