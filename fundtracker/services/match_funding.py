"""Match funding: what others put beside a funder's money of a year, stated by a person and moving nothing."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import NotFoundRefusal
from fundtracker.domain.roles import Actor
from fundtracker.domain.text import one_line
from fundtracker.domain.years import FinancialYear, now, year_label
from fundtracker.store.funds import Fund
from fundtracker.store.match_funding import MatchFunding


@dataclass(frozen=True, kw_only=True)
class Matched:
    """Match funding in pence, None where it is not stated, and where the figures were read."""

    cash: Pence | None = None
    in_kind: Pence | None = None
    source: str = ""


def state_match_funding(
    session: Session, *, fund: Fund, year: FinancialYear, matched: Matched, by: Actor
) -> MatchFunding:
    """
    Say what others put beside a fund's money of a year; what was said before is kept, and this stands.

    Raises NotFoundRefusal where the fund has no budget line of that year.
    """
    check_has_year(fund, year)
    row = MatchFunding(
        fund_id=fund.id, year=year, cash=matched.cash, in_kind=matched.in_kind, source=one_line(matched.source),
        made_at=now(), made_by=by.name, made_by_id=by.person_id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def check_has_year(fund: Fund, year: FinancialYear) -> None:
    """Raise NotFoundRefusal where a fund has no budget line of a financial year."""
    if year not in {line.year for line in fund.lines}:
        raise NotFoundRefusal(f"{fund.name} has no budget line of {year_label(year)}.")


def match_funding(session: Session, fund: Fund, year: int) -> MatchFunding | None:
    """Give what was said last of a fund's match funding of a year, if anything was."""
    said = select(MatchFunding).where(MatchFunding.fund_id == fund.id, MatchFunding.year == year)
    return session.scalars(said.order_by(MatchFunding.id.desc()).limit(1)).first()
