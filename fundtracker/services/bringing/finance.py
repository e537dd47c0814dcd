"""Deciding on lines of the finance system: each is taken as it came, credits and undated lines too."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from fundtracker.services.bringing.deciding import Decision, LeaveOutError
from fundtracker.services.bringing.stated import StatedRow


class FinanceLines:
    """Decides on finance lines; they move no money, so nothing in the books stands in their way."""

    def look_ahead(self, session: Session, rows: Sequence[StatedRow]) -> None:
        """Read nothing: a line that came in before is told by its key."""

    def decide(self, decision: Decision) -> None:
        """Leave out a line without an amount; every other one is taken."""
        if decision.row.amount is None:
            raise LeaveOutError("it states no amount")
