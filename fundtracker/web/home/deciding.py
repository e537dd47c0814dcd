"""What waits for the chief executive's decision: a sentence that begins with a verb, its amount, and since when."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.statuses import BidStatus
from fundtracker.domain.years import LONDON, long_date, today
from fundtracker.services.exceptions.listing import ExceptionRow
from fundtracker.services.exceptions.rules import Rule
from fundtracker.services.listings.bids import BidRow
from fundtracker.services.papers.keeping import unsigned
from fundtracker.services.queues import Waiting, list_unsettled, waiting_by_fund
from fundtracker.services.summaries import FundSummary, Summary
from fundtracker.web.access import may_open
from fundtracker.web.approvals.page import mine
from fundtracker.web.home.risks import TO_DECIDE


@dataclass(frozen=True)
class Decision:
    """One thing to decide: what, where, how much in pence or `unsaid` in its place, what to know, and since when."""

    text: str
    href: str
    amount: Pence | None
    sub: str
    since: date | None = None
    unsaid: str = "Not stated"


def decisions(
    session: Session, summary: Summary, exceptions: Iterable[ExceptionRow], bids: Sequence[BidRow]
) -> list[Decision]:
    """List what is to decide, what has waited longest first, what has no date last."""
    waiting, day = waiting_by_fund(session, summary.when), summary.when.day
    found = [_applications(row, waiting[row.fund.id], day) for row in summary.funds if row.fund.id in waiting]
    found += [
        *_approvals(session),
        *_papers(session),
        *_unsettled(session, day),
        *(_left(one) for one in exceptions if one.rule in TO_DECIDE),
        *_bids(bids),
    ]
    return sorted(found, key=lambda one: (one.since is None, one.since or day))


def _applications(row: FundSummary, waiting: Waiting, day: date) -> Decision:
    left = row.balance.remaining - waiting.asked_for
    stated = waiting.count > waiting.unstated
    says = [f"The oldest came {_ago(waiting.since, day)}."]
    says += [f"All of it would leave {pounds(left)}."] if stated else []
    says += [f"{waiting.unstated} without an amount, left out."] if stated and waiting.unstated else []
    return Decision(
        f"Decide {_some(waiting.count, 'application', 'applications')} to {row.fund.name}",
        url_for("applications.index", fund=row.fund.reference, status="received"),
        waiting.asked_for if stated else None, " ".join(says), waiting.since,
    )  # fmt: skip


def _approvals(session: Session) -> Iterator[Decision]:
    for row in mine(session)["for_me"]:
        asked = row.request
        sub = f"{asked.fund.name}. Asked by {asked.made_by}, {_ago(row.since, today())}."
        yield Decision(f"Decide on: {asked.title}", row.href, asked.amount, sub, row.since)


def _unsettled(session: Session, day: date) -> Iterator[Decision]:
    number, oldest = list_unsettled(session, 1)
    if oldest:
        since = oldest[0].awarded_on
        yield Decision(
            f"Settle {_some(number, 'award that has', 'awards that have')} no money yet",
            url_for("awards.index", owed="not stated"), None,
            f"Subject to funding, or with no value stated. The oldest is of {_ago(since, day)}.", since, "Not counted",
        )  # fmt: skip


def _papers(session: Session) -> Iterator[Decision]:
    for paper in unsigned(session) if may_open("reports.sign") else ():
        made = paper.made_at.astimezone(LONDON).date()
        meeting = f" For the meeting of {long_date(paper.meeting_on)}." if paper.meeting_on else ""
        sub = f"{paper.reference}, made on {long_date(made)}.{meeting}"
        yield Decision(
            f"Read and sign {paper.title}", url_for("reports.paper", ref=paper.reference), None, sub, made, ""
        )


def _left(one: ExceptionRow) -> Decision:
    closed, fund = one.rule is Rule.CLOSED, one.found
    verb = "Say what happens to the rest of" if closed else "Reopen or close"
    sub = f"{'Closed' if closed else 'Suspended'} since {long_date(fund.since)}. {one.action}."
    return Decision(f"{verb} {fund.fund}", url_for("funds.show", ref=fund.fund_reference), one.value, sub, fund.since)


def _bids(bids: Sequence[BidRow]) -> Iterator[Decision]:
    """Ask which of the bids in development are sent: one sentence, for they are often one or the other."""
    rows = [bid for bid in bids if bid.status is BidStatus.IN_DEVELOPMENT]
    if rows:
        stated = [bid.sought for bid in rows if bid.sought is not None]
        titles = "; ".join(bid.title for bid in rows)
        yield Decision(
            f"Choose whether to send {_some(len(rows), 'bid', 'bids')} in development",
            url_for("bids.index", status=BidStatus.IN_DEVELOPMENT.value),
            Pence(sum(stated)) if stated else None, titles,
        )  # fmt: skip


def _ago(since: date, day: date) -> str:
    days = (day - since).days
    return "today" if days == 0 else f"{_some(days, 'day', 'days')} ago"


def _some(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
