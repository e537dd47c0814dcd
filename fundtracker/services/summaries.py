"""The summary: every fund with its figures and counts as at a date, their totals, and the bids outside them."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from fundtracker.domain.balances import Balance, total
from fundtracker.domain.money import Pence, plain
from fundtracker.domain.statuses import BidStatus, FundStatus, Source
from fundtracker.domain.years import FinancialYear
from fundtracker.services.counts import Counts, count_all, fund_counts
from fundtracker.services.figures import AsAt, as_at, fund_balances
from fundtracker.store.bids import Bid
from fundtracker.store.funds import Fund

MONEY = (
    "original", "allocated", "over_allowed", "awarded", "remaining", "net_paid", "to_pay", "to_recover",
    "received", "returned",
)  # fmt: skip


class FundFacts(NamedTuple):
    """What a list says of a fund, read without the rest of it."""

    id: int
    reference: str
    name: str
    funder: str
    source: Source
    status: FundStatus
    opens_on: date | None
    spend_by: date | None
    spend_by_words: str
    follows_id: int | None


_AWAITING = select(func.count(), func.sum(Bid.sought), func.count() - func.count(Bid.sought)).where(
    or_(*(Bid.status == status for status in BidStatus if status.awaiting))  # unlike IN, not written anew each time
)
_BY_SOURCE = case({source.value: place for place, source in enumerate(Source)}, value=Fund.source)
_NO_MONEY, _NOTHING = Balance(), Counts()
_FUNDS = select(*(getattr(Fund, name) for name in FundFacts._fields)).order_by(_BY_SOURCE, Fund.name, Fund.id)


@dataclass(frozen=True)
class FundSummary:
    """One fund with its balance and counts."""

    fund: FundFacts
    balance: Balance
    counts: Counts


@dataclass(frozen=True)
class BidsAwaiting:
    """Bids that a funder has and has not answered, what they ask for in pence, and how many state nothing."""

    awaiting: int
    sought: Pence
    unstated: int


@dataclass(frozen=True)
class Summary:
    """What the chief executive reads: a row a fund, external then own then reserve, and the totals."""

    when: AsAt
    funds: list[FundSummary]
    balance: Balance
    counts: Counts
    bids: BidsAwaiting

    def of(self, source: Source) -> list[FundSummary]:
        """Give the funds of one source."""
        return [row for row in self.funds if row.fund.source is source]

    @property
    def groups(self) -> list[tuple[Source, list[FundSummary], Balance]]:
        """Give the funds by whose money they are, each group with its subtotal, and no group that is empty."""
        groups = [(source, self.of(source)) for source in Source]
        return [(source, rows, total(row.balance for row in rows)) for source, rows in groups if rows]

    def to_json(self) -> dict[str, Any]:
        """Give the stable answer of `fundtracker summary --json`: money as strings of pounds, dates ISO."""
        return {
            "as_at": self.when.day.isoformat(),
            "last_entry": self.when.last_entry,
            "funds": [_fund_json(row) for row in self.funds],
            "totals": {**_figures(self.balance, self.counts), "in_kind": self.counts.in_kind},
            "bids": {"awaiting": self.bids.awaiting, "sought": plain(self.bids.sought)},
        }


def summarise(session: Session, day: date | None = None, up_to_entry: int | None = None) -> Summary:
    """Sum up every fund as at a day, counting entries up to a number where one is given."""
    when = as_at(session, day, up_to_entry)
    rows = summarise_funds(session, when)
    return Summary(when, rows, total(row.balance for row in rows), count_all(session, when), bids_awaiting(session))


def summarise_funds(
    session: Session, when: AsAt, *wanted: ColumnElement[bool], year: FinancialYear | None = None
) -> list[FundSummary]:
    """Sum up the funds that are wanted, by whose money they are and by name, in three queries; of a year's lines."""
    balances, counts = fund_balances(session, when, year=year), fund_counts(session, when, year)
    funds = session.connection().execute(_FUNDS.where(*wanted) if wanted else _FUNDS).all()
    return [
        FundSummary(fund, balances.get(fund.id, _NO_MONEY), counts.get(fund.id, _NOTHING))
        for fund in map(FundFacts._make, funds)
    ]


def bids_awaiting(session: Session) -> BidsAwaiting:
    """Sum up the bids that funders have and have not answered."""
    number, sought, unstated = session.connection().execute(_AWAITING).one()
    return BidsAwaiting(number, Pence(int(sought or 0)), unstated)


def _fund_json(row: FundSummary) -> dict[str, Any]:
    fund = row.fund
    words = {"reference": fund.reference, "name": fund.name, "funder": fund.funder, "source": fund.source.value}
    return {**words, **_figures(row.balance, row.counts)}


def _figures(balance: Balance, counts: Counts) -> dict[str, Any]:
    money = {name: plain(getattr(balance, name)) for name in MONEY}
    return {
        **money,
        "awards": counts.awards,
        "organisations": counts.organisations,
        "without_value": counts.without_value,
    }
