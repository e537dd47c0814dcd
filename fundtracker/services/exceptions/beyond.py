"""Rules beyond one award: bids that funders have not answered, and grants to one enterprise near the subsidy limit."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, or_, select

from fundtracker.domain.dates import MONTHS, DateNotUnderstoodError, parse_day
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.statuses import AwardType, BidStatus
from fundtracker.domain.text import match_key
from fundtracker.domain.years import first_day, long_date, year_of
from fundtracker.services.exceptions.awards import standing
from fundtracker.services.exceptions.found import Found, Look, a_month_on, per_cent_of
from fundtracker.services.exceptions.rules import Rule
from fundtracker.services.figures import award_figures
from fundtracker.services.listings.payees import Payee, merged, payee_of
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.bids import Bid

SUBSIDY_LIMIT = Pence(315_000_00)  # Subsidy Control Act 2022, section 36: minimal financial assistance
SUBSIDY_SINCE = date(2023, 1, 4)  # when that Act came into force
YEARS_COUNTED = 3  # the year in hand and the two before
ENTERPRISES = frozenset({"company", "enterprise", "enterprises", "business", "limited", "ltd", "cic", "trader"})

_MONTH = re.compile(rf"\b({'|'.join(MONTHS)}|{'|'.join(m[:3] for m in MONTHS)}|sept)\w*\.? +(20[0-9]{{2}})\b", re.I)


def find_bids(look: Look) -> Iterator[Found]:
    """Find bids that wait for an answer after the day that the funder gave, or too long where it gave none."""
    awaiting = Bid.status.in_([status for status in BidStatus if status.awaiting])
    rows = select(Bid).where(Bid.submitted_on <= look.day, or_(awaiting, Bid.decided_on > look.day)).order_by(Bid.id)
    for bid in look.session.scalars(rows):
        if bid.submitted_on is None:
            continue
        expected = expected_by(bid.outcome_expected) or bid.submitted_on + look.days(Rule.BID)
        if expected < look.day:
            said = f" (expected: {bid.outcome_expected})" if bid.outcome_expected else ""
            yield Found(
                rule=Rule.BID, subject=f"bid:{bid.reference}", kind="bid", reference=bid.reference,
                who=bid.title,
                detail=f"{bid.funder} has not answered the bid sent on {long_date(bid.submitted_on)}{said}",
                amount=bid.sought, since=expected, due=expected,
            )  # fmt: skip


def expected_by(text: str) -> date | None:
    """Read the last day that words like `around October 2020` allow; None where they name no month."""
    try:
        return parse_day(text)
    except DateNotUnderstoodError:
        pass
    found = _MONTH.search(text)
    if found is None:
        return None
    month = next(number for number, name in enumerate(MONTHS, 1) if name.startswith(found[1].lower()[:3]))
    year = int(found[2])
    return date(year, month, monthrange(year, month)[1])


def find_subsidies(look: Look) -> Iterator[Found]:
    """Find enterprises whose grants of this financial year and the two before come near the subsidy limit."""
    since = max(SUBSIDY_SINCE, first_day(year_of(look.day) - YEARS_COUNTED + 1))
    figures, tree = award_figures(look.when), merged()
    amount = func.sum(figures.c.awarded)
    rows = select(Payee.id, Payee.name, Payee.type, amount, func.max(Award.awarded_on)).select_from(Award)
    rows = rows.join(AwardLine, AwardLine.award_id == Award.id)
    rows = rows.join(figures, figures.c.award_line_id == AwardLine.id)
    rows = rows.outerjoin(tree, tree.c.id == Award.organisation_id)
    rows = rows.join(Payee, Payee.id == payee_of(tree, Award.organisation_id))
    rows = rows.where(Award.type == AwardType.GRANT, Award.awarded_on >= since, *standing(look.when))
    rows = rows.where(Payee.type != "").group_by(Payee.id, Payee.name, Payee.type)
    near = per_cent_of(SUBSIDY_LIMIT, look.percent(Rule.SUBSIDY))
    for number, name, kind, given, newest in look.session.execute(rows.having(amount > near).order_by(Payee.id)):
        if ENTERPRISES & set(match_key(kind).split()):
            yield Found(
                rule=Rule.SUBSIDY, subject=f"organisation:{number}", kind="organisation", reference=name,
                number=number, who=name,
                detail=f"granted {pounds(int(given))} of the {pounds(SUBSIDY_LIMIT)} allowed "
                f"since {long_date(since)}", amount=Pence(int(given)), since=newest, due=a_month_on(newest),
            )  # fmt: skip
