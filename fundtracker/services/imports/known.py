"""What the books hold already, read once, so that rows that came in before add nothing."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import ALLOCATED_KINDS, Kind
from fundtracker.domain.statuses import AwardType, Doubt
from fundtracker.domain.text import match_key
from fundtracker.services.organisations import roots
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.bids import Bid
from fundtracker.store.books import Entry
from fundtracker.store.funds import Fund
from fundtracker.store.organisations import Organisation, OtherName

Print = tuple[int | None, int, AwardType, int | None, date | None, str, str]
"""An award's fingerprint: fund, organisation, type, pence, date (None if not stated), purpose and group."""


@dataclass(frozen=True)
class KnownAward:
    """An award in the books, with the pence that it was first awarded and those paid on it."""

    reference: str
    amount: int | None
    fingerprint: Print
    paid: int


@dataclass
class Known:
    """Funds, organisations, awards and bids by what a workbook calls them."""

    funds: dict[str, list[Fund]] = field(default_factory=lambda: defaultdict(list))
    organisations: dict[str, list[Organisation]] = field(default_factory=lambda: defaultdict(list))
    awards: dict[str, KnownAward] = field(default_factory=dict)
    fingerprints: Counter[Print] = field(default_factory=Counter)
    paid: Counter[Print] = field(default_factory=Counter)
    bids: dict[tuple[str, str], list[Bid]] = field(default_factory=lambda: defaultdict(list))
    originals: dict[int, int] = field(default_factory=dict)
    first_allocated: dict[int, date] = field(default_factory=dict)


def read_known(session: Session) -> Known:
    """Read what the books hold."""
    known = Known()
    for fund in session.scalars(select(Fund).order_by(Fund.id)):
        for key in {match_key(fund.name), match_key(fund.reference)}:
            known.funds[key].append(fund)
    _read_organisations(session, known)
    for bid in session.scalars(select(Bid).order_by(Bid.id)):
        known.bids[match_key(bid.title), match_key(bid.funder)].append(bid)
    _read_allocations(session, known)
    _read_awards(session, known)
    return known


def _read_organisations(session: Session, known: Known) -> None:
    every = {organisation.id: organisation for organisation in session.scalars(select(Organisation))}
    into = roots(session)
    now = select(Organisation.match_key, Organisation.id).order_by(Organisation.id)
    once = select(OtherName.match_key, OtherName.organisation_id).order_by(OtherName.id)
    for key, number in (*session.execute(now).all(), *session.execute(once).all()):
        is_now = every[into.get(number, number)]
        if is_now not in known.organisations[key]:
            known.organisations[key].append(is_now)


def _read_allocations(session: Session, known: Known) -> None:
    first = select(Entry.budget_line_id, func.min(Entry.on_date)).where(Entry.kind.in_(ALLOCATED_KINDS))
    known.first_allocated = {row[0]: row[1] for row in session.execute(first.group_by(Entry.budget_line_id))}
    original = select(Entry.budget_line_id, func.sum(Entry.amount)).where(Entry.kind == Kind.ALLOCATION)
    rows = session.execute(original.group_by(Entry.budget_line_id))
    known.originals = {line: int(amount) for line, amount in rows}


def _read_awards(session: Session, known: Known) -> None:
    first = Entry.kind == Kind.AWARD, Entry.reverses.is_(None), Entry.replaces.is_(None)
    posted = select(AwardLine.award_id, func.sum(Entry.amount)).join(Entry, Entry.award_line_id == AwardLine.id)
    amounts = {award: int(sum_) for award, sum_ in session.execute(posted.where(*first).group_by(AwardLine.award_id))}
    sums = select(AwardLine.award_id, func.sum(AwardLine.paid)).group_by(AwardLine.award_id)
    paid = {award: int(sum_) for award, sum_ in session.execute(sums)}
    merged = roots(session)
    columns = select(
        Award.id, Award.reference, Award.fund_id, Award.organisation_id, Award.type, Award.estimated_value,
        Award.awarded_on, Award.date_doubt, Award.purpose, Award.benefits,
    ).order_by(Award.id)  # fmt: skip
    for row in session.execute(columns):
        amount = amounts.get(row.id, row.estimated_value)
        day = None if row.date_doubt is Doubt.NOT_STATED else row.awarded_on
        organisation = merged.get(row.organisation_id, row.organisation_id)
        about = (match_key(row.purpose), match_key(row.benefits))
        fingerprint: Print = (row.fund_id, organisation, row.type, amount, day, *about)
        known.awards[row.reference.casefold()] = KnownAward(row.reference, amount, fingerprint, paid.get(row.id, 0))
        known.fingerprints[fingerprint] += 1
        known.paid[fingerprint] += paid.get(row.id, 0)
