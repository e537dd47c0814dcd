"""Dues: payments that a person ticked, by award line and instalment, and why one cannot be paid."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import Refusal
from fundtracker.services import guards
from fundtracker.services.allocations import positive
from fundtracker.services.drafts import Draft
from fundtracker.services.listings.owed import pence_sum
from fundtracker.services.organisations import roots
from fundtracker.services.payments import check_fund_pays
from fundtracker.services.variations import check_not_in_error
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import BudgetLine
from fundtracker.store.schedules import Instalment

Key = tuple[int, int | None]
_OVERPAID = AwardLine.paid - AwardLine.recovered - AwardLine.awarded
_OWED = select(Award.organisation_id, pence_sum(_OVERPAID)).join(Award.lines).where(_OVERPAID > 0)
_OWED_BY = _OWED.group_by(Award.organisation_id)


class RunRefusedError(Refusal):
    """Payments of which some cannot be made or recorded, each with its own refusal by the key of its row."""

    def __init__(self, by_key: Mapping[str, Refusal]) -> None:
        super().__init__("\n".join(refusal.sentence for refusal in by_key.values()))
        self.by_key = by_key


@dataclass(frozen=True, kw_only=True)
class Due:
    """One payment: an award line, the instalment where there is a schedule, and the pence paid."""

    line: AwardLine
    amount: Pence
    instalment: Instalment | None = None
    invoice_number: str = ""

    @property
    def key(self) -> str:
        """Give the key of its row in the list of payments due."""
        return key_of(self.line.id, self.instalment.id if self.instalment else None)


def key_of(line: int, instalment: int | None) -> str:
    """Write the key of a row: its award line, and its instalment where there is a schedule."""
    return f"{line}-{instalment}" if instalment else str(line)


def found(session: Session, keys: Sequence[Key]) -> dict[Key, tuple[AwardLine, Instalment | None]]:
    """Give award lines and instalments with all that paying them reads; those that are not there are left out."""
    whole = (joinedload(AwardLine.award).joinedload(Award.organisation),
             joinedload(AwardLine.budget_line).joinedload(BudgetLine.fund))  # fmt: skip
    ids, planned = {line for line, _ in keys}, {instalment for _, instalment in keys if instalment}
    lines = {line.id: line for line in session.scalars(select(AwardLine).where(AwardLine.id.in_(ids)).options(*whole))}
    rows = {row.id: row for row in session.scalars(select(Instalment).where(Instalment.id.in_(planned)))}
    there: dict[Key, tuple[AwardLine, Instalment | None]] = {}
    for line, instalment in keys:
        row = rows.get(instalment or 0)
        if line in lines and (row.award_line_id == line if row else not instalment):
            there[line, instalment] = (lines[line], row)
    return there


def refusal_of(session: Session, due: Due, on: date) -> Refusal | None:
    """Give the refusal that recording a payment would meet, if it would; nothing is written."""
    line = due.line
    try:
        positive(due.amount)
        check_fund_pays(line)
        check_not_in_error(line.award)
        draft = Draft(kind=Kind.PAYMENT, line=line.budget_line, amount=due.amount, award_line=line)
        guards.check(session, draft, on)
    except Refusal as refusal:
        return refusal
    return None


def owed_by(session: Session) -> dict[int, Pence]:
    """Give what each organisation owes the office, in pence, by the id of what it is now."""
    into, owed = roots(session), Counter[int]()
    for organisation, amount in session.connection().execute(_OWED_BY):
        owed[into.get(organisation, organisation)] += amount
    return {organisation: Pence(amount) for organisation, amount in owed.items()}
