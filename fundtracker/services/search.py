"""Search: what one exact reference names, and the names that a misspelt one may mean."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from rapidfuzz import fuzz, process
from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence
from fundtracker.services.likely import spelt_out
from fundtracker.services.listings.filters import Filters, containing
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award, Payment
from fundtracker.store.bids import Bid
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from fundtracker.store.organisations import Organisation, OtherName

Known = TypeVar("Known")

MOST = 5
_CLOSE_ENOUGH = 72  # "telfrod" has 77 against Telford & Wrekin Council, "covd" 68 against a bid that it does not mean
_ELSEWHERE = (Kind.AWARD, Kind.PAYMENT, Kind.REFUND)
_LARGEST_NUMBER = 2**63 - 1
_REFERENCES: dict[str, InstrumentedAttribute[str]] = {
    "fund": Fund.reference,
    "application": Application.reference,
    "award": Award.reference,
    "payment": Payment.reference,
    "bid": Bid.reference,
}


class FoundEntry(NamedTuple):
    """An entry that is neither an award nor a payment, with its signed pence."""

    number: int
    kind: Kind
    reverses: int | None
    amount: Pence
    on_date: date
    narrative: str
    fund: str


class Named(NamedTuple):
    """What a reference names: a fund, application, award, payment, bid or entry, and its reference as it is written."""

    what: str
    reference: str


def find_reference(session: Session, text: str) -> Named | None:
    """Give the one thing that has exactly this reference, whatever its case, or an entry as `#1204`; None for none."""
    wanted = text.strip().casefold()
    number = _entry_number(wanted)
    if number is not None:
        return Named("entry", str(number)) if session.get(Entry, number) is not None else None
    found = session.execute(union_all(*(_of(what, column, wanted) for what, column in _REFERENCES.items()))).all()
    return Named(*found[0]) if len(found) == 1 else None


def nearest_names(session: Session, text: str) -> list[str]:
    """Give the names of organisations, funds and bids that a misspelt text may mean, best first, in one query."""
    wanted = spelt_out(text)
    if not wanted:
        return []
    columns = (Organisation.name, OtherName.name, Fund.name, Bid.title)
    names = session.scalars(union_all(*(select(column) for column in columns)))
    return nearest(wanted, {name: spelt_out(name) for name in names})


def nearest(wanted: str, known: Mapping[Known, str]) -> list[Known]:
    """Give what misspelt words may mean, best first, of all that is known by its words."""
    found = process.extract(wanted, known, scorer=fuzz.WRatio, limit=MOST, score_cutoff=_CLOSE_ENOUGH)
    return [one for _, _, one in found]


def _of(what: str, column: InstrumentedAttribute[str], wanted: str) -> Select[str, str]:
    return select(literal(what), column).where(func.lower(column) == wanted)


def _entry_number(text: str) -> int | None:
    digits = text.removeprefix("#").replace(",", "")
    if not text.startswith("#") or not (digits.isascii() and digits.isdigit()):
        return None
    return min(int(digits[:20]), _LARGEST_NUMBER)


def find_entries(session: Session, text: str, most: int = MOST) -> tuple[list[FoundEntry], int]:
    """
    Give the newest entries of an amount, or whose decision, reference or words hold the text, and how many there are.

    Awards and payments are left out: they are found as awards and payments.
    """
    words = (Entry.decision_reference, Entry.reference, Entry.narrative)
    wanted = containing(Filters(text=text), *words, amounts=(Entry.amount, -Entry.amount))
    facts = (Entry.number, Entry.kind, Entry.reverses, Entry.amount, Entry.on_date, Entry.narrative, Fund.name)
    found = select(*facts, func.count().over()).join(Fund, Fund.id == Entry.fund_id)
    rows = session.execute(
        found.where(Entry.kind.not_in(_ELSEWHERE), *wanted).order_by(Entry.number.desc()).limit(most)
    )
    both = [(FoundEntry(*row[:-1]), row[-1]) for row in rows]
    return [entry for entry, _ in both], both[0][1] if both else 0
