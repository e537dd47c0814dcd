"""A draft: one entry as an operation wants it, before it is guarded, numbered and posted."""

from dataclasses import dataclass

from fundtracker.domain.kinds import Kind
from fundtracker.store.awards import AwardLine
from fundtracker.store.funds import BudgetLine


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One entry to post: its kind, its budget line and its signed amount in pence."""

    kind: Kind
    line: BudgetLine
    amount: int
    award_line: AwardLine | None = None
    payment_id: int | None = None
    reverses: int | None = None
    replaces: int | None = None
    allowed_rise: int = 0  # what the other half of a replacement gave back just before
    reference: str = ""
