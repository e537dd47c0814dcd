"""The foot of every page: that the balances were recounted from their entries, when, and with what difference."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from fundtracker.domain.money import pounds
from fundtracker.domain.years import LONDON, long_date, now
from fundtracker.services.recount import Recount, recount_balances
from fundtracker.web.db import reading

# A recount reads every entry: often enough to be believed, seldom enough to slow nobody.
EVERY = timedelta(minutes=10)
_LAST = "fundtracker_recount"


@dataclass(frozen=True)
class Recounted:
    """A recount, and when it was made."""

    at: datetime
    found: Recount

    @property
    def agrees(self) -> bool:
        """Say whether every balance is what its entries make."""
        return self.found.agrees

    def __str__(self) -> str:
        """Say what was recounted, when, and with what difference."""
        at = self.at.astimezone(LONDON)
        told = f"All {self.found.balances:,} balances were recounted from their entries"
        told += f" on {long_date(at.date())} at {at:%H:%M}, up to entry #{self.found.as_at_entry:,}."
        told += f" Difference {pounds(self.found.difference)}"
        if self.agrees:
            return f"{told}."
        places = len(self.found.differences)
        wrong = "1 is" if places == 1 else f"{places:,} are"
        return f"{told}: {wrong} wrong. Run fundtracker check, which names them."


def set_up_recounts(app: Flask) -> None:
    """Give the layout the line for its foot."""
    app.add_template_global(last_recount)


def last_recount() -> Recounted | None:
    """Give the last recount, made anew after ten minutes; None where the books hold no entry or cannot be read."""
    kept: Recounted | None = current_app.extensions.get(_LAST)
    if kept is None or kept.at < now() - EVERY or kept.at > now():
        try:
            kept = Recounted(now(), recount_balances(reading()))
        except SQLAlchemyError:  # the page that says so must not fail on it
            reading().rollback()
            return None
        if not kept.found.entries:
            return None
        current_app.extensions[_LAST] = kept
    return kept
