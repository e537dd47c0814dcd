"""The journal of a period's accruals: two lines each, debit and credit, whose sums are equal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import AccrualKind
from fundtracker.domain.years import long_date, period_of, year_label, year_of
from fundtracker.services.accruals import SHOWN
from fundtracker.services.office import control_account, find_office
from fundtracker.store.funds import Fund
from fundtracker.store.office import Office
from fundtracker.store.periods import Accrual

# Cost raised or lowered, or income: which side of the fund's own code each kind stands on.
_DEBITS_FUND = frozenset({AccrualKind.ACCRUAL, AccrualKind.IN_ADVANCE})


@dataclass(frozen=True, kw_only=True)
class JournalLine:
    """One line of the journal, with an amount in pence on one side and none on the other."""

    period: str
    cost_centre: str
    account: str
    project: str
    debit: Pence | None
    credit: Pence | None
    narrative: str
    reference: str
    reversing: str
    reverse_period: str


def journal(session: Session, period_end: date) -> list[JournalLine]:
    """Give the journal of what belongs to the period that ends on a day and stands: two lines for each accrual."""
    rows = select(Accrual).where(Accrual.period_end == period_end, Accrual.undone_at.is_(None)).options(*SHOWN)
    office = find_office(session)
    return [line for accrual in session.scalars(rows.order_by(Accrual.id)) for line in _lines(accrual, office)]


def period_ends(session: Session) -> Sequence[date]:
    """Give the ends of the periods that have accruals which stand, the newest first."""
    rows = select(Accrual.period_end).where(Accrual.undone_at.is_(None)).distinct()
    return session.scalars(rows.order_by(Accrual.period_end.desc())).all()


def journal_period(day: date) -> str:
    """Name the accounting period of a day, like `2020/21 period 12`."""
    return f"{year_label(year_of(day))} period {period_of(day)}"


def _lines(accrual: Accrual, office: Office) -> tuple[JournalLine, JournalLine]:
    fund = accrual.budget_line.fund
    control = control_account(office, accrual.kind) or accrual.kind.value.capitalize()
    own, other = _line(accrual, fund.subjective, fund), _line(accrual, control)
    return (own, other) if accrual.kind in _DEBITS_FUND else (other, own)


def _line(accrual: Accrual, account: str, fund: Fund | None = None) -> JournalLine:
    debit = (fund is not None) == (accrual.kind in _DEBITS_FUND)
    return JournalLine(
        period=journal_period(accrual.period_end), cost_centre=fund.cost_centre if fund else "", account=account,
        project=fund.project if fund else "", debit=accrual.amount if debit else None,
        credit=None if debit else accrual.amount, narrative=_narrative(accrual), reference=accrual.reference,
        reversing="Y", reverse_period=journal_period(accrual.reverses_on),
    )  # fmt: skip


def _narrative(accrual: Accrual) -> str:
    award = accrual.award_line.award if accrual.award_line else None
    about = f"{award.reference} {award.organisation.name}" if award else accrual.budget_line.fund.reference
    said = f": {accrual.narrative}" if accrual.narrative else ""
    return f"{accrual.kind.value.capitalize()} at {long_date(accrual.period_end)}, {about}{said}"
